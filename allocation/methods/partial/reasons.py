"""Why each project gets its amount, or nothing, where amounts may be partial.

Certificates: a least amount no larger than what was left at the project's turn, than its part of the splits, or than
what its supporters still held would have let it in. They say what is enough, not what is least; tests run them again.
"""

from __future__ import annotations

from allocation.methods.order_reasons import excluded, figures_of
from allocation.methods.partial import average, tranches
from allocation.methods.problem import Problem, Result
from allocation.methods.reasons import Reason
from allocation.methods.ties import TieRule
from allocation.methods.turns import by_support, take
from ledger.money import rounded

FUNDED_PARTLY = "funded_partly"
FUNDED_IN_FULL = "funded_in_full"
FUNDED_AT_LEAST = "funded_at_least"
LEAST_DOES_NOT_FIT = "least_does_not_fit"
FUNDED_BY_SPLITS = "funded_by_splits"
FUNDED_BY_SPLITS_IN_FULL = "funded_by_splits_in_full"
PART_TOO_SMALL = "part_too_small"
FUNDED_ALL_TRANCHES = "funded_all_tranches"
FUNDED_TO_A_TRANCHE = "funded_to_a_tranche"
FUNDED_TO_A_TRANCHE_BY_LEFT = "funded_to_a_tranche_by_left"
BASE_NOT_PAID = "base_not_paid"
BASE_NOT_PAID_BY_LEFT = "base_not_paid_by_left"


def of_filling(problem: Problem, result: Result, tie_rule: TieRule) -> dict[str, Reason]:
    """Reasons of proportional and water-filling: the turn to enter, then the amount between the bounds."""
    min_support = int(result.parameters["min_support"])
    levels = by_support(problem, problem.eligible(min_support))
    turns, _ = take(problem, levels, left=problem.budget, tie_rule=tie_rule)
    turn_of = {turn.project: turn for turn in turns}
    amounts = result.amounts
    told = {}
    for project, cost in problem.costs.items():
        if reason := excluded(problem, project, min_support):
            told[project] = reason
            continue
        turn, target = turn_of[project], problem.target(project)
        figures = _figures(problem, project) | {"place": turn.place, "left_minor": turn.left_before}
        if not turn.fitted:
            enough = turn.left_before or None
            missing = {"missing_minor": cost - turn.left_before}
            told[project] = Reason(project, LEAST_DOES_NOT_FIT, figures | missing, enough_minor=enough)
            continue
        amount = amounts[project]
        code = FUNDED_IN_FULL if amount == target else FUNDED_AT_LEAST if amount == cost else FUNDED_PARTLY
        told[project] = Reason(project, code, figures | {"amount_minor": amount})
    return told


def _figures(problem: Problem, project: str) -> dict[str, int]:
    return figures_of(problem, project) | {"target_minor": problem.target(project)}


def of_average(problem: Problem, result: Result, tie_rule: TieRule) -> dict[str, Reason]:
    """Reasons of the average of splits: the part in the average, and the amount within the bounds."""
    min_support = int(result.parameters["min_support"])
    parts = average.parts(problem, problem.eligible(min_support))
    _, given_up, _ = average.settled(problem, parts, tie_rule)
    last_part = {each.project: each.part for each in given_up}
    told = {}
    for project, cost in problem.costs.items():
        figures = _figures(problem, project)
        if project in result.winners:
            figures |= {"amount_minor": result.amounts[project], "part_minor": rounded(parts[project])}
            in_full = result.amounts[project] == problem.target(project)
            told[project] = Reason(project, FUNDED_BY_SPLITS_IN_FULL if in_full else FUNDED_BY_SPLITS, figures)
            continue
        if reason := excluded(problem, project, min_support):
            told[project] = reason
            continue
        part = int(last_part.get(project, parts[project]))
        figures |= {"part_minor": part, "missing_minor": cost - part}
        told[project] = Reason(project, PART_TOO_SMALL, figures, enough_minor=part or None)
    return told


def of_tranches(problem: Problem, result: Result, tie_rule: TieRule) -> dict[str, Reason]:
    """Reasons of tranche equal shares: how many levels are paid, and what is missing for the next."""
    min_support = int(result.parameters["min_support"])
    completed = result.parameters["completion"] != "none"
    shares = tranches.buy(problem, result.parameters, tie_rule)
    told = {}
    for project in problem.costs:
        if reason := excluded(problem, project, min_support):
            told[project] = reason
            continue
        amounts = shares.tranches[project]
        level = sum(step.project == project for step in result.steps)
        figures = _figures(problem, project) | {"level": level, "levels": len(amounts)}
        figures["amount_minor"] = sum(amounts[:level])
        if level == len(amounts):
            told[project] = Reason(project, FUNDED_ALL_TRANCHES, figures)
            continue
        held = int(shares.purses.held(project))
        figures |= {"next": level + 1, "tranche_minor": amounts[level], "held_minor": held, "left_minor": result.left}
        if level:
            code = FUNDED_TO_A_TRANCHE_BY_LEFT if completed else FUNDED_TO_A_TRANCHE
            figures["missing_minor"] = amounts[level] - (result.left if completed else held)
            told[project] = Reason(project, code, figures)
        else:
            # From their purses while they bought, or from what was left at the end: either would have been enough.
            enough = max(held, result.left) if completed else held
            figures["missing_minor"] = amounts[level] - enough
            code = BASE_NOT_PAID_BY_LEFT if completed else BASE_NOT_PAID
            told[project] = Reason(project, code, figures, enough_minor=enough or None)
    return told
