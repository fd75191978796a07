"""A year of a fund's books, read once: the trial balance, the entries in order, and where the chain ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fund.models import Fund
from fund.queries.identities import FundIdentity, fund_identity
from ledger.balances import Head, StoredEntry, TrialRow, chain_head, journal_entries, trial_balance
from ledger.money import Amount, Unit


@dataclass(frozen=True, slots=True)
class BookYear:
    """The books of one year: `rows` hold the openings of its first day, `entries` stand in the order of posting.

    `names` are the parties and projects of the register, by the codes that the books use.
    """

    fund: FundIdentity
    book: str
    first: date
    last: date
    rows: tuple[TrialRow, ...]
    entries: tuple[StoredEntry, ...]
    head: Head
    names: dict[str, str]

    @property
    def openings(self) -> dict[tuple[str, Unit], Amount]:
        """What each account of the chart held before the first day, by account and unit."""
        return {(row.chart, row.opening.unit): row.opening for row in self.rows}


def book_year(fund: Fund, year: int) -> BookYear:
    """The year from 1 January to 31 December; accounts that neither moved nor held anything are left out."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = trial_balance(fund.slug, first=first, as_of=last)
    return BookYear(
        fund=fund_identity(fund),
        book=fund.slug,
        first=first,
        last=last,
        rows=tuple(row for row in rows if row.opening or row.debit or row.credit),
        entries=tuple(journal_entries(fund.slug, first=first, last=last)),
        head=chain_head(fund.slug),
        names=dict(fund.parties.values_list("code", "name")),
    )
