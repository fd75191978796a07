"""The calls of a fund: the list that everybody reads, and the page on which the administrator opens one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from allocation.models import Call
from fund import roles
from fund.charter.governance import allocation_method
from fund.models import Fund
from fund.queries.applications import applications_shown, party_names
from fund.queries.calls import call_lines, call_named, call_to_companies
from fund.queries.charters import charter_in_force, rules_of
from fund.services.calls import open_call_to_companies
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.call_forms import CallSheet
from fund.web.pages import language_of_page, show


def listed(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """The calls, those to which one can apply first."""
    context = {
        "calls": call_lines(fund, request.today),
        "may_open": roles.may_run_committee(request.seats, fund.slug),
        "may_apply": bool(roles.companies_of(request.seats, fund.slug)),
    }
    return show(request, "calls/list.html", context, fund=fund)


def new(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """Open a call; nothing of it changes afterwards."""
    version = charter_in_force(fund, request.today)
    governance = rules_of(version).governance if version else None
    ruled = allocation_method(governance) if governance else None
    posted = request.method == "POST"
    sheet = CallSheet(request.POST if posted else None, fund=fund, ruled=ruled[0] if ruled else None)
    if posted and sheet.is_valid():
        opened = act(
            sheet.form,
            open_call_to_companies,
            actor_of(request, fund),
            sheet.draft(),
            on=request.today,
            lottery_seed=sheet.form.cleaned_data["lottery_seed"],
        )
        if opened is not None:
            messages.success(request, _("The call is open under the address below; it never changes."))
            return redirect("call", fund.slug, opened.slug)
    status = status_after(sheet.form)
    context = {"sheet": sheet, "form": sheet.form, "method": ruled[0] if ruled else ""}
    return show(request, "calls/new.html", context, fund=fund, status=400 if status == 200 and sheet.faulty else status)


def apply_context(request: SeatedRequest, fund: Fund, slug: str) -> dict[str, object]:
    """What the page of a call shows before its outcome; nothing for a call that is counted from a file."""
    call = call_named(fund, slug)
    facts = call_to_companies(fund, slug, request.today, language_of_page())
    if call is None or facts is None:
        return {}
    return {
        "to_companies": facts,
        "may_apply": bool(roles.companies_of(request.seats, fund.slug)),
        "shown": _shown(request, fund, call),
        "filed": _filed(request, fund, call),
    }


def _shown(request: SeatedRequest, fund: Fund, call: Call) -> list[tuple[int, str]]:
    """For members: the projects that they may sponsor, by number and company; their content stands on their pages."""
    if not roles.members_of(request.seats, fund.slug):
        return []
    names = party_names(fund)
    return [(each.number, names.get(each.applicant, each.applicant)) for each in applications_shown(call)]


def _filed(request: SeatedRequest, fund: Fund, call: Call) -> list[tuple[int, str, str]]:
    """For the administrator: the applications that were filed, with their states."""
    if not roles.may_run_committee(request.seats, fund.slug):
        return []
    names = party_names(fund)
    rows = call.applications.exclude(state="draft").order_by("number")
    return [(each.number, names.get(each.applicant, each.applicant), each.state) for each in rows]
