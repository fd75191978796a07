"""The statements of the books on their pages: each opens in both views, and every link of a figure leads somewhere."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from tests.books_read import KINDS
from tests.posted_year import posted_year
from tests.small_year import a_user

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


def test_every_page_opens_and_every_figure_leads_somewhere(client: Client) -> None:
    fund = posted_year()
    client.force_login(a_user("t", fund, "treasurer"))
    followed: set[str] = set()
    for name in KINDS:
        address = f"/{fund.slug}/books/statements/2026/{name}/"
        for query in ("", "?view=simple", "?on=2026-06-30"):
            answer = client.get(address + query, headers={"Accept-Language": "fr"})
            assert answer.status_code == 200, address + query
            page = answer.content.decode()
            anchors = set(re.findall(r'id="([^"]+)"', page))
            assert set(re.findall(r'href="#(flow-[^"]+)"', page)) <= anchors
            followed |= {unescape(each) for each in re.findall(rf'href="(/{fund.slug}/books/[^"]+)"', page)}
    assert len(followed) > 120  # accounts, entries, rubrics
    for address in sorted(followed):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("role", ["treasurer", "auditor", "administrator"])
def test_the_doors_stand_under_headings_and_each_page_is_called_as_its_door(role: str, client: Client) -> None:
    fund = posted_year()
    client.force_login(a_user("t", fund, role))
    page = client.get(f"/{fund.slug}/books/", headers={"Accept-Language": "fr"}).content.decode()
    groups = re.findall(r'<div><h2 id="doors-\d">(.+?)</h2>\s*<ul[^>]*>(.+?)</ul></div>', page, re.S)
    assert [name for name, _ in groups] == [
        "Tenir les livres", "États et fichiers", "Clôture de l’exercice", "Contrôler les livres",
    ]  # fmt: skip
    doors = re.findall(r'<a href="([^"]+)">(.+?)</a>', "".join(inside for _, inside in groups))
    assert ("Le bureau de l’auditeur" in [label for _, label in doors]) == (role == "auditor")
    assert ("Enregistrer un événement" in [label for _, label in doors]) == (role != "auditor")
    for address, label in doors:
        behind = client.get(address, headers={"Accept-Language": "fr"})
        assert behind.status_code == 200, address
        assert re.search(r"<h1>(.+?)</h1>", behind.content.decode())[1] == label  # type: ignore[index]
