"""How moments are written on a page: the hour in the fund's own time, and how long is left."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from fund.statements.render.formats import date_text
from fund.web.pages import language_of_page

register = template.Library()

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


@register.filter
def moment(value: datetime) -> str:
    """A moment with its hour: `28 mai 2026, 19 h 30`, `28 May 2026, 19:30`."""
    local = timezone.localtime(value)
    language = language_of_page()
    hour = f"{local:%H} h {local:%M}" if language == "fr" else f"{local:%H:%M}"
    return f"{date_text(local.date(), language)}, {hour.replace(' ', chr(0xA0))}"


@register.filter
def moment_or_day(value: date) -> str:
    """A moment with its hour, a day without one."""
    return moment(value) if isinstance(value, datetime) else date_text(value, language_of_page())


@register.filter
def left_until(value: datetime, now: datetime) -> str:
    """How long is left, in the largest unit of which there are two: `in 3 days`, `in 5 hours`, `in 12 minutes`."""
    seconds = int((value - now).total_seconds())
    if seconds <= 0:
        return gettext("over")
    for size, say in ((_DAY, _days), (_HOUR, _hours)):
        if seconds >= 2 * size:
            return say(seconds // size)
    return _minutes(max(seconds // _MINUTE, 1))


def _days(count: int) -> str:
    return ngettext("in %(count)d day", "in %(count)d days", count) % {"count": count}


def _hours(count: int) -> str:
    return ngettext("in %(count)d hour", "in %(count)d hours", count) % {"count": count}


def _minutes(count: int) -> str:
    return ngettext("in %(count)d minute", "in %(count)d minutes", count) % {"count": count}
