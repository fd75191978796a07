"""Spans of months on the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_later(day: date, months: int) -> date:
    """The same day of the month, `months` later; the month's last day when it has no such day.

    >>> months_later(date(2026, 1, 31), 1), months_later(date(2026, 1, 15), 48)
    (datetime.date(2026, 2, 28), datetime.date(2030, 1, 15))
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
