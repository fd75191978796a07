"""How evenly amounts are spread: the Gini coefficient and quantiles, exact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from ledger.money import rounded

QUARTERS = (0, 25, 50, 75, 100)
"""The quantiles told of few members: the least, the quarters, the most."""


def gini(amounts: Iterable[int]) -> Fraction | None:
    """0 when all have the same, near 1 when one has all; None for nobody, nothing, or an amount below zero.

    >>> gini([1, 1, 1]), gini([0, 0, 0, 8]), gini([])
    (Fraction(0, 1), Fraction(3, 4), None)
    """
    ordered = sorted(amounts)
    whole = sum(ordered)
    if whole <= 0 or ordered[0] < 0:
        return None
    count = len(ordered)
    weighted = sum(place * amount for place, amount in enumerate(ordered, start=1))
    return Fraction(2 * weighted, count * whole) - Fraction(count + 1, count)


def thousandths(share: Fraction) -> str:
    """A coefficient with three decimals, by whole numbers: `0.750`.

    >>> thousandths(Fraction(3, 4)), thousandths(Fraction(1, 3))
    ('0.750', '0.333')
    """
    digits = f"{abs(rounded(share * 1000)):04}"
    return f"{'-' if share < 0 else ''}{digits[:-3]}.{digits[-3:]}"


def quantiles(amounts: Sequence[int], percents: Iterable[int] = QUARTERS) -> dict[int, int]:
    """By percent, the amount at rank ⌈percent × count ÷ 100⌉ in order: one that occurs. Nothing for nobody.

    >>> quantiles([40, 10, 30, 20])
    {0: 10, 25: 10, 50: 20, 75: 30, 100: 40}
    """
    ordered = sorted(amounts)
    return {percent: ordered[max(0, -(-percent * len(ordered) // 100) - 1)] for percent in percents if ordered}
