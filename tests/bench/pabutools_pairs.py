"""Equal shares beside pabutools on the same elections, each library from what it parsed to the same winners.

The figure of a key is the least ratio over its elections: it holds on each of them. Each side runs in a process of
its own. What is timed is all that a library does once the file is read: its own profiles, merged ballots, purses.
"""

from collections.abc import Callable, Iterator
from statistics import median

from tests.bench.elections import LARGEST, Case, cases
from tests.bench.measure import Pair, require_same
from tests.bench.workers import Worker
from tests.bench.workshop import PABUTOOLS, SHARES, Workshop

SPEED, SPEED_OF_LARGEST = "equal_shares_2000_voters_vs_pabutools", "equal_shares_20000_voters_vs_pabutools"
MEMORY, ADDING = "equal_shares_memory_vs_300_mb", "add1_64_6586_vs_two_seconds"
KEYS = (SPEED, SPEED_OF_LARGEST, MEMORY, ADDING)

MEMORY_LIMIT, ADDING_LIMIT = 300.0, 2.0
ADDING_SIZE = 6_586
ROUNDS, ROUNDS_OF_LARGEST = 3, 1
OURS = 5
"""We run more often than pabutools does: it takes half a minute where we take a twentieth of a second."""


def measure(shop: Workshop, wanted: set[str]) -> Iterator[Pair]:
    found = cases(shop.folder, scale=shop.scale)
    ours = shop.other(SHARES)
    if wanted & {SPEED, SPEED_OF_LARGEST}:
        # A try in small compares the sizes that stand for the large ones.
        at_least = LARGEST if shop.scale == 1 else found[-1].voters
        sides = compared(found, ours, shop.other(PABUTOOLS), rounds=lambda case: rounds_of(case, at_least))
        for key, group in (
            (SPEED, [pair for pair in sides if pair[0].voters < at_least]),
            (SPEED_OF_LARGEST, [pair for pair in sides if pair[0].voters >= at_least]),
        ):
            if key in wanted and group:
                yield least(key, group)
    if MEMORY in wanted:
        yield memory(shop, found)
    if ADDING in wanted:
        yield adding(ours, found)


Side = tuple[Case, tuple[float, ...], tuple[float, ...]]


def rounds_of(case: Case, at_least: int) -> int:
    return ROUNDS_OF_LARGEST if case.voters >= at_least else ROUNDS


def compared(found: list[Case], ours: Worker, other: Worker, *, rounds: Callable[[Case], int]) -> list[Side]:
    """What each side took on each election, in turn; both must have chosen the same, in the same order."""
    sides = []
    for case in found:
        for side in (ours, other):
            side.call("read", file=str(case.file))
        took: tuple[list[float], list[float]] = ([], [])
        for _ in range(rounds(case)):
            took[1].append(other.call("equal_shares"))
            took[0].extend(ours.call("equal_shares") for _ in range(OURS))
        require_same(str(case), ours.call("state"), other.call("state"))
        print(f"  {'':32} {ratio((case, *map(tuple, took))):8.1f}   {case}", flush=True)
        sides.append((case, tuple(took[0]), tuple(took[1])))
    return sides


def ratio(side: Side) -> float:
    return median(side[2]) / median(side[1])


def least(key: str, sides: list[Side]) -> Pair:
    """The election on which we win least."""
    case, ours, other = min(sides, key=ratio)
    says = f"equal shares, least of {len(sides)} elections ({case}) / pabutools"
    return Pair(key, says, ours, other, ratio((case, ours, other)))


def memory(shop: Workshop, found: list[Case]) -> Pair:
    """The most that a new process holds on the largest election, reading included."""
    fresh = shop.other(SHARES)
    fresh.call("read", file=str(found[-1].file))
    fresh.call("equal_shares")
    held = fresh.call("peak")
    return Pair(MEMORY, f"{found[-1]}, read and decided / 300 MB", (held,), (MEMORY_LIMIT,), held / MEMORY_LIMIT, "MB")


def adding(ours: Worker, found: list[Case]) -> Pair:
    """Add1 by one unit of money on the election nearest to 6,586 voters."""
    case = min(found, key=lambda each: abs(each.voters - ADDING_SIZE))
    ours.call("read", file=str(case.file))
    took = tuple(ours.call("add_one") for _ in range(ROUNDS))
    return Pair(ADDING, f"Add1 on {case} / two seconds", took, (ADDING_LIMIT,), median(took) / ADDING_LIMIT)
