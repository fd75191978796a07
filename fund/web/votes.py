"""The committee's votes: opened, sealed while they run, counted in the open once they are closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from allocation.models import Call, Vote
from fund import roles
from fund.models import Fund
from fund.queries.meetings import meeting_in, meetings_of
from fund.queries.people import committee_of
from fund.queries.votes import (
    call_in,
    names_in,
    objection_in,
    papers_shown,
    proposals_of,
    vote_facts,
    vote_in,
    votes_of,
)
from fund.services import votes as services
from fund.services.actors import Actor
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.committee_forms import AnswerForm, CastingForm, FallbackForm, NoForm, ObjectionForm, OpenVoteForm
from fund.web.meetings import sees_open
from fund.web.pages import language_of_page, show
from fund.web.vote_rows import paper_rows, quorum_sentences, result_rows, result_sentence


def listed(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """The votes of a call; the administrator opens one here."""
    found = call_in(fund, call)
    if found is None:
        raise Http404
    runs = roles.may_run_committee(request.seats, fund.slug)
    posted = request.method == "POST"
    if posted and not runs:
        raise Http404
    form = _open_form(request, fund, found, request.POST if posted else None)
    if posted and form.is_valid() and (vote := _opened(request, fund, found, form)) is not None:
        messages.success(request, _("The vote is open, and its voters have the link to their ballot."))
        return redirect("vote", fund.slug, found.slug, vote.number)
    lines = [line for line in votes_of(found, timezone.now()) if sees_open(request, fund) or line.state == "closed"]
    context = {"call": found, "votes": lines, "form": form if runs else None}
    return show(request, "votes/list.html", context, fund=fund, status=status_after(form))


def _opened(request: SeatedRequest, fund: Fund, call: Call, form: OpenVoteForm) -> Vote | None:
    said = form.cleaned_data
    meeting = meeting_in(fund, call.slug, said["meeting"]) if said["meeting"] else None
    return act(
        form,
        services.open_vote,
        actor_of(request, fund),
        call,
        form.draft(),
        at=timezone.now(),
        meeting=meeting,
        chair=said["chair"],
        **form.bounds(),
    )


def _open_form(request: SeatedRequest, fund: Fund, call: Call, data: Any) -> OpenVoteForm:
    under_way = [row.number for row, state in meetings_of(call) if state == "open"]
    return OpenVoteForm(
        data,
        people=[(code, person.name) for code, person in committee_of(fund, request.today).items()],
        proposals=proposals_of(call),
        meetings=[(str(number), _("meeting %(number)s") % {"number": number}) for number in under_way],
    )


def vote(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """One vote: how many voted while it runs, what came of it once it is closed."""
    found = _vote(request, fund, call, number)
    sent: forms.Form | None = None
    if request.method == "POST":
        name = request.POST.get("act", "")
        sent = _forms(request, fund, found, data=request.POST, only=name).get(name)
        if sent is None:
            raise Http404
        if sent.is_valid() and act(sent, _ACTS[name], actor_of(request, fund), found, sent) is not None:
            messages.success(request, _("Done."))
            return redirect("vote", fund.slug, found.call.slug, found.number)
    facts = vote_facts(found, timezone.now())
    language = language_of_page()
    context = {
        "facts": facts,
        "call": found.call,
        "sent": sent,
        "forms": _forms(request, fund, found),
        "quorum": quorum_sentences(facts, language),
        "sentence": result_sentence(facts),
        "table": result_rows(facts, language),
        "votes_here": roles.sits_on_committee(request.seats, fund.slug) and facts.line.state == "open",
        "not_voting": [(facts.names.get(code, code), why) for code, why in facts.rules.get("not_voting", {}).items()],
        "recusals": [
            (facts.names.get(person, person), ", ".join(facts.names.get(code, code) for code in codes))
            for person, codes in facts.rules.get("recusals", {}).items()
        ],
    }
    status = status_after(sent) if sent is not None else 200
    return show(request, "votes/vote.html", context, fund=fund, status=status)


def papers(request: SeatedRequest, fund: Fund, call: str, number: int) -> HttpResponse:
    """The papers of a closed vote, by receipt: each voter finds their own, and anybody counts again."""
    found = _vote(request, fund, call, number)
    if found.closed_at is None:
        return show(request, "votes/papers_sealed.html", {"vote": found, "call": found.call}, fund=fund)
    names = names_in(found.call)
    context = {
        "vote": found,
        "call": found.call,
        "papers": paper_rows(papers_shown(found), found, names),
        "wanted": request.GET.get("receipt", "").strip().upper()[:40],
    }
    return show(request, "votes/papers.html", context, fund=fund)


def _vote(request: SeatedRequest, fund: Fund, call: str, number: int) -> Vote:
    found = vote_in(fund, call, number)
    if found is None or (found.closed_at is None and not sees_open(request, fund)):
        raise Http404
    return found


def _forms(
    request: SeatedRequest, fund: Fund, found: Vote, *, data: Any = None, only: str = ""
) -> dict[str, forms.Form]:
    """The forms that the visitor may send in the state of the vote."""
    runs = roles.may_run_committee(request.seats, fund.slug)
    sits = roles.sits_on_committee(request.seats, fund.slug)
    consent, closed = found.kind == Vote.Kind.CONSENT, found.closed_at is not None
    me = request.user.get_username()
    result = vote_facts(found, timezone.now()).result if closed else None
    due: dict[str, tuple[bool, Callable[[Any], forms.Form]]] = {
        "close": (runs and not closed, NoForm),
        "objection": (sits and consent and not closed, ObjectionForm),
        "answer": (
            (runs or sits) and consent,
            lambda sent: AnswerForm(sent, keeps_minutes=runs or found.rules.get("chair") == me),
        ),
        "casting": (bool(result and result.casting_due) and found.rules.get("chair") == me, CastingForm),
        "fallback": (bool(runs and result and result.fallback_due), FallbackForm),
    }
    return {name: form(data if name == only else None) for name, (fits, form) in due.items() if fits}


def _close(actor: Actor, found: Vote, _form: Any) -> object:
    return services.close_vote(actor, found, at=timezone.now())


def _object(actor: Actor, found: Vote, form: Any) -> object:
    said = form.cleaned_data
    return services.raise_objection(actor, found, reference=said["reference"], text=said["text"], at=timezone.now())


def _answer(actor: Actor, found: Vote, form: Any) -> object:
    row = objection_in(found, form.cleaned_data["objection"])
    if row is None:
        raise Http404
    return services.resolve_objection(
        actor, row, form.resolution(), keeps_minutes=form.keeps_minutes, at=timezone.now()
    )


def _casting(actor: Actor, found: Vote, form: Any) -> object:
    return services.settle_tie(actor, found, answer=form.cleaned_data["answer"], at=timezone.now())


def _fallback(actor: Actor, found: Vote, form: Any) -> object:
    said = form.cleaned_data
    meeting = found.meeting if found.meeting and found.meeting.closed_at is None else None
    return services.open_fallback(
        actor, found, reference=said["reference"], closes=said["closes"], at=timezone.now(), meeting=meeting
    )


_ACTS: Mapping[str, Callable[[Actor, Vote, Any], object]] = {
    "close": _close,
    "objection": _object,
    "answer": _answer,
    "casting": _casting,
    "fallback": _fallback,
}
