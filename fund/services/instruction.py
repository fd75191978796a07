"""Instruction as acts of the fund: rapporteurs are drawn or named, told, and released; members report and score."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from allocation.calls import locked
from allocation.instructing import instruction
from allocation.instructing.assigning import assign_evenly
from allocation.instructing.errors import AssignmentImpossible
from allocation.instructing.instruction import Given
from allocation.instructing.interests import listed_rows
from allocation.models import Application, Assignment, Call, Report, Score
from fund.models import Fund
from fund.queries.interests import title_of
from fund.queries.people import committee_of
from fund.services.actors import Actor, log, take_turn
from fund.services.committee_errors import NotOnCommittee
from fund.services.foreign_calls import check_call_of
from fund.services.interests import apply_rules
from fund.services.mail import write_mail
from ledger.money import Amount


@transaction.atomic
def assign_rapporteurs_evenly(
    actor: Actor, call: Call, *, wanted: int, most: int | None = None, on: date, at: datetime
) -> tuple[Assignment, ...]:
    """Give every application in instruction `wanted` rapporteurs, loads as even as recusals allow; the new tasks.

    Nobody chooses: the call's committed seed settles what is level. Where everybody is assigned already nothing is
    done. `most` bounds what one person reads. Raises AssignmentImpossible with its figures.
    """
    fund = take_turn(actor.fund)
    check_call_of(fund, call)
    call = locked(call)
    apply_rules(call, on=on)
    readings = instruction.readings_of(call, committee_of(fund, on))
    if not readings.applications:
        raise AssignmentImpossible(why="nothing_to_read")
    pairs = assign_evenly(readings, wanted=wanted, seed=call.lottery_seed, most=most)
    applications = {application.number: application for application in listed_rows(call)}
    made = []
    for number, person in pairs:
        task, _made = instruction.assign(
            applications[number], person, manner=Assignment.Manner.EVENLY, on=on, by=actor.by
        )
        _tell(fund, task, at)
        made.append(task)
    if made:
        log(
            actor,
            on=on,
            kind="rapporteurs-assigned",
            reference=f"{call.slug}:{made[0].pk}",
            wanted=wanted,
            most=most,
            readings=[[number, person] for number, person in pairs],
        )
    return tuple(made)


@transaction.atomic
def assign_rapporteur(actor: Actor, application: Application, *, person: str, on: date, at: datetime) -> Assignment:
    """Name somebody of the committee as rapporteur of an application; whoever is already is found."""
    fund = take_turn(actor.fund)
    check_call_of(fund, application.call)
    _check_sits(fund, person, on)
    apply_rules(application.call, on=on)
    task, made = instruction.assign(application, person, manner=Assignment.Manner.BY_HAND, on=on, by=actor.by)
    if made:
        _tell(fund, task, at)
        log(actor, on=on, kind="rapporteur-named", reference=_reference(application, person), task=task.pk)
    return task


@transaction.atomic
def end_rapporteur(actor: Actor, task: Assignment, *, why: str, on: date) -> Assignment:
    """Release a rapporteur, with a reason that is kept."""
    fund = take_turn(actor.fund)
    check_call_of(fund, task.application.call)
    task = Assignment.objects.select_related("application__call").get(pk=task.pk)
    had_ended = task.ended_on is not None
    task = instruction.end_assignment(task, why=why, on=on)
    if not had_ended:
        log(actor, on=on, kind="rapporteur-released", reference=_reference(task.application, task.person), task=task.pk)
    return task


@dataclass(frozen=True, slots=True)
class ReportSaid:
    """What a rapporteur reports: an opinion (a word of `Report.Opinion`), why, and perhaps an amount."""

    opinion: str
    text: str
    suggested: Amount | None = None


@transaction.atomic
def write_report(actor: Actor, application: Application, said: ReportSaid, *, on: date) -> Report:
    """Keep the report of whoever acts, a rapporteur of the application, as its next version."""
    fund = take_turn(actor.fund)
    check_call_of(fund, application.call)
    _check_sits(fund, actor.by, on)
    application = _current(application)
    row = instruction.report_on(
        application, actor.by, opinion=said.opinion, text=said.text, suggested=said.suggested, on=on
    )
    _log_once(actor, on, "report-written", application, row.version, opinion=row.opinion)
    return row


@transaction.atomic
def give_scores(actor: Actor, application: Application, given: Mapping[str, Given], *, on: date) -> tuple[Score, ...]:
    """Keep the scores of whoever acts, one for every criterion, as their next version."""
    fund = take_turn(actor.fund)
    check_call_of(fund, application.call)
    _check_sits(fund, actor.by, on)
    application = _current(application)
    rows = instruction.score(application, actor.by, given, on=on)
    _log_once(actor, on, "scores-given", application, rows[0].version)
    return rows


def _current(application: Application) -> Application:
    """The application as it is now: what a page looked at may have changed since."""
    return Application.objects.select_related("call", "proposal").get(pk=application.pk)


def _check_sits(fund: Fund, person: str, on: date) -> None:
    if person not in committee_of(fund, on):
        raise NotOnCommittee(person=person, on=on)


def _reference(application: Application, person: str) -> str:
    return f"{application.call.slug}:{application.number}:{person}"


def _log_once(actor: Actor, on: date, kind: str, application: Application, version: int, **facts: object) -> None:
    """The same version again is the same act."""
    reference = f"{_reference(application, actor.by)}:{version}"
    if not actor.fund.acts.filter(kind=kind, reference=reference).exists():
        log(actor, on=on, kind=kind, reference=reference, **facts)


def _tell(fund: Fund, task: Assignment, at: datetime) -> None:
    """A mail to the rapporteur; it names the application and where to read it, and nothing of what it says."""
    application = task.application
    call = application.call
    facts = {
        "number": application.number,
        "title": title_of(application),
        "call": call.name,
        "fund": fund.name,
        "address": settings.SITE_URL.rstrip("/") + reverse("interests", args=[fund.slug, call.slug]),
    }
    write_mail(
        fund,
        kind="rapporteur",
        reference=f"{call.slug}:{application.number}:{task.pk}",
        person=task.person,
        subject=_in_each_language(lambda: _("Application %(number)s: you are its rapporteur") % facts, " / "),
        body=_in_each_language(
            lambda: (
                _(
                    "You are a rapporteur of application %(number)s, “%(title)s”, in the call “%(call)s” of %(fund)s.\n"
                    "Say first whether you have an interest in it, then read it and write your report:\n"
                    "%(address)s\n"
                )
                % facts
            ),
            "\n—\n\n",
        ),
        at=at,
    )


def _in_each_language(say: Callable[[], str], between: str) -> str:
    """What is said, in French and in English: nobody's language is kept."""
    said = []
    for language in ("fr", "en"):
        with translation.override(language):
            said.append(say())
    return between.join(said)
