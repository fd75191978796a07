"""What every page keeps to, and what it answers to addresses that make no sense."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import pytest
from django.db import DatabaseError, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from fund.charter.shipped import shipped_names, shipped_text
from fund.models import Fund, Party, ReturnLine
from fund.models.contributions import Publicity
from fund.services.actors import Actor
from fund.services.adoption import propose_draft
from fund.services.contributions import Receipt, receive_contributions
from fund.web import health
from ledger.money import Amount
from tests.builders import a_fund, a_member, a_project
from tests.recognition import recognised
from tests.small_year import CALL, a_user, one_user_a_role, small_year

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

HOSTILE = "<script>alert(1)</script>\"'&<b>"


class Outline(HTMLParser):
    """What a page is made of, as far as these tests ask."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def values(self, tag: str, name: str) -> list[str]:
        return [value for of, called, value in self.attributes if (of, called) == (tag, name)]


@pytest.fixture(scope="module")
def fund(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    with django_db_blocker.unblock(), transaction.atomic():
        fund = small_year()
        recognised(fund)
        one_user_a_role(fund)
        text = shipped_text("creafonds").decode().replace('rate = "8 %"', 'rate = "9 %"')
        propose_draft(Actor(fund=fund, by="T"), text=text, title="", on=date(2026, 1, 1))
        yield fund
        transaction.set_rollback(True)


@pytest.fixture
def auditor(fund: Fund, client: Client) -> Client:
    client.force_login(fund.accesses.get(role="auditor").user)
    return client


def pages(fund: Fund) -> list[str]:
    slug, closing = fund.slug, "?as_of=2026-12-31"
    line = ReturnLine.objects.filter(of_return__project__fund=fund).order_by("pk")[0]
    return [
        reverse("home"),
        reverse("desk"),
        reverse("fund", args=[slug]) + closing,
        reverse("rules", args=[slug]),
        reverse("charter-version", args=[slug, 1]),
        reverse("drafts", args=[slug]),
        reverse("draft", args=[slug, 1]),
        reverse("draft-rehearsal", args=[slug, 1]),
        reverse("rehearsal", args=[slug, "cnc-avance"]) + "?futures=20&seed=3",
        reverse("charters"),
        *(reverse("shipped-charter", args=[name]) for name in shipped_names()),
        reverse("call", args=[slug, CALL]),
        reverse("project", args=[slug, "A"]) + closing,
        reverse("project-trace", args=[slug, "A", line.pk]),
        reverse("member", args=[slug, "FES"]) + closing,
        reverse("books", args=[slug]) + closing,
        reverse("account", args=[slug, "411", "EUR"]) + closing,
        reverse("account", args=[slug, "911", "HOUR"]) + closing + "&leaf=911",
        reverse("entry", args=[slug, "in-kind:K1"]),
        reverse("document", args=[slug, "in-kind:K2"]),
        reverse("document", args=[slug, "award:A"]),
        reverse("chain", args=[slug]),
        reverse("notoriety", args=[slug]),
        reverse("notoriety-project", args=[slug, "A"]),
        reverse("credits", args=[slug, "A"]) + "?print_on=2026-12-31",
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_has_one_heading_a_title_of_its_own_its_language_and_named_tables(
    language: str, fund: Fund, auditor: Client
) -> None:
    titles = []
    for address in pages(fund):
        response = auditor.get(address, headers={"Accept-Language": language})
        text = response.content.decode()
        assert response.status_code == 200, address
        outline = Outline(text)
        assert outline.tags.count("h1") == 1, address
        assert outline.values("html", "lang") == [language]
        assert outline.tags.count("table") == outline.tags.count("caption"), address
        assert outline.tags.count("th") == len(outline.values("th", "scope")), address
        assert {"script", "style", "iframe"}.isdisjoint(outline.tags), address
        assert not [name for _, name, _ in outline.attributes if name == "style" or name.startswith("on")], address
        assert len(text) < 60_000, address
        titles += re.findall(r"<title>([^<]*)</title>", text)
    assert len(set(titles)) == len(titles)


def test_every_form_that_acts_carries_its_token(fund: Fund, auditor: Client) -> None:
    for address in pages(fund):
        text = auditor.get(address).content.decode()
        for form in re.findall(r"<form.*?</form>", text, re.DOTALL):
            assert ('method="post"' in form) == ("csrfmiddlewaretoken" in form), address


def test_the_policy_forbids_everything_that_is_not_the_sites_own(fund: Fund, client: Client) -> None:
    policy = client.get(reverse("fund", args=[fund.slug]))["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_links_of_a_page_lead_somewhere(fund: Fund, auditor: Client) -> None:
    found: set[str] = set()
    for address in pages(fund):
        for link in Outline(auditor.get(address).content.decode()).values("a", "href"):
            path = link if link.startswith("/") else address.partition("?")[0] + link
            if not link.startswith(("#", "http")):
                found.add(path)
    assert len(found) > 40
    assert {path: status for path in found if (status := auditor.get(path).status_code) != 200} == {}


def test_from_the_trial_balance_to_the_paper_in_three_steps(fund: Fund, auditor: Client) -> None:
    def linked(address: str, part: str) -> str:
        links = Outline(auditor.get(address).content.decode()).values("a", "href")
        return next(link for link in links if part in link)

    account = linked(reverse("books", args=[fund.slug]) + "?as_of=2026-12-31", "/books/accounts/4682/")
    entry = linked(account, "/books/entries/")
    paper = auditor.get(linked(entry, "/books/papers/")).content.decode()
    assert "CONV-2026-A" in paper


@pytest.mark.parametrize("day", ["2026-13-45", "yesterday", "31/12/2026", "0000-00-00", "9" * 5000, "\0", "<b>"])
def test_a_day_that_does_not_exist_gets_a_sentence(day: str, fund: Fund, auditor: Client) -> None:
    for name, arguments in (("fund", []), ("rules", []), ("member", ["FES"]), ("project", ["A"]), ("books", [])):
        response = auditor.get(
            reverse(name, args=[fund.slug, *arguments]), {"as_of": day}, headers={"Accept-Language": "en"}
        )
        assert response.status_code == 400
        assert "This is not a date. Write it like 2026-12-31." in response.content.decode()
        assert "<b>" not in response.content.decode()


@pytest.mark.parametrize("after", ["x", "-1", "0", "1.5", "9" * 40, "\0"])
def test_a_page_of_an_account_that_does_not_exist_gets_a_sentence(after: str, fund: Fund, auditor: Client) -> None:
    response = auditor.get(
        reverse("account", args=[fund.slug, "512", "EUR"]), {"after": after}, headers={"Accept-Language": "en"}
    )
    assert response.status_code == 400
    assert "shown from its first line" in response.content.decode()


def test_a_posting_of_nowhere_starts_a_page_at_the_first_line(fund: Fund, auditor: Client) -> None:
    assert auditor.get(reverse("account", args=[fund.slug, "512", "EUR"]), {"after": "999999"}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/nothing/",
        "/nothing/rules",
        "/petit-fonds/rules/9",
        "/petit-fonds/rules/99999999999999999999999",
        "/petit-fonds/rules/9.toml",
        "/petit-fonds/drafts/9",
        "/petit-fonds/drafts/99999999999999999999999.toml",
        "/petit-fonds/drafts/1/adopt",
        "/charters/nothing",
        "/charters/nothing.toml",
        "/charters/..%2Fsettings",
        "/petit-fonds/calls/nothing/",
        "/petit-fonds/calls/nothing/ballots.pb",
        "/petit-fonds/projects/nothing/",
        "/petit-fonds/projects/A%00/",
        "/petit-fonds/projects/A/trace/99999999999999999999999",
        "/petit-fonds/projects/A/trace/0",
        "/petit-fonds/members/nobody/",
        "/petit-fonds/members/nobody/statement.pdf",
        "/petit-fonds/members/FES/statement.exe",
        "/petit-fonds/projects/B/statement.pdf",
        "/petit-fonds/calls/nothing/result.pdf",
        "/petit-fonds/calls/call-2026/result.txt",
        "/petit-fonds/books/trial-balance-2026.doc",
        "/petit-fonds/books/diary-2026.pdf",
        "/petit-fonds/books/journal-99999999.pdf",
        "/petit-fonds/books/journal-0.pdf",
        "/petit-fonds/members/%00/",
        "/petit-fonds/members/%F0%9F%92%A5/",
        "/petit-fonds/books/accounts/999/EUR/",
        "/petit-fonds/books/accounts/512/XXX/",
        "/petit-fonds/books/accounts/512/EUR/?leaf=512:NOBODY",
        "/petit-fonds/books/accounts/512/EUR/?leaf=%00",
        "/petit-fonds/books/entries/nothing",
        "/petit-fonds/books/entries/call%00",
        "/petit-fonds/books/papers/call:nothing",
        "/petit-fonds/books/papers/return:",
        "/petit-fonds/books/papers/" + "x" * 3000,
        "/petit-fonds/books/papers/notoriety:2026",
        "/petit-fonds/books/papers/notoriety:%C2%B2026",
        "/petit-fonds/notoriety/statement-1.pdf",
        "/petit-fonds/notoriety/statement-9999.pdf",
        "/petit-fonds/notoriety/statement-99999999999999999999.pdf",
        "/petit-fonds/notoriety/statement-2026.doc",
        "/petit-fonds/notoriety/contest",
        "/petit-fonds/notoriety/2026/adopt",
        "/petit-fonds/projects/nothing/notoriety/",
        "/petit-fonds/projects/nothing/notoriety/declare",
        "/petit-fonds/projects/nothing/credits",
        "/petit-fonds/projects/A/credits.csv",
    ],
)
def test_what_does_not_exist_is_not_found(address: str, auditor: Client) -> None:
    response = auditor.get(address)
    assert response.status_code == 404
    assert b"<h1>" in response.content


def test_every_name_is_text_and_never_markup(client: Client, db: None) -> None:
    actor = a_fund("hostile")
    a_member(actor, "A", budget="48000.00")
    a_project(actor)
    Party.objects.filter(fund=actor.fund).update(name=HOSTILE)
    Fund.objects.filter(pk=actor.fund.pk).update(name=HOSTILE)
    actor.fund.projects.update(title=HOSTILE)
    receive(actor, "R1", Publicity.PSEUDONYM, HOSTILE)
    client.force_login(a_user("reader", actor.fund, "administrator"))
    for name, arguments in (
        ("home", []), ("desk", []), ("fund", ["hostile"]), ("rules", ["hostile"]), ("member", ["hostile", "A"]),
        ("project", ["hostile", "P1"]), ("notoriety", ["hostile"]), ("notoriety-project", ["hostile", "P1"]),
        ("credits", ["hostile", "P1"]), ("books", ["hostile"]), ("entry", ["hostile", "receipt:R1"]),
        ("document", ["hostile", "receipt:R1"]),
    ):  # fmt: skip
        response = client.get(reverse(name, args=arguments))
        assert response.status_code == 200, name
        assert b"<script>" not in response.content, name
        assert b"<b>" not in response.content, name


def receive(actor: Actor, reference: str, publicity: str, pseudonym: str = "") -> None:
    receive_contributions(
        actor,
        [Receipt(reference, "A", date(2026, 2, 1), Amount(100_00), HOSTILE[:5], publicity, pseudonym)],
    )


def test_contributors_are_shown_as_they_chose_for_each_contribution(client: Client, db: None) -> None:
    actor = a_fund()
    a_member(actor, "A")
    receive(actor, "R1", Publicity.NAME)
    receive(actor, "R2", Publicity.PSEUDONYM, "Une amie du phare")
    receive(actor, "R3", Publicity.HIDDEN)
    text = client.get(
        reverse("fund", args=[actor.fund.slug]), {"as_of": "2026-12-31"}, headers={"Accept-Language": "en"}
    ).content.decode()
    table = text[text.index('id="givers"') :]
    rows = [re.sub(r"<[^>]+>|\s+", " ", row).split() for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)]
    named, pseudonym, hidden, total = rows[1:5]
    assert (named[:2], named[-3]) == (["Membre", "A"], "100.00")
    assert (pseudonym[:4], pseudonym[-3]) == (["Une", "amie", "du", "phare"], "100.00")
    assert (hidden[0], hidden[-3]) == ("1", "100.00")
    assert total[-3] == "300.00"
    for reference in ("R1", "R2", "R3"):
        assert f">{reference}<" not in text, "a bank reference would tell who gave"


def test_the_project_of_another_company_shows_award_and_no_account(fund: Fund, client: Client) -> None:
    page = client.get(reverse("project", args=[fund.slug, "A"]), {"as_of": "2026-12-31"}).content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)  # a random token spells any two letters
    assert text != page
    assert "A9" not in text
    assert "Lacanau" not in text


