"""A whole book as text for another tool, read at one head while others go on writing. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ledger.balances import StoredEntry, balances, books, chain_head, journal_entries
from ledger.errors import LedgerBusy
from ledger.journal import AccountKey
from ledger.money import Amount
from ledger.plain_text import beancount_text, hledger_text

ATTEMPTS = 20
"""How often the balances are read again because somebody posted meanwhile."""

CHUNK = 1_000
"""Entries that are in memory at a time."""


def journal_text(book: str, tool: str, *, as_of: date | None = None) -> Iterator[str]:
    """The lines of the journal for `beancount` or `hledger`, with our balances as assertions at the end."""
    last, held = _held(book, as_of)
    row = next(row for row in books() if row.slug == book)
    title = f"{row.slug} · {row.name}"
    entries = _entries(book, last, as_of)
    if tool == "beancount":
        return beancount_text(title, row.functional_unit, entries, held)
    return hledger_text(title, entries, held)


def _held(book: str, as_of: date | None) -> tuple[int, dict[AccountKey, Amount]]:
    """How many entries the book has, and what each account holds after exactly these."""
    for _ in range(ATTEMPTS):
        head = chain_head(book)
        held = {row.account: row.amount for row in balances(book, as_of=as_of) if row.debit or row.credit}
        if chain_head(book) == head:
            return head.entries, held
    raise LedgerBusy


def _entries(book: str, last: int, as_of: date | None) -> Iterator[StoredEntry]:
    after = 0
    while page := journal_entries(book, last=as_of, after=after, limit=CHUNK):
        yield from (stored for stored in page if stored.position <= last)
        after = page[-1].position
