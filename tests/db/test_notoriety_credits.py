"""The credits of a project: who is named follows what each one gave, and what each chose to show of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fund.charter.words.credit_words import credit_text
from fund.models import Fund, Party
from fund.models.contributions import Publicity
from fund.queries.credits import ProjectCredits, article_of, level_of, project_credits
from fund.services.actors import Actor
from fund.services.contributions import Receipt, receive_contributions
from fund.services.in_kind import Gift, accept_in_kind
from tests.builders import CLOSING, a_charter, a_fund, a_member, a_project, eur
from tests.recognition import a_silent_fund
from tests.recognition_charter import CHARTER

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

DAY = date(2026, 2, 1)


def renamed(actor: Actor, **names: str) -> None:
    for code, name in names.items():
        Party.objects.filter(fund=actor.fund, code=code).update(name=name)


@pytest.fixture
def actor() -> Actor:
    """A venue that paid and lent its stage to P1, a company that lent lights, a region, a sponsor, a silent member."""
    actor = a_fund()
    a_charter(actor, CHARTER, on=date(2026, 1, 2))
    for code, category in (("V", "venue"), ("C", "company"), ("R", "public-funder"), ("S", "sponsor"), ("N", "venue")):
        a_member(actor, code, category=category)
    renamed(actor, V="Théâtre des Essais", C="Cie des Lampes", R="Région Littoral", S="Banque d’Estran", N="Muette")
    receive_contributions(
        actor,
        [
            Receipt(f"REL-{code}", code, DAY, eur(f"{amount}.00"))
            for code, amount in (("V", 900), ("R", 5000), ("S", 10))
        ],
    )
    accept_in_kind(
        actor,
        [
            Gift("K1", "V", DAY, "premises", 800, "day", eur("100.00"), "rental value", project="P1"),
            Gift("K2", "C", DAY, "equipment", 100, "day", eur("50.00"), "rental value", project="P1"),
            Gift("K3", "N", DAY, "premises", 100, "day", eur("50.00"), "rental value", project="P2"),
        ],
    )
    a_project(actor, "P1")
    return actor


def made(actor: Actor, **asked: Any) -> ProjectCredits:
    facts = project_credits(actor.fund, "P1", CLOSING, **asked)
    assert facts is not None
    return facts


def line(actor: Actor) -> str:
    said = made(actor).credits
    assert said is not None
    return credit_text(said, "fr")


def warnings(facts: ProjectCredits) -> list[str]:
    assert facts.credits is not None
    return [warning.code for warning in facts.credits.warnings]


def test_the_line_says_what_each_one_gave(actor: Actor) -> None:
    """Money without shared risk is « cofinancement », a stage lent is a residency; what was lent to P2 is not here."""
    assert line(actor) == (
        "Production déléguée : Compagnie P1 (fictive) · Résidence et cofinancement : Théâtre des Essais · "
        "Avec le soutien de la Région Littoral, de Banque d’Estran et du Fonds de test (fictif) · "
        "Avec le soutien technique de Cie des Lampes."
    )
    assert warnings(made(actor)) == ["coproduction-reserved"]


def test_logos_follow_the_order_of_the_charter(actor: Actor) -> None:
    said = made(actor).credits
    assert said is not None
    assert [(logo.level, logo.names[0]) for logo in said.logos] == [
        ("region", "Région Littoral"),
        ("other", "Compagnie P1 (fictive)"),
    ]


def test_in_an_undisclosed_partnership_those_who_share_the_risk_are_coproducers_and_are_warned(actor: Actor) -> None:
    Fund.objects.filter(pk=actor.fund.pk).update(legal_form="sep")
    actor.fund.refresh_from_db()
    assert "Résidence et coproduction : Théâtre des Essais" in line(actor)
    assert warnings(made(actor)) == ["partnership-revealed"]


def test_the_state_is_asked_before_printing(actor: Actor) -> None:
    """Ten days before 31 December is the 21st."""
    renamed(actor, R="Ministère de la Culture (fictif)")
    facts = made(actor, print_on=date(2026, 12, 31))
    assert facts.credits is not None
    (validation,) = [each for each in facts.credits.warnings if each.code == "validation"]
    assert (validation.days, validation.by) == (10, date(2026, 12, 21))


def test_each_gift_is_shown_as_its_giver_chose(actor: Actor) -> None:
    """A hidden gift names nobody, and a pseudonym stands in a line of its own that nothing links to the name."""
    receive_contributions(
        actor,
        [
            Receipt("HID", "N", DAY, eur("70.00"), "", Publicity.HIDDEN),
            Receipt("PSE", "C", DAY, eur("60.00"), "", Publicity.PSEUDONYM, "Une amie du phare"),
        ],
    )
    said = line(actor)
    assert "Muette" not in said
    assert "Cofinancement : Une amie du phare" in said
    assert "Avec le soutien technique de Cie des Lampes" in said


def test_a_company_that_gives_to_the_fund_is_named_once_in_its_own_project(actor: Actor) -> None:
    renamed(actor, C="Compagnie P1 (fictive)")
    assert line(actor).count("Compagnie P1 (fictive)") == 1


def test_without_rules_there_is_no_line_and_without_a_project_nothing(client: Client) -> None:
    actor = a_silent_fund()
    a_project(actor)
    facts = project_credits(actor.fund, "P1", CLOSING)
    assert facts is not None
    assert facts.credits is None
    assert project_credits(actor.fund, "P9", CLOSING) is None
    assert project_credits(actor.fund, "P1", date(2026, 1, 1)) is None, "not awarded yet"
    page = client.get(reverse("credits", args=["silent", "P1"]), headers={"Accept-Language": "en"})
    assert "says nothing of credits" in page.content.decode()
    assert client.get(reverse("credits-paper", args=["silent", "P1", "pdf"])).content.startswith(b"%PDF-")


def test_the_page_says_the_line_and_what_to_beware_of(actor: Actor, client: Client) -> None:
    address = reverse("credits", args=[actor.fund.slug, "P1"])
    page = client.get(address, {"print_on": "2026-12-31"}, headers={"Accept-Language": "en"}).content.decode()
    assert "Avec le soutien de la Région Littoral" in page
    assert "With the support of" in page
    assert "Région Littoral" in page
    wrong = client.get(address, {"print_on": "soon"}, headers={"Accept-Language": "en"})
    assert wrong.status_code == 400
    assert "This is not a date." in wrong.content.decode()
    paper = client.get(reverse("credits-paper", args=[actor.fund.slug, "P1", "pdf"]), {"print_on": "2026-12-31"})
    assert paper.content.startswith(b"%PDF-")


LEVELS = """
  Union européenne (fictive)         european-union   l’
  L’État                             state            -
  Ministère de la Culture            state            le
  DRAC Littoral                      state            la
  Région Littoral                    region           la
  Conseil régional du Littoral       region           le
  Département de la Côte             department       le
  Communauté de communes des Dunes   intercommunality la
  Communauté d’agglomération du Lac  agglomeration    la
  Métropole du Port                  agglomeration    la
  Ville de Dax                       commune          la
  Commune de Sabres                  commune          la
  Villeneuve (association)           other            -
  Fonds des trois rives              other            le
  Théâtre des Passes                 other            -
"""


@pytest.mark.parametrize("row", LEVELS.strip().splitlines())
def test_the_level_and_the_article_are_read_in_the_name(row: str) -> None:
    name, level, article = row.strip().rsplit(maxsplit=2)
    assert level_of(name) == level
    assert article_of(name) == ("" if article == "-" else article)
