"""The log of objections of a vote by consent: each is raised with its reason, and answered once, with another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from allocation.models import Objection, Vote
from allocation.voting.errors import ObjectionRefused, VotingReferenceTaken, VotingTextInvalid
from allocation.voting.meetings import check_reference
from allocation.voting.papers import REASON_LIMIT, is_said


@dataclass(frozen=True, slots=True)
class Resolution:
    """How an objection ends: `integrated`, `withdrawn` or `not-valid`, and why."""

    state: str
    why: str


@transaction.atomic
def raise_objection(vote: Vote, *, reference: str, person: str, text: str, at: datetime) -> Objection:
    """Say an objection, by name and to everybody, while the vote is open; the same again finds the first."""
    row = Vote.objects.select_for_update(of=("self",)).get(pk=vote.pk)
    held = row.objections.filter(reference=reference).first()
    if held is not None:
        if (held.person, held.text) != (person, text):
            raise VotingReferenceTaken(reference=reference, what="objection")
        return held
    check_reference(reference)
    if row.kind != Vote.Kind.CONSENT:
        raise ObjectionRefused(why="not_consent", number=row.number)
    if row.closed_at is not None or at >= row.closes:
        raise ObjectionRefused(why="closed", number=row.number)
    if not row.electors.filter(person=person).exists():
        raise ObjectionRefused(why="no_voice", person=person, number=row.number)
    _check_reason(text, "The objection", "L'objection")
    return Objection.objects.create(
        vote=row, number=row.objections.count() + 1, reference=reference, person=person, text=text, at=at
    )


@transaction.atomic
def resolve_objection(objection: Objection, resolution: Resolution, *, by: str, at: datetime) -> Objection:
    """Answer an objection: the proposal takes it in, its author withdraws it, or it is declared not valid, with why.

    One that came out of a secret paper has no author here: whoever keeps the minutes records that it is withdrawn.
    """
    row = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    if (row.state, row.resolution, row.resolved_by) == (resolution.state, resolution.why, by):
        return row
    if row.state != Objection.State.RAISED:
        raise ObjectionRefused(why="resolved", state=row.state)
    if resolution.state not in Objection.State.values or resolution.state == Objection.State.RAISED:
        raise ObjectionRefused(why="state_unknown", state=resolution.state)
    if resolution.state == Objection.State.WITHDRAWN and row.person not in ("", by):
        raise ObjectionRefused(why="not_author", person=row.person)
    if resolution.state == Objection.State.NOT_VALID and row.person == by:
        raise ObjectionRefused(why="own")
    _check_reason(resolution.why, "The reason", "Le motif")
    row.state, row.resolution, row.resolved_by, row.resolved_at = resolution.state, resolution.why, by, at
    row.save(update_fields=["state", "resolution", "resolved_by", "resolved_at"])
    return row


def _check_reason(text: str, what: str, quoi: str) -> None:
    if not is_said(text, REASON_LIMIT):
        raise VotingTextInvalid(what=what, quoi=quoi, limit=REASON_LIMIT, count=len(text.strip()))
