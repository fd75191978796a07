"""The committee decides: what it adopted by vote becomes the call's one outcome, with its awards and its record.

A scenario is put to the vote as it is, or with differences: a reason, and for each project that differs its amount
and why. What is recorded is what was voted, and nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from allocation.calls import locked
from allocation.deciding.errors import (
    AdoptionMissing,
    DifferenceInvalid,
    DissentInvalid,
    OpinionInvalid,
    ScenarioNotAdopted,
)
from allocation.deciding.records import record_of
from allocation.deciding.scenarios import deciding_vote, refuse_decided, scenario_of
from allocation.errors import OutcomeFinal
from allocation.methods.inputs import Inputs, fingerprint
from allocation.methods.registry import check_adoptable
from allocation.methods.strands import parts_of
from allocation.models import (
    Award,
    AwardPart,
    Call,
    Decision,
    Difference,
    Dissent,
    Elector,
    Outcome,
    Scenario,
    Vote,
)
from allocation.voting.records import verdict_of

REASON_LIMIT = 2_000
OPINION_LIMIT = 10_000
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What the committee decides otherwise: the reason, then by project the amount in minor units and why."""

    reason: str
    amounts: Mapping[str, int]
    why: Mapping[str, str]

    def subject(self) -> dict[str, Any]:
        """As a vote keeps it."""
        return {"reason": self.reason, "amounts": dict(self.amounts), "why": dict(self.why)}


@dataclass(frozen=True, slots=True)
class Put:
    """What a vote adopts: a scenario, and what differs from it (None: nothing)."""

    scenario: Scenario
    otherwise: Otherwise | None
    inputs: Inputs = field(repr=False)
    computed: Mapping[str, int] = field(repr=False)

    @property
    def amounts(self) -> dict[str, int]:
        """Every project that gets something with its amount: the scenario's order, then what was added, by code."""
        changed = dict(self.otherwise.amounts) if self.otherwise else {}
        amounts = {code: changed.get(code, minor) for code, minor in self.computed.items()}
        amounts |= {code: changed[code] for code in sorted(changed) if code not in amounts}
        return {code: minor for code, minor in amounts.items() if minor}


def subject_of(*, call: Call, scenario: int, otherwise: Otherwise | None = None) -> dict[str, Any]:
    """What a vote on a scenario is about, checked: its number, and what is to be decided otherwise."""
    refuse_decided(call)
    deciding_vote(call)
    kept = scenario_of(call, scenario)
    if otherwise is None:
        return {"scenario": kept.number}
    _check(_put(kept, otherwise))
    return {"scenario": kept.number, "otherwise": otherwise.subject()}


def put_to_the_vote(vote: Vote) -> Put:
    """What the vote is about; refused where it is about no scenario."""
    subject = vote.subject if isinstance(vote.subject, Mapping) else {}
    if "scenario" not in subject or vote.kind not in (Vote.Kind.YES_NO, Vote.Kind.CONSENT):
        raise AdoptionMissing(slug=vote.call.slug, number=vote.number, why="not_on_scenario")
    said = subject.get("otherwise")
    otherwise = None
    if said:
        try:
            otherwise = Otherwise(said["reason"], dict(said["amounts"]), dict(said["why"]))
        except (TypeError, ValueError, LookupError):
            raise AdoptionMissing(slug=vote.call.slug, number=vote.number, why="not_on_scenario") from None
    return _put(scenario_of(vote.call, subject["scenario"]), otherwise)


def _put(scenario: Scenario, otherwise: Otherwise | None) -> Put:
    result = json.loads(scenario.result)
    computed = {code: result["amounts"][code] for code in result["winners"]}
    return Put(scenario, otherwise, Inputs.read(scenario.inputs), computed)


def _check(put: Put) -> None:
    """Refuse a difference without a reason, out of bounds, or for which there is no money."""
    otherwise = put.otherwise
    if otherwise is None:
        return
    if not otherwise.amounts:
        raise DifferenceInvalid(project="", why="none")
    if not is_prose(otherwise.reason, REASON_LIMIT):
        raise DifferenceInvalid(project="", why="no_reason", limit=REASON_LIMIT)
    asked = {each.code: each for each in put.inputs.requests}
    for code, minor in otherwise.amounts.items():
        if code not in asked:
            raise DifferenceInvalid(project=code, why="unknown")
        if minor == put.computed.get(code, 0):
            raise DifferenceInvalid(project=code, why="same")
        least, most = asked[code].minimum, asked[code].target
        if minor and not least <= minor <= most:
            raise DifferenceInvalid(project=code, why="out_of_bounds", decided=minor, minimum=least, target=most)
        if not is_prose(otherwise.why.get(code, ""), REASON_LIMIT):
            raise DifferenceInvalid(project=code, why="no_why", limit=REASON_LIMIT)
    if parts_of(put.inputs, put.amounts) is None:
        raise DifferenceInvalid(project="", why="above_envelopes", decided=sum(put.amounts.values()))


def is_prose(text: object, limit: int) -> bool:
    """Whether it is a text of 1 to `limit` characters, line breaks allowed, that a page and a database can hold."""
    return isinstance(text, str) and bool(text.strip()) and len(text) <= limit and not _UNFIT.search(text)


