"""What the secretary does with a filed application: returns it, finds it complete, admits it, or says it is not
eligible. `told` is what the company reads; `note` stays inside."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from allocation.amounts import money_of
from allocation.applying.applications import Signature, checked_text, has_voted, held, note_event, reading_of_version
from allocation.applying.content import Content
from allocation.applying.errors import (
    ApplicationIncomplete,
    CompletionDayInvalid,
    SecretaryActImpossible,
    VoteAlreadyOpen,
)
from allocation.applying.states import ACTS, ADMITTED, COMPLETE, INADMISSIBLE, RETURNED, may
from allocation.errors import BallotsAlreadyCast
from allocation.models import Application, ApplicationEvent, Call, Proposal
from ledger.money import Amount, unit_of


@transaction.atomic
def return_application(
    *, application: Application, told: str, until: date, signed: Signature, note: str = ""
) -> Application:
    """Return it to be completed until a day, which may come after the call's last day; `told` says what is asked."""
    application = held(application)
    told, note = checked_text(told), checked_text(note, least=0)
    if not signed.on <= until <= application.call.closes:
        raise CompletionDayInvalid(first=signed.on, last=application.call.closes)
    if application.state == RETURNED and application.complete_by == until and _last_told(application) == told:
        return application
    _check("return", application)
    application.complete_by = until
    return _moved(application, "return", "returned", signed, told=told, note=note)


def _last_told(application: Application) -> str:
    latest = ApplicationEvent.objects.filter(application=application, kind="returned").last()
    return latest.told if latest else ""


@transaction.atomic
def declare_complete(*, application: Application, signed: Signature, note: str = "") -> Application:
    """Nothing is missing: its instruction begins, and the company changes it no more."""
    application = held(application)
    note = checked_text(note, least=0)
    if application.state == COMPLETE:
        return application
    _check("complete", application)
    return _moved(application, "complete", "completed", signed, note=note)


@transaction.atomic
def admit_application(*, application: Application, signed: Signature, note: str = "") -> Proposal:
    """Admit it to the vote: the last filed version becomes a proposal, with its strand, minimum and target.

    Whether it is eligible under the charter is the fund's to say, before it asks for this.
    """
    application = held(application)
    note = checked_text(note, least=0)
    if application.state == ADMITTED and application.proposal is not None:
        return application.proposal
    _check("admit", application)
    _check_no_vote(application.call)
    content = filed_content(application)
    if content.minimum is None or content.target is None or not content.title or not content.strand:
        raise ApplicationIncomplete(number=application.number, count=1)
    unit = unit_of(application.call.currency)
    application.proposal = Proposal.objects.create(
        call=application.call,
        code=proposal_code(application),
        name=content.title,
        lead=application.applicant,
        asked=money_of(Amount(content.target, unit)),
        minimum=money_of(Amount(content.minimum, unit)),
        envelope=application.call.envelopes.get(code=content.strand),
    )
    _moved(application, "admit", "admitted", signed, note=note)
    return application.proposal


def proposal_code(application: Application) -> str:
    """The code of the proposal that an application becomes; the project's, and the books use it."""
    return f"{application.call.slug}-{application.number:03}"


def filed_content(application: Application) -> Content:
    """What the last filed version says; nothing at all before the first."""
    version = application.versions.select_related("application__call").last()
    return reading_of_version(version).content if version else Content()


def _check_no_vote(call: Call) -> None:
    """A proposal joins before anybody votes on proposals: the first ballot is on all of them."""
    if cast := call.ballots.count():
        raise BallotsAlreadyCast(slug=call.slug, count=cast)
    if has_voted(call):
        raise VoteAlreadyOpen(slug=call.slug)


@transaction.atomic
def declare_inadmissible(*, application: Application, told: str, signed: Signature, note: str = "") -> Application:
    """It is not eligible; `told` says why to the company."""
    application = held(application)
    told, note = checked_text(told), checked_text(note, least=0)
    if application.state == INADMISSIBLE:
        return application
    _check("refuse", application)
    return _moved(application, "refuse", "refused", signed, told=told, note=note)


def _check(act: str, application: Application) -> None:
    if not may(act, application.state):
        raise SecretaryActImpossible(number=application.number, state=application.state)


def _moved(
    application: Application, act: str, kind: str, signed: Signature, *, told: str = "", note: str = ""
) -> Application:
    target = ACTS[act].target
    assert target is not None, "each of these acts leads somewhere"
    application.state = target
    application.save(update_fields=["state", "complete_by", "proposal"])
    note_event(application, kind, signed, told=told, note=note)
    return application
