"""What a rule says, as frozen values: what it counts, the rate and its limits, who receives or bears.

What cannot go together has no place together: a rule counts fees or periods or results, each with the slots that it
has; only a drawing right expires; only members and recipients have a key; a loss is shared, or borne in turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar, Literal, TypeAlias

Party = Literal["fund", "reserve", "company", "producer", "investors"]
Beneficiary = Literal["fund", "reserve", "company", "producer", "investors", "members", "recipients"]
FormWord = Literal["cash", "drawing-right", "locked", "retained", "loss"]
MemberKey = Literal["contribution", "use", "points", "equal", "notoriety", "percentage"]
RecipientKey = Literal["points", "equal", "percentage"]
PeriodFigure = Literal["gross", "net", "profit"]
ReturnBase = Literal["fee", "gross", "net", "profit", "surplus", "recouped"]
RiskBase = Literal["deficit", "result-after-aid", "loss"]
Base = Literal["fee", "gross", "net", "profit", "surplus", "recouped", "deficit", "result-after-aid", "loss"]
Rounding = Literal["cumulative", "per-item"]

Sources: TypeAlias = Mapping[str, str]
"""Where each number comes from, slot by slot: an address, or `made-up`."""


@dataclass(frozen=True, slots=True)
class FixedLimit:
    """A limit written as an amount."""

    minor: int


@dataclass(frozen=True, slots=True)
class ShareOf:
    """A limit written as a share of another figure: `80 % of allocation`, `25 % of gross`."""

    rate: Fraction
    of: Literal["allocation", "other_aid", "gross", "contribution"]


Limit: TypeAlias = FixedLimit | ShareOf


# What a rule counts


@dataclass(frozen=True, slots=True)
class Deduction:
    """A cost that a declared period may take off, within its limit; without evidence when that is asked, nothing."""

    kind: str
    limit: Limit | None
    evidence: bool
    sources: Sources


@dataclass(frozen=True, slots=True)
class Fees:
    """The fee of each performance, less those that the article leaves out."""

    exclude_first_dates: int = 0
    exclude_member_dates: bool = False
    only_triggered: bool = False
    vesting_months: int | None = None

    base: ClassVar[Base] = "fee"


@dataclass(frozen=True, slots=True)
class Periods:
    """A figure of each declared period, its allowed costs taken off."""

    figure: PeriodFigure
    deductions: tuple[Deduction, ...] = ()
    only_triggered: bool = False
    vesting_months: int | None = None

    @property
    def base(self) -> Base:
        """The figure."""
        return self.figure


@dataclass(frozen=True, slots=True)
class Surpluses:
    """The positive part of each result."""

    base: ClassVar[Base] = "surplus"


@dataclass(frozen=True, slots=True)
class Recoupments:
    """What the fund itself got back."""

    base: ClassVar[Base] = "recouped"


@dataclass(frozen=True, slots=True)
class Deficits:
    """The negative part of each result, before aid; all aid together stays under the ceiling."""

    aid_ceiling: Fraction | None = None

    base: ClassVar[Base] = "deficit"


@dataclass(frozen=True, slots=True)
class Excesses:
    """What exceeds break-even, aid included: it may be claimed back."""

    base: ClassVar[Base] = "result-after-aid"


@dataclass(frozen=True, slots=True)
class Losses:
    """Each declared loss."""

    base: ClassVar[Base] = "loss"


Counts: TypeAlias = Fees | Periods | Surpluses | Recoupments | Deficits | Excesses | Losses
_RISKS = (Deficits, Excesses, Losses)


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that a rule makes due; with `of`, the most that this party may receive of it (recoupment)."""

    limit: Limit
    of: Beneficiary | None = None


# Who receives, in which form


@dataclass(frozen=True, slots=True)
class Cash:
    """Money; to a member only on a legal basis."""

    legal_basis: str | None = None

    word: ClassVar[FormWord] = "cash"


