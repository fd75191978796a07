"""Scenarios: what several methods make of the same papers, computed side by side once the vote is closed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from allocation.amounts import amount_of
from allocation.calls import locked
from allocation.deciding.errors import CallDecided, ScenarioImpossible, ScenariosSealed, ScenarioUnknown
from allocation.errors import AllocationError
from allocation.methods.inputs import AMOUNTS, BETWEEN, KINDS, MINIMUM, TARGET, Inputs, Request, canonical, fingerprint
from allocation.methods.problem import APPROVAL
from allocation.methods.registry import METHODS, Method, check_adoptable, method_named
from allocation.methods.strands import compute, computed_record
from allocation.models import Call, Decision, Scenario, Vote
from allocation.voting.results import lacking_quorum


@dataclass(frozen=True, slots=True)
class Choice:
    """A method with its parameters, and which amounts it grants: one column of the comparison."""

    method: str
    parameters: Mapping[str, str | int]
    amounts: str = TARGET


_USUAL: tuple[Choice, ...] = (
    Choice("equal-shares", {}),
    Choice("equal-shares", {}, MINIMUM),
    Choice("greedy", {}),
    Choice("greedy", {"utility": "cardinal"}),
    Choice("equal-shares", {"utility": "cardinal"}),
    Choice("equal-shares", {"completion": "none"}),
    Choice("equal-shares", {"utility": "score"}),
    Choice("phragmen", {}),
    Choice("knapsack", {}),
    Choice("ranked", {}),
    Choice("ranked", {"order": "majority-judgment"}),
    Choice("tranche-shares", {}, BETWEEN),
    Choice("proportional", {}, BETWEEN),
    Choice("water-filling", {}, BETWEEN),
    Choice("average-splits", {}, BETWEEN),
)
"""What is compared beside the charter's method, where it is known and can read the papers."""


def usual_choices(call: Call, vote: Vote) -> list[Choice]:
    """The charter's method first, then the usual ones that can read these papers; each once."""
    rules = vote.rules if isinstance(vote.rules, Mapping) else {}
    first = Choice(call.method, dict(call.parameters), BETWEEN if method_named(call.method).divisible else TARGET)
    ruled = rules.get("allocation_method")
    if isinstance(ruled, str) and ruled != call.method and ruled in METHODS:
        first = Choice(ruled, {}, BETWEEN if METHODS[ruled].divisible else TARGET)
    kind = KINDS.get(vote.kind, APPROVAL)
    found: list[Choice] = []
    for choice in (first, *_USUAL):
        settled = _settled(choice, kind)
        if settled is not None and settled not in found:
            found.append(settled)
    return found


def _settled(choice: Choice, kind: str) -> Choice | None:
    """The choice with all its parameters; None where the method is unknown or these papers say too little for it."""
    methods: list[Method] = [each for each in METHODS.values() if choice.method in (each.id, each.name)]
    if not methods:
        return None
    method = methods[-1]
    if kind not in method.ballots and APPROVAL not in method.ballots:
        return None
    score = method.parameters.get("utility")
    if choice.parameters.get("utility") == "score" and (
        kind == APPROVAL or score is None or "score" not in score.choices
    ):
        return None
    return Choice(method.id, method.completed(choice.parameters), choice.amounts)


def deciding_vote(call: Call) -> Vote:
    """The closed vote that the call is decided on: the one after the debate, or the first in an emergency.

    Where the charter asks for no debate first, the first vote decides too.
    """
    votes = [vote for vote in call.votes.select_related("meeting").order_by("number") if vote.round]
    still_open = [vote for vote in votes if vote.closed_at is None]
    if still_open:
        raise ScenariosSealed(slug=call.slug, number=still_open[0].number)
    if not votes:
        raise ScenarioImpossible(slug=call.slug, why="no_vote")
    after = [vote for vote in votes if vote.round > 1]
    vote = (after or votes)[-1]
    if not after and not _may_decide_first(vote):
        raise ScenarioImpossible(slug=call.slug, why="before_debate", number=vote.number)
    if vote.kind not in KINDS:
        raise ScenarioImpossible(slug=call.slug, why="kind", number=vote.number)
    if not vote.papers.exists():
        raise ScenarioImpossible(slug=call.slug, why="no_paper", number=vote.number)
    if lacking := lacking_quorum(vote, vote.subject.get("proposals", ())):
        names = ", ".join(code or "–" for code in lacking)
        raise ScenarioImpossible(slug=call.slug, why="no_quorum", number=vote.number, names=names)
    return vote


