"""Interests: declared before anything else is shown, and afterwards only added to."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from allocation.instructing.interests import declarations_of
from allocation.models import Call
from fund.models import Fund
from fund.queries.interests import declaration_shown, declarations_shown, listed_files, recusals_shown
from fund.queries.people import committee_of
from fund.services.interests import declare_interests
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.committee_doors import call_and_reader
from fund.web.instruction_forms import InterestsForm
from fund.web.pages import show


def declare(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """The list of applications, and for each whether the visitor has an interest in it; who declared what."""
    found, reader = call_and_reader(request, fund, call)
    files = listed_files(fund, found)
    own = [row for row in recusals_shown(fund, found, request.today) if row.person == reader.person]
    context = {
        "call": found,
        "files": files,
        "recusals": {row.number: row for row in own},
        "reader": reader,
        "today": request.today,
    }
    if not reader.sits:
        if request.method == "POST":
            raise Http404
        context |= _overview(request, fund, found)
        return show(request, "interests/overview.html", context, fund=fund)
    earlier = declarations_of(found, reader.person)
    open_files = [file for file in files if file.number not in reader.recused]
    posted = request.method == "POST"
    data = request.POST if posted else None
    form = InterestsForm(data, listed=open_files, last=earlier[-1] if earlier else None)
    if (
        posted
        and form.is_valid()
        and act(form, declare_interests, actor_of(request, fund), found, form.answers(), at=timezone.now()) is not None
    ):
        messages.success(request, _("Your declaration is kept. A later one can add a recusal, never lift one."))
        return redirect("files", fund.slug, found.slug)
    person = committee_of(fund, request.today)[reader.person]
    context |= {"form": form, "mine": declaration_shown(found, person), **_overview(request, fund, found)}
    return show(request, "interests/declare.html", context, fund=fund, status=status_after(form))


def _overview(request: SeatedRequest, fund: Fund, call: Call) -> dict[str, object]:
    return {
        "declarations": declarations_shown(fund, call, request.today),
        "all_recusals": recusals_shown(fund, call, request.today),
    }
