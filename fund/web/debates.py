"""Express and debate: the overview of a call, and the one page of each application's debate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from allocation.instructing.interest_errors import InterestsNotDeclared
from allocation.models import Application, Call, Debate
from fund import roles
from fund.models import Fund
from fund.queries.debaters import refusal_to_read
from fund.queries.debates import DebateShown, debate_shown, debates_of, title_of
from fund.queries.rooms import committee_call
from fund.services.actors import Actor
from fund.services.debates import add_argument, close_debate, open_debate, open_debates, synthesise, take_position
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.debate_forms import ArgumentForm, OpeningForm, PositionForm, SynthesisForm
from fund.web.pages import language_of_page, show
from fund.web.places import address_of

_LARGEST = 2**31


def overview(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """The debates of a call; the secretary opens all that are missing at once."""
    found = called(fund, call)
    now = timezone.now()
    may_open = roles.may_run_committee(request.seats, fund.slug)
    posted = request.method == "POST"
    form = OpeningForm(request.POST if posted else None)
    if posted and form.is_valid():
        said = form.cleaned_data
        opened = act(form, open_debates, actor_of(request, fund), found, at=now, **said)
        if opened is not None:
            messages.success(request, _("Debates opened: %(count)s.") % {"count": len(opened)})
            return redirect("debates", fund.slug, call)
    lines = debates_of(fund, found, request.user.get_username(), now)
    context = {"call": found, "now": now, "lines": lines, "form": form if may_open else None}
    return show(request, "debates/overview.html", context, fund=fund, status=status_after(form))


def debate(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """The debate on one application: positions, threads, synthesis, and the forms of what one may do now."""
    found = called(fund, call)
    rows = found.applications.exclude(state=Application.State.DRAFT).select_related("call", "proposal", "debate")
    application = rows.filter(number=number).first() if number < _LARGEST else None
    if application is None:
        raise Http404
    now = timezone.now()
    person = request.user.get_username()
    trail = {"call": found, "number": number, "title": title_of(application), "now": now}
    refusal = refusal_to_read(fund, application, person, request.today)
    if refusal is not None:
        declares = isinstance(refusal, InterestsNotDeclared)
        address = address_of("interests", fund.slug, call) if declares else ""
        told = {**trail, "sentence": refusal.sentence(language_of_page()), "address": address}
        return show(request, "debates/refused.html", told, fund=fund, status=403)
    held = getattr(application, "debate", None)
    if held is None:
        return _unopened(request, fund, application, trail)
    facts = debate_shown(fund, held, person, now)
    posted = request.POST.get("act", "") if request.method == "POST" else ""
    if request.method == "POST" and posted not in _ACTS:
        raise Http404
    filled = _forms(request, facts, posted)
    if posted and filled[posted].is_valid():
        anchor = _ACTS[posted](filled[posted], actor_of(request, fund), held, now)
        if anchor:
            messages.success(request, _SAID[posted]())
            return redirect(f"{reverse('debate', args=[fund.slug, call, number])}#{anchor}")
        facts = debate_shown(fund, held, person, now)
    context = {**trail, "debate": facts, "forms": filled, "posted": filled.get(posted)}
    status = status_after(filled[posted]) if posted else 200
    return show(request, "debates/debate.html", context, fund=fund, status=status)


def called(fund: Fund, slug: str) -> Call:
    """The call that goes through the committee, or “not found”."""
    found = committee_call(fund, slug)
    if found is None:
        raise Http404
    return found


def _unopened(request: SeatedRequest, fund: Fund, application: Application, trail: dict[str, Any]) -> HttpResponse:
    may_open = roles.may_run_committee(request.seats, fund.slug)
    posted = request.method == "POST"
    form = OpeningForm(request.POST if posted else None)
    if posted and form.is_valid():
        opened = act(form, open_debate, actor_of(request, fund), application, at=trail["now"], **form.cleaned_data)
        if opened is not None:
            messages.success(request, _("The debate is open, and the committee is told."))
            return redirect("debate", fund.slug, application.call.slug, application.number)
    context = {**trail, "form": form if may_open else None}
    return show(request, "debates/unopened.html", context, fund=fund, status=status_after(form))


def _forms(request: SeatedRequest, facts: DebateShown, posted: str) -> dict[str, forms.Form]:
    """The forms of the page; the one that was sent holds what was written."""
    asked = request.GET.get("answer", "")
    answer = {"kind": "answer", "answers": asked} if asked.isdecimal() and len(asked) < 10 else {}
    last = facts.syntheses[0] if facts.syntheses else None
    written = {"text": last.text, "minority": last.minority} if last else {}
    sent = {name: request.POST if name == posted else None for name in _ACTS}
    return {
        "position": PositionForm(sent["position"], auto_id="position_%s"),
        "argument": ArgumentForm(sent["argument"], auto_id="argument_%s", initial=answer),
        "synthesis": SynthesisForm(
            sent["synthesis"], auto_id="synthesis_%s", initial=written, to_settle=facts.to_settle
        ),
        "close": forms.Form(sent["close"], auto_id="close_%s"),
    }


def _take_position(form: forms.Form, actor: Actor, held: Debate, now: datetime) -> str:
    said = form.cleaned_data
    done = act(form, take_position, actor, held, stance=said["stance"], reason=said["reason"], at=now)
    return "positions" if done else ""


def _add_argument(form: forms.Form, actor: Actor, held: Debate, now: datetime) -> str:
    done = act(form, add_argument, actor, held, at=now, **form.cleaned_data)
    return f"contribution-{done.number}" if done else ""


def _synthesise(form: forms.Form, actor: Actor, held: Debate, now: datetime) -> str:
    said = {name: form.cleaned_data[name] for name in ("text", "minority")}
    done = act(form, synthesise, actor, held, at=now, resolutions=cast(SynthesisForm, form).resolutions(), **said)
    return "synthesis" if done else ""


def _close(form: forms.Form, actor: Actor, held: Debate, now: datetime) -> str:
    return "synthesis" if act(form, close_debate, actor, held, at=now) else ""


_ACTS: dict[str, Callable[[forms.Form, Actor, Debate, datetime], str]] = {
    "position": _take_position,
    "argument": _add_argument,
    "synthesis": _synthesise,
    "close": _close,
}
_SAID: dict[str, Callable[[], str]] = {
    "position": lambda: _("Your position is kept. The others see it when everybody has spoken."),
    "argument": lambda: _("Your contribution is in the debate."),
    "synthesis": lambda: _("The synthesis is written."),
    "close": lambda: _("The debate is closed: it can be read, nothing is added."),
}
