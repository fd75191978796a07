"""Sharing by weights when some can bear no more than a ceiling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ledger.money import share_out


@dataclass(frozen=True, slots=True)
class Round:
    """One turn of a sharing under ceilings: what is shared by which weights, and who is full and stops there."""

    left: int
    weights: Mapping[str, Fraction]
    full: Mapping[str, int]


def rounds(
    total: int, weights: Mapping[str, Fraction], *, held: Mapping[str, int], ceilings: Mapping[str, int]
) -> Iterator[Round]:
    """The turns of a sharing, the last one with nobody full: whoever would go over stands at the ceiling.

    Somebody who holds more already, because a ceiling was lowered since, stands at what it holds.
    """
    waiting, left = {name: weight for name, weight in weights.items() if weight}, total
    while waiting:
        whole = sum(waiting.values())
        over = (name for name, weight in waiting.items() if name in ceilings and left * weight > ceilings[name] * whole)
        full = {name: max(ceilings[name], held.get(name, 0)) for name in over}
        yield Round(left, waiting, full)
        if not full:
            return
        left -= sum(full.values())
        waiting = {name: weight for name, weight in waiting.items() if name not in full}


def apportioned(
    total: int, weights: Mapping[str, Fraction], *, held: Mapping[str, int], ceilings: Mapping[str, int]
) -> dict[str, int]:
    """What each has of a running total, whole units, no more than their ceiling; the sum may fall short of `total`.

    Whoever is full stands at the ceiling and the others share the rest in proportion to their weights, as
    `ledger.money.share_out` does: fair over any number of instalments of one key. Raises SplitImpossible when what
    is held does not follow the weights.
    """
    parts = dict.fromkeys(weights, 0)
    for turn in rounds(total, weights, held=held, ceilings=ceilings):
        parts |= turn.full or share_out(turn.left, turn.weights, held=held)
    return parts


def first_followed(least: int, weights: Mapping[str, Fraction], *, held: Mapping[str, int]) -> int:
    """The first total, from `least` on, at which nobody holds a unit more than `total × weight ÷ all weights`, and
    which is enough for what they hold and for the whole part of that of everyone else.
    """
    total, whole = least, sum(weights.values())
    for name, weight in weights.items():
        if weight and held.get(name, 0) > 1:
            total = max(total, (held[name] - 1) * whole // weight + 1)
    while whole:
        floors = {name: total * weight // whole for name, weight in weights.items()}
        over = {name for name in weights if held.get(name, 0) > floors[name]}
        needed = sum(held[name] if name in over else floor for name, floor in floors.items())
        if needed <= total:
            break
        # However much the total grows, those beyond `over` have more than their exact part less one unit each.
        beyond = len(weights) - len(over)
        exact = (sum(held[name] for name in over) - beyond) * whole / sum(weights[name] for name in over)
        total = max(needed, -(-exact.numerator // exact.denominator))
    return total
