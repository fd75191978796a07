"""Columns: one whole number a path, for thousands of paths at once, and the few operations that keep them exact.

A column is an array of 64-bit integers within ±2^62, the bound of the books. Before two numbers are multiplied their
largest magnitudes are; a product that could pass the bound is made of Python's integers instead, which have
none. So no operation here can overflow, and none makes a float.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ledger.money import MINOR_LIMIT

Column: TypeAlias = NDArray[Any]
"""Whole numbers: int64, or Python's own where int64 could be too small."""

Flags: TypeAlias = NDArray[np.bool_]


def zeros(paths: int) -> Column:
    """Nothing, in every path."""
    return np.zeros(paths, np.int64)


def same(number: int, paths: int) -> Column:
    """One number in every path."""
    return np.full(paths, number, np.int64 if abs(number) <= MINOR_LIMIT else object)


def column(values: Iterable[int]) -> Column:
    """A column of these numbers."""
    return narrowed(np.array([int(value) for value in values], object))


def largest(values: Column | int) -> int:
    """The largest magnitude."""
    if isinstance(values, int):
        return abs(values)
    return max(abs(int(values.max())), abs(int(values.min()))) if values.size else 0


def narrowed(values: Column) -> Column:
    """The same numbers as 64-bit integers where they fit under the bound."""
    if values.dtype == object and largest(values) <= MINOR_LIMIT:
        return values.astype(np.int64)
    return values


def wide(values: Column) -> Column:
    """The same numbers as Python's integers, which have no bound."""
    return values if values.dtype == object else values.astype(object)


def times(values: Column, factor: Column | int) -> Column:
    """The exact product; the bound is proven before multiplying."""
    if isinstance(factor, int) and factor == 1:
        return values
    most = largest(factor)
    if max(most, largest(values) * most) > MINOR_LIMIT:
        return narrowed(wide(values) * factor)
    return values * factor


def over(values: Column, divisor: int) -> Column:
    """The last whole numbers that do not exceed the quotients."""
    return narrowed(wide(values) // divisor) if divisor > MINOR_LIMIT else values // divisor


def plus(left: Column, right: Column | int) -> Column:
    """The exact sum."""
    if largest(left) + largest(right) > MINOR_LIMIT:
        return narrowed(wide(left) + right)
    return left + right


def minus(left: Column, right: Column | int) -> Column:
    """The exact difference."""
    return plus(left, -right)


def not_below(values: Column, least: Column | int) -> Column:
    """The numbers, or this one where they are smaller."""
    return np.maximum(values, least)


def at_most(values: Column, most: Column | int) -> Column:
    """The numbers, or this one where they are larger."""
    if isinstance(most, int) and most > MINOR_LIMIT and values.dtype != object:
        return values
    return np.minimum(values, most)


def chosen(where: Flags, this: Column, other: Column) -> Column:
    """One column where the flag is up, the other elsewhere."""
    return np.where(where, this, other)


def only(values: Column, where: Flags) -> Column:
    """The numbers where the flag is up, zero elsewhere."""
    return np.where(where, values, 0)


class Ratios:
    """Exact ratios, one a path: whole numerators over one positive denominator."""

    __slots__ = ("above", "below")

    def __init__(self, above: Column, below: int = 1) -> None:
        self.above, self.below = above, below

    def minus(self, number: Fraction) -> Ratios:
        """Less a number that is the same in every path."""
        below = self.below * number.denominator
        return Ratios(minus(times(self.above, number.denominator), number.numerator * self.below), below)

    def plus(self, other: Ratios) -> Ratios:
        """Both together, path by path."""
        left, right, below = self._over_one(other)
        return Ratios(plus(left, right), below)

    def less(self, other: Ratios) -> Ratios:
        """Less the other, path by path."""
        left, right, below = self._over_one(other)
        return Ratios(minus(left, right), below)

    def only(self, where: Flags) -> Ratios:
        """The ratios where the flag is up, zero elsewhere."""
        return Ratios(only(self.above, where), self.below)

    def times(self, rate: Fraction) -> Ratios:
        """A rate of each."""
        return Ratios(times(self.above, rate.numerator), self.below * rate.denominator)

    def not_below_zero(self) -> Ratios:
        """Zero where they are negative."""
        return Ratios(not_below(self.above, 0), self.below)

    def least(self, other: Ratios) -> Ratios:
        """The smaller of both, path by path."""
        left, right, below = self._over_one(other)
        return Ratios(np.minimum(left, right), below)

    def nearest(self) -> Column:
        """The nearest whole numbers; half a unit rounds away from zero."""
        if self.below == 1:
            return self.above
        size = over(plus(times(np.abs(self.above), 2), self.below), 2 * self.below)
        return narrowed(chosen(self.above < 0, -size, size))

    def whole_below(self) -> Column:
        """The last whole numbers that do not exceed them."""
        return over(self.above, self.below)

    def whole_above(self) -> Column:
        """The first whole numbers that reach them."""
        return -over(-self.above, self.below)

    def _over_one(self, other: Ratios) -> tuple[Column, Column, int]:
        """Both numerators over one denominator."""
        below = lcm(self.below, other.below)
        return times(self.above, below // self.below), times(other.above, below // other.below), below
