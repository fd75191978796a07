"""A committee's evening: notice, proxies, recusals, a lost quorum, a second meeting, a tie; every refusal by name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from allocation.models import Call, Meeting, Vote
from allocation.voting.errors import (
    CastingVoteNotDue,
    MeetingRefused,
    QuestionInvalid,
    VoteStillOpen,
    VotingReferenceTaken,
    VotingTextInvalid,
)
from allocation.voting.results import vote_result
from allocation.voting.votes import VoteDraft, closed_papers, turnout
from fund.models import Access, Act, Fund, OutgoingMail
from fund.services import meetings, votes
from fund.services.actors import Actor
from fund.services.committee_errors import (
    BallotKindDiffers,
    ChairActsAlone,
    ChairUnnamed,
    DebateMissing,
    NobodyMayVote,
    NotOnCommittee,
    PartsNameVoters,
    QuorumMissing,
)
from tests.committees import CONVENED, EVENING, a_call_to_decide, at
from tests.evenings import (
    AGENDA,
    a_vote,
    answers,
    approve,
    closed,
    debated_all,
    governed,
    recused,
    say,
    say_all,
    secretary,
    under_way,
)

pytestmark = pytest.mark.django_db

CASTING = """chair = "casting-vote"
ballot = "yes-no"
majority = "1/2"
tie_break = "casting-vote"
quorum = "1/2"
"""


@pytest.fixture
def scene() -> tuple[Fund, Call]:
    return a_call_to_decide()


def test_a_whole_evening(scene: tuple[Fund, Call]) -> None:
    """Nobody comes, a second meeting does; Driss is recused from P1, Elsa lends her vote, and two projects tie."""
    fund, call = scene
    debated_all(call)
    recused(call, "driss", "P1")
    keeper = secretary(fund)
    first = under_way(fund, call, "alix", "basile", "driss")
    with pytest.raises(QuorumMissing, match="3 count, 4 are needed"):
        a_vote(fund, call, first)
    meetings.close_without_quorum(keeper, first, at=at(19, 30))

    day = EVENING + timedelta(days=5)
    second = meetings.convene_second(keeper, first, reference="second", held_on=day, place="", at=at(22))
    assert second.agenda == AGENDA
    mail = OutgoingMail.objects.filter(kind="convocation").order_by("-pk")[0]
    assert "aucun quorum n’y est requis" in mail.body
    assert "no quorum is needed" in mail.body
    meetings.open_meeting(keeper, second, at=at(19, on=day))
    for person in ("alix", "basile", "driss"):
        meetings.arrive(keeper, second, person, manner="present", at=at(19, 2, on=day))
    meetings.give_proxy(keeper, second, giver="elsa", holder="basile", at=at(19, 3, on=day))

    draft = VoteDraft("vote-1", 2, "approval", "Quels projets soutenir ?", {}, at(21, on=day))
    vote = votes.open_vote(keeper, call, draft, at=at(20, on=day), meeting=second)
    assert vote.subject == {"proposals": ["P1", "P2", "P3", "P4"]}
    assert {row.person: (row.holder, row.recused) for row in vote.electors.all()} == {
        "alix": ("", []),
        "basile": ("", []),
        "driss": ("", ["P1"]),
        "elsa": ("basile", []),
    }
    rules = vote.rules
    assert (rules["voices"], rules["second_meeting"]) == (4, True)
    assert rules["quorum"] | {"electorate": 7, "present": 3, "represented": 1, "recused": 0} == rules["quorum"]
    by_p1 = rules["quorum_by_proposal"]["P1"]
    assert by_p1 | {"recused": 1, "present": 2, "represented": 1, "needed": 3} == by_p1
    assert rules["recusals"] == {"driss": ["P1"]}
    assert rules["not_voting"] == {"carmen": "absent", "farid": "absent", "garance": "absent"}

    papers = approve(alix=["P1", "P2"], basile=["P1", "P2"], driss=["P2"], elsa=["P1"])
    say_all(vote, papers, moment=at(20, 10, on=day))
    vote = votes.close_vote(keeper, vote, at=at(20, 20, on=day))
    result = vote_result(vote)
    counts = {code: (each.approvals, each.voters, each.recused) for code, each in result.tally.counts.items()}
    assert counts == {"P1": (3, 3, 1), "P2": (3, 4, 0), "P3": (0, 4, 0), "P4": (0, 4, 0)}
    assert result.ranking.levels == (("P1",), ("P2",), ("P3", "P4"))

    meetings.close_meeting(keeper, second, at=at(22, on=day))
    kinds = set(Act.objects.filter(fund=fund).values_list("kind", flat=True))
    assert {"meeting-convened", "meeting-without-quorum", "proxy-given", "vote-opened", "vote-closed"} <= kinds
    assert not any("cast" in kind for kind in kinds), "casting leaves no log"


# Opening a vote


def test_the_debate_comes_first_unless_an_emergency_is_said(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    keeper = secretary(fund)
    meeting = under_way(fund, call, "alix", "basile", "carmen", "driss")
    first = a_vote(fund, call, meeting, round=1, reference="first")
    assert first.rules["not_debated"] == []
    closed(fund, first)
    with pytest.raises(DebateMissing, match="P1, P2, P3, P4"):
        a_vote(fund, call, meeting)
    with pytest.raises(DebateMissing, match="P3"):
        a_vote(fund, call, meeting, kind="yes-no", round=0, subject={"proposals": ["P3"]})
    own = a_vote(fund, call, meeting, kind="yes-no", round=0, reference="own", question="Se revoir en juin ?")
    assert own.subject == {}
    meetings.declare_emergency(keeper, meeting, reason="Les salles se réservent demain.", at=at(20))
    with pytest.raises(MeetingRefused, match="another reason"):
        meetings.declare_emergency(keeper, meeting, reason="Autre.", at=at(20))
    vote = a_vote(fund, call, Meeting.objects.get(pk=meeting.pk))
    assert vote.rules["not_debated"] == ["P1", "P2", "P3", "P4"]
    assert vote.rules["emergency"] == "Les salles se réservent demain."


def test_what_cannot_be_put_to_the_vote(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    debated_all(call)
    meeting = under_way(fund, call, "alix", "basile", "carmen", "driss")
    with pytest.raises(BallotKindDiffers, match=r"“approval”; a round by “ranking”"):
        a_vote(fund, call, meeting, kind="ranking")
    for options, why in (
        ({"kind": "raffle"}, "no ballot “raffle”"),
        ({"round": 3}, "not 3"),
        ({"subject": {"proposals": ["P1"], "scenario": 1}}, "one scenario"),
        ({"subject": {"colour": "red"}}, "one scenario"),
        ({"subject": {"scenario": 1}}, "one scenario"),
        ({"round": 0, "subject": {"scenario": 9}}, "no scenario 9"),
        ({"round": 0, "subject": {"scenario": 2**80}}, "no scenario"),
        ({"round": 0, "kind": "yes-no", "subject": {"fallback_of": 4}}, "one scenario"),
        ({"subject": {"proposals": "P1"}}, "one scenario"),
        ({"subject": {"proposals": ["P9"]}}, "“P9” is not admitted"),
        ({"subject": {"proposals": ["P1", "P1"]}}, "named twice"),
        ({"round": 0, "kind": "ranking"}, "needs proposals"),
        ({"closes": at(20)}, "would close at"),
        ({"round": 0, "kind": "scores", "subject": {"proposals": ["P1"]}, "scale": 101}, "scale is a whole number"),
        ({"round": 0, "kind": "judgment", "subject": {"proposals": ["P1"]}, "grades": 1}, "grades is a whole number"),
    ):
        with pytest.raises(QuestionInvalid, match=why):
            a_vote(fund, call, meeting, **options)
    with pytest.raises(VotingTextInvalid):
        a_vote(fund, call, meeting, question="\0")
    with pytest.raises(VotingTextInvalid):
        a_vote(fund, call, meeting, reference="r" * 101)
    assert not Vote.objects.exists()
    vote = a_vote(fund, call, meeting)
    assert a_vote(fund, call, meeting) == vote
    assert OutgoingMail.objects.filter(kind="vote-link").count() == 4
    with pytest.raises(VotingReferenceTaken):
        a_vote(fund, call, meeting, question="Autre ?")


def test_a_question_answered_as_a_whole_is_not_for_who_is_recused_from_a_part(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    debated_all(call)
    recused(call, "driss", "P1")
    meeting = under_way(fund, call, "alix", "basile", "carmen", "driss")
    vote = a_vote(fund, call, meeting, kind="consent", round=0, subject={"proposals": ["P1", "P2"]})
    assert vote.rules["not_voting"]["driss"] == "recused"
    assert vote.rules["quorum"]["recused"] == 1
    assert vote.rules["quorum"]["needed"] == 3
    for person in ("alix", "basile", "carmen"):
        recused(call, person, "P3")
    with pytest.raises(QuorumMissing):
        a_vote(fund, call, meeting, kind="yes-no", round=0, subject={"proposals": ["P3"]}, reference="other")


def test_nobody_may_vote_where_everybody_is_recused(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    debated_all(call)
    for person in ("alix", "basile", "carmen", "driss", "elsa", "farid", "garance"):
        recused(call, person, "P1")
    with pytest.raises(NobodyMayVote, match="7 of 7 are recused"):
        a_vote(fund, call, subject={"proposals": ["P1"]})


def test_a_chair_that_never_votes_is_named_and_has_no_voice(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    governed(fund, 'chair = "never-votes"\nballot = "yes-no"\nmajority = "1/2"\nquorum = "1/2"')
    with pytest.raises(ChairUnnamed, match="never-votes"):
        a_vote(fund, call, kind="yes-no")
    with pytest.raises(NotOnCommittee):
        a_vote(fund, call, kind="yes-no", chair="stranger")
    vote = a_vote(fund, call, kind="yes-no", chair="alix")
    assert not vote.electors.filter(person="alix").exists()
    assert vote.rules["quorum"]["electorate"] == 6
    assert vote.rules["quorum_at"] == "close"


def test_secret_parts_by_contribution_would_name_their_voters(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    governed(fund, 'chair = "votes"\nballot = "buckets"\npot_key = "contribution"\nsecret_ballots = true')
    with pytest.raises(PartsNameVoters):
        a_vote(fund, call, kind="buckets")


# Closing, ties, quorum at a distance


def test_a_vote_closes_at_its_moment_or_when_all_voted(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    debated_all(call)
    vote = a_vote(fund, call, under_way(fund, call, "alix", "basile", "carmen", "driss"))
    say_all(vote, approve(alix=["P1"], basile=[], carmen=["P1"]))
    with pytest.raises(VoteStillOpen, match="3 of 4 voices"):
        closed(fund, vote, moment=at(20, 30))
    say(vote, "driss", {"approved": ["P2"]})
    shut = closed(fund, vote, moment=at(20, 30))
    assert closed(fund, vote, moment=at(20, 40)).closed_at == shut.closed_at
    assert turnout(shut).is_full
    assert len(closed_papers(shut)) == 4


def test_the_casting_vote_settles_a_tie_and_is_the_chairs_alone(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    governed(fund, CASTING)
    chair, keeper = Actor(fund=fund, by="alix"), secretary(fund)
    meeting = under_way(fund, call, "alix", "basile", "carmen", "driss")
    vote = a_vote(fund, call, meeting, kind="yes-no", round=0, question="Adopter le règlement ?")
    say_all(vote, answers(alix="yes", basile="yes", carmen="no", driss="no"))
    shut = closed(fund, vote)
    result = vote_result(shut)
    assert result.casting_due
    assert result.adopted is None
    with pytest.raises(ChairActsAlone, match="alix gives it, not secretary"):
        votes.settle_tie(keeper, shut, answer="yes", at=at(21, 5))
    with pytest.raises(CastingVoteNotDue):
        votes.settle_tie(chair, shut, answer="perhaps", at=at(21, 5))
    settled = votes.settle_tie(chair, shut, answer="yes", at=at(21, 5))
    assert votes.settle_tie(chair, shut, answer="yes", at=at(21, 6)).casting == "yes"
    with pytest.raises(CastingVoteNotDue):
        votes.settle_tie(chair, shut, answer="no", at=at(21, 6))
    assert vote_result(settled).adopted is True
    assert vote_result(settled).answers[""].verdict.by == "casting-vote"


def test_a_tie_without_a_casting_vote_is_a_rejection(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    meeting = under_way(fund, call, "alix", "basile", "carmen", "driss")
    vote = a_vote(fund, call, meeting, kind="yes-no", round=0, question="Se revoir en juin ?")
    say_all(vote, answers(alix="yes", basile="yes", carmen="no", driss="no"))
    result = vote_result(closed(fund, vote))
    assert (result.adopted, result.casting_due, result.answers[""].verdict.by) == (False, False, "tie")


def test_at_a_distance_the_quorum_is_who_took_part(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    debated_all(call)
    recused(call, "alix", "P1")
    vote = a_vote(fund, call)
    assert vote.electors.count() == 7
    say_all(vote, approve(alix=["P2"], basile=["P1"], carmen=["P1"]))
    lacking = vote_result(closed(fund, vote))
    assert lacking.missing == ("", "P1")
    other = a_vote(fund, call, reference="again")
    say_all(other, approve(alix=["P2"], basile=["P1"], carmen=["P1"], driss=[]))
    assert vote_result(closed(fund, other)).missing == ()


def test_an_access_that_ended_gives_no_voice(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    debated_all(call)
    Access.objects.filter(user__username="garance").update(until=CONVENED)
    vote = a_vote(fund, call)
    assert vote.electors.count() == 6
    assert vote.rules["quorum"]["electorate"] == 6
