"""What a method gives back: its steps in their order, the ties it met, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Tie:
    """Projects that a method cannot tell apart, the one taken, and the criterion that decided."""

    candidates: tuple[str, ...]
    chosen: str
    by: str


@dataclass(frozen=True, slots=True)
class Purchase:
    """Supporters pay a project from their own purses.

    `payment` is the most that one supporter pays, an exact number of minor units. `full_payers` pay
    `price` for each unit of their utility, `rest_payers` have less and pay `rest_paid` together.
    `purse` is what every voter held before the first purchase, where it is not the equal part of the envelope.
    """

    project: str
    cost: int
    supporters: int
    left_before: int
    price: Fraction
    payment: Fraction
    full_payers: int
    rest_payers: int
    rest_paid: Fraction
    purse: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """The best placed project that fits takes its cost from what is left.

    `place` counts from one in the order of the method, those that did not fit included.
    """

    project: str
    cost: int
    supporters: int
    left_before: int
    place: int


@dataclass(frozen=True, slots=True)
class Level:
    """A project is given an amount, or one more on top of what earlier steps gave it.

    `cost` is the amount in minor units as it is granted, `exact` the same before it was rounded.
    `tranche` counts the project's levels from one.
    """

    project: str
    cost: int
    supporters: int
    left_before: int
    exact: Fraction
    tranche: int = 1


@dataclass(frozen=True, slots=True)
class Load:
    """Supporters pay a project as soon as the money that all voters receive evenly lets them.

    `load` is what each voter has received by then; each supporter has then spent as much, exactly.
    """

    project: str
    cost: int
    supporters: int
    left_before: int
    load: Fraction


Step = Purchase | Pick | Level | Load


@dataclass(frozen=True, slots=True)
class Result:
    """What a method proposes: the winners in order of selection, and how it came to them."""

    method: str
    parameters: Mapping[str, str | int]
    budget: int
    steps: tuple[Step, ...]
    ties: tuple[Tie, ...]

    @property
    def winners(self) -> tuple[str, ...]:
        """The projects that get something, each once, in the order in which they first got it."""
        return tuple(dict.fromkeys(step.project for step in self.steps))

    @property
    def amounts(self) -> dict[str, int]:
        """What every winner gets in all, in minor units, in the order of the winners."""
        sums = dict.fromkeys(self.winners, 0)
        for step in self.steps:
            sums[step.project] += step.cost
        return sums

    @property
    def spent(self) -> int:
        return sum(step.cost for step in self.steps)

    @property
    def left(self) -> int:
        return self.budget - self.spent

    @property
    def purchases(self) -> tuple[Purchase, ...]:
        return tuple(step for step in self.steps if isinstance(step, Purchase))

    @property
    def picks(self) -> tuple[Pick, ...]:
        return tuple(step for step in self.steps if isinstance(step, Pick))

    @property
    def loads(self) -> tuple[Load, ...]:
        return tuple(step for step in self.steps if isinstance(step, Load))

    @property
    def levels(self) -> tuple[Level, ...]:
        return tuple(step for step in self.steps if isinstance(step, Level))
