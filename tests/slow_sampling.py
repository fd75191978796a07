"""The sampling of `fund.accounting.sampling`, written again the slow way: cent by cent, and by trying every quota."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product

from fund.accounting.sampling import Item, Plan


def slow_simple(items: Sequence[Item], size: int, below: Callable[[int], int]) -> list[Item]:
    """The start of a shuffle, told by where each place finds its entry, without moving any."""
    moved: dict[int, int] = {}
    found = []
    for place in range(size):
        other = place + below(len(items) - place)
        found.append(items[moved.get(other, other)])
        moved[other] = moved.get(place, place)
    return found


def slow_quotas(counts: Sequence[int], size: int) -> list[int]:
    """The whole numbers nearest to the exact shares that sum to the size; of equals, the earlier one is larger."""
    population = sum(counts)
    size = min(size, population)
    exact = [Fraction(size * count, population) if population else Fraction(0) for count in counts]
    around = [range(int(share), min(int(share) + 1, count) + 1) for share, count in zip(exact, counts, strict=True)]
    fitting = [quotas for quotas in product(*around) if sum(quotas) == size]

    def distance(quotas: Sequence[int]) -> tuple[Fraction, list[int]]:
        off = sum((share - quota) ** 2 for share, quota in zip(exact, quotas, strict=True))
        return (Fraction(off), [-quota for quota in quotas])

    return list(min(fitting, key=distance))


def slow_monetary(items: Sequence[Item], plan: Plan, below: Callable[[int], int]) -> set[str]:
    """Every cent of every entry laid in a row, and every interval-th of them taken from the start on."""
    interval = plan.interval or max(sum(item.amount for item in items) // plan.size, 1)
    cents = [item.reference for item in items if item.amount < interval for _ in range(item.amount)]
    start = below(interval)
    return {item.reference for item in items if item.amount >= interval} | set(cents[start::interval])