def test_before_any_act_pages_say_so(client: Client, db: None) -> None:
    actor = a_fund("vide")
    client.force_login(a_user("reader", actor.fund, "treasurer"))
    for name in ("fund", "rules", "notoriety", "books", "chain"):
        assert client.get(reverse(name, args=["vide"])).status_code == 200, name
    bare = Fund.objects.create(slug="nu", name="Nu", legal_form="association-1901", founded_on=date(2026, 1, 1))
    a_user("other", bare, "treasurer")
    client.force_login(a_user("third", bare, "auditor"))
    for name in ("fund", "rules", "notoriety", "books", "chain"):
        assert client.get(reverse(name, args=["nu"])).status_code == 200, name


def test_the_site_starts_without_a_fund(client: Client, db: None) -> None:
    assert client.get(reverse("home")).status_code == 200


def test_the_language_is_kept_once_chosen(client: Client, db: None) -> None:
    assert b'<html lang="fr">' in client.get("/").content
    response = client.post(reverse("language"), {"language": "en", "next": "/sign-in"})
    assert (response.status_code, response["Location"]) == (302, "/sign-in")
    assert b'<html lang="en">' in client.get("/").content
    elsewhere = client.post(reverse("language"), {"language": "en", "next": "https://example.org/"})
    assert elsewhere["Location"] == "/"


