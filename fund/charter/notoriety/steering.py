"""How much of a fund's money its notoriety steers: what rules give, or take, by the key `notoriety`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from fund.charter.rules import MembersBear, Rule, ToMembers


@dataclass(frozen=True, slots=True)
class Steered:
    """The part of what a rule makes due that is shared by notoriety; 0 when none of it is."""

    rule: str
    share: Fraction


def steered(rule: Rule) -> Steered:
    """The shares of the rule's lines that have the key `notoriety`, together.

    A loss that members bear in their turn by notoriety counts whole: how much reaches them is not known before.
    """
    if any(isinstance(bearer, MembersBear) and bearer.key == "notoriety" for bearer in rule.bearers):
        return Steered(rule.name, Fraction(1))
    shares = (split.share for split in rule.splits if isinstance(split, ToMembers) and split.key == "notoriety")
    return Steered(rule.name, sum(shares, Fraction()))


def most_steered(rules: Iterable[Rule]) -> Steered | None:
    """The rule that notoriety steers most; None when it steers nothing. The first of equals.

    Where no rule exceeds a ceiling, all of them together do not either, whatever comes in.
    """
    found = [each for each in map(steered, rules) if each.share]
    return max(found, key=lambda each: each.share) if found else None
