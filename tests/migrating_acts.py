"""The acts on books that are migrated, each in a process of its own: `python -m tests.migrating_acts` serves them.

It has Django ready and no connection, and forks for each act that a line of its input names, so that every act can be
killed by itself and costs no start. `tests.ledger_migrating.Books` asks it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import django
import psycopg

ROOT = Path(__file__).resolve().parents[1]
SLUGS = ("varied", "other")
DERIVED = {"ledger_rollup", "ledger_daybalance", "ledger_subtree"}
"""Tables that a migration may empty: they are made again from the entries."""


def make(count: int) -> None:
    """Migrate an empty database and post two books of everything, each with so many entries more."""
    from django.core.management import call_command

    from ledger.balances import entry
    from ledger.lettering import letter
    from ledger.posting import post_many, reverse_entry
    from tests.ledger_varied import a_varied_book, many_entries
    from tests.ledger_words import SEED

    call_command("migrate", verbosity=0)
    entries = list(many_entries(count))
    for slug in SLUGS:
        on = a_varied_book(slug) and entries[0].on
        for start in range(0, count, 5_000):
            post_many(slug, entries[start : start + 5_000], salt_seed=SEED)
        reverse_entry(
            slug, reference_of="many:1", on=on, validated_on=on, reference="undo", label="Undone", salt_seed=SEED
        )
        undone, undo = entry(slug, "many:1"), entry(slug, "undo")
        settled = [undone.postings[0], undo.postings[0]]
        letter(slug, undone.entry.lines[0].account, code="A", postings=settled, on=on, by="treasurer")


def evidence() -> dict[str, Any]:
    """What the books say, to the byte: head, balances, what each entry was, what verify finds."""
    from ledger import lettering, proofs
    from ledger.audit import find_faults
    from ledger.balances import balances, chain_head, trial_balance

    said: dict[str, Any] = {}
    for slug in SLUGS:
        exported = sha256()
        for text in proofs.export_book(slug):
            exported.update(text.encode())
        said[slug] = {
            "head": str(chain_head(slug)),
            "balances": str([(row.account.code, str(row.debit), str(row.credit)) for row in balances(slug)]),
            "of 2025": str(trial_balance(slug, first=date(2025, 1, 1), as_of=date(2025, 6, 30))),
            "letterings": str(lettering.lettering_log(slug)),
            "exported": exported.hexdigest(),
            "faults": [fault.sentence("en") for fault in find_faults(slug)],
        }
    return said


def picture() -> dict[str, Any]:
    """The tables as they stand, whichever version they are of: columns, constraints, rows; guards left out."""
    from django.db import connection

    drawn: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if not table.startswith("ledger_"):
                continue
            columns = sorted(column.name for column in connection.introspection.get_table_description(cursor, table))
            rules = connection.introspection.get_constraints(cursor, table).values()
            drawn[table] = {
                "columns": columns,
                "rules": sorted(str([rule[key] for key in ("columns", "primary_key", "unique", "foreign_key", "check")])
                                for rule in rules),
                "rows": "",
            }  # fmt: skip
            if table not in DERIVED:
                cursor.execute(f"SELECT {', '.join(map(connection.ops.quote_name, columns))} FROM {table}")
                rows = sorted(str([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in cursor)
                drawn[table]["rows"] = sha256("\n".join(rows).encode()).hexdigest()
    return drawn


def applied() -> list[str]:
    """The ledger's migrations on record."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return sorted(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "ledger")


def guards_missing() -> int:
    """How many of the rules are not as shipped, those of records written once included."""
    from django.db import connection

    from ledger import guards, written_once

    return len(guards.differences(connection)) + len(written_once.missing())