@dataclass(frozen=True, slots=True)
class DrawingRight:
    """A claim on the fund for a project, which expires."""

    expires_months: int

    word: ClassVar[FormWord] = "drawing-right"


@dataclass(frozen=True, slots=True)
class Locked:
    """Kept for the beneficiary's next project."""

    word: ClassVar[FormWord] = "locked"


@dataclass(frozen=True, slots=True)
class Retained:
    """It stays where it is."""

    word: ClassVar[FormWord] = "retained"


@dataclass(frozen=True, slots=True)
class Bearing:
    """An amount to bear; when liability is joint, whoever defaults bears nothing and the others bear its part."""

    joint: bool = False

    word: ClassVar[FormWord] = "loss"


Form: TypeAlias = Cash | DrawingRight | Locked | Retained | Bearing


@dataclass(frozen=True, slots=True)
class ToParty:
    """A share for one party."""

    to: Party
    share: Fraction
    form: Form
    sources: Sources = field(default_factory=dict)

    key: ClassVar[None] = None


@dataclass(frozen=True, slots=True)
class ToMembers:
    """A share for the members, among whom a key divides it."""

    key: MemberKey
    share: Fraction
    form: Form
    sources: Sources = field(default_factory=dict)

    to: ClassVar[Beneficiary] = "members"


@dataclass(frozen=True, slots=True)
class ToRecipients:
    """A share for people named outside the fund, among whom a key divides it."""

    key: RecipientKey
    share: Fraction
    form: Form
    sources: Sources = field(default_factory=dict)

    to: ClassVar[Beneficiary] = "recipients"


Split: TypeAlias = ToParty | ToMembers | ToRecipients


@dataclass(frozen=True, slots=True)
class ReserveBears:
    """At its turn the reserve bears what it holds, up to a limit."""

    limit: Limit | None = None
    sources: Sources = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MembersBear:
    """At their turn the members bear by a key, each up to a limit: an amount, or a share of its contribution."""

    key: MemberKey
    limit: Limit | None = None
    joint: bool = False
    sources: Sources = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FundBears:
    """At its turn the fund bears, up to a limit."""

    limit: Limit | None = None
    sources: Sources = field(default_factory=dict)


Bearer: TypeAlias = ReserveBears | MembersBear | FundBears


@dataclass(frozen=True, slots=True)
class Rule:
    """An ordered rule: what it counts, the rate, its limits, and who receives or bears.

    `rest_to` keeps what is counted and not due. `rank` orders the rules of one base: the next rank starts where every
    rule of the rank before is full. A loss is shared by `splits`, or borne in turn by `bearers`.
    """

    name: str
    counts: Counts
    rate: Fraction
    splits: tuple[Split, ...] = ()
    bearers: tuple[Bearer, ...] = ()
    window_months: int | None = None
    no_return_up_to: int | None = None
    franchise: Limit | None = None
    floor_per_point: int | None = None
    cap: Cap | None = None
    rest_to: Party | None = None
    rank: int = 1
    rounding: Rounding = "cumulative"
    sources: Sources = field(default_factory=dict)

    @property
    def base(self) -> Base:
        """What it counts, in one word."""
        return self.counts.base

    @property
    def deductions(self) -> tuple[Deduction, ...]:
        """The costs that its periods may take off."""
        return self.counts.deductions if isinstance(self.counts, Periods) else ()

    @property
    def points_lines(self) -> tuple[ToRecipients, ...]:
        """The lines that recipients share by their points."""
        return tuple(split for split in self.splits if isinstance(split, ToRecipients) and split.key == "points")

    @property
    def points_share(self) -> Fraction:
        """What these lines have together of the whole."""
        return sum((split.share for split in self.points_lines), Fraction())

    @property
    def other_lines(self) -> tuple[Split, ...]:
        """All the other lines."""
        return tuple(split for split in self.splits if split not in self.points_lines)

    @property
    def section(self) -> Literal["returns", "risks"]:
        """Where it stands in the file."""
        return "risks" if isinstance(self.counts, _RISKS) else "returns"
