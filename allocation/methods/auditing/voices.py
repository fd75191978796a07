"""The same ballots voter by voter: who is left out, and whose ballots a finding is about, need them apart.

A position is the place of a voice in the election, from zero; who it belongs to is known to whoever made the list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from allocation.methods.problem import APPROVAL, POINTS, Problem, Score


@dataclass(frozen=True, slots=True)
class Voice:
    """One voter: a number for every project that the ballot names, and the projects on which the voter is recused.

    An approval is the number 1. What the ballot says of a project with a recusal is not heard, nor are no points at
    all: they support nothing.
    """

    ballot: Mapping[str, Score]
    recused: frozenset[str] = frozenset()

    @classmethod
    def naming(cls, projects: Iterable[str], recused: Iterable[str] = ()) -> Voice:
        """The voice of an approval ballot.

        >>> Voice.naming("ab", recused="b").heard()
        {'a': 1}
        """
        return cls(dict.fromkeys(projects, 1), frozenset(recused))

    def heard(self, kind: str = APPROVAL) -> dict[str, Score]:
        """What counts of a ballot of this kind."""
        return {
            project: score
            for project, score in self.ballot.items()
            if project not in self.recused and (score or kind != POINTS)
        }

    def without(self, project: str) -> Voice:
        """The same voter, who says nothing of the project."""
        return replace(self, ballot={name: score for name, score in self.ballot.items() if name != project})


@dataclass(frozen=True)
class Election:
    """An envelope and what each project asks, as in a problem (minor units), with the voters one by one."""

    budget: int
    costs: Mapping[str, int]
    voices: tuple[Voice, ...]
    kind: str = APPROVAL
    targets: Mapping[str, int] = field(default_factory=dict)
    locked_out: frozenset[str] = frozenset()

    def problem(self) -> Problem:
        """The problem that methods are given; refuses what a problem refuses.

        >>> voices = (Voice.naming("ab", recused="a"), Voice.naming("a"))
        >>> problem = Election(9, {"a": 5, "b": 4}, voices).problem()
        >>> problem.support, problem.entitled("a"), problem.voters
        ({'a': 1, 'b': 1}, 1, 2)
        """
        recused = Counter(project for voice in self.voices for project in voice.recused)
        heard = [voice.heard(self.kind) for voice in self.voices]
        if self.kind == APPROVAL:
            return Problem.of(
                budget=self.budget,
                costs=self.costs,
                ballots=heard,
                targets=self.targets,
                recused=recused,
                locked_out=self.locked_out,
            )
        return Problem.scored(
            budget=self.budget,
            costs=self.costs,
            ballots=heard,
            kind=self.kind,
            targets=self.targets,
            recused=recused,
            locked_out=self.locked_out,
        )

    def without_voice(self, position: int) -> Election:
        """The election had this voter not taken part; the envelope stays the same."""
        return replace(self, voices=self.voices[:position] + self.voices[position + 1 :])

    def without_score(self, position: int, project: str) -> Election:
        """The election had this voter said nothing of the project; the voter and their part of the envelope stay."""
        return self.with_voice(position, self.voices[position].without(project))

    def with_voice(self, position: int, voice: Voice) -> Election:
        """The election with another voice in this position."""
        return replace(self, voices=(*self.voices[:position], voice, *self.voices[position + 1 :]))
