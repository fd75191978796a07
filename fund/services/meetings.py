"""The committee meets: convened in time, with who is there and by proxy, a quorum, and a second meeting without."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from allocation.models import Attendance, Call, Meeting, Proxy
from allocation.voting import meetings
from allocation.voting.errors import MeetingRefused
from allocation.voting.meetings import MeetingDraft
from fund.charter.governance import Governance, convened_in_time
from fund.models import Fund
from fund.queries.committee_rules import CommitteeRules, committee_rules
from fund.queries.people import committee_of
from fund.queries.quorums import electorate_of, meeting_quorum
from fund.services.actors import Actor, log, take_turn
from fund.services.committee_errors import (
    CommitteeNotRuled,
    EmergencyNotAllowed,
    NoticeTooShort,
    NotOnCommittee,
    SecondMeetingNotRuled,
)
from fund.services.committee_mails import mail_convocation


def rules_on(fund: Fund, on: date) -> CommitteeRules:
    """How the committee decides on a day; refuses a fund whose charter does not say."""
    rules = committee_rules(fund, on)
    if rules is None:
        raise CommitteeNotRuled(on=on)
    return rules


def day_of(at: datetime) -> date:
    """The day of a moment where the fund lives."""
    return timezone.localtime(at).date()


@transaction.atomic
def convene_meeting(actor: Actor, call: Call, draft: MeetingDraft, *, at: datetime) -> Meeting:
    """Convene the committee, with the charter's notice, and mail everybody the agenda.

    A declared emergency shortens the notice where the charter allows it; it says why. The same reference with the
    same contents finds the first.
    """
    take_turn(actor.fund)
    on = day_of(at)
    governance = rules_on(actor.fund, on).governance
    _check_emergency(governance, draft.emergency)
    _check_seat(actor.fund, draft.chair, on)
    if not call.meetings.filter(reference=draft.reference).exists():
        _check_notice(governance, on, draft)
    return _convene(actor, call, draft, at=at)


@transaction.atomic
def convene_second(actor: Actor, first: Meeting, *, reference: str, held_on: date, place: str, at: datetime) -> Meeting:
    """Convene again a meeting that lacked its quorum, on the same agenda; the convocation says that none is needed."""
    take_turn(actor.fund)
    first = meetings.locked(first)
    on = day_of(at)
    governance = rules_on(actor.fund, on).governance
    draft = MeetingDraft(reference, held_on, place, first.agenda, first.chair)
    if not first.lacked_quorum:
        raise MeetingRefused(number=first.number, why="had_quorum")
    if governance.second_meeting is None:
        raise SecondMeetingNotRuled()
    other = Meeting.objects.filter(second_of=first).first()
    if other is not None and other.reference != reference:
        raise MeetingRefused(number=first.number, why="has_second", other=other.number)
    if other is None:
        _check_notice(governance, on, draft, second=True)
    return _convene(actor, first.call, draft, at=at, second_of=first)


def _convene(
    actor: Actor, call: Call, draft: MeetingDraft, *, at: datetime, second_of: Meeting | None = None
) -> Meeting:
    on = day_of(at)
    before = call.meetings.count()
    meeting = meetings.add_meeting(call, draft, on=on, by=actor.by, second_of=second_of)
    if call.meetings.count() == before:
        return meeting
    for person in committee_of(actor.fund, on):
        mail_convocation(actor.fund, meeting, person, at=at)
    _log(actor, meeting, "meeting-convened", at, held_on=meeting.held_on.isoformat())
    return meeting


def _check_notice(governance: Governance, on: date, draft: MeetingDraft, *, second: bool = False) -> None:
    emergency = bool(draft.emergency.strip())
    if not convened_in_time(governance, convened_on=on, meeting_on=draft.held_on, second=second, emergency=emergency):
        after = governance.second_meeting
        needed = after.notice_days if second and after else governance.notice_days or 0
        raise NoticeTooShort(held_on=draft.held_on, days=(draft.held_on - on).days, needed=needed)


def _check_emergency(governance: Governance, reason: str) -> None:
    if reason.strip() and not governance.emergency:
        raise EmergencyNotAllowed()


def _check_seat(fund: Fund, person: str, on: date) -> None:
    if person not in committee_of(fund, on):
        raise NotOnCommittee(person=person, on=on)


@transaction.atomic
def declare_emergency(actor: Actor, meeting: Meeting, *, reason: str, at: datetime) -> Meeting:
    """Say at a meeting why what is to be decided cannot wait for a debate; what was said once stays."""
    row = meetings.locked(meeting)
    if row.emergency == reason:
        return row
    meetings.check_not_over(row)
    _check_emergency(rules_on(actor.fund, day_of(at)).governance, reason)
    if row.emergency:
        raise MeetingRefused(number=row.number, why="emergency_said")
    row.emergency = reason
    meetings.check_draft(replace(_draft_of(row), emergency=reason or "\0"))
    row.save(update_fields=["emergency"])
    _log(actor, row, "meeting-emergency", at)
    return row


def _draft_of(row: Meeting) -> MeetingDraft:
    return MeetingDraft(row.reference, row.held_on, row.place, row.agenda, row.chair, row.emergency)


def open_meeting(actor: Actor, meeting: Meeting, *, at: datetime) -> Meeting:
    """Begin the meeting, on its day or later; its charter is the one of that day."""
    rules_on(actor.fund, day_of(at))
    return meetings.open_meeting(meeting, on=day_of(at), at=at)


def arrive(actor: Actor, meeting: Meeting, person: str, *, manner: str, at: datetime) -> Attendance:
    """Somebody of the committee is at the meeting, in the room or at a distance."""
    _check_seat(actor.fund, person, day_of(at))
    return meetings.arrive(meeting, person, manner=manner, at=at)


def leave(actor: Actor, meeting: Meeting, person: str, *, at: datetime) -> bool:
    """Somebody leaves the meeting; their proxies count no more. Whether they were there."""
    _check_seat(actor.fund, person, day_of(at))
    return meetings.leave(meeting, person, at=at)


@transaction.atomic
def give_proxy(actor: Actor, meeting: Meeting, *, giver: str, holder: str, at: datetime) -> Proxy:
    """Lend a vote for a meeting to somebody of the committee, who holds no more than the charter allows.

    Recusals are by proposal: where one of the two is recused the proxy does not count, and counts for the others.
    """
    on = day_of(at)
    governance = rules_on(actor.fund, on).governance
    people = electorate_of(actor.fund, governance, on=on, chair=meeting.chair)
    for person in (giver, holder):
        if person not in people:
            raise NotOnCommittee(person=person, on=on)
    row = meetings.give_proxy(meeting, giver, holder, most=governance.proxies, at=at)
    _log(actor, meeting, "proxy-given", at, giver=giver, holder=holder)
    return row


@transaction.atomic
def take_back_proxy(actor: Actor, meeting: Meeting, *, giver: str, at: datetime) -> Proxy:
    """Take a proxy back, until the vote opens."""
    row = meetings.take_back_proxy(meeting, giver, at=at)
    _log(actor, meeting, "proxy-taken-back", at, giver=giver, holder=row.holder)
    return row


@transaction.atomic
def close_meeting(actor: Actor, meeting: Meeting, *, at: datetime) -> Meeting:
    """End a meeting that did its work."""
    row = meetings.close_meeting(meeting, at=at)
    _log(actor, row, "meeting-closed", at)
    return row


@transaction.atomic
def close_without_quorum(actor: Actor, meeting: Meeting, *, at: datetime) -> Meeting:
    """End a meeting because its quorum is not there; refused where it is. A second one may then be convened."""
    row = meetings.locked(meeting)
    meetings.check_open(row)
    on = day_of(at)
    figures = meeting_quorum(actor.fund, row, rules_on(actor.fund, on).governance, on=on)
    if figures.reached:
        raise MeetingRefused(number=row.number, why="has_quorum", there=figures.there, needed=figures.needed)
    row = meetings.close_meeting(row, at=at, lacked_quorum=True)
    _log(actor, row, "meeting-without-quorum", at, there=figures.there, needed=figures.needed)
    return row


def _log(actor: Actor, meeting: Meeting, kind: str, at: datetime, **facts: object) -> None:
    reference = f"{meeting.call.slug}:meeting:{meeting.number}"
    log(actor, on=day_of(at), kind=kind, reference=reference, **facts)
