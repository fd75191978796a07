"""Credit lines, logos and warnings are made from what each partner gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from fund.charter.notoriety.credits import Credits, Gift, Partner, WarningCode, credits_of, validate_by
from fund.charter.notoriety.grammar import Wording
from fund.charter.words.credit_words import credit_text, logo_text, warning_text
from tests.notorieties import a_notoriety

STRICT = a_notoriety().wording
USAGE = a_notoriety(('coproduction = "strict"', 'coproduction = "usage"')).wording


def a_partner(name: str, *gives: Gift, **more: Any) -> Partner:
    return Partner(name, frozenset(gives), **more)


LEAD = a_partner("A", "lead-production", employs=True)

PUBLISHED = [
    # A line as it was printed: domain facts, section 7.1.
    LEAD,
    a_partner("B", "lead-production", employs=True),
    *(a_partner(name, "residency", "shared-risk") for name in "CDE"),
    *(a_partner(name, "shared-risk") for name in "FG"),
    a_partner("Fonds X", "support", article="le"),
    a_partner("Y", "support", article="la"),
    a_partner("Z", "rehearsals", "equipment", article="le"),
]


def line(partners: list[Partner], language: Any = "fr", wording: Any = STRICT) -> str:
    return credit_text(credits_of(partners, wording, partnership=False), language)


def test_a_credit_line_reads_as_it_is_printed() -> None:
    assert line(PUBLISHED) == (
        "Production déléguée : A / B · Résidence et coproduction : C ; D ; E · Coproduction : F ; G · "
        "Avec le soutien du Fonds X et de la Y · Spectacle répété également au Z avec son soutien technique."
    )
    assert line(PUBLISHED, "en") == (
        "Lead production: A / B · Residency and co-production: C; D; E · Co-production: F; G · "
        "With the support of Fonds X and Y · Also rehearsed at Z with its technical support."
    )


def test_headings_keep_their_order_whatever_the_order_of_the_partners() -> None:
    assert [each.heading for each in credits_of(PUBLISHED[::-1], STRICT, partnership=False).lines] == [
        "lead-production", "residency-coproduction", "coproduction", "support", "rehearsals-equipment",
    ]  # fmt: skip


WORDS = [
    # who gives what → the line in French, strictly; as is usual when that differs
    ([a_partner("C", "cash")], "Cofinancement : C.", "Coproduction : C."),
    ([a_partner("C", "cash", "residency")], "Résidence et cofinancement : C.", "Résidence et coproduction : C."),
    ([a_partner("C", "cash", "shared-risk")], "Coproduction : C.", None),
    ([a_partner("C", "residency")], "Résidence : C.", None),
    ([a_partner("C", "pre-purchase")], "Préachat : C.", None),
    ([a_partner("C", "cash", "pre-purchase")], "Cofinancement : C · Préachat : C.", "Coproduction : C · Préachat : C."),
    ([a_partner("A", "lead-production")], "Production : A.", None),
    ([a_partner("A", "lead-production", "cash", "residency", employs=True)], "Production déléguée : A.", None),
    ([a_partner("Ville", "support", article="la")], "Avec le soutien de la Ville.", None),
    (
        [a_partner("Avignon", "support"), a_partner("Subs", "support", article="les"), a_partner("Brest", "support")],
        "Avec le soutien d’Avignon, des Subs et de Brest.",
        None,
    ),
    ([a_partner("Onda", "support", article="l’")], "Avec le soutien de l’Onda.", None),
    ([a_partner("Subsistances", "rehearsals", article="les")], "Spectacle répété aux Subsistances.", None),
    (
        [a_partner("Usine", "rehearsals", "equipment", article="l’"), a_partner("Lyon", "rehearsals", "equipment")],
        "Spectacle répété à l’Usine et à Lyon avec leur soutien technique.",
        None,
    ),
    ([a_partner("Z", "equipment", article="le")], "Avec le soutien technique du Z.", None),
    ([a_partner("C", "shared-risk", named=False)], "", None),
]  # fmt: skip


@pytest.mark.parametrize(("partners", "strict", "usage"), WORDS)
def test_each_gift_has_its_word(partners: list[Partner], strict: str, usage: str | None) -> None:
    assert line(partners) == strict
    assert line(partners, wording=USAGE) == (usage or strict)


def test_equipment_is_said_in_english_too() -> None:
    assert line([a_partner("Z", "equipment")], "en") == "With the technical support of Z."
    assert line([a_partner("Z", "rehearsals"), a_partner("W", "rehearsals")], "en") == "Rehearsed at Z and W."


def test_nobody_is_called_a_coproducer_without_sharing_the_risk() -> None:
    payers = [LEAD, a_partner("C", "cash"), a_partner("D", "cash", "residency"), a_partner("E", "shared-risk")]
    made = credits_of(payers, STRICT, partnership=False)
    called = {p.name for each in made.lines if "coproduction" in each.heading for p in each.partners}
    assert called == {"E"}


PUBLIC = [
    a_partner("Ville de Lyon", "support", level="commune"),
    a_partner("DRAC", "support", level="state"),
    a_partner("Théâtre", "residency"),
    a_partner("Ministère", "cash", level="state"),
    a_partner("Europe créative", "support", level="european-union"),
    a_partner("Métropole", "support", level="agglomeration"),
    a_partner("Région", "support", level="region"),
    a_partner("Département", "support", level="department"),
    a_partner("Pays", "support", level="intercommunality"),
]


def test_logos_stand_in_the_order_of_the_state() -> None:
    made = credits_of([LEAD, *PUBLIC], STRICT, partnership=False)
    assert [logo_text(logo, "fr") for logo in made.logos] == [
        "Union européenne : Europe créative", "État : DRAC, Ministère", "Région : Région", "Département : Département",
        "Agglomération : Métropole", "Communauté de communes : Pays", "Commune : Ville de Lyon", "Autres : A, Théâtre",
    ]  # fmt: skip
    assert logo_text(made.logos[1], "en") == "State: DRAC, Ministère"
    reversed_order = replace(STRICT, logo_order=STRICT.logo_order[::-1])
    assert credits_of(PUBLIC, reversed_order, partnership=False).logos[0].level == "other"


WARNED: list[tuple[list[Partner], bool, Any, list[tuple[WarningCode, tuple[str, ...]]]]] = [
    ([LEAD], False, STRICT, []),
    ([a_partner("C", "residency")], False, STRICT, [("no-lead", ())]),
    ([a_partner("A", "lead-production")], False, STRICT, [("lead-not-employer", ("A",))]),
    ([LEAD, a_partner("C", "cash")], False, STRICT, [("coproduction-reserved", ("C",))]),
    ([LEAD, a_partner("C", "cash")], False, USAGE, [("coproduction-usage", ("C",))]),
    ([LEAD, a_partner("C", "shared-risk")], False, STRICT, []),
    ([LEAD, a_partner("C", "shared-risk")], True, STRICT, [("partnership-revealed", ("C",))]),
    ([LEAD, a_partner("C", "shared-risk", named=False)], True, STRICT, []),
    ([LEAD, a_partner("C", "residency")], True, STRICT, []),
    (
        [LEAD, a_partner("Ville", "shared-risk", level="commune")],
        True,
        STRICT,
        [("partnership-revealed", ("Ville",)), ("partnership-public", ("Ville",))],
    ),
    ([LEAD, PUBLIC[1]], False, STRICT, [("validation", ("DRAC",))]),
    (
        [LEAD, PUBLIC[1], a_partner("Ministère", "support", level="state")],
        False,
        STRICT,
        [("one-marianne", ("DRAC", "Ministère")), ("validation", ("DRAC", "Ministère"))],
    ),
]


def warned(made: Credits) -> list[tuple[WarningCode, tuple[str, ...]]]:
    return [(warning.code, warning.names) for warning in made.warnings]


@pytest.mark.parametrize(("partners", "partnership", "wording", "expected"), WARNED)
def test_warnings_name_whom_they_are_about(
    partners: list[Partner], partnership: bool, wording: Wording, expected: list[tuple[WarningCode, tuple[str, ...]]]
) -> None:
    made = credits_of(partners, wording, partnership=partnership)
    assert warned(made) == expected
    for warning in made.warnings:
        french, english = warning_text(warning, "fr"), warning_text(warning, "en")
        assert french != english
        assert warning.source.startswith("https://")
        assert all(name in french and name in english and warning.source in french for name in warning.names)


def test_the_state_sees_what_is_printed_ten_days_before() -> None:
    (warning,) = credits_of([LEAD, PUBLIC[1]], STRICT, partnership=False, print_on=date(2026, 3, 5)).warnings
    assert (warning.days, warning.by) == (10, date(2026, 2, 23))
    assert validate_by(date(2026, 3, 5), STRICT) == date(2026, 2, 23)
    assert "au moins 10 jours" in warning_text(warning, "fr")
    assert "so by 2026-02-23" in warning_text(warning, "en")


def test_revealing_a_partner_is_warned_of_with_its_consequence() -> None:
    (warning,) = credits_of([LEAD, a_partner("C", "shared-risk")], STRICT, partnership=True).warnings
    assert "solidairement" in warning_text(warning, "fr")
    assert "jointly liable" in warning_text(warning, "en")
