"""The decision of a call: what it is, how it is recorded, and the minority opinions that go with it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from allocation.models import Decision
from fund import roles
from fund.models import Fund
from fund.queries.committee import call_result
from fund.queries.scenarios import compared, to_confirm
from fund.services.awards import keep_dissent, record_decision
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.decision_forms import ConfirmForm, DissentForm
from fund.web.pages import language_of_page, show


def shown(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """The decision, or the votes on which it can be recorded."""
    facts = compared(fund, call, None, language_of_page())
    if facts is None:
        raise Http404
    result = call_result(fund, call, request.today, language_of_page())
    context = {
        "facts": facts,
        "result": result,
        "decision": result.outcome.decision if result and result.outcome else None,
        "may_record": roles.may_run_committee(request.seats, fund.slug),
        "sits_on_committee": roles.sits_on_committee(request.seats, fund.slug),
    }
    return show(request, "decision/decision.html", context, fund=fund)


def confirm(request: SeatedRequest, fund: Fund, call: str, vote: int) -> HttpResponse:
    """Look at the amounts once more, then record what the vote adopted."""
    facts = to_confirm(fund, call, vote)
    if facts is None:
        raise Http404
    posted = request.method == "POST"
    form = ConfirmForm(request.POST, projects=facts.projects) if posted else ConfirmForm(projects=facts.projects)
    if (
        posted
        and form.is_valid()
        and act(
            form,
            record_decision,
            actor_of(request, fund),
            call=call,
            vote=vote,
            at=timezone.now(),
            opinions=form.opinions(),
        )
        is not None
    ):
        messages.success(request, _("The decision is recorded. The minutes are final; the companies can be told."))
        return redirect("decision", fund.slug, call)
    context = {"facts": facts, "form": form, "call": call}
    return show(request, "decision/confirm.html", context, fund=fund, status=status_after(form))


def record(_request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """The record of the decision, byte for byte."""
    decision = Decision.objects.filter(call__owner=fund.slug, call__slug=call).first()
    if decision is None:
        raise Http404
    return HttpResponse(
        decision.record.encode(),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{fund.slug}-{call}-decision.json"'},
    )


def dissenting(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """Have a minority opinion recorded."""
    facts = compared(fund, call, None, language_of_page())
    if facts is None:
        raise Http404
    posted = request.method == "POST"
    form = DissentForm(request.POST) if posted else DissentForm()
    if (
        posted
        and form.is_valid()
        and act(
            form,
            keep_dissent,
            actor_of(request, fund),
            call=call,
            text=form.cleaned_data["text"],
            at=timezone.now(),
        )
        is not None
    ):
        messages.success(request, _("Your opinion is kept, and will stand in the minutes under your name."))
        return redirect("scenarios", fund.slug, call)
    context = {"facts": facts, "form": form}
    return show(request, "decision/dissent.html", context, fund=fund, status=status_after(form))
