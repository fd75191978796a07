"""Runs in the environment of django-accounting-fr: its own command `check_fec` on each file, the verdicts as JSON."""

from __future__ import annotations

import json
import sys
from io import StringIO


def main(paths: list[str]) -> None:
    """For each file: whether it is accepted, and what the program says; a crash is no verdict."""
    import django
    from django.conf import settings
    from django.core.management import CommandError, call_command

    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "accounting_fr"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()
    verdicts = {}
    for path in paths:
        said = StringIO()
        try:
            call_command("check_fec", path, stdout=said, no_color=True)
            verdict = "accepted"
        except CommandError:
            verdict = "refused"
        except Exception as crash:
            verdict = f"crash: {type(crash).__name__}"
        verdicts[path] = [verdict, said.getvalue()]
    json.dump(verdicts, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
