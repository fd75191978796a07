"""What a closing carries over, for any balances: nothing that goes on moves, the rest begins at zero."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fund.accounting.carrying_over import Held, carried, goes_on, is_carried, result_account
from fund.accounting.closing_errors import CarryingUnbalanced
from ledger.journal import AccountKey, is_balanced
from ledger.money import EUR, EUR_INKIND, HOUR, NOTORIETY, Unit
from tests.slow_closing import places, slow_results

USD, CHF = Unit("USD", 2), Unit("CHF", 2)
CHARTS = {
    EUR: ("1068", "120", "194", "2742", "411", "4682", "512", "58", "6571", "6895", "741", "7561", "80181", "8091"),
    USD: ("411", "512", "6278", "741", "4768"),
    CHF: ("401", "512", "622", "758"),
    EUR_INKIND: ("861", "864", "871", "875"),
}
CODES = st.sampled_from(["", "M1", "M2"])
MINORS = st.integers(-(10**9), 10**9)


@st.composite
def held(draw: st.DrawFn) -> list[Held]:
    """Balances that balance in each unit; help in kind on both sides alike, a little of what is never carried."""
    found: dict[tuple[str, str, str, bool], Held] = {}
    for unit, charts in CHARTS.items():
        rest = 0
        for _ in range(draw(st.integers(0, 8))):
            account = AccountKey(
                draw(st.sampled_from(charts)), draw(CODES), draw(CODES), draw(st.sampled_from(["", "C1"])), unit
            )
            each = Held(account, draw(st.sampled_from(["", "C2"])), draw(CODES), draw(st.booleans()), draw(MINORS))
            place = (account.leaf, each.convention, each.destination, each.public_generosity)
            if each.minor and place not in found:
                found[place], rest = each, rest + each.minor
        last = AccountKey("875" if unit == EUR_INKIND else "512", "BALANCE", unit=unit)
        if rest:
            found[last.leaf, "", "", False] = Held(last, "", "", False, -rest)
    for chart, unit in (("911", HOUR), ("922", NOTORIETY)):
        if minor := draw(st.integers(0, 3)):
            found[chart, "", "", False] = Held(AccountKey(chart, unit=unit), "", "", False, minor)
    return list(found.values())


@given(held())
def test_what_goes_on_is_as_it_was_and_the_rest_begins_at_zero(balances: list[Held]) -> None:
    done = carried(balances)
    assert is_balanced(done.empties)
    assert is_balanced(done.opens)
    before = places(each.line for each in balances)
    after = places([*(each.line for each in balances), *done.empties, *done.opens])
    kept = {place: minor for place, minor in before.items() if goes_on(place[0]) or place[0][0] == "9"}
    for unit, minor in done.results.items():
        number = result_account(minor, {each.account.chart for each in balances if is_carried(each.account)})
        place = (AccountKey(number, unit=unit).leaf, "", "", False)
        kept[place] = kept.get(place, 0) - minor
    assert after == {place: minor for place, minor in kept.items() if minor}
    assert dict(done.results) == slow_results(balances)
    totals: dict[str, int] = defaultdict(int)
    for each in balances:
        totals[each.account.leaf] += each.minor
    assert all(totals[line.account.leaf] or line.account.chart in ("120", "129") for line in done.opens)
    assert carried(list(reversed(balances))) == done


@settings(max_examples=20)
@given(held(), st.integers(1, 10**6))
def test_what_does_not_balance_is_not_carried(balances: list[Held], more: int) -> None:
    odd = Held(AccountKey("512", "ODD"), "", "", False, more)
    with pytest.raises(CarryingUnbalanced, match="EUR"):
        carried([*balances, odd])


def test_help_in_kind_that_is_not_on_both_sides_is_not_carried() -> None:
    unit = EUR_INKIND
    balances = [
        Held(AccountKey("861", unit=unit), "", "", False, 100),
        Held(AccountKey("512", unit=unit), "", "", False, -100),
    ]
    with pytest.raises(CarryingUnbalanced, match="EUR-INKIND"):
        carried(balances)
