"""Groups that a result leaves unserved: witnesses against EJR+, found in polynomial time for any method's result.

A witness is a project that got nothing and k of its supporters who could have paid for it with their shares of the
envelope and yet have less than that. With the k poorest served of them, each having at most `best_served` of what they
support: `best_served + cost ≤ k × envelope ÷ voters` when a euro is what counts, and
`(best_served + 1) × cost ≤ k × envelope ÷ voters` when a project is. Equal shares leaves no witness for its own
utility: while nothing was bought at a price above 1/k, each of the k still holds cost/k. (Brill & Peters 2023.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from allocation.methods.auditing.voices import Voice
from allocation.methods.problem import Problem, Result

COST, CARDINAL = "cost", "cardinal"
UTILITIES = (COST, CARDINAL)


@dataclass(frozen=True, slots=True)
class Witness:
    """A project left out and the group that is owed more.

    `members` of the `voters` all support the project, which costs `cost_minor`; together their shares are `owed`
    (exact minor units). `best_served` is what the best served of them has of what they support: minor units with cost
    utility, a number of projects with cardinal. `positions` says whose ballots these are, where voices were given:
    they name people, so they are for the committee alone.
    """

    project: str
    utility: str
    members: int
    voters: int
    owed: Fraction
    cost_minor: int
    best_served: int
    positions: tuple[int, ...] = ()


def witness(problem: Problem, result: Result, utility: str, *, voices: Sequence[Voice] = ()) -> Witness | None:
    """The witness with the most members against a result, or None when there is none.

    A project that may not be chosen, or has fewer supporters than the method was told to ask for, is owed to nobody.
    Among groups of the same size the smaller cost is told, then the first in the order of the problem.

    >>> three = Problem.of(budget=9, costs={"A": 6, "B": 3}, ballots=["A", "A", "B"])
    >>> witness(three, Result("by-hand", {}, 9, (), ()), "cost").project
    'A'
    """
    amounts = result.amounts
    found = max(
        _witnesses(problem, amounts, utility, least_support(result)),
        key=lambda each: (each.members, -each.cost_minor),
        default=None,
    )
    if found is None or not voices:
        return found
    heard = [voice.heard(problem.kind).keys() for voice in voices]
    positions = tuple(
        position
        for position, projects in enumerate(heard)
        if found.project in projects and _served(projects, amounts, utility) <= found.best_served
    )
    return replace(found, positions=positions)


def least_support(result: Result) -> int:
    """How many supporters the method was told to ask of a project."""
    return int(result.parameters.get("min_support", 1))


def _witnesses(problem: Problem, amounts: Mapping[str, int], utility: str, min_support: int) -> Iterator[Witness]:
    """The largest group of every project that has one, in the order of the problem."""
    groups = _supporters_by_served(problem, amounts, utility)
    for project in problem.eligible(min_support):
        cost, members = problem.costs[project], 0
        largest: tuple[int, int] | None = None
        for best, voters in sorted(groups.get(project, Counter()).items()):
            members += voters
            worth = best + cost if utility == COST else (best + 1) * cost
            if worth * problem.voters <= members * problem.budget:
                largest = (members, best)
        if largest is not None:
            members, best = largest
            owed = Fraction(members * problem.budget, problem.voters)
            yield Witness(project, utility, members, problem.voters, owed, cost, best)


def _supporters_by_served(problem: Problem, amounts: Mapping[str, int], utility: str) -> dict[str, Counter[int]]:
    """For every project left out, how many of its supporters are served so much."""
    groups = {project: Counter[int]() for project in problem.costs if project not in amounts}
    for projects, voters in problem.ballots.items():
        served = _served(projects, amounts, utility)
        for project in projects:
            if project in groups:
                groups[project][served] += voters
    return groups


def _served(projects: Collection[str], amounts: Mapping[str, int], utility: str) -> int:
    funded = [amounts[project] for project in projects if project in amounts]
    return sum(funded) if utility == COST else len(funded)
