"""The calls of a fund: which are open, and what each says to companies before its outcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from allocation.amounts import amount_of
from allocation.models import Call, Outcome
from allocation.queries import EnvelopeFacts
from fund.charter.faults import Language
from fund.models import Fund
from fund.queries.eligibility import GateAsked, gates_asked
from ledger.money import Amount, total_of, unit_of

Phase = Literal["to-come", "open", "examined", "decided"]


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call in the list: its sum, its dates, and whether one can apply."""

    slug: str
    name: str
    budget: Amount
    opens: date
    applications_until: date | None
    closes: date
    phase: Phase


@dataclass(frozen=True, slots=True)
class CriterionShown:
    """A criterion of the rubric."""

    name: str
    weight: int
    scale: int


@dataclass(frozen=True, slots=True)
class DocumentAsked:
    """A document that the call asks for."""

    name: str
    required: bool


@dataclass(frozen=True, slots=True)
class CallToCompanies:
    """What a call to companies says before its outcome."""

    line: CallLine
    presentation: str
    strands: tuple[EnvelopeFacts, ...]
    criteria: tuple[CriterionShown, ...]
    documents: tuple[DocumentAsked, ...]
    gates: tuple[GateAsked, ...]

    @property
    def is_open(self) -> bool:
        """Whether one can apply."""
        return self.line.phase == "open"


def call_lines(fund: Fund, today: date) -> tuple[CallLine, ...]:
    """The fund's calls, those that one can apply to first, then the latest."""
    order = {"open": 0, "to-come": 1, "examined": 2, "decided": 3}
    lines = [_line(call, today) for call in Call.objects.filter(owner=fund.slug).order_by("-closes", "slug")]
    return tuple(sorted(lines, key=lambda line: order[line.phase]))


def _line(call: Call, today: date) -> CallLine:
    unit = unit_of(call.currency)
    budget = total_of((amount_of(each.amount) for each in call.envelopes.all()), unit)
    return CallLine(call.slug, call.name, budget, call.opens, call.applications_until, call.closes, _phase(call, today))


def _phase(call: Call, today: date) -> Phase:
    if Outcome.objects.filter(call=call, published_on__lte=today).exists():
        return "decided"
    if today < call.opens:
        return "to-come"
    if call.applications_until and today <= call.applications_until:
        return "open"
    return "examined"


def call_to_companies(fund: Fund, slug: str, today: date, language: Language) -> CallToCompanies | None:
    """What the call says to companies; None when there is no such call, or it takes no applications."""
    call = Call.objects.filter(owner=fund.slug, slug=slug, applications_until__isnull=False).first()
    if call is None:
        return None
    return CallToCompanies(
        line=_line(call, today),
        presentation=call.presentation,
        strands=tuple(
            EnvelopeFacts(each.code, each.name or each.code, amount_of(each.amount))
            for each in call.envelopes.order_by("code")
        ),
        criteria=tuple(CriterionShown(each.name, each.weight, each.scale) for each in call.criteria.order_by("pk")),
        documents=tuple(DocumentAsked(each.name, each.required) for each in call.documents.order_by("pk")),
        gates=gates_asked(fund, call, language),
    )


def call_named(fund: Fund, slug: str) -> Call | None:
    """The fund's call of this slug; None when there is none."""
    return Call.objects.filter(owner=fund.slug, slug=slug).first()
