"""What everybody may read: the funds, the page of a fund, its rules."""

from __future__ import annotations

from django.http import HttpResponse

from fund.models import Fund
from fund.queries.public import fund_overview, funds_shown
from fund.queries.rules import rules_in_force
from fund.web.access import SeatedRequest
from fund.web.pages import asked_day, language_of_page, show, show_as_of, status_of
from fund.web.pictures import drawn, money_flow, returns_flow


def home(request: SeatedRequest) -> HttpResponse:
    """The funds of this installation."""
    return show(request, "public/home.html", {"funds": funds_shown(request.today)})


def overview(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """Where the money of the fund goes."""
    form, day = asked_day(request, fund)
    facts, language = fund_overview(fund, day), language_of_page()
    context = {
        "facts": facts,
        "money": drawn(money_flow(facts), language),
        "returns": drawn(returns_flow(facts), language),
    }
    return show_as_of(request, "public/fund.html", context, fund=fund, form=form, day=day)


def rules(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """The charter in words."""
    form, day = asked_day(request, fund)
    facts = rules_in_force(fund, day, language_of_page())
    return show(request, "public/rules.html", {"form": form, "facts": facts}, fund=fund, status=status_of(form))
