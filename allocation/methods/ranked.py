"""Ranked: put the projects in an order by Schulze or by majority judgment, then take what fits.

The order is read from the ballots: of two projects the voter prefers the one given more points, or listed before.
Points that are not given count as 0; in a list, projects not named come last, equal. Majority judgment takes the
numbers given as grades, so it asks for points or approvals; each recused voter is left out of a project's grades.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from allocation.method_errors import BallotsUnsuited
from allocation.methods.counting import majority_judgment, schulze
from allocation.methods.counting.ranking import Ranking
from allocation.methods.parameters import Parameter, Parameters
from allocation.methods.partial.filling import MIN_SUPPORT
from allocation.methods.problem import RANKS, Problem, Score, Step, Tie
from allocation.methods.refusals import RecusalsNotKnown
from allocation.methods.ties import TieRule
from allocation.methods.turns import picks, take

RANKED = "ranked/1"
SCHULZE, MAJORITY_JUDGMENT = "schulze", "majority-judgment"
RANKED_PARAMETERS: Mapping[str, Parameter] = {
    "order": Parameter(default=SCHULZE, choices=(SCHULZE, MAJORITY_JUDGMENT)),
    "median_tie": Parameter(
        default="remove-median", choices=("remove-median", "nearest-grade"), only_with=("order", (MAJORITY_JUDGMENT,))
    ),
    "min_support": MIN_SUPPORT,
}


def order(problem: Problem, parameters: Parameters) -> Ranking:
    """All projects in the order of the ballots."""
    if parameters["order"] == SCHULZE:
        if any(problem.recused.values()):
            raise RecusalsNotKnown(
                method=RANKED, project=next(name for name in problem.recused if problem.recused[name])
            )
        return schulze.weighted(sorted(problem.costs), _levels(problem)).ranking
    if problem.kind == RANKS:
        raise BallotsUnsuited(asked=f"{RANKED}, {MAJORITY_JUDGMENT}", needed="approval | points", given=problem.kind)
    tie: majority_judgment.GradesTie = (
        "nearest-grade" if parameters["median_tie"] == "nearest-grade" else "remove-median"
    )
    return majority_judgment.rank(_judgments(problem), tie)


def _given(problem: Problem) -> list[tuple[dict[str, Score], int]]:
    """The distinct ballots with the number that each gives to the projects it names, and their voters."""
    if problem.points:
        return [(dict(ballot), voters) for ballot, voters in problem.points.items()]
    return [(dict.fromkeys(ballot, 1), voters) for ballot, voters in problem.ballots.items()]


def _levels(problem: Problem) -> list[tuple[Sequence[Sequence[str]], int]]:
    """The distinct ballots as levels of equals from the best down, and their voters."""
    found: list[tuple[Sequence[Sequence[str]], int]] = []
    for given, voters in _given(problem):
        by_number: dict[Score, list[str]] = {}
        for project, number in given.items():
            by_number.setdefault(number, []).append(project)
        if problem.kind != RANKS:
            by_number.setdefault(0, []).extend(project for project in problem.costs if project not in given)
        found.append(([by_number[number] for number in sorted(by_number, reverse=True)], voters))
    return found


def _judgments(problem: Problem) -> dict[str, majority_judgment.Judgment]:
    ballots = _given(problem)
    numbers = sorted({Fraction(0), *(Fraction(number) for given, _ in ballots for number in given.values())})
    grade_of = {number: grade for grade, number in enumerate(numbers)}
    counts = {project: [0] * len(numbers) for project in problem.costs}
    for given, voters in ballots:
        for project, number in given.items():
            counts[project][grade_of[Fraction(number)]] += voters
    for project in counts:
        # Whoever may grade and did not gives nothing; the recused are not among them.
        counts[project][grade_of[Fraction(0)]] += problem.entitled(project) - problem.support[project]
    return {
        project: majority_judgment.Judgment(tuple(each), problem.recused.get(project, 0))
        for project, each in counts.items()
    }


def filled(problem: Problem, ranking: Ranking, *, min_support: int, tie_rule: TieRule) -> tuple[list[Step], list[Tie]]:
    """Take the projects in this order while they fit, passing over those that do not.

    For an order that was made elsewhere, as Schulze's with the recusals of each voter.
    """
    eligible = set(problem.eligible(min_support))
    levels = [[project for project in level if project in eligible] for level in ranking.levels]
    turns, ties = take(problem, levels, left=problem.budget, tie_rule=tie_rule)
    return [*picks(problem, turns)], ties


def ranked(problem: Problem, parameters: Parameters, tie_rule: TieRule) -> tuple[list[Step], list[Tie]]:
    """Order the projects, then take what fits."""
    ranking = order(problem, parameters)
    return filled(problem, ranking, min_support=int(parameters["min_support"]), tie_rule=tie_rule)
