"""The years and months of a book, and how far it is shut. Reads only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from ledger.entries import book_row
from ledger.models import FiscalYear, Period, PeriodLog
from ledger.rows import fetched


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A month of a fiscal year: `state` is `open`, `locked` or `closed`."""

    first: date
    last: date
    state: str


@dataclass(frozen=True, slots=True)
class FiscalYearRow:
    """A fiscal year with its version of the chart and its months in order."""

    code: str
    first: date
    last: date
    chart: str
    periods: tuple[PeriodRow, ...]

    @property
    def state(self) -> str:
        """`closed` when every month is, `locked` when none is open, else `open`."""
        states = {period.state for period in self.periods}
        return "open" if "open" in states else "locked" if "locked" in states else "closed"


@dataclass(frozen=True, slots=True)
class PeriodAct:
    """One line of the log of a month: `act` is `lock`, `unlock` or `close`."""

    first: date
    last: date
    act: str
    by: str
    why: str
    moment: datetime


def fiscal_years(book: str) -> list[FiscalYearRow]:
    """The fiscal years of a book, oldest first; refused when there is no such book."""
    row = book_row(book)
    periods: dict[int, list[PeriodRow]] = defaultdict(list)
    for each in Period.objects.filter(fiscal_year__book=row).order_by("first"):
        periods[each.fiscal_year_id].append(PeriodRow(each.first, each.last, each.state))
    years = FiscalYear.objects.filter(book=row).order_by("first")
    return [FiscalYearRow(y.code, y.first, y.last, y.chart, tuple(periods[y.pk])) for y in years]


def period_log(book: str) -> list[PeriodAct]:
    """Who locked, unlocked and closed which month, in order."""
    found = PeriodLog.objects.filter(period__fiscal_year__book=book_row(book)).select_related("period").order_by("pk")
    return [PeriodAct(r.period.first, r.period.last, r.act, r.by, r.why, r.moment) for r in found]


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
