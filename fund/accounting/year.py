"""The accounts of one fiscal year as the statements need them: openings, movements, closings, in one currency.

Plain Python. Amounts are whole minor units of the currency that the fund keeps its books in, debit positive.
An opening is what the year began with: what the à-nouveaux carried over, never a movement of the year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

OPENING_JOURNAL: Final = "AN"
"""*À-nouveaux*: what a year begins with, one line for each account and auxiliary."""

CARRYING_JOURNAL: Final = "CL"
"""What empties the accounts of the year before, on the same day and under the same seal as the à-nouveaux.

The books go on from one year to the next, so that a balance can be asked for on any day: the two entries together
leave every balance as it was, except that income and expenses begin at zero and their result stands on 120 or 129.
The pair is shown as openings; the journal CL is in no statement and not in the file of entries for the tax office.
"""

OPENING_KIND: Final = "opening"
CARRYING_KIND: Final = "carrying"

IN_KIND_CLASSES: Final = ("86", "87")

YearState = Literal["open", "locked", "closed"]


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """An accounting year (*exercice*); `chart` is the version of the chart that it follows.

    `locked` while every month is locked or closed, `closed` once every month is closed for good.
    """

    code: str
    first: date
    last: date
    chart: str
    state: YearState = "open"


@dataclass(frozen=True, slots=True, order=True)
class YearKey:
    """What the lines of a row share. `convention` is the line's, or else the account's: whose money it is."""

    chart: str
    party: str = ""
    project: str = ""
    convention: str = ""
    destination: str = ""
    public_generosity: bool = False

    @property
    def auxiliary(self) -> str:
        """The third party that the account is kept for: a party, or a project where no party is named."""
        return self.party or self.project


@dataclass(frozen=True, slots=True)
class YearRow:
    """The year of what shares a key: `debit` and `credit` are gross movements, above or at zero."""

    key: YearKey
    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        return self.opening + self.debit - self.credit

    @property
    def movement(self) -> int:
        return self.debit - self.credit


@dataclass(frozen=True, slots=True)
class YearAccounts:
    """A fiscal year up to a day: `rows` in the order of their keys, those of nothing but zeros left out.

    Classes 86 and 87 are among them, valued one for one; classes 9 and other units never are. `is_provisional`:
    the year before is not closed, so its result was carried over for the eye alone, on 120 or 129.
    """

    year: FiscalYear
    as_of: date
    currency: str
    rows: tuple[YearRow, ...]
    is_provisional: bool = False

    def of(self, *prefixes: str) -> Iterator[YearRow]:
        """The rows whose account begins with one of these numbers."""
        return (row for row in self.rows if row.key.chart.startswith(prefixes))

    def by_account(self) -> tuple[YearRow, ...]:
        """One row for each account of the chart."""
        return summed(self.rows, lambda key: YearKey(key.chart))

    def by_auxiliary(self) -> tuple[YearRow, ...]:
        """One row for each account and auxiliary, as a balance sheet reads them: auxiliaries are never netted."""
        return summed(self.rows, lambda key: YearKey(key.chart, party=key.auxiliary))

    @property
    def result(self) -> int:
        """Income less expenses of the year till the day, above zero for a surplus."""
        return -sum(row.movement for row in self.of("6", "7"))


def summed(rows: Iterable[YearRow], to: Callable[[YearKey], YearKey]) -> tuple[YearRow, ...]:
    """The rows put together by the key that `to` gives each, in the order of the new keys; zeros are left out."""
    totals: dict[YearKey, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        total = totals[to(row.key)]
        total[0], total[1], total[2] = total[0] + row.opening, total[1] + row.debit, total[2] + row.credit
    return tuple(YearRow(key, *total) for key, total in sorted(totals.items()) if any(total))


def carried_over(rows: Iterable[YearRow]) -> tuple[YearRow, ...]:
    """The rows with what income and expenses began with moved to the result of the year before, 120 or 129.

    For a year whose predecessor is not closed: nothing of it is written. Classes 86 and 87 begin at zero likewise.
    """
    kept: list[YearRow] = []
    result = 0
    for row in rows:
        if row.key.chart.startswith(("6", "7")):
            result += row.opening
            row = replace(row, opening=0)
        elif row.key.chart.startswith(IN_KIND_CLASSES):
            row = replace(row, opening=0)
        kept.append(row)
    if result:
        kept.append(YearRow(YearKey("129" if result > 0 else "120"), result, 0, 0))
    return summed(kept, lambda key: key)


def years_later(day: date, count: int) -> date:
    """The same day of a later year; the day after 28 February where the calendar has no 29th.

    >>> years_later(date(2028, 2, 29), 1)
    datetime.date(2029, 3, 1)
    """
    try:
        return day.replace(year=day.year + count)
    except ValueError:
        return date(day.year + count, 3, 1)
