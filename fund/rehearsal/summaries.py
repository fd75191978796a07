"""From thousands of values to the few that are told: exact means, quantiles by rank, the Gini coefficient."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from fund.rehearsal.columns import Column, largest, narrowed, wide
from fund.rehearsal.futures import PERCENTS, Spread
from ledger.money import MINOR_LIMIT


def rank_of(percent: int, count: int) -> int:
    """The place, from 0, of a quantile among `count` values in order: the one at rank ⌈percent × count ÷ 100⌉."""
    return max(0, -(-percent * count // 100) - 1)


def total(values: Column) -> int:
    """The exact sum."""
    fits = values.dtype != object and largest(values) * max(1, values.size) <= MINOR_LIMIT
    return int(values.sum()) if fits else int(wide(values).sum())


def spread(values: Column) -> Spread:
    """The exact mean and the quantiles of a column."""
    ordered = np.sort(values)
    quantiles = {percent: int(ordered[rank_of(percent, len(ordered))]) for percent in PERCENTS}
    return Spread(Fraction(total(values), len(values)), quantiles)


def gini(amounts: Sequence[int]) -> Fraction:
    """How unequal amounts that are not negative are: 0 when all are equal (or nothing), near 1 when one has all.

    Half the mean absolute difference of all pairs, divided by the mean.

    >>> gini([1, 1, 1]), gini([0, 0, 9]), gini([0, 0])
    (Fraction(0, 1), Fraction(2, 3), Fraction(0, 1))
    """
    ordered, count = sorted(amounts), len(amounts)
    whole = sum(ordered)
    if whole == 0:
        return Fraction(0)
    return Fraction(sum((2 * place - count - 1) * each for place, each in enumerate(ordered, start=1)), count * whole)


def gini_quantiles(amounts: Column) -> dict[int, Fraction]:
    """The quantiles of the coefficients of all paths; amounts are people × paths."""
    count, paths = amounts.shape
    ordered = np.sort(wide(amounts) if largest(amounts) * count * count > MINOR_LIMIT else amounts, axis=0)
    places = np.array([2 * place - count - 1 for place in range(1, count + 1)])[:, None]
    above, whole = (ordered * places).sum(axis=0), ordered.sum(axis=0)
    ratios = sorted(Fraction(int(a), count * int(b)) if b else Fraction(0) for a, b in zip(above, whole, strict=True))
    return {percent: ratios[rank_of(percent, paths)] for percent in PERCENTS}


def joined(parts: Sequence[Column]) -> Column:
    """The columns of all blocks, one after the other; tables of rows × paths likewise."""
    return narrowed(np.concatenate(parts, axis=-1))
