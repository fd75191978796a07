"""Two ways of doing the same thing, measured in turn, so that a busy machine slows both alike."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import median

from tests.bench.workers import seconds

ROUNDS = 5

Work = Callable[[], object]
Clock = Callable[[], float]
"""Does its work, and says how many seconds it took."""


class NotTheSameWork(Exception):
    """The two sides of a comparison did not write the same, so their speeds compare nothing."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A key of `bench.json`, what it compares, what each round took on each side, and the figure."""

    key: str
    says: str
    ours: tuple[float, ...]
    other: tuple[float, ...]
    figure: float
    unit: str = "ms"
    profile: Callable[[], str] | None = None

    def profiled(self, profile: Callable[[], str]) -> "Pair":
        """The same, with a way to see where our time goes."""
        return replace(self, profile=profile)

    def __str__(self) -> str:
        sides = f"{shown(self.ours, self.unit)} against {shown(self.other, self.unit)}"
        return f"  {self.key:32} {self.figure:8.2f}   {self.says}: {sides}"

    def details(self) -> dict[str, object]:
        """Median, least and most of each side, in seconds, or in bytes where those are compared."""
        return {
            name: {"median": median(rounds), "min": min(rounds), "max": max(rounds)}
            for name, rounds in (("ours", self.ours), ("other", self.other))
        }


def shown(rounds: tuple[float, ...], unit: str) -> str:
    return f"{1000 * median(rounds):,.1f} ms" if unit == "ms" else f"{median(rounds):,.1f} {unit}"


def in_turn(ours: Clock, other: Clock) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The seconds of both, measured alternately, each one first in every second round."""
    took: tuple[list[float], list[float]] = ([], [])
    for number in range(ROUNDS):
        for side in (0, 1) if number % 2 else (1, 0):
            took[side].append((ours, other)[side]())
    return tuple(took[0]), tuple(took[1])


def clocked(work: Work) -> Clock:
    return lambda: seconds(work)


def speeds(key: str, says: str, *, ours: Work, other: Work) -> Pair:
    """How fast ours is as a part of the other's speed, for the same work: higher is better."""
    return speeds_by(key, says, ours=clocked(ours), other=clocked(other))


def durations(key: str, says: str, *, ours: Work, other: Work) -> Pair:
    """How long ours takes as a multiple of the other's time: lower is better."""
    return durations_by(key, says, ours=clocked(ours), other=clocked(other))


def speeds_by(key: str, says: str, *, ours: Clock, other: Clock) -> Pair:
    """The same, where each side keeps its own time."""
    ours_took, other_took = in_turn(ours, other)
    return Pair(key, says, ours_took, other_took, median(other_took) / median(ours_took))


def durations_by(key: str, says: str, *, ours: Clock, other: Clock) -> Pair:
    """The same, where each side keeps its own time."""
    ours_took, other_took = in_turn(ours, other)
    return Pair(key, says, ours_took, other_took, median(ours_took) / median(other_took))


def require_same(key: str, ours: object, other: object) -> None:
    if ours != other:
        raise NotTheSameWork(f"{key}: the two sides did not do the same work, so their speeds compare nothing.")
