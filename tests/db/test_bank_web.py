"""The bank on its pages: bookkeepers take lines in, confirm, undo; auditors read; hostile files are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from fund.accounting.bank_rows import BankRow
from fund.models import BankLine, BankMatch, Fund
from tests.auditing_desk import an_audited_fund, lines_of_the_bank
from tests.small_year import a_user, small_year

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

EN = {"Accept-Language": "en"}


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    with django_db_blocker.unblock(), transaction.atomic():
        fund = small_year()
        an_audited_fund(fund)
        yield fund
        transaction.set_rollback(True)


@pytest.fixture
def fund(built: Fund) -> Iterator[Fund]:
    with transaction.atomic():
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def auditor(fund: Fund, client: Client) -> Client:
    client.force_login(a_user("auditor", fund, "auditor"))
    return client


@pytest.fixture
def treasurer(fund: Fund) -> Client:
    client = Client()
    client.force_login(a_user("treasurer", fund, "treasurer"))
    return client


HEADER = "account,date,amount,reference,counterparty,label,balance\n"


def a_file(text: str, name: str = "bank.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode("utf-8", "surrogatepass"), content_type="text/csv")


def test_a_bookkeeper_takes_in_a_file_and_confirms_the_pairs(fund: Fund, treasurer: Client) -> None:
    text = HEADER + "512,2026-01-13,5000.00,,Festival,VIREMENT,\n"
    address = reverse("bank-import", args=[fund.slug])
    assert treasurer.post(address, {"file": a_file(text)})["Location"] == reverse("bank", args=[fund.slug])
    bank = reverse("bank", args=[fund.slug])
    page = treasurer.get(bank).content.decode()
    pairs = re.findall(r'name="pairs" value="([0-9]+:[0-9]+)"', page)
    assert len(pairs) == 1
    assert treasurer.post(bank, {"pairs": pairs}).status_code == 302
    stale = treasurer.post(bank, {"pairs": pairs}, headers=EN)
    assert stale.status_code == 400
    assert "no longer proposed" in stale.content.decode()
    assert treasurer.post(bank, {}).status_code == 400
    assert BankMatch.objects.filter(line__reference="", undone_on=None).count() == 1


BAD_FILES = [
    "",
    "\0",
    "a;b\n1;2\n",
    HEADER,
    HEADER + "512,x,y,,,,\n" * 60,
    "\ud800",
    HEADER + "512,2026-01-13,5,=1,,,\n512",
]


@pytest.mark.parametrize("text", BAD_FILES, ids=range(len(BAD_FILES)))
def test_a_file_that_is_none_is_told_with_its_lines_or_holds_nothing(fund: Fund, treasurer: Client, text: str) -> None:
    before = BankLine.objects.count()
    answer = treasurer.post(reverse("bank-import", args=[fund.slug]), {"file": a_file(text)}, headers=EN)
    assert answer.status_code == (302 if text == HEADER else 400)
    assert BankLine.objects.count() == before
    if text.count("512,x") > 30:
        assert "more faults" in answer.content.decode()


def test_a_line_is_reconciled_by_hand_and_undone_with_a_reason(fund: Fund, treasurer: Client, auditor: Client) -> None:
    line = lines_of_the_bank(fund, BankRow("512", date(2026, 1, 13), 500_000, "FES"))[-1]
    address = reverse("bank-line", args=[fund.slug, line.number])
    page = treasurer.get(address).content.decode()
    (posting,) = re.findall(r'name="postings" value="([0-9]+)"[^>]*>[^<]*5.000,00', page)
    wrong = next(value for value in re.findall(r'name="postings" value="([0-9]+)"', page) if value != posting)
    differs = treasurer.post(address, {"postings": [wrong]}, headers=EN)
    assert differs.status_code == 400
    assert "the entries chosen are" in differs.content.decode()
    for hostile in ({}, {"postings": ["x"]}, {"postings": ["9" * 40]}, {"why": ""}):
        assert treasurer.post(address, hostile).status_code == 400
    assert treasurer.post(address, {"postings": [posting]}).status_code == 302
    assert "input" not in auditor.get(address).content.decode().partition("<main")[2]
    assert treasurer.post(address, {"postings": [posting]}).status_code in (302, 400, 409)
    assert treasurer.post(address, {"why": ""}).status_code == 400
    assert treasurer.post(address, {"why": "Mauvaise ligne"}).status_code == 302
    assert "Mauvaise ligne" in auditor.get(address).content.decode()
    assert treasurer.get(reverse("bank-line", args=[fund.slug, 999])).status_code == 404
    assert treasurer.get(f"/{fund.slug}/books/bank/lines/{10**30}").status_code == 404


def test_the_statement_of_reconciliation_on_a_page_and_to_take_away(fund: Fund, auditor: Client) -> None:
    address = reverse("bank-reconciliation", args=[fund.slug])
    page = auditor.get(address, {"as_of": "2026-01-31"}, headers=EN)
    assert "Statement of reconciliation of the bank" in page.content.decode()
    assert auditor.get(address, {"as_of": "2026-02-30"}).status_code == 400
    for ending, start in (("pdf", b"%PDF"), ("csv", b"Where"), ("xlsx", b"PK")):
        paper = reverse("bank-reconciliation-paper", args=[fund.slug, "2026-01-31", ending])
        assert auditor.get(paper, headers=EN).content.startswith(start)
    for day, ending in (("2026-02-30", "csv"), ("today", "csv"), ("2026-01-31", "exe"), ("0001-01-01", "csv")):
        paper = reverse("bank-reconciliation-paper", args=[fund.slug, day, ending])
        assert auditor.get(paper).status_code == (200 if day == "0001-01-01" else 404)


def test_without_a_line_of_the_bank_the_statement_claims_nothing_of_it(fund: Fund, auditor: Client) -> None:
    """An empty list would read as if the bank had shown every entry."""
    address = reverse("bank-reconciliation", args=[fund.slug])
    shown = "Entries of account 512 that the bank did not show"
    unknown = auditor.get(address, {"as_of": "2025-12-31"}, headers=EN).content.decode()
    assert "No line of the bank is known by this day" in unknown
    assert shown not in unknown
    assert "The bank shows every entry" not in unknown
    known = auditor.get(address, {"as_of": "2026-12-31"}, headers=EN).content.decode()
    assert shown in known
    for page in (unknown, known):
        assert page.index("<h1>") < page.index('class="lede"'), "the title comes first"
        assert page.count("<h1") == 1
