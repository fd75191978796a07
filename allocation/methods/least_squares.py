"""Linear equations solved exactly, by whole numbers that stay small (Bareiss 1968)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm


def solved(matrix: Sequence[Sequence[Fraction]], right: Sequence[Fraction]) -> list[Fraction]:
    """The one solution of a square system whose leading minors are not zero, as those of a positive definite one.

    >>> solved([[Fraction(2), Fraction(1)], [Fraction(1), Fraction(3)]], [Fraction(3), Fraction(5)])
    [Fraction(4, 5), Fraction(7, 5)]
    """
    rows = []
    for given, value in zip(matrix, right, strict=True):
        whole = lcm(*(each.denominator for each in (*given, value)))
        rows.append([int(each * whole) for each in (*given, value)])
    size, previous = len(rows), 1
    for step in range(size):
        pivot = rows[step]
        for row in rows[step + 1 :]:
            factor = row[step]
            # The division is exact: every entry is a minor of the matrix (Sylvester's identity).
            for column in range(step + 1, size + 1):
                row[column] = (row[column] * pivot[step] - factor * pivot[column]) // previous
            row[step] = 0
        previous = pivot[step]
    solution = [Fraction(0)] * size
    for step in reversed(range(size)):
        known = sum((rows[step][column] * solution[column] for column in range(step + 1, size)), Fraction(0))
        solution[step] = (rows[step][size] - known) / rows[step][step]
    return solution
