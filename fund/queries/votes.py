"""Votes as pages show them: what is asked, how many voted, and only once they are closed what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allocation.calls import call_of
from allocation.errors import CallUnknown
from allocation.models import Call, Elector, Objection, Vote
from allocation.voting.papers import Question
from allocation.voting.results import VoteResult, vote_result
from allocation.voting.votes import CastPaper, closed_papers, question_of, turnout, voices_of
from fund.models import Fund, User

LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True, slots=True)
class VoteLine:
    """One vote in a list; `state` is `open`, `over` (its moment passed, nobody closed it) or `closed`."""

    number: int
    question: str
    kind: str
    round: int
    state: str
    closes: datetime
    cast: int
    voices: int


@dataclass(frozen=True, slots=True)
class VoteFacts:
    """A vote with the rules that were frozen with it; `result` once it is closed.

    `names` are those of people and of proposals, by their codes.
    """

    line: VoteLine
    row: Vote
    rules: Mapping[str, Any]
    names: Mapping[str, str]
    proposals: tuple[str, ...]
    objections: tuple[Objection, ...]
    result: VoteResult | None


@dataclass(frozen=True, slots=True)
class BallotVoice:
    """A voice that somebody casts: whose it is (empty: their own), what it is asked, and what it is silent on."""

    elector: Elector
    lent_by: str
    question: Question
    silent: tuple[str, ...]

    @property
    def is_cast(self) -> bool:
        """Whether nothing is left to do with it."""
        return self.elector.has_voted


def call_in(fund: Fund, slug: str) -> Call | None:
    """The fund's call of this slug."""
    try:
        return call_of(fund.slug, slug)
    except CallUnknown:
        return None


def vote_in(fund: Fund, slug: str, number: int) -> Vote | None:
    """The vote of this number in a call of the fund."""
    if number > LARGEST_NUMBER:
        return None
    return (
        Vote.objects.select_related("call", "meeting")
        .filter(call__owner=fund.slug, call__slug=slug, number=number)
        .first()
    )


def vote_line(vote: Vote, at: datetime) -> VoteLine:
    """A vote in a list, as it stands at a moment."""
    there = turnout(vote)
    state = "closed" if vote.closed_at else "over" if at >= vote.closes else "open"
    return VoteLine(vote.number, vote.question, vote.kind, vote.round, state, vote.closes, there.cast, there.voices)


def votes_of(call: Call, at: datetime) -> tuple[VoteLine, ...]:
    """Every vote of a call, the last first."""
    return tuple(vote_line(vote, at) for vote in call.votes.order_by("-number"))


def vote_facts(vote: Vote, at: datetime) -> VoteFacts:
    """A vote, with its result once it is closed."""
    closed = vote.closed_at is not None
    return VoteFacts(
        line=vote_line(vote, at),
        row=vote,
        rules=vote.rules,
        names=names_in(vote.call),
        proposals=tuple(vote.subject.get("proposals", ())),
        objections=tuple(vote.objections.order_by("number")),
        result=vote_result(vote) if closed else None,
    )


def names_in(call: Call) -> dict[str, str]:
    """The names of the call's proposals and of people, by their codes; a code without a name names itself."""
    people = User.objects.filter(accesses__fund__slug=call.owner, accesses__role="committee").distinct()
    names = {user.get_username(): user.get_full_name() or user.get_username() for user in people}
    return names | dict(call.proposals.values_list("code", "name"))


def ballot_voices(vote: Vote, person: str, names: Mapping[str, str]) -> tuple[BallotVoice, ...]:
    """The voices that somebody casts in a vote, their own first."""
    return tuple(
        BallotVoice(
            elector=elector,
            lent_by="" if elector.person == person else names.get(elector.person, elector.person),
            question=question_of(vote, elector),
            silent=tuple(elector.recused),
        )
        for elector in voices_of(vote, person)
    )


def papers_shown(vote: Vote) -> tuple[CastPaper, ...]:
    """The papers of a closed vote, by receipt; refuses one that is sealed."""
    return closed_papers(vote)


def objection_in(vote: Vote, number: int) -> Objection | None:
    """The objection of this number in the log of a vote."""
    return vote.objections.filter(number=number).first() if number <= LARGEST_NUMBER else None


def proposals_of(call: Call) -> list[tuple[str, str]]:
    """The code and the name of each proposal that came from an application."""
    return list(call.proposals.filter(application__isnull=False).values_list("code", "name"))
