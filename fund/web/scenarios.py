"""Scenarios side by side, and the one that is put to the vote."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from allocation.calls import call_of
from fund import roles
from fund.models import Fund
from fund.queries.scenarios import Compared
from fund.queries.scenarios import compared as compared_facts
from fund.services.awards import Put, compute, put_to_the_vote
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.decision_forms import PutForm
from fund.web.notoriety_forms import ReferredForm
from fund.web.pages import language_of_page, show

_NUMBER_DIGITS = 6


def compared(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """The scenarios of a call; whoever records decisions computes them here."""
    asked = request.GET.get("scenario", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= _NUMBER_DIGITS else None
    posted = request.method == "POST"
    form = ReferredForm(request.POST) if posted else ReferredForm()
    may_record = roles.may_run_committee(request.seats, fund.slug)
    if posted:
        if not may_record:
            raise Http404
        _facts(fund, call, number)
        if form.is_valid() and act(form, compute, actor_of(request, fund), call=call, at=timezone.now()) is not None:
            messages.success(request, _("The scenarios are computed, and kept as they are."))
            return redirect("scenarios", fund.slug, call)
    context = {
        "facts": _facts(fund, call, number),
        "form": form,
        "may_record": may_record,
        "sits_on_committee": roles.sits_on_committee(request.seats, fund.slug),
    }
    return show(request, "decision/scenarios.html", context, fund=fund, status=status_after(form))


def put(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """Put a scenario to the vote, as it is or with differences."""
    facts = _facts(fund, call, number)
    place = next((place for place, each in enumerate(facts.columns) if each.facts.number == number), None)
    if place is None:
        raise Http404
    posted = request.method == "POST"
    options: dict[str, Any] = {"rows": facts.rows, "place": place, "unit": facts.call.budget.unit}
    question = _("Do you adopt scenario %(number)d, %(name)s?") % {
        "number": number,
        "name": facts.columns[place].facts.name,
    }
    now = timezone.localtime()
    initial = {"question": question, "closes": now + timedelta(minutes=30)}
    form = PutForm(request.POST, **options) if posted else PutForm(initial=initial, **options)
    if posted and form.is_valid():
        said = form.cleaned_data
        row = call_of(fund.slug, call)
        vote = act(
            form,
            put_to_the_vote,
            actor_of(request, fund),
            row,
            scenario=number,
            otherwise=form.otherwise(),
            put=Put(said["reference"], said["kind"], said["question"], said["closes"]),
            at=timezone.now(),
            meeting=row.meetings.filter(number=facts.meeting).first() if facts.meeting else None,
        )
        if vote is not None:
            messages.success(request, _("Vote %(number)d is open.") % {"number": vote.number})
            return redirect("scenarios", fund.slug, call)
    context = {"facts": facts, "form": form, "column": facts.columns[place]}
    return show(request, "decision/put.html", context, fund=fund, status=status_after(form))


def _facts(fund: Fund, call: str, number: int | None) -> Compared:
    found = compared_facts(fund, call, number, language_of_page())
    if found is None:
        raise Http404
    return found
