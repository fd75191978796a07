"""The minutes of a call (*procès-verbal*) as facts: who was there, what was said and voted, what was decided and why.

As soon as a vote is closed there is a draft; with the decision the minutes are final, and say no more than was known
when it was taken. Nothing in them comes from a clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from allocation.calls import call_of
from allocation.deciding.outcome_sentences import outcome_sentence
from allocation.errors import CallUnknown
from allocation.methods.method_words import method_name
from allocation.models import Call, Debate, Decision, Meeting, Recusal, Scenario, Vote
from allocation.queries import CallFacts, OutcomeFacts, call_facts, outcome_facts
from allocation.voting.records import meeting_record, shift_between, verdict_of, vote_record
from fund.charter.faults import Language
from fund.models import Access, Fund, User
from fund.queries.identities import FundIdentity, fund_identity
from ledger.money import Amount, unit_of


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody at a meeting: their name, in which capacity, whether at a distance, and when they left."""

    name: str
    capacity: str
    remote: bool
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting: its convocation, who was there, who was represented by whom, who was missing."""

    number: int
    convened_on: date
    convened_by: str
    held_on: date
    notice_days: int
    place: str
    agenda: str
    chair: str
    emergency: str
    second_of: int | None
    lacked_quorum: bool
    present: tuple[Present, ...]
    represented: tuple[tuple[str, str], ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecusalFacts:
    """Somebody had no part in a project, by declaration or by rule, and why."""

    name: str
    project: str
    manner: str
    interest: str
    why: str


@dataclass(frozen=True, slots=True)
class CountLine:
    """What one project had in a vote: its supporters and points, of how many who could speak of it."""

    project: str
    supporters: int
    points: int
    entitled: int


@dataclass(frozen=True, slots=True)
class VoteFacts:
    """A closed vote: the question, how it was put, to whom, with which quorum, and what came out.

    `verdict` is empty where the vote chooses between projects, `lines` where it is one question. `quorum` holds the
    figures that were frozen when it opened.
    """

    number: int
    round: int
    kind: str
    question: str
    secret: bool
    meeting: int | None
    electorate: tuple[str, ...]
    held: tuple[tuple[str, str], ...]
    silent: tuple[tuple[str, str], ...]
    cast: int
    quorum: Mapping[str, Any]
    ballot: Mapping[str, Any]
    lines: tuple[CountLine, ...]
    verdict: Mapping[str, Any]
    casting: str
    scenario: int | None
    otherwise: bool
    objections: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class DebateFacts:
    """What the debate on a project came to, and what a minority holds."""

    project: str
    synthesis: str
    minority: str
    positions: Mapping[str, int]
    arguments: int


@dataclass(frozen=True, slots=True)
class ScenarioFacts:
    """What one method made of the papers."""

    number: int
    name: str
    amounts: Mapping[str, Amount]
    spent: Amount
    left: Amount
    left_with_nothing: int
    adopted: bool


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """What became of one project: asked, computed, decided, and the reason in a sentence."""

    code: str
    name: str
    asked: Amount
    minimum: Amount | None
    computed: Amount
    decided: Amount
    reason: str


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """Everything that the minutes say; without a decision they are a draft, and `projects` is empty."""

    fund: FundIdentity
    call: CallFacts
    is_final: bool
    charter: Mapping[str, Any]
    meetings: tuple[MeetingFacts, ...]
    recusals: tuple[RecusalFacts, ...]
    debates: tuple[DebateFacts, ...]
    votes: tuple[VoteFacts, ...]
    shift: Mapping[str, Any]
    scenarios: tuple[ScenarioFacts, ...]
    outcome: OutcomeFacts | None
    projects: tuple[ProjectLine, ...]
    dissents: tuple[tuple[str, str], ...]
    ties: tuple[Mapping[str, Any], ...]
    names: Mapping[str, str]
    decided_on: date | None
    decided_by: str
    record_sha256: str
    drawn_on: date


def minutes_of(fund: Fund, slug: str, language: Language) -> MinutesFacts | None:
    """The minutes of a call; None when there is no such call, or while no vote of it is closed."""
    try:
        call = call_of(fund.slug, slug)
    except CallUnknown:
        return None
    decision = Decision.objects.select_related("scenario", "vote", "outcome").filter(call=call).first()
    closed = [vote for vote in call.votes.select_related("meeting").order_by("number") if vote.closed_at is not None]
    votes = [vote for vote in closed if decision is None or vote.number <= decision.vote.number]
    if not votes:
        return None
    until = decision.decided_at if decision else max(vote.closed_at for vote in votes if vote.closed_at)
    people = _People(fund)
    outcome = outcome_facts(fund.slug, slug) if decision else None
    rounds = [vote_record(vote) for vote in votes if vote.round]
    facts = call_facts(fund.slug, slug)
    return MinutesFacts(
        fund=fund_identity(fund),
        call=facts,
        is_final=decision is not None,
        charter=dict(decision.outcome.result["charter"] if decision else votes[-1].rules.get("charter", {})),
        meetings=tuple(_meeting(each, people, until) for each in _meetings(call, until)),
        recusals=tuple(_recusals(call, people, until)),
        debates=tuple(_debates(call, until)),
        votes=tuple(_vote(each, people) for each in votes),
        shift=shift_between(rounds[0], rounds[-1]) if len(rounds) > 1 else {},
        scenarios=tuple(_scenarios(call, decision, until, language)),
        outcome=outcome,
        projects=_projects(outcome, decision, language) if outcome and decision else (),
        dissents=tuple(
            (people.name(each.person), each.text)
            for each in sorted(call.dissents.all(), key=lambda each: each.person)
            if decision is None or each.at <= until
        ),
        ties=outcome.ties if outcome else (),
        names={each.code: each.name for each in facts.proposals},
        decided_on=timezone.localdate(decision.decided_at) if decision else None,
        decided_by=people.name(decision.decided_by) if decision else "",
        record_sha256=decision.record_sha256 if decision else "",
        drawn_on=timezone.localdate(until),
    )


class _People:
    """How the people of a committee are called, and in which capacity they sit, by their codes."""

    def __init__(self, fund: Fund) -> None:
        self.fund = fund
        rows = Access.objects.select_related("user", "party").filter(fund=fund, role=Access.Role.COMMITTEE)
        self.capacities = {
            row.user.get_username(): row.party.name if row.party else ""
            for row in rows.order_by("user__username", "pk")
        }
        self.terms = [(row.user.get_username(), row.since, row.until) for row in rows]
        self.names = {
            user.get_username(): user.get_full_name() or user.get_username()
            for user in User.objects.filter(accesses__fund=fund).distinct()
        }

    def name(self, code: str) -> str:
        return self.names.get(code, code)

    def on(self, day: date) -> list[str]:
        """Who sits on the committee on a day, in the order of the codes."""
        return sorted({code for code, since, until in self.terms if since <= day and (until is None or until >= day)})


def _meetings(call: Call, until: datetime) -> Iterable[Meeting]:
    """The meetings that took place by then, and the ones that only found that they lacked their quorum."""
    for meeting in call.meetings.select_related("second_of").order_by("number"):
        if meeting.held_on <= timezone.localdate(until):
            yield meeting


def _meeting(meeting: Meeting, people: _People, until: datetime) -> MeetingFacts:
    record = meeting_record(meeting, until)
    there = {each["person"]: each for each in record["attendances"]}
    lent = [
        (each["giver"], each["holder"])
        for each in record["proxies"]
        if not each["revoked_at"] and each["giver"] not in there
    ]
    missing = [code for code in people.on(meeting.held_on) if code not in there and code not in dict(lent)]
    return MeetingFacts(
        number=meeting.number,
        convened_on=meeting.convened_on,
        convened_by=people.name(meeting.convened_by),
        held_on=meeting.held_on,
        notice_days=(meeting.held_on - meeting.convened_on).days,
        place=meeting.place,
        agenda=meeting.agenda,
        chair=people.name(meeting.chair),
        emergency=meeting.emergency,
        second_of=record["second_of"],
        lacked_quorum=meeting.lacked_quorum,
        present=tuple(
            Present(
                people.name(code),
                people.capacities.get(code, ""),
                each["manner"] == "remote",
                datetime.fromisoformat(each["left_at"]) if each["left_at"] else None,
            )
            for code, each in there.items()
        ),
        represented=tuple((people.name(giver), people.name(holder)) for giver, holder in lent),
        absent=tuple(people.name(code) for code in missing),
    )


def _recusals(call: Call, people: _People, until: datetime) -> Iterable[RecusalFacts]:
    rows = Recusal.objects.select_related("application__proposal").filter(
        application__call=call, on__lte=timezone.localdate(until)
    )
    for row in sorted(rows, key=lambda row: (row.application.number, row.person)):
        proposal = row.application.proposal
        if proposal is not None:
            yield RecusalFacts(people.name(row.person), proposal.name, row.manner, row.interest, row.why)


def _debates(call: Call, until: datetime) -> Iterable[DebateFacts]:
    rows = Debate.objects.select_related("application__proposal").filter(
        application__call=call, opened_at__lte=until, application__proposal__isnull=False
    )
    for debate in rows.order_by("application__number"):
        said = [each for each in debate.syntheses.order_by("version") if each.at <= until]
        positions: dict[str, int] = {}
        for position in debate.positions.all():
            if debate.positions_until <= until:
                positions[position.stance] = positions.get(position.stance, 0) + 1
        yield DebateFacts(
            project=debate.application.proposal.name,  # type: ignore[union-attr]
            synthesis=said[-1].text if said else "",
            minority=said[-1].minority if said else "",
            positions=positions,
            arguments=sum(each.at <= until for each in debate.arguments.all()),
        )


def _vote(vote: Vote, people: _People) -> VoteFacts:
    record = vote_record(vote)
    asked_once = set(record["count"]) == {"yes", "no", "abstentions"}
    voted = [each for each in record["electorate"] if each["has_voted"]]
    names = dict(vote.call.proposals.values_list("code", "name"))
    codes = [] if asked_once else sorted(vote.subject.get("proposals") or record["count"])
    nothing = {"supporters": 0, "points": 0}
    return VoteFacts(
        number=vote.number,
        round=vote.round,
        kind=vote.kind,
        question=vote.question,
        secret=vote.secret,
        meeting=record["meeting"],
        electorate=tuple(people.name(each["person"]) for each in record["electorate"]),
        held=tuple(
            (people.name(each["person"]), people.name(each["holder"]))
            for each in record["electorate"]
            if each["holder"]
        ),
        silent=tuple(
            (people.name(code), str(why)) for code, why in sorted(dict(vote.rules.get("not_voting", {})).items())
        ),
        cast=len(voted),
        quorum=vote.rules.get("quorum") or {},
        ballot=vote.rules.get("ballot") or {},
        lines=tuple(
            CountLine(
                names.get(code, code),
                record["count"].get(code, nothing)["supporters"],
                record["count"].get(code, nothing)["points"],
                sum(code not in each["recused"] for each in voted),
            )
            for code in codes
        ),
        verdict=verdict_of(vote) if asked_once else {},
        casting=vote.casting,
        scenario=vote.subject.get("scenario"),
        otherwise=bool(vote.subject.get("otherwise")),
        objections=tuple({**each, "person": people.name(each["person"])} for each in record["objections"]),
    )


def _scenarios(call: Call, decision: Decision | None, until: datetime, language: Language) -> Iterable[ScenarioFacts]:
    for scenario in call.scenarios.order_by("number"):
        if decision is not None and scenario.made_at > until:
            continue
        yield scenario_facts(scenario, language, adopted=decision is not None and decision.scenario_id == scenario.pk)


def scenario_facts(scenario: Scenario, language: Language, *, adopted: bool = False) -> ScenarioFacts:
    """One scenario in figures."""
    result, unit = json.loads(scenario.result), unit_of(scenario.call.currency)
    return ScenarioFacts(
        number=scenario.number,
        name=method_name(scenario.method, scenario.parameters, language, amounts=result["amounts_granted"]),
        amounts={code: Amount(result["amounts"][code], unit) for code in result["winners"]},
        spent=Amount(result["spent_minor"], unit),
        left=Amount(result["left_minor"], unit),
        left_with_nothing=result["left_with_nothing"],
        adopted=adopted,
    )


def _projects(outcome: OutcomeFacts, decision: Decision, language: Language) -> tuple[ProjectLine, ...]:
    computed = decision.outcome.result["computed"]["amounts"]
    names = {project.code: project.name for project in outcome.projects}
    return tuple(
        ProjectLine(
            project.code,
            project.name,
            project.cost,
            project.minimum,
            Amount(computed.get(project.code, 0), project.cost.unit),
            project.awarded,
            outcome_sentence(project, language, names=names),
        )
        for project in outcome.projects
    )
