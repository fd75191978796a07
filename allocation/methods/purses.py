"""What the voters have left after a run of equal shares, told from its steps alone.

It repeats the payments that the steps state, ballot by ballot, and so checks them too: the method's
own purses are not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

from allocation.methods.problem import Points, Problem, Result

Ballot = frozenset[Any]
"""The names of projects, or these with their points."""


@dataclass(frozen=True)
class Purses:
    """What is left to each voter of a distinct ballot, as integers over one denominator.

    `backed` are the projects that pay for themselves from the purses of a ballot's voters.
    """

    denominator: int
    left: Mapping[Ballot, int]
    voters_of: Mapping[Ballot, int]
    backed: Mapping[Ballot, frozenset[str]]
    problem: Problem

    @cached_property
    def fullest(self) -> list[tuple[int, frozenset[str], int]]:
        """The purses that are not empty, the fullest first, with what their voters support and how many they are."""
        filled = [(purse, self.backed[ballot], self.voters_of[ballot]) for ballot, purse in self.left.items() if purse]
        return sorted(filled, key=lambda each: -each[0])

    def with_supporters(self) -> dict[str, int]:
        """The money left with the supporters of every project together, over the denominator."""
        sums = dict.fromkeys(self.problem.costs, 0)
        for purse, backed, voters in self.fullest:
            together = purse * voters
            for project in backed:
                sums[project] += together
        return sums

    def newcomers_needed(self, project: str, held: int) -> int | None:
        """How many of the others must join the supporters to reach the cost, the fullest purses first."""
        missing = self.problem.costs[project] * self.denominator - held
        joined = 0
        for purse, backed, voters in self.fullest:
            if project in backed:
                continue
            if purse * voters >= missing:
                return joined + max(0, -(-missing // purse))
            missing -= purse * voters
            joined += voters
        return joined if missing <= 0 else None


def after(problem: Problem, result: Result) -> Purses:
    """The purses once every purchase of the result is paid; without voters there are none."""
    purchases = result.purchases
    share = next((purchase.purse for purchase in purchases if purchase.purse is not None), None)
    if share is None:
        share = Fraction(problem.budget, max(1, problem.voters))
    if result.parameters.get("utility") in ("score", "borda"):
        return _after_scored(problem, {purchase.project: purchase.price for purchase in purchases}, share)
    payments = {purchase.project: purchase.payment for purchase in purchases}
    denominator = lcm(share.denominator, *(payment.denominator for payment in payments.values()))
    scaled = {project: int(payment * denominator) for project, payment in payments.items()}
    full = int(share * denominator)
    left = {}
    for ballot in problem.ballots:
        paid = sum([scaled[project] for project in ballot if project in scaled])
        left[ballot] = full - paid if paid < full else 0
    backed = {ballot: ballot for ballot in problem.ballots}
    return Purses(denominator, left, problem.ballots, backed, problem)


def _after_scored(problem: Problem, prices: Mapping[str, Fraction], share: Fraction) -> Purses:
    """The same where voters pay by the points they gave: so much for each point, or all they have."""
    due: dict[Points, Fraction] = {}
    for ballot in problem.points:
        paid = [prices[project] * points for project, points in ballot if points > 0 and project in prices]
        due[ballot] = max(Fraction(0), share - sum(paid))
    denominator = lcm(share.denominator, *(rest.denominator for rest in due.values()))
    left = {ballot: int(rest * denominator) for ballot, rest in due.items()}
    backed = {ballot: frozenset(project for project, points in ballot if points > 0) for ballot in problem.points}
    return Purses(denominator, left, problem.points, backed, problem)
