"""The minutes on a page, and to take away."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.safestring import mark_safe

from fund import roles
from fund.models import Fund
from fund.queries.minutes import MinutesFacts, minutes_of
from fund.statements.files import file_names
from fund.statements.minutes import minutes, minutes_lines
from fund.statements.render import csv, html, pdf
from fund.web.access import SeatedRequest
from fund.web.pages import language_of_page, show

_TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8", "csv": "text/csv; charset=utf-8"}


def page(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """The minutes: a draft for those who work on it, final for everybody who may read them."""
    facts = _facts(request, fund, call)
    document = minutes(facts, language_of_page())
    # The renderer escapes everything that comes from the document.
    text = mark_safe(html.fragment(document))  # noqa: S308
    return show(request, "decision/minutes.html", {"facts": facts, "minutes": text}, fund=fund)


def paper(request: SeatedRequest, fund: Fund, call: str, ending: str) -> HttpResponse:
    """The minutes as PDF or as a page that stands alone; the projects as CSV, once decided."""
    facts, language = _facts(request, fund, call), language_of_page()
    if ending not in _TYPES or (ending == "csv" and not facts.is_final):
        raise Http404
    if ending == "csv":
        content = csv.render(minutes_lines(facts, language), language)
    elif ending == "html":
        content = html.page(minutes(facts, language)).encode()
    else:
        content = pdf.render(minutes(facts, language))
    name = f"{fund.slug}-{call}-minutes"
    safe = file_names([name])[name]
    return HttpResponse(
        content,
        content_type=_TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="{safe}.{ending}"'},
    )


def _facts(request: SeatedRequest, fund: Fund, call: str) -> MinutesFacts:
    facts = minutes_of(fund, call, language_of_page())
    if facts is None or not (facts.is_final or roles.may_see_committee(request.seats, fund.slug)):
        raise Http404
    return facts
