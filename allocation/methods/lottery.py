"""Lottery within a band: the clearly best are funded, the clearly unsupported are not, and lots decide in between.

A score near the line says less than it seems to. Projects that at least `sure_percent` of those who may speak of them
support go first, in order of support; those from `draw_percent` on are one band of equal merit and are drawn from it
until nothing fits; the others get nothing. The lots are those of the tie rule's seed, committed to before the ballots
open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allocation.methods.parameters import Parameter, Parameters
from allocation.methods.partial.filling import MIN_SUPPORT
from allocation.methods.problem import Problem, Step, Tie
from allocation.methods.refusals import LotteryWithoutSeed
from allocation.methods.ties import TieRule, lot
from allocation.methods.turns import Turn, by_support, picks, support_share, take

LOTTERY_BAND = "lottery-band/1"
LOTTERY_BAND_PARAMETERS: Mapping[str, Parameter] = {
    "sure_percent": Parameter(default=50, limit=100),
    "draw_percent": Parameter(default=25, limit=100),
    "min_support": MIN_SUPPORT,
}


def bands(problem: Problem, parameters: Parameters) -> tuple[list[str], list[str]]:
    """The projects that are sure to have the first turns, and those of the band that is drawn."""
    sure, drawn = int(parameters["sure_percent"]), int(parameters["draw_percent"])
    percents = {
        project: 100 * support_share(problem, project) for project in problem.eligible(int(parameters["min_support"]))
    }
    return (
        [project for project, percent in percents.items() if percent >= sure],
        [project for project, percent in percents.items() if drawn <= percent < sure],
    )


def drawn(seed: str, projects: Iterable[str]) -> list[str]:
    """The projects in the order in which their lots come out."""
    return sorted(projects, key=lambda project: (lot(seed, project), project))


def turns(problem: Problem, parameters: Parameters, tie_rule: TieRule) -> tuple[list[Turn], list[Tie]]:
    """Everyone's turn: the sure ones by support, then the band by lot; each draw is kept as a tie."""
    if tie_rule.seed is None:
        raise LotteryWithoutSeed(method=LOTTERY_BAND)
    sure, band = bands(problem, parameters)
    found, ties = take(problem, by_support(problem, sure), left=problem.budget, tie_rule=tie_rule)
    left = problem.budget - sum(problem.costs[turn.project] for turn in found if turn.fitted)
    queue = drawn(tie_rule.seed, band)
    for position, project in enumerate(queue):
        fitting = [other for other in queue[position:] if problem.costs[other] <= left]
        fitted = project in fitting
        found.append(Turn(project, len(found) + 1, left, fitted))
        if fitted:
            if len(fitting) > 1:
                ties.append(Tie(tuple(sorted(fitting)), project, "lottery"))
            left -= problem.costs[project]
    return found, ties


def lottery_band(problem: Problem, parameters: Parameters, tie_rule: TieRule) -> tuple[list[Step], list[Tie]]:
    """Fund the sure ones, then draw."""
    found, ties = turns(problem, parameters, tie_rule)
    return [*picks(problem, found)], ties
