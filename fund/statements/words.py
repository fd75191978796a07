"""The stored words that statements and pages say alike: what the books keep as `drawing-right` is said in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fund.models import (
    FundingConvention,
    InKindContribution,
    Membership,
    NotorietyResolution,
    PublicAuthority,
    Tranche,
)

WORDS: Final[Mapping[str, Mapping[str, str | Promise]]] = {
    "category": dict(Membership.Category.choices),
    "authority": dict(PublicAuthority.Category.choices),
    "condition": dict(Tranche.Condition.choices),
    "in-kind": dict(InKindContribution.Kind.choices),
    "quantity": {"day": _("days"), "hour": _("hours"), "month": _("months"), "unit": _("pieces"), "night": _("nights")},
    "method": {
        "rental value": _("rental value"),
        "replacement value": _("replacement value"),
        "market value": _("market value"),
        "cost": _("cost"),
    },
    "recipient": {
        "fund": _("The fund"),
        "members": _("The members"),
        "company": _("The company, for its next project"),
        "reserve": _("The reserve"),
        "producer": _("The producer"),
        "investors": _("The investors"),
        "recipients": _("Other recipients"),
    },
    "form": {
        "cash": _("in cash"),
        "drawing-right": _("as drawing rights"),
        "locked": _("locked"),
        "retained": _("kept where it is"),
        "loss": _("as a loss to bear"),
    },
    "movement": {"used": _("used for a project"), "transferred": _("left to another member"), "expired": _("expired")},
    "kind": {"performance": _("performance")},
    "funding": dict(FundingConvention.Kind.choices),
    "notoriety-state": {
        "credited": _("credited"),
        "credited-before": _("credited in an adopted statement"),
        "waiting": _("may still be contested"),
        "contested": _("contested, set aside"),
        "withdrawn": _("withdrawn"),
        "town-counted": _("town already counted"),
        "not-in-table": _("without points in the table"),
    },
    "notoriety-outcome": dict(NotorietyResolution.Outcome.choices),
}


def word_of(table: str, stored: str) -> str:
    """The word in the language in use; the stored word itself where the table has none."""
    return str(WORDS[table].get(stored, stored))
