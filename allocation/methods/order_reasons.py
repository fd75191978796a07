"""Why each project is funded or not, where projects are taken in an order, drawn by lot, or chosen as one set.

A certificate says what would have been enough: a smaller request, because until the project's turn the run would have
been the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allocation.methods import knapsack, lottery, ranked
from allocation.methods.problem import Problem, Result
from allocation.methods.reasons import DOES_NOT_FIT, FUNDED_IN_ORDER, LOCKED_OUT, TOO_FEW_SUPPORTERS, Reason
from allocation.methods.ties import TieRule
from allocation.methods.turns import Turn, take

FUNDED_BY_LOT = "funded_by_lot"
NOT_DRAWN_IN_TIME = "not_drawn_in_time"
OUTSIDE_THE_BAND = "outside_the_band"
FUNDED_IN_BEST_SET = "funded_in_best_set"
OUTSIDE_BEST_SET = "outside_best_set"
SIMULATED_MATCH = "simulated_match"
SIMULATED_NOTHING = "simulated_nothing"


def excluded(problem: Problem, project: str, min_support: int) -> Reason | None:
    """Why a project had no turn at all, if it had none."""
    supporters = problem.support[project]
    figures = figures_of(problem, project)
    if project in problem.locked_out:
        return Reason(project, LOCKED_OUT, figures)
    if supporters < min_support:
        return Reason(project, TOO_FEW_SUPPORTERS, figures | {"min_support": min_support})
    return None


def of_turns(problem: Problem, turns: Iterable[Turn], min_support: int) -> dict[str, Reason]:
    """Reasons from the turns: the place, what was left then, and the request that would have fitted."""
    turn_of = {turn.project: turn for turn in turns}
    told = {}
    for project in problem.costs:
        if reason := excluded(problem, project, min_support):
            told[project] = reason
            continue
        told[project] = of_turn(problem, turn_of[project])
    return told


def of_turn(problem: Problem, turn: Turn, *, drawn: int = 0) -> Reason:
    """The reason of a turn, by support or by lot; `drawn` projects were in the band, 0 outside it."""
    figures = figures_of(problem, turn.project) | {"place": turn.place, "left_minor": turn.left_before}
    enough = None if turn.fitted else turn.left_before or None
    if not drawn:
        return Reason(turn.project, FUNDED_IN_ORDER if turn.fitted else DOES_NOT_FIT, figures, enough_minor=enough)
    code = FUNDED_BY_LOT if turn.fitted else NOT_DRAWN_IN_TIME
    return Reason(turn.project, code, figures | {"drawn": drawn}, enough_minor=enough)


def figures_of(problem: Problem, project: str) -> dict[str, int]:
    """What every reason says: the cost, the supporters, and of how many where some are recused."""
    figures = {"cost_minor": problem.costs[project], "supporters": problem.support[project]}
    if recused := problem.recused.get(project):
        figures |= {"recused": recused, "of_voters": problem.entitled(project)}
    return figures


def of_ranked(problem: Problem, result: Result, tie_rule: TieRule) -> dict[str, Reason]:
    """Reasons of an order by Schulze or majority judgment."""
    min_support = int(result.parameters["min_support"])
    eligible = set(problem.eligible(min_support))
    levels = ranked.order(problem, result.parameters).levels
    kept = [[project for project in level if project in eligible] for level in levels]
    turns, _ = take(problem, kept, left=problem.budget, tie_rule=tie_rule)
    return of_turns(problem, turns, min_support)


def of_lottery(problem: Problem, result: Result, tie_rule: TieRule) -> dict[str, Reason]:
    """Reasons of a lottery within a band: who was sure, who was drawn, who was below the band."""
    parameters = result.parameters
    min_support = int(parameters["min_support"])
    _, band = lottery.bands(problem, parameters)
    turns, _ = lottery.turns(problem, parameters, tie_rule)
    turn_of = {turn.project: turn for turn in turns}
    told = {}
    for project in problem.costs:
        reason = excluded(problem, project, min_support)
        if reason is None and project not in turn_of:
            entitled = problem.entitled(project)
            needed = -(-int(parameters["draw_percent"]) * entitled // 100)
            figures = figures_of(problem, project) | {"entitled": entitled, "needed": needed}
            reason = Reason(project, OUTSIDE_THE_BAND, figures)
        if reason is None:
            reason = of_turn(problem, turn_of[project], drawn=len(band) if project in band else 0)
        told[project] = reason
    return told


def of_knapsack(problem: Problem, result: Result, _: TieRule) -> dict[str, Reason]:
    """Reasons of a best set. A request that fits in what the set leaves would have been added to it."""
    min_support = int(result.parameters["min_support"])
    worth = knapsack.utilities(problem, list(problem.costs), str(result.parameters["utility"]))
    told = {}
    for project in problem.costs:
        figures = figures_of(problem, project) | {"left_minor": result.left, "spent_minor": result.spent}
        if project in result.winners:
            told[project] = Reason(project, FUNDED_IN_BEST_SET, figures)
            continue
        enough = result.left or None if worth[project] > 0 else None
        told[project] = excluded(problem, project, min_support) or Reason(
            project, OUTSIDE_BEST_SET, figures, enough_minor=enough
        )
    return told


def of_quadratic(problem: Problem, result: Result, _: TieRule) -> dict[str, Reason]:
    """What the simulation would add to each project's gifts."""
    amounts: Mapping[str, int] = result.amounts
    return {
        project: Reason(
            project,
            SIMULATED_MATCH if project in amounts else SIMULATED_NOTHING,
            {"supporters": problem.support[project], "amount_minor": amounts.get(project, 0)},
        )
        for project in problem.costs
    }
