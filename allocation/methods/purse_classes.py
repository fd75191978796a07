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


FEW = 24
"""So few ballots are counted faster without a counter."""


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
        worth = self.worth
        value, due = worth.of_one(project), worth.problem.costs[project] * self.denominator
        known = (floor * value * self.denominator) >> KEY_BITS
        groups = worth.backers[project]
        found = self._alike(groups[0], due, known) if len(groups) == 1 else self._apart(groups, due, known)
        if found is None:
            return None
        due, shares, payers = found
        return Offer(project, (due << KEY_BITS) // (shares * value * self.denominator), due, shares, payers, value)

    def _alike(self, group: Backers, due: int, part: int) -> tuple[int, int, int] | None:
        """What is due, the units that share it and who pays in full, where all backers get the same.

        Whoever has less than their part gives all. The first part is one that is known not to be too large.
        """
        left = self.left
        purses = [(left[number], count) for number, count in self._classes(group).items()]
        payers = sum([count for _, count in purses])
        part *= group.utility
        first = True
        while True:
            poor = [each for each in purses if each[0] < part]
            if poor:
                for purse, count in poor:
                    due -= purse * count
                    payers -= count
                if not payers:
                    return None
                purses = [each for each in purses if each[0] >= part]
            elif not first:
                return due, payers * group.utility, payers
            part = -(-due // payers)
            first = False

    def _apart(self, groups: list[Backers], due: int, known: int) -> tuple[int, int, int] | None:
        """The same where backers get more or less, and pay in proportion; `known` is the part of one unit."""
        left = self.left
        purses = [
            (group.utility, left[number], count) for group in groups for number, count in self._classes(group).items()
        ]
        payers = sum([count for _, _, count in purses])
        shares = sum([utility * count for utility, _, count in purses])
        above, below = known, 1
        first = True
        while True:
            poor = [each for each in purses if each[1] * below < above * each[0]]
            if poor:
                for utility, purse, count in poor:
                    due -= purse * count
                    shares -= utility * count
                    payers -= count
                if not payers:
                    return None
                purses = [each for each in purses if each[1] * below >= above * each[0]]
            elif not first:
                return due, shares, payers
            above, below = due, shares
            first = False

    def _classes(self, group: Backers) -> dict[int, int]:
        """How many voters of the group are in each class."""
        class_of, singles, several = self.class_of, group.singles, group.several
        counts: dict[int, int]
        if len(singles) > FEW:
            counts = Counter(map(class_of.__getitem__, singles))
        else:
            counts = {}
            for place in singles:
                number = class_of[place]
                counts[number] = counts.get(number, 0) + 1
        if several:
            voters_of = self.worth.voters_of
            for place in several:
                number = class_of[place]
                counts[number] = counts.get(number, 0) + voters_of[place]
        return counts

    def pay(self, offer: Offer, left_before: int) -> Purchase:
        """Take the project's cost from its backers."""
        worth, project = self.worth, offer.project
        cost, supporters = worth.problem.costs[project], worth.support[project]
        price = Fraction(offer.due * worth.scale, offer.shares * self.denominator * offer.value)
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
            price=price,
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
