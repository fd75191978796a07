"""A supported project: its public page, its account for those who may see it, and the trace of each amount."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from fund import roles
from fund.models import Fund
from fund.queries.discretion import members_together
from fund.queries.horizon import latest_day
from fund.queries.projects import project_account
from fund.web.access import SeatedRequest
from fund.web.pages import asked_day, show, show_as_of


def account(request: SeatedRequest, fund: Fund, code: str) -> HttpResponse:
    """The project: everybody sees its award, those who take part see every cent."""
    form, day = asked_day(request, fund)
    facts = project_account(fund, code, day)
    if facts is None:
        raise Http404
    inside = roles.may_see_project_account(request.seats, fund.slug, facts.company.code)
    template = "projects/account.html" if inside else "projects/public.html"
    if not roles.may_see_books(request.seats, fund.slug):
        facts = members_together(facts)
    return show_as_of(request, template, {"facts": facts}, fund=fund, form=form, day=day)


def trace(request: SeatedRequest, fund: Fund, code: str, line: int) -> HttpResponse:
    """Why one date makes one amount due."""
    # A year taken from files may settle returns on a day to come; their traces can be read at once.
    facts = project_account(fund, code, latest_day(fund) or request.today)
    found = [
        (performance, each)
        for performance in (facts.performances if facts else ())
        for each in performance.lines
        if each.key == line
    ]
    if not found:
        raise Http404
    performance, due = found[0]
    return show(request, "projects/trace.html", {"facts": facts, "performance": performance, "due": due}, fund=fund)
