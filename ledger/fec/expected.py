"""What is known of the fiscal year beside its file: a check that knows more finds more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Expected:
    """The year as known from elsewhere; None and empty for what is not.

    `closing` and `opening` are its last and first day; `result` its surplus in cents, below zero for a deficit;
    `previous` the closing balances of the year before in cents by (account, auxiliary); `exported_on` the day on which
    the file was made. `is_first_year` says that the file rightly has no opening balances.
    """

    closing: date | None = None
    opening: date | None = None
    result: int | None = None
    previous: Mapping[tuple[str, str], int] | None = None
    exported_on: date | None = None
    is_first_year: bool = False

    def first(self, closing: date | None) -> date | None:
        """The first day: the one that is told, else twelve months before the closing."""
        if self.opening is not None or closing is None:
            return self.opening
        return year_before(closing + timedelta(days=1)) if closing < date.max else None


def year_before(day: date) -> date:
    """The same day of the year before; 1 March for a 29 February that it lacks."""
    if day.year == 1:
        return day
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 3, 1)


def year_after(day: date) -> date:
    """The same day of the next year, the last of February for a 29 February."""
    if day.year == date.max.year:
        return day
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)
