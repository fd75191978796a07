"""Equal shares: every voter holds the same part of the envelope and pays for what they support.

Again and again the project is bought whose supporters pay the least per unit of utility, when they
spread its cost as evenly as their purses allow. It stops when no group of supporters can pay for
its project; a completion may spend what is left.
"""

from __future__ import annotations

from allocation.methods import add_one, greedy, purchases
from allocation.methods.parameters import Parameters
from allocation.methods.problem import Problem, Step, Tie
from allocation.methods.ties import TieRule
from allocation.methods.worths import worth


def run(problem: Problem, parameters: Parameters, tie_rule: TieRule) -> tuple[list[Step], list[Tie]]:
    """Buy from purses, then spend what is left as the completion says."""
    min_support, completion = int(parameters["min_support"]), str(parameters["completion"])
    read = worth(problem, str(parameters["utility"]), is_free_worth=min_support > 0)
    eligible = read.eligible(min_support)
    if completion in add_one.COMPLETIONS:
        bought, ties = add_one.buy_again(read, eligible, parameters, tie_rule)
    else:
        prices = purchases.opening(read, eligible)
        bought, ties = purchases.buy(read, prices, purse=purchases.share(problem), tie_rule=tie_rule) or ([], [])
    if not completion.endswith("utilitarian"):
        return [*bought], ties
    names = {purchase.project for purchase in bought}
    others = [project for project in eligible if project not in names]
    left = problem.budget - sum(purchase.cost for purchase in bought)
    picks, more_ties = greedy.fill(read, others, left=left, tie_rule=tie_rule)
    return [*bought, *picks], ties + more_ties
