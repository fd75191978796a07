"""An evening up to its decision, built for tests: closed ballots before and after the debate, scenarios, an adoption.

The meeting is rows written directly, as `committees` does; papers are cast, and what is tried goes through services.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from allocation.deciding.decisions import Otherwise, decide, subject_of
from allocation.deciding.scenarios import compute_scenarios
from allocation.models import (
    Application,
    Argument,
    Attendance,
    Call,
    Debate,
    Decision,
    Meeting,
    Position,
    Proxy,
    Recusal,
    Scenario,
    Synthesis,
    Vote,
)
from allocation.voting.votes import Voice, VoteDraft, add_vote, cast_paper, close_vote, new_receipt
from fund.models import Fund
from fund.services.actors import Actor
from fund.services.awards import Letter, notify_awards, record_decision
from tests.committees import CONVENED, EVENING, PEOPLE, a_call_to_decide, at

RULES = {
    "debate_first": True,
    "ballot": {"majority": "1/2", "of": "cast", "tie": "rejected"},
    "quorum": {
        "electorate": 7,
        "recused": 0,
        "present": 6,
        "represented": 1,
        "recused_present": 0,
        "needed": 4,
        "reached": True,
        "ruled": True,
        "second": False,
        "counts_recused": False,
        "counts_proxies": True,
    },
}
CHARTER = {"version": 1, "name": "creafonds", "sha256": "0" * 64}

FIRST = {
    "alix": ["P1", "P2"],
    "basile": ["P1"],
    "carmen": ["P1", "P4"],
    "driss": ["P2", "P3"],
    "elsa": ["P4"],
    "farid": ["P3"],
    "garance": ["P1", "P3"],
}
SECOND = {
    "alix": ["P1", "P2", "P3"],
    "basile": ["P1", "P3"],
    "carmen": ["P1", "P3"],
    "driss": ["P2", "P3"],
    "elsa": ["P4", "P3"],
    "farid": ["P3", "P2"],
    "garance": ["P1"],
}
"""What each supports before and after the debate. Elsa gave her vote to Alix; Driss is recused from P1."""

NOTIFIED = date(2026, 6, 3)
RECUSED = {"driss": ["P1"]}
PROXIES = {"elsa": "alix"}


OTHERWISE = Otherwise(
    reason="Le comité veut soutenir une première œuvre.",
    amounts={"P1": 600_000, "P4": 700_000, "P2": 0},
    why={"P1": "Son minimum suffit", "P4": "Première œuvre.", "P2": "Peut attendre."},
)
"""Computed: P3 5,000, P2 4,000, P1 9,000. Decided: P3 5,000, P1 6,000, P4 7,000: the whole envelope again."""


def a_meeting(call: Call, **facts: Any) -> Meeting:
    """The meeting of the evening: five in the room, one at a distance, Elsa represented by Alix."""
    number = call.meetings.count() + 1
    meeting = Meeting.objects.create(
        **{
            "call": call,
            "number": number,
            "reference": f"seance-{number}",
            "convened_on": CONVENED,
            "held_on": EVENING,
            "place": "Salle des fêtes (fictive)",
            "agenda": "Examen des dossiers, votes.",
            "chair": PEOPLE[0],
            "convened_by": "secretary",
            "opened_at": at(18),
            **facts,
        }
    )
    for person in PEOPLE:
        if person not in PROXIES:
            manner = "remote" if person == "garance" else "present"
            Attendance.objects.create(meeting=meeting, person=person, manner=manner, at=at(18))
    for giver, holder in PROXIES.items():
        Proxy.objects.create(meeting=meeting, giver=giver, holder=holder, given_at=at(17))
    return meeting


def a_closed_vote(
    call: Call,
    contents: Mapping[str, Mapping[str, Any]],
    *,
    meeting: Meeting | None = None,
    kind: str = "approval",
    round: int = 0,
    secret: bool = False,
    subject: Mapping[str, Any] | None = None,
    recused: Mapping[str, Sequence[str]] = RECUSED,
    opened: datetime | None = None,
    is_open: bool = False,
    rules: Mapping[str, Any] = RULES,
) -> Vote:
    """A vote with the papers of those who voted, closed unless it is open."""
    number = call.votes.count() + 1
    begins = opened or at(18, 10 * number)
    draft = VoteDraft(
        reference=f"vote-{number}",
        round=round,
        kind=kind,
        question="Quels projets soutenir ?" if round else "Adoptez-vous ce scénario ?",
        subject=subject or {"proposals": list(call.proposals.order_by("code").values_list("code", flat=True))},
        closes=begins + timedelta(minutes=5),
    )
    voices = [Voice(person, PROXIES.get(person, ""), tuple(recused.get(person, ()))) for person in PEOPLE]
    vote = add_vote(call, draft, meeting=meeting, rules=rules, secret=secret, voices=voices, at=begins, by="secretary")
    for person, said in contents.items():
        elector = vote.electors.get(person=person)
        cast_paper(elector, said, by=PROXIES.get(person, person), receipt=new_receipt(), at=begins)
    return vote if is_open else close_vote(vote, at=draft.closes, by="secretary")


def approvals(papers: Mapping[str, list[str]]) -> dict[str, dict[str, Any]]:
    """Papers that support some projects."""
    return {person: {"approved": codes} for person, codes in papers.items()}


def answers(yes: int = 5, no: int = 1, abstain: int = 1) -> dict[str, dict[str, Any]]:
    """So many answers, in the order of the people."""
    said = ["yes"] * yes + ["no"] * no + ["abstain"] * abstain
    return {person: {"answer": answer} for person, answer in zip(PEOPLE, said, strict=False)}


def a_closed_debate(application: Application) -> Debate:
    """A debate that is over, with its synthesis."""
    debate = Debate.objects.create(
        application=application,
        positions_until=at(18, 11),
        closes=at(18, 18),
        opened_at=at(18, 10),
        opened_by="secretary",
        closed_at=at(18, 18),
    )
    Position.objects.create(debate=debate, person="alix", stance="for", reason="Une écriture neuve.", at=at(18, 10))
    Argument.objects.create(
        debate=debate, number=1, reference="a1", person="basile", kind="for", text="Deux coproducteurs.", at=at(18, 12)
    )
    Synthesis.objects.create(
        debate=debate,
        version=1,
        text=f"Le comité est convaincu par {application.draft['title']}.",
        minority="Une voix doute du calendrier.",
        person="alix",
        at=at(18, 17),
    )
    return debate


def a_voted_evening(slug: str = "fonds-test", *, secret: bool = True) -> tuple[Fund, Call]:
    """A committee that voted before and after its debate."""
    fund, call = a_call_to_decide(slug)
    Recusal.objects.create(
        application=call.applications.get(proposal__code="P1"),
        person="driss",
        manner="declared",
        interest="engaged",
        why="Engagé sur la création.",
        on=CONVENED,
    )
    meeting = a_meeting(call)
    for application in call.applications.order_by("number"):
        a_closed_debate(application)
    a_closed_vote(call, approvals(FIRST), meeting=meeting, round=1, secret=secret)
    a_closed_vote(call, approvals(SECOND), meeting=meeting, round=2, secret=secret)
    return fund, call


def some_scenarios(call: Call) -> list[Scenario]:
    return compute_scenarios(call=call, by="secretary", at=at(20))


def an_adoption(
    call: Call, scenario: int = 1, *, otherwise: Otherwise | None = None, papers: Mapping[str, Any] | None = None
) -> Vote:
    """A closed vote by yes or no on a scenario, as it is or with differences."""
    subject = subject_of(call=call, scenario=scenario, otherwise=otherwise)
    return a_closed_vote(
        call,
        answers() if papers is None else papers,
        meeting=call.meetings.last(),
        kind="yes-no",
        subject=subject,
        opened=at(20, 30),
    )


def a_decided_evening(
    slug: str = "fonds-test", *, secret: bool = True, otherwise: Otherwise | None = None
) -> tuple[Fund, Decision]:
    """The evening with its decision on the charter's scenario."""
    fund, call = a_voted_evening(slug, secret=secret)
    some_scenarios(call)
    vote = an_adoption(call, otherwise=otherwise)
    return fund, decide(call=call, vote=vote.number, charter=CHARTER, by="secretary", at=at(21))


def a_recorded_evening(slug: str = "fonds-soir", **changes: Any) -> tuple[Actor, Decision]:
    """The same evening recorded through the fund: its awards are taken up as projects, commitments in the books."""
    fund, call = a_voted_evening(slug)
    some_scenarios(call)
    vote = an_adoption(call, **changes)
    actor = Actor(fund, "secretary")
    return actor, record_decision(actor, call=call.slug, vote=vote.number, at=at(21))


def letters_of(call: Call) -> dict[str, Letter]:
    """A short letter for every project."""
    return {each.code: Letter(f"Réponse {each.code}", f"Décision sur {each.name}.") for each in call.proposals.all()}


def a_notified_evening(slug: str = "fonds-soir", *, on: date = NOTIFIED) -> tuple[Actor, Decision]:
    """The companies are told on a day of June."""
    actor, decision = a_recorded_evening(slug)
    call = decision.call
    notify_awards(actor, call=call.slug, letters=letters_of(call), on=on, at=at(9, on=on))
    return actor, decision
