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
from fund.accounting.destinations import DESTINATIONS
from fund.chart import CHARTS, IN_KIND_ACCOUNTS, OPTIONS, is_in_chart, options_of
from fund.entries.year_end import DEDICATED, IMPAIRMENTS
from ledger.journal import AccountKey, Entry, Line, is_balanced, reversal_of
from ledger.money import EUR, EUR_INKIND, HOUR, NOTORIETY, Amount, unit_of

CODES = st.text("ABCXYZ0123456789-_.", min_size=1, max_size=12)
SIGNED = st.integers(-(10**12), 10**12)
ARGUMENTS: dict[str, st.SearchStrategy[Any]] = {
    "amount": SIGNED.map(lambda minor: Amount(minor, EUR)),
    "locked": st.integers(0, 10**9).map(lambda minor: Amount(minor, EUR)),
    "value": st.integers(0, 10**9).map(lambda minor: Amount(minor, EUR_INKIND)),
    "hours": st.integers(0, 10**9).map(lambda minor: Amount(minor, HOUR)),
    "given": st.integers(1, 10**9).map(lambda minor: Amount(minor, unit_of("USD"))),
    "received": st.integers(1, 10**9).map(lambda minor: Amount(minor, EUR)),
    "option": st.sampled_from([OPTIONS[option.code] for option in options_of("member-money")]),
    "account": st.sampled_from(["2742", "6226", "1068"]),
    "source": st.sampled_from(["512", "75411"]),
    "destination": st.sampled_from(sorted(DESTINATIONS)),
    "is_same_year": st.booleans(),
    "public_generosity": st.booleans(),
    "shares": st.dictionaries(CODES, st.integers(0, 10**9).map(lambda minor: Amount(minor, EUR))),
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

ACCOUNTS: dict[str, list[str]] = {
    "commitment_given": ["8011", "80184", "80185"],
    "commitment_ended": ["8011", "80184", "80185"],
    "impairment_made": sorted(IMPAIRMENTS),
    "impairment_reversed": sorted(IMPAIRMENTS),
    "dedicated_funds_carried": sorted(DEDICATED),
    "dedicated_funds_used": sorted(DEDICATED),
    "dedicated_funds_moved": sorted(DEDICATED),
    "coproduction_paid": ["2681", "458"],
    "loan_received": ["168", "455", "1034"],
    "loan_repaid": ["168", "455", "1034"],
}
"""The accounts of the events that choose one among a few."""

EVENTS: list[Callable[..., tuple[Line, ...]]] = [
    function
    for _, function in inspect.getmembers(entries, inspect.isfunction)
    if function.__module__.startswith("fund.entries.")
    and inspect.signature(function).return_annotation == "tuple[Line, ...]"
]


def test_every_event_is_offered_on_the_first_page() -> None:
    assert {event.__name__ for event in EVENTS} <= set(entries.__all__)
    assert len(EVENTS) == 73


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
@given(data=st.data())
def test_an_event_balances_and_its_reversal_leaves_nothing(
    event: Callable[..., tuple[Line, ...]], data: st.DataObject
) -> None:
    names = inspect.signature(event).parameters
    arguments = {**ARGUMENTS}
    if event.__name__ in ACCOUNTS:
        arguments["account"] = st.sampled_from(ACCOUNTS[event.__name__])
    together = TOGETHER.get(event.__name__, st.fixed_dictionaries({name: arguments.get(name, CODES) for name in names}))
    lines = event(**data.draw(together, label="arguments"))
    assert is_balanced(lines)
    assert all(is_in_chart(line.account.chart, chart) for line in lines for chart in CHARTS)
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
