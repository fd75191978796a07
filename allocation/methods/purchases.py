"""Buying projects from the purses of their supporters, the cheapest per unit of utility first.

A price never falls while purses empty, so an old price is a lower bound: projects wait in a heap, and
only those that come to its top are priced anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush

from allocation.methods.problem import Problem, Purchase, Tie
from allocation.methods.purse_classes import KEY_BITS, Offer, Purses
from allocation.methods.ties import TieRule
from allocation.methods.worths import Worth

Waiting = list[tuple[int, str]]


def share(problem: Problem) -> Fraction:
    """The equal part of the envelope that each voter holds; without voters nobody holds anything."""
    return Fraction(problem.budget, max(1, problem.voters))


def opening(worth: Worth, projects: Iterable[str]) -> Waiting:
    """What each project would cost per unit of utility if its supporters all had enough: its lowest price."""
    waiting = []
    for project in projects:
        if worth.can_be_bought(project):
            shares = sum(group.utility * worth.voters_in(group) for group in worth.backers[project])
            cost = worth.problem.costs[project]
            waiting.append(((cost << KEY_BITS) // (shares * worth.of_one(project)), project))
    return waiting


def buy(
    worth: Worth, prices: Waiting, *, purse: Fraction, tie_rule: TieRule, limit: int | None = None
) -> tuple[list[Purchase], list[Tie]] | None:
    """Buy projects, of which `opening` tells the lowest prices, until none can be paid.

    None as soon as more than `limit` is spent. A purse that is not the equal part of the envelope is
    written in each purchase.
    """
    problem = worth.problem
    purses = Purses(worth, purse)
    costs, support, above, below = problem.costs, worth.support, purse.numerator, purse.denominator
    waiting = [each for each in prices if costs[each[1]] * below <= support[each[1]] * above]
    heapify(waiting)
    left, money = problem.budget, int(problem.voters * purse)
    purchases: list[Purchase] = []
    ties: list[Tie] = []
    while offers := _cheapest(waiting, purses, money):
        chosen = offers[0]
        if len(offers) > 1:
            tie = tie_rule.settle(problem, [offer.project for offer in offers], worth.support)
            ties.append(tie)
            chosen = next(offer for offer in offers if offer.project == tie.chosen)
            for offer in offers:
                if offer is not chosen:
                    heappush(waiting, (offer.key, offer.project))
        purchases.append(purses.pay(chosen, left))
        left -= purchases[-1].cost
        money -= purchases[-1].cost
        if limit is not None and problem.budget - left > limit:
            return None
    return purchases, ties


def _cheapest(waiting: Waiting, purses: Purses, money: int) -> Sequence[Offer]:
    """Take the offers of the lowest price out of the heap; projects that cannot be paid any more leave it."""
    costs = purses.worth.problem.costs
    lowest: list[Offer] = []
    dearer: list[Offer] = []
    while waiting and (not lowest or waiting[0][0] <= lowest[0].key):
        floor, project = heappop(waiting)
        offer = purses.offer(project, floor) if costs[project] <= money else None
        if offer is None:
            continue
        if lowest and lowest[0].is_cheaper(offer):
            dearer.append(offer)
        elif lowest and not offer.is_cheaper(lowest[0]):
            lowest.append(offer)
        else:
            dearer += lowest
            lowest = [offer]
    for offer in dearer:
        heappush(waiting, (offer.key, offer.project))
    return lowest
