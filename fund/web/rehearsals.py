"""A draft rehearsed over the fund's real past, for those who will vote on it and those who check."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund import roles
from fund.charter.reading.reader import faults_of, read_charter
from fund.charter.shipped import shipped, shipped_names
from fund.errors import FundError
from fund.models import Fund
from fund.queries.drafts import draft_row
from fund.queries.rehearsal import Chance, Draft, Rehearsal, rehearsal_of
from fund.rehearsal.discretion import members_gathered
from fund.rehearsal.futures import Futures
from fund.statements.files import file_names
from fund.statements.futures import FUTURES_TABLES, futures_table
from fund.statements.rehearsal import TABLES, answer, projects_table
from fund.statements.rehearsal_json import rehearsal_json
from fund.statements.rehearsal_words import futures_notes
from fund.statements.render import csv
from fund.web.access import SeatedRequest
from fund.web.pages import language_of_page, show
from fund.web.rehearsal_rows import futures_figure, members_figure, party_table, reserve_figure, spreads

MOST_PATHS: Final = 1000
"""Futures that a page draws while its reader waits: a few seconds. The command draws as many as are asked for."""

ALL_TABLES: Final = {**TABLES, **FUTURES_TABLES}
_TYPES: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


class FuturesForm(forms.Form):
    """How many futures to draw, and from which seed."""

    futures = forms.IntegerField(
        min_value=1,
        max_value=MOST_PATHS,
        error_messages={
            name: _("Choose a number of futures from 1 to 1000: this page draws them while you wait.")
            for name in ("required", "invalid", "min_value", "max_value")
        },
    )
    seed = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=2**63 - 1,
        error_messages={
            name: _("Choose a whole number from 0 as the seed: the same one draws the same futures.")
            for name in ("invalid", "min_value", "max_value")
        },
    )

    def chance(self) -> Chance | None:
        """What to draw; nothing when it was not asked for, or not as it can be."""
        if not self.is_bound or not self.is_valid():
            return None
        seed = self.cleaned_data["seed"]
        return Chance(self.cleaned_data["futures"], 1 if seed is None else seed)


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


def _rehearsed(request: SeatedRequest, fund: Fund, draft: Draft, form: FuturesForm) -> Rehearsal:
    """The rehearsal as this person may see it: each member's money only for those who keep or check the books."""
    found = rehearsal_of(fund, draft, form.chance())
    if roles.may_see_books(request.seats, fund.slug):
        return found
    own = {seat.party for seat in request.seats if seat.fund == fund.slug and seat.role == "member"}
    return replace(found, past=members_gathered(found.past, own), futures=_discreet(found.futures, own))


def _discreet(futures: Futures | None, own: Collection[str]) -> Futures | None:
    """The simulated futures without the other members."""
    if futures is None:
        return None
    mine = {f"member:{code}" for code in own}
    shown = [each for each in futures.measures if not each.party.startswith("member:") or each.party in mine]
    return replace(futures, measures=tuple(shown))


def _page(request: SeatedRequest, fund: Fund, draft: Draft, stem: str, number: int | None) -> HttpResponse:
    language = language_of_page()
    form = FuturesForm(request.GET if "futures" in request.GET else None)
    try:
        facts = _rehearsed(request, fund, draft, form)
    except FundError as refusal:
        told = {"draft": draft, "number": number, "sentence": refusal.sentence(language)}
        return show(request, "rehearsals/refused.html", told, fund=fund)
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
        "form": form,
        "most": MOST_PATHS,
        "query": f"?{request.GET.urlencode()}" if facts.futures else "",
        **_futures(facts),
    }
    status = 400 if form.is_bound and not form.is_valid() else 200
    return show(request, "rehearsals/rehearsal.html", context, fund=fund, status=status)


def _futures(facts: Rehearsal) -> dict[str, Any]:
    """What the page says of the simulated futures."""
    language = language_of_page()
    context: dict[str, Any] = {"futures_notes": tuple(futures_notes(facts, language))}
    if facts.futures is not None:
        context |= {
            "futures": futures_table(facts, language),
            "futures_figure": futures_figure(facts.futures, facts.past.past.currency, language),
        }
    return context


def _file(request: SeatedRequest, fund: Fund, draft: Draft, stem: str, table: str, ending: str) -> HttpResponse:
    language = language_of_page()
    form = FuturesForm(request.GET if "futures" in request.GET else None)
    if (table, ending) != ("all", "json") and (table not in ALL_TABLES or ending != "csv"):
        raise Http404
    try:
        facts = _rehearsed(request, fund, draft, form)
    except FundError:
        raise Http404 from None
    if ending == "json":
        content = rehearsal_json(facts, language).encode()
    elif table in FUTURES_TABLES and facts.futures is None:
        raise Http404
    else:
        content = csv.render(ALL_TABLES[table](facts, language), language)
    name = f"{stem}-{table}"
    return HttpResponse(
        content,
        content_type=_TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="{file_names([name])[name]}.{ending}"'},
    )
