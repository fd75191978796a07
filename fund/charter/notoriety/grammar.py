"""What a charter says of notoriety: what a fact is worth, whom it credits, and what it may steer.

Notoriety is counted in whole points (the unit `NOTORIETY`). A rate is a `Fraction` between 0 and 1. `sources`
gives, slot by slot, where each number comes from: an address, or `made-up`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from fund.charter.rules import Sources

FactKind = Literal["performance", "town", "press", "broadcast", "prize", "invitation"]
Level = Literal["local", "regional", "national", "international"]
CreditKey = Literal["contribution", "use", "points", "equal", "percentage"]
"""What members are credited by. Never by notoriety itself: whoever has some would be given more."""

PublicLevel = Literal[
    "european-union", "state", "region", "department", "agglomeration", "intercommunality", "commune", "other"
]
"""Who a partner answers to; `intercommunality` is a *communauté de communes*, `other` everybody else."""

Coproduction = Literal["strict", "usage"]
"""Whether « coproduction » is kept for those who share the risk, or said as the trade says it."""

PointsSources: TypeAlias = Mapping[tuple[FactKind, Level | None], str]
"""Where each line of the table comes from: by kind, and by level where there are several."""


@dataclass(frozen=True, slots=True)
class SamePoints:
    """A fact of this kind is worth the same at every level."""

    points: int


@dataclass(frozen=True, slots=True)
class PointsByLevel:
    """What a fact of this kind is worth, level by level; at a level that is not named it is not counted."""

    points: Mapping[Level, int]


Worth: TypeAlias = SamePoints | PointsByLevel


@dataclass(frozen=True, slots=True)
class CreditToCompany:
    """This share of what a fact is worth goes to the company whose project it is about."""

    share: Fraction
    sources: Sources


@dataclass(frozen=True, slots=True)
class CreditToFund:
    """This share of what every fact is worth goes to the fund itself."""

    share: Fraction
    sources: Sources


@dataclass(frozen=True, slots=True)
class CreditToMembers:
    """This share of what every fact is worth goes to the members, by a key."""

    share: Fraction
    key: CreditKey
    sources: Sources


Credit: TypeAlias = CreditToCompany | CreditToFund | CreditToMembers


@dataclass(frozen=True, slots=True)
class Wording:
    """How partners are named: the word « coproduction », days to validate what is printed, order of logos."""

    coproduction: Coproduction
    validation_days: int
    logo_order: tuple[PublicLevel, ...]
    sources: Sources


@dataclass(frozen=True, slots=True)
class Notoriety:
    """The whole section. `decay` is what a balance loses each year; `ceiling` the part of any rule's money that
    notoriety may steer: 0 when it steers none. The shares of `credits` sum to 1.
    """

    points: Mapping[FactKind, Worth]
    credits: tuple[Credit, ...]
    decay: Fraction
    contestation_days: int
    ceiling: Fraction
    wording: Wording
    sources: Sources
    points_sources: PointsSources
