"""What a method is given: an envelope, what each project asks, and the ballots. Amounts in whole minor units.

Identical ballots are merged when a problem is made, so a method counts distinct ballots with their
number of voters. Empty ballots count as voters: their part of the envelope exists too. What a method
gives back is in `result.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from allocation.errors import ProblemInvalid
from allocation.methods.result import Level, Load, Pick, Purchase, Result, Step, Tie

__all__ = ["Level", "Load", "Pick", "Problem", "Purchase", "Result", "Score", "Step", "Tie"]

Score = int | Fraction
Points = frozenset[tuple[str, Score]]
"""A ballot that gives every project it names a number."""

APPROVAL, POINTS, RANKS = "approval", "points", "ranks"
BALLOTS = (APPROVAL, POINTS, RANKS)
"""What ballots say: which projects, how much for each, or in which order."""


class Merged(Mapping[frozenset[str], int]):
    """Ballots with their voters, merged where they name the same projects; the merging waits until it is asked for.

    `written` holds the distinct ballots as they were written, which is enough for counting.
    """

    def __init__(self, written: Mapping[tuple[str, ...], int]) -> None:
        self.written = written

    @cached_property
    def _merged(self) -> dict[frozenset[str], int]:
        merged: dict[frozenset[str], int] = {}
        for names, voters in self.written.items():
            ballot = frozenset(names)
            merged[ballot] = merged.get(ballot, 0) + voters
        return merged

    def __getitem__(self, ballot: frozenset[str]) -> int:
        return self._merged[ballot]

    def __iter__(self) -> Iterator[frozenset[str]]:
        return iter(self._merged)

    def __len__(self) -> int:
        return len(self._merged)

    def __repr__(self) -> str:
        return repr(self._merged)


@dataclass(frozen=True)
class Problem:
    """An envelope, what each project asks (minor units), and the distinct ballots with their voters.

    `ballots` says which projects each distinct ballot supports; a method of approval reads no more.
    `points`, when there are any, are the same ballots with a number for every project they name, and
    `kind` says where the numbers come from: `points` as they were given, or `ranks` (Borda: the last
    of a ballot's list gets 0, each before it one more).
    `targets` is the most that a project can use, for methods that grant partial amounts; `costs` is
    then the least it needs. Absent: exactly its cost.
    `recused` is how many voters are recused on a project: their ballots do not name it, their purses
    are unchanged, and methods that compare votes compare shares of the voters who are not recused.
    `locked_out` are projects that may not be chosen, whatever the ballots say.
    """

    budget: int
    costs: Mapping[str, int]
    ballots: Mapping[frozenset[str], int]
    points: Mapping[Points, int] = field(default_factory=dict)
    kind: str = APPROVAL
    targets: Mapping[str, int] = field(default_factory=dict)
    recused: Mapping[str, int] = field(default_factory=dict)
    locked_out: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        *,
        budget: int,
        costs: Mapping[str, int],
        ballots: Iterable[Iterable[str]],
        targets: Mapping[str, int] | None = None,
        recused: Mapping[str, int] | None = None,
        locked_out: Iterable[str] = (),
    ) -> Problem:
        """Merge the approval ballots of single voters into a problem.

        >>> Problem.of(budget=9, costs={"a": 5, "b": 4}, ballots=["a", "ab", "a", ""]).support
        {'a': 3, 'b': 1}
        """
        return cls(
            budget=budget,
            costs=dict(costs),
            ballots=Merged(Counter(map(tuple, ballots))),
            targets=dict(targets or {}),
            recused=dict(recused or {}),
            locked_out=frozenset(locked_out),
        )

    @classmethod
    def scored(
        cls,
        *,
        budget: int,
        costs: Mapping[str, int],
        ballots: Iterable[Mapping[str, Score]],
        kind: str = POINTS,
        targets: Mapping[str, int] | None = None,
        recused: Mapping[str, int] | None = None,
        locked_out: Iterable[str] = (),
    ) -> Problem:
        """Merge the ballots of single voters who give points to projects.

        >>> Problem.scored(budget=9, costs={"a": 5, "b": 4}, ballots=[{"a": 2, "b": 0}, {"a": 1}]).total_points
        {'a': 3, 'b': 0}
        """
        points = Counter(frozenset(ballot.items()) for ballot in ballots)
        named: Counter[tuple[str, ...]] = Counter()
        for ballot, voters in points.items():
            named[tuple(sorted(project for project, _ in ballot))] += voters
        return cls(
            budget=budget,
            costs=dict(costs),
            ballots=Merged(named),
            points=dict(points),
            kind=kind,
            targets=dict(targets or {}),
            recused=dict(recused or {}),
            locked_out=frozenset(locked_out),
        )

    @classmethod
    def ranked(cls, *, budget: int, costs: Mapping[str, int], ballots: Iterable[Sequence[str]]) -> Problem:
        """Merge the ballots of single voters who list projects, the best first, into one of Borda points.

        >>> Problem.ranked(budget=9, costs={"a": 5, "b": 4}, ballots=[["b", "a"], ["b"]]).total_points
        {'a': 0, 'b': 1}
        """
        points = ({project: len(ballot) - place for place, project in enumerate(ballot, start=1)} for ballot in ballots)
        return cls.scored(budget=budget, costs=costs, ballots=points, kind=RANKS)

    def __post_init__(self) -> None:
        if self.budget < 0:
            raise ProblemInvalid(why="envelope_negative", budget=self.budget)
        for project, cost in self.costs.items():
            if cost < 0:
                raise ProblemInvalid(why="cost_negative", project=project)
        for project, target in self.targets.items():
            if project not in self.costs or target < self.costs[project]:
                raise ProblemInvalid(why="target_below_cost", project=project)
        unknown = {*self.recused, *self.locked_out}.difference(self.costs)
        try:
            _ = self.index
        except KeyError:
            unknown |= {project for ballot in self.written for project in ballot}.difference(self.costs)
        if unknown:
            raise ProblemInvalid(why="project_unknown", project=min(unknown))
        for project, recused in self.recused.items():
            if not 0 <= recused <= self.voters - self.support[project]:
                raise ProblemInvalid(why="recused_support", project=project)

    @property
    def written(self) -> Mapping[tuple[str, ...], int] | Mapping[frozenset[str], int]:
        """Distinct ballots with their voters; some may name the same projects in another order."""
        return self.ballots.written if isinstance(self.ballots, Merged) else self.ballots

    @cached_property
    def voters(self) -> int:
        """How many voters there are, those with an empty ballot included."""
        return sum(self.written.values())

    @cached_property
    def index(self) -> dict[str, tuple[list[int], list[int]]]:
        """For every project the places of the written ballots that name it: those of one voter, and of several."""
        singles: dict[str, list[int]] = {project: [] for project in self.costs}
        several: dict[str, list[int]] = {project: [] for project in self.costs}
        for place, (ballot, voters) in enumerate(self.written.items()):
            lists = singles if voters == 1 else several
            for project in ballot:
                lists[project].append(place)
        return {project: (_once(singles[project]), _once(several[project])) for project in self.costs}

    @cached_property
    def support(self) -> dict[str, int]:
        """The number of voters whose ballots name a project, in the order of the projects."""
        voters_of = list(self.written.values())
        return {
            project: len(singles) + sum(map(voters_of.__getitem__, several))
            for project, (singles, several) in self.index.items()
        }

    @cached_property
    def total_points(self) -> dict[str, Score]:
        """The sum of the points given to every project, in the order of the projects."""
        sums: dict[str, Score] = dict.fromkeys(self.costs, 0)
        for ballot, voters in self.points.items():
            for project, given in ballot:
                sums[project] += given * voters
        return sums

    def target(self, project: str) -> int:
        """The most that the project can use."""
        return self.targets.get(project, self.costs[project])

    def entitled(self, project: str) -> int:
        """How many voters may express themselves on the project: all but the recused."""
        return self.voters - self.recused.get(project, 0)

    def eligible(self, min_support: int) -> list[str]:
        """The projects with at least this many supporters that are not locked out, in the order of the projects."""
        return [
            project
            for project, supporters in self.support.items()
            if supporters >= min_support and project not in self.locked_out
        ]


def _once(places: list[int]) -> list[int]:
    """The places without those that a ballot gave twice."""
    return places if len(set(places)) == len(places) else list(dict.fromkeys(places))
