"""What a company does: it begins an application, saves it with holes, adds documents, files it, withdraws it.

Each act is one transaction and happens once: the same act again finds what the first one did. The states and what
is possible in each stand in `application_states.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from allocation.amounts import amount_of
from allocation.applying import documents as files
from allocation.applying.content import FORM, Asked, Reading, fingerprint, read_draft
from allocation.applying.errors import (
    ApplicationIncomplete,
    ApplicationsClosed,
    CallNotOpenYet,
    CallTakesNoApplications,
    CompanyActImpossible,
    DocumentRefused,
    DraftChanged,
    ReasonInvalid,
)
from allocation.applying.states import ACTS, DRAFT, FILED, RETURNED, WITHDRAWN, may
from allocation.applying.typed import as_typed
from allocation.calls import locked
from allocation.models import Application, ApplicationDocument, ApplicationEvent, ApplicationVersion, Call, Outcome
from allocation.prose import INVISIBLE
from ledger.money import unit_of

REFERENCE_LIMIT = 100
TOLD_LIMIT = 5_000


@dataclass(frozen=True, slots=True)
class Signature:
    """Who acts, and at which moment; the day is that of the site's time zone."""

    person: str
    at: datetime

    @property
    def on(self) -> date:
        """The day of the act."""
        return timezone.localdate(self.at)


def asked_by(call: Call) -> Asked:
    """What a call asks and offers, as the reader of contents wants it."""
    return Asked(
        unit=unit_of(call.currency),
        envelopes={each.code: amount_of(each.amount).minor for each in call.envelopes.order_by("code")},
        required_documents={each.code: each.name for each in call.documents.filter(required=True)},
    )


def documents_of(application: Application) -> list[ApplicationDocument]:
    """The documents that an application holds now, without their bytes."""
    return list(application.documents.filter(removed_on=None).defer("content"))


def reading_of(application: Application) -> Reading:
    """The draft as it stands: what was typed, what it says, and what is missing or wrong."""
    kinds = {each.kind for each in documents_of(application)}
    return read_draft(application.draft, asked_by(application.call), kinds)


def reading_of_version(version: ApplicationVersion) -> Reading:
    """A filed version: what it says under what its call asks."""
    kinds = {each["kind"] for each in version.content.get("documents", ())}
    return read_draft(version.content, asked_by(version.application.call), kinds)


def last_day(application: Application) -> date | None:
    """Until when the application may be filed: the call's last day, or the day given when it was returned."""
    until = application.call.applications_until
    if application.state == RETURNED and application.complete_by and until:
        return max(until, application.complete_by)
    return until


def held(application: Application) -> Application:
    """The application as it is now, kept until the transaction ends; the acts of one call take their turn."""
    locked(application.call)
    return Application.objects.select_for_update(of=("self",)).select_related("call").get(pk=application.pk)


def note_event(application: Application, kind: str, signed: Signature, *, told: str = "", note: str = "") -> None:
    """Write down what happened; `told` is for the company, `note` stays inside."""
    ApplicationEvent.objects.create(
        application=application, at=signed.at, by=signed.person, kind=kind, told=told, note=note
    )


def checked_text(text: str, *, least: int = 1) -> str:
    """A text for people, trimmed; refused when it is empty, too long or cannot be kept."""
    kept = text.replace("\r\n", "\n").strip()
    if not least <= len(kept) <= TOLD_LIMIT or INVISIBLE.search(kept):
        raise ReasonInvalid(count=len(kept), limit=TOLD_LIMIT)
    return kept


@transaction.atomic
def start_application(*, call: Call, applicant: str, reference: str, signed: Signature) -> Application:
    """Begin an application of a company; the same reference finds the one that it began."""
    call = locked(call)
    if call.applications_until is None:
        raise CallTakesNoApplications(slug=call.slug)
    # Another company's reference is never found: a reference is a company's own.
    own = sha256(f"{applicant}\n{reference}".encode()).hexdigest()
    found = Application.objects.filter(call=call, reference=own).first()
    if found is not None:
        return found
    if signed.on < call.opens:
        raise CallNotOpenYet(slug=call.slug, opens=call.opens)
    if signed.on > call.applications_until:
        raise ApplicationsClosed(until=call.applications_until, on=signed.on)
    application = Application.objects.create(
        call=call,
        number=call.applications.count() + 1,
        reference=own,
        applicant=applicant,
        opened_by=signed.person,
        opened_on=signed.on,
        draft=as_typed({}),
    )
    note_event(application, "opened", signed)
    return application


@transaction.atomic
def save_draft(*, application: Application, typed: Mapping[str, object], seen: str, signed: Signature) -> Application:
    """Keep what was typed, holes and wrong numbers included.

    `seen` is the fingerprint of the draft that the page showed. When the draft has changed since, nothing is saved:
    the page shows both, and saves again over what it has shown. The same text saved twice is saved once.
    """
    application = held(application)
    given = as_typed(typed)
    stands = as_typed(application.draft)
    _check_may_change(application, signed)
    if given == stands:
        return application
    if seen != fingerprint(stands):
        raise DraftChanged()
    application.draft = dict(given)
    application.save(update_fields=["draft"])
    return application


