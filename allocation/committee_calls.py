"""A call to which companies apply: beside dates, envelopes and method, it says what it is for and what it asks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from allocation.applying.errors import CommitteeCallInvalid
from allocation.calls import CODE_LIMIT, NAME_LIMIT, EnvelopeDraft, is_text, open_call
from allocation.errors import CallConflict
from allocation.models import Call, Criterion, RequestedDocument
from allocation.prose import INVISIBLE

PRESENTATION_LIMIT = 20_000
CRITERIA_LIMIT = 100
"""The largest weight, and the largest scale."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class CriterionDraft:
    """One line of the rubric: scored from 0 to `scale`, weighing `weight`."""

    code: str
    name: str
    weight: int = 1
    scale: int = 5


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """A document that an application has to hold, or may."""

    code: str
    name: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class CommitteeCallDraft:
    """Everything that a call to companies says; several envelopes are its strands, each with its own sum."""

    slug: str
    name: str
    presentation: str
    opens: date
    applications_until: date
    closes: date
    method: str
    envelopes: Sequence[EnvelopeDraft]
    criteria: Sequence[CriterionDraft]
    documents: Sequence[DocumentDraft] = ()
    parameters: Mapping[str, object] | None = None
    currency: str = "EUR"


@transaction.atomic
def open_committee_call(*, owner: str, draft: CommitteeCallDraft, lottery_seed: str) -> Call:
    """Open a call to companies, whole or not at all; the same call again is returned as it is."""
    _check(draft)
    before = Call.objects.filter(owner=owner, slug=draft.slug).exists()
    call = open_call(
        owner=owner,
        slug=draft.slug,
        name=draft.name,
        opens=draft.opens,
        closes=draft.closes,
        method=draft.method,
        lottery_seed=lottery_seed,
        envelopes=draft.envelopes,
        parameters=draft.parameters,
        currency=draft.currency,
    )
    if before:
        _refuse_other(call, draft)
        return call
    call.presentation, call.applications_until = draft.presentation, draft.applications_until
    call.save(update_fields=["presentation", "applications_until"])
    for each in draft.criteria:
        call.criteria.create(code=each.code, name=each.name, weight=each.weight, scale=each.scale)
    for asked in draft.documents:
        call.documents.create(code=asked.code, name=asked.name, required=asked.required)
    return call


def _check(draft: CommitteeCallDraft) -> None:
    slug = draft.slug
    if len(slug) > CODE_LIMIT or not _SLUG.fullmatch(slug) or slug == "new":
        raise CommitteeCallInvalid(slug=slug, why="slug_invalid", limit=CODE_LIMIT)
    if not 1 <= len(draft.presentation.strip()) <= PRESENTATION_LIMIT or INVISIBLE.search(draft.presentation):
        raise CommitteeCallInvalid(slug=slug, why="presentation_invalid", limit=PRESENTATION_LIMIT)
    if not draft.opens <= draft.applications_until <= draft.closes:
        days = {name: getattr(draft, name).isoformat() for name in ("opens", "closes")}
        raise CommitteeCallInvalid(slug=slug, why="until_outside", until=draft.applications_until.isoformat(), **days)
    codes = [each.code for each in draft.criteria]
    fine = all(
        is_text(each.code, CODE_LIMIT)
        and is_text(each.name, NAME_LIMIT)
        and 1 <= each.weight <= CRITERIA_LIMIT
        and 1 <= each.scale <= CRITERIA_LIMIT
        for each in draft.criteria
    )
    if not codes or len(set(codes)) < len(codes) or not fine:
        raise CommitteeCallInvalid(slug=slug, why="criteria_invalid", limit=CRITERIA_LIMIT)
    asked = [each.code for each in draft.documents]
    named = all(is_text(each.code, CODE_LIMIT) and is_text(each.name, NAME_LIMIT) for each in draft.documents)
    if len(set(asked)) < len(asked) or not named or "other" in asked:
        raise CommitteeCallInvalid(slug=slug, why="documents_invalid", limit=NAME_LIMIT)


def _refuse_other(call: Call, draft: CommitteeCallDraft) -> None:
    held: dict[str, Any] = {
        "presentation": call.presentation,
        "applications until": call.applications_until,
        "criteria": [CriterionDraft(row.code, row.name, row.weight, row.scale) for row in criteria_of(call)],
        "documents": [DocumentDraft(row.code, row.name, row.required) for row in documents_asked(call)],
    }
    given = {
        "presentation": draft.presentation,
        "applications until": draft.applications_until,
        "criteria": list(draft.criteria),
        "documents": list(draft.documents),
    }
    for what, value in given.items():
        if held[what] != value:
            raise CallConflict(slug=call.slug, what=what)


def criteria_of(call: Call) -> list[Criterion]:
    """The rubric of a call, in its order."""
    return list(call.criteria.order_by("pk"))


def documents_asked(call: Call) -> list[RequestedDocument]:
    """The documents that a call asks for, in its order."""
    return list(call.documents.order_by("pk"))
