"""What a member gave and holds."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from fund.models import Fund
from fund.queries.members import member_account
from fund.web.access import SeatedRequest
from fund.web.pages import asked_day, show_as_of


def account(request: SeatedRequest, fund: Fund, code: str) -> HttpResponse:
    """The account of one member, as of a day."""
    form, day = asked_day(request, fund)
    facts = member_account(fund, code, day)
    if facts is None:
        raise Http404
    return show_as_of(request, "members/account.html", {"facts": facts}, fund=fund, form=form, day=day)
