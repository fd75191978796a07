"""Lettering on its page: what is proposed, done, undone, done again, and how noise is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fund.models import Fund
from fund.queries.lettering import LetteringPage, lettering_page
from fund.services.actors import Actor
from fund.services.lettering import letter_lines, unletter_lines
from ledger.errors import LetteringRefused
from ledger.lettering import lettering_log
from tests.bookkeeping import SPRING, a_supplier, recorded
from tests.builders import a_fund
from tests.small_year import a_user

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

EN = {"Accept-Language": "en"}


@pytest.fixture
def actor() -> Actor:
    """Three invoices of F001 (100, 250, 80); 100 and 250 are paid, and 30 of the third."""
    actor = a_fund()
    a_supplier(actor)
    facts = {"supplier": "F001", "account": "6226", "destination": "fonctionnement"}
    for number, amount in enumerate(("100.00", "250.00", "80.00")):
        recorded(actor, "invoice-received", reference=f"i{number}", amount=amount, **facts)
    for number, amount in enumerate(("250.00", "100.00", "30.00")):
        recorded(actor, "invoice-paid", reference=f"p{number}", supplier="F001", amount=amount)
    return actor


@pytest.fixture
def keeper(client: Client, actor: Actor) -> Client:
    client.force_login(a_user("trésorière", actor.fund, "treasurer"))
    return client


def facts_of(fund: Fund) -> LetteringPage:
    facts = lettering_page(fund, chart="401", unit="EUR", leaf="401:F001")
    assert facts is not None
    return facts


def address(fund: Fund, leaf: str = "401:F001") -> str:
    return f"{reverse('lettering', args=[fund.slug, '401', 'EUR'])}?leaf={leaf}"


def plain(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def groups(facts: LetteringPage) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for posting, group in facts.groups.items():
        found.setdefault(group, []).append(posting)
    return found


def test_lines_of_one_amount_are_proposed_and_lettered(keeper: Client, actor: Actor) -> None:
    fund = actor.fund
    facts = facts_of(fund)
    assert facts.proposals == 2
    page = keeper.get(f"{address(fund)}&group=1", headers=EN)
    assert "6 lines are open" in plain(page)
    assert page.content.decode().count(" checked") == 2
    for postings in groups(facts).values():
        assert keeper.post(address(fund), {"postings": postings}).status_code == 302
    facts = facts_of(fund)
    assert sorted(group.code for group in facts.lettered) == ["AA", "AB"]
    assert len(facts.open) == 2
    assert facts.proposals == 0


def test_a_second_click_finds_the_lettering_and_undoing_frees_its_lines(keeper: Client, actor: Actor) -> None:
    fund = actor.fund
    postings = groups(facts_of(fund))[1]
    for _ in range(2):
        assert keeper.post(address(fund), {"postings": postings}).status_code == 302
    assert [group.code for group in facts_of(fund).lettered] == ["AA"]
    for _ in range(2):
        assert keeper.post(address(fund), {"undo": "AA"}).status_code == 302
    assert facts_of(fund).lettered == ()
    keeper.post(address(fund), {"postings": postings})
    assert [group.code for group in facts_of(fund).lettered] == ["AB"]
    assert [(act.code, act.act) for act in lettering_log(fund.slug)] == [
        ("AA", "done"),
        ("AA", "undone"),
        ("AB", "done"),
    ]


def test_lines_that_leave_something_are_lettered_in_part_alone(keeper: Client, actor: Actor) -> None:
    fund = actor.fund
    open_lines = {line.amount.major: line.posting for line in facts_of(fund).open}
    postings = [open_lines["-80.00"], open_lines["30.00"]]
    refused = keeper.post(address(fund), {"postings": postings}, headers=EN)
    assert refused.status_code == 400
    assert "its postings leave -50.00 EUR" in plain(refused)
    assert refused.content.decode().count(" checked") == 2
    assert keeper.post(address(fund), {"postings": postings, "is_partial": "1"}).status_code == 302
    (group,) = facts_of(fund).lettered
    assert (group.is_partial, group.rest.major) == (True, "-50.00")
    assert "in part, still open:" in plain(keeper.get(address(fund), headers=EN))


@pytest.mark.parametrize(
    "said",
    [
        {}, {"postings": ["1"]}, {"postings": ["x"]}, {"postings": ["9" * 40]}, {"postings": ["\x00"]},
        {"undo": "ZZ"}, {"undo": "\x00"}, {"undo": "x" * 50}, {"postings": ["-1", "0"]},
    ],
)  # fmt: skip
def test_noise_is_refused_and_nothing_is_lettered(keeper: Client, actor: Actor, said: dict[str, Any]) -> None:
    response = keeper.post(address(actor.fund), said, headers=EN)
    assert response.status_code == 400
    assert lettering_log(actor.fund.slug) == []


def test_an_account_shows_whom_it_is_kept_for_and_unknown_ones_are_not_there(keeper: Client, actor: Actor) -> None:
    fund = actor.fund
    page = keeper.get(reverse("lettering", args=[fund.slug, "401", "EUR"]), headers=EN)
    assert "Tiers F001 (fictif)" in plain(page)
    assert keeper.get(address(fund, "401:GONE")).status_code == 404
    assert keeper.get(address(fund, "%00")).status_code == 404
    assert keeper.get(reverse("lettering", args=[fund.slug, "455", "EUR"])).status_code == 404
    assert keeper.get(reverse("lettering", args=[fund.slug, "401", "ZZZ"])).status_code == 404


def test_the_services_refuse_what_the_books_refuse(actor: Actor) -> None:
    facts = facts_of(actor.fund)
    with pytest.raises(LetteringRefused):
        letter_lines(actor, facts.key, postings=[facts.open[0].posting], on=SPRING)
    with pytest.raises(LetteringRefused):
        unletter_lines(actor, facts.key, code="AA", on=SPRING)
