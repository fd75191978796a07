"""A call opens and receives its proposals; each act happens once, and the same facts again change nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

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
from allocation.methods.registry import method_named
from allocation.methods.ties import commitment
from allocation.models import Call, Envelope, Proposal
from ledger.money import Amount, unit_of

SEED_LIMIT = 200


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
    facts = {
        "name": name,
        "opens": opens,
        "closes": closes,
        "method": chosen.id,
        "parameters": chosen.completed(parameters or {}),
        "currency": currency,
        "lottery_seed": lottery_seed,
    }
    _check_call(slug, facts, envelopes)
    sums = {envelope.code: (envelope.name, money_of(envelope.amount)) for envelope in envelopes}
    held = Call.objects.filter(owner=owner, slug=slug).first()
    if held is not None:
        _refuse_other_call(held, facts, sums)
        return held
    call = Call.objects.create(owner=owner, slug=slug, seed_commitment=commitment(lottery_seed), **facts)
    for code, (label, money) in sums.items():
        Envelope.objects.create(call=call, code=code, name=label, amount=money)
    return call


def _check_call(slug: str, facts: Mapping[str, object], envelopes: Sequence[EnvelopeDraft]) -> None:
    seed = str(facts["lottery_seed"])
    codes = [envelope.code for envelope in envelopes]
    unit = unit_of(str(facts["currency"]))
    if not slug:
        raise CallInvalid(slug=slug, why="it has no slug")
    if str(facts["opens"]) > str(facts["closes"]):
        raise CallInvalid(slug=slug, why=f"it closes on {facts['closes']}, before it opens on {facts['opens']}")
    if not seed or len(seed) > SEED_LIMIT:
        raise CallInvalid(slug=slug, why=f"the seed of its lottery needs 1 to {SEED_LIMIT} characters")
    if not codes or len(set(codes)) < len(codes):
        raise CallInvalid(slug=slug, why="it needs envelopes, each with a code of its own")
    for envelope in envelopes:
        if envelope.amount.unit != unit:
            raise CallInvalid(
                slug=slug, why=f"the envelope {envelope.code} is in {envelope.amount.unit}, not in {unit}"
            )
        if envelope.amount.minor <= 0:
            raise CallInvalid(
                slug=slug, why=f"the envelope {envelope.code} holds {envelope.amount}, not more than nothing"
            )


def _refuse_other_call(held: Call, facts: Mapping[str, object], sums: Mapping[str, tuple[str, Money]]) -> None:
    for what, value in facts.items():
        if getattr(held, what) != value:
            raise CallConflict(slug=held.slug, what=what.replace("_", " "))
    if {envelope.code: (envelope.name, envelope.amount) for envelope in held.envelopes.all()} != sums:
        raise CallConflict(slug=held.slug, what="envelopes")


def call_of(owner: str, slug: str) -> Call:
    """The owner's call of this slug."""
    found = Call.objects.filter(owner=owner, slug=slug).first()
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
    unit = unit_of(call.currency)
    seen: set[str] = set()
    for draft in proposals:
        if not draft.code or draft.code in seen:
            raise CallInvalid(slug=call.slug, why=f"the proposal code “{draft.code}” is empty or given twice")
        seen.add(draft.code)
        if draft.asked.unit != unit:
            raise CallInvalid(slug=call.slug, why=f"the proposal {draft.code} asks {draft.asked.unit}, not {unit}")
        if draft.asked.minor <= 0:
            raise CallInvalid(
                slug=call.slug, why=f"the proposal {draft.code} asks {draft.asked}, not more than nothing"
            )


def _refuse_other_proposal(held: Proposal, draft: ProposalDraft) -> None:
    if amount_of(held.asked) != draft.asked:
        raise ProposalConflict(proposal=held.code, what="amount")
    for what in ("name", "lead", "category"):
        if getattr(held, what) != getattr(draft, what):
            raise ProposalConflict(proposal=held.code, what=what)
