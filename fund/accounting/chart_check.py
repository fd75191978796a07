"""Whether the chart of a fiscal year has the accounts that an event books on. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable

from fund.accounting.chart_errors import AccountNotInChart
from fund.chart import CHARTS, instead_of, is_in_chart


def check_accounts(numbers: Iterable[str], *, chart: str, year: str) -> None:
    """Pass when the chart of the year has every account; refuse the first that it lacks, and say what replaced it.

    `chart` may be a version that is not known here, as imported books hold: it is then taken at its word.
    """
    if chart not in CHARTS:
        return
    for number in numbers:
        if not is_in_chart(number, chart):
            raise AccountNotInChart(account=number, year=year, chart=CHARTS[chart], instead=instead_of(number, chart))
