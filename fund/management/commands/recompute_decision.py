"""`recompute_decision ID`: a decision of the committee is computed again from its frozen inputs, to the byte.

Prints the record made again; exit status 0 when it is the one that was kept. When a row was changed it says what
differs, and the status is 1.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from allocation.deciding.records import Recomputed, decision_named, recompute
from allocation.errors import AllocationError
from fund.models import CharterVersion

_WORDS = {
    "fr": {
        "same": "Décision {name} : recalculée, identique à l'octet. Empreinte {sha256}.",
        "differs": "Décision {name} : le recalcul diffère de ce qui est conservé. Diffèrent : {what}.",
        "id": "le numéro de la décision, ou FONDS/APPEL",
        "check": "ne dire que le verdict",
    },
    "en": {
        "same": "Decision {name}: computed again, the same to the byte. Fingerprint {sha256}.",
        "differs": "Decision {name}: the record made again differs from what is kept. What differs: {what}.",
        "id": "the number of the decision, or FUND/CALL",
        "check": "say only the verdict",
    },
}
SHOWN = 20
"""Differences that are named; the others are counted."""


class Command(BaseCommand):
    help = "Compute a decision of the committee again from its frozen inputs, and compare it with its record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = _WORDS[_language(None)]
        parser.add_argument("id", metavar="ID", help=words["id"])
        parser.add_argument("--check", action="store_true", help=words["check"])
        parser.add_argument("--language", choices=("fr", "en"), help="fr | en")

    def handle(self, *_: Any, **options: Any) -> None:
        """Print the record, or the verdict; a difference ends with status 1."""
        language = _language(options["language"])
        try:
            decision = decision_named(options["id"])
        except AllocationError as refusal:
            raise CommandError(refusal.sentence(language)) from None
        found = recompute(decision)
        differs = [*found.differs, *_charter(found)]
        name = f"{decision.call.owner}/{decision.call.slug}"
        if differs:
            more = f" … ({len(differs)})" if len(differs) > SHOWN else ""
            raise CommandError(_WORDS[language]["differs"].format(name=name, what=", ".join(differs[:SHOWN]) + more))
        if options["check"]:
            self.stdout.write(_WORDS[language]["same"].format(name=name, sha256=decision.record_sha256))
        else:
            self.stdout.write(found.record, ending="")


def _language(asked: str | None) -> str:
    return asked or ("en" if settings.LANGUAGE_CODE.startswith("en") else "fr")


def _charter(found: Recomputed) -> list[str]:
    """The version of the charter that the record names is still the text that the fund keeps."""
    decision = found.decision
    named = decision.outcome.result["charter"]
    version = CharterVersion.objects.filter(fund__slug=decision.call.owner, number=named.get("version")).first()
    return [] if version is not None and version.sha256 == named.get("sha256") else ["charter"]
