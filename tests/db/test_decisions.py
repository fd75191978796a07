"""The committee decides: what was voted, once, with a record that is made again to the byte."""

from __future__ import annotations

import json

import pytest

from allocation.deciding.decisions import Otherwise, decide, dissent, subject_of
from allocation.deciding.errors import (
    AdoptionMissing,
    CallDecided,
    DifferenceInvalid,
    DissentInvalid,
    OpinionInvalid,
    ScenarioNotAdopted,
    ScenarioUnknown,
)
from allocation.deciding.outcome_sentences import outcome_sentence
from allocation.elections.pabulib import read_election
from allocation.errors import OutcomeFinal
from allocation.methods.inputs import fingerprint
from allocation.models import Award, Decision, Difference, Outcome
from allocation.queries import ballots_as_pabulib, outcome_facts
from ledger.money import Amount
from tests.committees import EVENING, at
from tests.deciding import (
    CHARTER,
    OTHERWISE,
    RULES,
    a_closed_vote,
    a_decided_evening,
    a_voted_evening,
    an_adoption,
    answers,
    some_scenarios,
)

pytestmark = pytest.mark.django_db


def decided(call, vote, **changes):
    return decide(**{"call": call, "vote": vote.number, "charter": CHARTER, "by": "secretary", "at": at(21)} | changes)


def test_the_adopted_scenario_becomes_the_outcome_with_its_awards() -> None:
    _, decision = a_decided_evening()
    outcome = decision.outcome
    assert decision.manner == "adopted"
    assert outcome.inputs_sha256 == decision.scenario.inputs_sha256 == fingerprint(decision.scenario.inputs)
    assert [(each.proposal.code, each.rank, each.amount_minor) for each in outcome.awards.all()] == [
        ("P3", 1, 500_000),
        ("P2", 2, 400_000),
        ("P1", 3, 900_000),
    ]
    for award in Award.objects.all():
        assert sum(part.amount_minor for part in award.parts.all()) == award.amount_minor
    assert outcome.published_on == EVENING
    facts = outcome_facts("fonds-test", "appel-2026")
    assert facts is not None
    assert facts.call.ballots_cast == 7
    assert facts.call.lottery_seed == "graine-2026"
    assert [(each.code, each.votes) for each in facts.projects] == [("P3", 6), ("P2", 3), ("P1", 4), ("P4", 1)]


def test_the_same_decision_again_finds_the_first_and_another_is_refused() -> None:
    _, decision = a_decided_evening()
    assert decided(decision.call, decision.vote) == decision
    with pytest.raises(CallDecided, match="decided on 2026-05-28"):
        decided(decision.call, decision.vote, by="somebody else")
    with pytest.raises(CallDecided):
        some_scenarios(decision.call)
    assert Decision.objects.count() == Outcome.objects.count() == 1