def try_to_post(*, is_kept: bool = False) -> dict[str, Any]:
    """Post one entry the usual way and one in a batch, taken back unless kept: numbers, or codes of refusals."""
    from dataclasses import replace

    from django.db import transaction

    from ledger.errors import LedgerError
    from ledger.posting import post, post_many
    from tests.ledger_varied import many_entries

    entry = next(many_entries(1))
    tries: dict[str, Callable[[], Any]] = {
        "one": lambda: post(SLUGS[0], replace(entry, reference="after")).number,
        "many": lambda: post_many(SLUGS[1], [replace(entry, reference="after")])[0].number,
    }
    said: dict[str, Any] = {}
    for name, act in tries.items():
        try:
            with transaction.atomic():
                said[name] = act()
                transaction.set_rollback(not is_kept)
        except LedgerError as refusal:
            said[name] = refusal.code
    return said


def go_on() -> dict[str, Any]:
    """Post for good."""
    return try_to_post(is_kept=True)


def of_a_later_version() -> None:
    """Lift the guards, and put a migration on record that this version does not ship."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from ledger import guards

    guards.lift(connection)
    MigrationRecorder(connection).record_applied("ledger", "9999_later")


def look() -> dict[str, Any]:
    """Everything that can be said of the database as it stands, whatever happened to it."""
    return {"applied": applied(), "picture": picture(), "missing": guards_missing(), "posting": try_to_post()}


def migrate(target: str, at: int = 0, how: str = "kill") -> dict[str, Any]:
    """Migrate the ledger to a target; killed before statement `at`, or its session ended by the server.

    Says how many statements it took, and which of them came first after a commit: there it is easiest to go wrong.
    """
    from django.core.management import call_command
    from django.db import connection

    count, was_inside = 0, False
    first_after_commit: list[int] = []

    def counted(execute: Any, *facts: Any) -> Any:
        nonlocal count, was_inside
        count += 1
        if was_inside and not connection.in_atomic_block:
            first_after_commit.append(count)
        was_inside = connection.in_atomic_block
        if count == at:
            _end(how)
        return execute(*facts)

    with connection.execute_wrapper(counted):
        call_command("migrate", "ledger", target, verbosity=0, skip_checks=True)
    return {"statements": count, "first_after_commit": first_after_commit}


def _end(how: str) -> None:
    from django.db import connection

    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    pid = connection.connection.info.backend_pid  # type: ignore[union-attr]
    with psycopg.connect(connection.connection.info.dsn, autocommit=True) as other:  # type: ignore[union-attr]
        other.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])


def stay_while(target: str, at: int) -> dict[str, Any]:
    """Find the guards, let another process be killed while it migrates, and try to post in the session that found."""
    before = try_to_post()
    command = [sys.executable, "-c", f"from tests import migrating_acts as m; m.alone({target!r}, {at})"]
    killed = subprocess.run(command, cwd=ROOT, check=False)
    return {"before": before, "ended": killed.returncode, "after": try_to_post()}


def alone(target: str, at: int) -> None:
    """Migrate in a process that was started for it."""
    django.setup()
    migrate(target, at)


ACTS: dict[str, Callable[..., Any]] = {
    act.__name__: act for act in (make, evidence, look, migrate, go_on, of_a_later_version, stay_while)
}


def serve() -> None:
    """Answer each line of the input, an act with its facts, by what a process forked for it says."""
    django.setup()
    for line in sys.stdin:
        reading, writing = os.pipe()
        if (child := os.fork()) == 0:
            os.close(reading)
            _act(line, writing)
        os.close(writing)
        with os.fdopen(reading) as said:
            text = said.read()
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(json.dumps({"ended": ended, "value": json.loads(text) if text else None}), flush=True)


def _act(line: str, writing: int) -> None:
    from django.db import connections

    status = 1
    try:
        name, *facts = json.loads(line)
        with os.fdopen(writing, "w") as out:
            json.dump(ACTS[name](*facts), out)
        connections.close_all()
        status = 0
    except Exception as error:
        print(f"{line.strip()}: {type(error).__name__}: {error}", file=sys.stderr)
    finally:
        os._exit(status)


if __name__ == "__main__":
    serve()
