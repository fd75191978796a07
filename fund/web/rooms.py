"""The committee's own page of a call: where we are, the door of each step, and what waits for me."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone

from fund import roles
from fund.models import Fund
from fund.queries.debaters import closed_codes
from fund.queries.rooms import room_of
from fund.queries.shift import shift_of
from fund.queries.tasks import committee_tasks, secretary_tasks
from fund.statements.shift import shift_rows
from fund.web.access import ACCESS, Asked, SeatedRequest
from fund.web.debates import called
from fund.web.pages import language_of_page, show
from fund.web.places import address_of, with_addresses


def room(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """Where the committee is in a call."""
    found = called(fund, call)
    now = timezone.now()
    person = request.user.get_username()
    held = roles.roles_in(request.seats, fund.slug)
    facts = room_of(fund, found, now)
    shift = shift_of(found, without=closed_codes(fund, found, person, request.today))
    mine = committee_tasks(fund, person, now, found) if "committee" in held else ()
    kept = secretary_tasks(fund, now, found) if roles.may_run_committee(request.seats, fund.slug) else ()
    context = {
        "call": found,
        "now": now,
        "room": facts,
        "steps": [(step, [(name, door_of(request, fund, name, call)) for name in step.doors]) for step in facts.steps],
        "tasks": with_addresses(fund.slug, (*mine, *kept)),
        "shift": shift,
        "shift_rows": shift_rows(shift, language_of_page()) if shift else (),
    }
    return show(request, "committee/room.html", context, fund=fund)


def door_of(request: SeatedRequest, fund: Fund, name: str, call: str) -> str:
    """The address of a call's page, where there is one and the visitor may open it."""
    audience = ACCESS.get(name)
    open_to = audience is not None and audience(Asked(request.seats, fund.slug, {"fund": fund, "call": call}))
    return address_of(name, fund.slug, call) if open_to else ""
