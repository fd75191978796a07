"""Scenarios side by side: what each method gives to each project, what it leaves, and how much hangs on one ballot."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from allocation.calls import call_of
from allocation.deciding.errors import ScenarioImpossible, ScenariosSealed
from allocation.deciding.scenarios import deciding_vote
from allocation.errors import CallUnknown
from allocation.methods.auditing.sentences import witness_sentence
from allocation.methods.auditing.witnesses import witness
from allocation.methods.inputs import Inputs
from allocation.methods.method_words import method_told
from allocation.methods.record import reason_of
from allocation.methods.sentences import sentence
from allocation.methods.strands import compute, steadiness
from allocation.models import Call, Decision, Scenario, Vote
from allocation.queries import CallFacts, call_facts
from allocation.voting.records import verdict_of
from fund.charter.faults import Language
from fund.models import Fund
from fund.queries.minutes import ScenarioFacts, scenario_facts
from ledger.money import Amount, unit_of


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One project: what it asked, who supports it of how many who could, and its amount in each scenario.

    `agreement` is `all`, `none`, `amounts` (all fund it, with different amounts) or `split`.
    """

    code: str
    name: str
    asked: Amount
    minimum: Amount | None
    support: int
    entitled: int
    amounts: tuple[Amount, ...]
    funded: int
    agreement: str


@dataclass(frozen=True, slots=True)
class Column:
    """One scenario: its figures, its method in a sentence, and the group that it leaves unserved, in a sentence."""

    facts: ScenarioFacts
    told: str
    method: str
    witness: str


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A project in the scenario that is looked at: its amount, why, and in how many reruns it is funded."""

    name: str
    amount: Amount
    reason: str
    funded: int
    reruns: int

    @property
    def is_steady(self) -> bool:
        """Whether no single ballot decides whether it is funded."""
        return self.funded in (0, self.reruns)


@dataclass(frozen=True, slots=True)
class AdoptionVote:
    """A vote on a scenario: open, adopted or not, and on which one."""

    number: int
    scenario: int
    otherwise: bool
    is_open: bool
    adopted: bool
    yes: int
    no: int
    abstained: int


@dataclass(frozen=True, slots=True)
class Compared:
    """The scenarios of a call. `sealed` and `impossible` hold the sentence that says why there are none yet."""

    call: CallFacts
    columns: tuple[Column, ...]
    rows: tuple[ScenarioRow, ...]
    looked_at: Column | None
    reasons: tuple[ReasonLine, ...]
    voters: int
    votes: tuple[AdoptionVote, ...]
    sealed: str
    impossible: str
    decided_on: date | None
    meeting: int | None

    @property
    def disputed(self) -> tuple[ScenarioRow, ...]:
        """The projects on which the scenarios do not agree."""
        return tuple(row for row in self.rows if row.agreement in ("split", "amounts"))


def compared(fund: Fund, slug: str, number: int | None, language: Language) -> Compared | None:
    """The scenarios of a call, the one of this number (else the first) looked at closely; None without such a call.

    While a vote on the projects is open nothing is shown, not even what was computed before it.
    """
    try:
        call = call_of(fund.slug, slug)
    except CallUnknown:
        return None
    sealed = impossible = ""
    try:
        deciding_vote(call)
    except ScenariosSealed as refusal:
        sealed = refusal.sentence(language)
    except ScenarioImpossible as refusal:
        impossible = refusal.sentence(language)
    decision = Decision.objects.filter(call=call).first()
    kept = [] if sealed else list(call.scenarios.select_related("call").order_by("number"))
    names = dict(call.proposals.values_list("code", "name"))
    columns = tuple(_column(each, names, decision, language) for each in kept)
    looked_at = next((each for each in kept if each.number == number), kept[0] if kept else None)
    meeting = call.meetings.filter(opened_at__isnull=False, closed_at=None).order_by("number").last()
    return Compared(
        call=call_facts(fund.slug, slug),
        columns=columns,
        rows=_rows(call, kept),
        looked_at=next((each for each in columns if looked_at and each.facts.number == looked_at.number), None),
        reasons=_reasons(looked_at, names, language) if looked_at else (),
        voters=json.loads(looked_at.result)["voters"] if looked_at else 0,
        votes=tuple(adoption_votes(call)),
        sealed=sealed,
        impossible=impossible,
        decided_on=timezone.localdate(decision.decided_at) if decision else None,
        meeting=meeting.number if meeting else None,
    )


def _column(scenario: Scenario, names: dict[str, str], decision: Decision | None, language: Language) -> Column:
    adopted = decision is not None and decision.scenario_id == scenario.pk
    unit = unit_of(scenario.call.currency)
    found = [witness(strand.problem, strand.result, "cost") for strand in compute(Inputs.read(scenario.inputs)).strands]
    told = [witness_sentence(each, language, unit=unit, names=names) for each in found if each is not None]
    return Column(
        facts=scenario_facts(scenario, language, adopted=adopted),
        told=method_told(scenario.method, language),
        method=scenario.method,
        witness=" ".join(told),
    )


def _rows(call: Call, kept: list[Scenario]) -> tuple[ScenarioRow, ...]:
    if not kept:
        return ()
    results = [json.loads(each.result) for each in kept]
    unit = unit_of(call.currency)
    found = []
    for proposal in call_facts(call.owner, call.slug).proposals:
        code = proposal.code
        if code not in results[0]["support"]:
            continue
        amounts = tuple(Amount(result["amounts"].get(code, 0), unit) for result in results)
        funded = sum(map(bool, amounts))
        agreement = {0: "none", len(amounts): "all"}.get(funded, "split")
        if agreement == "all" and len(set(amounts)) > 1:
            agreement = "amounts"
        found.append(
            ScenarioRow(
                code,
                proposal.name,
                proposal.asked,
                proposal.minimum,
                results[0]["support"][code],
                results[0]["entitled"][code],
                amounts,
                funded,
                agreement,
            )
        )
    return tuple(found)


def _reasons(scenario: Scenario, names: dict[str, str], language: Language) -> tuple[ReasonLine, ...]:
    result, inputs = json.loads(scenario.result), Inputs.read(scenario.inputs)
    unit = unit_of(scenario.call.currency)
    steady = steadiness(inputs)
    lines = [
        ReasonLine(
            names.get(code, code),
            Amount(result["amounts"].get(code, 0), unit),
            sentence(reason_of(code, record), language, unit=unit, names=names),
            steady[code],
            len(inputs.ballots),
        )
        for code, record in result["reasons"].items()
    ]
    return tuple(sorted(lines, key=lambda line: (not line.amount, line.name)))


def adoption_votes(call: Call) -> list[AdoptionVote]:
    """The votes on scenarios of a call, in their order; an open one says nothing of its papers."""
    found = []
    for vote in call.votes.filter(kind__in=[Vote.Kind.YES_NO, Vote.Kind.CONSENT]).order_by("number"):
        if "scenario" not in vote.subject:
            continue
        is_open = vote.closed_at is None
        nothing: dict[str, Any] = {"adopted": False, "yes": 0, "no": 0, "abstentions": 0}
        verdict = nothing if is_open else verdict_of(vote)
        found.append(
            AdoptionVote(
                number=vote.number,
                scenario=vote.subject["scenario"],
                otherwise=bool(vote.subject.get("otherwise")),
                is_open=is_open,
                adopted=verdict["adopted"],
                yes=verdict["yes"],
                no=verdict["no"],
                abstained=verdict["abstentions"],
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class DecidedAmount:
    """What a vote would give a project, beside what was computed, and why where they differ."""

    name: str
    computed: Amount
    decided: Amount
    why: str


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """The amounts that recording a vote's decision would award."""

    vote: AdoptionVote
    amounts: tuple[DecidedAmount, ...]
    total: Amount
    left: Amount
    reason: str
    projects: tuple[tuple[str, str], ...]
    closed_at: datetime | None


