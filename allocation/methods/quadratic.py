"""Quadratic matching, as a simulation only: what a pool would add if members' own gifts were votes.

A project's match is the square of the sum of the square roots of its gifts, less their sum: the sum over all pairs of
givers of √(one's gift × the other's), both ways round. Scaled to the pool, which is spent exactly. Pairwise bounded,
the part of a pair is weakened by M ÷ (M + what the two have in common over all projects), since two friends who give
to everything together would otherwise draw the pool (Buterin 2019).

It cannot be adopted: in a fund whose members know each other agreement is the norm, and it rewards giving together.
It looks at neither the least that a project needs nor the most it can use.

A root is irrational: it is isqrt(gift × 10²⁴) ÷ 10¹², cut, and so is the weakening factor, with the same twelve
decimals. All else is exact, and the amounts are rounded once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isqrt

from allocation.methods.parameters import Parameter, Parameters
from allocation.methods.partial.filling import MIN_SUPPORT, granted
from allocation.methods.problem import Problem, Step, Tie
from allocation.methods.refusals import SearchTooLarge
from allocation.methods.ties import TieRule

QUADRATIC = "quadratic/1"
QUADRATIC_PARAMETERS: Mapping[str, Parameter] = {
    "bound": Parameter(default="plain", choices=("plain", "pairwise")),
    "common_limit": Parameter(default=10, limit=1_000_000, only_with=("bound", ("pairwise",))),
    "min_support": MIN_SUPPORT,
}
DECIMALS = 10**12
GIVERS_LIMIT = 1_000

Gifts = Sequence[Mapping[str, Fraction | int]]
"""What each giver gave to each project."""


def roots(gifts: Gifts) -> list[dict[str, int]]:
    """The square roots of the gifts, in 10⁻¹², cut; gifts of nothing or less are left out."""
    return [
        {
            project: isqrt(Fraction(gift).numerator * DECIMALS**2 // Fraction(gift).denominator)
            for project, gift in given.items()
            if gift > 0
        }
        for given in gifts
    ]


def plain_matches(projects: Sequence[str], gifts: Gifts) -> dict[str, Fraction]:
    """The match of every project, not scaled: the square of the sum of roots, less the squares.

    >>> plain_matches(["a", "b"], [{"a": 4}, {"a": 9, "b": 100}])
    {'a': Fraction(12, 1), 'b': Fraction(0, 1)}
    """
    given = roots(gifts)
    matches = {}
    for project in projects:
        to_it = [each[project] for each in given if project in each]
        matches[project] = Fraction(sum(to_it) ** 2 - sum(root**2 for root in to_it), DECIMALS**2)
    return matches


def pairwise_matches(projects: Sequence[str], gifts: Gifts, *, common_limit: int) -> dict[str, Fraction]:
    """The match of every project, each pair of givers weakened by M ÷ (M + what they have in common); M is the limit.

    >>> pairwise_matches(["a", "b"], [{"a": 4}, {"a": 9, "b": 100}], common_limit=6)
    {'a': Fraction(6, 1), 'b': Fraction(0, 1)}
    """
    given = roots(gifts)
    sums = dict.fromkeys(projects, 0)
    limit = common_limit * DECIMALS**2
    for number, one in enumerate(given):
        for other in given[number + 1 :]:
            shared = [(project, root * other[project]) for project, root in one.items() if project in other]
            common = sum(product for _, product in shared)
            if not common:
                continue
            weakened = limit * DECIMALS // (limit + common)
            for project, product in shared:
                if project in sums:
                    sums[project] += 2 * product * weakened
    return {project: Fraction(total, DECIMALS**3) for project, total in sums.items()}


def quadratic(problem: Problem, parameters: Parameters, tie_rule: TieRule) -> tuple[list[Step], list[Tie]]:
    """Share the envelope as a pool in proportion to the matches; without any match it stays whole."""
    if problem.voters > GIVERS_LIMIT:
        raise SearchTooLarge(method=QUADRATIC, count=problem.voters, limit=GIVERS_LIMIT)
    projects = problem.eligible(int(parameters["min_support"]))
    gifts = [dict(ballot) for ballot, voters in problem.points.items() for _ in range(voters)]
    matches = plain_matches(projects, gifts)
    if parameters["bound"] == "pairwise":
        matches = pairwise_matches(projects, gifts, common_limit=int(parameters["common_limit"]))
    whole = sum(matches.values(), Fraction(0))
    exact = {project: problem.budget * match / whole for project, match in matches.items() if match}
    ordered = sorted(exact, key=lambda project: (-exact[project], project))
    return granted(problem, {project: exact[project] for project in ordered}, tie_rule), []
