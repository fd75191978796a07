"""Greedy: the best utility per cost that still fits, one project after another.

With cost utility (a euro spent on what I support) that is the number of supporters; with cardinal
utility (one project I support) it is supporters per euro, with scores it is points per euro. A project
that does not fit is passed over and the next one is tried, so at the end no eligible project fits in
what is left.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from allocation.methods.parameters import Parameters
from allocation.methods.problem import Pick, Problem, Score, Step, Tie
from allocation.methods.ties import TieRule
from allocation.methods.worths import Worth, worth

Place = tuple[bool, Score, tuple[str | int, ...]]


def run(problem: Problem, parameters: Parameters, tie_rule: TieRule) -> tuple[list[Step], list[Tie]]:
    """Spend the whole envelope in greedy order."""
    min_support = int(parameters["min_support"])
    read = worth(problem, str(parameters["utility"]), is_free_worth=min_support > 0)
    picks, ties = fill(read, read.eligible(min_support), left=problem.budget, tie_rule=tie_rule)
    return [*picks], ties


def place(read: Worth, project: str, supporters: int, tie_rule: TieRule) -> Place:
    """Where a project stands with so many supporters: smaller keys come first, and what is free before all."""
    free, density = read.score(project, supporters)
    return not free, -density, tie_rule.order(read.problem, project, supporters)


def ordered(read: Worth, projects: Iterable[str], tie_rule: TieRule) -> list[str]:
    """The projects in greedy order, ties settled."""
    return sorted(projects, key=lambda project: place(read, project, read.support[project], tie_rule))


def fill(read: Worth, projects: Iterable[str], *, left: int, tie_rule: TieRule) -> tuple[list[Pick], list[Tie]]:
    """Spend `left` on these projects in greedy order; also the completion of other methods."""
    costs, support = read.problem.costs, read.support
    queue = ordered(read, projects, tie_rule)
    places = {project: number for number, project in enumerate(queue, start=1)}
    picks: list[Pick] = []
    ties: list[Tie] = []
    for _, group in groupby(queue, key=read.score):
        level = list(group)
        for position, project in enumerate(level):
            cost = costs[project]
            if cost > left:
                continue
            tied = [other for other in level[position:] if costs[other] <= left]
            if len(tied) > 1:
                ties.append(tie_rule.settle(read.problem, tied, support))
            picks.append(Pick(project, cost, support[project], left, places[project]))
            left -= cost
    return picks, ties
