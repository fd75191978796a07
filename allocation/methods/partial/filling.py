"""Proportional and water-filling: who enters in order of support, then everyone's amount rises together.

First the projects enter by share of supporters while their least amounts fit, one that does not fit being passed over.
Then the whole envelope is shared among those who entered: each gets λ times its weight, never less than its cost nor
more than its target. Water-filling gives all the same weight, so all rise alike. The amounts are exact until they are
rounded once, by largest remainder.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from allocation.method_errors import BallotsUnsuited
from allocation.methods.parameters import Parameter, Parameters
from allocation.methods.partial.bounds import bounded, to_the_minor_unit
from allocation.methods.problem import APPROVAL, Level, Problem, Step, Tie
from allocation.methods.ties import TieRule
from allocation.methods.turns import by_support, support_share, take

PROPORTIONAL = "proportional/1"
WATER_FILLING = "water-filling/1"

MIN_SUPPORT = Parameter(default=1)
PROPORTIONAL_PARAMETERS: Mapping[str, Parameter] = {
    "weight": Parameter(default="support", choices=("support", "amount", "points")),
    "min_support": MIN_SUPPORT,
}
WATER_FILLING_PARAMETERS: Mapping[str, Parameter] = {"min_support": MIN_SUPPORT}


def proportional(problem: Problem, parameters: Parameters, tie_rule: TieRule) -> tuple[list[Step], list[Tie]]:
    """Amounts in proportion to the share of supporters, to the amount asked, or to the mean of points."""
    weight = str(parameters["weight"])
    if weight == "points" and problem.kind == APPROVAL:
        raise BallotsUnsuited(asked=f"{PROPORTIONAL}, points", needed="points | ranks", given=problem.kind)
    weights = {project: _weight(problem, project, weight) for project in problem.costs}
    return shared(problem, weights, int(parameters["min_support"]), tie_rule)


def water_filling(problem: Problem, parameters: Parameters, tie_rule: TieRule) -> tuple[list[Step], list[Tie]]:
    """Amounts that rise alike, each from its cost on and up to its target."""
    weights = dict.fromkeys(problem.costs, Fraction(1))
    return shared(problem, weights, int(parameters["min_support"]), tie_rule)


def _weight(problem: Problem, project: str, weight: str) -> Fraction:
    if weight == "amount":
        return Fraction(problem.target(project))
    if weight == "support":
        return support_share(problem, project)
    entitled = problem.entitled(project)
    return max(Fraction(0), Fraction(problem.total_points[project]) / entitled) if entitled else Fraction(0)


def shared(
    problem: Problem, weights: Mapping[str, Fraction], min_support: int, tie_rule: TieRule
) -> tuple[list[Step], list[Tie]]:
    """Let projects enter, share the envelope among them by weights within their bounds, round once."""
    eligible = problem.eligible(min_support)
    turns, ties = take(problem, by_support(problem, eligible), left=problem.budget, tie_rule=tie_rule)
    entered = [turn.project for turn in turns if turn.fitted]
    exact = bounded(
        problem.budget,
        {project: weights[project] for project in entered},
        {project: problem.costs[project] for project in entered},
        {project: problem.target(project) for project in entered},
    )
    return granted(problem, exact, tie_rule), ties


def granted(problem: Problem, exact: Mapping[str, Fraction], tie_rule: TieRule) -> list[Step]:
    """The exact amounts as steps, rounded once to the minor unit, in the order given."""
    minor = to_the_minor_unit(exact, order=lambda project: tie_rule.order(problem, project, problem.support[project]))
    left, steps = problem.budget, list[Step]()
    for project, amount in exact.items():
        steps.append(Level(project, minor[project], problem.support[project], left, amount))
        left -= minor[project]
    return steps