def test_a_wrong_password_is_told_and_names_nobody(client: Client, db: None) -> None:
    response = client.post(reverse("sign-in"), {"username": "nobody", "password": "wrong"})
    assert response.status_code == 200
    assert b'role="alert"' in response.content
    assert client.post(reverse("sign-in"), {"username": "a\0", "password": "b\0"}).status_code == 200


def test_a_form_without_its_token_is_refused_with_a_page(fund: Fund) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(reverse("sign-in"), {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert b"<h1>" in response.content


def test_health_and_robots(client: Client, db: None) -> None:
    assert client.get("/health/live").content == b"live\n"
    assert client.get("/health/ready").content == b"ready\n"
    assert b"Disallow: /desk" in client.get("/robots.txt").content


def test_the_site_is_not_ready_without_its_database(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(connection: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(health, "MigrationExecutor", refuse)
    assert client.get("/health/ready").status_code == 503
    assert client.get("/health/live").status_code == 200


def test_the_site_is_not_ready_while_migrations_wait(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: ["one"])
    assert client.get("/health/ready").status_code == 503


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF-"), ("csv", b""), ("xlsx", b"PK")])
def test_statements_are_taken_away_as_files(ending: str, begins: bytes, fund: Fund, auditor: Client) -> None:
    slug = fund.slug
    for name, arguments in (
        ("member-statement", ["FES"]),
        ("project-statement", ["A"]),
        ("call-statement", [CALL]),
        ("notoriety-statement", [2026]),
    ):
        response = auditor.get(reverse(name, args=[slug, *arguments, ending]), {"as_of": "2026-12-31"})
        assert response.status_code == 200, name
        assert response["Content-Disposition"].startswith(f'attachment; filename="{slug}-')
        assert response.content.startswith(begins)
        assert len(response.content) > 200, name


def test_the_address_that_a_book_had_leads_to_the_statement_of_the_year(fund: Fund, auditor: Client) -> None:
    for name in ("trial-balance", "journal", "general-ledger"):
        response = auditor.get(reverse("book", args=[fund.slug, name, 2026, "csv"]))
        assert response.status_code == 301
        assert response["Location"] == reverse("statement-file", args=[fund.slug, 2026, name, "csv"])
    assert auditor.get(reverse("book", args=[fund.slug, "no-such", 2026, "csv"])).status_code == 404
    assert auditor.get(reverse("book", args=[fund.slug, "journal", 2026, "exe"])).status_code == 404


def test_a_statement_of_a_day_that_does_not_exist_is_refused(fund: Fund, auditor: Client) -> None:
    for name, code in (("member-statement", "FES"), ("project-statement", "A")):
        assert auditor.get(reverse(name, args=[fund.slug, code, "pdf"]), {"as_of": "never"}).status_code == 400


def test_the_figures_of_a_statement_are_those_of_the_page(fund: Fund, auditor: Client) -> None:
    lines = auditor.get(reverse("member-statement", args=[fund.slug, "CIE", "csv"]), {"as_of": "2026-12-31"})
    text = lines.content.decode("utf-8-sig")
    assert "800" in text
    assert "500" in text
