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
    "recognised": st.dictionaries(
        CODES | st.just(""), st.integers(0, 10**9).map(lambda minor: Amount(minor, NOTORIETY))
    ),
}


@st.composite
def recognition_of_projects(draw: st.DrawFn) -> dict[str, dict[str, Amount]]:
    """What projects produce and parties receive: two divisions of one whole number of points."""
    whole = draw(st.integers(0, 10**6))

    def divided() -> dict[str, Amount]:
        names = draw(st.lists(CODES, min_size=1, max_size=5, unique=True))
        cuts = sorted(draw(st.lists(st.integers(0, whole), min_size=len(names) - 1, max_size=len(names) - 1)))
        parts = (last - first for first, last in zip([0, *cuts], [*cuts, whole], strict=True))
        return {name: Amount(part, NOTORIETY) for name, part in zip(names, parts, strict=True)}

    return {"produced": divided(), "recognised": divided()}


TOGETHER: dict[str, st.SearchStrategy[dict[str, Any]]] = {"notoriety_credited": recognition_of_projects()}
"""The arguments of an event that hold together: the whole of one is the whole of the other."""

EVENTS: list[Callable[..., tuple[Line, ...]]] = [
    function
    for _, function in inspect.getmembers(entries, inspect.isfunction)
    if function.__module__ == "fund.entries" and inspect.signature(function).return_annotation == "tuple[Line, ...]"
]


def test_the_page_has_an_entry_for_each_event_of_a_year() -> None:
    assert {event.__name__ for event in EVENTS} == {
        "agreement_signed",
        "award_notified",
        "award_voted",
        "contribution_called",
        "contribution_received",
        "drawing_right_expired",
        "drawing_right_transferred",
        "drawing_right_used",
        "in_kind_received",
        "notoriety_credited",
        "notoriety_decayed",
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
    together = TOGETHER.get(event.__name__, st.fixed_dictionaries({name: ARGUMENTS.get(name, CODES) for name in names}))
    lines = event(**data.draw(together, label="arguments"))
    assert is_balanced(lines)
    assert all(account_name(line.account.chart, "fr") != line.account.chart for line in lines)
    booked = Entry(journal="OD", on=date(2026, 1, 1), kind="k", reference="r", label="l", lines=lines)
    undone = reversal_of(booked, on=date(2026, 1, 2), reference="r2", label="l2")
    sums: dict[AccountKey, int] = defaultdict(int)
    for line in (*lines, *undone.lines):
        sums[line.account] += line.minor
    assert not any(sums.values())


def test_recognition_stays_in_its_own_unit_on_accounts_of_class_9() -> None:
    """Two projects are worth 8 and 4: three points to M1, nine to the fund itself; then a third of each fades."""

    def points(**parts: int) -> dict[str, Amount]:
        return {code.removesuffix("_"): Amount(each, NOTORIETY) for code, each in parts.items()}

    credited = entries.notoriety_credited(produced=points(P1=8, P2=4, P3=0), recognised=points(M1=3, _=9, M2=0))
    faded = entries.notoriety_decayed(recognised=points(M1=1, _=3))
    assert [(line.account.leaf, line.minor) for line in (*credited, *faded)] == [
        ("921::P1 NOTORIETY", 8),
        ("921::P2 NOTORIETY", 4),
        ("922:M1 NOTORIETY", -3),
        ("922 NOTORIETY", -9),
        ("922:M1 NOTORIETY", 1),
        ("922 NOTORIETY", 3),
        ("923 NOTORIETY", -4),
    ]
    assert entries.notoriety_decayed(recognised=points(M1=0)) == ()
