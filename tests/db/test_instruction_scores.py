"""Scores: in versions, before the debate, seen in turn, corrected beside the raw ones; and every refusal."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest
from django.utils import timezone

from allocation.instructing.errors import (
    NotInInstruction,
    ScoresInvalid,
    ScoringOver,
)
from allocation.instructing.instruction import Given, latest_scores
from allocation.instructing.interest_errors import InterestsNotDeclared, PersonRecused
from allocation.models import Application, Call, Score
from fund.models import Fund
from fund.queries.interests import reader_of
from fund.queries.scores import call_scores, file_scores
from fund.services.actors import Actor
from fund.services.committee_errors import NotOnCommittee
from fund.services.instruction import (
    give_scores,
)
from tests.committees import (
    CONVENED,
    EVENING,
    a_call_to_decide,
    a_person,
    at,
)
from tests.instructing import names, number, opens_debate, recuse, reports, scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided() -> tuple[Fund, Call]:
    return a_call_to_decide()


@pytest.fixture
def fund(decided: tuple[Fund, Call]) -> Fund:
    return decided[0]


@pytest.fixture
def call(decided: tuple[Fund, Call]) -> Call:
    return decided[1]


# Scores


def test_scores_are_kept_raw_in_versions_and_counted_by_weight(fund: Fund, call: Call) -> None:
    application = number(call, 1)
    first = scores(fund, application, "alix", 4, 2)
    assert [row.pk for row in scores(fund, application, "alix", 4, 2)] == [row.pk for row in first]
    scores(fund, application, "alix", 5, 2)
    scores(fund, application, "basile", 1, 4)
    assert Score.objects.filter(person="alix").count() == 4
    assert {(row.person, row.criterion.code, row.points) for row in latest_scores([application])} == {
        ("alix", "artistic", 5),
        ("alix", "feasible", 2),
        ("basile", "artistic", 1),
        ("basile", "feasible", 4),
    }
    seen = file_scores(application, reader_of(fund, call, "alix", CONVENED), CONVENED)
    assert [(line.person, line.version, line.total) for line in seen.lines] == [
        ("alix", 2, Fraction(4)),
        ("basile", 1, Fraction(2)),
    ]
    assert seen.spread is not None
    assert (seen.spread.mean, seen.spread.lowest, seen.spread.highest) == (3, 2, 4)
    assert fund.acts.filter(kind="scores-given").count() == 3


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"artistic": Given(6), "feasible": Given(1)}, "6 points for “Intérêt artistique”, which goes from 0 to 5"),
        ({"artistic": Given(-1), "feasible": Given(1)}, "-1 points"),
        ({"artistic": Given(1)}, "“Faisabilité” is not scored"),
        ({"artistic": Given(1), "feasible": Given(1), "charm": Given(1)}, "no criterion “charm”"),
        ({"artistic": Given(1, "x" * 2001), "feasible": Given(1)}, "at most 2000 characters"),
        ({"artistic": Given(1, "\ud800"), "feasible": Given(1)}, "none of them invisible"),
    ],
)
def test_scores_that_do_not_answer_the_rubric_are_refused(
    fund: Fund, call: Call, given: dict[str, Given], words: str
) -> None:
    with pytest.raises(ScoresInvalid, match=words):
        give_scores(Actor(fund=fund, by="alix"), number(call, 1), given, on=CONVENED)
    assert not Score.objects.exists()


def test_a_call_without_criteria_is_not_scored(fund: Fund, call: Call) -> None:
    call.criteria.all().delete()
    with pytest.raises(ScoresInvalid, match="the call has no criteria"):
        give_scores(Actor(fund=fund, by="alix"), number(call, 1), {}, on=CONVENED)


def test_scores_come_before_the_debate_and_stay(fund: Fund, call: Call) -> None:
    application = number(call, 1)
    scores(fund, application, "alix", 4, 2)
    opens_debate(application, at(18))
    with pytest.raises(ScoringOver, match="Application 1 was scored until 2026-05-28"):
        scores(fund, application, "alix", 0, 0, on=EVENING)
    with pytest.raises(ScoringOver, match="Application 2 was scored until 2026-06-30"):
        scores(fund, number(call, 2), "alix", 0, 0, on=date(2026, 7, 1))
    assert {row.points for row in Score.objects.all()} == {4, 2}


@pytest.mark.parametrize("state", ["draft", "inadmissible", "withdrawn"])
def test_nothing_is_done_with_an_application_that_is_not_in_instruction(fund: Fund, call: Call, state: str) -> None:
    application = number(call, 1)
    names(fund, application, "alix")
    Application.objects.filter(pk=application.pk).update(state=state)
    said = {"draft": "brouillon", "inadmissible": "non recevable", "withdrawn": "retiré"}[state]
    for does in (lambda: reports(fund, application, "alix"), lambda: scores(fund, application, "alix", 1, 1)):
        with pytest.raises(NotInInstruction) as refused:
            does()
        assert f"« {said} »" in refused.value.sentence("fr")


@pytest.mark.parametrize("state", ["filed", "returned", "complete", "admitted"])
def test_an_application_in_instruction_is_reported_on_and_scored(fund: Fund, call: Call, state: str) -> None:
    application = number(call, 1)
    Application.objects.filter(pk=application.pk).update(state=state)
    names(fund, application, "alix")
    assert reports(fund, number(call, 1), "alix").version == 1
    assert len(scores(fund, number(call, 1), "alix", 1, 1)) == 2


def test_whoever_is_recused_or_declared_nothing_neither_reports_nor_scores(fund: Fund, call: Call) -> None:
    application = number(call, 1)
    names(fund, application, "alix")
    recuse(application, "alix")
    a_person(fund, "hana", "committee")
    for person, refusal in (("alix", PersonRecused), ("hana", InterestsNotDeclared)):
        with pytest.raises(refusal):
            reports(fund, application, person)
        with pytest.raises(refusal):
            scores(fund, application, person, 1, 1)
    with pytest.raises(NotOnCommittee):
        scores(fund, application, "secretary", 1, 1)


# What is seen


def test_a_member_sees_the_scores_of_others_after_their_own_or_once_scoring_is_over(fund: Fund, call: Call) -> None:
    application = number(call, 1)
    scores(fund, application, "alix", 4, 2)
    basile = reader_of(fund, call, "basile", CONVENED)
    sealed = file_scores(application, basile, CONVENED)
    assert (sealed.seen, sealed.lines, sealed.spread) == (False, (), None)
    assert file_scores(application, basile, date(2026, 7, 1)).seen
    assert file_scores(application, reader_of(fund, call, "auditor", CONVENED), CONVENED).seen
    scores(fund, application, "basile", 1, 1)
    assert [line.person for line in file_scores(application, basile, CONVENED).lines] == ["alix", "basile"]


def test_what_somebody_gave_before_they_were_recused_counts_no_more(fund: Fund, call: Call) -> None:
    application = number(call, 1)
    scores(fund, application, "alix", 5, 5)
    scores(fund, application, "basile", 1, 1)
    recuse(application, "alix")
    seen = file_scores(application, reader_of(fund, call, "basile", CONVENED), CONVENED)
    assert [(line.person, line.counts) for line in seen.lines] == [("alix", False), ("basile", True)]
    assert seen.spread is not None
    assert (seen.spread.mean, seen.spread.readers) == (1, 1)
    assert Score.objects.filter(person="alix").count() == 2


def test_corrections_stand_beside_the_raw_means_and_are_refused_with_their_reason(fund: Fund, call: Call) -> None:
    """Alix gives 4, 3, 2, 1; basile, who is harsh, one less each time, and does not see the fourth."""
    for place, points in enumerate((4, 3, 2, 1), start=1):
        scores(fund, number(call, place), "alix", points, points)
        if place < 4:
            scores(fund, number(call, place), "basile", points - 1, points - 1)
    auditor = reader_of(fund, call, "auditor", CONVENED)
    table = call_scores(call, auditor, "additive/1", CONVENED)
    assert [file.spread.mean for file in table.files if file.spread] == [
        Fraction(7, 2),
        Fraction(5, 2),
        Fraction(3, 2),
        1,
    ]
    assert [file.corrected for file in table.files] == [Fraction(7, 2), Fraction(5, 2), Fraction(3, 2), Fraction(1, 2)]
    assert (table.refusal, table.cautious, table.is_whole) == (None, (), True)
    plain = call_scores(call, auditor, "none/1", CONVENED)
    assert [file.corrected for file in plain.files] == [file.spread.mean for file in plain.files if file.spread]
    unknown = call_scores(call, auditor, "magic", CONVENED)
    assert unknown.refusal is not None
    assert unknown.refusal.code == "correction_unknown"


def test_a_correction_that_nothing_identifies_is_refused(fund: Fund, call: Call) -> None:
    scores(fund, number(call, 1), "alix", 4, 4)
    scores(fund, number(call, 2), "basile", 2, 2)
    table = call_scores(call, reader_of(fund, call, "auditor", CONVENED), "additive/1", CONVENED)
    assert table.refusal is not None
    assert table.refusal.code == "correction_refused"
    assert "share no project" in str(table.refusal)
    assert [file.corrected for file in table.files] == [None] * 4
    cautious = call_scores(call, reader_of(fund, call, "auditor", CONVENED), "centre/1", CONVENED)
    assert cautious.cautious == ("Alix (fictif)", "Basile (fictif)")


def test_a_correction_is_computed_on_what_its_reader_may_see(fund: Fund, call: Call) -> None:
    """Otherwise the corrected figures of the others would tell a recused person what the hidden scores are."""
    for place, points in enumerate((4, 3, 2, 1), start=1):
        for person in ("alix", "basile"):
            scores(fund, number(call, place), person, points, points)
    scores(fund, number(call, 1), "carmen", 5, 5)
    recuse(number(call, 2), "carmen")
    for place in (3, 4):
        opens_debate(number(call, place), timezone.make_aware(datetime(2026, 5, 20, 8)))
    carmen = reader_of(fund, call, "carmen", CONVENED)
    table = call_scores(call, carmen, "centre/1", CONVENED)
    assert [file.state for file in table.files] == ["open", "recused", "open", "open"]
    hidden = table.files[1]
    assert (hidden.spread, hidden.corrected) == (None, None)
    assert table.corrected is not None
    assert all("2" not in given for given in table.corrected.raw.values())
    assert (table.computed_on, table.is_whole) == (3, False)
