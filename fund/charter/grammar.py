"""What a charter says, as frozen values: one class per kind of article, one field per slot.

A rate is a `Fraction` between 0 and 1, an amount counts minor units of the charter's currency, a span
counts months. `sources` gives, slot by slot, where each number comes from: an address, or `made-up`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

from ledger.money import Unit

LegalForm = Literal["association-1901", "scic", "sep", "simple-coproduction"]
Form = Literal["cash", "drawing-right", "locked", "retained", "loss"]
Beneficiary = Literal["fund", "reserve", "company", "producer", "investors", "members", "recipients"]
Key = Literal["contribution", "points", "equal", "use"]
ReturnBase = Literal["fee", "gross", "net", "profit", "surplus", "recouped"]
RiskBase = Literal["deficit", "result-after-aid", "loss"]
Rounding = Literal["cumulative", "per-item"]
Condition = Literal["agreement", "spending", "premiere", "report"]

Sources: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FixedLimit:
    """A limit written as an amount."""

    minor: int


@dataclass(frozen=True, slots=True)
class ShareOf:
    """A limit written as a share of another figure: `80 % of allocation`, `25 % of gross`."""

    rate: Fraction
    of: Literal["allocation", "other_aid", "gross"]


Limit: TypeAlias = FixedLimit | ShareOf


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

    def reaches(self, figure: int) -> bool:
        """Whether the declared figure lies in this bracket or a lower one."""
        return self.up_to_minor is None or figure <= self.up_to_minor


@dataclass(frozen=True, slots=True)
class Brackets:
    """An amount by size: the first bracket that reaches the declared figure."""

    declared: str
    brackets: tuple[Bracket, ...]


@dataclass(frozen=True, slots=True)
class FreeWithFloor:
    """The member says how much, and no less than the floor."""

    floor_minor: int


@dataclass(frozen=True, slots=True)
class Pledged:
    """The member owes what it pledged."""


Formula: TypeAlias = FixedFee | RateOfDeclared | Brackets | FreeWithFloor | Pledged


@dataclass(frozen=True, slots=True)
class ContributionRule:
    """What the members of some categories pay; no category named means every member no other rule names."""

    name: str
    categories: tuple[str, ...]
    formula: Formula
    instalments: int
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
class Deduction:
    """A cost that a declared period may take off, within its limit; without evidence when that is asked, nothing."""

    kind: str
    limit: Limit | None
    evidence: bool
    sources: Sources


@dataclass(frozen=True, slots=True)
class Split:
    """One line of a sharing: who receives which share, in which form, by which key among them."""

    to: Beneficiary
    share: Fraction
    form: Form
    key: Key | None
    expires_months: int | None
    legal_basis: str | None
    sources: Sources


@dataclass(frozen=True, slots=True)
class Rule:
    """An ordered rule: a base, what comes off it, the rate, its limits, and who receives.

    A return and a risk have the same steps; only what they may count differs. `cap_counts` names the one
    whose part the cap measures (recoupment: investors until they have their stake back). `rest_to` keeps
    what is counted and not due. `rank` orders the rules of one base: the next rank starts where every
    rule of the rank before is full.
    """

    section: Literal["returns", "risks"]
    name: str
    base: ReturnBase | RiskBase
    rate: Fraction
    splits: tuple[Split, ...]
    deductions: tuple[Deduction, ...] = ()
    exclude_first_dates: int = 0
    exclude_member_dates: bool = False
    only_triggered: bool = False
    vesting_months: int | None = None
    window_months: int | None = None
    no_return_up_to: int | None = None
    franchise: Limit | None = None
    cap: Limit | None = None
    cap_counts: Beneficiary | None = None
    aid_ceiling: Fraction | None = None
    rest_to: Beneficiary | None = None
    rank: int = 1
    rounding: Rounding = "cumulative"
    joint_liability: bool = False
    sources: Sources = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Charter:
    """A whole charter; `sha256` is that of the file's bytes, so that every trace names the exact text."""

    head: Head
    contributions: tuple[ContributionRule, ...]
    tranches: tuple[Tranche, ...]
    returns: tuple[Rule, ...]
    risks: tuple[Rule, ...]
    sha256: str

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that makes an amount due, returns first, in the order of the file."""
        return self.returns + self.risks
