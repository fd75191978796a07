"""What third parties owe and are owed: the open lines of their accounts as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fund.accounting.lines import THIRD_PARTIES, BookLine
from fund.accounting.open_items import OpenItem, open_items
from fund.accounting.year import CARRYING_KIND, OPENING_KIND, FiscalYear, YearAccounts
from fund.models import Fund
from fund.queries.accounts_lines import book_lines
from fund.queries.accounts_year import year_accounts


@dataclass(frozen=True, slots=True)
class ThirdParties:
    """Third-party accounts as of a day: the year's accounts, its lines on them, and all that is still open."""

    accounts: YearAccounts
    lines: tuple[BookLine, ...]
    open: tuple[OpenItem, ...]


def third_parties(fund: Fund, year: FiscalYear, as_of: date, prefixes: Sequence[str] = THIRD_PARTIES) -> ThirdParties:
    """The accounts that begin with these numbers: one pass over the books from their first day."""
    day = min(as_of, year.last)
    lines = tuple(line for line in book_lines(fund, last=day) if line.chart.startswith(tuple(prefixes)))
    return ThirdParties(year_accounts(fund, year, day), tuple(_of_year(lines, year)), open_items(lines, day))


def _of_year(lines: Iterable[BookLine], year: FiscalYear) -> Iterable[BookLine]:
    return (line for line in lines if line.on >= year.first and line.kind not in (CARRYING_KIND, OPENING_KIND))
