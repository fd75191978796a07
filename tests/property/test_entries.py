"""Every function of the page of entries gives lines that balance in each unit, and that a reversal undoes."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fund import entries
from fund.chart import IN_KIND_ACCOUNTS, TREATMENTS, account_name
from ledger.journal import AccountKey, Entry, Line, is_balanced, reversal_of
from ledger.money import EUR, EUR_INKIND, HOUR, Amount

CODES = st.text("ABCXYZ0123456789-_.", min_size=1, max_size=12)
SIGNED = st.integers(-(10**12), 10**12)
ARGUMENTS: dict[str, st.SearchStrategy[Any]] = {
    "amount": SIGNED.map(lambda minor: Amount(minor, EUR)),
    "locked": st.integers(0, 10**9).map(lambda minor: Amount(minor, EUR)),
    "value": st.integers(0, 10**9).map(lambda minor: Amount(minor, EUR_INKIND)),
    "hours": st.integers(0, 10**9).map(lambda minor: Amount(minor, HOUR)),
    "category": st.sampled_from(sorted(TREATMENTS)),
    "kind": st.sampled_from(sorted(IN_KIND_ACCOUNTS)),
    "drawing_rights": st.dictionaries(CODES, st.integers(0, 10**9).map(lambda minor: Amount(minor, EUR))),
}
EVENTS: list[Callable[..., tuple[Line, ...]]] = [
    function
    for _, function in inspect.getmembers(entries, inspect.isfunction)
    if function.__module__ == "fund.entries" and inspect.signature(function).return_annotation == "tuple[Line, ...]"
]


def test_the_page_has_an_entry_for_each_event_of_a_year() -> None:
    assert {event.__name__ for event in EVENTS} == {
        "agreement_signed",
        "award_voted",
        "contribution_called",
        "contribution_received",
        "drawing_right_expired",
        "drawing_right_transferred",
        "drawing_right_used",
        "in_kind_received",
        "return_due",
        "return_shared",
        "tranche_paid",
    }


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
@given(data=st.data())
def test_an_event_balances_and_its_reversal_leaves_nothing(
    event: Callable[..., tuple[Line, ...]], data: st.DataObject
) -> None:
    names = inspect.signature(event).parameters
    lines = event(**{name: data.draw(ARGUMENTS.get(name, CODES), label=name) for name in names})
    assert is_balanced(lines)
    assert all(account_name(line.account.chart, "fr") != line.account.chart for line in lines)
    booked = Entry(journal="OD", on=date(2026, 1, 1), kind="k", reference="r", label="l", lines=lines)
    undone = reversal_of(booked, on=date(2026, 1, 2), reference="r2", label="l2")
    sums: dict[AccountKey, int] = defaultdict(int)
    for line in (*lines, *undone.lines):
        sums[line.account] += line.minor
    assert not any(sums.values())
