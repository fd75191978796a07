"""Average of members' splits: every voter has the same part of the envelope and splits it by their ballot.

The ballot's points are the proportions; an approval ballot splits evenly. The part of a voter whose ballot gives
nothing to anything is not spent. The average is granted as it stands where it respects all bounds. Otherwise nobody
gets more than their target, and a project that would get less than its cost gives its part up to the others, the one
farthest below its cost first, until all that remain have enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocation.methods.parameters import Parameter, Parameters
from allocation.methods.partial.bounds import bounded
from allocation.methods.partial.filling import MIN_SUPPORT, granted
from allocation.methods.problem import Problem, Score, Step, Tie
from allocation.methods.ties import TieRule

AVERAGE_SPLITS = "average-splits/1"
AVERAGE_SPLITS_PARAMETERS: Mapping[str, Parameter] = {"min_support": MIN_SUPPORT}


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A project that gave its part up, with the part that it had then."""

    project: str
    part: Fraction


def parts(problem: Problem, eligible: Iterable[str]) -> dict[str, Fraction]:
    """What every eligible project has in the average of the splits, in minor units, before any bound."""
    sums: dict[str, defaultdict[Score, Score]] = {project: defaultdict(int) for project in eligible}
    split: Iterable[tuple[Iterable[tuple[str, Score]], int]] = problem.points.items()
    if not problem.points:
        split = (([(project, 1) for project in ballot], voters) for ballot, voters in problem.ballots.items())
    for ballot, voters in split:
        counted = [(project, points) for project, points in ballot if points > 0 and project in sums]
        whole = sum(points for _, points in counted)
        for project, points in counted:
            # Points of the same whole add up as they are; fractions wait until the end.
            sums[project][whole] += points * voters
    part = Fraction(problem.budget, max(1, problem.voters))
    return {
        project: part * sum((Fraction(points) / whole for whole, points in by_whole.items()), Fraction(0))
        for project, by_whole in sums.items()
    }


def settled(
    problem: Problem, average: Mapping[str, Fraction], tie_rule: TieRule
) -> tuple[dict[str, Fraction], list[GivenUp], list[Tie]]:
    """The exact amounts within bounds, who gave up their part in which order, and the ties met there."""
    exact = {project: part for project, part in average.items() if part > 0}
    total = sum(exact.values(), Fraction(0))
    given_up: list[GivenUp] = []
    ties: list[Tie] = []
    while exact:
        zeros = dict.fromkeys(exact, 0)
        targets = {project: problem.target(project) for project in exact}
        exact = bounded(total, {project: average[project] for project in exact}, zeros, targets)
        short = {
            project: part / problem.costs[project] for project, part in exact.items() if part < problem.costs[project]
        }
        if not short:
            break
        farthest = [project for project, reached in short.items() if reached == min(short.values())]
        farthest.sort(key=lambda project: tie_rule.order(problem, project, problem.support[project]))
        if len(farthest) > 1:
            # What decides is who of the last two stays for now.
            ties.append(tie_rule.settle(problem, farthest[-2:]))
        leaving = farthest[-1]
        given_up.append(GivenUp(leaving, exact.pop(leaving)))
    return exact, given_up, ties


def average_splits(problem: Problem, parameters: Parameters, tie_rule: TieRule) -> tuple[list[Step], list[Tie]]:
    """Grant the average of the splits within the bounds, the largest parts first."""
    average = parts(problem, problem.eligible(int(parameters["min_support"])))
    exact, _, ties = settled(problem, average, tie_rule)
    ordered = sorted(exact, key=lambda project: (-exact[project], project))
    return granted(problem, {project: exact[project] for project in ordered}, tie_rule), ties
