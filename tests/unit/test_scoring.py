"""Totals by weight, exact, on scales of different length; and the spread of the readers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from allocation.instructing.scoring import RubricLine, Spread, full_marks, spread_of, weighted_total

RUBRIC = (RubricLine("artistic", "Intérêt artistique", 2, 5), RubricLine("feasible", "Faisabilité", 1, 10))

CASES = [
    ({"artistic": 5, "feasible": 10}, Fraction(10)),
    ({"artistic": 0, "feasible": 0}, Fraction(0)),
    ({"artistic": 4, "feasible": 5}, Fraction(7)),
    ({"artistic": 4, "feasible": 7}, Fraction(23, 3)),
    ({"feasible": 7}, Fraction(7)),
    ({}, None),
]


@pytest.mark.parametrize(("points", "total"), CASES)
def test_a_total_counts_every_criterion_by_its_weight_on_the_largest_scale(
    points: dict[str, int], total: Fraction | None
) -> None:
    assert weighted_total(points, RUBRIC) == total


def test_the_spread_shows_the_mean_and_how_far_readers_are_apart() -> None:
    spread = spread_of([Fraction(3), Fraction(5), Fraction(9, 2)])
    assert spread == Spread(Fraction(25, 6), Fraction(3), Fraction(5), 3)
    assert spread.width == 2
    assert spread_of([]) is None
    assert (full_marks(RUBRIC), full_marks(())) == (10, 0)