def to_confirm(fund: Fund, slug: str, number: int) -> ToConfirm | None:
    """What recording this vote would do; None where there is no such vote on a scenario."""
    try:
        call = call_of(fund.slug, slug)
    except CallUnknown:
        return None
    vote = next((each for each in adoption_votes(call) if each.number == number), None)
    row = call.votes.filter(number=number).first()
    if vote is None or row is None:
        return None
    scenario = call.scenarios.filter(number=vote.scenario).first()
    if scenario is None:
        return None
    unit = unit_of(call.currency)
    result, said = json.loads(scenario.result), row.subject.get("otherwise") or {}
    changed, why = said.get("amounts", {}), said.get("why", {})
    names = dict(call.proposals.values_list("code", "name"))
    lines = [
        DecidedAmount(
            names.get(code, code),
            Amount(result["amounts"].get(code, 0), unit),
            Amount(changed.get(code, result["amounts"].get(code, 0)), unit),
            why.get(code, ""),
        )
        for code in sorted(result["support"])
    ]
    total = Amount(sum(line.decided.minor for line in lines), unit)
    return ToConfirm(
        vote=vote,
        amounts=tuple(lines),
        total=total,
        left=Amount(result["budget_minor"], unit) - total,
        reason=said.get("reason", ""),
        projects=tuple((code, names.get(code, code)) for code in sorted(result["support"])),
        closed_at=row.closed_at,
    )