def _check_may_change(application: Application, signed: Signature) -> None:
    """A draft is written at any time; what was filed changes until its last day."""
    _check_company("save", application)
    if application.state != DRAFT:
        _check_in_time(application, signed)


def _check_company(act: str, application: Application) -> None:
    if not may(act, application.state):
        raise CompanyActImpossible(number=application.number, state=application.state)


def _check_in_time(application: Application, signed: Signature) -> None:
    until = last_day(application)
    if until is None or signed.on > until:
        raise ApplicationsClosed(until=until or application.call.closes, on=signed.on)


@transaction.atomic
def add_document(
    *, application: Application, kind: str, name: str, content: bytes, signed: Signature
) -> ApplicationDocument:
    """Add a file; the same bytes under the same kind are there once."""
    application = held(application)
    shown = files.kept_name(name)
    _check_may_change(application, signed)
    _check_document(application, kind, shown, content)
    digest = sha256(content).hexdigest()
    present = documents_of(application)
    same = next((each for each in present if (each.kind, each.sha256) == (kind, digest)), None)
    if same is not None:
        return same
    if len(present) >= files.MOST:
        raise DocumentRefused(name=shown, why="too_many", limit=files.MOST)
    return application.documents.create(
        kind=kind,
        name=shown,
        media_type=files.media_type(content),
        size=len(content),
        sha256=digest,
        content=content,
        added_on=signed.on,
        added_by=signed.person,
    )


OTHER_DOCUMENT = "other"
"""The kind of a document that the call does not ask for."""


def _check_document(application: Application, kind: str, name: str, content: bytes) -> None:
    if not content:
        raise DocumentRefused(name=name, why="empty")
    if len(content) > files.LARGEST:
        raise DocumentRefused(name=name, why="too_large", limit=files.LARGEST // 2**20)
    asked = set(application.call.documents.values_list("code", flat=True))
    if kind not in asked | {OTHER_DOCUMENT}:
        raise DocumentRefused(name=name, why="kind_unknown")
    if not files.media_type(content):
        raise DocumentRefused(name=name, why="type_unknown")


@transaction.atomic
def remove_document(*, application: Application, document: int, signed: Signature) -> ApplicationDocument:
    """Take a document out; its row and its bytes stay with the versions that were filed with it."""
    application = held(application)
    found = application.documents.filter(pk=document).first()
    if found is None:
        raise DocumentRefused(name=str(document), why="not_held")
    if found.removed_on is not None:
        return found
    _check_may_change(application, signed)
    found.removed_on = signed.on
    found.save(update_fields=["removed_on"])
    return found


def version_content(application: Application) -> dict[str, Any]:
    """What filing freezes: what was typed, and the documents with their fingerprints."""
    return {
        "form": FORM,
        **as_typed(application.draft),
        "documents": [
            {
                "id": each.pk,
                "kind": each.kind,
                "name": each.name,
                "media_type": each.media_type,
                "size": each.size,
                "sha256": each.sha256,
            }
            for each in documents_of(application)
        ],
    }


@transaction.atomic
def file_application(*, application: Application, signed: Signature, seen: str | None = None) -> ApplicationVersion:
    """Freeze the draft as a version, when nothing required is missing and the last day has not passed.

    Filing again before the last day makes a new version; filing what stands filed already finds it. `seen` is the
    fingerprint of what was confirmed: what changed since is not filed unread.
    """
    application = held(application)
    _check_company("file", application)
    content = version_content(application)
    digest = fingerprint(content)
    latest = application.versions.last()
    if application.state == FILED and latest is not None and latest.sha256 == digest:
        return latest
    _check_in_time(application, signed)
    if seen is not None and seen != digest:
        raise DraftChanged()
    missing = reading_of(application).missing
    if missing:
        raise ApplicationIncomplete(number=application.number, count=len(missing))
    version = application.versions.create(
        number=(latest.number if latest else 0) + 1,
        content=content,
        sha256=digest,
        filed_on=signed.on,
        filed_by=signed.person,
    )
    _move(application, "file")
    note_event(application, "filed", signed)
    return version


def _move(application: Application, act: str) -> None:
    target = ACTS[act].target
    assert target is not None, "this act leads somewhere"
    application.state = target
    application.save(update_fields=["state"])


@transaction.atomic
def withdraw_application(*, application: Application, signed: Signature) -> Application:
    """The company takes its application back, for good; an admitted one only before anybody votes on it."""
    application = held(application)
    if application.state == WITHDRAWN:
        return application
    _check_company("withdraw", application)
    _take_proposal_back(application)
    _move(application, "withdraw")
    note_event(application, "withdrawn", signed)
    return application


def _take_proposal_back(application: Application) -> None:
    """A proposal on which nobody has voted leaves with its application."""
    proposal, call = application.proposal, application.call
    if proposal is None:
        return
    if has_voted(call):
        raise CompanyActImpossible(number=application.number, state=application.state)
    application.proposal, application.state = None, WITHDRAWN
    application.save(update_fields=["proposal", "state"])
    proposal.delete()


def has_voted(call: Call) -> bool:
    """Whether ballots on the call's proposals were cast or asked for, or its outcome is published."""
    asked = any("proposals" in (subject or {}) for subject in call.votes.values_list("subject", flat=True))
    return asked or call.ballots.exists() or Outcome.objects.filter(call=call).exists()
