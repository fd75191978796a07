"""Add1: equal shares again and again with larger purses, until the envelope is spent or would be overspent.

Every voter's purse is raised by a step and all is bought anew. `exhaustive` stops as soon as no supported
project fits in what is left; `overspend` goes on to the first purse with which more than the envelope would
be spent. Either way the last run that stayed within the envelope is the outcome.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import count

from allocation.method_errors import StepTooSmall
from allocation.methods.parameters import Parameter, Parameters, fraction_of
from allocation.methods.problem import Problem, Purchase, Tie
from allocation.methods.purchases import buy, opening, share
from allocation.methods.ties import TieRule
from allocation.methods.worths import Worth

RUNS_LIMIT = 20_000

COMPLETIONS = ("add1", "add1-utilitarian")

_WITH = ("completion", COMPLETIONS)

PARAMETERS = {
    "add1_start": Parameter(default="exact", choices=("exact", "floor"), only_with=_WITH),
    "add1_step": Parameter(default="1", only_with=_WITH),
    "add1_stop": Parameter(default="exhaustive", choices=("exhaustive", "overspend"), only_with=_WITH),
    "add1_unit": Parameter(default=100, only_with=_WITH, limit=10_000),
}
"""The step is in units of the currency, `add1_unit` minor units each, or with a per cent sign a part of the purse."""


def buy_again(
    worth: Worth, projects: list[str], parameters: Parameters, tie_rule: TieRule
) -> tuple[list[Purchase], list[Tie]]:
    """The purchases and ties of the last run within the envelope; raises StepTooSmall after too many runs."""
    problem = worth.problem
    prices = opening(worth, projects)
    purse, step = start(problem, parameters), step_of(problem, parameters)
    held: tuple[list[Purchase], list[Tie]] = ([], [])
    if not prices or not problem.budget:
        return buy(worth, prices, purse=purse, tie_rule=tie_rule) or held
    for number in count():
        found = buy(worth, prices, purse=purse + number * step, tie_rule=tie_rule, limit=problem.budget)
        if found is None:
            return held
        held = found
        bought = {purchase.project for purchase in found[0]}
        left = problem.budget - sum(purchase.cost for purchase in found[0])
        waiting = [project for _, project in prices if project not in bought]
        if parameters["add1_stop"] == "exhaustive":
            waiting = [project for project in waiting if problem.costs[project] <= left]
        if not waiting:
            return held
        if number >= RUNS_LIMIT:
            raise StepTooSmall(step=str(parameters["add1_step"]), runs=RUNS_LIMIT)
    raise AssertionError("counting does not end")


def start(problem: Problem, parameters: Parameters) -> Fraction:
    """The purse of the first run: the equal part of the envelope, or its whole units of the currency."""
    unit = max(1, int(parameters["add1_unit"]))
    exact = share(problem)
    return exact if parameters["add1_start"] == "exact" else Fraction(exact // unit * unit)


def step_of(problem: Problem, parameters: Parameters) -> Fraction:
    """By how much each purse is raised, in minor units."""
    text = str(parameters["add1_step"])
    whole = share(problem) if text.endswith("%") else max(1, int(parameters["add1_unit"]))
    return fraction_of(text) * whole
