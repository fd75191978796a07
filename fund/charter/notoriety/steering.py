"""How much of a fund's money its notoriety steers: the shares that rules give by the key `notoriety`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol


class _Line(Protocol):
    @property
    def share(self) -> Fraction: ...


class SharedRule(Protocol):
    """Whatever has a name and lines of sharing."""

    @property
    def name(self) -> str: ...

    @property
    def splits(self) -> Iterable[_Line]: ...


@dataclass(frozen=True, slots=True)
class Steered:
    """The part of what a rule makes due that is shared by notoriety; 0 when none of it is."""

    rule: str
    share: Fraction


def steered(rule: SharedRule) -> Steered:
    """The lines of the rule that have the key `notoriety`, their shares together."""
    shares = (line.share for line in rule.splits if getattr(line, "key", None) == "notoriety")
    return Steered(rule.name, sum(shares, Fraction()))


def most_steered(rules: Iterable[SharedRule]) -> Steered | None:
    """The rule that notoriety steers most; None when it steers nothing. The first of equals."""
    found = [each for each in map(steered, rules) if each.share]
    return max(found, key=lambda each: each.share) if found else None
