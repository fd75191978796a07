"""Recognition on its pages: what each visitor reads, what each form does once, and how it says no."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from fund.models import Fund, NotorietyContest, NotorietyFact, NotorietyResolution, NotorietyStatement
from fund.models.contributions import Publicity
from fund.queries.notoriety import notoriety_year
from fund.services.actors import Actor
from fund.services.contributions import Receipt, receive_contributions
from fund.services.founding import found_fund, open_year
from fund.services.notoriety import contest_fact, resolve_contest
from fund.services.notoriety_adoption import adopt_notoriety
from fund.statements.notoriety import notoriety_statement
from fund.statements.render.html import fragment
from tests.builders import a_charter, a_fund, a_member, eur
from tests.recognition import ADOPTED_ON, a_recognising_fund, a_silent_fund, a_toured_project, an_article
from tests.recognition_charter import CHARTER
from tests.small_year import a_user

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

EN = {"Accept-Language": "en"}


@pytest.fixture
def actor() -> Actor:
    """The fund with a tour and an article; the delays to contest them ended in November 2026, in the past."""
    actor = a_recognising_fund(open_until=2027)
    an_article(actor, a_toured_project(actor))
    return actor


@pytest.fixture
def fund(actor: Actor) -> Fund:
    return actor.fund


def sign_in(client: Client, fund: Fund, role: str, party: str = "") -> Client:
    client.force_login(a_user(f"{role} {party}".strip(), fund, role, party=party))
    return client


def text_of(client: Client, name: str, *arguments: object, status: int = 200, **asked: str) -> str:
    response = client.get(reverse(name, args=arguments), asked, headers=EN)
    assert response.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_draft_of_a_year_says_what_it_is_worth_and_what_may_still_be_contested(fund: Fund, client: Client) -> None:
    """The delays of the tour (14 November) and of the article (20 October) are over: 16 points."""
    page = text_of(client, "notoriety", fund.slug, year="2026")
    assert "What 1 project lived in public is worth 16 points of recognition" in page
    assert "nobody has adopted it yet" in page
    assert "Press article Regional 4" in re.sub(r" +", " ", page).replace("regional", "Regional")
    assert "Le Courrier des Dunes (fictif), page 4" in page
    assert "No fact was contested." in page


def test_an_adopted_year_stays_and_shows_who_adopted_it(actor: Actor, client: Client) -> None:
    adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    page = text_of(client, "notoriety", actor.fund.slug, year="2026")
    assert "Statement adopted on 15 March 2027 by T. Essai (fictif)" in page
    assert "credited in an adopted statement" in page.lower()
    assert "Compagnie P1 (fictive) – – 8 8" in page
    assert "How it was computed" not in page
    keeper = text_of(sign_in(client, actor.fund, "auditor"), "notoriety", actor.fund.slug, year="2026")
    assert "How it was computed" in keeper
    paper = text_of(client, "document", actor.fund.slug, "notoriety:2026")
    assert "Fact fact PRESS-1, by the table: 4 points." in paper
    assert "Adopted by T. Essai (fictif)" in paper


def test_a_year_that_makes_no_sense_is_said_and_the_latest_is_shown(fund: Fund, client: Client) -> None:
    for asked in ("x", "0", "99999", "2026; drop"):
        assert "This is not a year." in text_of(client, "notoriety", fund.slug, status=400, year=asked)
    assert "Recognition of 1950" in text_of(client, "notoriety", fund.slug, year="1950")


def test_a_member_who_does_not_show_its_name_is_not_named_to_others(actor: Actor, client: Client) -> None:
    """B hides a receipt: its points stand with those of the members who are not shown, to everybody but itself."""
    receive_contributions(actor, [Receipt("HID", "B", date(2026, 3, 1), eur("500.00"), "", Publicity.HIDDEN)])
    slug = actor.fund.slug
    for page in (
        text_of(client, "notoriety", slug),
        text_of(sign_in(client, actor.fund, "member", "A"), "notoriety", slug),
    ):
        assert "Membre A (fictif) –" in page
        assert "Members who are not shown –" in page
        assert "Membre B" not in page
    lines = client.get(reverse("notoriety-statement", args=[slug, 2026, "csv"]), headers=EN).content.decode()
    assert "member:A" in lines
    assert "member:B" not in lines
    assert "Membre B (fictif) –" in text_of(sign_in(client, actor.fund, "member", "B"), "notoriety", slug)
    assert "Membre B (fictif) –" in text_of(sign_in(client, actor.fund, "treasurer"), "notoriety", slug)


def test_the_statement_is_taken_away_with_its_figures(actor: Actor, client: Client) -> None:
    adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    address = [actor.fund.slug, 2026]
    lines = client.get(reverse("notoriety-statement", args=[*address, "csv"]), headers=EN).content.decode("utf-8-sig")
    assert re.search(r"2027-03-15.Credited.company:CIE/P1.Compagnie P1 \(fictive\).8", lines)
    assert re.search(r"2026-09-12.Fact.fact:PRESS-1.*.4", lines)
    book = load_workbook(BytesIO(client.get(reverse("notoriety-statement", args=[*address, "xlsx"])).content))
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {16, 8, 6} <= {value for value in values if isinstance(value, int)}
    assert client.get(reverse("notoriety-statement", args=[*address, "pdf"])).content.startswith(b"%PDF-")


def test_a_charter_without_recognition_is_said(client: Client) -> None:
    actor = a_silent_fund()
    a_member(actor, "A", budget="48000.00")
    assert "says nothing of recognition" in text_of(client, "notoriety", "silent", year="2026")
    draft = notoriety_statement(notoriety_year(actor.fund, 2026, date(2026, 12, 31)), "en", head="")
    assert "The charter of that year says nothing of recognition." in fragment(draft)
    assert "The charter gives no points." in fragment(draft)


def test_a_key_that_weighs_nobody_is_said_on_the_page(client: Client) -> None:
    actor = a_fund("unpaid")
    a_charter(actor, CHARTER, on=date(2026, 1, 2))
    a_toured_project(actor)
    a_member(actor, "A", budget="48000.00")
    assert "No statement can be made of this year yet" in text_of(client, "notoriety", "unpaid", year="2026")


# ── Forms ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def filled(**changes: Any) -> dict[str, Any]:
    return {
        "reference": "R-1",
        "kind": "press",
        "level": "regional",
        "on": "2026-02-03",
        "place": "Dax",
        "evidence": "Le Courrier (fictif)",
        "url": "https://courrier.example/2",
    } | changes


def test_a_company_declares_a_fact_once_however_often_it_clicks(fund: Fund, client: Client) -> None:
    sign_in(client, fund, "artist", "CIE/P1")
    address = reverse("notoriety-declare", args=[fund.slug, "P1"])
    file = SimpleUploadedFile("page.pdf", b"a scanned page")
    response = client.post(address, filled(file=file), follow=True, headers=EN)
    assert response.redirect_chain == [(reverse("notoriety-project", args=[fund.slug, "P1"]), 302)]
    assert "The fact is in the register." in response.content.decode()
    row = NotorietyFact.objects.get(reference="R-1")
    assert (row.evidence_digest, row.party.code if row.party else "", row.declared_by) == (
        sha256(b"a scanned page").hexdigest(),
        "CIE/P1",
        "artist CIE/P1",
    )
    again = client.post(address, filled(file=SimpleUploadedFile("page.pdf", b"a scanned page")))
    assert again.status_code == 302
    assert NotorietyFact.objects.filter(reference="R-1").count() == 1
    other = client.post(address, filled(level="national"), headers=EN)
    assert other.status_code == 409
    assert "The fact R-1 is already kept with other contents" in other.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"level": "international"}, "the charter’s table gives no points"),
        ({"evidence": "", "url": ""}, "has no evidence"),
        ({"url": "javascript:alert(1)"}, "does not begin with https://"),
        ({"on": "soon"}, "This is not a date."),
        ({"on": "2199-01-01"}, "cannot be declared as early"),
        ({"kind": "performance"}, "not one of the available choices"),
        ({"place": "x" * 101}, "at most 100 characters"),
        ({"evidence": "a\0b"}, "Null characters"),
        ({"reference": ""}, "required"),
    ],
)
def test_a_fact_that_is_refused_is_said_on_its_form(
    changes: dict[str, str], said: str, fund: Fund, client: Client
) -> None:
    sign_in(client, fund, "member", "A")
    response = client.post(reverse("notoriety-declare", args=[fund.slug, "P1"]), filled(**changes), headers=EN)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert 'role="alert"' in response.content.decode()
    assert not NotorietyFact.objects.filter(reference="R-1").exists()


def test_a_file_that_is_too_large_is_refused(fund: Fund, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fund.web.notoriety_forms.LARGEST_EVIDENCE", 10)
    sign_in(client, fund, "member", "A")
    response = client.post(
        reverse("notoriety-declare", args=[fund.slug, "P1"]),
        filled(file=SimpleUploadedFile("page.pdf", b"eleven byte")),
        headers=EN,
    )
    assert response.status_code == 400
    assert "more than 20 MB" in response.content.decode()


def declared_today(fund: Fund, client: Client) -> None:
    """The company declares a fact today, so that it can be contested today, whatever day it is."""
    sign_in(client, fund, "artist", "CIE/P1")
    assert client.post(reverse("notoriety-declare", args=[fund.slug, "P1"]), filled()).status_code == 302


def test_a_member_contests_and_the_administrator_decides(fund: Fund, client: Client) -> None:
    declared_today(fund, client)
    sign_in(client, fund, "member", "A")
    register = text_of(client, "notoriety-project", fund.slug, "P1")
    assert "May still be contested" in register
    address = reverse("notoriety-contest", args=[fund.slug]) + "?fact=fact:R-1"
    assert client.get(address).status_code == 200
    said = {"reference": "C-1", "why": "La page parle d’une autre pièce."}
    for _click in range(2):
        assert client.post(address, said).status_code == 302
    contest = NotorietyContest.objects.get()
    assert (contest.by, contest.party.code if contest.party else "") == ("member A", "A")
    twice = client.post(address, said | {"reference": "C-2"}, headers=EN)
    assert twice.status_code == 409
    assert "has been contested since" in twice.content.decode()
    assert client.post(address, {"reference": "C-3", "why": ""}).status_code == 400
    assert "Contested, set aside" in text_of(client, "notoriety-project", fund.slug, "P1")

    assert client.get(reverse("notoriety-decide", args=[fund.slug, "C-1"])).status_code == 404
    sign_in(client, fund, "administrator")
    decide = reverse("notoriety-decide", args=[fund.slug, "C-1"])
    assert "La page parle" in text_of(client, "notoriety-decide", fund.slug, "C-1")
    decision = {"outcome": "amended", "why": "Journal local.", "level": "local", "on": "2026-02-03", "place": "Dax"}
    assert client.post(decide, decision | {"outcome": "maybe"}).status_code == 400
    assert client.post(decide, decision | {"on": "2199-01-01"}, headers=EN).status_code == 400
    for _click in range(2):
        assert client.post(decide, decision).status_code == 302
    assert NotorietyResolution.objects.get().level == "local"
    assert client.post(decide, decision | {"outcome": "withdrawn"}).status_code == 409
    page = text_of(client, "notoriety", fund.slug, year="2026")
    assert "the fact counts as corrected" in page
    assert "Journal local." in page


def test_a_fact_out_of_its_delay_is_refused_on_the_form(fund: Fund, client: Client) -> None:
    """The article could be contested until 20 October 2026; the form of later says so."""
    sign_in(client, fund, "member", "A")
    assert "Contest Press article" not in text_of(client, "notoriety-project", fund.slug, "P1")
    response = client.post(
        reverse("notoriety-contest", args=[fund.slug]) + "?fact=fact:PRESS-1",
        {"reference": "C", "why": "Trop tard."},
        headers=EN,
    )
    assert response.status_code == 400
    assert "could be contested up to and including 2026-10-20" in response.content.decode()
    for nothing in ("", "?fact=", "?fact=fact:NOTHING", "?fact=town:P1/T3/D1x", "?fact=%00"):
        assert client.get(reverse("notoriety-contest", args=[fund.slug]) + nothing).status_code == 404


def test_the_administrator_adopts_and_everybody_sees_it(actor: Actor, client: Client) -> None:
    """The day of the decision is given; a day that has not come, or that is too early, is refused on the form."""
    fund = actor.fund
    sign_in(client, fund, "administrator")
    address = reverse("notoriety-adopt", args=[fund.slug, 2026])
    assert client.post(address, {"on": "2199-01-01"}, headers=EN).status_code == 400
    early = client.post(address, {"on": "2026-11-01"}, headers=EN)
    assert early.status_code == 400
    assert "can be contested until 2026-12-31" in early.content.decode()
    assert client.post(address, {"on": ""}).status_code == 400
    assert not NotorietyStatement.objects.exists()
    adopt_notoriety(actor, year=2026, on=ADOPTED_ON)
    again = client.post(address, {"on": "2026-11-01"}, headers=EN)
    assert again.status_code == 409
    assert "was adopted on 2027-03-15" in again.content.decode()
    assert "a statement is adopted once and never changes" in text_of(client, "notoriety-adopt", fund.slug, 2026)


def test_a_year_of_the_past_is_adopted_from_its_page(client: Client) -> None:
    """2024: the clock of whoever runs this is past its delays."""
    actor = a_past_fund()
    sign_in(client, actor.fund, "administrator")
    response = client.post(reverse("notoriety-adopt", args=["passe", 2024]), {"on": "2025-03-15"}, headers=EN)
    assert (response.status_code, response["Location"]) == (302, reverse("notoriety", args=["passe"]) + "?year=2024")
    assert client.post(reverse("notoriety-adopt", args=["passe", 2024]), {"on": "2025-03-15"}).status_code == 302
    assert NotorietyStatement.objects.get().by == "administrator"
    assert "The statement of 2024 is adopted." in text_of(client, "notoriety", "passe", year="2024")


def a_past_fund() -> Actor:
    actor = found_fund(
        slug="passe", name="Fonds passé (fictif)", legal_form="association-1901", siren="123456782", currency="EUR",
        on=date(2024, 1, 1), by="T. Essai (fictif)",
    )  # fmt: skip
    a_charter(actor, CHARTER, on=date(2024, 1, 1))
    for year in (2024, 2025):
        open_year(actor, year)
    return actor


def test_an_open_contest_stands_in_the_way_of_the_adoption(actor: Actor, client: Client) -> None:
    member, day = replace(actor, by="B"), date(2026, 10, 20)
    contest = contest_fact(member, fact="fact:PRESS-1", reference="C1", on=day, why="Autre pièce.")
    fund = actor.fund
    sign_in(client, fund, "administrator")
    assert "1 contest is open" in text_of(client, "notoriety-adopt", fund.slug, 2026)
    refused = client.post(reverse("notoriety-adopt", args=[fund.slug, 2026]), {"on": "2026-11-01"}, headers=EN)
    assert refused.status_code == 409
    assert "Contests open for 2026: 1" in refused.content.decode()
    resolve_contest(replace(actor, by="C"), contest, on=day, outcome="withdrawn", why="Oui.")
    page = text_of(client, "notoriety", fund.slug, year="2026")
    assert "Withdrawn" in page
    assert "worth 12 points" in page


def test_a_form_without_its_token_is_refused(fund: Fund) -> None:
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, fund, "administrator")
    for name, arguments in (("notoriety-declare", [fund.slug, "P1"]), ("notoriety-adopt", [fund.slug, 2026])):
        address = reverse(name, args=arguments)
        assert "csrfmiddlewaretoken" in strict.get(address).content.decode()
        assert strict.post(address, {}).status_code == 403


def test_a_form_carries_a_reference_of_its_own(fund: Fund, client: Client) -> None:
    sign_in(client, fund, "member", "A")
    address = reverse("notoriety-declare", args=[fund.slug, "P1"])
    found = [re.findall(r'name="reference" value="(\w+)"', client.get(address).content.decode()) for _ in range(2)]
    assert len({reference for each in found for reference in each}) == 2


def test_hostile_words_are_text(actor: Actor, client: Client) -> None:
    fund = actor.fund
    declared_today(fund, client)
    hostile = "<script>alert(1)</script>\"'&<b>"
    client.post(
        reverse("notoriety-declare", args=[fund.slug, "P1"]),
        filled(reference=hostile, evidence=hostile, place=hostile, url="https://x.example/<script>"),
    )
    sign_in(client, fund, "member", "A")
    contest = reverse("notoriety-contest", args=[fund.slug])
    assert client.post(f"{contest}?fact=fact:R-1", {"reference": hostile, "why": hostile}).status_code == 302
    client.force_login(a_user("boss", fund, "administrator"))
    pages = [
        client.get(reverse("notoriety", args=[fund.slug]), {"year": "2026"}),
        client.get(reverse("notoriety-project", args=[fund.slug, "P1"])),
        client.get(reverse("notoriety-decide", args=[fund.slug, hostile])),
    ]
    for page in pages:
        assert page.status_code == 200
        assert b"<script>" not in page.content
        assert b"<b>" not in page.content
