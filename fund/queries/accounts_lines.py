"""The lines of a fund's books for the statements of a year: read in order, a few thousand entries at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from fund.accounting.lines import BookLine
from fund.accounting.year import CARRYING_KIND, OPENING_KIND, FiscalYear
from fund.models import Fund
from fund.queries.identities import FundIdentity, fund_identity
from ledger.balances import Head, StoredEntry, chain_head, journal_entries, trial_balance
from ledger.money import EUR_INKIND, Unit, unit_of

_ENTRIES_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Heading:
    """What every statement of a year says of itself: whose, which year, up to which day, from which state of the books.

    `names` are parties and projects by the codes that the books use; `links` is the address of the books, or empty.
    """

    fund: FundIdentity
    year: FiscalYear
    as_of: date
    head: Head
    names: Mapping[str, str]
    links: str = ""

    @property
    def unit(self) -> Unit:
        """The currency that the fund keeps its books in."""
        return unit_of(self.fund.currency)


def heading_of(fund: Fund, year: FiscalYear, as_of: date, links: str = "") -> Heading:
    """The heading of a statement of this year as of a day; `BookUnknown` when the books are not opened."""
    names = dict(fund.projects.values_list("code", "title")) | dict(fund.parties.values_list("code", "name"))
    return Heading(fund_identity(fund), year, min(as_of, year.last), chain_head(fund.slug), names, links)


def book_lines(fund: Fund, *, first: date | None = None, last: date | None = None) -> Iterator[BookLine]:
    """All lines of these days in the order of posting, in the fund's currency and in kind; class 9 is left out."""
    units = {fund.currency, EUR_INKIND.code}
    after: int | None = None
    while True:
        entries = journal_entries(fund.slug, first=first, last=last, after=after, limit=_ENTRIES_AT_ONCE)
        for stored in entries:
            yield from _lines_of(stored, units)
        if len(entries) < _ENTRIES_AT_ONCE:
            return
        after = entries[-1].position


def year_lines(fund: Fund, year: FiscalYear, as_of: date) -> Iterator[BookLine]:
    """The movements of the year till a day: no à-nouveaux, nothing of what empties the accounts of a closed year."""
    for line in book_lines(fund, first=year.first, last=min(as_of, year.last)):
        if line.kind not in (CARRYING_KIND, OPENING_KIND):
            yield line


def opening_lines(fund: Fund, year: FiscalYear, as_of: date) -> Iterator[BookLine]:
    """The à-nouveaux of the year, line by line, in the order of posting."""
    for line in book_lines(fund, first=year.first, last=min(as_of, year.last)):
        if line.kind == OPENING_KIND:
            yield line


def units_left_out(fund: Fund, year: FiscalYear, as_of: date) -> tuple[str, ...]:
    """The other currencies that moved in the year: they are in their own books, and not in these statements."""
    rows = trial_balance(fund.slug, first=year.first, as_of=min(as_of, year.last))
    moved = {row.opening.unit for row in rows if row.debit or row.credit}
    return tuple(sorted(unit.code for unit in moved if unit.kind == "money" and unit.code != fund.currency))


def _lines_of(stored: StoredEntry, units: set[str]) -> Iterator[BookLine]:
    entry = stored.entry
    for posting, mark, line in zip(stored.postings, stored.marks, entry.lines, strict=True):
        account = line.account
        if account.unit.code not in units or account.chart.startswith("9"):
            continue
        yield BookLine(
            posting=posting,
            position=stored.position,
            journal=entry.journal,
            number=stored.number,
            on=entry.on,
            validated_on=entry.validated_on or entry.on,
            kind=entry.kind,
            reference=entry.reference,
            label=entry.label,
            document=entry.document.reference,
            document_on=entry.document.on,
            account=account.code,
            chart=account.chart,
            party=account.party,
            project=account.project,
            convention=line.convention or account.convention,
            destination=line.destination,
            public_generosity=line.public_generosity,
            minor=line.minor,
            lettering=mark.code if mark else "",
            lettered_on=mark.on if mark else None,
            is_partial=bool(mark and mark.is_partial),
        )
