"""Rows changed at random by a superuser, one act at a time, and `verify` that must find each and name a touched row.

`python -m tests.soak.tampering SEED ROUNDS [ENTRIES]` makes the books in the database of DATABASE_URL, which is empty,
and prints how many rounds there were and what was not found or not named.
"""

from __future__ import annotations

import json
import os
import random
import sys
from typing import Any

import django


def run(rounds: int, seed: int) -> dict[str, Any]:
    """So many rounds on the books of `tests.tampered_book`; nothing is left of them."""
    from django.db import connection, transaction

    from ledger import guards

    with transaction.atomic():
        guards.lift(connection)
        try:
            found = [violation_of(random.Random(f"{seed}-{number}")) for number in range(rounds)]
        finally:
            transaction.set_rollback(True)
    return {"rounds": rounds, "violations": [violation for violation in found if violation is not None]}


def violation_of(dice: random.Random) -> str | None:
    """Spoil one thing, verify, take it back: what is amiss with `verify`, or nothing."""
    from django.db import DataError, IntegrityError, transaction

    from tests.tamperings import ACTS, Impossible, tables

    while True:
        with transaction.atomic():
            try:
                books = books_by_id()
                with transaction.atomic():
                    done = dice.choice(ACTS)(dice, dice.choice(tables()))
                return _amiss(done, books)
            except (IntegrityError, DataError, OverflowError, Impossible):
                continue
            finally:
                transaction.set_rollback(True)


def books_by_id() -> dict[int, str]:
    from ledger.rows import fetched

    return dict(fetched("SELECT id, slug FROM ledger_book", []))


def _amiss(done: Any, before: dict[int, str]) -> str | None:
    """What `verify` did not say about this act, where the books may have another name by now."""
    from ledger.audit import find_faults
    from ledger.errors import BookUnknown

    now = books_by_id()
    faults = []
    for book_id, slug in before.items():
        try:
            faults += [fault for fault in find_faults(now.get(book_id, slug)) if fault.kind != "guards"]
        except BookUnknown:
            return None  # whoever asks for this book is told
    if not faults:
        return f"not found: {done.act}"
    said = {str(fact) for fault in faults for fact in fault.facts.values()} | {fault.kind for fault in faults}
    if not said & done.names:
        sentences = " ".join(fault.sentence() for fault in faults)
        return f"none of {', '.join(sorted(done.names))} named: {done.act}. verify: {sentences}"
    return None


def main(seed: int, rounds: int, *entries: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fund.settings")
    django.setup()
    from tests.tampered_book import make_books

    make_books(*entries)
    print(json.dumps(run(rounds, seed)))


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
