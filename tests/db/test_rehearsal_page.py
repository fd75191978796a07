"""The page of a rehearsal: its first sentence answers, the losers stand first, everything can be taken away.

The small year shares 36.00 among its members by what they paid; equally each has 9.00, and FES loses 11.00.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from fund.models import Act, Fund
from fund.services.actors import Actor
from fund.services.adoption import propose_draft
from tests.rehearsals import EQUALLY, changed_text
from tests.small_year import CLOSING, a_user, one_user_a_role, small_year

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture(scope="module")
def fund(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    with django_db_blocker.unblock(), transaction.atomic():
        fund = small_year()
        one_user_a_role(fund)
        actor = Actor(fund, "T. Essai (fictif)")
        propose_draft(actor, text=changed_text(EQUALLY), title="À parts égales", on=CLOSING)
        propose_draft(actor, text=changed_text(('"EUR"', '"USD"')), title="En dollars", on=CLOSING)
        yield fund
        transaction.set_rollback(True)


def seen_by(client: Client, fund: Fund, role: str) -> Client:
    client.force_login(fund.accesses.get(role=role).user)
    return client


def read(client: Client, address: str, language: str = "en", status: int = 200) -> str:
    response = client.get(address, headers={"Accept-Language": language})
    assert response.status_code == status
    return " ".join(unescape(response.content.decode()).replace("\u00a0", " ").split())


def lede(page: str) -> str:
    found = re.search(r'<p class="lede">(.*?)</p>', page)
    assert found
    return found[1]


def rows(page: str) -> list[str]:
    """The lines of the table of parties, as a reader sees them."""
    table = page[page.index('id="parties"') : page.index("</tbody>", page.index('id="parties"'))]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in re.findall(r"<tr class.*?</tr>", table)]


def test_the_first_sentence_and_the_first_line_name_the_loser(fund: Fund, client: Client) -> None:
    page = read(seen_by(client, fund, "treasurer"), f"/{fund.slug}/drafts/1/rehearsal")
    assert lede(page) == (
        "Under this draft, 1 of 4 members would have received less; "
        "the largest loss is €11.00, for: Festival de Sable (fictif)."
    )
    first, *others = rows(page)
    assert (
        first
        == "Festival de Sable (fictif) FES ▼ loses −11.00 5,000.00 0.00 9.00 was 20.00 0.00 -4,991.00 was -4,980.00"
    )
    assert [row.split(" ▲ ")[0] for row in others if "▲" in row] == [
        "Ville de Sable (fictive) PUB",
        "Théâtre de Sable (fictif) THE",
        "Compagnie de Sable (fictive) CIE",
    ]
    assert "All together" in page


def test_the_same_in_french(fund: Fund, client: Client) -> None:
    page = read(seen_by(client, fund, "auditor"), f"/{fund.slug}/drafts/1/rehearsal", "fr")
    assert lede(page) == (
        "Avec ce projet de charte, 1 membre sur 4 aurait reçu moins ; "
        "la plus grande perte est de 11,00 €, pour : Festival de Sable (fictif)."
    )
    assert rows(page)[0].startswith("Festival de Sable (fictif) FES ▼ perd −11,00")
    assert "0,389" in page  # the Gini coefficient then


def test_under_its_own_charter_nobody_loses(fund: Fund, client: Client) -> None:
    page = read(seen_by(client, fund, "auditor"), f"/{fund.slug}/rehearsal/creafonds")
    assert lede(page).startswith("Under this draft, none of the 4 members would have received less; nobody")
    assert all("– the same 0.00" in row for row in rows(page))


def test_what_the_records_cannot_feed_is_said_before_any_figure(fund: Fund, client: Client) -> None:
    page = read(seen_by(client, fund, "auditor"), f"/{fund.slug}/rehearsal/cnc-avance")
    assert lede(page).startswith("The fund’s records cannot feed any article of this draft on returns")
    assert "The article “remboursement” counts the net receipts of a period" in page
    assert "Have the companies declare this figure" in page


def test_pictures_have_their_words_and_their_tables(fund: Fund, client: Client) -> None:
    page = read(seen_by(client, fund, "auditor"), f"/{fund.slug}/drafts/1/rehearsal")
    pictures = re.findall(r'<svg class="flow-picture".*?</svg>', page)
    assert len(pictures) == 2
    for picture in pictures:
        assert "<title id=" in picture
        assert "<desc id=" in picture
        assert "style=" not in picture
    assert "€20.00 → €9.00 ▼" in pictures[0]
    assert page.count("The same figures as a table") == 2
    assert "2026-Q4" in pictures[1]


def test_a_member_sees_its_own_line_and_the_others_together(fund: Fund, client: Client) -> None:
    page = read(seen_by(client, fund, "member"), f"/{fund.slug}/drafts/1/rehearsal")
    assert "Festival de Sable" not in page
    assert "1 of 4 members would have received less" in lede(page)
    members = [row for row in rows(page) if "member" in row or "THE" in row]
    assert members[0].startswith("3 other members 1 of them loses ▼ loses −3.00")
    assert members[1].startswith("Théâtre de Sable (fictif) THE ▲ gains +3.00")
    assert (
        "FES"
        not in seen_by(client, fund, "member").get(f"/{fund.slug}/drafts/1/rehearsal/parties.csv").content.decode()
    )


@pytest.mark.parametrize("role", ["committee", "member", "treasurer", "auditor", "administrator"])
def test_those_who_may_read_drafts_may_rehearse_them(role: str, fund: Fund, client: Client) -> None:
    read(seen_by(client, fund, role), f"/{fund.slug}/drafts/1/rehearsal")


@pytest.mark.parametrize("address", ["drafts/1/rehearsal", "rehearsal/creafonds", "drafts/1/rehearsal/all.json"])
def test_for_everybody_else_there_is_no_such_page(address: str, fund: Fund, client: Client) -> None:
    assert client.get(f"/{fund.slug}/{address}").status_code == 404
    seen_by(client, fund, "artist")
    assert client.get(f"/{fund.slug}/{address}").status_code == 404
    stranger = a_user("stranger", fund, "auditor", until=fund.founded_on)
    client.force_login(stranger)
    assert client.get(f"/{fund.slug}/{address}").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "drafts/9/rehearsal",
        "rehearsal/no-such-charter",
        "rehearsal/creafonds/parties.xlsx",
        "rehearsal/creafonds/nothing.csv",
        "rehearsal/creafonds/parties.json",
        "rehearsal/creafonds/futures.csv",
    ],
)
def test_addresses_that_make_no_sense_are_not_found(address: str, fund: Fund, client: Client) -> None:
    assert seen_by(client, fund, "auditor").get(f"/{fund.slug}/{address}").status_code == 404


def test_a_draft_in_another_currency_is_refused_in_a_sentence(fund: Fund, client: Client) -> None:
    page = read(seen_by(client, fund, "auditor"), f"/{fund.slug}/drafts/2/rehearsal")
    assert lede(page) == "The charter counts in USD, the fund in EUR."
    assert client.get(f"/{fund.slug}/drafts/2/rehearsal/all.json").status_code == 404


def test_parties_to_take_away_losers_first_and_the_sum_last(fund: Fund, client: Client) -> None:
    response = seen_by(client, fund, "auditor").get(f"/{fund.slug}/drafts/1/rehearsal/parties.csv?language=en")
    content = response.content.decode()
    assert not content.startswith("\ufeff")
    found = list(csv.reader(content.splitlines()))
    assert (found[1][0], found[1][3]) == ("member:FES", "-11.00")
    assert found[-1][0] == ""
    assert found[-1][3] == "0.00"
    assert [row[-2:] for row in (found[0], found[-1])][1] == ["530.00", "8.50"]
    assert {len(row) for row in found} == {len(found[0])}


def test_projects_and_reserve_to_take_away(fund: Fund, client: Client) -> None:
    client = seen_by(client, fund, "auditor")
    projects = client.get(f"/{fund.slug}/rehearsal/scic/projects.csv").content.decode().splitlines()
    assert "A,Les marées hautes,120.00,0.00,-120.00" in projects
    reserve = client.get(f"/{fund.slug}/rehearsal/scic/reserve.csv").content.decode().splitlines()
    assert reserve[1].startswith("2026-Q1,0.00,0.00,9000.00,9000.00,0.00,0.00,9000.00,9000.00")
    assert reserve[4].startswith("2026-Q4,2400.00,2400.00,72.00,0.00")


def test_everything_as_json_with_exact_amounts(fund: Fund, client: Client) -> None:
    response = seen_by(client, fund, "auditor").get(f"/{fund.slug}/drafts/1/rehearsal/all.json")
    found = json.loads(response.content)
    assert found["members"] == {"count": 4, "worse": 1}
    assert found["parties"][0] | {"name": ""} == {
        "party": "member:FES",
        "name": "",
        "verdict": "loses",
        "difference": "-11.00",
        "then": {"gave": "5000.00", "by_form": {"drawing-right": "20.00"}, "net": "-4980.00"},
        "draft": {"gave": "5000.00", "by_form": {"drawing-right": "9.00"}, "net": "-4991.00"},
    }
    assert found["between_members"]["then"]["gini"] == "7/18"
    assert found["between_members"]["draft"]["gini"] == "0"
    assert found["given_besides"] == {"EUR-INKIND": "530.00", "HOUR": "8.50"}
    assert found["reproduces_the_books"] is True
    assert found["futures"] is None
    again = seen_by(client, fund, "auditor").get(f"/{fund.slug}/drafts/1/rehearsal/all.json")
    assert again.content == response.content


def test_a_text_that_begins_like_a_formula_is_none_in_a_sheet(fund: Fund, client: Client) -> None:
    party = fund.parties.get(code="FES")
    name, party.name = party.name, '=HYPERLINK("http://example.org")'
    party.save()
    try:
        content = seen_by(client, fund, "auditor").get(f"/{fund.slug}/drafts/1/rehearsal/parties.csv").content.decode()
    finally:
        party.name = name
        party.save()
    assert "'=HYPERLINK" in content
    assert ",=HYPERLINK" not in content


def test_reading_writes_nothing(fund: Fund, client: Client) -> None:
    before = Act.objects.filter(fund=fund).count()
    read(seen_by(client, fund, "auditor"), f"/{fund.slug}/drafts/1/rehearsal")
    assert Act.objects.filter(fund=fund).count() == before


@pytest.mark.parametrize(
    "asked", ["futures=0", "futures=x", "futures=1001", "futures=", "futures=5&seed=-1", "futures=5&seed=x"]
)
def test_futures_that_cannot_be_drawn_are_refused_in_a_sentence(asked: str, fund: Fund, client: Client) -> None:
    page = read(seen_by(client, fund, "auditor"), f"/{fund.slug}/rehearsal/creafonds?{asked}", status=400)
    assert 'class="fault" role="alert"' in page
