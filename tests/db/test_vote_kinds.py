"""Each kind of ballot from the opening to its result, its figures by hand; consent with its log and its fall-back."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from allocation.models import Call, Objection, Vote
from allocation.voting.errors import ObjectionRefused, QuestionInvalid, VotingReferenceTaken, VotingTextInvalid
from allocation.voting.objections import Resolution
from allocation.voting.results import VoteResult, vote_result
from allocation.voting.votes import closed_papers
from fund.models import Fund
from fund.services import votes
from fund.services.actors import Actor
from tests.builders import a_member, eur
from tests.committees import a_call_to_decide, a_person, at
from tests.evenings import a_vote, answers, closed, debated_all, governed, recused, say_all, secretary

pytestmark = pytest.mark.django_db

PEOPLE = ("alix", "basile", "carmen", "driss")


@pytest.fixture
def scene() -> tuple[Fund, Call]:
    fund, call = a_call_to_decide()
    debated_all(call)
    recused(call, "driss", "P1")
    return fund, call


def counted(scene: tuple[Fund, Call], kind: str, papers: list[dict[str, Any]], **options: Any) -> VoteResult:
    """A question on P1 and P2 by the first people of the committee, closed and counted; Driss is recused from P1."""
    fund, call = scene
    vote = a_vote(fund, call, kind=kind, round=0, subject={"proposals": ["P1", "P2"]}, **options)
    say_all(vote, dict(zip(PEOPLE, papers, strict=True)))
    return vote_result(closed(fund, vote))


def test_approval(scene: tuple[Fund, Call]) -> None:
    said = [["P1"], ["P1", "P2"], [], ["P2"]]
    result = counted(scene, "approval", [{"approved": codes} for codes in said])
    tally = {code: (each.approvals, each.voters, each.recused) for code, each in result.tally.counts.items()}
    assert tally == {"P1": (2, 3, 1), "P2": (2, 4, 0)}
    assert result.ranking.levels == (("P1",), ("P2",)), "two of three is more than two of four"


def test_scores(scene: tuple[Fund, Call]) -> None:
    said = [{"P1": 5, "P2": 1}, {"P1": 4}, {"P2": 4}, {"P2": 4}]
    result = counted(scene, "scores", [{"scores": scores} for scores in said])
    assert result.figures == {"P1": Fraction(9, 2), "P2": Fraction(3)}
    assert {code: (each.graders, each.recused) for code, each in result.tally.counts.items()} == {
        "P1": (2, 1),
        "P2": (3, 0),
    }


def test_judgment(scene: tuple[Fund, Call]) -> None:
    said = [{"P1": 3, "P2": 1}, {"P1": 3, "P2": 2}, {"P2": 2}, {"P2": 0}]
    result = counted(scene, "judgment", [{"grades": grades} for grades in said], grades=4)
    assert result.tally.judgments["P1"].counts == (1, 0, 0, 2), "Carmen gave none: the lowest; Driss may not"
    assert result.tally.judgments["P2"].counts == (1, 1, 2, 0)
    assert result.figures == {"P1": Fraction(3), "P2": Fraction(1)}


def test_ranking(scene: tuple[Fund, Call]) -> None:
    said = [[["P1"], ["P2"]], [["P1"]], [["P2"]], [["P2"]]]
    result = counted(scene, "ranking", [{"levels": levels} for levels in said])
    assert result.tally.preferring == {("P1", "P2"): 2, ("P2", "P1"): 1}
    assert result.tally.comparing == {("P1", "P2"): 3, ("P2", "P1"): 3}
    assert result.ranking.levels == (("P1",), ("P2",))


def test_yes_or_no_on_each_proposal(scene: tuple[Fund, Call]) -> None:
    said = [{"P1": "yes", "P2": "no"}, {"P1": "yes", "P2": "yes"}, {"P1": "no"}, {"P2": "no"}]
    result = counted(scene, "yes-no", [{"answers": given} for given in said])
    one, two = result.answers["P1"], result.answers["P2"]
    assert (one.count.yes, one.count.no, one.count.abstentions, one.count.recused) == (2, 1, 0, 1)
    assert (two.count.yes, two.count.no, two.count.abstentions, two.count.recused) == (1, 2, 1, 0)
    assert (one.verdict.adopted, two.verdict.adopted) == (True, False)
    assert result.adopted is None


def test_buckets_share_the_envelope(scene: tuple[Fund, Call]) -> None:
    """18,000 euros and seven voices: 2,571.43 for the first two, 2,571.42 or so for the others."""
    part = 257_143
    said: list[dict[str, Any]] = [
        {"amounts": {"P1": part}, "leaves_rest": True},
        {"amounts": {"P1": 100_000, "P2": 57_143}, "leaves_rest": True},
        {"amounts": {"P2": 200_000}, "leaves_rest": True},
        {"amounts": {}, "leaves_rest": True},
    ]
    result = counted(scene, "buckets", said)
    assert {code: (bucket.minor, bucket.givers) for code, bucket in result.tally.buckets.items()} == {
        "P1": (357_143, 2),
        "P2": (257_143, 2),
    }
    (vote,) = scene[1].votes.all()
    assert sum(vote.rules["parts"].values()) == 1_800_000
    assert set(vote.rules["parts"].values()) <= {257_142, 257_143, 257_144}


def test_parts_by_contribution_weigh_what_each_member_gave() -> None:
    fund, call = a_call_to_decide()
    debated_all(call)
    governed(fund, 'chair = "votes"\nballot = "buckets"\npot_key = "contribution"')
    actor = Actor(fund=fund, by="T")
    for number, (person, gave) in enumerate({"hawa": "3000.00", "ines": "1000.00"}.items()):
        membership = a_member(actor, f"M{number}", budget="48000.00")
        fund.contributions.create(
            membership=membership, reference=f"R{number}", received_on=at(9).date(), amount=eur(gave).major
        )
        a_person(fund, person, "committee", party=f"M{number}")
        call.interest_declarations.create(person=person, number=1, at=at(9))
    vote = a_vote(fund, call, kind="buckets")
    assert not vote.secret
    assert {person: part for person, part in vote.rules["parts"].items() if part} == {
        "hawa": 1_350_000,
        "ines": 450_000,
    }


def test_a_majority_of_those_present_counts_who_did_not_answer(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    governed(fund, 'chair = "votes"\nballot = "yes-no"\nmajority = "1/2"\nmajority_of = "present"')
    vote = a_vote(fund, call, kind="yes-no", round=0, question="Se revoir ?")
    say_all(vote, answers(alix="yes", basile="yes", carmen="yes"))
    result = vote_result(closed(fund, vote))
    assert (result.answers[""].verdict.whole, result.answers[""].verdict.needed, result.adopted) == (7, 4, False)


def test_a_secret_paper_is_never_tied_to_a_recusal_that_it_does_not_show(scene: tuple[Fund, Call]) -> None:
    """Two papers leave P1 out and one voter is recused from it: one of the two stands for them, whoever it is."""
    fund, call = scene
    vote = a_vote(fund, call, subject={"proposals": ["P1", "P2"]})
    say_all(vote, {"alix": {"approved": ["P1"]}, "basile": {"approved": ["P2"]}, "driss": {"approved": ["P2"]}})
    papers = closed_papers(closed(fund, vote))
    assert [paper.person for paper in papers] == [""] * 3
    silent = [paper for paper in papers if paper.recused]
    assert [paper.recused for paper in silent] == [{"P1"}]
    assert silent[0] == min(
        (paper for paper in papers if "P1" not in paper.content["approved"]), key=lambda p: p.receipt
    )


# Consent


CONSENT = 'chair = "votes"\nballot = "consent"'
FALLBACK = f'{CONSENT}\nfallback = "yes-no"\nmajority = "1/2"'


def consent_vote(fund: Fund, call: Call, governance: str) -> Vote:
    governed(fund, governance)
    return a_vote(fund, call, kind="consent", subject={"proposals": ["P2"]})


def test_nobody_objects(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    vote = consent_vote(fund, call, CONSENT)
    say_all(vote, answers(alix="consent", basile="abstain"))
    assert vote_result(closed(fund, vote)).adopted is True


def test_objections_are_raised_answered_and_decide(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    vote = consent_vote(fund, call, CONSENT)
    driss, basile, keeper = Actor(fund=fund, by="driss"), Actor(fund=fund, by="basile"), secretary(fund)
    said = votes.raise_objection(driss, vote, reference="o1", text="Pas de salle en mai.", at=at(20, 5))
    assert votes.raise_objection(driss, vote, reference="o1", text="Pas de salle en mai.", at=at(20, 6)) == said
    with pytest.raises(VotingReferenceTaken):
        votes.raise_objection(driss, vote, reference="o1", text="Autre.", at=at(20, 6))
    say_all(
        vote, {"alix": {"answer": "consent"}, "basile": {"answer": "object", "reason": "Le budget repose sur un prêt."}}
    )
    assert vote.objections.count() == 1, "what a paper objects is sealed with it"
    shut = closed(fund, vote)
    assert [(row.person, row.text) for row in shut.objections.all()] == [
        ("driss", "Pas de salle en mai."),
        ("basile", "Le budget repose sur un prêt."),
    ]
    assert vote_result(shut).adopted is False

    paper = shut.objections.get(number=2)
    for actor, resolution, keeps, why in (
        (keeper, Resolution("withdrawn", "Oui."), True, "only basile"),
        (driss, Resolution("not-valid", "Une préférence."), False, "recorded by who chairs"),
        (basile, Resolution("not-valid", "Une préférence."), True, "their own objection"),
        (keeper, Resolution("raised", "x"), True, "not “raised”"),
        (keeper, Resolution("burnt", "x"), True, "not “burnt”"),
    ):
        with pytest.raises(ObjectionRefused, match=why):
            votes.resolve_objection(actor, paper, resolution, keeps_minutes=keeps, at=at(21, 5))
    with pytest.raises(VotingTextInvalid):
        votes.resolve_objection(keeper, paper, Resolution("not-valid", " "), keeps_minutes=True, at=at(21, 5))
    integrated = Resolution("integrated", "La salle B est libre en mai.")
    for _ in range(2):
        votes.resolve_objection(keeper, said, integrated, keeps_minutes=True, at=at(21, 5))
    with pytest.raises(ObjectionRefused, match="answered already"):
        votes.resolve_objection(keeper, Objection.objects.get(pk=said.pk), Resolution("not-valid", "Non."),
                                keeps_minutes=True, at=at(21, 6))  # fmt: skip
    votes.resolve_objection(
        basile, paper, Resolution("withdrawn", "Le prêt est signé."), keeps_minutes=False, at=at(21)
    )
    assert vote_result(shut).adopted is True
    assert [each.state for each in vote_result(shut).tally.settled] == ["integrated", "withdrawn"]


def test_where_no_objection_belongs(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    driss = Actor(fund=fund, by="driss")
    approval = a_vote(fund, call, reference="a", subject={"proposals": ["P2"]})
    with pytest.raises(ObjectionRefused, match="not by consent"):
        votes.raise_objection(driss, approval, reference="o", text="Non.", at=at(20, 5))
    vote = consent_vote(fund, call, CONSENT)
    with pytest.raises(ObjectionRefused, match="stranger has no voice"):
        votes.raise_objection(Actor(fund=fund, by="stranger"), vote, reference="o", text="Non.", at=at(20, 5))
    with pytest.raises(VotingTextInvalid):
        votes.raise_objection(driss, vote, reference="o", text=" ", at=at(20, 5))
    with pytest.raises(ObjectionRefused, match="is closed"):
        votes.raise_objection(driss, vote, reference="o", text="Non.", at=at(21))


def test_a_standing_objection_calls_for_the_fall_back(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    vote = consent_vote(fund, call, FALLBACK)
    with pytest.raises(QuestionInvalid, match="needs no fall-back"):
        votes.open_fallback(secretary(fund), vote, reference="f", closes=at(22), at=at(20, 30))
    say_all(vote, {"alix": {"answer": "object", "reason": "Trop cher."}, "basile": {"answer": "consent"}})
    shut = closed(fund, vote)
    assert vote_result(shut).fallback_due
    assert vote_result(shut).adopted is None
    decides = votes.open_fallback(secretary(fund), shut, reference="f", closes=at(22), at=at(21, 10))
    assert (decides.kind, decides.subject, decides.question) == ("yes-no", {"fallback_of": shut.number}, shut.question)
    say_all(decides, answers(alix="no", basile="yes", carmen="yes"), moment=at(21, 30))
    assert vote_result(shut).fallback_due, "the fall-back is sealed like every vote"
    closed(fund, decides, moment=at(22))
    result = vote_result(shut)
    assert (result.adopted, result.tally.by, result.tally.fallback.yes) == (True, "fallback", 2)


def test_an_objection_from_a_secret_paper_has_no_author(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    vote = consent_vote(fund, call, f"{CONSENT}\nsecret_ballots = true")
    say_all(vote, {"alix": {"answer": "object", "reason": "Trop cher."}})
    shut = closed(fund, vote)
    said = shut.objections.get()
    assert said.person == ""
    withdrawn = Resolution("withdrawn", "Dit en séance.")
    with pytest.raises(ObjectionRefused):
        votes.resolve_objection(Actor(fund=fund, by="alix"), said, withdrawn, keeps_minutes=False, at=at(21, 5))
    votes.resolve_objection(
        secretary(fund), said, Resolution("withdrawn", "Dit en séance."), keeps_minutes=True, at=at(21, 5)
    )
    assert vote_result(shut).adopted is True
