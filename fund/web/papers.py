"""Statements to take away: the facts of a page, arranged and drawn as PDF, CSV or a workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from fund import roles
from fund.models import Fund
from fund.queries.accounts_year import year_of
from fund.queries.committee import call_result
from fund.queries.discretion import members_together
from fund.queries.identities import fund_identity
from fund.queries.issued import Issue, draft, issues, returns_receivable
from fund.queries.members import member_account
from fund.queries.projects import project_account
from fund.queries.rules import articles_agreed, rules_in_force
from fund.statements.accounts.registry import BY_NAME
from fund.statements.committee import committee_lines, committee_result
from fund.statements.credits import credits_paper
from fund.statements.document import Document, Language, Table
from fund.statements.files import file_names
from fund.statements.lines import member_lines, project_lines
from fund.statements.member import member_statement_on_paper
from fund.statements.notoriety import notoriety_lines, notoriety_statement
from fund.statements.project import project_statement_on_paper
from fund.statements.render import csv, pdf, xlsx
from fund.web.access import SeatedRequest
from fund.web.credits import asked_credits
from fund.web.notoriety import seen_year
from fund.web.pages import asked_day, language_of_page, show

_TYPES: Final[Mapping[str, str]] = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FIRST_YEAR, _LAST_YEAR = 1900, 9999


def member(request: SeatedRequest, fund: Fund, code: str, ending: str) -> HttpResponse:
    """The statement of a member."""
    form, day = asked_day(request, fund)
    if not form.is_valid():
        return show(request, "400.html", {}, status=400)
    facts, language = member_account(fund, code, day), language_of_page()
    if facts is None:
        raise Http404
    charter = rules_in_force(fund, day, language).charter
    document = member_statement_on_paper(facts, language, issued=_issue(fund, "member", code, day), charter=charter)
    return _paper(
        f"{fund.slug}-{code}-{day:%Y-%m-%d}", ending, language, document, lambda: member_lines(facts, language)
    )


def project(request: SeatedRequest, fund: Fund, code: str, ending: str) -> HttpResponse:
    """The statement of a project."""
    form, day = asked_day(request, fund)
    if not form.is_valid():
        return show(request, "400.html", {}, status=400)
    facts, language = project_account(fund, code, day), language_of_page()
    if facts is None:
        raise Http404
    if not roles.may_see_books(request.seats, fund.slug):
        facts = members_together(facts)
    document = project_statement_on_paper(
        facts,
        language,
        issued=_issue(fund, "project", code, day),
        receivable=returns_receivable(fund, code, day),
        articles=articles_agreed(fund, facts.charter, facts.awarded_on, language),
    )
    return _paper(
        f"{fund.slug}-{code}-{day:%Y-%m-%d}", ending, language, document, lambda: project_lines(facts, language)
    )


def call(request: SeatedRequest, fund: Fund, call: str, ending: str) -> HttpResponse:
    """The result of a call, once it is published."""
    language = language_of_page()
    result = call_result(fund, call, request.today, language)
    if result is None or result.outcome is None:
        raise Http404
    outcome = result.outcome
    issued = _issue(fund, "committee", call, date(outcome.published_on.year, 12, 31))
    document = committee_result(outcome, language, fund=fund_identity(fund), issued=issued)
    return _paper(f"{fund.slug}-{call}", ending, language, document, lambda: committee_lines(outcome, language))


def book(_request: SeatedRequest, fund: Fund, name: str, year: int, ending: str) -> HttpResponse:
    """A book of one year, at the address that it had before it became a statement of the year."""
    if name not in BY_NAME or ending not in _TYPES or year_of(fund, year) is None:
        raise Http404
    return redirect("statement-file", fund.slug, year, name, ending, permanent=True)


def notoriety(request: SeatedRequest, fund: Fund, year: int, ending: str) -> HttpResponse:
    """The yearly statement of recognition, adopted or not yet."""
    if not _FIRST_YEAR <= year < _LAST_YEAR:
        raise Http404
    facts, language = seen_year(request, fund, year), language_of_page()
    head = draft(fund, facts.as_of).head
    return _paper(
        f"{fund.slug}-{year}-notoriety",
        ending,
        language,
        notoriety_statement(facts, language, head=head),
        lambda: notoriety_lines(facts, language),
    )


def credits(request: SeatedRequest, fund: Fund, code: str, ending: str) -> HttpResponse:
    """The credits of a project, to hand to whoever makes its poster."""
    facts, _form = asked_credits(request, fund, code)
    language = language_of_page()
    if ending != "pdf":
        raise Http404
    return _file(f"{fund.slug}-{code}-credits", ending, pdf.render(credits_paper(facts, language)))


def _issue(fund: Fund, kind: str, subject: str, day: date) -> Issue:
    """The statement issued on the day, else a draft of it."""
    return issues(fund, day).get((kind, subject)) or draft(fund, day)


def _paper(name: str, ending: str, language: Language, document: Document, lines: Callable[[], Table]) -> HttpResponse:
    content: Mapping[str, Callable[[], bytes]] = {
        "pdf": lambda: pdf.render(document),
        "csv": lambda: csv.render(lines(), language),
        "xlsx": lambda: xlsx.render(document),
    }
    if ending not in content:
        raise Http404
    return _file(name, ending, content[ending]())


def _file(name: str, ending: str, content: bytes) -> HttpResponse:
    safe = file_names([name])[name]
    return HttpResponse(
        content,
        content_type=_TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="{safe}.{ending}"'},
    )
