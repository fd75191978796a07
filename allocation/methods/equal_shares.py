"""Equal shares: every voter holds the same part of the envelope and pays for what they support.

Again and again the project is bought whose supporters pay the least per unit of utility, when they
spread its cost as evenly as their purses allow. It stops when no group of supporters can pay for
its project; a completion may spend what is left.

Exact by whole numbers: purses are integers over one common denominator, which grows with each
purchase. A price never falls while purses empty, so an old price is a lower bound: projects wait in
a heap, and only those that come to its top are priced anew.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import gcd

from allocation.methods import greedy
from allocation.methods.parameters import Parameters
from allocation.methods.problem import Problem, Purchase, Step, Tie
from allocation.methods.ties import TieRule


@dataclass(frozen=True, slots=True)
class _Offer:
    """What the supporters of a project could pay now: `due` (scaled) shared by `payers`, the others give all."""

    project: str
    price: Fraction
    due: int
    payers: int
    rest_payers: int
    rest_paid: int


class _Purses:
    """The purses of the distinct ballots, as integers over one common denominator."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.voters_of = list(problem.ballots.values())
        self.backers: dict[str, list[int]] = {project: [] for project in problem.costs}
        for ballot, supported in enumerate(problem.ballots):
            for project in supported:
                self.backers[project].append(ballot)
        self.denominator = problem.voters
        self.left = [problem.budget] * len(self.voters_of)

    def offer(self, project: str, utility: str) -> _Offer | None:
        """The most even way to pay for the project, or None when its supporters have too little together."""
        voters_with: defaultdict[int, int] = defaultdict(int)
        for ballot in self.backers[project]:
            voters_with[self.left[ballot]] += self.voters_of[ballot]
        cost = self.problem.costs[project]
        due, payers = cost * self.denominator, self.problem.support[project]
        rest_payers, rest_paid = 0, 0
        for purse, voters in sorted(voters_with.items()):
            if due <= purse * payers:
                value = cost if utility == "cost" and cost else 1
                price = Fraction(due, payers * self.denominator * value)
                return _Offer(project, price, due, payers, rest_payers, rest_paid)
            due -= purse * voters
            payers -= voters
            rest_payers += voters
            rest_paid += purse * voters
        return None

    def pay(self, offer: _Offer, left_before: int) -> Purchase:
        """Take the project's cost from its supporters."""
        purchase = Purchase(
            project=offer.project,
            cost=self.problem.costs[offer.project],
            supporters=self.problem.support[offer.project],
            left_before=left_before,
            price=offer.price,
            payment=Fraction(offer.due, offer.payers * self.denominator),
            full_payers=offer.payers,
            rest_payers=offer.rest_payers,
            rest_paid=Fraction(offer.rest_paid, self.denominator),
        )
        finer = offer.payers // gcd(offer.due, offer.payers)
        if finer > 1:
            self.denominator *= finer
            self.left = [purse * finer for purse in self.left]
        payment = offer.due * finer // offer.payers
        for ballot in self.backers[offer.project]:
            self.left[ballot] = max(0, self.left[ballot] - payment)
        return purchase


def buy(problem: Problem, projects: list[str], *, utility: str, tie_rule: TieRule) -> tuple[list[Purchase], list[Tie]]:
    """Buy projects from their supporters' purses until none can be paid; without voters nothing is bought."""
    purses = _Purses(problem)
    waiting = [(Fraction(0), project) for project in projects if problem.support[project] > 0]
    heapify(waiting)
    left = problem.budget
    purchases: list[Purchase] = []
    ties: list[Tie] = []
    while offers := _cheapest(waiting, purses, utility):
        chosen = offers[0].project
        if len(offers) > 1:
            ties.append(tie_rule.settle(problem, [offer.project for offer in offers]))
            chosen = ties[-1].chosen
        for offer in offers:
            if offer.project == chosen:
                purchases.append(purses.pay(offer, left))
                left -= purchases[-1].cost
            else:
                heappush(waiting, (offer.price, offer.project))
    return purchases, ties


def _cheapest(waiting: list[tuple[Fraction, str]], purses: _Purses, utility: str) -> list[_Offer]:
    """Take the offers of the lowest price out of the heap; projects that cannot be paid any more leave it."""
    priced: dict[str, _Offer] = {}
    lowest: list[_Offer] = []
    while waiting and (not lowest or waiting[0][0] == lowest[0].price):
        _, project = heappop(waiting)
        offer = priced.get(project) or purses.offer(project, utility)
        if offer is None:
            continue
        priced[project] = offer
        bound = lowest[0].price if lowest else waiting[0][0] if waiting else offer.price
        if offer.price > bound:
            heappush(waiting, (offer.price, project))
        else:
            lowest.append(offer)
    return lowest


def run(problem: Problem, parameters: Parameters, tie_rule: TieRule) -> tuple[list[Step], list[Tie]]:
    """Buy from purses, then spend what is left as the completion says."""
    eligible = problem.eligible(int(parameters["min_support"]))
    utility = str(parameters["utility"])
    purchases, ties = buy(problem, eligible, utility=utility, tie_rule=tie_rule)
    if parameters["completion"] == "none":
        return [*purchases], ties
    bought = {purchase.project for purchase in purchases}
    others = [project for project in eligible if project not in bought]
    left = problem.budget - sum(purchase.cost for purchase in purchases)
    picks, more_ties = greedy.fill(problem, others, left=left, utility=utility, tie_rule=tie_rule)
    return [*purchases, *picks], ties + more_ties
