"""The conventions of funders, and the dedicated funds that a closing makes of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fund import roles
from fund.accounting.dedicated_funds import RUBRICS
from fund.models import Fund
from fund.queries.closing import closing_act
from fund.queries.conventions import conventions_of
from fund.queries.dedicated_funds import dedicated_funds, proposals
from fund.services.conventions import book_dedicated_funds, record_convention
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.closing import known
from fund.web.closing_forms import ConventionForm, terms_shown
from fund.web.committee_forms import NoForm
from fund.web.dedicated_rows import plan_rows, table_rows
from fund.web.pages import language_of_page, show


def listed(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """The conventions of the fund, each in its last version."""
    context = {
        "conventions": conventions_of(fund),
        "may_keep": roles.may_keep_books(request.seats, fund.slug),
    }
    return show(request, "closing/conventions.html", context, fund=fund)


def record(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """Record a convention, or amend the one that the address names."""
    posted = request.method == "POST"
    asked = request.GET.get("amends", "")
    amended = next((each for each in conventions_of(fund) if each.code == asked), None)
    initial = terms_shown(amended) if amended else {"is_dedicated": True}
    form = ConventionForm(request.POST, fund=fund) if posted else ConventionForm(initial=initial, fund=fund)
    if posted and form.is_valid():
        said = form.cleaned_data
        facts = {"on": request.today, "books_income": said["books_income"], "amends": said["amends"]}
        if act(form, record_convention, actor_of(request, fund), form.terms(), **facts) is not None:
            messages.success(request, _("The convention %(code)s is recorded.") % {"code": said["code"]})
            return redirect("conventions", fund.slug)
    context = {"form": form, "amended": amended}
    return show(request, "closing/convention.html", context, fund=fund, status=status_after(form))


def dedicated(request: SeatedRequest, fund: Fund, year: str) -> HttpResponse:
    """The dedicated funds of a year: the table of the notes, and what the closing proposes."""
    return show(request, "closing/dedicated_funds.html", _dedicated(request, fund, year), fund=fund)


def _dedicated(request: SeatedRequest, fund: Fund, year: str) -> dict[str, object]:
    found, language = known(fund, year), language_of_page()
    facts = dedicated_funds(fund, found)
    plans = proposals(fund, found)
    rubrics = {name: rubric.fr if language == "fr" else rubric.en for name, rubric in RUBRICS.items()}
    return {
        "year": found,
        "closed": closing_act(fund, found),
        "rows": table_rows(facts, rubrics),
        "is_sound": not facts.table.unsound(),
        "plans": plan_rows(plans, fund.currency),
        "to_book": sum(not plan.is_booked for plan in plans),
        "may_keep": roles.may_keep_books(request.seats, fund.slug),
    }


def book(request: SeatedRequest, fund: Fund, year: str) -> HttpResponse:
    """Book what the closing proposes for the conventions."""
    found = known(fund, year)
    form = NoForm(request.POST) if request.method == "POST" else NoForm()
    if request.method == "POST" and form.is_valid():
        count = act(form, book_dedicated_funds, actor_of(request, fund), found.code, on=request.today)
        if count is not None:
            messages.success(request, _("%(count)s entries are in the books.") % {"count": count})
            return redirect("dedicated-funds", fund.slug, found.code)
    context = {**_dedicated(request, fund, year), "form": form}
    return show(request, "closing/dedicated_book.html", context, fund=fund, status=status_after(form))
