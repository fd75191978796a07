"""What the fund decides about applications: it admits those that its charter lets in, its members stand for them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction

from allocation.applying import applications
from allocation.applying.admissions import admit_application
from allocation.applying.applications import Signature
from allocation.applying.errors import ApplicationIneligible
from allocation.applying.fit import answer_questions
from allocation.applying.sponsors import sponsor_application, withdraw_sponsorship
from allocation.applying.states import ADMITTED
from allocation.models import Application, ApplicationVersion, FitAnswer, Proposal, Sponsorship
from fund.charter.words.known_words import spoken
from fund.errors import MemberUnknown
from fund.models import Party
from fund.queries.eligibility import closed_gates, members_on
from fund.services.actors import Actor, log, take_turn
from fund.services.interests import apply_rules


@transaction.atomic
def admit(actor: Actor, application: Application, *, signed: Signature, note: str = "") -> Proposal:
    """Admit an application to the vote; one that a gate of the charter keeps out is refused by the gate's name."""
    fund = take_turn(actor.fund)
    application = Application.objects.select_related("call").get(pk=application.pk, call__owner=fund.slug)
    if application.state == ADMITTED and application.proposal is not None:
        return application.proposal
    shut = closed_gates(fund, application, signed.on)
    if shut:
        names = ", ".join(spoken(verdict.gate.name) for verdict in shut)
        raise ApplicationIneligible(number=application.number, gates=names)
    proposal = admit_application(application=application, signed=signed, note=note)
    log(actor, on=signed.on, kind="application-admitted", reference=proposal.code, number=application.number)
    apply_rules(application.call, on=signed.on)
    return proposal


@transaction.atomic
def file_application(actor: Actor, application: Application, *, signed: Signature, seen: str) -> ApplicationVersion:
    """File an application for its company; whoever it names on the committee is recused from it at once."""
    take_turn(actor.fund)
    version = applications.file_application(application=application, signed=signed, seen=seen)
    apply_rules(version.application.call, on=signed.on)
    return version


@transaction.atomic
def sponsor(
    actor: Actor, application: Application, member: Party, *, commits_to: Collection[str], signed: Signature
) -> Sponsorship:
    """A member stands for an application, and whoever speaks for it on the committee is recused from it."""
    _check_member(actor, member, signed)
    row = sponsor_application(application=application, member=member.code, commits_to=commits_to, signed=signed)
    apply_rules(application.call, on=signed.on)
    return row


@transaction.atomic
def withdraw(actor: Actor, application: Application, member: Party, *, signed: Signature) -> Sponsorship:
    """A member stands for an application no more; one that has left the fund may still do so."""
    take_turn(actor.fund)
    return withdraw_sponsorship(application=application, member=member.code, signed=signed)


@transaction.atomic
def answer_as_member(
    actor: Actor,
    application: Application,
    member: Party,
    *,
    answers: Mapping[str, tuple[str, str]],
    signed: Signature,
) -> list[FitAnswer]:
    """A member answers the preliminary questions."""
    _check_member(actor, member, signed)
    return answer_questions(
        application=application, side=FitAnswer.Side.MEMBER, party=member.code, answers=answers, signed=signed
    )


def _check_member(actor: Actor, member: Party, signed: Signature) -> None:
    fund = take_turn(actor.fund)
    if member.code not in members_on(fund, signed.on):
        raise MemberUnknown(member=member.code, fund=fund.name, on=signed.on)
