"""A call opens and receives its proposals; each act happens once, and the same facts again change nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from moneyed import Money

from allocation.amounts import amount_of, money_of
from allocation.errors import (
    BallotsAlreadyCast,
    CallConflict,
    CallInvalid,
    CallUnknown,
    ProposalConflict,
)
from allocation.methods.registry import check_adoptable, method_named
from allocation.methods.ties import commitment
from allocation.models import Call, Envelope, Proposal
from ledger.money import Amount, unit_of

CODE_LIMIT = 60
NAME_LIMIT = 200
SEED_LIMIT = 200
PROPOSAL_CODE_LIMIT = 100
TEXT_LIMIT = 1_000


@dataclass(frozen=True, slots=True)
class EnvelopeDraft:
    """A sum that the call may spend."""

    code: str
    name: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class ProposalDraft:
    """A project that asks for money; `lead` is the code of the party that carries it."""

    code: str
    name: str
    lead: str
    asked: Amount
    category: str = ""


@transaction.atomic
def open_call(
    *,
    owner: str,
    slug: str,
    name: str,
    opens: date,
    closes: date,
    method: str,
    lottery_seed: str,
    envelopes: Sequence[EnvelopeDraft],
    parameters: Mapping[str, object] | None = None,
    currency: str = "EUR",
) -> Call:
    """Open a call under a method and its parameters, with the envelopes it may spend.

    The method's identifier and all its parameters are written down now, so the rule is known before the
    ballots are; so is the hash of the lottery's seed. The same call again is returned as it is.
    """
    chosen = method_named(method)
    check_adoptable(method)
    facts: dict[str, Any] = {
        "name": name,
        "opens": opens,
        "closes": closes,
        "method": chosen.id,
        "parameters": chosen.completed(parameters or {}),
        "currency": currency,
        "lottery_seed": lottery_seed,
    }
    _check_call(owner, slug, facts, envelopes)
    sums = {envelope.code: (envelope.name, money_of(envelope.amount)) for envelope in envelopes}
    held = Call.objects.filter(owner=owner, slug=slug).first()
    if held is not None:
        _refuse_other_call(held, facts, sums)
        return held
    call = Call.objects.create(owner=owner, slug=slug, seed_commitment=commitment(lottery_seed), **facts)
    for code, (label, money) in sums.items():
        Envelope.objects.create(call=call, code=code, name=label, amount=money)
    return call


def _check_call(owner: str, slug: str, facts: Mapping[str, Any], envelopes: Sequence[EnvelopeDraft]) -> None:
    if not all(is_text(text, CODE_LIMIT) for text in (owner, slug)) or not is_text(facts["name"], NAME_LIMIT):
        raise CallInvalid(slug=slug, why="slug_invalid", limit=CODE_LIMIT)
    if facts["opens"] > facts["closes"]:
        raise CallInvalid(
            slug=slug,
            why="closes_before_opening",
            opens=facts["opens"].isoformat(),
            closes=facts["closes"].isoformat(),
        )
    if not is_text(facts["lottery_seed"], SEED_LIMIT):
        raise CallInvalid(slug=slug, why="seed_invalid", limit=SEED_LIMIT)
    codes = [envelope.code for envelope in envelopes]
    if not codes or len(set(codes)) < len(codes) or not all(is_text(code, CODE_LIMIT) for code in codes):
        raise CallInvalid(slug=slug, why="envelopes_invalid", limit=CODE_LIMIT)
    for envelope in envelopes:
        _check_amount(slug, envelope.code, envelope.amount, facts["currency"])
        if not is_text(envelope.name, NAME_LIMIT, least=0):
            raise CallInvalid(slug=slug, why="text_too_long", code=envelope.code, limit=NAME_LIMIT)


_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def is_text(text: str, limit: int, *, least: int = 1) -> bool:
    """Whether a text has from `least` to `limit` characters, and none that a database or a page cannot hold."""
    return least <= len(text.strip()) and len(text) <= limit and not _UNPRINTABLE.search(text)


def _check_amount(slug: str, code: str, amount: Amount, currency: str) -> None:
    if amount.unit != unit_of(currency):
        raise CallInvalid(slug=slug, why="unit_differs", code=code[:60], amount=amount.unit.code, currency=currency)
    if amount.minor <= 0:
        raise CallInvalid(slug=slug, why="nothing_asked", code=code[:60], amount=str(amount))


def _refuse_other_call(held: Call, facts: Mapping[str, Any], sums: Mapping[str, tuple[str, Money]]) -> None:
    for what, value in facts.items():
        if getattr(held, what) != value:
            raise CallConflict(slug=held.slug, what=what.replace("_", " "))
    if {envelope.code: (envelope.name, envelope.amount) for envelope in held.envelopes.all()} != sums:
        raise CallConflict(slug=held.slug, what="envelopes")


def call_of(owner: str, slug: str) -> Call:
    """The owner's call of this slug."""
    well_formed = is_text(owner, CODE_LIMIT) and is_text(slug, CODE_LIMIT)
    found = Call.objects.filter(owner=owner, slug=slug).first() if well_formed else None
    if found is None:
        raise CallUnknown(owner=owner, slug=slug)
    return found


def locked(call: Call) -> Call:
    """The call as it is now, held until the transaction ends: ballots and outcomes take their turn."""
    return Call.objects.select_for_update().get(pk=call.pk)


@transaction.atomic
def receive_proposals(*, call: Call, proposals: Sequence[ProposalDraft]) -> list[Proposal]:
    """Receive proposals before the first ballot; one already received with the same facts is left alone."""
    call = locked(call)
    _check_proposals(call, proposals)
    held = {proposal.code: proposal for proposal in call.proposals.all()}
    new: list[Proposal] = []
    for draft in proposals:
        if draft.code in held:
            _refuse_other_proposal(held[draft.code], draft)
            continue
        new.append(
            Proposal(
                call=call,
                code=draft.code,
                name=draft.name,
                lead=draft.lead,
                category=draft.category,
                asked=money_of(draft.asked),
            )
        )
    if new and (cast := call.ballots.count()):
        raise BallotsAlreadyCast(slug=call.slug, count=cast)
    Proposal.objects.bulk_create(new)
    received = {proposal.code: proposal for proposal in call.proposals.all()}
    return [received[draft.code] for draft in proposals]


def _check_proposals(call: Call, proposals: Sequence[ProposalDraft]) -> None:
    seen: set[str] = set()
    for draft in proposals:
        if draft.code in seen or not is_text(draft.code, PROPOSAL_CODE_LIMIT):
            raise CallInvalid(
                slug=call.slug, why="proposal_code_invalid", code=draft.code[:60], limit=PROPOSAL_CODE_LIMIT
            )
        seen.add(draft.code)
        if not all(is_text(text, TEXT_LIMIT, least=0) for text in (draft.name, draft.lead, draft.category)):
            raise CallInvalid(slug=call.slug, why="text_too_long", code=draft.code, limit=TEXT_LIMIT)
        _check_amount(call.slug, draft.code, draft.asked, call.currency)


def _refuse_other_proposal(held: Proposal, draft: ProposalDraft) -> None:
    if amount_of(held.asked) != draft.asked:
        raise ProposalConflict(proposal=held.code, what="amount")
    for what in ("name", "lead", "category"):
        if getattr(held, what) != getattr(draft, what):
            raise ProposalConflict(proposal=held.code, what=what)
