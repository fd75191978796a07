"""A fiscal year until its final close: what stands in the way, its locks, its inventory, its result."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from fund import roles
from fund.accounting.closing import Finding, Place
from fund.accounting.inventory import ALLOWANCES
from fund.accounting.year import FiscalYear
from fund.models import Fund
from fund.queries.accounts_year import years_of
from fund.queries.closing import closing_act, closing_state, months_of_year, year_named
from fund.queries.inventory import Doubtful, doubtful
from fund.queries.results import standing
from fund.services.closing import close_year, lock_year, open_next_year, unlock_year
from fund.services.inventory import book_allowance
from fund.services.results import allocate_result
from fund.statements.render.formats import amount_text
from fund.web.access import SeatedRequest
from fund.web.acts import act, actor_of, status_after
from fund.web.closing_forms import AllocationForm, AllowanceForm, CloseForm, OpenForm, TurnForm
from fund.web.pages import language_of_page, show
from ledger.money import Amount, unit_of

ACTING = frozenset({"book-drafts", "lettering", "result-allocation", "year-open", "year-turn"})
"""Pages that only those who keep the books may open: nobody else is given their links."""


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A point in the reader's language, with the address on which it is mended (empty where it is not theirs)."""

    code: str
    sentence: str
    address: str


def shown_findings(request: SeatedRequest, fund: Fund, findings: tuple[Finding, ...]) -> list[FindingShown]:
    """The findings with the addresses that this visitor may open."""
    keeps, language = roles.may_keep_books(request.seats, fund.slug), language_of_page()
    return [
        FindingShown(each.code, each.sentence(language), _address(fund, each.place, keeps=keeps)) for each in findings
    ]


def _address(fund: Fund, place: Place, *, keeps: bool) -> str:
    if place.name in ACTING and not keeps:
        return ""
    try:
        address = reverse(place.name, args=[fund.slug, *place.arguments])
    except NoReverseMatch:
        return ""  # an import may have brought an account that no address can name
    separator = "" if not place.query or place.query.startswith("#") else "?"
    return f"{address}{separator}{place.query}"


