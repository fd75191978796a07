"""Knapsack: of all sets that the envelope can pay, one of the largest total utility. Exact.

Among the sets of the largest utility the one that spends least is taken; among these the one that holds the first
project, in the tie rule's order, in which two of them differ.

Partial sets are kept while no other costs at most as much for at least the same utility (Nemhauser and Ullmann 1969),
and while the best that could still be added (whole projects by utility per cost, then a part of one) reaches the best
set known. The number of sets kept is bounded; a search that would need more is refused by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from math import lcm

from allocation.method_errors import BallotsUnsuited
from allocation.methods.parameters import Parameter, Parameters
from allocation.methods.partial.filling import MIN_SUPPORT
from allocation.methods.problem import APPROVAL, Pick, Problem, Step, Tie
from allocation.methods.refusals import SearchTooLarge
from allocation.methods.ties import TieRule
from allocation.methods.turns import support_share

KNAPSACK = "knapsack/1"
SETS_LIMIT = 200_000
KNAPSACK_PARAMETERS: Mapping[str, Parameter] = {
    "utility": Parameter(default="cost", choices=("cost", "cardinal", "score")),
    "min_support": MIN_SUPPORT,
}


@dataclass(frozen=True, slots=True)
class _Item:
    """A project with its cost, its utility as a whole number, and its bit: the earlier in tie order, the higher."""

    project: str
    cost: int
    value: int
    bit: int


@dataclass(frozen=True, slots=True)
class _Set:
    """Projects as bits, what they cost and are worth, and the next best set of the same cost and worth, or -1."""

    cost: int
    value: int
    bits: int
    rival: int = -1

    def with_item(self, item: _Item) -> _Set:
        rival = self.rival | item.bit if self.rival >= 0 else -1
        return _Set(self.cost + item.cost, self.value + item.value, self.bits | item.bit, rival)


def utilities(problem: Problem, projects: Sequence[str], utility: str) -> dict[str, Fraction]:
    """What a set is worth for holding each project: the share of supporters, times the cost, or the mean of points."""
    if utility == "score":
        if problem.kind == APPROVAL:
            raise BallotsUnsuited(asked=f"{KNAPSACK}, score", needed="points | ranks", given=problem.kind)
        points = problem.total_points
        return {project: Fraction(points[project]) / max(1, problem.entitled(project)) for project in projects}
    shares = {project: support_share(problem, project) for project in projects}
    if utility == "cost":
        # What costs nothing takes nothing from the others, whatever it is worth; it counts as one unit.
        return {project: share * (problem.costs[project] or 1) for project, share in shares.items()}
    return shares


def knapsack(problem: Problem, parameters: Parameters, tie_rule: TieRule) -> tuple[list[Step], list[Tie]]:
    """Choose the set of largest utility; its projects are granted in the tie rule's order."""
    projects = problem.eligible(int(parameters["min_support"]))
    worth = utilities(problem, projects, str(parameters["utility"]))
    projects.sort(key=lambda project: tie_rule.order(problem, project, problem.support[project]))
    whole = lcm(*(each.denominator for each in worth.values())) if worth else 1
    items = [
        _Item(project, problem.costs[project], int(worth[project] * whole), 1 << (len(projects) - place))
        for place, project in enumerate(projects, start=1)
        if worth[project] > 0 and problem.costs[project] <= problem.budget
    ]
    best = _best(items, problem.budget)
    left, steps = problem.budget, list[Step]()
    for item in items:
        if best.bits & item.bit:
            place = projects.index(item.project) + 1
            steps.append(Pick(item.project, item.cost, problem.support[item.project], left, place))
            left -= item.cost
    return steps, _tie(problem, items, best, tie_rule)


def _tie(problem: Problem, items: Sequence[_Item], best: _Set, tie_rule: TieRule) -> list[Tie]:
    """The tie that was settled, if there was one: the first project of the order in which the sets differ was kept."""
    if best.rival < 0:
        return []
    differing = [item.project for item in items if (best.bits ^ best.rival) & item.bit]
    kept = differing[0]
    return [Tie(tuple(sorted(differing)), kept, tie_rule.settle(problem, differing).by)]


def _best(items: Sequence[_Item], budget: int) -> _Set:
    """The best set; projects are tried by utility per cost, and partial sets that cannot win any more are dropped."""
    queue = sorted(items, key=cmp_to_key(_denser_first))
    enough = _greedy_value(queue, budget)
    kept = [_Set(0, 0, 0)]
    for number, item in enumerate(queue):
        added = [each.with_item(item) for each in kept if each.cost + item.cost <= budget]
        rest = queue[number + 1 :]
        kept = [each for each in _undominated(kept, added) if _may_reach(each, rest, budget, enough)]
        if len(kept) > SETS_LIMIT:
            raise SearchTooLarge(method=KNAPSACK, count=len(items), limit=SETS_LIMIT)
    return min(kept, key=lambda each: (-each.value, each.cost, -each.bits))


def _denser_first(one: _Item, other: _Item) -> int:
    """Utility per cost, compared without dividing; what costs nothing comes first."""
    difference = other.value * one.cost - one.value * other.cost
    return difference or other.bit - one.bit


def _greedy_value(queue: Sequence[_Item], budget: int) -> int:
    left, value = budget, 0
    for item in queue:
        if item.cost <= left:
            left -= item.cost
            value += item.value
    return value


def _may_reach(each: _Set, rest: Sequence[_Item], budget: int, enough: int) -> bool:
    """Whether the set could still be worth `enough`, if a part of a project could be taken."""
    left, value = budget - each.cost, each.value
    for item in rest:
        if value >= enough:
            return True
        if item.cost > left:
            return value * item.cost + item.value * left >= enough * item.cost
        left -= item.cost
        value += item.value
    return value >= enough


def _undominated(one: Sequence[_Set], other: Sequence[_Set]) -> list[_Set]:
    """Both lists, which stand by rising cost, as one; sets that cost no less and are worth no more are dropped."""
    merged = sorted([*one, *other], key=lambda each: (each.cost, -each.value, -each.bits))
    kept: list[_Set] = []
    for each in merged:
        if kept and each.value <= kept[-1].value:
            last = kept[-1]
            if (each.cost, each.value) == (last.cost, last.value):
                kept[-1] = _Set(last.cost, last.value, last.bits, max(last.rival, each.bits, each.rival))
            continue
        kept.append(each)
    return kept
