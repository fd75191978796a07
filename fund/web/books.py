"""The books, for those who keep or check them: trial balance → account → entry → paper, three steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from fund import roles
from fund.models import Fund
from fund.queries.audit import notes_of
from fund.queries.books import account_page, chain_state, entry_page
from fund.queries.books import trial_balance as trial_balance_of
from fund.queries.horizon import latest_day
from fund.queries.papers import paper_of
from fund.web.access import SeatedRequest
from fund.web.book_doors import book_doors
from fund.web.pages import asked_day, show, show_as_of, status_of
from fund.web.papers import BOOKS, ENDINGS


class AfterForm(forms.Form):
    """The posting after which a page of an account begins."""

    after = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=2**40,
        error_messages={
            name: _("This page of the account does not exist; the account is shown from its first line.")
            for name in ("invalid", "min_value", "max_value")
        },
    )


def trial_balance(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """Every account with its two sides, as of a day."""
    form, day = asked_day(request, fund)
    latest = latest_day(fund) or day
    year = min(day, latest).year
    context = {
        "facts": trial_balance_of(fund, day),
        "year": year,
        "book_names": BOOKS,
        "endings": ENDINGS,
        "doors": book_doors(request, fund),
    }
    return show_as_of(request, "books/trial_balance.html", context, fund=fund, form=form, day=day)


def account(request: SeatedRequest, fund: Fund, chart: str, unit: str) -> HttpResponse:
    """The postings of an account, or of one of its leaves, with the balance after each."""
    form, day = asked_day(request, fund)
    place = AfterForm(request.GET)
    after = place.cleaned_data["after"] if place.is_valid() else None
    facts = account_page(fund, chart=chart, unit=unit, as_of=day, leaf=request.GET.get("leaf", ""), after=after)
    if facts is None:
        raise Http404
    context = {"form": form, "place": place, "after": after, "facts": facts}
    context |= _notes(request, fund, "account", chart)
    return show(request, "books/account.html", context, fund=fund, status=status_of(form, place))


def entry(request: SeatedRequest, fund: Fund, reference: str) -> HttpResponse:
    """One entry: its lines, its place in the chain, and the paper behind it."""
    facts = entry_page(fund, reference)
    if facts is None:
        raise Http404
    context = {"facts": facts, "paper": paper_of(fund, reference), **_notes(request, fund, "entry", reference)}
    return show(request, "books/entry.html", context, fund=fund)


def document(request: SeatedRequest, fund: Fund, reference: str) -> HttpResponse:
    """The fund's own record behind an entry, with the trace of what was computed."""
    paper = paper_of(fund, reference)
    if paper is None:
        raise Http404
    return show(request, "books/document.html", {"facts": paper, "entry": entry_page(fund, reference)}, fund=fund)


def chain(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """The head of the chain, and how it is verified."""
    return show(request, "books/chain.html", {"facts": chain_state(fund)}, fund=fund)


def _notes(request: SeatedRequest, fund: Fund, about: str, subject: str) -> dict[str, Any]:
    """The auditors' notes on this, for auditors alone."""
    if not roles.may_audit(request.seats, fund.slug):
        return {"may_audit": False}
    return {"may_audit": True, "notes": notes_of(fund, about=about, subject=subject)}
