"""A committee's evening in words: a meeting with who is there, and votes on it, through the services."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from allocation.models import Call, Debate, Elector, Meeting, Recusal, Vote
from allocation.voting.meetings import MeetingDraft
from allocation.voting.votes import VoteDraft, new_receipt
from fund.models import Fund, OutgoingMail
from fund.services.actors import Actor
from fund.services.meetings import arrive, convene_meeting, open_meeting
from fund.services.votes import cast, close_vote, open_vote
from tests.builders import a_charter
from tests.committees import CONVENED, EVENING, FILED_BY, at

AGENDA = "1. Débat sur les dossiers\n2. Vote"
YES_NO = """[charter]
title = "Une charte par oui ou non"
version = "1"
summary = "Oui ou non, voix prépondérante."
currency = "EUR"
legal_form = "association-1901"

[[contributions]]
name = "apport"
formula = "pledged"
"""


def secretary(fund: Fund) -> Actor:
    """Who keeps the minutes."""
    return Actor(fund=fund, by="secretary")


def governed(fund: Fund, governance: str, *, on: date = date(2026, 2, 1)) -> None:
    """Another charter from a day on, whose committee decides like this."""
    text = f'{YES_NO}\n[governance]\n{governance}\nsource = "made-up"\n'
    a_charter(Actor(fund=fund, by="T"), text, on=on, name="governed")


def convened(fund: Fund, call: Call, *, chair: str = "alix", held_on: date = EVENING, **changes: Any) -> Meeting:
    """A meeting that was convened in time."""
    draft = MeetingDraft(f"meeting-{held_on}", held_on, "Salle du conseil (fictive)", AGENDA, chair, **changes)
    return convene_meeting(secretary(fund), call, draft, at=at(9, on=CONVENED))


def under_way(fund: Fund, call: Call, *present: str, chair: str = "alix", **changes: Any) -> Meeting:
    """A meeting that began at seven, with these people in the room."""
    meeting = open_meeting(secretary(fund), convened(fund, call, chair=chair, **changes), at=at(19))
    for person in present:
        arrive(secretary(fund), meeting, person, manner="present", at=at(19, 5))
    return meeting


def debated_all(call: Call) -> None:
    """Every application had its debate before the evening."""
    for application in call.applications.all():
        Debate.objects.create(
            application=application,
            opened_at=at(9, on=CONVENED),
            positions_until=at(12, on=CONVENED),
            closes=at(18, on=CONVENED),
            closed_at=at(18, on=CONVENED),
            opened_by="secretary",
        )


def recused(call: Call, person: str, code: str) -> None:
    """Somebody is recused from the application of this proposal."""
    application = call.applications.get(proposal__code=code)
    Recusal.objects.create(application=application, person=person, manner="declared", interest="sponsor", on=FILED_BY)


def a_vote(
    fund: Fund,
    call: Call,
    meeting: Meeting | None = None,
    *,
    kind: str = "approval",
    round: int = 2,
    subject: Mapping[str, Any] | None = None,
    reference: str = "vote-1",
    question: str = "Quels projets soutenir ?",
    closes: datetime | None = None,
    **options: Any,
) -> Vote:
    """A vote that opens at eight and closes at nine."""
    draft = VoteDraft(reference, round, kind, question, subject or {}, closes or at(21))
    return open_vote(secretary(fund), call, draft, at=at(20), meeting=meeting, **options)


def voice(vote: Vote, person: str) -> Elector:
    """The voice of somebody."""
    return vote.electors.get(person=person)


def say(vote: Vote, person: str, said: Mapping[str, Any], *, moment: datetime | None = None) -> str:
    """Somebody's voice is cast by who may cast it; its receipt."""
    elector = voice(vote, person)
    by = elector.holder or person
    return cast(elector, said, by=by, receipt=new_receipt(), at=moment or at(20, 15))


def say_all(vote: Vote, papers: Mapping[str, Mapping[str, Any]], *, moment: datetime | None = None) -> dict[str, str]:
    """Each person's paper is cast; their receipts."""
    return {person: say(vote, person, said, moment=moment) for person, said in papers.items()}


def approve(**supports: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Approval papers, `approve(alix=["P1"])`."""
    return {person: {"approved": list(codes)} for person, codes in supports.items()}


def answers(**said: str) -> dict[str, dict[str, Any]]:
    """Papers of one question, `answers(alix="yes")`."""
    return {person: {"answer": answer} for person, answer in said.items()}


def closed(fund: Fund, vote: Vote, *, moment: datetime | None = None) -> Vote:
    """The vote after its moment."""
    return close_vote(secretary(fund), vote, at=moment or at(21, 1))


def token_of(person: str, *, kind: str = "vote-link") -> str:
    """The secret in the last link that somebody was mailed."""
    mail = OutgoingMail.objects.filter(kind=kind, recipient=f"{person}@example.org").order_by("-pk")[0]
    found = re.search(r"/vote/([A-Za-z0-9_-]{43})", mail.body)
    assert found is not None
    return found[1]
