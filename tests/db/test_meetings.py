"""Meetings: the notice, who is there, proxies, the quorum with its recusals, a second meeting; each refusal by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from allocation.models import Call, Meeting
from allocation.voting.errors import (
    MeetingRefused,
    ProxyRefused,
    VotingReferenceTaken,
    VotingTextInvalid,
)
from allocation.voting.meetings import MeetingDraft, present_at, proxies_at
from fund.models import Fund, OutgoingMail
from fund.services import meetings
from fund.services.committee_errors import (
    CommitteeNotRuled,
    EmergencyNotAllowed,
    NoticeTooShort,
    NotOnCommittee,
    QuorumMissing,
    SecondMeetingNotRuled,
)
from tests.committees import CONVENED, EVENING, a_call_to_decide, a_person, at
from tests.evenings import (
    AGENDA,
    a_vote,
    closed,
    convened,
    debated_all,
    governed,
    recused,
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
