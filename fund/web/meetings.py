"""The committee's meetings: convened, attended, with proxies and a quorum that shows its figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from allocation.models import Call, Meeting
from fund import roles
from fund.models import Fund
from fund.queries.meetings import MeetingFacts, meeting_facts, meeting_in, meetings_of
from fund.queries.people import committee_of
from fund.queries.votes import call_in
from fund.services import meetings as services
from fund.services.actors import Actor
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.committee_forms import ArrivalForm, ConveneForm, EmergencyForm, NoForm, PersonForm, ProxyForm, SecondForm
from fund.web.pages import language_of_page, show

Done = Callable[[Any], object]


def listed(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """The meetings of a call; the administrator convenes one here."""
    found = _call(fund, call)
    runs = roles.may_run_committee(request.seats, fund.slug)
    people = _choices(fund, request)
    posted = request.method == "POST"
    if posted and not runs:
        raise Http404
    form = ConveneForm(request.POST, people=people) if posted else ConveneForm(people=people)
    if posted and form.is_valid():
        made = act(form, services.convene_meeting, actor_of(request, fund), found, form.draft(), at=timezone.now())
        if made is not None:
            messages.success(request, _("The meeting is convened, and the committee has a mail."))
            return redirect("meeting", fund.slug, found.slug, made.number)
    shown = [pair for pair in meetings_of(found) if sees_open(request, fund) or pair[0].closed_at]
    context = {"call": found, "meetings": shown, "form": form if runs else None}
    return show(request, "meetings/list.html", context, fund=fund, status=status_after(form))


def meeting(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """One meeting: who is there, whether that is a quorum, and what is voted on."""
    found = meeting_in(fund, call, number)
    if found is None or (found.closed_at is None and not sees_open(request, fund)):
        raise Http404
    if request.method == "POST":
        sent = _sent(request, fund, found)
        if isinstance(sent, HttpResponse):
            return sent
        return _shown(request, fund, found, sent)
    return _shown(request, fund, found, None)


def sees_open(request: SeatedRequest, fund: Fund) -> bool:
    """Whether the visitor takes part: the auditor, who does not, reads what is closed."""
    return roles.sits_on_committee(request.seats, fund.slug) or roles.may_run_committee(request.seats, fund.slug)


def _sent(request: SeatedRequest, fund: Fund, found: Meeting) -> HttpResponse | forms.Form:
    """Do what one of the page's forms asks; the form itself where it is refused."""
    name = request.POST.get("act", "")
    form = _forms(request, fund, data=request.POST, only=name).get(name)
    if form is None:
        raise Http404
    if form.is_valid() and act(form, _ACTS[name], actor_of(request, fund), found, **_facts(form)) is not None:
        if name == "second":
            messages.success(request, _("The second meeting is convened, and the committee has a mail."))
            return redirect("meetings", fund.slug, found.call.slug)
        messages.success(request, _("Done."))
        return redirect("meeting", fund.slug, found.call.slug, found.number)
    return form


def _facts(form: forms.Form) -> dict[str, Any]:
    return {**form.cleaned_data, "at": timezone.now()}


def _shown(request: SeatedRequest, fund: Fund, found: Meeting, sent: forms.Form | None) -> HttpResponse:
    facts = meeting_facts(fund, found, on=request.today, at=timezone.now())
    shown = _forms(request, fund)
    context = {
        "facts": facts,
        "call": found.call,
        "sent": sent,
        "forms": {name.replace("-", "_"): form for name, form in shown.items() if _fits(name, facts)},
        "quorum": facts.quorum.sentence(language_of_page()) if facts.quorum else "",
        "runs": roles.may_run_committee(request.seats, fund.slug),
    }
    status = status_after(sent) if sent is not None else 200
    return show(request, "meetings/meeting.html", context, fund=fund, status=status)


def _forms(request: SeatedRequest, fund: Fund, *, data: Any = None, only: str = "") -> dict[str, forms.Form]:
    """The forms that the visitor may send: for themselves, or for everybody where they keep the minutes."""
    runs = roles.may_run_committee(request.seats, fund.slug)
    people = _choices(fund, request)
    mine = people if runs else [pair for pair in people if pair[0] == request.user.get_username()]
    made: dict[str, Callable[[Any], forms.Form]] = {}
    if mine:
        made |= {
            "arrive": lambda sent: ArrivalForm(sent, people=mine, auto_id="id_arrive_%s"),
            "leave": lambda sent: PersonForm(sent, people=mine, auto_id="id_leave_%s"),
            "give-proxy": lambda sent: ProxyForm(sent, people=mine, others=people, auto_id="id_give_%s"),
            "take-back-proxy": lambda sent: PersonForm(sent, people=mine, auto_id="id_take_%s"),
        }
    if runs:
        made |= {
            "open": NoForm,
            "close": NoForm,
            "close-without-quorum": NoForm,
            "emergency": lambda sent: EmergencyForm(sent, auto_id="id_emergency_%s"),
            "second": lambda sent: SecondForm(sent, auto_id="id_second_%s"),
        }
    return {name: make(data if name == only else None) for name, make in made.items()}


def _fits(name: str, facts: MeetingFacts) -> bool:
    """Whether the page offers an act in the state of the meeting; the services refuse it all the same."""
    lacking = facts.quorum is not None and not facts.quorum.reached
    return {
        "open": facts.state == "convened",
        "arrive": facts.is_open,
        "leave": facts.is_open,
        "give-proxy": not facts.is_over and facts.proxies_each > 0,
        "take-back-proxy": not facts.is_over and any(seat.lends_to for seat in facts.seats),
        "close": facts.is_open,
        "close-without-quorum": facts.is_open and lacking,
        "emergency": not facts.is_over and not facts.row.emergency,
        "second": facts.state == "without-quorum" and facts.has_second_rule and not hasattr(facts.row, "second"),
    }[name]


def _arrive(actor: Actor, found: Meeting, *, person: str, manner: str, at: Any) -> object:
    return services.arrive(actor, found, person, manner=manner, at=at)


def _leave(actor: Actor, found: Meeting, *, person: str, at: Any) -> object:
    return services.leave(actor, found, person, at=at)


def _give(actor: Actor, found: Meeting, *, person: str, holder: str, at: Any) -> object:
    return services.give_proxy(actor, found, giver=person, holder=holder, at=at)


def _take_back(actor: Actor, found: Meeting, *, person: str, at: Any) -> object:
    return services.take_back_proxy(actor, found, giver=person, at=at)


_ACTS: Mapping[str, Callable[..., object]] = {
    "open": services.open_meeting,
    "arrive": _arrive,
    "leave": _leave,
    "give-proxy": _give,
    "take-back-proxy": _take_back,
    "close": services.close_meeting,
    "close-without-quorum": services.close_without_quorum,
    "emergency": services.declare_emergency,
    "second": services.convene_second,
}


def _choices(fund: Fund, request: SeatedRequest) -> list[tuple[str, str]]:
    return [(code, person.name) for code, person in committee_of(fund, request.today).items()]


def _call(fund: Fund, slug: str) -> Call:
    found = call_in(fund, slug)
    if found is None:
        raise Http404
    return found
