"""What pages, statements and files read of calls and outcomes: plain values, no tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from allocation.amounts import amount_of
from allocation.calls import call_of
from allocation.elections.pabulib import Election, ElectionBallot, ElectionProject, write_election
from allocation.errors import BallotsSealed
from allocation.methods.inputs import KINDS, TARGET, Inputs, points_of
from allocation.methods.problem import APPROVAL
from allocation.methods.reasons import Reason
from allocation.methods.record import reason_of
from allocation.models import Award, Ballot, Call, Decision, Outcome
from allocation.voting.records import count_record
from ledger.money import Amount, Unit, total_of, unit_of


@dataclass(frozen=True, slots=True)
class EnvelopeFacts:
    """A sum that a call may spend."""

    code: str
    name: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """A project that asks for money."""

    code: str
    name: str
    lead: str
    category: str
    asked: Amount
    minimum: Amount | None = None


@dataclass(frozen=True, slots=True)
class CallFacts:
    """A call as everyone may know it: the lottery's seed is shown once the outcome is out."""

    owner: str
    slug: str
    name: str
    opens: date
    closes: date
    method: str
    parameters: dict[str, str | int]
    seed_commitment: str
    lottery_seed: str | None
    budget: Amount
    envelopes: tuple[EnvelopeFacts, ...]
    proposals: tuple[ProposalFacts, ...]
    ballots_cast: int
    published_on: date | None


@dataclass(frozen=True, slots=True)
class DifferenceFacts:
    """What the committee decided otherwise than its scenario, by how many votes, and why."""

    computed: Amount
    decided: Amount
    votes_for: int
    against: int
    abstained: int
    why: str


@dataclass(frozen=True, slots=True)
class ProjectOutcome:
    """What became of a proposal: its votes, its award with its rank and parts by envelope, and the reason.

    `minimum` is the least it can be made with, where it asked for a partial amount. Where the committee decided
    otherwise than computed, `difference` says so and the reason is that of the computation.
    """

    code: str
    name: str
    lead: str
    category: str
    cost: Amount
    votes: int
    awarded: Amount
    rank: int | None
    parts: tuple[tuple[str, Amount], ...]
    reason: Reason
    minimum: Amount | None = None
    difference: DifferenceFacts | None = None
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """How a committee came to the outcome: by which vote, adopting or differing, and the fingerprint of its record."""

    manner: str
    reason: str
    scenario: int
    vote: int
    votes_for: int
    against: int
    abstained: int
    record_sha256: str


@dataclass(frozen=True, slots=True)
class OutcomeFacts:
    """A published outcome: by which method, what was spent and left, and every project in its order.

    Awarded projects come first, by rank; then the others as they were received. `steps` and `ties` are
    the record that was published.
    """

    call: CallFacts
    inputs_sha256: str
    method: str
    parameters: dict[str, str | int]
    published_on: date
    published_by: str
    spent: Amount
    left: Amount
    projects: tuple[ProjectOutcome, ...]
    steps: tuple[dict[str, Any], ...]
    ties: tuple[dict[str, Any], ...]
    decision: DecisionFacts | None = None


def call_facts(owner: str, call: str) -> CallFacts:
    """The owner's call of this slug."""
    return _call_facts(call_of(owner, call))


def _call_facts(call: Call) -> CallFacts:
    outcome = Outcome.objects.filter(call=call).first()
    envelopes = tuple(
        EnvelopeFacts(each.code, each.name, amount_of(each.amount)) for each in call.envelopes.order_by("code")
    )
    return CallFacts(
        owner=call.owner,
        slug=call.slug,
        name=call.name,
        opens=call.opens,
        closes=call.closes,
        method=call.method,
        parameters=dict(call.parameters),
        seed_commitment=call.seed_commitment,
        lottery_seed=call.lottery_seed if outcome else None,
        budget=total_of((each.amount for each in envelopes), unit_of(call.currency)),
        envelopes=envelopes,
        proposals=tuple(
            ProposalFacts(
                each.code,
                each.name,
                each.lead,
                each.category,
                amount_of(each.asked),
                amount_of(each.minimum) if each.minimum is not None else None,
            )
            for each in call.proposals.all()
        ),
        ballots_cast=_ballots_cast(call),
        published_on=outcome.published_on if outcome else None,
    )


def _ballots_cast(call: Call) -> int:
    """The ballots that count: those of the file, or the papers of the vote that the committee decided on."""
    decision = Decision.objects.select_related("scenario__vote").filter(call=call).first()
    return decision.scenario.vote.papers.count() if decision else call.ballots.count()


