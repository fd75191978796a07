"""From a published figure to its document in three clicks; and what these pages answer to what makes no sense."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from fund.accounting.layout_errors import LayoutUnknown
from fund.models import Fund
from fund.queries import entries_on
from fund.statements.accounts.registry import BY_NAME, KINDS
from fund.web import statements as pages
from tests.builders import a_fund
from tests.small_year import a_user
from tests.worked_year import import_worked_year

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture(scope="module")
def fund(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    with django_db_blocker.unblock(), transaction.atomic():
        fund = import_worked_year()
        a_user("controle", fund, "auditor")
        yield fund
        transaction.set_rollback(True)


@pytest.fixture
def auditor(fund: Fund, client: Client) -> Client:
    client.force_login(fund.accesses.get(role="auditor").user)
    return client


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return unescape(response.content.decode())


def links(text: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', text)


def at(fund: Fund, *rest: object, name: str = "statement") -> str:
    return reverse(name, args=[fund.slug, 2026, *rest])


def test_three_clicks_lead_from_a_figure_to_its_document(fund: Fund, auditor: Client) -> None:
    sheet = text_of(auditor, at(fund, "balance-sheet"))
    figure = next(each for each in links(sheet) if each.endswith("/lines/other-receivables"))
    line = text_of(auditor, figure)
    assert re.search(r"458000.*Projet 2024-07", line, re.DOTALL)
    entry = next(each for each in links(line) if "/entries/" in each)
    told = text_of(auditor, entry)
    assert re.search(r"ARR-REG-2026-118", told)
    assert any("/accounts/441700/EUR/" in each for each in links(line))


def test_every_figure_of_every_page_leads_somewhere(fund: Fund, auditor: Client) -> None:
    base = reverse("books", args=[fund.slug])
    for name in ("balance-sheet", "income-statement", "in-kind", "own-funds", "dedicated-funds"):
        text = text_of(auditor, at(fund, name))
        found = {each for each in links(text) if f"/{2026}/" in each and "/lines/" in each}
        assert found, name
        for address in sorted(found):
            assert address.startswith(base)
            assert 'id="lines"' in text_of(auditor, address)


def test_the_year_answers_its_result_and_its_state_first(fund: Fund, auditor: Client) -> None:
    text = text_of(auditor, reverse("statement-year", args=[fund.slug, 2026]))
    lede = re.search(r'<p class="lede">(.*?)</p>', text, re.DOTALL)
    assert lede is not None
    assert re.search(r"excédent de <strong>23\s955,00\s€</strong>.*pas clos", lede[1], re.DOTALL)
    assert [kind.name for kind in KINDS if at(fund, kind.name) not in text] == []
    years = text_of(auditor, reverse("statement-years", args=[fund.slug]))
    assert reverse("statement-year", args=[fund.slug, 2026]) in years


def test_a_fund_without_books_yet_says_so(auditor: Client) -> None:
    actor = a_fund("neuf")
    a_user("controle-neuf", actor.fund, "auditor")
    auditor.force_login(actor.fund.accesses.get(role="auditor").user)
    text = text_of(auditor, reverse("statement-year", args=["neuf", 2026]))
    assert "ni excédent ni déficit" in text
    assert text_of(auditor, reverse("statement", args=["neuf", 2026, "balance-sheet"]))


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_every_statement_has_a_page_and_files(fund: Fund, auditor: Client, kind: str) -> None:
    text = text_of(auditor, at(fund, kind) + "?on=2026-06-30")
    assert text.count("<h1") == 1
    assert '<p class="lede">' in text
    assert 'tabindex="0" role="region"' in text or "<table" not in text
    for ending, begins in (("pdf", b"%PDF-"), ("xlsx", b"PK"), ("csv", b"")):
        response = auditor.get(at(fund, kind, ending, name="statement-file"), {"on": "2026-06-30"})
        assert response.status_code == 200
        assert response.content.startswith(begins)
        assert f"2026-{kind}-2026-06-30.{ending}" in response["Content-Disposition"]


def test_both_views_stand_at_their_address(fund: Fund, auditor: Client) -> None:
    simple = text_of(auditor, at(fund, "balance-sheet") + "?view=simple")
    assert "Ce que nous devons" in simple
    owed = next(each for each in links(simple) if each.endswith("/lines/plain-to-pay"))
    assert "468200" in text_of(auditor, owed)
    assert "Situation nette" in text_of(auditor, at(fund, "balance-sheet") + "?view=expert")


@pytest.mark.parametrize(
    "query",
    [
        "on=hier",
        "on=2025-12-31",
        "on=2027-01-01",
        "on=%00",
        "on=99999-01-01",
        "view=other",
        "view=%00",
        "view=%ED%A0%80",
    ],
)
def test_a_day_or_a_view_that_does_not_exist_is_refused_in_words(fund: Fund, auditor: Client, query: str) -> None:
    for address in (at(fund, "balance-sheet"), at(fund, "balance-sheet", "cash", name="statement-line")):
        text = text_of(auditor, f"{address}?{query}", 400)
        assert 'class="fault"' in text
    assert auditor.get(at(fund, "balance-sheet", "pdf", name="statement-file") + f"?{query}").status_code == 400


def test_what_there_is_not_is_not_found(fund: Fund, auditor: Client) -> None:
    for address in (
        reverse("statement-year", args=[fund.slug, 1987]),
        reverse("statement-year", args=[fund.slug, 10**30]),
        at(fund, "no-such"),
        at(fund, "balance-sheet", "exe", name="statement-file"),
        at(fund, "balance-sheet", "no-such-line", name="statement-line"),
        at(fund, "journal", "512", name="statement-line"),
        at(fund, "trial-balance", "999", name="statement-line"),
    ):
        assert auditor.get(address).status_code == 404, address


def test_a_statement_that_is_refused_says_why(fund: Fund, auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_asked: object) -> object:
        raise LayoutUnknown(chart="pcg-1982", known=["anc-2018-06"])

    kind = replace(BY_NAME["balance-sheet"], read=refuse, line=refuse)
    monkeypatch.setattr(pages, "BY_NAME", {"balance-sheet": kind})
    for address in (
        at(fund, "balance-sheet"),
        at(fund, "balance-sheet", "pdf", name="statement-file"),
        at(fund, "balance-sheet", "cash", name="statement-line"),
    ):
        assert "pcg-1982" in text_of(auditor, address, 409)


def test_a_line_of_many_postings_shows_the_first_and_says_so(
    fund: Fund, auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries_on, "MOST_LINES", 3)
    text = text_of(auditor, at(fund, "balance-sheet", "cash", name="statement-line"))
    assert len(re.findall(r'href="[^"]+/entries/', text)) == 3
    assert "premiers mouvements" in text


def test_a_running_year_is_shown_today_and_one_with_later_entries_on_its_last_day(fund: Fund, auditor: Client) -> None:
    year = entries_on.last_known_day
    found = pages.year_of(fund, 2026)
    assert found is not None
    assert year(fund, found, date(2026, 11, 28)) == date(2026, 12, 31)
    assert year(fund, found, date(2027, 3, 1)) == date(2026, 12, 31)
    actor = a_fund("cours")
    running = pages.year_of(actor.fund, 2026)
    assert running is not None
    assert year(actor.fund, running, date(2026, 11, 28)) == date(2026, 11, 28)
    assert year(actor.fund, running, date(2025, 11, 28)) == date(2026, 1, 1)
