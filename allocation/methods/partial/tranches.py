"""Tranche equal shares: equal shares, where every project is a base tranche and increments up to its target.

The base is the project's cost; what lies between it and the target is cut into equal increments, each offered once
the one before is bought. A voter's utility from a tranche is their score × its amount × 1 for the base, ½ for the
first increment, ¼ for the second, and so on (the score is 1 for an approval). Again and again the tranche is bought
that costs its supporters least per unit of utility. Every purchase states who pays what: the price system is the
audit.

Exact by whole numbers, and lazy, as in `equal_shares`: the price of a tranche never falls while purses empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import pairwise
from math import gcd, lcm

from allocation.method_errors import BallotsUnsuited
from allocation.methods.parameters import Parameter, Parameters
from allocation.methods.partial.filling import MIN_SUPPORT
from allocation.methods.problem import APPROVAL, Level, Problem, Purchase, Score, Step, Tie
from allocation.methods.ties import TieRule
from allocation.methods.turns import support_share

TRANCHE_SHARES = "tranche-shares/1"
INCREMENTS_LIMIT = 20
TRANCHE_SHARES_PARAMETERS: Mapping[str, Parameter] = {
    "increments": Parameter(default=4, limit=INCREMENTS_LIMIT),
    "utility": Parameter(default="cost", choices=("cost", "score-cost")),
    "completion": Parameter(default="utilitarian", choices=("none", "utilitarian")),
    "min_support": MIN_SUPPORT,
}


def tranches(cost: int, target: int, increments: int) -> list[int]:
    """The amounts of a project's tranches: its cost, then equal increments up to the target; empty ones left out.

    >>> tranches(1000, 1010, 4), tranches(5, 5, 4), tranches(5, 7, 4)
    ([1000, 2, 3, 2, 3], [5], [5, 1, 1])
    """
    reached = [cost + (target - cost) * step // max(1, increments) for step in range(increments + 1)]
    return [cost, *(after - before for before, after in pairwise(reached) if after > before)]


@dataclass(frozen=True, slots=True)
class _Offer:
    """What supporters could pay now: `rate` scaled units per point of score by payers of `weight` points in all."""

    project: str
    price: Fraction
    due: int
    weight: int
    payers: int
    rest_payers: int
    rest_paid: int


class Purses:
    """What is left to the voters of each distinct ballot, as integers over one common denominator."""

    def __init__(self, problem: Problem, projects: Iterable[str], *, by_score: bool) -> None:
        scored = problem.points if by_score else {}
        points = [given for ballot in scored for _, given in ballot if given > 0]
        self.unit = lcm(*(Fraction(each).denominator for each in points)) if points else 1
        wanted = set(projects)
        self.scores: dict[str, list[tuple[int, int]]] = {project: [] for project in problem.costs}
        self.voters_of: list[int] = []
        ballots: Iterable[tuple[Iterable[tuple[str, Score]], int]] = scored.items()
        if not by_score:
            ballots = (([(project, 1) for project in ballot], voters) for ballot, voters in problem.ballots.items())
        for number, (ballot, voters) in enumerate(ballots):
            self.voters_of.append(voters)
            for project, given in ballot:
                score = int(Fraction(given) * self.unit)
                if score > 0 and project in wanted:
                    self.scores[project].append((number, score))
        self.denominator = max(1, problem.voters)
        self.left = [problem.budget if problem.voters else 0] * len(self.voters_of)

    def held(self, project: str) -> Fraction:
        """The money left with the supporters of a project together."""
        together = sum(self.left[number] * self.voters_of[number] for number, _ in self.scores[project])
        return Fraction(together, self.denominator)

    def offer(self, project: str, cost: int, marginal: Fraction) -> _Offer | None:
        """The most even way, per point of score, to pay so much; None when the supporters have too little."""
        groups: defaultdict[tuple[int, int], int] = defaultdict(int)
        for number, score in self.scores[project]:
            groups[self.left[number], score] += self.voters_of[number]
        due = cost * self.denominator
        weight = sum(score * voters for (_, score), voters in groups.items())
        payers, rest_payers, rest_paid = sum(groups.values()), 0, 0
        for (purse, score), voters in sorted(groups.items(), key=lambda each: Fraction(each[0][0], each[0][1])):
            if due * score <= purse * weight:
                utility = (cost or 1) * marginal / self.unit
                price = Fraction(due, weight * self.denominator) / utility
                return _Offer(project, price, due, weight, payers, rest_payers, rest_paid)
            due -= purse * voters
            weight -= score * voters
            payers -= voters
            rest_payers += voters
            rest_paid += purse * voters
        return None

    def pay(self, offer: _Offer, *, cost: int, supporters: int, left_before: int) -> Purchase:
        """Take the tranche's amount from its supporters."""
        highest = 0
        finer = offer.weight // gcd(offer.due, offer.weight)
        if finer > 1:
            self.denominator *= finer
            self.left = [purse * finer for purse in self.left]
        per_point = offer.due * finer // offer.weight
        rest_paid = Fraction(offer.rest_paid * finer, self.denominator)
        for number, score in self.scores[offer.project]:
            payment = min(self.left[number], per_point * score)
            highest = max(highest, payment)
            self.left[number] -= payment
        return Purchase(
            project=offer.project,
            cost=cost,
            supporters=supporters,
            left_before=left_before,
            price=offer.price,
            payment=Fraction(highest, self.denominator),
            full_payers=offer.payers,
            rest_payers=offer.rest_payers,
            rest_paid=rest_paid,
        )


