"""What a project is worth, and to which voters: the ballots of a problem read under a utility.

`cost`: a euro spent on what I support; `cardinal`: one project I support; `score`: the points I gave it;
`borda`: its place on my list, as Borda counts it. Voters are told by the place of their distinct ballot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from allocation.method_errors import BallotsUnsuited
from allocation.methods.problem import POINTS, RANKS, Problem, Score

COST, CARDINAL, SCORE, BORDA = "cost", "cardinal", "score", "borda"
UTILITIES = (COST, CARDINAL, SCORE, BORDA)
_NEEDS = {SCORE: POINTS, BORDA: RANKS}


@dataclass(frozen=True, slots=True)
class Backers:
    """Voters who get the same utility from a project: the places of ballots cast by one voter, and by several."""

    utility: int
    singles: list[int]
    several: list[int]


@dataclass(frozen=True)
class Worth:
    """The backers of every project, with their utility as a whole number, `scale` of which make one unit.

    `is_free_worth`: whether a project that costs nothing is still worth something when a euro is what
    counts; otherwise it is worth its cost, nothing.
    """

    problem: Problem
    utility: str
    voters_of: list[int]
    backers: Mapping[str, list[Backers]]
    scale: int = 1
    is_free_worth: bool = True

    @cached_property
    def support(self) -> dict[str, int]:
        """How many voters get something from a project."""
        if self.utility in (COST, CARDINAL):
            return self.problem.support
        return {project: sum(map(self.voters_in, groups)) for project, groups in self.backers.items()}

    def voters_in(self, group: Backers) -> int:
        """How many voters cast the ballots of a group."""
        return len(group.singles) + sum(map(self.voters_of.__getitem__, group.several))

    def eligible(self, min_support: int) -> list[str]:
        """The projects with at least this many supporters that are not locked out, in the order of the problem."""
        if self.utility in (COST, CARDINAL):
            return self.problem.eligible(min_support)
        shut = self.problem.locked_out
        return [project for project, number in self.support.items() if number >= min_support and project not in shut]

    def of_one(self, project: str) -> int:
        """What multiplies a voter's whole-number utility: the cost when a euro is what counts, else one."""
        return (self.problem.costs[project] or 1) if self.utility == COST else 1

    def can_be_bought(self, project: str) -> bool:
        """Whether somebody gets something from the project, so that purses may be asked."""
        if not self.support[project]:
            return False
        return self.is_free_worth or self.utility != COST or self.problem.costs[project] > 0

    def score(self, project: str, supporters: int | None = None) -> tuple[bool, Score]:
        """Utility per cost, with so many supporters when they are given; what is free and worth something is True.

        Where voters are recused it is a share of the others: 3 of 5 are more than 3 of 6.
        """
        problem, cost = self.problem, self.problem.costs[project]
        gained: Score
        if self.utility in (COST, CARDINAL):
            gained = self.problem.support[project] if supporters is None else supporters
        else:
            gained = max(0, problem.total_points[project])
        if problem.recused:
            gained = Fraction(gained) / max(1, problem.entitled(project))
        if self.utility == COST:
            return False, gained if cost or self.is_free_worth else 0
        if cost == 0:
            return gained > 0, 0
        return False, Fraction(gained, cost) if isinstance(gained, int) else gained / cost


def worth(problem: Problem, utility: str, *, is_free_worth: bool = True) -> Worth:
    """Read the ballots under a utility; raises BallotsUnsuited when they do not say what it needs."""
    if utility in _NEEDS:
        if problem.kind != _NEEDS[utility]:
            raise BallotsUnsuited(asked=utility, needed=_NEEDS[utility], given=problem.kind)
        return _of_points(problem, utility, is_free_worth=is_free_worth)
    groups = {
        project: [Backers(1, singles, several)] if singles or several else []
        for project, (singles, several) in problem.index.items()
    }
    return Worth(problem, utility, list(problem.written.values()), groups, is_free_worth=is_free_worth)


def _of_points(problem: Problem, utility: str, *, is_free_worth: bool) -> Worth:
    """Voters grouped by the points they give; who gives nothing, or less, supports nothing."""
    scale = lcm(*(given.denominator for ballot in problem.points for _, given in ballot))
    found: dict[str, dict[int, Backers]] = {project: {} for project in problem.costs}
    for place, (ballot, voters) in enumerate(problem.points.items()):
        for project, given in ballot:
            if given > 0:
                points = int(given * scale)
                groups = found[project]
                group = groups.get(points) or groups.setdefault(points, Backers(points, [], []))
                (group.singles if voters == 1 else group.several).append(place)
    backers = {project: [groups[points] for points in sorted(groups)] for project, groups in found.items()}
    voters_of = list(problem.points.values())
    return Worth(problem, utility, voters_of, backers, scale, is_free_worth)
