"""What the accounts of a fund are called in a year: the chart's names, and the fund's own before them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fund.chart import CHARTS, account_name, accounts_of, chart_of
from fund.models import Fund
from fund.queries.accounts_year import year_of
from fund.queries.book_names import own_account_names


class AccountNames(Mapping[str, str]):
    """One name for each number: the fund's own, else the chart's, else that of its longest prefix.

    Any number has a name, so that a file has one label for each account; a number that nothing names is its own.
    """

    def __init__(self, chart: str, own: Mapping[str, str], language: str) -> None:
        self._chart, self._own, self._language = chart, dict(own), language
        self._numbers = {account.number for account in accounts_of(chart)} | set(own)

    def __getitem__(self, number: str) -> str:
        return self._own.get(number) or account_name(number, self._language, self._chart)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._numbers))

    def __len__(self) -> int:
        return len(self._numbers)


def account_names(fund: Fund, year: int, language: str = "fr") -> AccountNames:
    """The names of the accounts in a fiscal year of the fund, under the version of the chart that it follows."""
    found = year_of(fund, year)
    chart = found.chart if found else chart_of(year)
    known = chart if chart in CHARTS else chart_of(year)
    return AccountNames(known, own_account_names(fund), language)
