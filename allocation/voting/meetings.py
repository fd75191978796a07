"""Meetings of the committee: who is there, who lent their vote to whom. What needs the charter is the fund's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from allocation.calls import is_text
from allocation.models import Attendance, Call, Meeting, Proxy
from allocation.voting.errors import MeetingRefused, ProxyRefused, VotingReferenceTaken, VotingTextInvalid
from allocation.voting.papers import is_said

AGENDA_LIMIT, PLACE_LIMIT, EMERGENCY_LIMIT, REFERENCE_LIMIT = 4000, 200, 1000, 100


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """A meeting as it is convened; `chair` is the code of who presides, `emergency` its reason or empty."""

    reference: str
    held_on: date
    place: str
    agenda: str
    chair: str
    emergency: str = ""


@transaction.atomic
def add_meeting(call: Call, draft: MeetingDraft, *, on: date, by: str, second_of: Meeting | None = None) -> Meeting:
    """Keep a convocation of `on`; the same reference with the same contents finds the first."""
    Call.objects.select_for_update().get(pk=call.pk)
    held = call.meetings.filter(reference=draft.reference).first()
    if held is not None:
        kept = MeetingDraft(held.reference, held.held_on, held.place, held.agenda, held.chair, held.emergency)
        if kept != draft or held.second_of_id != (second_of.pk if second_of else None):
            raise VotingReferenceTaken(reference=draft.reference, what="meeting")
        return held
    check_draft(draft)
    return Meeting.objects.create(
        call=call,
        number=(call.meetings.aggregate(last=Max("number"))["last"] or 0) + 1,
        reference=draft.reference,
        convened_on=on,
        held_on=draft.held_on,
        place=draft.place,
        agenda=draft.agenda,
        chair=draft.chair,
        emergency=draft.emergency,
        second_of=second_of,
        convened_by=by,
    )


def check_draft(draft: MeetingDraft) -> None:
    """Refuse what no convocation could say."""
    check_reference(draft.reference)
    if not is_said(draft.agenda, AGENDA_LIMIT):
        raise VotingTextInvalid(
            what="The agenda", quoi="L'ordre du jour", limit=AGENDA_LIMIT, count=len(draft.agenda.strip())
        )
    if not is_text(draft.place, PLACE_LIMIT, least=0):
        raise VotingTextInvalid(what="The place", quoi="Le lieu", limit=PLACE_LIMIT, count=len(draft.place))
    if not is_said(draft.emergency, EMERGENCY_LIMIT, least=0):
        raise VotingTextInvalid(
            what="The emergency", quoi="L'urgence", limit=EMERGENCY_LIMIT, count=len(draft.emergency)
        )


def check_reference(reference: str) -> None:
    """Refuse a reference that the tables could not keep."""
    if not is_text(reference, REFERENCE_LIMIT):
        raise VotingTextInvalid(what="The reference", quoi="La référence", limit=REFERENCE_LIMIT, count=len(reference))


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, for one writer at a time; within a transaction."""
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def check_open(meeting: Meeting) -> None:
    """Refuse a meeting that is not open, or over."""
    check_not_over(meeting)
    if meeting.opened_at is None:
        raise MeetingRefused(number=meeting.number, why="not_open")


def check_not_over(meeting: Meeting) -> None:
    """Refuse a meeting that is over."""
    if meeting.closed_at is not None:
        raise MeetingRefused(number=meeting.number, why="over", closed=f"{meeting.closed_at:%Y-%m-%d %H:%M}")


@transaction.atomic
def arrive(meeting: Meeting, person: str, *, manner: str, at: datetime) -> Attendance:
    """Somebody is there, in the room or at a distance; who left may come back, and the manner may change."""
    check_open(locked(meeting))
    kind = Attendance.Manner(manner)
    row, _ = Attendance.objects.update_or_create(
        meeting=meeting,
        person=person,
        defaults={"manner": kind, "left_at": None},
        create_defaults={"manner": kind, "at": at},
    )
    return row


@transaction.atomic
def leave(meeting: Meeting, person: str, *, at: datetime) -> bool:
    """Somebody leaves; whether they were there."""
    check_open(locked(meeting))
    return bool(meeting.attendances.filter(person=person, left_at=None).update(left_at=at))


def present_at(meeting: Meeting) -> frozenset[str]:
    """Who is at the meeting now."""
    return frozenset(meeting.attendances.filter(left_at=None).values_list("person", flat=True))


def proxies_at(meeting: Meeting) -> dict[str, str]:
    """The proxies given for the meeting and not taken back, {who gave it: who holds it}, in the order given."""
    rows = meeting.proxies.filter(revoked_at=None).order_by("given_at", "pk")
    return dict(rows.values_list("giver", "holder"))


@transaction.atomic
def give_proxy(meeting: Meeting, giver: str, holder: str, *, most: int, at: datetime) -> Proxy:
    """Lend a vote at the meeting; a person holds `most` proxies. The same again changes nothing."""
    check_not_over(locked(meeting))
    _check_no_vote(meeting, giver)
    given = proxies_at(meeting)
    if given.get(giver) == holder:
        return meeting.proxies.get(giver=giver, revoked_at=None)
    if giver == holder:
        raise ProxyRefused(giver=giver, why="to_self")
    if giver in given:
        raise ProxyRefused(giver=giver, why="given", holder=given[giver])
    if giver in present_at(meeting):
        raise ProxyRefused(giver=giver, why="giver_present")
    held = list(given.values()).count(holder)
    if held >= most:
        raise ProxyRefused(giver=giver, why="too_many", holder=holder, held=held, limit=most)
    return Proxy.objects.create(meeting=meeting, giver=giver, holder=holder, given_at=at)


@transaction.atomic
def take_back_proxy(meeting: Meeting, giver: str, *, at: datetime) -> Proxy:
    """Take a proxy back, until a vote opens."""
    check_not_over(locked(meeting))
    _check_no_vote(meeting, giver)
    row = meeting.proxies.filter(giver=giver, revoked_at=None).first()
    if row is None:
        raise ProxyRefused(giver=giver, why="none")
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    return row


def _check_no_vote(meeting: Meeting, giver: str) -> None:
    vote = meeting.votes.filter(closed_at=None).first()
    if vote is not None:
        raise ProxyRefused(giver=giver, why="vote_open", vote=vote.number)


@transaction.atomic
def open_meeting(meeting: Meeting, *, on: date, at: datetime) -> Meeting:
    """The meeting begins, on the day for which it was convened or later; once begun it stays so."""
    row = locked(meeting)
    check_not_over(row)
    if on < row.held_on:
        raise MeetingRefused(number=row.number, why="not_yet", held=row.held_on.isoformat(), on=on.isoformat())
    if row.opened_at is None:
        row.opened_at = at
        row.save(update_fields=["opened_at"])
    return row


@transaction.atomic
def close_meeting(meeting: Meeting, *, at: datetime, lacked_quorum: bool = False) -> Meeting:
    """The meeting ends."""
    row = locked(meeting)
    check_open(row)
    if row.opened_at is not None and at < row.opened_at:
        raise MeetingRefused(number=row.number, why="before_opening", opened=f"{row.opened_at:%H:%M}", at=f"{at:%H:%M}")
    row.closed_at, row.lacked_quorum = at, lacked_quorum
    row.save(update_fields=["closed_at", "lacked_quorum"])
    return row
