"""The engine beside its slow and obvious twin: every due, every part, statement after statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from fund.charter.apportionment import apportioned
from fund.charter.facts import Facts, MemberFacts
from fund.charter.outcomes import Outcome, run, shared_by_key
from ledger.money import share_out
from tests.charter_drawing.facts import Case, cases, prefixes
from tests.slow_charter import Sheet, sheet
from tests.slow_sharing import Before, Who, handed_out, handed_out_under

cuts = st.sets(st.integers(0, 7), max_size=4)


def is_the_same(outcome: Outcome, by_hand: Sheet) -> None:
    assert sorted((due.event, due.rule, due.base, due.minor) for due in outcome.due) == sorted(
        (row.event, row.rule, row.base, row.amount) for row in by_hand.rows
    )
    assert {(share.key, share.party, share.form): share.minor for share in outcome.shares} == by_hand.shares
    assert (outcome.uncovered, dict(outcome.carried)) == (by_hand.uncovered, by_hand.carried)
    assert {name: each.instalments for name, each in outcome.contributions.items()} == by_hand.contributions


@settings(max_examples=150, deadline=None)
@given(cases(whole=True), cuts)
def test_the_engine_is_its_twin_statement_after_statement(case: Case, cuts: set[int]) -> None:
    outcome: Outcome | None = None
    for known in prefixes(case.facts, cuts):
        before = () if outcome is None else outcome.shares
        held = Before({(share.key, share.party, share.form): share.minor for share in before})
        outcome = run(case.charter, known, received=before)
        is_the_same(outcome, sheet(case.charter, known, held))


@settings(max_examples=100, deadline=None)
@given(cases(most=9), cuts)
def test_the_engine_is_its_twin_when_the_key_changes(case: Case, cuts: set[int]) -> None:
    """Between statements members enter and leave, as after a year: only what is new is shared under the new key."""
    past: dict[str, int] = {}
    everyone = dict(case.facts.members)
    for year, known in enumerate(prefixes(case.facts, cuts)):
        present = _of_year(known, everyone, year)
        outcome = run(case.charter, present, shared_before=past)
        is_the_same(outcome, sheet(case.charter, present, Before(past=past)))
        for key, minor in shared_by_key(outcome.shares).items():
            past[key] = past.get(key, 0) + minor


def _of_year(facts: Facts, everyone: Mapping[str, MemberFacts], year: int) -> Facts:
    """The members of a year: those at the even places, then those at the odd ones, with new percentages."""
    names = [name for at, name in enumerate(everyone) if at % 2 == year % 2] or list(everyone)
    whole = sum(everyone[name].percentage or 0 for name in names)
    members = {name: replace(everyone[name], percentage=(everyone[name].percentage or 0) / whole) for name in names}
    some = replace(
        members[names[0]], contribution=year + 1, use=Fraction(year + 1), points=Fraction(1), notoriety=Fraction(2)
    )
    return replace(facts, members=members | {names[0]: some})


weights = st.dictionaries(
    st.sampled_from("ABCDEFG"),
    st.one_of(st.integers(0, 12).map(Fraction), st.fractions(0, 9, max_denominator=12)),
    min_size=1,
    max_size=6,
).filter(lambda drawn: any(drawn.values()))
instalments = st.lists(st.integers(0, 9), min_size=1, max_size=30)


def named(names: dict[str, int] | dict[str, Fraction]) -> dict[Who, int] | dict[Who, Fraction]:
    return {(name, "cash"): value for name, value in names.items()}  # type: ignore[return-value]


@settings(max_examples=80, deadline=None)
@given(weights, instalments)
def test_a_split_is_what_handing_out_coins_gives(weights: dict[str, Fraction], instalments: list[int]) -> None:
    total, held = 0, dict.fromkeys(weights, 0)
    for more in instalments:
        total += more
        by_hand = handed_out(total, named(weights), named(held))  # type: ignore[arg-type]
        held = share_out(total, weights, held=held)
        assert named(held) == by_hand


@settings(max_examples=100, deadline=None)
@given(weights, st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(0, 40), max_size=6), instalments)
def test_a_split_under_ceilings_is_what_rising_water_gives(
    weights: dict[str, Fraction], most: dict[str, int], instalments: list[int]
) -> None:
    """Any instalments: nobody above the ceiling, nothing taken back, and what fits nowhere is left over."""
    total, held = 0, dict.fromkeys(weights, 0)
    ceilings = {name: units for name, units in most.items() if name in weights}
    for more in instalments:
        total += more
        by_hand = handed_out_under(total, named(weights), named(held), named(ceilings))  # type: ignore[arg-type]
        before, held = held, apportioned(total, weights, held=held, ceilings=ceilings)
        assert named(held) == by_hand
        assert all(held[name] >= before[name] for name in weights)
        room = sum(ceilings.get(name, total) for name, weight in weights.items() if weight)
        assert sum(held.values()) == min(total, room)
