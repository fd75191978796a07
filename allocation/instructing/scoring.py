"""Scores on a rubric: what one reader's points make of an application, and how far the readers are apart.

Plain Python, exact. Every criterion counts by its weight; where the scales differ, points are brought to the largest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class RubricLine:
    """One criterion: scored from 0 to `scale`, weighing `weight`; both are at least 1."""

    code: str
    name: str
    weight: int = 1
    scale: int = 5


Rubric = tuple[RubricLine, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """The totals of an application's readers: their mean, the lowest and the highest."""

    mean: Fraction
    lowest: Fraction
    highest: Fraction
    readers: int

    @property
    def width(self) -> Fraction:
        """How far the lowest and the highest are apart."""
        return self.highest - self.lowest


def full_marks(rubric: Rubric) -> int:
    """The most that a total can be: the largest scale of the rubric; 0 without criteria."""
    return max((line.scale for line in rubric), default=0)


def weighted_total(points: Mapping[str, int], rubric: Rubric) -> Fraction | None:
    """The weighted mean of the points that a reader gave, up to `full_marks`; None when nothing was scored.

    >>> rubric = (RubricLine("artistic", "", 2, 5), RubricLine("feasible", "", 1, 10))
    >>> weighted_total({"artistic": 4, "feasible": 5}, rubric)
    Fraction(7, 1)
    """
    scored = [line for line in rubric if line.code in points]
    if not scored:
        return None
    most = full_marks(rubric)
    brought = (Fraction(line.weight * points[line.code] * most, line.scale) for line in scored)
    return sum(brought, Fraction(0)) / sum(line.weight for line in scored)


def spread_of(totals: Iterable[Fraction]) -> Spread | None:
    """The mean of the totals with the lowest and the highest; None when nobody scored."""
    given = list(totals)
    if not given:
        return None
    return Spread(sum(given, Fraction(0)) / len(given), min(given), max(given), len(given))
