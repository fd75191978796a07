"""A committee's evening: notice, proxies, recusals, a lost quorum, a second meeting, a tie; every refusal by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from allocation.meetings import MeetingDraft, present_at, proxies_at
from allocation.models import Call, Meeting, Vote
from allocation.vote_results import vote_result
from allocation.voting import VoteDraft, closed_papers, turnout
from allocation.voting_errors import (
    CastingVoteNotDue,
    MeetingRefused,
    ProxyRefused,
    QuestionInvalid,
    VoteStillOpen,
    VotingReferenceTaken,
    VotingTextInvalid,
)
from fund.models import Access, Act, Fund, OutgoingMail
from fund.services import meetings, votes
from fund.services.actors import Actor
from fund.services.committee_errors import (
    BallotKindDiffers,
    ChairActsAlone,
    ChairUnnamed,
    CommitteeNotRuled,
    DebateMissing,
    EmergencyNotAllowed,
    NobodyMayVote,
    NoticeTooShort,
    NotOnCommittee,
    PartsNameVoters,
    QuorumMissing,
    SecondMeetingNotRuled,
)
from tests.committees import CONVENED, EVENING, a_call_to_decide, a_person, at
from tests.evenings import (
    AGENDA,
    a_vote,
    answers,
    approve,
    closed,
    convened,
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


# Convocation


def test_a_convocation_leaves_the_days_of_the_charter(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    keeper = secretary(fund)
    draft = MeetingDraft("m", EVENING, "", AGENDA, "alix")
    late = at(9, on=EVENING - timedelta(days=4))
    with pytest.raises(NoticeTooShort, match="convened 4 days ahead; the charter asks for 5"):
        meetings.convene_meeting(keeper, call, draft, at=late)
    urgent = replace(draft, emergency="La salle ferme en juin.")
    meeting = meetings.convene_meeting(keeper, call, urgent, at=late)
    assert meetings.convene_meeting(keeper, call, urgent, at=late) == meeting
    assert OutgoingMail.objects.filter(kind="convocation").count() == 7
    with pytest.raises(VotingReferenceTaken):
        meetings.convene_meeting(keeper, call, replace(urgent, agenda="Autre"), at=late)
    with pytest.raises(NotOnCommittee, match="stranger"):
        meetings.convene_meeting(keeper, call, replace(urgent, reference="n", chair="stranger"), at=late)
    for broken in ({"agenda": " "}, {"agenda": "x" * 4001}, {"place": "a\0b"}, {"emergency": "x" * 1001}):
        with pytest.raises(VotingTextInvalid):
            meetings.convene_meeting(keeper, call, replace(urgent, reference="n", **broken), at=late)
    assert Meeting.objects.count() == 1


def test_a_charter_without_emergency_allows_none(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    governed(fund, 'chair = "votes"\nballot = "yes-no"\nmajority = "1/2"')
    with pytest.raises(EmergencyNotAllowed):
        convened(fund, call, emergency="Vite.")
    meeting = convened(fund, call)
    with pytest.raises(EmergencyNotAllowed):
        meetings.declare_emergency(secretary(fund), meeting, reason="Vite.", at=at(19))


def test_a_fund_without_governance_has_no_meetings(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    draft = MeetingDraft("m", date(2025, 6, 20), "", AGENDA, "alix")
    with pytest.raises(CommitteeNotRuled, match="2025-06-01"):
        meetings.convene_meeting(secretary(fund), call, draft, at=at(9, on=date(2025, 6, 1)))


# Attendance, proxies, quorum


def test_a_meeting_opens_on_its_day_and_takes_people_while_it_is_open(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    keeper = secretary(fund)
    meeting = convened(fund, call)
    with pytest.raises(MeetingRefused, match="not open"):
        meetings.arrive(keeper, meeting, "alix", manner="present", at=at(19))
    with pytest.raises(MeetingRefused, match="held on 2026-05-28"):
        meetings.open_meeting(keeper, meeting, at=at(19, on=CONVENED))
    meetings.open_meeting(keeper, meeting, at=at(19))
    with pytest.raises(NotOnCommittee):
        meetings.arrive(keeper, meeting, "stranger", manner="present", at=at(19))
    meetings.arrive(keeper, meeting, "alix", manner="remote", at=at(19))
    meetings.arrive(keeper, meeting, "basile", manner="present", at=at(19))
    assert meetings.leave(keeper, meeting, "basile", at=at(19, 10)) is True
    assert meetings.leave(keeper, meeting, "basile", at=at(19, 11)) is False
    assert present_at(meeting) == {"alix"}
    meetings.arrive(keeper, meeting, "basile", manner="present", at=at(19, 20))
    assert present_at(meeting) == {"alix", "basile"}
    with pytest.raises(MeetingRefused, match="opened at"):
        meetings.close_meeting(keeper, meeting, at=at(18))
    meetings.close_meeting(keeper, meeting, at=at(21))
    with pytest.raises(MeetingRefused, match="over since"):
        meetings.arrive(keeper, meeting, "carmen", manner="present", at=at(21, 1))


def test_proxies_are_given_and_taken_back_until_the_vote_opens(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    debated_all(call)
    keeper = secretary(fund)
    meeting = under_way(fund, call, "alix", "basile", "carmen", "driss")

    def give(giver: str, holder: str) -> None:
        meetings.give_proxy(keeper, meeting, giver=giver, holder=holder, at=at(19, 30))

    give("elsa", "basile")
    give("elsa", "basile")
    assert proxies_at(meeting) == {"elsa": "basile"}
    for giver, holder, why in (
        ("farid", "farid", "to themselves"),
        ("elsa", "carmen", "given to basile already"),
        ("alix", "carmen", "votes in person"),
        ("farid", "basile", "holds 1 already, and one person holds 1"),
    ):
        with pytest.raises(ProxyRefused, match=why):
            give(giver, holder)
    with pytest.raises(NotOnCommittee):
        give("farid", "stranger")
    with pytest.raises(ProxyRefused, match="none is given"):
        meetings.take_back_proxy(keeper, meeting, giver="farid", at=at(19, 31))
    meetings.take_back_proxy(keeper, meeting, giver="elsa", at=at(19, 32))
    give("elsa", "carmen")
    vote = a_vote(fund, call, meeting)
    for act in (
        lambda: give("farid", "alix"),
        lambda: meetings.take_back_proxy(keeper, meeting, giver="elsa", at=at(20)),
    ):
        with pytest.raises(ProxyRefused, match="electorate is frozen"):
            act()
    closed(fund, vote)
    give("farid", "alix")


def test_who_left_and_whose_proxy_they_held_no_longer_count(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    debated_all(call)
    keeper = secretary(fund)
    meeting = under_way(fund, call, "alix", "basile", "carmen")
    meetings.give_proxy(keeper, meeting, giver="elsa", holder="carmen", at=at(19, 10))
    meetings.leave(keeper, meeting, "carmen", at=at(19, 40))
    with pytest.raises(QuorumMissing, match="2 count, 4 are needed"):
        a_vote(fund, call, meeting)


def test_a_recusal_changes_the_quorum_of_its_proposal(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    debated_all(call)
    for person in ("alix", "basile"):
        recused(call, person, "P1")
    meeting = under_way(fund, call, "alix", "basile", "carmen", "driss")
    with pytest.raises(QuorumMissing, match=r"on P1: 2 count, 3 are needed \(7 have a voice, 2 are recused\)"):
        a_vote(fund, call, meeting)
    vote = a_vote(fund, call, meeting, subject={"proposals": ["P2", "P3"]})
    assert vote.rules["quorum_by_proposal"] == {}


def test_a_recused_person_holds_no_proxy_on_what_they_are_recused_from(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    debated_all(call)
    recused(call, "basile", "P1")
    recused(call, "elsa", "P2")
    meeting = under_way(fund, call, "alix", "basile", "carmen", "driss", "farid")
    meetings.give_proxy(secretary(fund), meeting, giver="elsa", holder="basile", at=at(19, 10))
    vote = a_vote(fund, call, meeting)
    assert vote.electors.get(person="elsa").recused == ["P1", "P2"]
    assert vote.electors.get(person="basile").recused == ["P1"]
    assert vote.rules["quorum_by_proposal"]["P1"]["represented"] == 0
    assert vote.rules["quorum_by_proposal"]["P2"]["represented"] == 0
    assert vote.rules["quorum"]["represented"] == 1


def test_who_did_not_declare_their_interests_has_no_voice(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    debated_all(call)
    a_person(fund, "hawa", "committee")
    meeting = under_way(fund, call, "alix", "basile", "carmen", "driss", "hawa")
    vote = a_vote(fund, call, meeting)
    assert vote.rules["not_voting"]["hawa"] == "interests-not-declared"
    assert vote.rules["quorum"]["electorate"] == 8
    assert vote.rules["quorum"]["present"] == 4


def test_second_meetings_follow_a_lost_quorum_alone(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    keeper = secretary(fund)
    meeting = under_way(fund, call, "alix", "basile", "carmen", "driss")
    with pytest.raises(MeetingRefused, match="quorum is there, 4 for 4"):
        meetings.close_without_quorum(keeper, meeting, at=at(19, 30))
    later = EVENING + timedelta(days=9)
    with pytest.raises(MeetingRefused, match="not closed for lack of quorum"):
        meetings.convene_second(keeper, meeting, reference="s", held_on=later, place="", at=at(20))
    meetings.leave(keeper, meeting, "driss", at=at(19, 40))
    lost = meetings.close_without_quorum(keeper, meeting, at=at(19, 45))
    assert lost.lacked_quorum
    near = EVENING + timedelta(days=4)
    with pytest.raises(NoticeTooShort, match="convened 4 days ahead; the charter asks for 5"):
        meetings.convene_second(keeper, lost, reference="s", held_on=near, place="", at=at(20))
    second = meetings.convene_second(keeper, lost, reference="s", held_on=later, place="", at=at(20))
    assert meetings.convene_second(keeper, lost, reference="s", held_on=later, place="", at=at(20)) == second
    with pytest.raises(MeetingRefused, match="convened on the same agenda already"):
        meetings.convene_second(keeper, lost, reference="t", held_on=later, place="", at=at(20))


def test_a_charter_without_a_second_meeting_convenes_an_ordinary_one(scene: tuple[Fund, Call]) -> None:
    fund, call = scene
    governed(fund, CASTING)
    keeper = secretary(fund)
    meeting = meetings.close_without_quorum(keeper, under_way(fund, call, "alix"), at=at(19, 30))
    with pytest.raises(SecondMeetingNotRuled):
        meetings.convene_second(keeper, meeting, reference="s", held_on=EVENING, place="", at=at(20))


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
