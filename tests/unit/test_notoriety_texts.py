"""Notoriety is said aloud in both languages: its article, and how the points of a party came about."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from fund.charter.faults import Language
from fund.charter.notoriety.statements import Standing, Statement, standings_of, statement
from fund.charter.words.notoriety_texts import STEPS, explained, notoriety_text, points_words, step_text
from tests.notorieties import a_contest, a_fact, a_notoriety, contributing

END = date(2026, 12, 31)

SAID = [
    # a piece of the section, and what it changes in the article, in French and in English
    (("decay", '"20 %"', '"25 %"'), ("un solde perd 25\u00a0%", "a balance loses 25%")),
    (("contestation_days", "30", "1"), ("pendant 1 jour après", "for 1 day after")),
    (("ceiling", '"30 %"', '"1/3"'), ("plus de 1/3 de l’argent", "more than 1/3 of a rule’s money")),
    (("performance", "1", "2"), ("représentation, 2\u00a0points ;", "performance, 2\u00a0points;")),
    (("town", "3", "7"), ("projet), 7\u00a0points", "project), 7\u00a0points")),
    (("key", '"contribution"', '"equal"'), ("membres, à parts égales", "members, in equal parts")),
    (("key", '"contribution"', '"percentage"'), ("selon les pourcentages convenus", "by the percentages agreed")),
    (("coproduction", '"strict"', '"usage"'), ("même sans partage du risque", "even where the risk is not shared")),
    (("validation_days", "10", "15"), ("au moins 15 jours avant", "at least 15 days before")),
]


@pytest.mark.parametrize(("change", "words"), SAID)
def test_every_slot_is_said(change: tuple[str, str, str], words: tuple[str, str]) -> None:
    slot, old, new = change
    spoken = a_notoriety((f"{slot} = {old}", f"{slot} = {new}"))
    before = a_notoriety()
    languages: tuple[Language, Language] = ("fr", "en")
    for language, piece in zip(languages, words, strict=True):
        assert piece in notoriety_text(spoken, language)
        assert piece not in notoriety_text(before, language)


def test_every_share_is_said() -> None:
    spoken = a_notoriety(('share = "50 %"', 'share = "65 %"'), ('share = "20 %"', 'share = "0.05"'))
    french = notoriety_text(spoken, "fr")
    assert "65\u00a0% pour la compagnie du projet ; 30\u00a0% pour les membres, " in french
    assert "reçus ; 5\u00a0% pour le fonds." in french
    assert "65% to the project’s company; 30% to the members, " in notoriety_text(spoken, "en")


def test_the_table_is_readable_aloud() -> None:
    assert notoriety_text(a_notoriety(), "fr").startswith(
        "Un fait daté et prouvé vaut des points, selon ce barème : représentation, 1\u00a0point ; commune touchée (une "
        "fois par commune et par projet), 3\u00a0points ; article de presse, 2\u00a0points au niveau local, "
        "3\u00a0points au niveau régional, 6\u00a0points au niveau national, 8\u00a0points au niveau international ;"
    )
    assert "prize, 8\u00a0points at the regional level" in notoriety_text(a_notoriety(), "en")


def test_nothing_written_is_said_to_be_nothing() -> None:
    bare = a_notoriety(
        ('decay = "20 %"\n', ""), ('ceiling = "30 %"\n', ""), ('decay = "made-up"\n', ""), ('ceiling = "made-up"\n', "")
    )
    assert "Les points ne s’éteignent pas. La notoriété n’oriente aucun argent." in notoriety_text(bare, "fr")
    assert "Points do not lapse. Notoriety steers no money." in notoriety_text(bare, "en")


def test_logos_and_sources_are_said() -> None:
    french, english = notoriety_text(a_notoriety(), "fr"), notoriety_text(a_notoriety(), "en")
    assert (
        "Union européenne, État, région, département, agglomération, communauté de communes, commune, autres" in french
    )
    assert "[Sources : barème, perte annuelle, délai de contestation, plafond, part (la compagnie)" in french
    assert "part (le fonds) : nombre inventé ;" in french
    assert "days to validate, order of logos: https://culture.gouv.fr/" in english
    assert "key (the members): https://ar-ra1011.cmf-fmc.ca/" in english


def test_sources_that_differ_are_told_line_by_line() -> None:
    spoken = a_notoriety(
        ("international = 8 }", 'international = 8, source = "https://example.org/presse" }'),
    )
    assert (
        "article de presse (national), article de presse (international) : https://example.org/presse"
        in notoriety_text(spoken, "fr")
    )


@pytest.mark.parametrize(
    ("number", "french", "english"),
    [
        (0, "0\u00a0point", "0\u00a0points"),
        (1, "1\u00a0point", "1\u00a0point"),
        (Fraction(-1, 2), "−0,5\u00a0point", "−0.5\u00a0points"),
        (Fraction(3, 2), "1,5\u00a0point", "1.5\u00a0points"),
        (2, "2\u00a0points", "2\u00a0points"),
        (Fraction(7, 3), "2,3333…\u00a0points", "2.3333…\u00a0points"),
    ],
)
def test_points_are_written_as_people_do(number: Fraction | int, french: str, english: str) -> None:
    assert (points_words(number, "fr"), points_words(number, "en")) == (french, english)


def a_rich_year() -> Statement:
    """A second year: standings that carry, two companies, and a member who was paid ahead."""
    facts = [a_fact("F1", "press", level="national"), a_fact("F2", company="C2"), a_fact("F3", company="C2")]
    standings = {
        "fund": Standing(10, Fraction(1, 4), Fraction(1, 2)),
        "member:M1": Standing(3, Fraction(0), Fraction(1, 2)),
        "member:M9": Standing(3, Fraction(0), Fraction(-1)),
    }
    return statement(
        a_notoriety(), until=END, facts=facts, members=contributing(M1=500, M2=300), opening=standings, years=1
    )


def test_every_step_has_its_sentence() -> None:
    made = a_rich_year()
    assert {step.kind for step in made.steps if step.operation != "share-out"} == set(STEPS)
    for step in made.steps:
        french, english = step_text(step, "fr"), step_text(step, "en")
        assert french != english
        assert "{" not in french + english


def test_the_points_of_a_member_are_explained_from_the_facts_on() -> None:
    made = a_rich_year()
    assert [words.replace("\u00a0", " ") for words in explained(made, "member:M1", "fr")] == [
        "Solde au début (membre M1) : 3 points.",
        "Un an après il en reste 80 % : 2,4 points.",
        "Au point le plus proche : 2 points.",
        "Perdu dans l’année (membre M1) : 3 points − 2 points = 1 point.",
        "Fait F1, selon le barème : 6 points.",
        "Fait F2, selon le barème : 1 point.",
        "Fait F3, selon le barème : 1 point.",
        "Avec les autres faits de la compagnie C2 : 1 point + 1 point = 2 points.",
        "Reporté des relevés d’avant (membre M1) : 0,5 point.",
        "Avec tous les faits de la compagnie C2 : 6 points + 2 points = 8 points.",
        "Part (les membres) : 30 % de 8 points = 2,4 points.",
        "Part (membre M1) : 62,5 % de 2,4 points = 1,5 point.",
        "Dû exactement (membre M1) : 0,5 point + 1,5 point = 2 points.",
        "Partage de 8 points : le fonds 2 points ; membre M1 2 points ; membre M9 0 point ; la compagnie C1 3 points ; "
        "la compagnie C2 1 point ; membre M2 0 point. Les derniers points vont à qui atteint le plus tôt le suivant ; "
        "à égalité, à la plus grande fraction, puis par ordre de nom.",
    ]
    assert "Received ahead (−1\u00a0point): nothing this time." in [step_text(step, "en") for step in made.steps]
    assert explained(made, "member:M7", "fr") == ()


def test_a_party_that_the_facts_do_not_name_is_not_explained() -> None:
    made = statement(a_notoriety(), until=END, facts=[], members={}, opening={"member:M1": Standing(5)}, years=0)
    assert explained(made, "member:M1", "en") == ()
    assert standings_of(made) == {"member:M1": Standing(5)}


def test_what_is_contested_explains_nothing() -> None:
    facts = [a_fact("F1"), a_fact("F2", "press", level="national")]
    made = statement(
        a_notoriety(), until=END, facts=facts, contests=[a_contest("F2", "2026-03-02")], members=contributing(M1=500)
    )
    said = explained(made, "member:M1", "en")
    assert any("F1" in words for words in said)
    assert not any("F2" in words for words in said)
    assert any("F2" in step_text(step, "en") for step in made.steps)
