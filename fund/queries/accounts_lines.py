"""The lines of a fund's books for the statements of a year: read in order, a few thousand entries at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from fund.accounting.lines import BookLine
from fund.accounting.year import CARRYING_KIND, OPENING_KIND, FiscalYear
from fund.models import Fund
from fund.queries.book_names import journal_names, own_account_names
from fund.queries.horizon import latest_day
from fund.queries.identities import FundIdentity, fund_identity
from fund.queries.valuation import Rates, foreign_entries, other_currencies
from ledger.balances import Head, StoredEntry, chain_head, journal_entries
from ledger.money import EUR_INKIND, Unit, unit_of

_ENTRIES_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Heading:
    """What every statement of a year says of itself: whose, which year, up to which day, from which state of the books.

    `names` are parties and projects by the codes that the books use, `account_names` and `journal_names` what the fund
    itself calls its accounts and journals; `currencies` are those that it has accounts in beside its own. `links` is
    the address of the books, or empty, and `known` the day as of which the pages of accounts can be asked: theirs is
    never a day that nobody knows yet.
    """

    fund: FundIdentity
    year: FiscalYear
    as_of: date
    head: Head
    names: Mapping[str, str]
    account_names: Mapping[str, str]
    journal_names: Mapping[str, str]
    currencies: tuple[str, ...] = ()
    links: str = ""
    known: date = date.max

    @property
    def unit(self) -> Unit:
        """The currency that the fund keeps its books in."""
        return unit_of(self.fund.currency)


def heading_of(fund: Fund, year: FiscalYear, as_of: date, links: str = "") -> Heading:
    """The heading of a statement of this year as of a day; `BookUnknown` when the books are not opened."""
    names = dict(fund.projects.values_list("code", "title")) | dict(fund.parties.values_list("code", "name"))
    return Heading(
        fund_identity(fund),
        year,
        min(as_of, year.last),
        chain_head(fund.slug),
        names,
        own_account_names(fund),
        journal_names(fund),
        tuple(unit.code for unit in other_currencies(fund)),
        links,
        min(as_of, max(timezone.localdate(), latest_day(fund) or as_of.min)),
    )


def book_lines(fund: Fund, *, first: date | None = None, last: date | None = None) -> Iterator[BookLine]:
    """All lines of these days in the order of posting, in the fund's currency; hours and class 9 are left out.

    Contributions in kind count one for one. Lines of other currencies are valued as they were booked, as
    `year_accounts` does; what carries them over to a next year is left out, since it books nothing anew. Refused when
    an entry has no rate.
    """
    entries = foreign_entries(fund, last or date.max)
    foreign, rates = {stored.id for stored in entries}, Rates(fund, entries)
    after: int | None = None
    while True:
        page = journal_entries(fund.slug, first=first, last=last, after=after, limit=_ENTRIES_AT_ONCE)
        for stored in page:
            yield from _lines_of(stored, fund.currency, rates.values(stored.entry) if stored.id in foreign else None)
        if len(page) < _ENTRIES_AT_ONCE:
            return
        after = page[-1].position


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


def _lines_of(stored: StoredEntry, currency: str, values: tuple[int | None, ...] | None) -> Iterator[BookLine]:
    entry = stored.entry
    own = {currency, EUR_INKIND.code}
    for place, (posting, mark, line) in enumerate(zip(stored.postings, stored.marks, entry.lines, strict=True)):
        account = line.account
        value = line.minor if account.unit.code in own else values[place] if values else None
        if value is None or account.chart.startswith("9"):
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
            minor=value,
            unit=account.unit.code,
            lettering=mark.code if mark else "",
            lettered_on=mark.on if mark else None,
            is_partial=bool(mark and mark.is_partial),
        )
