"""The outbox as its administrator sees it: what waits and what was sent, never what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from fund.models import Fund, OutgoingMail

SHOWN = 200
"""How many of the sent mails a page lists, the last first."""


@dataclass(frozen=True, slots=True)
class MailShown:
    """A mail without its body: a body may hold a link that is a secret of its reader.

    In the demonstration setting alone `body` is filled, so that whoever plays all the roles can read their mail.
    """

    subject: str
    recipient: str
    written_at: datetime
    sent_at: datetime | None
    attempts: int
    trouble: str
    body: str


@dataclass(frozen=True, slots=True)
class Outbox:
    """What waits, the oldest first, and the last that were sent; `sends` says whether the site can send at all."""

    waiting: tuple[MailShown, ...]
    sent: tuple[MailShown, ...]
    sent_count: int
    sends: bool


def outbox_of(fund: Fund) -> Outbox:
    """The outbox of a fund."""
    rows = OutgoingMail.objects.filter(fund=fund)
    gone = rows.exclude(sent_at=None)
    return Outbox(
        waiting=tuple(map(_shown, rows.filter(sent_at=None).order_by("pk"))),
        sent=tuple(map(_shown, gone.order_by("-sent_at", "-pk")[:SHOWN])),
        sent_count=gone.count(),
        sends=settings.MAIL_IS_SENT,
    )


def _shown(row: OutgoingMail) -> MailShown:
    body = row.body if settings.DEMONSTRATION else ""
    return MailShown(row.subject, row.recipient, row.written_at, row.sent_at, row.attempts, row.trouble, body)
