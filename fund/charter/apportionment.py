"""Sharing by weights when some can bear no more than a ceiling, and nothing is ever taken back."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ledger.money import share_out


def apportioned(
    total: int, weights: Mapping[str, Fraction], *, held: Mapping[str, int], ceilings: Mapping[str, int]
) -> dict[str, int]:
    """What each has of a running total, whole units, no more than their ceiling; the sum may fall short of `total`.

    Whoever is full stands at the ceiling and the others share the rest in proportion to their weights
    (`ledger.money.share_out`, fair over any number of instalments). Raises SplitImpossible as that does.
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
            full[name] = ceilings[name]
            left -= ceilings[name]
            del waiting[name]
    parts = dict.fromkeys(weights, 0) | full
    if not waiting:
        return parts
    missing = sum(held.get(name, 0) for name in waiting) - left
    for name in sorted(full):
        # Several filled up at the same cent: what the others hold stays theirs, and the last cents wait.
        if missing <= 0:
            break
        given_up = min(missing, full[name] - held.get(name, 0))
        parts[name] -= given_up
        left += given_up
        missing -= given_up
    return parts | share_out(left, waiting, held=held)
