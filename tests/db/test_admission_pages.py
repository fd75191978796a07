"""The secretary's pages: a call is opened, a file is returned, completed, admitted or refused; gates say why."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from allocation.methods.ties import commitment
from allocation.models import Application, Call
from fund.charter.shipped import shipped_text
from fund.models import Fund
from fund.queries.eligibility import application_facts, eligibility_of, season_of
from fund.services.actors import Actor
from fund.services.exploitation import declare_exploitation
from fund.services.members import admit_member
from fund.services.projects import Grant, award_projects
from ledger.money import Amount
from tests.applying import COMPANY, a_call_to_companies, a_company, a_draft, a_filed_application, sponsored
from tests.builders import a_charter
from tests.committees import FILED_BY, OPENS, a_committee, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

EN = {"Accept-Language": "en"}


@pytest.fixture
def fund() -> Fund:
    fund = a_committee()
    a_company(fund)
    return fund


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def call(fund: Fund, today: date) -> Call:
    return a_call_to_companies(fund, opens=today, until=today, closes=today + timedelta(days=60))


@pytest.fixture
def secretary(fund: Fund, client: Client) -> Client:
    client.force_login(fund.accesses.get(user__username="secretary").user)
    return client


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def filled(today: date, **changes: str) -> dict[str, str]:
    lines = {
        f"{prefix}-{name}": "5" if name == "TOTAL_FORMS" else "0"
        for prefix in ("strands", "criteria", "documents")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return {
        **lines,
        "name": "Appel d’été",
        "presentation": "Pour jouer dehors.\r\n\r\nEn été.",
        "opens": today.isoformat(),
        "applications_until": (today + timedelta(days=20)).isoformat(),
        "closes": (today + timedelta(days=40)).isoformat(),
        "strands-0-name": "Création",
        "strands-0-amount": "12 000",
        "strands-2-name": "Reprise",
        "strands-2-amount": "6 000,50",
        "criteria-0-name": "Intérêt",
        "criteria-0-weight": "2",
        "documents-0-name": "Budget signé",
        "documents-1-name": "Teaser",
        "documents-1-optional": "on",
        **changes,
    }


def test_the_administrator_opens_a_call_under_the_charter_once(fund: Fund, today: date, secretary: Client) -> None:
    page = secretary.get(reverse("call-new", args=[fund.slug]), headers=EN)
    assert "equal-shares/1" in text_of(page)
    for _click in range(2):
        opened = secretary.post(reverse("call-new", args=[fund.slug]), filled(today))
        assert opened["Location"] == reverse("call", args=[fund.slug, "appel-d-ete"])
    call = Call.objects.get()
    assert call.presentation == "Pour jouer dehors.\n\nEn été."
    assert [(each.code, str(each.amount.amount)) for each in call.envelopes.order_by("code")] == [
        ("creation", "12000.0000"),
        ("reprise", "6000.5000"),
    ]
    assert [(each.code, each.required) for each in call.documents.order_by("pk")] == [
        ("budget-signe", True),
        ("teaser", False),
    ]
    assert call.criteria.get().scale == 5
    assert len(call.lottery_seed) == 32
    page = secretary.get(reverse("call", args=[fund.slug, call.slug]), headers=EN)
    assert commitment(call.lottery_seed) in page.content.decode()
    assert call.lottery_seed not in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"slug": "Été !"}, "letters from a to z"),
        ({"strands-0-amount": "beaucoup"}, "is not an amount"),
        ({"strands-0-amount": ""}, "needs a name and an amount"),
        ({"strands-0-name": "", "strands-0-amount": "", "strands-2-name": "", "strands-2-amount": ""}, "envelopes"),
        ({"criteria-0-name": ""}, "it needs criteria"),
        ({"criteria-0-weight": "0"}, "greater than or equal to 1"),
        ({"closes": "2020-01-01"}, "The days come in this order"),
        ({"opens": "hier"}, "This is not a date"),
        ({"name": "a\0b"}, "Null characters"),
        ({"strands-TOTAL_FORMS": "99999"}, "at most 8"),
        ({"strands-TOTAL_FORMS": "x"}, "ManagementForm"),
        ({"opens": "1990-01-01"}, "no charter in force"),
    ],
)
def test_a_call_that_is_refused_keeps_what_was_typed(
    changes: dict[str, str], said: str, fund: Fund, today: date, secretary: Client
) -> None:
    response = secretary.post(reverse("call-new", args=[fund.slug]), filled(today, **changes), headers=EN)
    assert response.status_code == 400
    assert said in text_of(response)
    assert "Pour jouer dehors." in response.content.decode()
    assert not Call.objects.exists()


def test_a_charter_without_a_method_leaves_the_choice_to_the_administrator(
    fund: Fund, today: date, secretary: Client
) -> None:
    text = shipped_text("creafonds").decode()
    text = re.sub(r"(?ms)^\[governance\]$.*?(?=^\[\[tranches\]\])", "", text)
    a_charter(Actor(fund=fund, by="T"), text, on=date(2026, 2, 1))
    assert 'name="method"' in secretary.get(reverse("call-new", args=[fund.slug])).content.decode()
    secretary.post(reverse("call-new", args=[fund.slug]), filled(today, method="greedy/1", lottery_seed="tirée au dé"))
    call = Call.objects.get()
    assert (call.method, call.lottery_seed) == ("greedy/1", "tirée au dé")


def admission(call: Call) -> str:
    return reverse("application-admission", args=[call.owner, call.slug, 1])


def test_the_secretary_returns_completes_and_admits(fund: Fund, call: Call, today: date, secretary: Client) -> None:
    application = a_filed_application(call, on=today)
    page = secretary.get(admission(call), headers=EN)
    assert "Not eligible as it stands: 1 condition is not met." in text_of(page)
    sent = {
        "step": "return",
        "return-told": "Le budget.\r\nSigné.",
        "return-until": today.isoformat(),
        "return-note": "Vague.",
    }
    for _click in range(2):
        assert "returned to be completed" in text_of(secretary.post(admission(call), sent, follow=True, headers=EN))
    assert application.events.filter(kind="returned").count() == 1
    refused = secretary.post(admission(call), {"step": "complete"}, headers=EN)
    assert refused.status_code == 409
    assert "from there this is not possible" in text_of(refused)
    Application.objects.update(state="filed")
    secretary.post(admission(call), {"step": "complete"})
    shut = secretary.post(admission(call), {"step": "admit", "admit-note": "À voir"}, headers=EN)
    assert shut.status_code == 400
    assert "is not eligible under the charter: parrains" in text_of(shut)
    assert "À voir" in shut.content.decode()
    sponsored(fund, application, on=today)
    done = secretary.post(admission(call), {"step": "admit"}, follow=True, headers=EN)
    assert "The application is admitted to the vote." in text_of(done)
    assert call.proposals.get().code == "appel-001"
    document = application.documents.get()
    taken = secretary.get(reverse("admission-document", args=[fund.slug, call.slug, 1, document.pk]))
    assert taken["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"step": "return", "return-told": "", "return-until": "2026-01-01"}, 400, "This field is required"),
        ({"step": "return", "return-told": "x", "return-until": "2020-01-01"}, 400, "Choose a day from"),
        ({"step": "refuse", "refuse-told": "a\0b"}, 400, "Null characters"),
        ({"step": "explode"}, 404, ""),
        ({}, 404, ""),
    ],
)
def test_an_act_that_is_refused_is_said(
    sent: dict[str, str], status: int, said: str, fund: Fund, call: Call, today: date, secretary: Client
) -> None:
    a_filed_application(call, on=today)
    response = secretary.post(admission(call), sent, headers=EN)
    assert response.status_code == status
    assert said in text_of(response)
    assert Application.objects.get().state == "filed"


def test_a_draft_has_no_page_for_the_secretary(call: Call, today: date, secretary: Client) -> None:
    a_draft(call, on=today)
    assert secretary.get(admission(call)).status_code == 404


def test_nobody_else_decides(fund: Fund, call: Call, today: date, client: Client) -> None:
    a_filed_application(call, on=today)
    a_person(fund, "auditor", "auditor")
    for who in ("alix", "auditor"):
        client.force_login(fund.accesses.get(user__username=who).user)
        assert client.get(admission(call)).status_code == 404
        assert client.post(admission(call), {"step": "complete"}).status_code == 404
        assert client.post(reverse("call-new", args=[fund.slug]), filled(today)).status_code == 404


# ── Facts and gates ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_facts_of_an_application_are_what_it_says_and_what_the_fund_knows(fund: Fund) -> None:
    actor = Actor(fund=fund, by="T")
    call = a_call_to_companies(fund)
    grant = Grant("ANCIEN", "Ancien projet (fictif)", COMPANY, f"Compagnie {COMPANY} (fictive)", Amount(100_000))
    (project,) = award_projects(actor, [grant], call="avant", on=date(2026, 1, 10), premiere_on=None)
    admit_member(actor, code="M1", name="Membre M1 (fictif)", category="venue", on=date(2026, 1, 1))
    application = a_filed_application(
        call,
        region="Nouvelle-Aquitaine",
        lead_category="company",
        announced_on="01/09/2026",
        adviser_met_on="2026-02-20",
        to_cover="12",
        receipts=[
            {"source": "Nous", "kind": "own", "amount": "1 500", "certainty": "acquired"},
            {"source": "Lieu", "kind": "coproduction", "region": "Bretagne", "amount": "1000", "certainty": "acquired"},
            {"source": "Ville", "kind": "aid", "amount": "100", "certainty": "requested"},
            {"source": "Billets", "kind": "sales", "amount": "400", "certainty": "requested"},
        ],
        prepurchases=[{"buyer": "Lieu", "region": "Bretagne", "performances": "2", "amount": "3 000"}],
        dates=[
            {"on": "2026-07-01", "place": "Dax", "host": "member:M1"},
            {"on": "2026-07-02", "place": "Pau", "host": "member:GHOST"},
            {"on": "2026-07-03", "place": "Auch", "host": "partner"},
        ],
        partners=[{"name": "Le Lieu", "specialised": "yes"}, {"name": "La Ville"}],
    )
    sponsored(fund, application, count=2)
    facts = application_facts(fund, application, FILED_BY)
    assert (facts.filed_on, facts.meeting_on, facts.first_date_on) == (OPENS, call.closes, date(2026, 7, 1))
    assert (facts.announced_on, facts.adviser_met_on, facts.last_aided_on) == (
        date(2026, 9, 1),
        date(2026, 2, 20),
        date(2026, 1, 10),
    )
    assert [(each.by_member, each.by_partner) for each in facts.planned] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert {each.member for each in facts.sponsors} == {"M1", "M2"}
    assert [(each.name, each.specialised) for each in facts.partners] == [("Le Lieu", True), ("La Ville", False)]
    assert ([each.region for each in facts.coproductions], len(facts.performances)) == (["Bretagne"], 2)
    assert facts.documents == {"budget", "Budget signé"}
    assert (facts.own_part, facts.production, facts.receipts, facts.costs) == (150_000, 1_200_000, 340_000, 1_200_000)
    assert (facts.region, facts.lead_category, facts.to_cover) == ("Nouvelle-Aquitaine", "company", 12)
    assert [(each.project, each.due_on, each.delivered_on) for each in facts.reports] == [
        ("Ancien projet (fictif)", date(2027, 6, 30), None)
    ]
    assert (facts.applications_in_call, facts.files_in_season) == (1, 1)
    a_filed_application(call, reference="R-2", title="Un autre")
    assert application_facts(fund, application, FILED_BY).applications_in_call == 2
    declare_exploitation(
        actor, project, reference="E", first=date(2026, 1, 1), last=date(2026, 3, 1), on=date(2026, 3, 2), played=[]
    )
    assert application_facts(fund, application, FILED_BY).reports[0].delivered_on == date(2026, 3, 2)


def test_seasons_begin_in_september() -> None:
    assert season_of(date(2026, 8, 31)) == (date(2025, 9, 1), date(2026, 8, 31))
    assert season_of(date(2026, 9, 1)) == (date(2026, 9, 1), date(2027, 8, 31))
    assert season_of(date(2028, 2, 29)) == (date(2027, 9, 1), date(2028, 8, 31))


def test_gate_by_gate_the_figure_asked_and_found_and_the_article(fund: Fund) -> None:
    call = a_call_to_companies(fund)
    application = a_filed_application(call)
    sponsored(fund, application, count=4)
    said = eligibility_of(fund, application, FILED_BY, "fr")
    assert (said.eligible, said.article is not None) == (False, True)
    parrains, bilans = said.gates
    assert parrains.asks.startswith("Au moins 5 membres la parrainent")
    assert parrains.found == (
        "4 parrains engagés pour la production et la diffusion, sur 5 demandés. Condition non remplie."
    )
    assert (bilans.name, bilans.passed) == ("Bilans", True)
    sponsored(fund, application, count=5)
    assert eligibility_of(fund, application, FILED_BY, "en").eligible


def test_the_rules_are_those_of_the_day_on_which_the_call_opens(fund: Fund) -> None:
    call = a_call_to_companies(fund)
    application = a_filed_application(call)
    text = shipped_text("creafonds").decode().replace('name = "parrains"', 'name = "marraines"')
    a_charter(Actor(fund=fund, by="T"), text, on=OPENS + timedelta(days=1))
    assert [gate.name for gate in eligibility_of(fund, application, FILED_BY, "fr").closed] == ["Parrains"]
