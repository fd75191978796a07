"""The engine of columns gives what the charter's engine gives, path after path, statement after statement."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fund.charter.apportionment import apportioned
from fund.charter.faults import KeyChanged
from fund.charter.grammar import Charter
from fund.charter.shipped import shipped, shipped_names
from fund.rehearsal.column_engine import ColumnEngine
from fund.rehearsal.columns import Ratios, column, minus, narrowed, plus, times
from fund.rehearsal.histories import History
from fund.rehearsal.one_by_one import OneByOne
from fund.rehearsal.outcomes import StatementOutcome
from fund.rehearsal.share_columns import Weights, shares
from ledger.errors import SplitImpossible
from ledger.money import rounded, share_out
from tests.rehearsal_strategies import cases, columns, histories

ONE = np.arange(1)

thoroughly = settings(max_examples=150, deadline=None)


def written(outcome: StatementOutcome) -> dict[str, object]:
    """All that a statement gives, as plain numbers."""
    return {
        "due": {rule: values.tolist() for rule, values in outcome.due.items()},
        "shares": {portion: values.tolist() for portion, values in outcome.shares.items()},
        "added": {portion: values.tolist() for portion, values in outcome.added.items()},
        "uncovered": outcome.uncovered.tolist(),
        "carried": {rule: values.tolist() for rule, values in outcome.carried.items()},
        "waits": outcome.waits.tolist(),
    }


def compare(charter: Charter, history: History) -> None:
    """Statement by statement, or the same refusal."""
    slow = tried(OneByOne(charter), history)
    fast = tried(ColumnEngine(charter), history)
    assert fast == slow


def tried(engine: OneByOne | ColumnEngine, history: History) -> list[dict[str, object]] | str:
    try:
        return [written(outcome) for outcome in engine.outcomes(history)]
    except KeyChanged as refusal:
        return refusal.code


@thoroughly
@given(cases())
def test_columns_give_what_the_engine_gives_path_by_path(case: tuple[Charter, History]) -> None:
    compare(*case)


@pytest.mark.parametrize("name", shipped_names())
@settings(max_examples=15, deadline=None)
@given(st.data())
def test_columns_give_what_the_engine_gives_under_every_shipped_charter(name: str, data: st.DataObject) -> None:
    compare(shipped(name), data.draw(histories(shipped(name))))


@st.composite
def instalments(draw: st.DrawFn) -> tuple[Weights, list[np.ndarray]]:
    """Weights with many near and exact ties, ceilings or none, and totals that grow, over some paths."""
    paths, people = draw(st.integers(1, 5)), draw(st.integers(1, 7))
    size = draw(st.sampled_from([3, 60, 10**6, 2**30, 2**40]))
    figures = np.array([draw(columns(paths, st.integers(0, size))).astype(object) for _ in range(people)], object)
    ceilings = tuple(draw(st.one_of(st.none(), columns(paths, st.integers(0, 50)))) for _ in range(people))
    grows = st.integers(0, draw(st.sampled_from([2, 40, 10**9, 2**58])))
    totals = [draw(columns(paths, grows)).astype(object) for _ in range(draw(st.integers(1, 5)))]
    growing = [narrowed(sum(totals[: at + 1])) for at in range(len(totals))]
    names = tuple(f"{at}" for at in range(people))
    return Weights(names, narrowed(figures), ceilings if draw(st.booleans()) else None), growing


@settings(max_examples=150, deadline=None)
@given(instalments())
def test_shares_are_those_of_the_rule_for_money_at_every_instalment(case: tuple[Weights, list[np.ndarray]]) -> None:
    weights, totals = case
    held = np.zeros(weights.figures.shape, np.int64)
    for total in totals:
        given_ = shares(total, weights, held, np.arange(len(total)), key="rule")
        for path in range(len(total)):
            rows = zip(weights.names, weights.ceilings or (), strict=False)
            ceilings = {name: int(row[path]) for name, row in rows if row is not None}
            figures = {name: Fraction(int(row[path])) for name, row in zip(weights.names, weights.figures, strict=True)}
            has = {name: int(row[path]) for name, row in zip(weights.names, held, strict=True)}
            twin = apportioned(int(total[path]), figures, held=has, ceilings=ceilings)
            assert [int(part) for part in given_[:, path]] == [twin[name] for name in weights.names]
        held = given_


@given(st.integers(2**29, 2**30), st.integers(2**29, 2**30), st.integers(1, 3), st.integers(0, 3))
def test_next_units_that_fall_due_almost_together_are_told_apart(a: int, b: int, c: int, before: int) -> None:
    """The closest that two ratios come: p ÷ a and q ÷ b with pb − qa = 1, at the largest weights of a column."""
    if gcd(a, b) != 1:
        return
    weights = {"a": a, "b": b, "c": c}
    p = pow(b, -1, a)
    total = max(0, p * (a + b + c) // a - before)
    figures = np.array([[a], [b], [c]], np.int64)
    parts = shares(column([total]), Weights(("a", "b", "c"), figures), np.zeros((3, 1), np.int64), ONE, key="rule")
    assert parts[:, 0].tolist() == list(share_out(total, weights).values())


def test_what_is_held_against_the_key_is_refused() -> None:
    weights = Weights(("a", "b"), np.array([[1], [1]], np.int64))
    with pytest.raises(KeyChanged):
        shares(column([5]), weights, np.array([[4], [0]], np.int64), ONE, key="rule")
    with pytest.raises(SplitImpossible):
        share_out(5, {"a": 1, "b": 1}, held={"a": 4, "b": 0})


numbers = st.one_of(st.integers(-9, 9), st.integers(-(2**62), 2**62), st.integers(-(2**80), 2**80))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(numbers, numbers), min_size=1, max_size=4), st.integers(1, 2**40), st.integers(-(2**70), 2**70)
)
def test_columns_are_exact_however_large(pairs: list[tuple[int, int]], below: int, factor: int) -> None:
    left, right = column(a for a, _ in pairs), column(b for _, b in pairs)
    assert times(left, right).tolist() == [a * b for a, b in pairs]
    assert times(left, factor).tolist() == [a * factor for a, _ in pairs]
    assert plus(left, right).tolist() == [a + b for a, b in pairs]
    assert minus(left, right).tolist() == [a - b for a, b in pairs]
    ratios = Ratios(left, below)
    assert ratios.nearest().tolist() == [rounded(Fraction(a, below)) for a, _ in pairs]
    assert ratios.whole_below().tolist() == [a // below for a, _ in pairs]
    moved = ratios.minus(Fraction(factor, 7)).times(Fraction(3, 11))
    assert [Fraction(int(n), moved.below) for n in moved.above] == [
        (Fraction(a, below) - Fraction(factor, 7)) * Fraction(3, 11) for a, _ in pairs
    ]
    lesser = ratios.least(Ratios(right, 3))
    assert [Fraction(int(n), lesser.below) for n in lesser.above] == [
        min(Fraction(a, below), Fraction(b, 3)) for a, b in pairs
    ]
    kinds = {values.dtype.kind for values in (left, right, ratios.nearest(), moved.above, lesser.above)}
    assert kinds <= {"i", "O"}
