"""How the auditor's desk and the bank write what they keep: minor units, stored words, strata, a sample's recipe."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fund.accounting.reconciling import Proposal
from fund.models import AuditSampleEntry, AuditTick
from fund.queries.audit import SampleShown
from fund.statements.render import formats
from fund.web.bank_forms import pair_of
from fund.web.pages import language_of_page
from ledger.money import Amount, Unit

register = template.Library()

_WORDS: Final[Mapping[str, Mapping[str, str | Promise]]] = {
    "outcome": dict(AuditTick.Outcome.choices),
    "why": dict(AuditSampleEntry.Why.choices),
    "ground": {"reference": _("same reference"), "amount": _("same amount"), "hand": _("chosen by hand")},
}


@register.filter
def desk_word(value: str, table: str) -> str:
    """A stored word of the desk in the reader's language."""
    return str(_WORDS[table].get(value, value))


@register.filter
def minor(value: int, unit: Unit) -> str:
    """Whole minor units as a number alone, for a column."""
    return formats.bare_amount(Amount(value, unit), language_of_page())


@register.filter
def minor_amount(value: int, unit: Unit) -> str:
    """Whole minor units as an amount with its unit."""
    return formats.amount_text(Amount(value, unit), language_of_page())


@register.filter
def pair(value: Proposal) -> str:
    """What a proposed pair is called in a form."""
    return pair_of(value)


@register.filter
def stratum(value: str, facts: SampleShown) -> str:
    """The name of a stratum; a band of amounts from its bounds in minor units."""
    if facts.parameters.get("by") != "amount":
        return value
    lower, _dash, upper = value.partition("-")
    said = minor(int(lower), facts.unit)
    if upper:
        return gettext("%(from)s to %(to)s") % {"from": said, "to": minor(int(upper), facts.unit)}
    return gettext("%(from)s or more") % {"from": said}


@register.filter
def recipe(value: Mapping[str, object]) -> str:
    """The parameters of a sample in one line, as they are hashed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
