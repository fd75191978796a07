"""How much a result hangs on one ballot: the method run again with something left out, each time the same thing else.

What is assumed. Leaving a voter out keeps the envelope as it is: the others share it, as if this voter had not been
called. Leaving a score out keeps the voter, who then says nothing of that one project. A supporter who withdraws says
nothing of that project either, and keeps their part of the envelope. Requests, targets, parameters and the lottery's
seed stay the same. These are reruns, not proofs about ballots that nobody cast.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb

from allocation.methods.auditing.choices import Choice
from allocation.methods.auditing.voices import Election
from allocation.methods.ties import TieRule

VOICE, SCORE = "voice", "score"
RERUNS_LIMIT = 250
"""Groups tried for each winner: all of one and of two supporters out of 21, of three out of 11."""

ASSUMED: Mapping[str, Mapping[str, str]] = {
    VOICE: {
        "fr": "Chaque fois un votant est retiré ; l’enveloppe reste la même et se partage entre les autres.",
        "en": "Each time one voter is taken out; the envelope stays the same and is shared by the others.",
    },
    SCORE: {
        "fr": "Chaque fois un votant ne dit rien d’un projet ; il garde le reste de son bulletin et sa part.",
        "en": "Each time one voter says nothing of one project, and keeps the rest of the ballot and their share.",
    },
}


@dataclass(frozen=True, slots=True)
class Steadiness:
    """One project over all reruns: what it gets, in how many it is funded, and whose absence changes that.

    `flips` are the positions of the voices without which (or without one score of which) a funded project is not
    funded any more, or one that was not is. The amounts are those of the reruns, in minor units.
    """

    project: str
    amount_minor: int
    funded: int
    reruns: int
    flips: tuple[int, ...]
    least_minor: int
    most_minor: int

    @property
    def is_steady(self) -> bool:
        """Whether no rerun changes whether the project is funded."""
        return not self.flips

    def sentence(self, language: str) -> str:
        """`Funded in 14 of 15 cases.`"""
        if language == "fr":
            return f"Financé dans {self.funded} cas sur {self.reruns}."
        return f"Funded in {self.funded} of {self.reruns} cases."


@dataclass(frozen=True, slots=True)
class Robustness:
    """Every project, in the order of the election, over reruns that each leave one thing of a kind out."""

    left_out: str
    reruns: int
    projects: tuple[Steadiness, ...]

    @property
    def unsteady(self) -> tuple[str, ...]:
        """The projects of which one rerun decides otherwise."""
        return tuple(each.project for each in self.projects if not each.is_steady)

    def assumed(self, language: str) -> str:
        """What is left out each time, and what stays."""
        return ASSUMED[self.left_out]["fr" if language == "fr" else "en"]


@dataclass(frozen=True, slots=True)
class Departures:
    """How many of a winner's supporters could withdraw: whichever `could_leave` of them do, it is still funded.

    `breaking` are the positions of a smallest group whose withdrawal leaves the project unfunded; empty when there is
    none, or when `complete` is false: then no more than `could_leave` were tried, for want of reruns.
    """

    project: str
    supporters: int
    could_leave: int
    breaking: tuple[int, ...]
    reruns: int
    complete: bool


def leave_one_voice_out(election: Election, choice: Choice, tie_rule: TieRule) -> Robustness:
    """Run the method once without each voter; refuses as the method does."""
    variants = ((position, election.without_voice(position)) for position in range(len(election.voices)))
    return _over(VOICE, election, variants, choice, tie_rule)


def leave_one_score_out(election: Election, choice: Choice, tie_rule: TieRule) -> Robustness:
    """Run the method once without each score, or support, that a voter gives to a project."""
    variants = (
        (position, election.without_score(position, project))
        for position, voice in enumerate(election.voices)
        for project in voice.heard(election.kind)
    )
    return _over(SCORE, election, variants, choice, tie_rule)


def _over(
    left_out: str, election: Election, variants: Iterable[tuple[int, Election]], choice: Choice, tie_rule: TieRule
) -> Robustness:
    amounts = _amounts(election, choice, tie_rule)
    reruns = [(position, _amounts(variant, choice, tie_rule)) for position, variant in variants]
    projects = []
    for project in election.costs:
        amount, given = amounts.get(project, 0), [run.get(project, 0) for _, run in reruns]
        changed = [position for (position, _), got in zip(reruns, given, strict=True) if bool(got) != bool(amount)]
        projects.append(
            Steadiness(
                project=project,
                amount_minor=amount,
                funded=sum(got > 0 for got in given),
                reruns=len(reruns),
                flips=tuple(dict.fromkeys(changed)),
                least_minor=min(given, default=amount),
                most_minor=max(given, default=amount),
            )
        )
    return Robustness(left_out, len(reruns), tuple(projects))


def departures(
    election: Election, choice: Choice, tie_rule: TieRule, *, reruns: int = RERUNS_LIMIT
) -> tuple[Departures, ...]:
    """For each winner, how many supporters could withdraw, tried with all groups of one, of two, and so on.

    `reruns` limits the groups tried for each winner. It stops at the first size at which a group breaks it.
    """
    winners = [project for project, amount in _amounts(election, choice, tie_rule).items() if amount]
    return tuple(_departures(election, project, choice, tie_rule, reruns) for project in winners)


def _departures(election: Election, project: str, choice: Choice, tie_rule: TieRule, limit: int) -> Departures:
    supporters = [position for position, voice in enumerate(election.voices) if project in voice.heard(election.kind)]
    used = 0
    for size in range(1, len(supporters) + 1):
        if used + comb(len(supporters), size) > limit:
            return Departures(project, len(supporters), size - 1, (), used, complete=False)
        for group in combinations(supporters, size):
            used += 1
            variant = election
            for position in group:
                variant = variant.without_score(position, project)
            if not _amounts(variant, choice, tie_rule).get(project):
                return Departures(project, len(supporters), size - 1, group, used, complete=True)
    return Departures(project, len(supporters), len(supporters), (), used, complete=True)


def _amounts(election: Election, choice: Choice, tie_rule: TieRule) -> dict[str, int]:
    return choice.solve(election.problem(), tie_rule).amounts
