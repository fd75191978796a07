"""Two ways of doing the same thing, measured in turn, so that a busy machine slows both alike."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

ROUNDS = 5

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Pair:
    """A key of `bench.json`, what it compares, the median seconds of each way, and their ratio."""

    key: str
    says: str
    ours_seconds: float
    other_seconds: float
    ratio: float

    def __str__(self) -> str:
        return (
            f"  {self.key:28} {self.ratio:8.2f}   {self.says}: "
            f"{1000 * self.ours_seconds:,.1f} ms against {1000 * self.other_seconds:,.1f} ms"
        )


def seconds(work: Work) -> float:
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def in_turn(ours: Work, other: Work) -> tuple[float, float]:
    """The median seconds of both, measured alternately, each one first in every second round."""
    took: dict[Work, list[float]] = {ours: [], other: []}
    for number in range(ROUNDS):
        for work in (ours, other) if number % 2 else (other, ours):
            took[work].append(seconds(work))
    return median(took[ours]), median(took[other])


def speeds(key: str, says: str, *, ours: Work, other: Work) -> Pair:
    """How fast ours is as a part of the other's speed, for the same work: higher is better."""
    ours_seconds, other_seconds = in_turn(ours, other)
    return Pair(key, says, ours_seconds, other_seconds, other_seconds / ours_seconds)


def durations(key: str, says: str, *, ours: Work, other: Work) -> Pair:
    """How long ours takes as a multiple of the other's time: lower is better."""
    ours_seconds, other_seconds = in_turn(ours, other)
    return Pair(key, says, ours_seconds, other_seconds, ours_seconds / other_seconds)
