"""What a method is given and what it gives back: plain values, amounts in whole minor units.

Identical ballots are merged when a problem is made, so a method counts distinct ballots with their
number of voters. Empty ballots count as voters: their part of the envelope exists too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from allocation.errors import ProblemInvalid


@dataclass(frozen=True)
class Problem:
    """An envelope, what each project asks (minor units), and the distinct ballots with their voters."""

    budget: int
    costs: Mapping[str, int]
    ballots: Mapping[frozenset[str], int]

    @classmethod
    def of(cls, *, budget: int, costs: Mapping[str, int], ballots: Iterable[Iterable[str]]) -> Problem:
        """Merge the ballots of single voters into a problem.

        >>> Problem.of(budget=9, costs={"a": 5, "b": 4}, ballots=["a", "ab", "a", ""]).support
        {'a': 3, 'b': 1}
        """
        return cls(budget=budget, costs=dict(costs), ballots=dict(Counter(map(frozenset, ballots))))

    def __post_init__(self) -> None:
        if self.budget < 0:
            raise ProblemInvalid(why="envelope_negative", budget=self.budget)
        negative = [project for project, cost in self.costs.items() if cost < 0]
        if negative:
            raise ProblemInvalid(why="cost_negative", project=negative[0])
        unknown = {project for ballot in self.ballots for project in ballot} - set(self.costs)
        if unknown:
            raise ProblemInvalid(why="project_unknown", project=min(unknown))

    @cached_property
    def voters(self) -> int:
        """How many voters there are, those with an empty ballot included."""
        return sum(self.ballots.values())

    @cached_property
    def support(self) -> dict[str, int]:
        """The number of supporters of every project, in the order of the projects."""
        counts = dict.fromkeys(self.costs, 0)
        for ballot, voters in self.ballots.items():
            for project in ballot:
                counts[project] += voters
        return counts

    def eligible(self, min_support: int) -> list[str]:
        """The projects with at least this many supporters, in the order of the projects."""
        return [project for project, supporters in self.support.items() if supporters >= min_support]


@dataclass(frozen=True, slots=True)
class Tie:
    """Projects that a method cannot tell apart, the one taken, and the criterion that decided."""

    candidates: tuple[str, ...]
    chosen: str
    by: str


@dataclass(frozen=True, slots=True)
class Purchase:
    """Supporters pay a project from their own purses.

    `payment` is the most that one supporter pays, an exact number of minor units; `full_payers` pay it,
    `rest_payers` have less and pay `rest_paid` together. `price` is the payment per unit of utility.
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


Step = Purchase | Pick


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
        return tuple(step.project for step in self.steps)

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
