"""The refusals of the chart of accounts, in both languages. Plain Python."""

from __future__ import annotations

from fund.errors import FundError


class AccountNotInChart(FundError):
    """An event would book on an account that the chart of its fiscal year does not have."""

    code = "account_not_in_chart"
    en = "Account {account} is not in the chart of {year} ({chart}){instead_en}."
    fr = "Le compte {account} n’est pas au plan comptable de {year} ({chart}){instead_fr}."

    def __init__(self, *, account: str, year: str, chart: str, instead: tuple[str, ...] = ()) -> None:
        numbers = ", ".join(instead)
        super().__init__(
            account=account,
            year=year,
            chart=chart,
            instead=instead,
            instead_en=f": use {numbers}" if numbers else "",
            instead_fr=f" : prenez {numbers}" if numbers else "",
        )
