"""The record of a decision (*registre*): everything that led to it as one canonical text, made again to the byte.

Nothing in it comes from a clock, a primary key or the order in which a database gives its rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from allocation.deciding.errors import DecisionUnknown
from allocation.deciding.scenarios import Choice, inputs_of
from allocation.errors import AllocationError
from allocation.methods.inputs import Inputs, canonical, fingerprint
from allocation.methods.strands import ENGINE, compute, computed_record
from allocation.models import Call, Decision, Outcome, Recusal, Scenario, Vote
from allocation.voting.records import meeting_record, moment, shift_between, verdict_of, vote_record

FORMAT = "tresse-decision/1"

_UNREADABLE = (AllocationError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
"""What reading rows that somebody changed by hand may come to."""


def record_of(*, outcome: Outcome, scenario: Scenario, vote: Vote, by: str, at: datetime) -> str:
    """The record of a decision, computed again from its frozen inputs and read again from the tables."""
    call = outcome.call
    kept = outcome.result
    computed = computed_record(compute(Inputs.read(scenario.inputs)))
    rounds = [vote_record(each) for each in _rounds(call, scenario.vote)]
    votes = [*_rounds(call, scenario.vote), vote]
    record = {
        "format": FORMAT,
        "engine": ENGINE,
        "call": {
            "owner": call.owner,
            "slug": call.slug,
            "name": call.name,
            "opens": call.opens.isoformat(),
            "closes": call.closes.isoformat(),
            "currency": call.currency,
        },
        "charter": kept["charter"],
        "lottery": {"seed": call.lottery_seed, "commitment": call.seed_commitment},
        "projects": [
            {"code": each.code, "name": each.name, "lead": each.lead} for each in _sorted(call.proposals.all())
        ],
        "inputs": json.loads(scenario.inputs),
        "inputs_sha256": fingerprint(scenario.inputs),
        "scenario": scenario.number,
        "method": scenario.method,
        "parameters": scenario.parameters,
        "computed": computed,
        "other_scenarios": [_other(each) for each in _others(call, scenario, at)],
        "rounds": rounds,
        "shift": shift_between(rounds[0], rounds[-1]) if len(rounds) > 1 else {},
        "adoption": vote_record(vote) | {"verdict": verdict_of(vote)},
        "meetings": [meeting_record(each, at) for each in _meetings(votes)],
        "recusals": _recusals(call, votes),
        "manner": "different" if vote.subject.get("otherwise") else "adopted",
        "differences": _differences(vote.subject.get("otherwise"), computed["amounts"]),
        "reason": (vote.subject.get("otherwise") or {}).get("reason", ""),
        "amounts": kept["amounts"],
        "parts": {
            award.proposal.code: {part.envelope.code: part.amount_minor for part in award.parts.all()}
            for award in outcome.awards.select_related("proposal").prefetch_related("parts__envelope")
        },
        "awards": {award.proposal.code: award.amount_minor for award in outcome.awards.select_related("proposal")},
        "left_minor": kept["left_minor"],
        "opinions": kept["opinions"],
        "dissents": [
            {"person": each.person, "text": each.text, "at": moment(each.at)}
            for each in sorted(call.dissents.all(), key=lambda each: each.person)
            if each.at <= at
        ],
        "decided_at": moment(at),
        "decided_on": timezone.localdate(at).isoformat(),
        "decided_by": by,
    }
    return canonical(record)


def _sorted(rows: Any) -> list[Any]:
    return sorted(rows, key=lambda each: each.code)


def _rounds(call: Call, deciding: Vote) -> list[Vote]:
    """The first ballot and the one that decided, once where they are the same."""
    earlier = [
        vote
        for vote in call.votes.select_related("meeting").order_by("number")
        if vote.round == 1 and vote.number < deciding.number and vote.closed_at is not None
    ]
    return [*earlier[-1:], deciding]


def _others(call: Call, scenario: Scenario, at: datetime) -> Iterator[Scenario]:
    for each in call.scenarios.order_by("number"):
        if each.number != scenario.number and each.made_at <= at:
            yield each


def _other(scenario: Scenario) -> dict[str, Any]:
    result = computed_record(compute(Inputs.read(scenario.inputs)))
    return {
        "number": scenario.number,
        "method": scenario.method,
        "parameters": scenario.parameters,
        "amounts_granted": result["amounts_granted"],
        "inputs_sha256": scenario.inputs_sha256,
        "amounts": result["amounts"],
        "left_minor": result["left_minor"],
    }


def _meetings(votes: list[Vote]) -> list[Any]:
    """The meetings at which the votes were held, and the ones that they stood in for."""
    found = {}
    for vote in votes:
        meeting = vote.meeting
        while meeting is not None:
            found[meeting.number] = meeting
            meeting = meeting.second_of
    return [found[number] for number in sorted(found)]


def _recusals(call: Call, votes: list[Vote]) -> list[dict[str, Any]]:
    """Who was recused from what when the votes opened, with the reason that the register gives."""
    why = {
        (row.person, row.application.proposal.code): row
        for row in Recusal.objects.select_related("application__proposal").filter(application__call=call)
        if row.application.proposal
    }
    frozen = {(each.person, code) for vote in votes for each in vote.electors.all() for code in each.recused}
    return [
        {
            "person": person,
            "project": code,
            "manner": why[person, code].manner if (person, code) in why else "",
            "interest": why[person, code].interest if (person, code) in why else "",
            "why": why[person, code].why if (person, code) in why else "",
        }
        for person, code in sorted(frozen)
    ]


def _differences(otherwise: Mapping[str, Any] | None, computed: Mapping[str, int]) -> list[dict[str, Any]]:
    if not otherwise:
        return []
    return [
        {
            "project": code,
            "computed_minor": computed.get(code, 0),
            "decided_minor": minor,
            "why": otherwise["why"][code],
        }
        for code, minor in sorted(otherwise["amounts"].items())
    ]


@dataclass(frozen=True, slots=True)
class Recomputed:
    """The record made again, and where it differs from the one that was kept: paths into it, or names of rows."""

    decision: Decision
    record: str
    differs: tuple[str, ...]


def decision_named(name: str) -> Decision:
    """The decision of a number, or of `FUND/CALL`."""
    decisions = Decision.objects.select_related("call", "scenario__vote", "vote", "outcome")
    found = None
    if name.isascii() and name.isdigit() and len(name) < 19:
        found = decisions.filter(pk=int(name)).first()
    elif "/" in name and "\0" not in name and name.isprintable():
        owner, _, slug = name.partition("/")
        found = decisions.filter(call__owner=owner, call__slug=slug).first()
    if found is None:
        raise DecisionUnknown(name=name)
    return found


def recompute(decision: Decision) -> Recomputed:
    """Make the record of a decision again, from its frozen inputs and the rows beneath it, and compare.

    What cannot even be read is named like what differs.
    """
    unreadable = [
        f"scenario {each.number}.inputs"
        for each in decision.call.scenarios.order_by("number")
        if each.made_at <= decision.decided_at and not _is_readable(each.inputs)
    ]
    kept = _parsed(decision.record)
    if unreadable or kept is None:
        return Recomputed(decision, "", tuple(unreadable) or ("decision.record",))
    try:
        text = record_of(
            outcome=decision.outcome,
            scenario=decision.scenario,
            vote=decision.vote,
            by=decision.decided_by,
            at=decision.decided_at,
        )
    except _UNREADABLE:
        return Recomputed(decision, "", ("votes",))
    again = json.loads(text)
    differs = list(_paths(kept, again)) or (["decision.record"] if text != decision.record else [])
    checks = {**_checks(decision, again), **_scenario_checks(decision)}
    return Recomputed(decision, text, (*differs, *(name for name, holds in checks.items() if not holds)))


def _is_readable(inputs: str) -> bool:
    """Whether a text holds inputs that a method can be run on."""
    try:
        compute(Inputs.read(inputs))
    except _UNREADABLE:
        return False
    return True


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _checks(decision: Decision, again: Mapping[str, Any]) -> dict[str, bool]:
    """What the decision and its outcome keep beside the record, each by its name."""
    outcome = decision.outcome
    return {
        "decision.record_sha256": fingerprint(decision.record) == decision.record_sha256,
        "decision.manner": decision.manner == again["manner"],
        "decision.reason": decision.reason == again["reason"],
        "decision.differences": _kept_differences(decision) == again["differences"],
        "outcome.inputs_sha256": outcome.inputs_sha256 == fingerprint(decision.scenario.inputs),
        "outcome.awards": again["awards"] == outcome.result["amounts"],
        "outcome.computed": outcome.result["computed"]["amounts"] == again["computed"]["amounts"],
        "lottery.commitment": decision.call.seed_commitment == fingerprint(decision.call.lottery_seed),
    }


def _scenario_checks(decision: Decision) -> dict[str, bool]:
    """Every scenario that the committee saw: its inputs are those of the tables, its result is what they come to."""
    checks = {}
    for each in decision.call.scenarios.filter(made_at__lte=decision.decided_at).order_by("number"):
        name, inputs = f"scenario {each.number}", Inputs.read(each.inputs)
        choice = Choice(each.method, each.parameters, inputs.amounts)
        checks[f"{name}.inputs_sha256"] = fingerprint(each.inputs) == each.inputs_sha256
        checks[f"{name}.inputs"] = inputs_of(each.call, each.vote, choice).text() == each.inputs
        checks[f"{name}.result"] = canonical(computed_record(compute(inputs))) == each.result
    return checks


def _kept_differences(decision: Decision) -> list[dict[str, Any]]:
    return [
        {
            "project": each.proposal.code,
            "computed_minor": each.computed_minor,
            "decided_minor": each.decided_minor,
            "why": each.why,
        }
        for each in sorted(decision.differences.select_related("proposal"), key=lambda each: each.proposal.code)
    ]


def _paths(kept: Any, again: Any, path: str = "") -> Iterator[str]:
    """Where two plain values differ, as paths: `rounds[1].papers[3]`."""
    if isinstance(kept, dict) and isinstance(again, dict):
        for name in sorted({*kept, *again}):
            where = f"{path}.{name}" if path else name
            if name not in kept or name not in again:
                yield where
            else:
                yield from _paths(kept[name], again[name], where)
    elif isinstance(kept, list) and isinstance(again, list) and len(kept) == len(again):
        for place, (one, other) in enumerate(zip(kept, again, strict=True)):
            yield from _paths(one, other, f"{path}[{place}]")
    elif kept != again:
        yield path
