"""What a decision is made of: which body took it, when, by which votes, and where its minutes are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from fund.errors import DecisionInvalid
from fund.models import CharterDecision

LONGEST_REFERENCE = 300
"""Characters of the name of the minutes."""

LONGEST_BASIS = 500
"""Characters of one legal basis: it names a text, it does not copy it."""

MOST_PEOPLE = 1_000_000
"""Members of the largest assembly: more is a slip of the pen, and would not fit the tables."""


@dataclass(frozen=True, slots=True)
class Vote:
    """How many were for it, against it, and neither."""

    votes_for: int
    against: int
    abstained: int


@dataclass(frozen=True, slots=True)
class Consent:
    """Nobody objected, and nobody counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision of the members: `present` counts who was there or represented, `quorum` who had to be.

    `retroactive` is true when the minutes themselves say that the rules apply from an earlier day.
    `legal_bases` answers the questions of the legal form, by their keys.
    """

    held_on: date
    body: str
    how: Vote | Consent
    present: int
    quorum: int
    reference: str
    retroactive: bool = False
    legal_bases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NamedByFiles:
    """A year's files name the charter: it was decided elsewhere, and nothing is known of the votes."""

    held_on: date
    reference: str


Decided: TypeAlias = Decision | NamedByFiles


def check_decision(decision: Decided, *, on: date) -> None:
    """Refuse what decides nothing: no minutes, a day to come, no quorum, more against it than for it."""
    if not decision.reference.strip():
        _refuse("name its minutes", "nommez son procès-verbal")
    if len(decision.reference) > LONGEST_REFERENCE:
        _refuse(
            f"the name of its minutes has more than {LONGEST_REFERENCE} characters",
            f"le nom de son procès-verbal a plus de {LONGEST_REFERENCE} caractères",
        )
    if decision.held_on > on:
        _refuse(f"{decision.held_on} is still to come", f"le {decision.held_on:%d/%m/%Y} est à venir")
    if isinstance(decision, Decision):
        _check_assembly(decision)


def _check_assembly(decision: Decision) -> None:
    present, quorum = decision.present, decision.quorum
    bodies = [body for body in CharterDecision.Body.values if body != CharterDecision.Body.FILES]
    if decision.body not in bodies:
        known = ", ".join(bodies)
        _refuse(f"no body is called “{decision.body[:40]}”, only {known}", f"les organes sont : {known}")
    if not 0 < quorum <= MOST_PEOPLE or not 0 < present <= MOST_PEOPLE:
        _refuse(
            f"quorum and presence are counted from 1 to {MOST_PEOPLE}",
            f"quorum et présents se comptent de 1 à {MOST_PEOPLE}",
        )
    if present < quorum:
        _refuse(
            f"{present} were present or represented, the quorum is {quorum}",
            f"{present} étaient présents ou représentés, le quorum est de {quorum}",
        )
    if any(len(basis) > LONGEST_BASIS for basis in decision.legal_bases.values()):
        _refuse(
            f"a legal basis has at most {LONGEST_BASIS} characters",
            f"un fondement juridique a au plus {LONGEST_BASIS} caractères",
        )
    if isinstance(decision.how, Vote):
        _check_vote(decision.how, present)


def _check_vote(vote: Vote, present: int) -> None:
    cast = (vote.votes_for, vote.against, vote.abstained)
    if min(cast) < 0:
        _refuse("a number of votes is below zero", "un nombre de voix est négatif")
    if sum(cast) > present:
        _refuse(
            f"{sum(cast)} votes were counted, {present} were present or represented",
            f"{sum(cast)} voix sont comptées, {present} étaient présents ou représentés",
        )
    if vote.votes_for <= vote.against:
        _refuse(
            f"{vote.votes_for} for it and {vote.against} against it do not carry it",
            f"{vote.votes_for} pour et {vote.against} contre ne l’emportent pas",
        )


def _refuse(why: str, pourquoi: str) -> None:
    raise DecisionInvalid(why=why, pourquoi=pourquoi)


def as_row(decision: Decided) -> dict[str, Any]:
    """The columns of the decision, without its answers to the legal form."""
    row: dict[str, Any] = {"held_on": decision.held_on, "reference": decision.reference.strip()}
    if isinstance(decision, NamedByFiles):
        return row | {"body": CharterDecision.Body.FILES.value, "manner": CharterDecision.Manner.FILES.value}
    row |= {
        "body": decision.body,
        "present": decision.present,
        "quorum": decision.quorum,
        "retroactive": decision.retroactive,
    }
    if isinstance(decision.how, Consent):
        return row | {"manner": CharterDecision.Manner.CONSENT.value}
    return row | {
        "manner": CharterDecision.Manner.VOTE.value,
        "votes_for": decision.how.votes_for,
        "votes_against": decision.how.against,
        "votes_abstained": decision.how.abstained,
    }
