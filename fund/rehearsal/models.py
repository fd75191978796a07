"""A fund as a game of chance: who pays, what is granted, and from which bags the futures are drawn.

Every figure names its source: the fund's own books, an address, or `made-up`. Amounts count minor units of
the model's currency; quarters are counted from 0, the first of the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from fund.charter.facts import MemberFacts, RecipientFacts
from fund.charter.spans import months_later
from ledger.money import EUR, Unit

QUARTERS_A_YEAR = 4
MONTHS_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Bag:
    """Whole numbers to draw from, each as likely as the times it lies in the bag; drawn and put back.

    A bag with one number is a figure that is certain. What a fund has observed goes in as it was observed.
    """

    values: tuple[int, ...]
    source: str

    def __post_init__(self) -> None:
        if not self.values:
            raise ValueError("A bag holds at least one number.")


@dataclass(frozen=True, slots=True)
class Odds:
    """How often something happens: `times` of `of`, an exact ratio."""

    times: int
    of: int
    source: str

    def __post_init__(self) -> None:
        if not 0 <= self.times <= self.of or self.of == 0:
            raise ValueError("Odds are a number of times out of at least as many, and out of at least one.")

    @property
    def ratio(self) -> Fraction:
        """The probability."""
        return Fraction(self.times, self.of)


NEVER = Odds(0, 1, "made-up")


@dataclass(frozen=True, slots=True)
class ModelMember:
    """A member: what a charter asks to know of it, and the cash it had paid before the first quarter.

    `facts.contribution` is what it pays a year where the charter has no article on contributions.
    """

    name: str
    facts: MemberFacts
    already_paid: int = 0


@dataclass(frozen=True, slots=True)
class Exploitation:
    """How a kind of work meets its public, and what that brings.

    `dates` gives the number of performances in each quarter from that of the première on, and the last bag goes
    on for ever; `fee` is the sale of one date, `cost` what playing it costs, `receipts` its box office. `net`
    and `recouped` are thousandths: of the receipts, what is net; of the net, what the fund itself gets back.
    """

    dates: tuple[Bag, ...]
    fee: Bag
    cost: Bag
    receipts: Bag
    net: Bag
    recouped: Bag
    member_date: Odds = NEVER
    triggered: Odds = Odds(1, 1, "made-up")


@dataclass(frozen=True, slots=True)
class ModelProject:
    """A project: what it is granted in which quarter, when it has its première, how it is played afterwards."""

    name: str
    award: int
    award_quarter: int
    premiere_quarter: int
    exploitation: Exploitation
    other_aid: int = 0


@dataclass(frozen=True, slots=True)
class FundModel:
    """A fund, its members and projects, over a number of quarters; `sources` tells where other figures come from.

    `default` is how often a member does not pay a year's contribution; `loss` how often in a year a loss
    (`loss_amount`) reaches all the members. `guarantee` in statements is the fund's to pay.
    """

    first_day: date
    quarters: int
    opening_reserve: int
    members: tuple[ModelMember, ...]
    projects: tuple[ModelProject, ...]
    default: Odds
    loss: Odds = NEVER
    loss_amount: Bag = Bag((0,), "made-up")
    recipients: Mapping[str, RecipientFacts] = field(default_factory=dict)
    currency: Unit = EUR
    sources: Mapping[str, str] = field(default_factory=dict)

    def first_of(self, quarter: int) -> date:
        """The first day of a quarter."""
        return months_later(self.first_day, MONTHS_A_QUARTER * quarter)

    def last_of(self, quarter: int) -> date:
        """The last day of a quarter: that of its statement."""
        return self.first_of(quarter + 1) - timedelta(days=1)

    def year_of(self, quarter: int) -> int:
        """The year of a quarter, counted from 0."""
        return quarter // QUARTERS_A_YEAR

    @property
    def years(self) -> int:
        """The years that the quarters touch."""
        return -(-self.quarters // QUARTERS_A_YEAR)

    def figures(self) -> Iterator[tuple[str, str, str]]:
        """Every figure drawn from, for a page: its name, what lies in the bag, its source."""
        yield "default", f"{self.default.times}/{self.default.of}", self.default.source
        yield "loss", f"{self.loss.times}/{self.loss.of}", self.loss.source
        kinds = {id(project.exploitation): project.exploitation for project in self.projects}
        for number, kind in enumerate(kinds.values(), start=1):
            for quarter, bag in enumerate(kind.dates, start=1):
                yield f"{number}.dates.{quarter}", _told(bag), bag.source
            for name in ("fee", "cost", "receipts", "net", "recouped"):
                bag = getattr(kind, name)
                yield f"{number}.{name}", _told(bag), bag.source
            for name in ("member_date", "triggered"):
                odds = getattr(kind, name)
                yield f"{number}.{name}", f"{odds.times}/{odds.of}", odds.source


def _told(bag: Bag) -> str:
    least, most = min(bag.values), max(bag.values)
    return str(least) if least == most else f"{least}–{most}"
