"""Sharing an amount between bounds, exactly, and rounding it once to the minor unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any


def bounded(
    total: Fraction | int, weights: Mapping[str, Fraction], lower: Mapping[str, int], upper: Mapping[str, int]
) -> dict[str, Fraction]:
    """Each gets λ × weight, but at least `lower` and at most `upper`; λ is such that the sum is `total`.

    The sum in λ is a line between breakpoints, where somebody leaves their lower bound or meets their upper one; the
    breakpoints are walked in order and λ is solved on the right line. What no upper bound leaves room for, or only a
    zero weight, is not given; a total below all lower bounds gives these.

    >>> ones = dict.fromkeys("abc", Fraction(1))
    >>> bounded(10, ones, {"a": 0, "b": 0, "c": 4}, {"a": 1, "b": 9, "c": 9})
    {'a': Fraction(1, 1), 'b': Fraction(9, 2), 'c': Fraction(9, 2)}
    """
    sharing = {name: weight for name, weight in weights.items() if weight > 0}
    starts = sorted((Fraction(lower[name]) / weight, name) for name, weight in sharing.items())
    stops = sorted((Fraction(upper[name]) / weight, name) for name, weight in sharing.items())
    given, slope, at = Fraction(sum(lower[name] for name in weights)), Fraction(0), Fraction(0)
    events = [(where, 0, sharing[name]) for where, name in starts] + [
        (where, 1, -sharing[name]) for where, name in stops
    ]
    reached = at
    for where, _, change in sorted(events):
        grown = given + slope * (where - at)
        if slope and grown >= total:
            break
        given, at, slope = grown, where, slope + change
        reached = at
    if slope and given < total:
        reached = at + (total - given) / slope
    return {
        name: min(max(reached * weight, Fraction(lower[name])), Fraction(upper[name]))
        if weight > 0
        else Fraction(lower[name])
        for name, weight in weights.items()
    }


def to_the_minor_unit(exact: Mapping[str, Fraction], *, order: Callable[[str], Any]) -> dict[str, int]:
    """Round once: the sum is that of the exact amounts, cut; each is less than one unit from its exact amount.

    Everyone has the whole part; the units that remain go to the largest fractions (Hamilton), ties by `order`,
    smallest first. A whole upper bound on an exact amount holds for the rounded one too. An announced split is never
    rounded again for another total: there a part may shrink although the total grows (the Alabama paradox).

    >>> shares = {"a": Fraction(6, 14), "b": Fraction(6, 14), "c": Fraction(2, 14)}
    >>> [to_the_minor_unit({name: total * share for name, share in shares.items()}, order=str) for total in (10, 11)]
    [{'a': 4, 'b': 4, 'c': 2}, {'a': 5, 'b': 5, 'c': 1}]
    """
    rounded = {name: amount.numerator // amount.denominator for name, amount in exact.items()}
    total = sum(exact.values(), Fraction(0))
    left = total.numerator // total.denominator - sum(rounded.values())
    queue = sorted(exact, key=lambda name: (rounded[name] - exact[name], order(name)))
    for name in queue[:left]:
        rounded[name] += 1
    return rounded
