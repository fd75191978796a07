"""The committee expresses itself and debates: who may is checked here, on the day of the act, in the fund's turn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from allocation.debating import debate as acts
from allocation.debating.debate import Resolution
from allocation.debating.errors import DebateOfCommittee, DebateOfSecretary, SynthesisNotYours
from allocation.instructing.interests import check_may_read, recusals_of
from allocation.models import Application, Argument, Call, Debate, Position, Synthesis
from fund.queries.debaters import is_secretary, may_synthesise, refusal_to_read, waited_for
from fund.queries.people import committee_of
from fund.services.actors import Actor, log, take_turn
from fund.services.debate_mails import tell_debate_opened
from fund.services.meetings import day_of

OPENS_ON = (Application.State.ADMITTED,)


@transaction.atomic
def open_debate(
    actor: Actor, application: Application, *, positions_until: datetime, closes: datetime, at: datetime
) -> Debate:
    """Ask for positions on an application until a moment, then for arguments until another; the committee is told."""
    _check_secretary(actor, at)
    take_turn(actor.fund)
    known = Debate.objects.filter(application=application).exists()
    opened = acts.open_debate(application, positions_until=positions_until, closes=closes, at=at, by=actor.by)
    if not known:
        _opened(actor, application.call, [opened], at)
    return opened


@transaction.atomic
def open_debates(
    actor: Actor, call: Call, *, positions_until: datetime, closes: datetime, at: datetime
) -> tuple[Debate, ...]:
    """Open the debate on every admitted application that has none yet; those that are open keep their moments."""
    _check_secretary(actor, at)
    take_turn(actor.fund)
    acts.check_moments(positions_until=positions_until, closes=closes, at=at)
    without = call.applications.filter(state__in=OPENS_ON, debate=None).select_related("call").order_by("number")
    opened = [
        acts.open_debate(application, positions_until=positions_until, closes=closes, at=at, by=actor.by)
        for application in without
    ]
    if opened:
        _opened(actor, call, opened, at)
    return tuple(opened)


@transaction.atomic
def take_position(actor: Actor, debate: Debate, *, stance: str, reason: str, at: datetime) -> Position:
    """Say before the debate what one thinks of an application, and why."""
    _check_member(actor, debate.application, at)
    take_turn(actor.fund)
    debate.refresh_from_db()
    known = debate.positions.filter(person=actor.by).exists()
    taken = acts.take_position(
        debate, person=actor.by, stance=stance, reason=reason, at=at, waited_for=waited_for(actor.fund, debate)
    )
    if not known:  # the log says that somebody spoke, never what
        log(actor, on=day_of(at), kind="position-taken", reference=_reference(debate))
    return taken


@transaction.atomic
def add_argument(
    actor: Actor, debate: Debate, *, reference: str, kind: str, text: str, at: datetime, answers: int | None = None
) -> Argument:
    """Contribute to the debate on an application, or answer a contribution."""
    _check_member(actor, debate.application, at)
    take_turn(actor.fund)
    debate.refresh_from_db()
    last = debate.arguments.count()
    argument = acts.add_argument(
        debate,
        reference=reference,
        person=actor.by,
        kind=kind,
        text=text,
        at=at,
        answers=answers,
        waited_for=waited_for(actor.fund, debate),
    )
    if argument.number > last:
        log(actor, on=day_of(at), kind="argument-added", reference=_reference(debate), number=argument.number)
    return argument


@transaction.atomic
def synthesise(
    actor: Actor,
    debate: Debate,
    *,
    text: str,
    at: datetime,
    minority: str = "",
    resolutions: Sequence[Resolution] = (),
) -> Synthesis:
    """Write what the debate came to: the secretary, the chair or a rapporteur."""
    application = debate.application
    refusal = refusal_to_read(actor.fund, application, actor.by, day_of(at))
    if refusal:
        raise refusal
    if not may_synthesise(actor.fund, application, actor.by, day_of(at)):
        raise SynthesisNotYours(number=application.number)
    take_turn(actor.fund)
    debate.refresh_from_db()
    last = debate.syntheses.count()
    synthesis = acts.synthesise(
        debate,
        person=actor.by,
        text=text,
        minority=minority,
        resolutions=resolutions,
        at=at,
        waited_for=waited_for(actor.fund, debate),
    )
    if synthesis.version > last:
        log(actor, on=day_of(at), kind="synthesis-written", reference=_reference(debate), version=synthesis.version)
    return synthesis


@transaction.atomic
def close_debate(actor: Actor, debate: Debate, *, at: datetime) -> Debate:
    """Close the debate on an application; from then on it is read alone."""
    _check_secretary(actor, at)
    refusal = refusal_to_read(actor.fund, debate.application, actor.by, day_of(at))
    if refusal:
        raise refusal
    take_turn(actor.fund)
    debate.refresh_from_db()
    if debate.closed_at is None:
        acts.close_debate(debate, at=at, waited_for=waited_for(actor.fund, debate))
        log(actor, on=day_of(at), kind="debate-closed", reference=_reference(debate))
    return debate


def _opened(actor: Actor, call: Call, opened: Sequence[Debate], at: datetime) -> None:
    for each in opened:
        until, closes = each.positions_until.isoformat(), each.closes.isoformat()
        log(actor, on=day_of(at), kind="debate-opened", reference=_reference(each), until=until, closes=closes)
    recused = recusals_of(call)
    for person in committee_of(actor.fund, day_of(at)).values():
        theirs = [each for each in opened if each.application.number not in recused.get(person.code, ())]
        if theirs:
            tell_debate_opened(actor.fund, call, theirs, person, at=at)


def _check_secretary(actor: Actor, at: datetime) -> None:
    if not is_secretary(actor.fund, actor.by, day_of(at)):
        raise DebateOfSecretary(person=actor.by)


def _check_member(actor: Actor, application: Application, at: datetime) -> None:
    if actor.by not in committee_of(actor.fund, day_of(at)):
        raise DebateOfCommittee(person=actor.by)
    check_may_read(application, actor.by)


def _reference(debate: Debate) -> str:
    return f"{debate.application.call.slug}/{debate.application.number}"
