"""What is checked in a budget, in figures and sentences worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from allocation.applying.content import Charge, Content, Need, Partner, PlannedDate, Prepurchase, Receipt, TeamMember
from allocation.applying.named_parties import as_compared, named_parties
from allocation.instructing.budget_checks import budget_checks, check_sentence, check_title

TOWN = Receipt("La ville de Sabres (fictive)", "aid", "", 400_000, "acquired")
OWN = Receipt("Fonds propres", "own", "", 100_000, "requested")
BOUGHT = Prepurchase("Théâtre du Phare (fictif)", "", 3, 150_000)
PLAN = Content(
    charges=(Charge("Salaires", 1_000_000), Charge("Décor", 250_000)),
    receipts=(TOWN, OWN),
    prepurchases=(BOUGHT,),
    minimum=400_000,
    target=600_000,
)
"""Costs 12,500.00; found 6,500.00; asked 6,000.00: balanced to the cent."""


def said(
    content: Content, title: str, language: str = "en", ceiling: Fraction | None = None
) -> tuple[bool | None, str]:
    (check,) = [each for each in budget_checks(content, ceiling=ceiling) if check_title(each, "en") == title]
    return check.holds, check_sentence(check, language).replace("\u202f", " ").replace("\u00a0", " ")


CASES = [
    ("Balance", PLAN, True, "Balanced: costs of €12,500, receipts and pre-purchases of €6,500, €6,000 asked."),
    (
        "Balance",
        replace(PLAN, target=500_000),
        False,
        "€1,000 is missing: costs of €12,500 for receipts and pre-purchases of €6,500 and €5,000 asked.",
    ),
    (
        "Balance",
        replace(PLAN, target=600_001),
        False,
        "€0.01 too much: costs of €12,500 for receipts and pre-purchases of €6,500 and €6,000.01 asked.",
    ),
    ("Balance", Content(target=100), False, "The budget has no costs."),
    ("Receipts named", PLAN, True, "2 of 2 receipts say from whom they come."),
    (
        "Receipts named",
        replace(PLAN, receipts=(TOWN, replace(OWN, source="…"))),
        False,
        "1 of 2 receipts say from whom they come.",
    ),
    ("Receipts named", replace(PLAN, receipts=()), None, "No receipt but the aid asked and the pre-purchases."),
    (
        "Receipts acquired",
        PLAN,
        None,
        "€5,500 acquired or bought in advance, of receipts and pre-purchases of €6,500.",
    ),
    ("Pre-purchases", PLAN, None, "Pre-purchases of €1,500: performances 3, buyers 1."),
    ("Pre-purchases", replace(PLAN, prepurchases=()), None, "No pre-purchase."),
    (
        "Minimum, request and gap",
        PLAN,
        True,
        "Minimum €4,000, request €6,000, gap without the fund €6,000: in order.",
    ),
    (
        "Minimum, request and gap",
        replace(PLAN, minimum=600_100),
        False,
        "The minimum of €6,001 is above the request of €6,000.",
    ),
    (
        "Minimum, request and gap",
        replace(PLAN, target=700_000),
        False,
        "The request of €7,000 is €1,000 above what is missing without the fund (€6,000).",
    ),
    ("Minimum, request and gap", replace(PLAN, target=None), False, "The file asks for no amount."),
    ("Share of the aid", PLAN, None, "The request is 48% of the costs; the charter sets no ceiling."),
    ("Share of the aid", Content(), None, "Without costs the share of the aid is not known."),
    ("In kind, apart", PLAN, None, "No need in kind."),
    (
        "In kind, apart",
        replace(PLAN, needs=(Need("Plateau", "2 semaines", 7_050), Need("Camion", "", None))),
        None,
        "Needs in kind: 2, for 70.5 hours. They are listed apart and enter no sum.",
    ),
]


@pytest.mark.parametrize(("title", "content", "holds", "sentence"), CASES)
def test_each_check_says_its_figures(title: str, content: Content, holds: bool | None, sentence: str) -> None:
    assert said(content, title) == (holds, sentence)


def test_a_ceiling_bounds_the_share_of_the_aid() -> None:
    title = "Share of the aid"
    assert said(PLAN, title, ceiling=Fraction(48, 100)) == (
        True,
        "The request is 48% of the costs, within the ceiling of 48%.",
    )
    assert said(PLAN, title, ceiling=Fraction(1, 3)) == (
        False,
        "The request is 48% of the costs, above the ceiling of 33.3%.",
    )


def test_the_sentences_stand_in_french_with_the_same_figures() -> None:
    assert said(PLAN, "Balance", "fr") == (
        True,
        "Équilibré : 12 500 € de charges, 6 500 € de recettes et préachats, 6 000 € demandés.",
    )
    assert said(PLAN, "Share of the aid", "fr", Fraction(2, 5))[1] == (
        "La demande est de 48 % des charges, au-dessus du plafond de 40 %."
    )
    titles = [check_title(check, "fr") for check in budget_checks(PLAN)]
    assert titles == [
        "Équilibre",
        "Recettes nommées",
        "Recettes acquises",
        "Préachats",
        "Minimum, demande et manque",
        "Part de l’aide",
        "En nature, à part",
    ]


def test_whom_a_content_names_as_its_partner_or_pays() -> None:
    content = replace(
        PLAN,
        receipts=(TOWN, replace(OWN, source="  Scène DES  Dunes ", kind="coproduction")),
        partners=(Partner("Ｌ’Atelier", "décor", False),),
        team=(TeamMember("Alix (fictif)", "lumière"),),
        dates=(PlannedDate(date(2026, 9, 1), "Sabres", "member:THE"),),
    )
    assert named_parties(content) == {
        "scène des dunes",
        "l’atelier",
        "alix (fictif)",
        "théâtre du phare (fictif)",
    }
    assert as_compared("THE") not in named_parties(content), "a host of a planned date is no partner by that alone"
