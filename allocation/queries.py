"""What pages, statements and files read of calls and outcomes: plain values, no tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from allocation.amounts import amount_of
from allocation.calls import call_of
from allocation.errors import BallotsSealed
from allocation.methods.reasons import Reason
from allocation.methods.record import reason_of
from allocation.models import Award, Ballot, Call, Outcome
from allocation.pabulib import Election, ElectionBallot, ElectionProject, write_election
from ledger.money import Amount, total_of, unit_of


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
class ProjectOutcome:
    """What became of a proposal: its votes, its award with its rank and parts by envelope, and the reason."""

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
            ProposalFacts(each.code, each.name, each.lead, each.category, amount_of(each.asked))
            for each in call.proposals.all()
        ),
        ballots_cast=call.ballots.count(),
        published_on=outcome.published_on if outcome else None,
    )


def outcome_facts(owner: str, call: str) -> OutcomeFacts | None:
    """The published outcome of the owner's call, or None while there is none."""
    found = call_of(owner, call)
    outcome = Outcome.objects.filter(call=found).first()
    if outcome is None:
        return None
    facts = _call_facts(found)
    unit = facts.budget.unit
    awards = {
        award.proposal.code: award
        for award in outcome.awards.select_related("proposal").prefetch_related("parts__envelope")
    }
    projects = [
        _project_outcome(proposal, awards.get(proposal.code), outcome.result["reasons"][proposal.code])
        for proposal in facts.proposals
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
    )


def _project_outcome(proposal: ProposalFacts, award: Award | None, record: dict[str, Any]) -> ProjectOutcome:
    reason = reason_of(proposal.code, record)
    unit = proposal.asked.unit
    parts = sorted((part.envelope.code, part.amount_minor) for part in award.parts.all()) if award else []
    return ProjectOutcome(
        code=proposal.code,
        name=proposal.name,
        lead=proposal.lead,
        category=proposal.category,
        cost=proposal.asked,
        votes=reason.figures["supporters"],
        awarded=Amount(award.amount_minor if award else 0, unit),
        rank=award.rank if award else None,
        parts=tuple((code, Amount(minor, unit)) for code, minor in parts),
        reason=reason,
    )


def ballots_as_pabulib(*, call: Call, on: date) -> str:
    """The ballots of a closed call as a `.pb` file, so that anyone can count again.

    The file says what was chosen, not by whom: ballots are in the order of what they say, then numbered.
    """
    if on < call.closes:
        raise BallotsSealed(slug=call.slug, on=on, closes=call.closes)
    facts = _call_facts(call)
    ballots = sorted(call.ballots.values_list("approvals", flat=True))
    election = Election(
        budget=facts.budget.minor,
        unit=facts.budget.unit,
        vote_type="approval",
        projects=tuple(
            ElectionProject(each.code, each.asked.minor, each.name, each.category) for each in facts.proposals
        ),
        ballots=tuple(
            ElectionBallot(str(number), tuple(approvals)) for number, approvals in enumerate(ballots, start=1)
        ),
        meta={
            "description": facts.name,
            "instance": facts.slug,
            "rule": facts.method,
            "date_begin": facts.opens.isoformat(),
            "date_end": facts.closes.isoformat(),
        },
    )
    return write_election(election)


def ballots_cast(owner: str, slug: str) -> dict[str, list[str]]:
    """What each voter of a call supports; for comparing, never for showing: a ballot is sealed until the close."""
    return dict(Ballot.objects.filter(call__owner=owner, call__slug=slug).values_list("voter", "approvals"))
