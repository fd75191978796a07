"""The bookkeepers' pages: lines are read before they are booked, a second click finds the first, noise is refused."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fund.entries.catalogue import EVENTS
from fund.models import DraftEntry, Fund, Party, Treatment
from fund.services.actors import Actor
from ledger.balances import balance, chain_head, entry
from ledger.journal import AccountKey
from tests.bookkeeping import SPRING, a_draft, a_supplier
from tests.builders import a_fund, a_project
from tests.small_year import a_user

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

EN = {"Accept-Language": "en"}
NOISE = ["\x00", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "9" * 400, "=1+1", "\u202e", "<script>"]


@pytest.fixture
def actor() -> Actor:
    actor = a_fund()
    a_supplier(actor)
    return actor


@pytest.fixture
def fund(actor: Actor) -> Fund:
    return actor.fund


@pytest.fixture
def keeper(client: Client, fund: Fund) -> Client:
    client.force_login(a_user("trésorière", fund, "treasurer"))
    return client


def plain(response: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def hidden(response: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, name
    return found[1]


INVOICE = {
    "reference": "click-1", "supplier": "F001", "account": "6226", "destination": "fonctionnement",
    "amount": "1 200,00", "paper": "FA-1042", "paper_on": "2026-04-01", "on": "2026-04-02",
}  # fmt: skip


def test_the_catalogue_leads_to_every_event(keeper: Client, fund: Fund) -> None:
    page = keeper.get(reverse("record", args=[fund.slug]), headers=EN)
    assert "What happened?" in plain(page)
    for code, event in EVENTS.items():
        address = reverse("record-event", args=[fund.slug, code])
        assert address in page.content.decode()
        shown = keeper.get(address, headers=EN)
        assert shown.status_code == 200
        assert event.en in plain(shown)
    assert keeper.get(reverse("record-event", args=[fund.slug, "nothing"])).status_code == 404


def test_an_invoice_is_read_before_it_is_booked_and_booked_once(keeper: Client, fund: Fund) -> None:
    address = reverse("record-event", args=[fund.slug, "invoice-received"])
    paper = SimpleUploadedFile("facture.pdf", b"%PDF-1.4 facture")
    looked = keeper.post(address, {**INVOICE, "file": paper, "step": "look"}, headers=EN)
    assert looked.status_code == 200
    assert "6226 Fees" in plain(looked)
    assert "401 Suppliers F001 1,200.00 €" in plain(looked)
    assert chain_head(fund.slug).entries == 0  # type: ignore[union-attr]
    known = {"seen": hidden(looked, "seen"), "sha256": hidden(looked, "sha256")}
    assert known["sha256"] == sha256(b"%PDF-1.4 facture").hexdigest()
    booked = keeper.post(address, {**INVOICE, **known, "step": "book"}, headers=EN)
    assert booked["Location"] == reverse("entry", args=[fund.slug, "event:click-1"])
    assert entry(fund.slug, "event:click-1").entry.document.sha256 == known["sha256"]
    again = keeper.post(address, {**INVOICE, **known, "step": "book"}, headers=EN)
    assert again.status_code == 302
    assert chain_head(fund.slug).entries == 1  # type: ignore[union-attr]


def test_what_was_changed_after_it_was_read_is_shown_again(keeper: Client, fund: Fund) -> None:
    address = reverse("record-event", args=[fund.slug, "invoice-received"])
    looked = keeper.post(address, {**INVOICE, "step": "look"}, headers=EN)
    changed = {**INVOICE, "amount": "1300", "seen": hidden(looked, "seen"), "step": "book"}
    shown = keeper.post(address, changed, headers=EN)
    assert shown.status_code == 200
    assert "1,300.00 €" in plain(shown)
    assert chain_head(fund.slug).entries == 0  # type: ignore[union-attr]
    booked = keeper.post(address, {**changed, "seen": hidden(shown, "seen")}, headers=EN)
    assert booked.status_code == 302
    other = {**INVOICE, "step": "look"}
    seen = hidden(keeper.post(address, other, headers=EN), "seen")
    refused = keeper.post(address, {**INVOICE, "seen": seen, "step": "book"}, headers=EN)
    assert refused.status_code == 409
    assert "recorded another event on 2026-04-02" in plain(refused)


@pytest.mark.parametrize("noise", NOISE)
@pytest.mark.parametrize(
    "field", ["supplier", "account", "amount", "on", "paper", "project", "convention", "seen", "reference"]
)
def test_noise_in_a_field_is_a_sentence_and_never_a_failure(keeper: Client, fund: Fund, field: str, noise: str) -> None:
    address = reverse("record-event", args=[fund.slug, "invoice-received"])
    response = keeper.post(address, {**INVOICE, field: noise, "step": "book"}, headers=EN)
    assert response.status_code in (200, 400)
    assert chain_head(fund.slug).entries == 0  # type: ignore[union-attr]


def test_a_day_outside_every_year_is_refused_by_the_ledger(keeper: Client, fund: Fund) -> None:
    address = reverse("record-event", args=[fund.slug, "bank-charged"])
    facts = {"reference": "b", "destination": "fonctionnement", "amount": "4", "paper": "REL", "on": "1999-01-01"}
    looked = keeper.post(address, {**facts, "step": "look"}, headers=EN)
    refused = keeper.post(address, {**facts, "seen": hidden(looked, "seen"), "step": "book"}, headers=EN)
    assert refused.status_code == 400
    assert "1999" in plain(refused)


def test_currencies_are_converted_from_the_form(keeper: Client, fund: Fund) -> None:
    address = reverse("record-event", args=[fund.slug, "currency-converted"])
    facts = {
        "reference": "c", "given": "1000", "given_unit": "JPY", "received": "6,10", "received_unit": "EUR",
        "paper": "REL", "on": "2026-04-02",
    }  # fmt: skip
    looked = keeper.post(address, {**facts, "step": "look"}, headers=EN)
    assert keeper.post(address, {**facts, "seen": hidden(looked, "seen"), "step": "book"}).status_code == 302
    (unit,) = {line.account.unit for line in entry(fund.slug, "event:c").entry.lines if line.account.unit.code != "EUR"}
    assert (unit.code, unit.scale) == ("JPY", 0)
    assert balance(fund.slug, AccountKey("512", unit=unit)).minor == -1000
    for code in ("ZZZ", "eu", "XX1"):
        refused = keeper.post(address, {**facts, "reference": "d", "given_unit": code, "step": "look"}, headers=EN)
        assert refused.status_code == 400


def test_a_third_party_is_added_and_another_name_is_refused(keeper: Client, fund: Fund) -> None:
    address = reverse("third-parties", args=[fund.slug])
    facts = {"code": "REG", "name": "Région (fictive)", "kind": "organisation", "role": "funder"}
    assert keeper.post(address, facts).status_code == 302
    assert keeper.post(address, facts).status_code == 302
    assert Party.objects.filter(fund=fund, code="REG").count() == 1
    assert "Région (fictive)" in plain(keeper.get(address, headers=EN))
    assert keeper.post(address, {**facts, "name": "Autre"}, headers=EN).status_code == 409
    for spoilt in ({"code": "a b"}, {"code": "a\x00"}, {"name": "x\u202ey"}, {"kind": "king"}, {"role": "member"}):
        assert keeper.post(address, {**facts, "code": "N", **spoilt}, headers=EN).status_code == 400


def test_treatments_are_read_by_the_auditor_and_chosen_by_the_bookkeeper(
    client: Client, keeper: Client, fund: Fund
) -> None:
    address = reverse("treatment-choose", args=[fund.slug, "member-money"])
    page = keeper.get(address, headers=EN)
    assert "A recovery at a fixed term is no right of recovery" in plain(page)
    facts = {
        "reference": "t", "option": "membership-on-receipt", "category": "venue", "basis": "Statuts, art. 6",
        "decided_on": "2026-03-01",
    }  # fmt: skip
    assert keeper.post(address, facts).status_code == 302
    assert keeper.post(address, facts).status_code == 302
    assert Treatment.objects.count() == 1
    late = keeper.post(address, {**facts, "reference": "t2", "decided_on": "2026-02-01"}, headers=EN)
    assert late.status_code == 409
    for spoilt in ({"option": "share"}, {"basis": ""}, {"basis": "\x00"}, {"decided_on": "x"}, {"category": "king"}):
        assert keeper.post(address, {**facts, "reference": "t3", **spoilt}, headers=EN).status_code == 400
    assert keeper.get(reverse("treatment-choose", args=[fund.slug, "surplus"])).status_code == 404
    client.force_login(a_user("auditrice", fund, "auditor"))
    listed = client.get(reverse("treatments", args=[fund.slug]), headers=EN)
    assert "Chosen from 1 March 2026: Statuts, art. 6" in plain(listed)
    assert "an association shares no profit" in plain(listed)
    assert "Choose otherwise" not in plain(listed)
    assert client.post(address, facts).status_code == 404


DRAFT = {
    "reference": "d-1", "version": "0", "rows": "6", "journal": "OD", "on": "2026-04-02", "label": "Régularisation",
    "paper": "NOTE-1", "account_1": "6226", "destination_1": "fonctionnement", "debit_1": "100,00",
    "account_2": "530", "credit_2": "60",
}  # fmt: skip


def test_a_draft_is_written_changed_and_validated(keeper: Client, fund: Fund) -> None:
    new, listed = reverse("book-draft-new", args=[fund.slug]), reverse("book-drafts", args=[fund.slug])
    assert keeper.post(new, DRAFT).status_code == 302
    page = plain(keeper.get(listed, headers=EN))
    assert "1 entry waits in draft" in page
    assert "difference +40.00 €" in page
    refused = keeper.post(listed, {"draft": "1/d-1"}, headers=EN)
    assert refused.status_code == 400
    assert "debit minus credit is 40.00 EUR" in plain(refused)
    edit = reverse("book-draft", args=[fund.slug, "d-1"])
    assert 'value="60.00"' in keeper.get(edit).content.decode()
    assert keeper.post(edit, {**DRAFT, "version": "1", "credit_2": "100"}).status_code == 302
    stale = keeper.post(edit, {**DRAFT, "version": "1", "credit_2": "99"}, headers=EN)
    assert stale.status_code == 409
    assert chain_head(fund.slug).entries == 0  # type: ignore[union-attr]
    assert keeper.post(listed, {"draft": "1/d-1"}, headers=EN).status_code == 409
    assert keeper.post(listed, {"draft": "2/d-1"}).status_code == 302
    assert keeper.post(listed, {"draft": "2/d-1"}).status_code == 302
    assert chain_head(fund.slug).entries == 1  # type: ignore[union-attr]
    stored = entry(fund.slug, "draft:d-1")
    assert (stored.entry.journal, stored.number, stored.entry.lines[0].destination) == ("OD", 1, "fonctionnement")
    assert not DraftEntry.objects.exists()
    assert keeper.post(new, {**DRAFT, "label": "Autre"}, headers=EN).status_code == 409


def test_more_lines_are_given_and_a_draft_is_thrown_away(keeper: Client, fund: Fund) -> None:
    new = reverse("book-draft-new", args=[fund.slug])
    page = keeper.post(new, {**DRAFT, "step": "more"}).content.decode()
    assert 'name="account_12"' in page
    assert 'value="100,00"' in page
    keeper.post(new, DRAFT)
    edit = reverse("book-draft", args=[fund.slug, "d-1"])
    assert keeper.post(edit, {**DRAFT, "version": "7", "step": "delete"}).status_code == 409
    assert keeper.post(edit, {**DRAFT, "version": "1", "step": "delete"}).status_code == 302
    assert not DraftEntry.objects.exists()
    assert keeper.get(edit).status_code == 404


@pytest.mark.parametrize(
    "spoilt",
    [
        {"account_1": "999"}, {"account_1": "41"}, {"account_1": "x"}, {"account_1": ""}, {"account_1": "\x00"},
        {"debit_1": "x"}, {"debit_1": "-1"}, {"debit_1": "9" * 30}, {"credit_1": "5"}, {"party_1": "a b"},
        {"party_1": "x:y"}, {"destination_1": "moon"}, {"journal": "BQ"}, {"on": "31/12/2026"}, {"label": " "},
        {"reference": "a/b"}, {"reference": "\x00"}, {"version": "x"}, {"rows": "-3"},
        {"account_2": "", "credit_2": ""},
        {"convention_1": "\u202e"}, {"paper": ""}, {"version": "99999999999999999999"},
    ],
)  # fmt: skip
def test_a_spoilt_draft_is_a_sentence_and_never_a_failure(keeper: Client, fund: Fund, spoilt: dict[str, str]) -> None:
    response = keeper.post(reverse("book-draft-new", args=[fund.slug]), {**DRAFT, **spoilt}, headers=EN)
    assert response.status_code == 400, plain(response)
    assert not DraftEntry.objects.exists()


def test_a_choice_of_drafts_that_makes_no_sense_is_refused(actor: Actor, keeper: Client, fund: Fund) -> None:
    a_draft(actor)
    listed = reverse("book-drafts", args=[fund.slug])
    for chosen, status in (
        ([], 400),
        (["x"], 400),
        (["1/GONE"], 409),
        (["\x00/\x00"], 400),
        (["9" * 50 + "/DRAFT-1"], 409),
    ):
        assert keeper.post(listed, {"draft": chosen}, headers=EN).status_code == status
    assert DraftEntry.objects.count() == 1
    assert keeper.get(f"{listed}%00/").status_code == 404
    assert keeper.get(f"{listed}GONE/").status_code == 404


def test_drafts_are_validated_together_or_not_at_all(actor: Actor, keeper: Client, fund: Fund) -> None:
    a_draft(actor, "B", on=date(2026, 5, 2))
    a_draft(actor, "A", on=SPRING)
    a_draft(actor, "OLD", on=date(1999, 1, 1))
    listed = reverse("book-drafts", args=[fund.slug])
    refused = keeper.post(listed, {"draft": ["1/B", "1/A", "1/OLD"]}, headers=EN)
    assert refused.status_code == 400
    assert chain_head(fund.slug).entries == 0  # type: ignore[union-attr]
    assert DraftEntry.objects.count() == 3
    assert keeper.post(listed, {"draft": ["1/B", "1/A"]}).status_code == 302
    assert [entry(fund.slug, f"draft:{name}").number for name in ("A", "B")] == [1, 2]
    assert entry(fund.slug, "draft:A").seal == entry(fund.slug, "draft:B").seal


def test_nobody_else_may_act(client: Client, actor: Actor, fund: Fund) -> None:
    a_project(actor, "P1")
    for role, party in (("auditor", ""), ("committee", ""), ("artist", "CIE/P1")):
        client.force_login(a_user(f"x{role}", fund, role, party=party))
        assert client.post(reverse("book-draft-new", args=[fund.slug]), DRAFT).status_code == 404
        assert client.post(reverse("record-event", args=[fund.slug, "invoice-received"]), INVOICE).status_code == 404
