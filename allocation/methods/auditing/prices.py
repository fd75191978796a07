"""A price system, derived again from the ballots: who paid what for each purchase, and what was left to whom.

Every voter begins with the same purse. A purchase takes its cost from its supporters as evenly as their purses allow,
or in proportion to their points where points are what counts. Only the order of the purchases and their costs are
taken from the result; its payments are compared with what comes out here. Plain fractions, ballot by ballot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocation.methods.problem import Problem, Purchase, Result, Score

BY_POINTS = frozenset({"score", "borda", "score-cost"})
"""The utilities by which a voter pays in proportion to the points they gave."""


@dataclass(slots=True)
class Payer:
    """The voters of one distinct ballot: what each project weighs for them, and what each of them has left."""

    weights: Mapping[str, Score]
    voters: int
    left: Fraction


@dataclass(frozen=True, slots=True)
class Sharing:
    """How an amount is shared: so much per unit of weight by those who can, all they have by the others."""

    rate: Fraction
    most: Fraction
    full_payers: int
    rest_payers: int
    rest_paid: Fraction


def pays_by_points(result: Result) -> bool:
    """Whether the result's method has voters pay in proportion to their points."""
    return result.parameters.get("utility") in BY_POINTS


def payers(problem: Problem, result: Result, purse: Fraction) -> list[Payer]:
    """Everybody with a full purse."""
    if not pays_by_points(result):
        return [Payer(dict.fromkeys(ballot, 1), voters, purse) for ballot, voters in problem.ballots.items()]
    return [
        Payer({project: points for project, points in ballot if points > 0}, voters, purse)
        for ballot, voters in problem.points.items()
    ]


def held(everybody: Iterable[Payer], project: str) -> Fraction:
    """What the supporters of a project have left together."""
    return sum((payer.left * payer.voters for payer in everybody if project in payer.weights), Fraction(0))


def _per_weight(purse_and_weight: tuple[Fraction, Score]) -> Fraction:
    purse, weight = purse_and_weight
    return purse / weight


def sharing(cost: int, purses: Mapping[tuple[Fraction, Score], int]) -> Sharing | None:
    """The most even sharing of a cost among voters by purse and weight, or None when they have too little together.

    >>> two_of_100_and_one_of_20 = {(Fraction(100), 1): 2, (Fraction(20), 1): 1}
    >>> shared = sharing(120, two_of_100_and_one_of_20)
    >>> str(shared.rate), shared.full_payers, shared.rest_payers, str(shared.rest_paid)
    ('50', 2, 1, '20')
    """
    due, weight = Fraction(cost), sum((each * voters for (_, each), voters in purses.items()), Fraction(0))
    full, rest, paid = sum(purses.values()), 0, Fraction(0)
    for purse, each in sorted(purses, key=_per_weight):
        rate = due / weight
        if rate * each <= purse:
            most = max(min(rate * points, has) for has, points in purses)
            return Sharing(rate, most, full, rest, paid)
        voters = purses[purse, each]
        due -= purse * voters
        weight -= each * voters
        full, rest, paid = full - voters, rest + voters, paid + purse * voters
    return None


def pay(everybody: Iterable[Payer], purchase: Purchase) -> Sharing | None:
    """Take a purchase's cost from its supporters; None, and nothing taken, when they cannot pay it."""
    supporters = [payer for payer in everybody if purchase.project in payer.weights]
    purses: Counter[tuple[Fraction, Score]] = Counter()
    for payer in supporters:
        purses[payer.left, payer.weights[purchase.project]] += payer.voters
    shared = sharing(purchase.cost, purses)
    if shared is not None:
        for payer in supporters:
            payer.left -= min(payer.left, shared.rate * payer.weights[purchase.project])
    return shared
