"""The entries of a fiscal year as an auditor's tools need them: plain facts in the fund's currency, read in chunks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fund.accounting.booked import Booked, BookedLine
from fund.accounting.sampling import Item
from fund.accounting.year import CARRYING_KIND, OPENING_KIND, FiscalYear
from fund.models import Fund
from ledger.balances import StoredEntry, journal_entries
from ledger.errors import BookUnknown
from ledger.money import EUR_INKIND

_CHUNK = 2000


def stored_of(fund: Fund, year: FiscalYear, as_of: date | None = None) -> Iterator[StoredEntry]:
    """The entries of the year up to a day, in the order of posting; none before the books are opened."""
    after = 0
    last = min(as_of or year.last, year.last)
    try:
        while found := journal_entries(fund.slug, first=year.first, last=last, after=after, limit=_CHUNK):
            yield from found
            after = found[-1].position
    except BookUnknown:
        return


def booked_of(fund: Fund, stored: StoredEntry) -> Booked | None:
    """The entry in the fund's currency, help in kind among it; None when it has no such line."""
    units = {fund.currency, EUR_INKIND.code}
    entry = stored.entry
    lines = tuple(
        BookedLine(line.account.chart, line.account.party, line.account.project, line.minor)
        for line in entry.lines
        if line.account.unit.code in units and not line.account.chart.startswith("9")
    )
    if not lines:
        return None
    return Booked(
        reference=entry.reference,
        number=number_of(stored),
        journal=entry.journal,
        kind=entry.kind,
        on=entry.on,
        validated_on=entry.validated_on or entry.on,
        lines=lines,
        document=entry.document.reference,
        document_on=entry.document.on,
        document_sha256=entry.document.sha256,
        reverses=entry.reverses,
    )


def number_of(stored: StoredEntry) -> str:
    """An entry as accountants quote it: `BQ 2026/12`."""
    return f"{stored.entry.journal} {stored.fiscal_year}/{stored.number}"


def population(fund: Fund, year: FiscalYear, accounts: tuple[str, ...], *, entries: int) -> list[Item]:
    """The entries of the year that may be drawn, in the order of the books, among the first so many of the books.

    With `accounts`, those that move them, each for what it moves there. Openings and entries without an amount
    (hours, recognition) are not drawn.
    """
    found = []
    for stored in stored_of(fund, year):
        if stored.position > entries or stored.entry.kind in (OPENING_KIND, CARRYING_KIND):
            continue
        entry = booked_of(fund, stored)
        amount = 0 if entry is None else entry.amount_on(*accounts) if accounts else entry.amount
        if entry is not None and amount:
            found.append(
                Item(
                    entry.reference,
                    amount,
                    journal=entry.journal,
                    month=f"{entry.on:%Y-%m}",
                    account_class=entry.account_class,
                    party=next(iter(entry.parties), ""),
                )
            )
    return found
