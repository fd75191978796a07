"""Majority judgment: the best median grade wins, the lower median of an even number.

Grades are numbers from 0, the lowest, to `grades` - 1. Two ways to tell equal medians apart (Balinski and Laraki 2010;
Fabre 2020, "usual judgment"):

* `remove-median` takes one median grade away from each tied project and looks again, until they differ. That is the
  lexicographic order of the grades met when walking outwards from the median, the lower neighbour first.
* `nearest-grade` asks how near the median α is to the next grade: α + ½ (p - q) / (1 - p - q), where p is the share of
  better grades and q that of worse ones.

Projects with different numbers of grades (recused members give none) are compared as if every grade were given as many
times over as makes the numbers equal. The order does not depend on that multiple: walking outwards meets the same
grades in the same order, each for the same share of the graders. So it is told from shares alone, without multiplying.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Any, Literal

from allocation.methods.counting.approvals import NOBODY
from allocation.methods.counting.ranking import Ranking, heard
from allocation.methods.refusals import BallotsUncountable

GradesTie = Literal["remove-median", "nearest-grade"]
Blank = Literal["lowest", "left-out"]

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Judgment:
    """The grades of one project: how many of each, from the lowest up, and how many graders may not speak."""

    counts: tuple[int, ...]
    recused: int

    @property
    def graders(self) -> int:
        return sum(self.counts)

    @property
    def majority_grade(self) -> int | None:
        """The lower median; None when nobody graded it."""
        return self.at_or_below(HALF) if self.graders else None

    @property
    def better(self) -> Fraction:
        """The share p of grades above the median."""
        return self._share(self.counts[(self.majority_grade or 0) + 1 :])

    @property
    def worse(self) -> Fraction:
        """The share q of grades below the median."""
        return self._share(self.counts[: self.majority_grade or 0])

    @property
    def nearness(self) -> Fraction:
        """The median and how near it is to the next grade: α + ½ (p - q) / (1 - p - q)."""
        middle = 1 - self.better - self.worse
        return (self.majority_grade or 0) + HALF * (self.better - self.worse) / middle

    def at_or_below(self, share: Fraction) -> int:
        """The grade of whoever stands at this share of the graders, from the worst up (share above 0)."""
        reached = accumulate(self.counts)
        return next(grade for grade, graders in enumerate(reached) if graders >= share * self.graders)

    def just_above(self, share: Fraction) -> int:
        """The grade of whoever stands right after this share of the graders (share below 1)."""
        reached = accumulate(self.counts)
        return next(grade for grade, graders in enumerate(reached) if graders > share * self.graders)

    def _share(self, counts: tuple[int, ...]) -> Fraction:
        return Fraction(sum(counts), self.graders or 1)


@dataclass(frozen=True, slots=True)
class JudgmentTally:
    """Every project's grades and the order; projects that nobody may grade are last, on one level."""

    judgments: Mapping[str, Judgment]
    tie: GradesTie
    ranking: Ranking


def judge(
    projects: Collection[str],
    ballots: Mapping[str, Mapping[str, int]],
    *,
    grades: int,
    tie: GradesTie = "remove-median",
    blank: Blank = "lowest",
    recused: Mapping[str, Collection[str]] = NOBODY,
) -> JudgmentTally:
    """Rank the projects by majority judgment on `grades` grades, 0 the lowest.

    A project that a voter could grade and did not counts as the lowest grade, unless `blank` leaves it out: else a
    project with one enthusiastic friend would beat all others. A recused voter gives no grade at all.

    >>> votes = {"1": {"x": 2, "y": 3}, "2": {"x": 2, "y": 1}, "3": {"x": 1, "y": 1}, "4": {"x": 0, "y": 1}}
    >>> judge("xy", votes, grades=4).ranking.levels
    (('x',), ('y',))
    """
    for voter, graded in ballots.items():
        for project, grade in graded.items():
            if not 0 <= grade < grades:
                limit = grades - 1
                raise BallotsUncountable(voter=voter, why="grade_unknown", project=project, value=grade, limit=limit)
    judgments = {}
    for project, voters in heard(projects, ballots, recused).items():
        counts = [0] * grades
        for voter in voters:
            if project in ballots[voter] or blank == "lowest":
                counts[ballots[voter].get(project, 0)] += 1
        judgments[project] = Judgment(tuple(counts), len(ballots) - len(voters))
    return JudgmentTally(judgments, tie, rank(judgments, tie))


def rank(judgments: Mapping[str, Judgment], tie: GradesTie) -> Ranking:
    """The order of projects by their grades."""
    graded = {project: judgment for project, judgment in judgments.items() if judgment.graders}
    keys: dict[str, Any] = {project: judgment.nearness for project, judgment in graded.items()}
    if tie == "remove-median":
        steps = _steps(graded)
        keys = {project: _outwards(judgment, steps) for project, judgment in graded.items()}
    return Ranking.by(keys, last=judgments.keys() - graded.keys())


def _steps(judgments: Mapping[str, Judgment]) -> list[Fraction]:
    """How far from the middle (as a share of the graders) some project's grade changes, from the middle outwards."""
    borders = {
        Fraction(reached, judgment.graders)
        for judgment in judgments.values()
        for reached in accumulate(judgment.counts)
        if 0 < reached < judgment.graders
    }
    return sorted({Fraction(0), *(abs(border - HALF) for border in borders)})


def _outwards(judgment: Judgment, steps: list[Fraction]) -> tuple[int, ...]:
    """The grades met on the way outwards from the median, the lower neighbour first at every step."""
    met: list[int] = []
    for step in steps:
        met += (judgment.at_or_below(HALF - step), judgment.just_above(HALF + step))
    return tuple(met)