def test_what_is_decided_otherwise_is_kept_as_differences_with_their_reasons() -> None:
    _, decision = a_decided_evening(otherwise=OTHERWISE)
    assert decision.manner == "different"
    assert decision.reason == "Le comité veut soutenir une première œuvre."
    assert [
        (each.proposal.code, each.computed_minor, each.decided_minor) for each in Difference.objects.order_by("pk")
    ] == [("P1", 900_000, 600_000), ("P2", 400_000, 0), ("P4", 0, 700_000)]
    assert [(each.proposal.code, each.amount_minor) for each in decision.outcome.awards.all()] == [
        ("P3", 500_000),
        ("P1", 600_000),
        ("P4", 700_000),
    ]
    facts = outcome_facts("fonds-test", "appel-2026")
    assert facts is not None
    told = {each.code: outcome_sentence(each, "fr", names={}).replace("\u00a0", " ") for each in facts.projects}
    assert (
        told["P1"]
        .replace("\u202f", " ")
        .startswith(
            "Décision du comité (5 pour, 1 contre, 1 abst.) différente du calcul : 6 000 € au lieu de 9 000 €. "
            "Motif : Son minimum suffit. Le calcul disait : "
        )
    )
    assert "aucune aide au lieu de 4" in told["P2"]
    assert "Decision of the committee (5 for, 1 against, 1 abstaining)" in outcome_sentence(
        facts.projects[1], "en", names={}
    )
    assert facts.left == Amount(0)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"amounts": {}}, "no amount differs"),
        ({"reason": " "}, "why the committee decides otherwise"),
        ({"reason": "a\0b"}, "why the committee decides otherwise"),
        ({"amounts": {"P9": 1}}, "no project of this call"),
        ({"amounts": {"P3": 500_000}}, "the same amount"),
        ({"amounts": {"P1": 599_999}}, "between its minimum 600000 and its request 900000"),
        ({"amounts": {"P1": -1}}, "between its minimum"),
        ({"amounts": {"P4": 1_000_001}}, "between its minimum"),
        ({"amounts": {"P1": 600_000}, "why": {}}, "say why its amount differs"),
        ({"amounts": {"P4": 700_000}}, "do not fit in the envelopes"),
    ],
)
def test_a_difference_out_of_bounds_or_without_a_reason_is_refused(changes, why: str) -> None:
    _, call = a_voted_evening()
    some_scenarios(call)
    said = {"reason": OTHERWISE.reason, "amounts": OTHERWISE.amounts, "why": OTHERWISE.why} | changes
    with pytest.raises(DifferenceInvalid, match=why):
        subject_of(call=call, scenario=1, otherwise=Otherwise(**said))


def test_what_the_committee_did_not_adopt_is_not_recorded() -> None:
    _, call = a_voted_evening()
    some_scenarios(call)
    with pytest.raises(AdoptionMissing, match="there is no such vote"):
        decide(call=call, vote=99, charter=CHARTER, by="secretary", at=at(21))
    with pytest.raises(AdoptionMissing, match="not a vote on a scenario"):
        decided(call, call.votes.first())
    still_open = a_closed_vote(call, answers(), kind="yes-no", subject={"scenario": 1}, is_open=True)
    with pytest.raises(AdoptionMissing, match="it is not closed"):
        decided(call, still_open)
    tie = an_adoption(call, papers=answers(yes=3, no=3, abstain=1))
    with pytest.raises(ScenarioNotAdopted, match="3 for, 3 against, 1 abstaining; 4 for were needed"):
        decided(call, tie)
    objected = a_closed_vote(call, {"alix": {"answer": "consent"}}, kind="consent", subject={"scenario": 1})
    objected.objections.create(
        number=1, reference="o1", person="elsa", text="Trop peu pour le territoire.", at=at(20, 40)
    )
    with pytest.raises(ScenarioNotAdopted, match="objections that stand: 1"):
        decided(call, objected)
    with pytest.raises(ScenarioUnknown, match="no scenario 99"):
        subject_of(call=call, scenario=99)
    assert Decision.objects.count() == Outcome.objects.count() == 0


def test_the_casting_vote_settles_a_tie_and_consent_adopts_without_objections() -> None:
    _, call = a_voted_evening()
    some_scenarios(call)
    rules = {**RULES, "ballot": {"majority": "1/2", "of": "cast", "tie": "casting-vote"}}
    vote = a_closed_vote(call, answers(yes=3, no=3), kind="yes-no", subject={"scenario": 1}, rules=rules)
    vote.casting = "yes"
    vote.save()
    decision = decided(call, vote)
    assert json.loads(decision.record)["adoption"]["verdict"]["by"] == "casting-vote"
    _, other = a_voted_evening("fonds-autre")
    some_scenarios(other)
    agreed = a_closed_vote(other, {}, kind="consent", subject={"scenario": 1})
    agreed.objections.create(
        number=1,
        reference="o1",
        person="elsa",
        text="Et le territoire ?",
        at=at(20, 40),
        state="withdrawn",
        resolution="Convaincue.",
        resolved_by="elsa",
    )
    assert decided(other, agreed).manner == "adopted"


