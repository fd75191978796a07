"""The minutes: a draft when the vote closes, final with the decision, the same bytes each time."""

from __future__ import annotations

import pytest

from allocation.deciding.decisions import dissent
from allocation.models import Call
from fund.models import Fund
from fund.queries.minutes import minutes_of
from fund.queries.notices import call_notices
from fund.services.actors import Actor
from fund.services.awards import record_decision
from fund.statements.letters import letter, letter_subject, letter_text
from fund.statements.minutes import minutes, minutes_lines
from fund.statements.render import csv, html, pdf
from tests.committees import EVENING, a_call_to_decide, at
from tests.deciding import NOTIFIED, OTHERWISE, a_closed_vote, a_voted_evening, an_adoption, approvals, some_scenarios

pytestmark = pytest.mark.django_db


def told(fund: Fund, call: Call, language: str = "en") -> str:
    """The minutes as one text, spaces made plain."""
    facts = minutes_of(fund, call.slug, "fr" if language == "fr" else "en")
    assert facts is not None
    page = html.fragment(minutes(facts, "fr" if language == "fr" else "en"))
    return " ".join(page.replace("\u00a0", " ").replace("\u202f", " ").split())


def a_minuted_evening(**changes) -> tuple[Fund, Call]:
    fund, call = a_voted_evening()
    some_scenarios(call)
    dissent(call=call, person="elsa", text="Le territoire nord n'a rien.", at=at(20))
    vote = an_adoption(call, **changes)
    record_decision(Actor(fund, "secretary"), call=call.slug, vote=vote.number, at=at(21))
    return fund, call


def test_a_draft_stands_as_soon_as_the_vote_is_closed() -> None:
    fund, call = a_call_to_decide()
    assert minutes_of(fund, call.slug, "fr") is None
    assert minutes_of(fund, "autre", "fr") is None
    a_closed_vote(call, approvals({"alix": ["P1"]}), round=1, is_open=True)
    assert minutes_of(fund, call.slug, "fr") is None
    fund, call = a_voted_evening("fonds-soir")
    text = told(fund, call)
    assert "Minutes of the committee (draft)" in text
    assert "The committee has voted and not decided yet" in text
    assert "recompute_decision" not in text


def test_the_final_minutes_tell_the_evening_to_somebody_who_was_not_there() -> None:
    fund, call = a_minuted_evening()
    text = told(fund, call)
    for said in (
        "On 28 May 2026 the committee decided to support 3 of the 4 projects, for €18,000.00 of the €18,000.00",
        "8 days before, by Secretary (fictif)",
        "Elsa (fictif) gave a proxy to Alix (fictif)",
        "Garance (fictif), member of the committee, at a distance",
        "Driss (fictif): Projet P1 (fictif), paid engagement in the project, declared (Engagé sur la création.)",
        "Examen des dossiers, votes.",
        "Le comité est convaincu par Projet P1 (fictif).",
        "What a minority holds: Une voix doute du calendrier.",
        "first ballot, before the debate",
        "second ballot, after the debate",
        "By vote 3 (5 for, 1 against, 1 abstaining) the committee adopts scenario 1, Equal shares, as it is.",
        "Elsa (fictif): Le territoire nord n&#x27;a rien.",
        "python manage.py recompute_decision fonds-test/appel-2026",
        "graine-2026",
        "In the chair: Alix (fictif) ____",
        "nobody can tell whose is whose",
    ):
        assert said in text, said


def test_the_minutes_speak_french() -> None:
    fund, call = a_minuted_evening(otherwise=OTHERWISE)
    text = told(fund, call, "fr")
    for said in (
        "Procès-verbal du comité",
        "Séance du 28 mai 2026",
        "le comité part du scénario 1, Parts égales, et décide autrement.",
        "Le comité veut soutenir une première œuvre.",
        "Décision du comité (5 pour, 1 contre, 1 abst.) différente du calcul : 6 000 € au lieu de 9 000 €.",
        "Du premier au second tour",
        "Opinions minoritaires",
        "Les enveloppes sont dépensées en entier.",
    ):
        assert said in text, said


def test_the_minutes_are_the_same_bytes_each_time_on_every_medium() -> None:
    fund, call = a_minuted_evening(otherwise=OTHERWISE)
    facts = [minutes_of(fund, call.slug, "fr") for _ in range(2)]
    assert facts[0] is not None
    assert facts[1] is not None
    for render in (
        lambda facts: pdf.render(minutes(facts, "fr")),
        lambda facts: html.page(minutes(facts, "fr")),
        lambda facts: csv.render(minutes_lines(facts, "fr"), "fr"),
    ):
        assert render(facts[0]) == render(facts[1])
    assert pdf.render(minutes(facts[0], "fr")).startswith(b"%PDF-")
    rows = csv.render(minutes_lines(facts[0], "en"), "en").decode("utf-8-sig").splitlines()
    assert len(rows) == 5
    assert any("P4" in row and "7000.00" in row for row in rows)


def test_a_meeting_without_quorum_and_its_second_stand_in_the_minutes() -> None:
    fund, call = a_voted_evening()
    meeting = call.meetings.get()
    first = call.meetings.create(
        number=2,
        reference="seance-0",
        convened_on=EVENING,
        held_on=EVENING,
        agenda="Votes.",
        chair="alix",
        convened_by="secretary",
        lacked_quorum=True,
    )
    meeting.second_of = first
    meeting.save()
    text = told(fund, call)
    assert "nothing was decided, and a second meeting was convened" in text
    assert "on the agenda of meeting 2, which lacked its quorum; no quorum is needed" in text


def test_letters_say_why_and_what_would_have_had_to_change() -> None:
    fund, call = a_minuted_evening()
    assert call_notices(fund, "autre", "fr") is None
    facts = call_notices(fund, call.slug, "en")
    assert facts is not None
    funded, refused = facts.notices[0], facts.notices[3]
    assert (funded.code, refused.code, facts.notified_on) == ("P3", "P4", None)
    assert letter_subject(funded, "en") == "Projet P3 (fictif): an award of €5,000.00"
    text = letter_text(refused, "en", on=NOTIFIED).replace("\u00a0", " ")
    assert "the committee did not retain it" in text
    assert "it would have been funded." in text
    assert "How it is paid" not in text
    assert "Cette lettre vaut notification de l’aide" in letter_text(funded, "fr", on=NOTIFIED)
    paper = letter(funded, "fr", on=NOTIFIED)
    assert pdf.render(paper) == pdf.render(paper)
    assert "at the signature of the agreement" in letter_text(funded, "en", on=NOTIFIED)
