"""What is still open on third-party accounts as of a day, and how old it is (*balance âgée*).

Plain Python. What a lettering leaves open is the ledger's arithmetic (`ledger.open_items`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from fund.accounting.lines import BookLine
from ledger.open_items import rests

AGED: Final = ("401", "411", "441", "455", "458", "467", "468", "274")
"""The accounts of the aged balance."""

BUCKETS: Final = (None, 30, 60, 90)
"""Up to how many days: not due, then 0 to 30, 31 to 60, 61 to 90; what is older comes last."""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A line that is not settled, and what remains of it: `minor`, debit positive."""

    line: BookLine
    minor: int

    def days(self, day: date) -> int:
        """How old it is on a day; below zero when its paper is dated later."""
        return (day - self.line.dated).days


def open_items(lines: Iterable[BookLine], day: date) -> tuple[OpenItem, ...]:
    """What remains open of the lines of whole accounts, from the beginning of the books, on a day; in their order."""
    return tuple(OpenItem(line, minor) for line, minor in rests(lines, day))


def bucket_of(days: int) -> int:
    """The column of an age: 0 not due, 1 up to 30 days, 2 to 60, 3 to 90, 4 beyond."""
    if days < 0:
        return 0
    return next((place for place, most in enumerate(BUCKETS) if most is not None and days <= most), len(BUCKETS))


@dataclass(frozen=True, slots=True)
class AgedRow:
    """What an auxiliary has open on an account: in each of the five columns, debit positive."""

    chart: str
    auxiliary: str
    buckets: tuple[int, int, int, int, int]

    @property
    def total(self) -> int:
        return sum(self.buckets)


def aged(items: Iterable[OpenItem], day: date) -> tuple[AgedRow, ...]:
    """The aged balance of these items, one row for each account and auxiliary."""
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 5)
    for item in items:
        found[item.line.chart, item.line.auxiliary][bucket_of(item.days(day))] += item.minor
    return tuple(
        AgedRow(chart, auxiliary, (each[0], each[1], each[2], each[3], each[4]))
        for (chart, auxiliary), each in sorted(found.items())
    )
