"""The outbox: what the fund wrote to people, and whether it left."""

from __future__ import annotations

from django.http import HttpResponse

from fund.models import Fund
from fund.queries.mails import outbox_of
from fund.web.access import SeatedRequest
from fund.web.pages import show


def outbox(request: SeatedRequest, fund: Fund) -> HttpResponse:
    """What waits and what was sent: to whom, when, about what."""
    return show(request, "mails/outbox.html", {"outbox": outbox_of(fund)}, fund=fund)
