"""Instruction: rapporteurs drawn and named, told, released; reports and scores in versions; and every refusal."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from allocation.instructing.errors import (
    AssignmentEnded,
    AssignmentEndUnfounded,
    AssignmentImpossible,
    NotInInstruction,
    NotRapporteur,
    RapporteurRecused,
    ReportInvalid,
    ReportsOver,
)
from allocation.instructing.instruction import rapporteurs_of
from allocation.models import Application, Assignment, Call, Report
from fund.models import Fund, OutgoingMail
from fund.services.actors import Actor
from fund.services.committee_errors import NotOnCommittee
from fund.services.instruction import (
    end_rapporteur,
)
from ledger.money import Amount, unit_of
from tests.committees import (
    CLOSES,
    EVENING,
    PEOPLE,
    a_call_to_decide,
    a_committee_call,
    a_person,
    an_application,
)
from tests.instructing import draws, names, number, recuse, reports

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