@dataclass(frozen=True, slots=True)
class Shares:
    """The end of the buying: its steps and ties, the purses, the tranches of every project and how many it has."""

    purchases: list[Purchase]
    ties: list[Tie]
    purses: Purses
    tranches: Mapping[str, list[int]]
    bought: Mapping[str, int]


def buy(problem: Problem, parameters: Parameters, tie_rule: TieRule) -> Shares:
    """Buy tranches from purses until no supporters can pay for their next one."""
    by_score = parameters["utility"] == "score-cost"
    if by_score and problem.kind == APPROVAL:
        raise BallotsUnsuited(asked=f"{TRANCHE_SHARES}, score-cost", needed="points | ranks", given=problem.kind)
    projects = problem.eligible(int(parameters["min_support"]))
    increments = int(parameters["increments"])
    offered = {project: tranches(problem.costs[project], problem.target(project), increments) for project in projects}
    bought = dict.fromkeys(projects, 0)
    purses = Purses(problem, projects, by_score=by_score)
    waiting = [(Fraction(0), project) for project in projects if purses.scores[project]]
    heapify(waiting)
    left, purchases, ties = problem.budget, list[Purchase](), list[Tie]()
    while offers := _cheapest(waiting, purses, offered, bought):
        chosen = offers[0].project
        if len(offers) > 1:
            ties.append(tie_rule.settle(problem, [offer.project for offer in offers]))
            chosen = ties[-1].chosen
        for offer in offers:
            if offer.project != chosen:
                heappush(waiting, (offer.price, offer.project))
                continue
            cost = offered[chosen][bought[chosen]]
            supporters = problem.support[chosen]
            purchases.append(purses.pay(offer, cost=cost, supporters=supporters, left_before=left))
            left -= cost
            bought[chosen] += 1
            if bought[chosen] < len(offered[chosen]):
                heappush(waiting, (Fraction(0), chosen))
    return Shares(purchases, ties, purses, offered, bought)


def _cheapest(
    waiting: list[tuple[Fraction, str]], purses: Purses, offered: Mapping[str, list[int]], bought: Mapping[str, int]
) -> list[_Offer]:
    """Take the offers of the lowest price out of the heap; a project whose next tranche cannot be paid leaves it."""
    priced: dict[str, _Offer] = {}
    lowest: list[_Offer] = []
    while waiting and (not lowest or waiting[0][0] <= lowest[0].price):
        known, project = heappop(waiting)
        offer = priced.get(project)
        if offer is None:
            level = bought[project]
            offer = purses.offer(project, offered[project][level], Fraction(1, 2**level))
        if offer is None:
            continue
        priced[project] = offer
        if offer.price > known:
            heappush(waiting, (offer.price, project))
        elif not lowest or offer.price == lowest[0].price:
            lowest.append(offer)
    return lowest


def complete(
    problem: Problem, shares: Shares, tie_rule: TieRule, *, left: int
) -> tuple[list[Level], dict[str, int], list[Tie]]:
    """Spend what is left on next tranches: the largest share of supporters × 1, ½, ¼ … that fits, again and again."""
    reached = dict(shares.bought)
    levels: list[Level] = []
    ties: list[Tie] = []
    while True:
        fitting: dict[str, Fraction] = {
            project: support_share(problem, project) * Fraction(1, 2 ** reached[project])
            for project, amounts in shares.tranches.items()
            if reached[project] < len(amounts) and amounts[reached[project]] <= left
        }
        if not fitting:
            return levels, reached, ties
        best = max(fitting.values())
        tied = [project for project, worth in fitting.items() if worth == best]
        chosen = tied[0]
        if len(tied) > 1:
            ties.append(tie_rule.settle(problem, tied))
            chosen = ties[-1].chosen
        cost = shares.tranches[chosen][reached[chosen]]
        reached[chosen] += 1
        levels.append(Level(chosen, cost, problem.support[chosen], left, Fraction(cost), reached[chosen]))
        left -= cost


def tranche_shares(problem: Problem, parameters: Parameters, tie_rule: TieRule) -> tuple[list[Step], list[Tie]]:
    """Buy tranches from purses, then spend what is left as the completion says."""
    shares = buy(problem, parameters, tie_rule)
    if parameters["completion"] == "none":
        return [*shares.purchases], shares.ties
    left = problem.budget - sum(purchase.cost for purchase in shares.purchases)
    levels, _, ties = complete(problem, shares, tie_rule, left=left)
    return [*shares.purchases, *levels], shares.ties + ties
