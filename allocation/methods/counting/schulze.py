"""Schulze's method: pairwise comparisons, and the strongest chain of them from one project to another.

A link from a to b exists where more voters prefer a to b than b to a; its strength is the number who do (winning
votes). A chain is as strong as its weakest link. a is ahead of b when the strongest chain from a to b is stronger than
the strongest one back (Schulze 2011, doi 10.1007/s00355-010-0475-4). "Ahead" has no circles; projects of which none is
ahead of the other may remain, and are named as ties.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from allocation.methods.counting.approvals import NOBODY
from allocation.methods.counting.ranking import Ranking, heard
from allocation.methods.refusals import BallotsUncountable

Levels = Sequence[Collection[str]]
"""A voter's ranking: the most preferred first; projects of one level are equal, those not named come last, equal."""

Pairs = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class SchulzeTally:
    """The pairwise table, the strengths of the strongest chains, and the order.

    `preferring[a, b]` voters rank a before b, out of the `comparing[a, b]` who may speak of both.
    """

    projects: tuple[str, ...]
    preferring: Pairs
    comparing: Pairs
    strengths: Pairs
    ranking: Ranking

    def ahead(self, one: str, other: str) -> bool:
        """Whether `one` is ahead of `other`."""
        return self.strengths[one, other] > self.strengths[other, one]

    @property
    def winners(self) -> tuple[str, ...]:
        """The projects that no other is ahead of."""
        return self.ranking.first

    @property
    def condorcet_winner(self) -> str | None:
        """The project that more voters prefer than not to each other one, where there is one."""
        for one in self.projects:
            others = [other for other in self.projects if other != one]
            if all(self.preferring[one, other] > self.preferring[other, one] for other in others):
                return one
        return None


def schulze(
    projects: Collection[str],
    ballots: Mapping[str, Levels],
    *,
    recused: Mapping[str, Collection[str]] = NOBODY,
) -> SchulzeTally:
    """Rank the projects; a recused voter compares nothing with the projects that they may not speak of.

    The levels of the order are those of nobody ahead of them, then of nobody ahead of them among the others, and so on.

    >>> schulze("abc", {"1": ["a", "b", "c"], "2": ["b", "c", "a"], "3": ["a", "c"]}).ranking.levels
    (('a',), ('b',), ('c',))
    """
    names = tuple(sorted(projects))
    flat = {voter: [project for level in levels for project in level] for voter, levels in ballots.items()}
    for voter, named in flat.items():
        if twice := {project for project in named if named.count(project) > 1}:
            raise BallotsUncountable(voter=voter, why="ranked_twice", project=min(twice))
    voters_of = {project: set(voters) for project, voters in heard(projects, flat, recused).items()}
    preferring = {(one, other): 0 for one in names for other in names if one != other}
    for voter, levels in ballots.items():
        spoken = [project for project in names if voter in voters_of[project]]
        _compare(preferring, levels, spoken, 1)
    comparing = {(one, other): len(voters_of[one] & voters_of[other]) for one, other in preferring}
    return _tally(names, preferring, comparing)


def weighted(projects: Collection[str], ballots: Iterable[tuple[Levels, int]]) -> SchulzeTally:
    """Rank by distinct rankings with their numbers of voters, nobody recused."""
    names = tuple(sorted(projects))
    preferring = {(one, other): 0 for one in names for other in names if one != other}
    voters = 0
    above = dict.fromkeys(names, 0)
    for levels, times in ballots:
        voters += times
        # Whoever is above the lowest level is preferred to all, less those that are above it too and not behind.
        kept = list(levels) if sum(map(len, levels)) < len(names) else list(levels)[:-1]
        ahead: list[str] = []
        for level in kept:
            for one in level:
                above[one] += times
                for other in ahead:
                    preferring[one, other] -= times
                for other in level:
                    if other != one:
                        preferring[one, other] -= times
            ahead += level
    for one, other in preferring:
        preferring[one, other] += above[one]
    return _tally(names, preferring, dict.fromkeys(preferring, voters))


def _compare(preferring: dict[tuple[str, str], int], levels: Levels, spoken: Sequence[str], times: int) -> None:
    """Count every pair that this ranking tells apart, among the projects its `times` voters speak of."""
    below = set(spoken)
    for level in levels:
        equals = below.intersection(level)
        below -= equals
        for one in equals:
            for other in below:
                preferring[one, other] += times


def _tally(names: tuple[str, ...], preferring: Pairs, comparing: Pairs) -> SchulzeTally:
    strengths = _strongest(names, preferring)
    return SchulzeTally(names, preferring, comparing, strengths, Ranking(_levels(names, strengths)))


def _strongest(names: Sequence[str], preferring: Pairs) -> dict[tuple[str, str], int]:
    """The strength of the strongest chain for every pair, 0 without one (Floyd and Warshall's order of visiting)."""

    def link(one: str, other: str) -> int:
        return 0 if one == other or preferring[one, other] <= preferring[other, one] else preferring[one, other]

    rows = [[link(one, other) for other in names] for one in names]
    for middle, onward in enumerate(rows):
        for one, row in enumerate(rows):
            first = row[middle]
            if first and one != middle:
                rows[one] = [max(strength, min(first, second)) for strength, second in zip(row, onward, strict=True)]
    return {(names[one], names[other]): rows[one][other] for one, other in permutations(range(len(names)), 2)}


def _levels(names: Sequence[str], strengths: Pairs) -> tuple[tuple[str, ...], ...]:
    waiting, levels = list(names), []
    while waiting:
        level = tuple(
            one
            for one in waiting
            if all(strengths[other, one] <= strengths[one, other] for other in waiting if other != one)
        )
        levels.append(level)
        waiting = [project for project in waiting if project not in level]
    return tuple(levels)