@transaction.atomic
def decide(
    *,
    call: Call,
    vote: int,
    charter: Mapping[str, Any],
    by: str,
    at: datetime,
    opinions: Mapping[str, str] | None = None,
) -> Decision:
    """Record what a closed vote adopted: the decision, its record, the outcome and the awards, in one transaction.

    `charter` says which rules governed it (`version`, `name`, `sha256`), `opinions` holds a motivated opinion for each
    project that has one. The same decision again finds the first.
    """
    call = locked(call)
    chosen = _closed_vote(call, vote)
    held = Decision.objects.filter(call=call).first()
    if held is not None:
        if held.vote_id == chosen.pk and held.decided_by == by:
            return held
        refuse_decided(call)
    if (published := Outcome.objects.filter(call=call).first()) is not None:
        raise OutcomeFinal(slug=call.slug, on=published.published_on)
    put = put_to_the_vote(chosen)
    check_adoptable(put.scenario.method)
    _check(put)
    _refuse_rejected(chosen)
    said = _opinions(put.inputs, opinions or {})
    outcome = _publish(call, put, charter=dict(charter), opinions=said, by=by, at=at)
    parts = parts_of(put.inputs, put.amounts)
    assert parts is not None, "a result never spends more than its envelopes"
    _award(outcome, put.amounts, parts)
    record = record_of(outcome=outcome, scenario=put.scenario, vote=chosen, by=by, at=at)
    decision = Decision.objects.create(
        call=call,
        scenario=put.scenario,
        vote=chosen,
        outcome=outcome,
        manner=Decision.Manner.DIFFERENT if put.otherwise else Decision.Manner.ADOPTED,
        reason=put.otherwise.reason if put.otherwise else "",
        record=record,
        record_sha256=fingerprint(record),
        decided_at=at,
        decided_by=by,
    )
    if put.otherwise:
        proposals = {each.code: each for each in call.proposals.all()}
        Difference.objects.bulk_create(
            Difference(
                decision=decision,
                proposal=proposals[code],
                computed_minor=put.computed.get(code, 0),
                decided_minor=minor,
                why=put.otherwise.why[code],
            )
            for code, minor in sorted(put.otherwise.amounts.items())
        )
    return decision


def _closed_vote(call: Call, number: object) -> Vote:
    vote = None
    if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**31:
        vote = call.votes.select_related("meeting").filter(number=number).first()
    if vote is None:
        raise AdoptionMissing(slug=call.slug, number=number, why="unknown")
    put_to_the_vote(vote)
    if vote.closed_at is None:
        raise AdoptionMissing(slug=call.slug, number=number, why="open")
    return vote


def _refuse_rejected(vote: Vote) -> None:
    found = verdict_of(vote)
    if not found["adopted"]:
        raise ScenarioNotAdopted(
            number=vote.number,
            yes=found["yes"],
            no=found["no"],
            abstentions=found["abstentions"],
            needed=found["needed"],
            objections=found["objections_standing"],
        )


def _opinions(inputs: Inputs, opinions: Mapping[str, str]) -> dict[str, str]:
    known = {each.code for each in inputs.requests}
    for code, text in opinions.items():
        if code not in known:
            raise OpinionInvalid(project=code, why="unknown")
        if not is_prose(text, OPINION_LIMIT):
            raise OpinionInvalid(project=code, why="text", limit=OPINION_LIMIT)
    return dict(opinions)


def _publish(
    call: Call, put: Put, *, charter: dict[str, Any], opinions: dict[str, str], by: str, at: datetime
) -> Outcome:
    """The outcome in the shape that every outcome has: the computed result, and what was decided on top of it."""
    computed = json.loads(put.scenario.result)
    amounts = put.amounts
    spent = sum(amounts.values())
    decided: dict[str, Any] = {
        "amounts": amounts,
        "winners": list(amounts),
        "spent_minor": spent,
        "left_minor": computed["budget_minor"] - spent,
        "computed": {name: computed[name] for name in ("amounts", "winners", "spent_minor", "left_minor")},
        "charter": charter,
        "opinions": opinions,
    }
    return Outcome.objects.create(
        call=call,
        inputs_sha256=put.scenario.inputs_sha256,
        method=put.scenario.method,
        parameters=put.scenario.parameters,
        result=computed | decided,
        published_on=timezone.localdate(at),
        published_by=by,
    )


def _award(outcome: Outcome, amounts: Mapping[str, int], parts: Mapping[str, list[tuple[str, int]]]) -> None:
    proposals = {each.code: each for each in outcome.call.proposals.all()}
    envelopes = {each.code: each for each in outcome.call.envelopes.all()}
    for rank, (code, minor) in enumerate(amounts.items(), start=1):
        award = Award.objects.create(
            outcome=outcome,
            proposal=proposals[code],
            rank=rank,
            amount_minor=minor,
            awarded_on=outcome.published_on,
        )
        AwardPart.objects.bulk_create(
            AwardPart(award=award, envelope=envelopes[envelope], amount_minor=drawn) for envelope, drawn in parts[code]
        )


@transaction.atomic
def dissent(*, call: Call, person: str, text: str, at: datetime) -> Dissent:
    """Keep a minority opinion of somebody who had a vote, to stand in the minutes; the same text finds the first."""
    call = locked(call)
    held = Dissent.objects.filter(call=call, person=person).first()
    if held is not None and held.text == text:
        return held
    refuse_decided(call)
    if not is_prose(text, REASON_LIMIT):
        raise DissentInvalid(why="text", limit=REASON_LIMIT)
    if not Elector.objects.filter(vote__call=call, person=person).exists():
        raise DissentInvalid(why="no_vote")
    if not call.scenarios.exists():
        raise DissentInvalid(why="no_scenario")
    if held is not None:
        raise DissentInvalid(why="said")
    return Dissent.objects.create(call=call, person=person, text=text, at=at)
