"""The reserve's course: opening, what came in, what went out, quarter by quarter.

The reserve is what a fund may still give: cash received, the part of returns that is the fund's own, less the awards
paid and the losses it bears. Drawing rights and locked parts are promised to others and are not in it; a return
counts on the day its statement is settled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fund.charter.spans import months_later

MONTHS = 3


@dataclass(frozen=True, slots=True)
class Movement:
    """Cash in (positive) or out (negative) on a day, in minor units."""

    on: date
    minor: int


@dataclass(frozen=True, slots=True)
class Quarter:
    """A calendar quarter from its first day; `lowest` is the least the reserve held at the end of a day."""

    first: date
    opening: int
    came_in: int
    went_out: int
    lowest: int

    @property
    def closing(self) -> int:
        """Opening, and what came in, less what went out."""
        return self.opening + self.came_in - self.went_out

    @property
    def is_dry(self) -> bool:
        """Whether the reserve was below zero at the end of some day."""
        return self.lowest < 0

    @property
    def name(self) -> str:
        """`2026-Q1`."""
        return f"{self.first.year}-Q{(self.first.month - 1) // MONTHS + 1}"


def course(opening: int, movements: Iterable[Movement], *, first: date, last: date) -> tuple[Quarter, ...]:
    """Every quarter from the one of `first` to the one of `last`; movements of a day meet before its end."""
    by_day: dict[date, int] = defaultdict(int)
    gross: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for movement in movements:
        by_day[movement.on] += movement.minor
        gross[_quarter(movement.on)][movement.minor < 0] += abs(movement.minor)
    quarters: list[Quarter] = []
    start = min([_quarter(first), *map(_quarter, by_day)])
    end = max([_quarter(last), *map(_quarter, by_day)])
    while start <= end:
        following = months_later(start, MONTHS)
        held = lowest = opening
        for day in sorted(day for day in by_day if start <= day < following):
            held += by_day[day]
            lowest = min(lowest, held)
        came_in, went_out = gross[start]
        quarters.append(Quarter(start, opening, came_in, went_out, lowest))
        opening, start = held, following
    return tuple(quarters)


def dry_quarters(quarters: Iterable[Quarter]) -> int:
    """In how many quarters the reserve ran dry."""
    return sum(quarter.is_dry for quarter in quarters)


def _quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // MONTHS * MONTHS + 1, 1)
