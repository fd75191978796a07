"""The allocation methods that a charter may name, with what it may tell them: how ballots become awards.

One class for each identifier, with the parameters of the method under the names that outcomes store. What is None is
not told: a method refuses what does not go with its other parameters. A test holds these against the methods that run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias

Utility = Literal["cost", "cardinal", "score"]
Completion = Literal["none", "utilitarian", "add1", "add1-utilitarian"]
Add1Start = Literal["exact", "floor"]
Add1Stop = Literal["exhaustive", "overspend"]
TrancheUtility = Literal["cost", "score-cost"]
TrancheCompletion = Literal["none", "utilitarian"]
Weight = Literal["support", "amount", "points"]

ADD1: tuple[Completion, ...] = ("add1", "add1-utilitarian")
ADD1_STEP = "1"
INCREMENTS = 4


@dataclass(frozen=True, slots=True)
class Greedy:
    """`greedy/1`: the most supported first, as long as the money lasts."""

    utility: Utility = "cost"
    min_support: int = 1

    @property
    def id(self) -> str:
        """The method's identifier, which outcomes store."""
        return "greedy/1"


@dataclass(frozen=True, slots=True)
class EqualShares:
    """`equal-shares/1`: every voter has the same part of the pot to spend on what they support.

    `add1_step` is in units of the currency, or with a per cent sign a part of a share; the three slots of Add1 say
    something with that completion alone.
    """

    utility: Utility = "cost"
    completion: Completion = "utilitarian"
    min_support: int = 1
    add1_start: Add1Start | None = None
    add1_step: str | None = None
    add1_stop: Add1Stop | None = None

    @property
    def id(self) -> str:
        """The method's identifier, which outcomes store."""
        return "equal-shares/1"


@dataclass(frozen=True, slots=True)
class Phragmen:
    """`phragmen/1`: voters earn money at the same pace, and buy a project as soon as its supporters hold its cost."""

    min_support: int = 1

    @property
    def id(self) -> str:
        """The method's identifier, which outcomes store."""
        return "phragmen/1"


@dataclass(frozen=True, slots=True)
class Knapsack:
    """`knapsack/1`: of all sets that the money pays for, the one worth most to the voters together."""

    utility: Utility = "cost"
    min_support: int = 1

    @property
    def id(self) -> str:
        """The method's identifier, which outcomes store."""
        return "knapsack/1"


@dataclass(frozen=True, slots=True)
class TrancheShares:
    """`tranche-shares/1`: equal shares, by a base amount and then so many increments up to what a project can use."""

    increments: int = INCREMENTS
    utility: TrancheUtility = "cost"
    completion: TrancheCompletion = "utilitarian"
    min_support: int = 1

    @property
    def id(self) -> str:
        """The method's identifier, which outcomes store."""
        return "tranche-shares/1"


@dataclass(frozen=True, slots=True)
class Proportional:
    """`proportional/1`: all that enter share the pot by weight, between what they need and what they can use."""

    weight: Weight = "support"
    min_support: int = 1

    @property
    def id(self) -> str:
        """The method's identifier, which outcomes store."""
        return "proportional/1"


@dataclass(frozen=True, slots=True)
class WaterFilling:
    """`water-filling/1`: the amounts of all that enter rise alike, up to what each can use."""

    min_support: int = 1

    @property
    def id(self) -> str:
        """The method's identifier, which outcomes store."""
        return "water-filling/1"


@dataclass(frozen=True, slots=True)
class AverageSplits:
    """`average-splits/1`: each project gets the average of the parts that members give it, within its bounds."""

    min_support: int = 1

    @property
    def id(self) -> str:
        """The method's identifier, which outcomes store."""
        return "average-splits/1"


ApprovalMethod: TypeAlias = Greedy | EqualShares | Phragmen | Knapsack | TrancheShares | Proportional | WaterFilling
"""The methods that read which projects a ballot supports."""

ScoreMethod: TypeAlias = Greedy | EqualShares | Knapsack | TrancheShares | Proportional
"""The methods that read how much a ballot gives to each project."""

AllocationMethod: TypeAlias = ApprovalMethod | AverageSplits

RANKED = "ranked/1"
"""The method that takes the projects in an order while they fit: Schulze's, or that of a majority judgment."""


def parameters_of(method: AllocationMethod) -> Mapping[str, str | int]:
    """What the method is told, by the names that outcomes store.

    >>> parameters_of(EqualShares())
    {'utility': 'cost', 'completion': 'utilitarian', 'min_support': 1}
    """
    told = {field.name: getattr(method, field.name) for field in fields(method)}
    return {name: value for name, value in told.items() if value is not None}
