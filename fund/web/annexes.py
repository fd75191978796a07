"""What the notes to the accounts need beside the books, for those who keep or check them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fund import roles
from fund.models import Fund
from fund.queries.annexes import annex_facts
from fund.services.annexes import classify_authority, set_instalment
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.annex_forms import AuthorityForm, InstalmentForm
from fund.web.pages import show


def listed(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """The authorities with their kinds, and the instalments of advances."""
    context = {"facts": annex_facts(fund), "may_keep": roles.may_keep_books(request.seats, fund.slug)}
    return show(request, "books/annex.html", context, fund=fund)


def authority(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """Say which kind of public authority a party is."""
    posted = request.method == "POST"
    asked = {"party": request.GET.get("party", "")}
    form = AuthorityForm(fund, request.POST) if posted else AuthorityForm(fund, initial=asked)
    if posted and form.is_valid():
        act(
            form,
            classify_authority,
            actor_of(request, fund),
            form.cleaned_data["party"],
            category=form.cleaned_data["category"],
            on=request.today,
        )
        if not form.errors:
            messages.success(request, _("The kind of authority is recorded."))
            return redirect("annex", fund.slug)
    return show(request, "books/annex_authority.html", {"form": form}, fund=fund, status=status_after(form))


def instalment(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """Say what of an advance is due on a day."""
    posted = request.method == "POST"
    form = InstalmentForm(fund, request.POST) if posted else InstalmentForm(fund)
    if posted and form.is_valid():
        act(form, set_instalment, actor_of(request, fund), on=request.today, **form.cleaned_data)
        if not form.errors:
            messages.success(request, _("The instalment is recorded."))
            return redirect("annex", fund.slug)
    return show(request, "books/annex_instalment.html", {"form": form}, fund=fund, status=status_after(form))
