"""A draft rehearsed over the fund's real past, for those who will vote on it and those who check."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fund import roles
from fund.charter.reading.reader import faults_of, read_charter
from fund.charter.shipped import shipped, shipped_names
from fund.models import Fund
from fund.queries.drafts import draft_row
from fund.queries.rehearsal import Draft, Rehearsal, rehearsal_of
from fund.rehearsal.discretion import members_gathered
from fund.statements.files import file_names
from fund.statements.rehearsal import TABLES, answer, projects_table
from fund.statements.rehearsal_json import rehearsal_json
from fund.statements.render import csv
from fund.web.access import SeatedRequest
from fund.web.pages import language_of_page, show
from fund.web.rehearsal_rows import members_figure, party_table, reserve_figure, spreads

_TYPES: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def of_draft(request: SeatedRequest, fund: Fund, number: int) -> HttpResponse:
    """What a draft would have changed."""
    draft = _draft(fund, number)
    if draft is None:
        return redirect("draft", fund.slug, number)  # its page says what is wrong with the text
    stem = reverse("draft-rehearsal", args=[fund.slug, number])
    return _page(request, fund, draft, stem, number)


def of_shipped(request: SeatedRequest, fund: Fund, name: str) -> HttpResponse:
    """What a shipped charter would have changed."""
    return _page(request, fund, _shipped(name), reverse("rehearsal", args=[fund.slug, name]), None)


def draft_file(request: SeatedRequest, fund: Fund, number: int, table: str, ending: str) -> HttpResponse:
    """The rehearsal of a draft to take away."""
    draft = _draft(fund, number)
    if draft is None:
        raise Http404
    return _file(request, fund, draft, f"{fund.slug}-draft-{number}", table, ending)


def shipped_file(request: SeatedRequest, fund: Fund, name: str, table: str, ending: str) -> HttpResponse:
    """The rehearsal of a shipped charter to take away."""
    return _file(request, fund, _shipped(name), f"{fund.slug}-{name}", table, ending)


def _draft(fund: Fund, number: int) -> Draft | None:
    """The draft of this number; None when its text is no charter any more."""
    row = draft_row(fund, number)
    if row is None:
        raise Http404
    return None if faults_of(row.text) else Draft(row.title, read_charter(row.text))


def _shipped(name: str) -> Draft:
    if name not in shipped_names():
        raise Http404
    return Draft(name, shipped(name))


def _rehearsed(request: SeatedRequest, fund: Fund, draft: Draft) -> Rehearsal:
    """The rehearsal as this person may see it: each member's money only for those who keep or check the books."""
    found = rehearsal_of(fund, draft)
    if roles.may_see_books(request.seats, fund.slug):
        return found
    own = {seat.party for seat in request.seats if seat.fund == fund.slug and seat.role == "member"}
    return Rehearsal(found.fund, found.draft, found.in_force, members_gathered(found.past, own))


def _page(request: SeatedRequest, fund: Fund, draft: Draft, stem: str, number: int | None) -> HttpResponse:
    language = language_of_page()
    facts = _rehearsed(request, fund, draft)
    then, now = spreads(facts.past)
    context = {
        "facts": facts,
        "past": facts.past,
        "number": number,
        "stem": stem,
        "answer": answer(facts, language),
        "wants": [
            {"what": want.what(language), "mend": want.mend(language), "leaves_out": want.leaves_out}
            for want in facts.past.wants
        ],
        "parties": party_table(facts.past),
        "projects": projects_table(facts, language),
        "members_figure": members_figure(facts.past, language),
        "reserve_figure": reserve_figure(facts.past, language),
        "spread_then": then,
        "spread_draft": now,
    }
    return show(request, "rehearsals/rehearsal.html", context, fund=fund)


def _file(request: SeatedRequest, fund: Fund, draft: Draft, stem: str, table: str, ending: str) -> HttpResponse:
    language = language_of_page()
    if (table, ending) == ("all", "json"):
        content = rehearsal_json(_rehearsed(request, fund, draft), language).encode()
    elif table in TABLES and ending == "csv":
        content = csv.render(TABLES[table](_rehearsed(request, fund, draft), language), language)
    else:
        raise Http404
    name = f"{stem}-{table}"
    return HttpResponse(
        content,
        content_type=_TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="{file_names([name])[name]}.{ending}"'},
    )
