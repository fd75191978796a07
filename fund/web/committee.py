"""What the committee decided, and the ballots for whoever counts again."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from fund import roles
from fund.models import Fund
from fund.queries.committee import ballots_file, call_result
from fund.web.access import SeatedRequest
from fund.web.calls import apply_context
from fund.web.pages import language_of_page, show


def result(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """The outcome of a call, project by project."""
    facts = call_result(fund, call, request.today, language_of_page())
    if facts is None:
        raise Http404
    may_count = facts.outcome is not None and roles.may_see_ballots(request.seats, fund.slug)
    context = {"facts": facts, "may_count": may_count, **apply_context(request, fund, call)}
    return show(request, "committee/result.html", context, fund=fund)


def ballots(request: SeatedRequest, fund: Fund, call: str) -> HttpResponse:
    """The ballots in the Pabulib format, once the outcome is published."""
    text = ballots_file(fund, call, request.today)
    if text is None:
        raise Http404
    name = f"{fund.slug}-{call}.pb"
    return HttpResponse(
        text,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