def _may_decide_first(vote: Vote) -> bool:
    """Whether the vote needed no debate, came after one all the same, or was held in a declared emergency."""
    if not vote.rules.get("debate_first", False) or (vote.meeting and vote.meeting.emergency):
        return True
    over = Q(debate__closed_at__lte=vote.opened_at) | Q(debate__closes__lte=vote.opened_at)
    return not vote.call.applications.filter(proposal__code__in=subjects_of(vote)).exclude(over).exists()


def subjects_of(vote: Vote) -> list[str]:
    """The codes of the proposals that a vote is on; all of the call's where it does not say."""
    subject = vote.subject if isinstance(vote.subject, Mapping) else {}
    asked = subject.get("proposals")
    known = list(vote.call.proposals.values_list("code", flat=True))
    return [code for code in known if code in asked] if isinstance(asked, list) else known


def inputs_of(call: Call, vote: Vote, choice: Choice) -> Inputs:
    """All that decides, read from the tables: what a scenario freezes."""
    codes = subjects_of(vote)
    proposals = call.proposals.filter(code__in=codes).select_related("envelope")
    requests = [
        Request(
            each.code,
            amount_of(each.minimum).minor if each.minimum is not None else amount_of(each.asked).minor,
            amount_of(each.asked).minor,
            each.envelope.code if each.envelope else "",
        )
        for each in proposals
    ]
    voted = [each for each in vote.electors.all() if each.has_voted]
    contents = [_content(vote, paper) for paper in vote.papers.values_list("content", flat=True)]
    return Inputs(
        method=choice.method,
        parameters=choice.parameters,
        amounts=choice.amounts,
        lottery_seed=call.lottery_seed,
        currency=call.currency,
        envelopes=tuple(sorted((each.code, amount_of(each.amount).minor) for each in call.envelopes.all())),
        requests=tuple(sorted(requests, key=lambda each: each.code)),
        kind=vote.kind,
        ballots=tuple(sorted(contents, key=canonical)),
        recused={code: count for code in sorted(codes) if (count := sum(code in each.recused for each in voted))},
    )


def _content(vote: Vote, content: Mapping[str, Any]) -> dict[str, Any]:
    """A paper as it counts, without the words that go with it; what it approves in the order of the codes."""
    counted = {name: said for name, said in content.items() if name != "reason"}
    if vote.kind == "approval":
        counted["approved"] = sorted(counted.get("approved", ()))
    return counted


@transaction.atomic
def compute_scenarios(*, call: Call, by: str, at: datetime, choices: Sequence[Choice] | None = None) -> list[Scenario]:
    """Compute and keep the scenarios of a call on its deciding vote; one that is kept already is left alone."""
    call = locked(call)
    refuse_decided(call)
    vote = deciding_vote(call)
    wanted = usual_choices(call, vote) if choices is None else list(choices)
    held = {each.inputs_sha256: each for each in call.scenarios.all()}
    number = max((each.number for each in held.values()), default=0)
    found: list[Scenario] = []
    for choice in wanted:
        if choice.amounts not in AMOUNTS:
            raise ScenarioImpossible(slug=call.slug, why="amounts")
        method = method_named(choice.method)
        check_adoptable(method.id)
        settled = Choice(method.id, method.completed(choice.parameters), choice.amounts)
        text = inputs_of(call, vote, settled).text()
        digest = fingerprint(text)
        if digest not in held:
            try:
                result = result_text(text)
            except AllocationError:
                if choices is None and found:
                    continue  # one of the usual methods cannot read these papers; the others can
                raise
            number += 1
            held[digest] = Scenario.objects.create(
                call=call,
                vote=vote,
                number=number,
                method=settled.method,
                parameters=dict(settled.parameters),
                inputs=text,
                inputs_sha256=digest,
                result=result,
                made_at=at,
                made_by=by,
            )
        found.append(held[digest])
    return found


def result_text(inputs: str) -> str:
    """What the inputs come to, as canonical text: the same bytes on any machine."""
    return canonical(computed_record(compute(Inputs.read(inputs))))


def scenario_of(call: Call, number: object) -> Scenario:
    """The scenario of this number."""
    found = None
    if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 2**31:
        found = call.scenarios.filter(number=number).first()
    if found is None:
        raise ScenarioUnknown(slug=call.slug, number=number)
    return found


def refuse_decided(call: Call) -> None:
    """Refuse whatever comes after the decision."""
    decision = Decision.objects.filter(call=call).first()
    if decision is not None:
        raise CallDecided(slug=call.slug, on=timezone.localdate(decision.decided_at))


def results_of(call: Call) -> Iterator[tuple[Scenario, dict[str, Any]]]:
    """The scenarios of a call with what they came to, in the order of their numbers."""
    for scenario in call.scenarios.select_related("vote").order_by("number"):
        yield scenario, json.loads(scenario.result)
