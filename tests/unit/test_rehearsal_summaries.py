"""Means, quantiles and the Gini coefficient: exact numbers, checked by hand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fund.rehearsal.columns import column
from fund.rehearsal.summaries import gini, gini_quantiles, joined, rank_of, spread, total


@pytest.mark.parametrize(
    ("percent", "count", "place"),
    [(5, 20, 0), (5, 21, 1), (50, 2, 0), (50, 3, 1), (25, 4, 0), (75, 4, 2), (95, 100, 94), (95, 1, 0), (100, 7, 6)],
)
def test_a_quantile_is_a_value_that_occurred(percent: int, count: int, place: int) -> None:
    assert rank_of(percent, count) == place


def test_a_spread_is_exact() -> None:
    told = spread(column([3, 1, 2, 5]))
    assert told.mean == Fraction(11, 4)
    assert told.quantiles == {5: 1, 25: 1, 50: 2, 75: 3, 95: 5}


def test_sums_beyond_64_bits_are_exact() -> None:
    assert total(column([2**62, 2**62, 2**62])) == 3 * 2**62
    assert spread(column([2**70, 0])).mean == 2**69


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=8))
def test_gini_is_half_the_mean_difference_over_the_mean(amounts: list[int]) -> None:
    count, whole = len(amounts), sum(amounts)
    pairs = sum(abs(one - other) for one in amounts for other in amounts)
    expected = Fraction(pairs, 2 * count * whole) if whole else Fraction(0)
    assert gini(amounts) == expected
    assert gini_quantiles(np.array([[each] for each in amounts])) == dict.fromkeys((5, 25, 50, 75, 95), expected)


def test_gini_of_very_large_amounts_is_exact() -> None:
    assert gini_quantiles(np.array([[2**62], [0]]))[50] == Fraction(1, 2)


def test_blocks_are_joined_path_after_path() -> None:
    assert joined([np.array([[1, 2], [3, 4]]), np.array([[5], [6]])]).tolist() == [[1, 2, 5], [3, 4, 6]]
