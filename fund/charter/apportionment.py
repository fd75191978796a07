"""Sharing by weights when some can bear no more than a ceiling."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ledger.money import share_out


def apportioned(
    total: int, weights: Mapping[str, Fraction], *, held: Mapping[str, int], ceilings: Mapping[str, int]
) -> dict[str, int]:
    """What each has of a running total, whole units, no more than their ceiling; the sum may fall short of `total`.

    Whoever is full stands at the ceiling (or at what they hold, when a ceiling was lowered since) and the
    others share the rest in proportion to their weights, as `ledger.money.share_out` does: fair over any
    number of instalments of one key. Raises SplitImpossible when what is held does not follow the weights.
    """
    full: dict[str, int] = {}
    waiting = {name: weight for name, weight in weights.items() if weight}
    left = total
    while waiting:
        whole = sum(waiting.values())
        overflowing = {n for n, w in waiting.items() if n in ceilings and left * w > ceilings[n] * whole}
        if not overflowing:
            break
        for name in overflowing:
            full[name] = max(ceilings[name], held.get(name, 0))
            left -= full[name]
            del waiting[name]
    parts = dict.fromkeys(weights, 0) | full
    return parts | share_out(left, waiting, held=held) if waiting else parts