def years(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """The fiscal years of the fund, and where each stands."""
    found = [(year, closing_act(fund, year)) for year in reversed(years_of(fund))]
    context = {"years": found, "may_keep": roles.may_keep_books(request.seats, fund.slug)}
    return show(request, "closing/years.html", context, fund=fund)


def closing(request: SeatedRequest, fund: Fund, year: str) -> HttpResponse:
    """The closing assistant of a year."""
    found = known(fund, year)
    state = closing_state(fund, found, request.today)
    context = {
        "state": state,
        "year": found,
        "blockers": shown_findings(request, fund, state.blockers),
        "remarks": shown_findings(request, fund, state.remarks),
        "result": Amount(abs(state.accounts.result), unit_of(fund.currency)),
        "is_deficit": state.accounts.result < 0,
        "may_keep": roles.may_keep_books(request.seats, fund.slug),
        "next_code": str(found.last.year + 1),
    }
    return show(request, "closing/closing.html", context, fund=fund)


def turn(request: SeatedRequest, fund: Fund, year: str) -> HttpResponse:
    """Lock or unlock the months of a year."""
    found = known(fund, year)
    months = months_of_year(fund, found.code)
    posted = request.method == "POST"
    form = TurnForm(request.POST, months=months) if posted else TurnForm(initial={"act": "lock"}, months=months)
    if posted and form.is_valid():
        said = form.cleaned_data
        service = lock_year if said["act"] == "lock" else unlock_year
        facts = {"on": request.today, "why": said["why"], "month": said["month"]}
        count = act(form, service, actor_of(request, fund), found.code, **facts)
        if count is not None:
            messages.success(request, _("%(count)s months were turned.") % {"count": count})
            return redirect("closing", fund.slug, found.code)
    return show(request, "closing/turn.html", {"form": form, "year": found}, fund=fund, status=status_after(form))


def open_next(request: SeatedRequest, fund: Fund, year: str) -> HttpResponse:
    """Open the fiscal year that follows this one."""
    found = known(fund, year)
    following = str(found.last.year + 1)
    posted = request.method == "POST"
    form = OpenForm(request.POST) if posted else OpenForm()
    if (
        posted
        and form.is_valid()
        and act(
            form, open_next_year, actor_of(request, fund), following, on=request.today, why=form.cleaned_data["why"]
        )
        is not None
    ):
        messages.success(request, _("The fiscal year %(year)s is open.") % {"year": following})
        return redirect("closing", fund.slug, found.code)
    context = {"form": form, "year": found, "following": following}
    return show(request, "closing/open.html", context, fund=fund, status=status_after(form))


def close(request: SeatedRequest, fund: Fund, year: str) -> HttpResponse:
    """The final close of a year."""
    found = known(fund, year)
    posted = request.method == "POST"
    form = CloseForm(request.POST, code=found.code) if posted else CloseForm(code=found.code)
    if (
        posted
        and form.is_valid()
        and act(form, close_year, actor_of(request, fund), found.code, on=request.today, why=form.cleaned_data["why"])
        is not None
    ):
        messages.success(request, _("The fiscal year %(year)s is closed for good.") % {"year": found.code})
        return redirect("closing", fund.slug, found.code)
    state = closing_state(fund, found, request.today)
    context = {
        "form": form,
        "year": found,
        "state": state,
        "blockers": shown_findings(request, fund, state.blockers),
        "result": Amount(abs(state.accounts.result), unit_of(fund.currency)),
        "is_deficit": state.accounts.result < 0,
    }
    return show(request, "closing/close.html", context, fund=fund, status=status_after(form))


def inventory(request: SeatedRequest, fund: Fund, year: str) -> HttpResponse:
    """What is doubtful on the last day of a year, and the form that writes it down."""
    found = known(fund, year)
    unit, rows = unit_of(fund.currency), doubtful(fund, found.last)
    posted = request.method == "POST"
    names = {each.key: _in_words(each) for each in rows}
    form = AllowanceForm(request.POST if posted else None, found=rows, unit=unit, names=names)
    if (
        posted
        and form.is_valid()
        and act(form, book_allowance, actor_of(request, fund), found.code, on=request.today, **form.chosen())
        is not None
    ):
        messages.success(request, _("The inventory entry is in the books, on the last day of the year."))
        return redirect("year-inventory", fund.slug, found.code)
    language = language_of_page()
    kinds = {kind: words.fr if language == "fr" else words.en for kind, words in ALLOWANCES.items()}
    context = {
        "form": form,
        "year": found,
        "rows": [(kinds[each.kind], each) for each in rows],
        "closed": closing_act(fund, found),
    }
    return show(request, "closing/inventory.html", context, fund=fund, status=status_after(form))


def _in_words(each: Doubtful) -> str:
    """What a choice of the form says."""
    words, language = ALLOWANCES[each.kind], language_of_page()
    code = " ".join(filter(None, (each.party, each.project)))
    said = words.fr if language == "fr" else words.en
    return f"{said} · {code} {each.name} · {amount_text(each.base, language)}"


def allocation(request: SeatedRequest, fund: Fund, year: str) -> HttpResponse:
    """The allocation of the result of a closed year by the general assembly."""
    found = known(fund, year)
    unit = unit_of(fund.currency)
    stands = standing(fund, unit.code, request.today)
    posted = request.method == "POST"
    form = AllocationForm(request.POST if posted else None, unit=unit, surplus=stands.result >= 0)
    if (
        posted
        and form.is_valid()
        and act(form, allocate_result, actor_of(request, fund), found.code, **form.decided()) is not None
    ):
        messages.success(request, _("The allocation of the result is in the books."))
        return redirect("closing", fund.slug, found.code)
    context = {
        "form": form,
        "year": found,
        "closed": closing_act(fund, found),
        "result": Amount(abs(stands.result), unit),
        "is_deficit": stands.result < 0,
        "reserve": Amount(stands.reserve, unit),
    }
    return show(request, "closing/allocation.html", context, fund=fund, status=status_after(form))


def known(fund: Fund, code: str) -> FiscalYear:
    """The fiscal year of this code; “not found” when there is none."""
    found = year_named(fund, code)
    if found is None:
        raise Http404
    return found
