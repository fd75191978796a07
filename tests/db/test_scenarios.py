"""Scenarios: what is computed when, on which papers, envelope by envelope; nothing while a vote is open."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from allocation.amounts import money_of
from allocation.deciding.errors import ScenarioImpossible, ScenariosSealed
from allocation.deciding.scenarios import Choice, compute_scenarios, deciding_vote, inputs_of, usual_choices
from allocation.method_errors import BallotsUnsuited
from allocation.methods.inputs import Inputs, fingerprint
from allocation.methods.refusals import SimulationOnly
from allocation.methods.strands import compute
from allocation.models import Envelope, Scenario
from ledger.money import Amount
from tests.committees import PEOPLE, a_call_to_decide, at
from tests.deciding import (
    FIRST,
    RULES,
    SECOND,
    a_closed_debate,
    a_closed_vote,
    a_meeting,
    a_voted_evening,
    approvals,
    some_scenarios,
)

pytestmark = pytest.mark.django_db


def results(call) -> dict[str, dict[str, Any]]:
    return {f"{each.number} {each.method}": json.loads(each.result) for each in call.scenarios.order_by("number")}


def test_the_charters_method_comes_first_then_the_usual_ones_each_once() -> None:
    _, call = a_voted_evening()
    kept = some_scenarios(call)
    assert (kept[0].method, kept[0].number) == ("equal-shares/1", 1)
    assert json.loads(kept[0].result)["amounts"] == {"P1": 900_000, "P2": 400_000, "P3": 500_000}
    methods = [each.method for each in kept]
    assert {"greedy/1", "phragmen/1", "knapsack/1", "tranche-shares/1", "average-splits/1"} <= set(methods)
    assert "quadratic/1" not in methods
    assert len({each.inputs_sha256 for each in kept}) == len(kept)
    assert some_scenarios(call) == kept
    assert Scenario.objects.count() == len(kept)
    for each in kept:
        assert fingerprint(each.inputs) == each.inputs_sha256
        result = json.loads(each.result)
        assert result["spent_minor"] == sum(result["amounts"].values()) <= 1_800_000
        assert set(result["reasons"]) == {"P1", "P2", "P3", "P4"}


def test_partial_amounts_stay_between_minimum_and_request() -> None:
    _, call = a_voted_evening()
    some_scenarios(call)
    asked = {"P1": (600_000, 900_000), "P2": (400_000, 400_000), "P3": (300_000, 500_000), "P4": (700_000, 1_000_000)}
    for result in results(call).values():
        for code, minor in result["amounts"].items():
            least, most = asked[code]
            exact = {"target": (most, most), "minimum": (least, least), "between": (least, most)}
            low, high = exact[result["amounts_granted"]]
            assert low <= minor <= high


def test_a_recused_voter_keeps_a_share_and_is_left_out_of_the_count() -> None:
    _, call = a_voted_evening()
    first = some_scenarios(call)[0]
    inputs, result = Inputs.read(first.inputs), json.loads(first.result)
    assert inputs.recused == {"P1": 1}
    assert (result["voters"], result["support"]["P1"], result["entitled"]["P1"]) == (7, 4, 6)


def test_nothing_is_computed_while_a_vote_on_the_projects_is_open() -> None:
    _, call = a_call_to_decide()
    with pytest.raises(ScenarioImpossible, match="no vote on the projects is closed"):
        some_scenarios(call)
    meeting = a_meeting(call)
    a_closed_vote(call, approvals(FIRST), meeting=meeting, round=1)
    with pytest.raises(ScenarioImpossible, match="vote 1 came before the debate"):
        some_scenarios(call)
    a_closed_vote(call, approvals(SECOND), meeting=meeting, round=2, is_open=True)
    with pytest.raises(ScenariosSealed, match="Vote 2 of “appel-2026” is open"):
        some_scenarios(call)
    with pytest.raises(ScenariosSealed):
        deciding_vote(call)
    assert Scenario.objects.count() == 0


def test_the_first_vote_decides_in_an_emergency_or_after_its_debate_or_where_none_is_due() -> None:
    _, hurried = a_call_to_decide("fonds-presse")
    a_closed_vote(hurried, approvals(FIRST), meeting=a_meeting(hurried, emergency="Le lieu ferme demain."), round=1)
    assert deciding_vote(hurried).round == 1
    _, debated = a_call_to_decide("fonds-debattu")
    for application in debated.applications.all():
        a_closed_debate(application)
    a_closed_vote(debated, approvals(FIRST), meeting=a_meeting(debated), round=1, opened=at(19))
    assert deciding_vote(debated).number == 1
    _, free = a_call_to_decide("fonds-libre")
    a_closed_vote(free, approvals(FIRST), meeting=a_meeting(free), round=1, rules={**RULES, "debate_first": False})
    assert some_scenarios(free)


def test_votes_without_papers_or_without_a_choice_give_no_scenario() -> None:
    _, call = a_call_to_decide()
    meeting = a_meeting(call)
    a_closed_vote(call, {}, meeting=meeting, round=2)
    with pytest.raises(ScenarioImpossible, match="nobody voted in vote 1"):
        some_scenarios(call)
    a_closed_vote(call, {"alix": {"answer": "consent"}}, meeting=meeting, round=2, kind="consent")
    with pytest.raises(ScenarioImpossible, match="do not choose between projects"):
        some_scenarios(call)


def test_a_vote_at_a_distance_in_which_too_few_took_part_decides_nothing() -> None:
    _, call = a_call_to_decide()
    needs_four = {**RULES, "quorum_at": "close", "quorum": {"needed": 4}, "quorum_by_proposal": {"P1": {"needed": 3}}}
    few = {person: {"approved": ["P2"]} for person in PEOPLE[:3]}
    a_closed_vote(call, few, round=2, rules=needs_four, recused={})
    with pytest.raises(ScenarioImpossible, match=r"too few took part in vote 1, held at a distance \(–\)"):
        some_scenarios(call)
    one_recused = {**needs_four, "quorum": {"needed": 3}}
    a_closed_vote(call, few, round=2, rules=one_recused, recused={PEOPLE[0]: ["P1"]})
    with pytest.raises(ScenarioImpossible, match=r"\(P1\)"):
        some_scenarios(call)
    a_closed_vote(call, few, round=2, rules=one_recused, recused={})
    assert deciding_vote(call).number == 3


def test_choices_that_make_no_sense_are_refused_by_name() -> None:
    _, call = a_voted_evening()
    with pytest.raises(SimulationOnly):
        compute_scenarios(call=call, by="secretary", at=at(20), choices=[Choice("quadratic", {})])
    with pytest.raises(ScenarioImpossible, match="amounts are granted"):
        compute_scenarios(call=call, by="secretary", at=at(20), choices=[Choice("greedy", {}, "double")])
    with pytest.raises(BallotsUnsuited):
        compute_scenarios(call=call, by="secretary", at=at(20), choices=[Choice("greedy", {"utility": "score"})])
    assert Scenario.objects.count() == 0


KINDS: list[tuple[str, dict[str, Mapping[str, Any]], str]] = [
    ("scores", {"alix": {"scores": {"P1": 5, "P4": 1}}, "basile": {"scores": {"P1": 4, "P2": 0}}}, "P1"),
    ("judgment", {"alix": {"grades": {"P2": 5, "P4": 1}}, "basile": {"grades": {"P2": 3}}}, "P2"),
    ("ranking", {"alix": {"levels": [["P3"], ["P1"]]}, "basile": {"levels": [["P3", "P2"]]}}, "P3"),
    ("yes-no", {"alix": {"answers": {"P4": "yes", "P1": "no"}}, "basile": {"answers": {"P4": "yes"}}}, "P4"),
]


@pytest.mark.parametrize(("kind", "papers", "best"), KINDS, ids=[each[0] for each in KINDS])
def test_every_kind_of_paper_gives_scenarios(kind: str, papers: dict[str, Mapping[str, Any]], best: str) -> None:
    _, call = a_call_to_decide()
    rules = {**RULES, "ballot": {"scale": 5, "grades": 6, "tie": "remove-median"}}
    a_closed_vote(call, papers, meeting=a_meeting(call), round=2, kind=kind, recused={}, rules=rules)
    some_scenarios(call)
    for name, result in results(call).items():
        if not name.endswith("average-splits/1"):
            assert best in result["amounts"], name


def test_strands_have_their_own_money_and_leave_the_rest_to_the_general_envelope() -> None:
    """Dance holds 6,000 for P2 (4,000) and P4 (10,000); what it leaves and the general 12,000 decide on the others."""
    _, call = a_voted_evening()
    general = call.envelopes.get()
    Envelope.objects.filter(pk=general.pk).update(amount=money_of(Amount(1_200_000)))
    dance = Envelope.objects.create(call=call, code="danse", name="Danse", amount=money_of(Amount(600_000)))
    call.proposals.filter(code__in=["P2", "P4"]).update(envelope=dance)
    vote = deciding_vote(call)
    choice = usual_choices(call, vote)[0]
    computed = compute(inputs_of(call, vote, choice))
    assert [(each.envelope, each.problem.budget, each.received) for each in computed.strands] == [
        ("danse", 600_000, 0),
        ("general", 1_400_000, 200_000),
    ]
    assert computed.strands[0].result.amounts == {"P2": 400_000}
    assert sorted(computed.strands[1].problem.costs) == ["P1", "P3", "P4"]
    assert computed.amounts == {"P2": 400_000, "P3": 500_000, "P1": 900_000}
