"""An order with its ties: projects from the first place down, those of one level not told apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from allocation.methods.refusals import BallotsUncountable


@dataclass(frozen=True, slots=True)
class Ranking:
    """Levels from the first place down; within a level projects stand by identifier, which decides nothing."""

    levels: tuple[tuple[str, ...], ...]

    @classmethod
    def by(cls, keys: Mapping[str, Any], *, last: Iterable[str] = ()) -> Ranking:
        """The larger key first; projects of equal keys share a level, and those in `last` share the lowest.

        >>> Ranking.by({"a": 1, "b": 2, "c": 1}, last=["d"]).levels
        (('b',), ('a', 'c'), ('d',))
        """
        levels: dict[Any, list[str]] = {}
        for project in sorted(keys):
            levels.setdefault(keys[project], []).append(project)
        ranked = [tuple(levels[key]) for key in sorted(levels, reverse=True)]
        lowest = tuple(sorted(last))
        return cls((*ranked, lowest) if lowest else tuple(ranked))

    @property
    def first(self) -> tuple[str, ...]:
        """The projects of the first place; none when there are no projects."""
        return self.levels[0] if self.levels else ()

    @property
    def ties(self) -> tuple[tuple[str, ...], ...]:
        """The levels that hold several projects."""
        return tuple(level for level in self.levels if len(level) > 1)

    @property
    def places(self) -> dict[str, int]:
        """The place of every project, counted from one; tied projects share one, as in sports."""
        found: dict[str, int] = {}
        ahead = 0
        for level in self.levels:
            found.update(dict.fromkeys(level, ahead + 1))
            ahead += len(level)
        return found


def heard(
    projects: Collection[str],
    ballots: Mapping[str, Collection[str]],
    recused: Mapping[str, Collection[str]],
) -> dict[str, list[str]]:
    """The voters who could speak of each project, in the order of the ballots; an unknown project is refused."""
    known = set(projects)
    for voter, named in ballots.items():
        if unknown := set(named) - known:
            raise BallotsUncountable(voter=voter, why="project_unknown", project=min(unknown))
    return {project: [voter for voter in ballots if project not in recused.get(voter, ())] for project in sorted(known)}
