"""Instruction: rapporteurs drawn and named, told, released; reports and scores in versions; and every refusal."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest
from django.utils import timezone

from allocation.instruction import Given, latest_scores, rapporteurs_of
from allocation.instruction_errors import (
    AssignmentEnded,
    AssignmentEndUnfounded,
    AssignmentImpossible,
    NotInInstruction,
    NotRapporteur,
    RapporteurRecused,
    ReportInvalid,
    ReportsOver,
    ScoresInvalid,
    ScoringOver,
)
from allocation.interest_errors import InterestsNotDeclared, PersonRecused
from allocation.models import Application, Assignment, Call, Debate, Recusal, Report, Score
from fund.models import Fund, OutgoingMail
from fund.queries.interests import reader_of
from fund.queries.scores import call_scores, file_scores
from fund.services.actors import Actor
from fund.services.committee_errors import NotOnCommittee
from fund.services.instruction import (
    ReportSaid,
    assign_rapporteur,
    assign_rapporteurs_evenly,
    end_rapporteur,
    give_scores,
    write_report,
)
from ledger.money import Amount, unit_of
from tests.committees import (
    CLOSES,
    CONVENED,
    EVENING,
    FILED_BY,
    PEOPLE,
    a_call_to_decide,
    a_committee_call,
    a_person,
    an_application,
    at,
)

pytestmark = pytest.mark.django_db

MORNING = at(9, on=CONVENED)


@pytest.fixture
def decided() -> tuple[Fund, Call]:
    return a_call_to_decide()


@pytest.fixture
def fund(decided: tuple[Fund, Call]) -> Fund:
    return decided[0]


@pytest.fixture
def call(decided: tuple[Fund, Call]) -> Call:
    return decided[1]


def number(call: Call, value: int) -> Application:
    return call.applications.get(number=value)


def draws(fund: Fund, call: Call, wanted: int = 2, most: int | None = None) -> tuple[Assignment, ...]:
    actor = Actor(fund=fund, by="secretary")
    return assign_rapporteurs_evenly(actor, call, wanted=wanted, most=most, on=CONVENED, at=MORNING)


def names(fund: Fund, application: Application, person: str) -> Assignment:
    return assign_rapporteur(Actor(fund=fund, by="secretary"), application, person=person, on=CONVENED, at=MORNING)


def reports(fund: Fund, application: Application, person: str, **said: Any) -> Report:
    on = said.pop("on", CONVENED)
    facts = {"opinion": "favourable", "text": "Un projet qui tient.", "suggested": None} | said
    return write_report(Actor(fund=fund, by=person), application, ReportSaid(**facts), on=on)


def scores(fund: Fund, application: Application, person: str, artistic: int, feasible: int, on: date = CONVENED) -> Any:
    given = {"artistic": Given(artistic), "feasible": Given(feasible)}
    return give_scores(Actor(fund=fund, by=person), application, given, on=on)


def recuse(application: Application, person: str) -> None:
    Recusal.objects.create(application=application, person=person, manner="declared", interest="employee", on=FILED_BY)


def opens_debate(application: Application, opened: datetime) -> None:
    Debate.objects.create(
        application=application, positions_until=opened, closes=opened, opened_at=opened, opened_by="secretary"
    )


# Rapporteurs


def test_rapporteurs_are_drawn_evenly_and_told_once(fund: Fund, call: Call) -> None:
    recuse(number(call, 1), "alix")
    made = draws(fund, call)
    assert Counter(task.application.number for task in made) == {1: 2, 2: 2, 3: 2, 4: 2}
    assert sorted(Counter(task.person for task in made).values()) == [1, 1, 1, 1, 1, 1, 2]
    assert (1, "alix") not in {(task.application.number, task.person) for task in made}
    assert draws(fund, call) == ()
    assert OutgoingMail.objects.filter(kind="rapporteur").count() == 8
    assert fund.acts.filter(kind="rapporteurs-assigned").get().facts["wanted"] == 2


def test_the_mail_says_which_application_in_both_languages_and_nothing_of_it(fund: Fund, call: Call) -> None:
    names(fund, number(call, 2), "carmen")
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.reference.rpartition(":")[0]) == ("carmen@example.org", "appel-2026:2")
    assert mail.subject == "Dossier 2 : vous en êtes rapporteur / Application 2: you are its rapporteur"
    assert "« Projet P2 (fictif) »" in mail.body
    assert "“Projet P2 (fictif)”" in mail.body
    assert f"/{fund.slug}/calls/{call.slug}/interests" in mail.body


def test_the_same_draw_again_gives_the_same_people(fund: Fund, call: Call) -> None:
    first = [(task.application.number, task.person) for task in draws(fund, call)]
    Assignment.objects.all().delete()
    assert [(task.application.number, task.person) for task in draws(fund, call)] == first


def test_a_draw_that_is_impossible_says_why_and_assigns_nobody(fund: Fund, call: Call) -> None:
    for person in PEOPLE[:6]:
        recuse(number(call, 3), person)
    with pytest.raises(AssignmentImpossible, match=r"application 3 needs 2 rapporteurs and 1 people may read it"):
        draws(fund, call)
    with pytest.raises(AssignmentImpossible, match="the 7 people who may read them can give 7, with 1 each at most"):
        draws(fund, _other_call(fund), wanted=2, most=1)
    assert not Assignment.objects.exists()
    call.applications.update(state="withdrawn")
    with pytest.raises(AssignmentImpossible, match="no application waits for a rapporteur"):
        draws(fund, call)


def _other_call(fund: Fund) -> Call:
    other = a_committee_call(fund, slug="autre-appel")
    for code in ("P1", "P2", "P3", "P4"):
        an_application(fund, other, code)
    return other


def test_a_rapporteur_is_named_by_hand_once_and_never_while_recused(fund: Fund, call: Call) -> None:
    application = number(call, 2)
    task = names(fund, application, "alix")
    assert (task.manner, names(fund, application, "alix").pk) == ("by-hand", task.pk)
    assert OutgoingMail.objects.count() == 1
    recuse(application, "basile")
    with pytest.raises(RapporteurRecused, match="“basile” is recused from application 2"):
        names(fund, application, "basile")
    with pytest.raises(NotOnCommittee):
        names(fund, application, "secretary")
    Application.objects.filter(pk=application.pk).update(state="withdrawn")
    with pytest.raises(NotInInstruction, match="Application 2 is “withdrawn”"):
        names(fund, number(call, 2), "carmen")


def test_somebody_whose_party_carries_it_is_found_before_they_are_named(fund: Fund, call: Call) -> None:
    a_person(fund, "driss", "artist", party="CIE/P1")
    with pytest.raises(RapporteurRecused):
        names(fund, number(call, 1), "driss")


def test_a_rapporteur_is_released_with_a_reason_that_is_kept(fund: Fund, call: Call) -> None:
    actor, task = Actor(fund=fund, by="secretary"), names(fund, number(call, 2), "alix")
    for why in ("", "   ", "x" * 301, "a\0b"):
        with pytest.raises(AssignmentEndUnfounded, match="1 to 300 characters why “alix”"):
            end_rapporteur(actor, task, why=why, on=EVENING)
    ended = end_rapporteur(actor, task, why="En tournée.", on=EVENING)
    assert (ended.ended_on, ended.why_ended) == (EVENING, "En tournée.")
    assert end_rapporteur(actor, task, why="En tournée.", on=CLOSES).ended_on == EVENING
    with pytest.raises(AssignmentEnded, match="ended on 2026-05-28 already"):
        end_rapporteur(actor, task, why="Autre motif.", on=CLOSES)
    assert rapporteurs_of(number(call, 2)) == []
    assert names(fund, number(call, 2), "alix").pk != task.pk
    assert fund.acts.filter(kind="rapporteur-released").count() == 1


# Reports


def test_a_report_is_kept_in_versions(fund: Fund, call: Call) -> None:
    application = number(call, 1)
    names(fund, application, "alix")
    first = reports(fund, application, "alix", suggested=Amount(700_000))
    assert reports(fund, application, "alix", suggested=Amount(700_000)).pk == first.pk
    second = reports(fund, application, "alix", opinion="reserved", text="Relu.\r\nMoins sûr.")
    assert [(row.version, row.opinion, row.text) for row in Report.objects.all()] == [
        (1, "favourable", "Un projet qui tient."),
        (2, "reserved", "Relu.\nMoins sûr."),
    ]
    assert (second.suggested, first.suggested.amount) == (None, 7000)
    assert fund.acts.filter(kind="report-written").count() == 2


def test_only_its_rapporteurs_report_and_only_while_the_call_runs(fund: Fund, call: Call) -> None:
    application = number(call, 1)
    with pytest.raises(NotRapporteur, match="not a rapporteur of application 1"):
        reports(fund, application, "alix")
    task = names(fund, application, "alix")
    with pytest.raises(ReportsOver, match="closed on 2026-06-30"):
        reports(fund, application, "alix", on=date(2026, 7, 1))
    reports(fund, application, "alix", on=CLOSES)
    end_rapporteur(Actor(fund=fund, by="secretary"), task, why="Fini.", on=CLOSES)
    with pytest.raises(NotRapporteur):
        reports(fund, application, "alix", text="Encore un mot.")
    with pytest.raises(NotOnCommittee):
        reports(fund, application, "secretary")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"opinion": "splendid"}, "“splendid” is not an opinion"),
        ({"text": " \n "}, "from 1 to 20000 characters"),
        ({"text": "x" * 20_001}, "from 1 to 20000 characters"),
        ({"text": "a\0b"}, "none of them invisible"),
        ({"suggested": Amount(-1)}, r"negative \(-0.01 EUR\)"),
        ({"suggested": Amount(900_001)}, "suggests 9000.01 EUR, more than the 9000.00 EUR that are asked"),
        ({"suggested": Amount(100, unit_of("CHF"))}, "1.00 CHF, and the call counts in EUR"),
    ],
)
def test_a_report_that_says_nothing_or_suggests_what_cannot_be_is_refused(
    fund: Fund, call: Call, said: dict[str, Any], words: str
) -> None:
    names(fund, number(call, 1), "alix")
    with pytest.raises(ReportInvalid, match=words):
        reports(fund, number(call, 1), "alix", **said)
    assert not Report.objects.exists()


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
