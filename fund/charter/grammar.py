"""What a charter says, as frozen values: one class per kind of article, one field per slot.

A rate is a `Fraction` above 0 and up to 1, an amount counts minor units of the charter's currency, a span counts
months. The rules, which make amounts due and share them, stand in `fund.charter.rules`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from fund.charter.declared import NOTHING, Declared
from fund.charter.gates import Gate
from fund.charter.governance import Governance
from fund.charter.notoriety.grammar import Notoriety
from fund.charter.rules import Rule, Sources
from ledger.money import Unit

LegalForm = Literal["association-1901", "scic", "sep", "simple-coproduction"]
Condition = Literal["agreement", "spending", "premiere", "report"]
Kind = Literal["cash", "in-kind", "hours"]
InKindWhat = Literal["premises", "equipment", "goods", "service", "work"]


@dataclass(frozen=True, slots=True)
class Head:
    """Title, dates, currency and legal form: what makes this text the one that was adopted.

    A model that a fund may adopt has no dates; a fund's own charter says when it is in force.
    """

    title: str
    version: str
    summary: str
    effective_from: date | None
    effective_until: date | None
    currency: Unit
    legal_form: LegalForm


# Contributions


@dataclass(frozen=True, slots=True)
class FixedFee:
    """Everyone pays the same."""

    minor: int


@dataclass(frozen=True, slots=True)
class RateOfDeclared:
    """A rate of a figure that the member declares, between a floor and a cap."""

    rate: Fraction
    declared: str
    floor_minor: int | None
    cap_minor: int | None


@dataclass(frozen=True, slots=True)
class Bracket:
    """Up to and including this declared figure, this amount; the last bracket has no end."""

    up_to_minor: int | None
    minor: int
    sources: Sources = field(default_factory=dict, compare=False)

    def reaches(self, figure: int) -> bool:
        """Whether the declared figure lies in this bracket or a lower one."""
        return self.up_to_minor is None or figure <= self.up_to_minor


@dataclass(frozen=True, slots=True)
class Brackets:
    """An amount by size: the first bracket that reaches the declared figure; `counted` when that is no money (jobs).

    A counted figure is kept in hundredths of the unit like an amount, so that half a job is one too.
    """

    declared: str
    brackets: tuple[Bracket, ...]
    counted: bool = False


@dataclass(frozen=True, slots=True)
class FreeWithFloor:
    """The member says how much, and no less than the floor."""

    floor_minor: int


@dataclass(frozen=True, slots=True)
class Pledged:
    """The member owes what it pledged."""


Formula: TypeAlias = FixedFee | RateOfDeclared | Brackets | FreeWithFloor | Pledged


@dataclass(frozen=True, slots=True)
class Payment:
    """Money, by a formula, in so many instalments.

    With a `launch_threshold` nothing is called until so many members have joined under this article.
    """

    formula: Formula
    instalments: int = 1
    launch_threshold: int | None = None


@dataclass(frozen=True, slots=True)
class InKind:
    """Things put at the fund's disposal: so many units a year, each valued by a method that is said.

    No quantity: as much as the member offers. The value is never added to money.
    """

    what: InKindWhat
    unit: str
    quantity: Fraction | None
    unit_value_minor: int
    method: str


@dataclass(frozen=True, slots=True)
class Hours:
    """Time: so many hours a year, counted as hours and never turned into money."""

    hours: Fraction


Terms: TypeAlias = Payment | InKind | Hours


@dataclass(frozen=True, slots=True)
class ContributionRule:
    """What the members of some categories give; no category named means every member no other payment names."""

    name: str
    categories: tuple[str, ...]
    terms: Terms
    sources: Sources


@dataclass(frozen=True, slots=True)
class Tranche:
    """A share of the allocation, paid when its condition is met and its evidence given."""

    name: str
    share: Fraction
    condition: Condition
    evidence: str
    sources: Sources


@dataclass(frozen=True, slots=True)
class Charter:
    """A whole charter; `sha256` is that of the file's bytes, so that every trace names the exact text."""

    head: Head
    contributions: tuple[ContributionRule, ...] = ()
    tranches: tuple[Tranche, ...] = ()
    returns: tuple[Rule, ...] = ()
    risks: tuple[Rule, ...] = ()
    notoriety: Notoriety | None = None
    gates: tuple[Gate, ...] = ()
    governance: Governance | None = None
    declared: Declared = NOTHING
    sha256: str = ""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that makes an amount due, returns first, in the order of the file."""
        return self.returns + self.risks

    @property
    def payments(self) -> tuple[tuple[ContributionRule, Payment], ...]:
        """The articles that call for money, each with its terms."""
        return tuple((rule, rule.terms) for rule in self.contributions if isinstance(rule.terms, Payment))
