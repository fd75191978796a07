"""What the voters have left after a run of equal shares, told from its steps alone.

It repeats the payments that the steps state, ballot by ballot, and so checks them too: the method's
own purses are not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

from allocation.methods.problem import Problem, Result


@dataclass(frozen=True)
class Purses:
    """What is left to each voter of a distinct ballot, as integers over one denominator."""

    denominator: int
    left: dict[frozenset[str], int]
    problem: Problem

    @cached_property
    def fullest(self) -> list[tuple[int, frozenset[str]]]:
        """The ballots whose voters have something left, the fullest purses first."""
        filled = [(purse, ballot) for ballot, purse in self.left.items() if purse]
        return sorted(filled, key=lambda each: -each[0])

    def with_supporters(self) -> dict[str, int]:
        """The money left with the supporters of every project together, over the denominator."""
        sums = dict.fromkeys(self.problem.costs, 0)
        for ballot, purse in self.left.items():
            if purse:
                together = purse * self.problem.ballots[ballot]
                for project in ballot:
                    sums[project] += together
        return sums

    def newcomers_needed(self, project: str, held: int) -> int | None:
        """How many of the others must join the supporters to reach the cost, the fullest purses first."""
        missing = self.problem.costs[project] * self.denominator - held
        joined = 0
        for purse, ballot in self.fullest:
            if project in ballot:
                continue
            voters = self.problem.ballots[ballot]
            if purse * voters >= missing:
                return joined + max(0, -(-missing // purse))
            missing -= purse * voters
            joined += voters
        return joined if missing <= 0 else None


def after(problem: Problem, result: Result) -> Purses:
    """The purses once every purchase of the result is paid; without voters there are none."""
    purchases = result.purchases
    share = Fraction(problem.budget, max(1, problem.voters))
    denominator = lcm(share.denominator, *(purchase.payment.denominator for purchase in purchases))
    payments = [(purchase.project, int(purchase.payment * denominator)) for purchase in purchases]
    left: dict[frozenset[str], int] = {}
    for ballot in problem.ballots:
        purse = int(share * denominator)
        for project, payment in payments:
            if project in ballot:
                purse = max(0, purse - payment)
        left[ballot] = purse
    return Purses(denominator, left, problem)