def test_a_call_counted_from_a_file_is_not_decided_again() -> None:
    _, call = a_voted_evening()
    some_scenarios(call)
    vote = an_adoption(call)
    Outcome.objects.create(
        call=call, inputs_sha256="", method="x", parameters={}, result={}, published_on=EVENING, published_by="x"
    )
    with pytest.raises(OutcomeFinal):
        decided(call, vote)


def test_a_motivated_opinion_is_about_a_project_and_stands_in_the_outcome() -> None:
    _, call = a_voted_evening()
    some_scenarios(call)
    vote = an_adoption(call)
    with pytest.raises(OpinionInvalid, match="no project of this call"):
        decided(call, vote, opinions={"P9": "Bien."})
    with pytest.raises(OpinionInvalid, match="1 to 10000 characters"):
        decided(call, vote, opinions={"P1": "a\x07"})
    decision = decided(call, vote, opinions={"P4": "Dossier à mûrir ; revenez l'an prochain"})
    assert json.loads(decision.record)["opinions"] == {"P4": "Dossier à mûrir ; revenez l'an prochain"}
    facts = outcome_facts("fonds-test", "appel-2026")
    assert facts is not None
    assert outcome_sentence(facts.projects[3], "fr", names={}).endswith(
        " Avis motivé : Dossier à mûrir ; revenez l'an prochain."
    )


def test_a_minority_opinion_is_somebodys_with_a_vote_before_the_decision() -> None:
    _, call = a_voted_evening()
    said = {"call": call, "person": "elsa", "text": "Le territoire nord n'a rien.", "at": at(20)}
    with pytest.raises(DissentInvalid, match="nothing to dissent from"):
        dissent(**said)
    some_scenarios(call)
    with pytest.raises(DissentInvalid, match="you had no vote"):
        dissent(**said | {"person": "passante"})
    with pytest.raises(DissentInvalid, match="1 to 2000 characters"):
        dissent(**said | {"text": ""})
    kept = dissent(**said)
    assert dissent(**said) == kept
    with pytest.raises(DissentInvalid, match="given one already"):
        dissent(**said | {"text": "Autre chose."})
    decision = decided(call, an_adoption(call))
    assert [each["person"] for each in json.loads(decision.record)["dissents"]] == ["elsa"]
    with pytest.raises(CallDecided):
        dissent(**said | {"person": "farid"})


def test_the_record_of_a_secret_vote_names_no_paper_and_the_open_one_names_each() -> None:
    _, decision = a_decided_evening()
    record = json.loads(decision.record)
    papers = [json.dumps(each, sort_keys=True) for each in record["rounds"][1]["papers"]]
    assert papers == sorted(papers)
    assert all(set(each) == {"approved"} for each in record["rounds"][1]["papers"])
    assert record["recusals"] == [
        {
            "person": "driss",
            "project": "P1",
            "manner": "declared",
            "interest": "engaged",
            "why": "Engagé sur la création.",
        }
    ]
    assert record["computed"]["entitled"] == {"P1": 6, "P2": 7, "P3": 7, "P4": 7}
    assert record["shift"]["P3"] == {
        "before": {"points": 3, "supporters": 3},
        "after": {"points": 6, "supporters": 6},
    }
    assert record["meetings"][0]["proxies"][0]["giver"] == "elsa"
    assert record["lottery"]["seed"] == "graine-2026"
    _, opened = a_decided_evening("fonds-ouvert", secret=False)
    rounds = json.loads(opened.record)["rounds"]
    assert [each["person"] for each in rounds[0]["papers"]][:2] != []
    assert {each["person"] for each in rounds[1]["papers"]} >= {"alix", "elsa"}


def test_the_committee_s_papers_are_published_without_names() -> None:
    _, decision = a_decided_evening()
    election = read_election(ballots_as_pabulib(call=decision.call, on=EVENING))
    assert [ballot.projects for ballot in election.ballots] == [
        ("P1", "P2", "P3"),
        ("P1", "P3"),
        ("P1", "P3"),
        ("P1",),
        ("P2", "P3"),
        ("P2", "P3"),
        ("P3", "P4"),
    ]
    assert {each.id: each.cost for each in election.projects}["P1"] == 900_000
