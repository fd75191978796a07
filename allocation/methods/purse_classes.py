"""The purses of all voters, kept as classes of voters who have the same left. Exact, by whole numbers.

A purse is an integer over one common denominator, which grows with each purchase. Thousands of voters
share a few hundred purses, so a project is priced by counting its backers by class, and only the classes
know amounts.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from allocation.methods.problem import Purchase
from allocation.methods.worths import Backers, Worth

KEY_BITS = 64
"""Prices are sorted by whole numbers, 2^64 of which make one; equal ones are compared exactly."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the backers of a project can pay now: `due` (over the denominator) shared by `shares` units of utility.

    `payers` pay their full part of it, the other backers give all they have left.
    """

    project: str
    key: int
    due: int
    shares: int
    payers: int
    value: int

    def is_cheaper(self, other: Offer) -> bool:
        """Whether a unit of utility costs less here; both offers are over the same denominator."""
        return self.due * other.shares * other.value < other.due * self.shares * self.value


class Purses:
    """One purse of the same content per voter, and what is left in each after purchases."""

    def __init__(self, worth: Worth, purse: Fraction) -> None:
        self.worth = worth
        is_share = purse * worth.problem.voters == worth.problem.budget
        self.raised = None if is_share else purse
        self.denominator = purse.denominator
        places = len(worth.voters_of)
        self.class_of = [0] * places
        self.left = {0: purse.numerator}
        self.places_in = {0: places}
        self.classes = 0

    def offer(self, project: str, floor: int) -> Offer | None:
        """The most even way to pay for the project, or None when its backers have too little together.

        `floor` is a key that the price is known not to be below: prices never fall while purses empty.
        """
        worth, left = self.worth, self.left
        value, cost = worth.of_one(project), worth.problem.costs[project]
        due, shares, payers = cost * self.denominator, 0, 0
        groups = []
        for group in worth.backers[project]:
            counts = self._classes(group)
            utility, voters = group.utility, sum(counts.values())
            shares += voters * utility
            payers += voters
            groups.append((utility, [(left[number], count) for number, count in counts.items()]))
        known = (floor * value * self.denominator) >> KEY_BITS
        first = True
        while True:
            poor_paid = poor_shares = poor_voters = 0
            for position, (utility, purses) in enumerate(groups):
                # Whoever has less than their part gives all; below the old price everybody does.
                part = known * utility if first else -(-due * utility // shares)
                poor = [each for each in purses if each[0] < part]
                if poor:
                    voters = sum([count for _, count in poor])
                    poor_voters += voters
                    poor_shares += voters * utility
                    poor_paid += sum([purse * count for purse, count in poor])
                    groups[position] = (utility, [each for each in purses if each[0] >= part])
            due -= poor_paid
            shares -= poor_shares
            payers -= poor_voters
            if not shares:
                return None
            if not (first or poor_voters):
                key = (due << KEY_BITS) // (shares * value * self.denominator)
                return Offer(project, key, due, shares, payers, value)
            first = False

    def _classes(self, group: Backers) -> Counter[int]:
        """How many voters of the group are in each class."""
        class_of = self.class_of
        counts = Counter(map(class_of.__getitem__, group.singles))
        voters_of = self.worth.voters_of
        for place in group.several:
            counts[class_of[place]] += voters_of[place]
        return counts

    def pay(self, offer: Offer, left_before: int) -> Purchase:
        """Take the project's cost from its backers."""
        worth, project = self.worth, offer.project
        cost, supporters = worth.problem.costs[project], worth.support[project]
        whole = offer.shares * self.denominator
        per_unit = Fraction(offer.due * worth.scale, whole)
        groups = worth.backers[project]
        rest_paid = Fraction(cost * self.denominator - offer.due, self.denominator)
        finer = offer.shares // gcd(offer.due, offer.shares)
        if finer > 1:
            self.denominator *= finer
            self.left = {number: purse * finer for number, purse in self.left.items()}
        each = offer.due * finer // offer.shares
        payment = 0
        for group in groups:
            payment = max(payment, self._take(group, each * group.utility))
        return Purchase(
            project=project,
            cost=cost,
            supporters=supporters,
            left_before=left_before,
            price=per_unit / offer.value,
            payment=Fraction(payment, self.denominator),
            full_payers=offer.payers,
            rest_payers=supporters - offer.payers,
            rest_paid=rest_paid,
            purse=self.raised,
        )

    def _take(self, group: Backers, part: int) -> int:
        """Take a part, or what there is, from each purse of the group; the most that one pays."""
        class_of, left, places_in = self.class_of, self.left, self.places_in
        places = [*group.singles, *group.several]
        before = [class_of[place] for place in places]
        becomes: dict[int, int] = {}
        number_of: dict[int, int] = {}
        most = 0
        for number, count in Counter(before).items():
            paid = min(part, left[number])
            most = max(most, paid)
            rest = left[number] - paid
            if rest not in number_of:
                self.classes += 1
                number_of[rest] = self.classes
                left[self.classes] = rest
                places_in[self.classes] = 0
            becomes[number] = number_of[rest]
            places_in[number_of[rest]] += count
            places_in[number] -= count
            if not places_in[number]:
                del left[number], places_in[number]
        deque(map(class_of.__setitem__, places, map(becomes.__getitem__, before)), maxlen=0)
        return most
