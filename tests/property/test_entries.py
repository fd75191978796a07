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
from ledger.money import EUR, EUR_INKIND, HOUR, NOTORIETY, Amount

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
    # The fund itself is the party without a code.
    "recognised": st.dictionaries(CODES | st.just(""), st.integers(0, 10**9).map(lambda minor: Amount(minor, NOTORIETY))),
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
        "notoriety_credited",
        "notoriety_decayed",
        "notoriety_withdrawn",
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


def test_recognition_stays_in_its_own_unit_on_accounts_of_class_9() -> None:
    """Three of twelve points to M1, the fund keeps nine; a third of each fades; the fact is withdrawn with the rest."""

    def points(**parts: int) -> dict[str, Amount]:
        return {party.removesuffix("_"): Amount(each, NOTORIETY) for party, each in parts.items()}

    credited = entries.notoriety_credited(project="P1", recognised=points(M1=3, _=9, M2=0))
    faded = entries.notoriety_decayed(recognised=points(M1=1, _=3))
    withdrawn = entries.notoriety_withdrawn(project="P1", recognised=points(M1=2, _=6))
    assert [(line.account.leaf, line.minor) for line in credited] == [
        ("921::P1 NOTORIETY", 12),
        ("922:M1 NOTORIETY", -3),
        ("922 NOTORIETY", -9),
    ]
    held: dict[str, int] = defaultdict(int)
    for line in (*credited, *faded, *withdrawn):
        assert line.account.unit == NOTORIETY
        assert line.account.chart.startswith("9")
        held[line.account.leaf] += line.minor
    assert held == {"921::P1 NOTORIETY": 4, "922:M1 NOTORIETY": 0, "922 NOTORIETY": 0, "923 NOTORIETY": -4}
    assert entries.notoriety_credited(project="P1", recognised=points(M1=0)) == ()
