"""Who takes part in a debate: whose position is waited for, who may read, who writes the synthesis, who keeps it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from allocation.errors import AllocationError
from allocation.instructing.interests import check_may_read, has_declared, recused_people
from allocation.models import Application, Assignment, Call, Debate, Meeting, Proposal
from fund.models import Access, Fund
from fund.queries.people import committee_of


def waited_for(fund: Fund, debate: Debate) -> frozenset[str]:
    """Those whose positions the debate waits for: the committee of the day it was opened, without the recused.

    Recusals only add up, so that positions which are shown stay shown.
    """
    day = timezone.localdate(debate.opened_at)
    return frozenset(committee_of(fund, day)) - recused_people(debate.application)


def is_secretary(fund: Fund, person: str, on: date) -> bool:
    """Whether somebody keeps the committee's papers on a day: the fund's administrator."""
    return _holds(fund, person, Access.Role.ADMINISTRATOR, on)


def refusal_to_read(fund: Fund, application: Application, person: str, on: date) -> AllocationError | None:
    """Why somebody may not read an application and its debate, or None.

    A member of the committee declares their interests first; nobody who is recused reads, whatever other seat they
    have. Whether the person has a seat at all is asked at the door.
    """
    if person in committee_of(fund, on) or person in recused_people(application):
        try:
            check_may_read(application, person)
        except AllocationError as refusal:
            return refusal
    return None


def closed_codes(fund: Fund, call: Call, person: str, on: date) -> frozenset[str]:
    """The codes of the proposals of which somebody reads nothing: theirs by recusal, all before they declared."""
    if person in committee_of(fund, on) and not has_declared(call, person):
        return frozenset(call.proposals.values_list("code", flat=True))
    rows = Proposal.objects.filter(call=call, application__recusals__person=person)
    return frozenset(rows.values_list("code", flat=True))


def chair_of(call: Call) -> str:
    """Who chairs the last meeting that was convened on the call, or nobody yet."""
    last = Meeting.objects.filter(call=call).order_by("-number").first()
    return last.chair if last else ""


def is_rapporteur(application: Application, person: str) -> bool:
    """Whether somebody reports on an application."""
    return Assignment.objects.filter(application=application, person=person, ended_on=None).exists()


def may_synthesise(fund: Fund, application: Application, person: str, on: date) -> bool:
    """The secretary, the chair and the rapporteurs of an application, where they are not recused from it."""
    if person in recused_people(application):
        return False
    if is_secretary(fund, person, on):
        return True
    seated = person in committee_of(fund, on)
    return seated and (chair_of(application.call) == person or is_rapporteur(application, person))


def _holds(fund: Fund, person: str, role: str, on: date) -> bool:
    held = Access.objects.filter(fund=fund, user__username=person, role=role, since__lte=on)
    return held.filter(Q(until=None) | Q(until__gte=on)).exists()
