"""Greedy: the best utility per cost that still fits, one project after another.

With cost utility (a euro spent on what I support) that is the number of supporters; with cardinal
utility (one project I support) it is supporters per euro. A project that does not fit is passed over
and the next one is tried, so at the end no eligible project fits in what is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import groupby

from allocation.methods.parameters import Parameters
from allocation.methods.problem import Pick, Problem, Step, Tie
from allocation.methods.ties import TieRule

Score = tuple[bool, Fraction]
Place = tuple[bool, Fraction, tuple[str | int, ...]]


def score(supporters: int, cost: int, utility: str) -> Score:
    """Utility per cost; what costs nothing comes first once utility is divided by cost."""
    if utility == "cost":
        return False, Fraction(supporters)
    return (supporters > 0, Fraction(0)) if cost == 0 else (False, Fraction(supporters, cost))


def place(problem: Problem, project: str, supporters: int, *, utility: str, tie_rule: TieRule) -> Place:
    """Where a project stands with so many supporters: smaller keys come first."""
    free, density = score(supporters, problem.costs[project], utility)
    return not free, -density, tie_rule.order(problem, project, supporters)


def ordered(problem: Problem, projects: Iterable[str], *, utility: str, tie_rule: TieRule) -> list[str]:
    """The projects in greedy order, ties settled."""
    return sorted(
        projects,
        key=lambda project: place(problem, project, problem.support[project], utility=utility, tie_rule=tie_rule),
    )


def fill(
    problem: Problem, projects: Iterable[str], *, left: int, utility: str, tie_rule: TieRule
) -> tuple[list[Pick], list[Tie]]:
    """Spend `left` on these projects in greedy order; also the completion of other methods."""
    queue = ordered(problem, projects, utility=utility, tie_rule=tie_rule)
    places = {project: number for number, project in enumerate(queue, start=1)}
    picks: list[Pick] = []
    ties: list[Tie] = []
    for _, group in groupby(queue, key=lambda each: score(problem.support[each], problem.costs[each], utility)):
        level = list(group)
        for position, project in enumerate(level):
            cost = problem.costs[project]
            if cost > left:
                continue
            tied = [other for other in level[position:] if problem.costs[other] <= left]
            if len(tied) > 1:
                ties.append(tie_rule.settle(problem, tied))
            picks.append(
                Pick(
                    project=project,
                    cost=cost,
                    supporters=problem.support[project],
                    left_before=left,
                    place=places[project],
                )
            )
            left -= cost
    return picks, ties


def run(problem: Problem, parameters: Parameters, tie_rule: TieRule) -> tuple[list[Step], list[Tie]]:
    """Spend the whole envelope in greedy order."""
    eligible = problem.eligible(int(parameters["min_support"]))
    utility = str(parameters["utility"])
    picks, ties = fill(problem, eligible, left=problem.budget, utility=utility, tie_rule=tie_rule)
    return [*picks], ties
