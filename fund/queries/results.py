"""What stands in own funds before an assembly decides on a result."""

from __future__ import annotations

from datetime import date

from fund.accounting.results import CARRIED_DEFICIT, CARRIED_SURPLUS, RESERVE, Standing
from fund.models import Fund
from ledger.balances import AccountBalance, balances


def standing(fund: Fund, unit: str, on: date) -> Standing:
    """The result that is not allocated, the reserve and what is carried forward, at the end of a day."""

    def found(prefix: str) -> list[AccountBalance]:
        return balances(fund.slug, chart=prefix, unit=unit, as_of=on)

    def held(prefix: str) -> int:
        return -sum(each.amount.minor for each in found(prefix))

    results = tuple((each.account, each.amount.minor) for each in (*found("120"), *found("129")))
    accounts = tuple(
        (prefix, min(each.account.chart for each in found(prefix)))
        for prefix in (RESERVE, CARRIED_SURPLUS, CARRIED_DEFICIT)
        if found(prefix)
    )
    return Standing(results, held(RESERVE), held(CARRIED_SURPLUS), -held(CARRIED_DEFICIT), accounts)