def outcome_facts(owner: str, call: str) -> OutcomeFacts | None:
    """The published outcome of the owner's call, or None while there is none."""
    found = call_of(owner, call)
    outcome = Outcome.objects.filter(call=found).first()
    if outcome is None:
        return None
    facts = _call_facts(found)
    unit = facts.budget.unit
    decision = Decision.objects.select_related("scenario", "vote").filter(call=found).first()
    decided = _decision_facts(decision) if decision else None
    differences = _differences(decision, decided, unit) if decision and decided else {}
    opinions = outcome.result.get("opinions", {})
    awards = {
        award.proposal.code: award
        for award in outcome.awards.select_related("proposal").prefetch_related("parts__envelope")
    }
    projects = [
        _project_outcome(
            proposal,
            awards.get(proposal.code),
            outcome.result["reasons"][proposal.code],
            support=outcome.result.get("support", {}).get(proposal.code),
            difference=differences.get(proposal.code),
            opinion=opinions.get(proposal.code, ""),
        )
        for proposal in facts.proposals
        if proposal.code in outcome.result["reasons"]
    ]
    return OutcomeFacts(
        call=facts,
        inputs_sha256=outcome.inputs_sha256,
        method=outcome.method,
        parameters=dict(outcome.parameters),
        published_on=outcome.published_on,
        published_by=outcome.published_by,
        spent=Amount(outcome.result["spent_minor"], unit),
        left=Amount(outcome.result["left_minor"], unit),
        projects=tuple(sorted(projects, key=lambda each: (each.rank is None, each.rank or 0))),
        steps=tuple(outcome.result["steps"]),
        ties=tuple(outcome.result["ties"]),
        decision=decided,
    )


def _decision_facts(decision: Decision) -> DecisionFacts:
    count = count_record(decision.vote, list(decision.vote.papers.values_list("content", flat=True)))
    return DecisionFacts(
        manner=decision.manner,
        reason=decision.reason,
        scenario=decision.scenario.number,
        vote=decision.vote.number,
        votes_for=count["yes"],
        against=count["no"],
        abstained=count["abstentions"],
        record_sha256=decision.record_sha256,
    )


def _differences(decision: Decision, decided: DecisionFacts, unit: Unit) -> dict[str, DifferenceFacts]:
    return {
        each.proposal.code: DifferenceFacts(
            Amount(each.computed_minor, unit),
            Amount(each.decided_minor, unit),
            decided.votes_for,
            decided.against,
            decided.abstained,
            each.why,
        )
        for each in decision.differences.select_related("proposal")
    }


def _project_outcome(
    proposal: ProposalFacts,
    award: Award | None,
    record: dict[str, Any],
    *,
    support: int | None,
    difference: DifferenceFacts | None,
    opinion: str,
) -> ProjectOutcome:
    reason = reason_of(proposal.code, record)
    unit = proposal.asked.unit
    parts = sorted((part.envelope.code, part.amount_minor) for part in award.parts.all()) if award else []
    return ProjectOutcome(
        code=proposal.code,
        name=proposal.name,
        lead=proposal.lead,
        category=proposal.category,
        cost=proposal.asked,
        votes=reason.figures["supporters"] if support is None else support,
        awarded=Amount(award.amount_minor if award else 0, unit),
        rank=award.rank if award else None,
        parts=tuple((code, Amount(minor, unit)) for code, minor in parts),
        reason=reason,
        minimum=proposal.minimum,
        difference=difference,
        opinion=opinion,
    )


def ballots_as_pabulib(*, call: Call, on: date) -> str:
    """The ballots of a closed call as a `.pb` file, so that anyone can count again.

    The file says what was chosen, not by whom: ballots are in the order of what they say, then numbered. Where the
    committee decided on a vote, its papers are the ballots: approvals, or points as a cumulative vote.
    """
    decision = Decision.objects.select_related("scenario", "outcome").filter(call=call).first()
    if on < (decision.outcome.published_on if decision else call.closes):
        raise BallotsSealed(slug=call.slug, on=on, closes=call.closes)
    facts = _call_facts(call)
    if decision:
        vote_type, ballots, costs = _papers(Inputs.read(decision.scenario.inputs))
    else:
        vote_type, costs = "approval", {each.code: each.asked.minor for each in facts.proposals}
        approvals = sorted(call.ballots.values_list("approvals", flat=True))
        ballots = [(tuple(each), ()) for each in approvals]
    election = Election(
        budget=facts.budget.minor,
        unit=facts.budget.unit,
        vote_type=vote_type,
        projects=tuple(
            ElectionProject(each.code, costs[each.code], each.name, each.category)
            for each in facts.proposals
            if each.code in costs
        ),
        ballots=tuple(
            ElectionBallot(str(number), projects, points) for number, (projects, points) in enumerate(ballots, start=1)
        ),
        meta={
            "description": facts.name,
            "instance": facts.slug,
            "rule": decision.scenario.method if decision else facts.method,
            "date_begin": facts.opens.isoformat(),
            "date_end": facts.closes.isoformat(),
        },
    )
    return write_election(election)


def _papers(inputs: Inputs) -> tuple[str, list[tuple[tuple[str, ...], tuple[Decimal, ...]]], dict[str, int]]:
    """The papers that decided as a type of vote and its ballots, and what each project costs in the computation."""
    costs = {each.code: each.target if inputs.amounts == TARGET else each.minimum for each in inputs.requests}
    given = [points_of(inputs.kind, each) for each in inputs.ballots]
    if KINDS[inputs.kind] == APPROVAL:
        return "approval", [(tuple(sorted(each)), ()) for each in given], costs
    pointed = [sorted(each.items()) for each in given]
    return (
        "cumulative",
        [(tuple(code for code, _ in each), tuple(Decimal(points) for _, points in each)) for each in pointed],
        costs,
    )


def ballots_cast(owner: str, slug: str) -> dict[str, list[str]]:
    """What each voter of a call supports; for comparing, never for showing: a ballot is sealed until the close."""
    return dict(Ballot.objects.filter(call__owner=owner, call__slug=slug).values_list("voter", "approvals"))
