"""What the chart of accounts says of a number that a file gives. Plain Python.

A fund may name accounts that no version of the chart has (stocks, say): they are its own. What another version has and
that of the year has not is refused, since the regulation put something else in its place.
"""

from __future__ import annotations

from fund.chart import CHARTS, account_of, instead_of, is_in_chart


def is_charted(number: str) -> bool:
    """Whether some version of the chart has the account, or one that it is a part of."""
    return any(is_in_chart(number, chart) for chart in CHARTS)


def is_outside(number: str, chart: str) -> bool:
    """Whether only another version of the chart has the account."""
    return is_charted(number) and not is_in_chart(number, chart)


def instead(number: str, chart: str) -> str:
    """The accounts that took its place, or nothing."""
    for other in CHARTS:
        found = account_of(number, other)
        if found is not None and (after := instead_of(found.number, chart)):
            return ", ".join(after)
    return ""


def chart_name(chart: str) -> str:
    """The regulations that make a version of the chart."""
    return CHARTS.get(chart, chart)
