"""How far the books are shut: the last day on which nobody may date an entry any more."""

from __future__ import annotations

from datetime import date

from ledger.rows import fetched


def last_shut_day(book: str) -> date | None:
    """The last day of the latest period that is locked or closed; None while every period is open."""
    found = fetched(
        "SELECT max(p.last) FROM ledger_period p JOIN ledger_fiscalyear f ON f.id = p.fiscal_year_id "
        "JOIN ledger_book b ON b.id = f.book_id WHERE b.slug = %s AND p.state <> %s",
        [book, "open"],
    )
    last = found[0][0]
    # SQLite keeps days as text and does not know the type of a maximum.
    return date.fromisoformat(last) if isinstance(last, str) else last
