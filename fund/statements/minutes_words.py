"""Small words of the minutes: interests, moments, ends of sentences."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from allocation.models import Recusal, Vote


def interest_word(stored: str) -> str:
    """The interest for which somebody is recused."""
    return str(dict(Recusal.Interest.choices).get(stored, stored or _("another personal interest")))


def kind_word(stored: str) -> str:
    """The kind of ballot."""
    return str(dict(Vote.Kind.choices).get(stored, stored))


def left_words(at: datetime) -> str:
    """When somebody left."""
    return _("left at %(time)s") % {"time": timezone.localtime(at).strftime("%H:%M")}


def ending(why: str) -> str:
    """A reason in brackets, on one line; nothing where there is none."""
    return f" ({' '.join(why.split())})" if why.strip() else ""
