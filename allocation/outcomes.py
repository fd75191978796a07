"""Counting the ballots, and publishing what they decide. Counting reads; publishing writes, once and for good."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction

from allocation.amounts import amount_of
from allocation.calls import is_text, locked
from allocation.errors import BallotsSealed, CallInvalid, InputsChanged, OutcomeFinal
from allocation.methods.explained import explained
from allocation.methods.problem import Problem, Result
from allocation.methods.reasons import Reason
from allocation.methods.record import result_record
from allocation.methods.registry import solve
from allocation.methods.ties import TieRule
from allocation.models import Award, AwardPart, Call, Envelope, Outcome

PUBLISHER_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Tally:
    """What the ballots of a call decide, and the SHA-256 of everything that went in."""

    inputs_sha256: str
    result: Result
    reasons: dict[str, Reason]


@dataclass(frozen=True, slots=True)
class _Inputs:
    """All that decides: the rule, the envelopes, the proposals and the ballots, in an order of their own."""

    method: str
    parameters: dict[str, str | int]
    lottery_seed: str
    currency: str
    envelopes: list[tuple[str, int]]
    proposals: list[tuple[str, int]]
    ballots: list[tuple[str, list[str]]]

    @classmethod
    def of(cls, call: Call) -> _Inputs:
        return cls(
            method=call.method,
            parameters=call.parameters,
            lottery_seed=call.lottery_seed,
            currency=call.currency,
            envelopes=sorted((each.code, amount_of(each.amount).minor) for each in call.envelopes.all()),
            proposals=sorted((each.code, amount_of(each.asked).minor) for each in call.proposals.all()),
            ballots=sorted(call.ballots.values_list("voter", "approvals")),
        )

    def sha256(self) -> str:
        """The fingerprint of the inputs, written as JSON with sorted names and no spaces."""
        facts = {name: getattr(self, name) for name in self.__dataclass_fields__}
        text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return sha256(text.encode()).hexdigest()

    def problem(self) -> Problem:
        return Problem.of(
            budget=sum(minor for _, minor in self.envelopes),
            costs=dict(self.proposals),
            ballots=(approvals for _, approvals in self.ballots),
        )


def tally(*, call: Call, on: date) -> Tally:
    """Count the ballots, from the closing day on; nothing is written."""
    if on < call.closes:
        raise BallotsSealed(slug=call.slug, on=on, closes=call.closes)
    inputs = _Inputs.of(call)
    problem = inputs.problem()
    tie_rule = TieRule(seed=inputs.lottery_seed)
    result = solve(problem, method=inputs.method, parameters=inputs.parameters, tie_rule=tie_rule)
    return Tally(inputs.sha256(), result, explained(problem, result, tie_rule))


@transaction.atomic
def publish_outcome(*, call: Call, tallied: Tally, on: date, by: str) -> Outcome:
    """Publish what a tally decided, and award it from the call's envelopes.

    Refused when proposals or ballots changed since the tally. The same tally published again returns
    the outcome as it stands; another one is refused, because an outcome is final.
    """
    if not is_text(by, PUBLISHER_LIMIT):
        raise CallInvalid(slug=call.slug, why="publisher_invalid", limit=PUBLISHER_LIMIT)
    call = locked(call)
    held = Outcome.objects.filter(call=call).first()
    if held is not None:
        if held.inputs_sha256 == tallied.inputs_sha256 and (held.published_on, held.published_by) == (on, by):
            return held
        raise OutcomeFinal(slug=call.slug, on=held.published_on)
    if on < call.closes:
        raise BallotsSealed(slug=call.slug, on=on, closes=call.closes)
    if _Inputs.of(call).sha256() != tallied.inputs_sha256:
        raise InputsChanged(slug=call.slug)
    outcome = Outcome.objects.create(
        call=call,
        inputs_sha256=tallied.inputs_sha256,
        method=tallied.result.method,
        parameters=dict(tallied.result.parameters),
        result=result_record(tallied.result, tallied.reasons),
        published_on=on,
        published_by=by,
    )
    _make_awards(outcome, tallied.result, on)
    return outcome


def _make_awards(outcome: Outcome, result: Result, on: date) -> None:
    """Award every winner its amount, envelope after envelope in the order of their codes."""
    proposals = {proposal.code: proposal for proposal in outcome.call.proposals.all()}
    awards = [
        Award(outcome=outcome, proposal=proposals[code], rank=rank, amount_minor=result.amounts[code], awarded_on=on)
        for rank, code in enumerate(result.winners, start=1)
    ]
    Award.objects.bulk_create(awards)
    left = [(envelope, amount_of(envelope.amount).minor) for envelope in outcome.call.envelopes.order_by("code")]
    AwardPart.objects.bulk_create(part for award in awards for part in _parts(award, left))


def _parts(award: Award, left: list[tuple[Envelope, int]]) -> list[AwardPart]:
    """Draw an award from the envelopes in their order, which `left` keeps; the parts sum to the award."""
    parts: list[AwardPart] = []
    due = award.amount_minor
    for number, (envelope, minor) in enumerate(left):
        drawn = min(due, minor)
        if drawn:
            parts.append(AwardPart(award=award, envelope=envelope, amount_minor=drawn))
            left[number] = (envelope, minor - drawn)
            due -= drawn
    assert due == 0, "a result never spends more than its envelopes"
    return parts
