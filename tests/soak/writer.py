"""A writer to be killed: `python -m tests.soak.writer BOOK SEED [PAGES]` on the database of DATABASE_URL.

It says what stands in the book, then posts the plan of its seed from the first commit on, so that what stands is
replayed, and acknowledges each commit on a line of its own after the call has returned. A refusal is told too; then
it reads the book again and waits for a word before it sends the same commit again. With PAGES a SQLite file may grow
by so many pages until that word comes.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django


def tell(**facts: Any) -> None:
    print(json.dumps(facts), flush=True)


def main(book: str, seed: str, pages: str = "") -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fund.settings")
    django.setup()
    from ledger.errors import LedgerError
    from ledger.posting import post, post_many
    from tests.ledger_words import an_open_book
    from tests.soak.plans import commits

    an_open_book(book)
    tell(**standing(book))
    if pages:
        allow(int(pages))
    for index, commit in enumerate(commits(seed)):
        while True:
            try:
                written = [post(book, commit[0])] if len(commit) == 1 else post_many(book, commit)
            except LedgerError as refusal:
                tell(refused=refusal.code, sentence=str(refusal), index=index, **standing_if_readable(book))
                if not sys.stdin.readline():
                    return
                if pages:
                    allow(1_000_000)
            else:
                break
        tell(posted=index, replayed=[entry.replayed for entry in written])


def allow(pages: int) -> None:
    """Let the SQLite file grow by so many pages and no further."""
    from ledger.rows import fetched

    (count,) = fetched("PRAGMA page_count", [])[0]
    fetched(f"PRAGMA max_page_count = {count + pages}", [])


def standing(book: str) -> dict[str, Any]:
    """Every entry of the book in order with its contents, and what `verify` would say."""
    from ledger.audit import find_faults
    from ledger.balances import journal_entries
    from tests.soak.plans import digest

    return {
        "entries": [[stored.entry.reference, digest(stored.entry)] for stored in journal_entries(book)],
        "faults": [str(fault) for fault in find_faults(book)],
    }


def standing_if_readable(book: str) -> dict[str, Any]:
    from django.db import Error

    try:
        return standing(book)
    except Error:
        return {}


if __name__ == "__main__":
    main(*sys.argv[1:])
