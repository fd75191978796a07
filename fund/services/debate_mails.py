"""What the committee is told when a debate opens: on which applications, until when, and where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from allocation.models import Call, Debate
from fund.models import Fund
from fund.queries.people import Person
from fund.services.mail import write_mail


def tell_debate_opened(fund: Fund, call: Call, opened: Sequence[Debate], person: Person, *, at: datetime) -> None:
    """A mail to one person about the debates that they may take part in; recused people are not told of theirs."""
    numbers = ",".join(str(each.application.number) for each in opened)
    said = [_body(fund, call, opened, language) for language in ("fr", "en")]
    with translation.override("fr"):
        subject = _("%(call)s: your position is asked for") % {"call": call.name}
    write_mail(
        fund,
        kind="debate-opened",
        reference=f"{call.slug}/{numbers}/{person.code}",
        recipient=person.email,
        subject=subject,
        body="\n\n".join(said),
        at=at,
    )


def _body(fund: Fund, call: Call, opened: Sequence[Debate], language: str) -> str:
    first = opened[0]
    with translation.override(language):
        figures = {
            "count": len(opened),
            "until": _moment(first.positions_until),
            "closes": _moment(first.closes),
            "address": f"{settings.SITE_URL}/{fund.slug}/calls/{call.slug}/debates",
        }
        return (
            ngettext(
                "Say what you think of %(count)s application, and why, until %(until)s. Nobody sees a position "
                "before everybody has spoken or that moment has come. Then comes the debate, until %(closes)s.\n"
                "%(address)s",
                "Say what you think of %(count)s applications, and why, until %(until)s. Nobody sees a position "
                "before everybody has spoken or that moment has come. Then comes the debate, until %(closes)s.\n"
                "%(address)s",
                len(opened),
            )
            % figures
        )


def _moment(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y %H:%M}"
