"""The auditor on the pages: reads all of them and acts on the desk alone, until the last day; the bookkeepers' own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from fund.models import Act, AuditAnswer, AuditNote, AuditSample, AuditTick, BankLine, BankMatch, Fund, User
from fund.queries.books import chain_head
from tests.auditing_desk import a_note, a_sample, a_tick, an_audited_fund
from tests.committees import a_committee_call
from tests.page_addresses import EVERYBODY, EXPECTED, addresses_of_the_desk
from tests.recognition import recognised
from tests.small_year import CALL, a_user, small_year

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

EN = {"Accept-Language": "en"}
DESK = {"audit", "audit-sample-new", "audit-sample", "audit-sample-csv", "audit-tick", "audit-note-new", "audit-note",
        "audit-questions"}  # fmt: skip
"""The pages on which an auditor acts, by their names."""
FILES = {"fec", "fec-check"}
"""Where a form is sent for a file, or a file for its check: nothing of the books is acted on."""
SITE = {"/sign-out", "/language"}
"""Where the forms of the bar of every page lead: they change nothing of a fund."""


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    with django_db_blocker.unblock(), transaction.atomic():
        fund = small_year()
        recognised(fund)
        a_committee_call(fund)
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


class Page(HTMLParser):
    """The links of a page, and where its forms that act lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.acting: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "a" and said.get("href"):
            self.links.add((said["href"] or "").partition("#")[0])
        if tag == "form" and (said.get("method") or "get").lower() == "post":
            self.acting.append(said.get("action") or "")


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def reached(client: Client, slug: str) -> dict[str, Page]:
    """Every page of a fund that links lead to; of pages that differ in their question alone, one."""
    waiting = ["/desk", f"/{slug}/"]
    seen, found = set(waiting), {}
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code == 200, address
        if not response["Content-Type"].startswith("text/html"):
            if response.streaming:
                b"".join(response.streaming_content)  # type: ignore[attr-defined] - read to its end it is closed
            continue
        page = found[address] = Page(response.content.decode())
        for link in sorted(page.links):
            if not link.startswith("/"):
                continue
            path = link.partition("?")[0]
            if path not in seen and path.startswith(f"/{slug}/"):
                seen.add(path)
                waiting.append(link)
    return found


def test_no_page_outside_the_desk_has_a_form_by_which_an_auditor_acts(fund: Fund, auditor: Client) -> None:
    found = reached(auditor, fund.slug)
    # The crawl really went through the books, the committee, the members, the projects and the desk.
    for part in ("books/entries/", "books/papers/", "books/accounts/", "members/", "projects/", "calls/appel-2026/",
                 "books/audit/samples/1/", "books/bank/lines/", "notoriety/"):  # fmt: skip
        assert any(f"/{fund.slug}/{part}" in address for address in found), part
    desk = f"/{fund.slug}/books/audit/"
    acting = {
        address: [action for action in page.acting if action not in SITE]
        for address, page in found.items()
        if not address.startswith((desk, f"/{fund.slug}/books/fec/"))
    }
    assert {address: actions for address, actions in acting.items() if actions} == {}


def rows_of_all() -> dict[str, int]:
    tables = (Act, AuditSample, AuditTick, AuditNote, AuditAnswer, BankLine, BankMatch, User)
    return {table.__name__: table.objects.count() for table in tables}


def test_whatever_an_auditor_sends_outside_the_desk_is_not_found(fund: Fund, auditor: Client) -> None:
    known = {name: address for name, address in every_address(fund).items() if name in EXPECTED}
    before, head = rows_of_all(), chain_head(fund)
    for name, address in known.items():
        if name in DESK | FILES or EXPECTED[name] == EVERYBODY:
            continue
        for method in ("post", "put", "patch", "delete"):
            assert getattr(auditor, method)(address, {"why": "x"}).status_code == 404, (method, name)
    for name, address in known.items():
        if EXPECTED[name] == EVERYBODY:
            nobody, seen = Client().post(address, {"why": "x"}), auditor.post(address, {"why": "x"})
            assert seen.status_code == nobody.status_code, name
    assert (rows_of_all(), chain_head(fund)) == (before, head)


def every_address(fund: Fund) -> dict[str, str]:
    """An address for each page that needs nothing but the fund, a member, a project, a call or an entry."""
    slug, entry = fund.slug, "call:2026:THE"
    return {
        **addresses_of_the_desk(fund),
        **{name: reverse(name, args=[slug]) for name in ("fund", "rules", "drafts", "draft-new", "books", "chain",
           "notoriety", "mails", "calls", "call-new", "applications")},
        **{name: reverse(name, args=[slug, "appel-2026"]) for name in ("committee", "debates", "meetings", "votes",
           "interests", "files", "files-csv", "rapporteurs", "scores", "scores-csv")},
        **{name: reverse(name, args=[slug, "appel-2026", 1]) for name in ("file", "file-report", "file-scores",
           "debate", "vote", "ballot", "meeting")},
        "call": reverse("call", args=[slug, CALL]),
        "member": reverse("member", args=[slug, "THE"]),
        "project": reverse("project", args=[slug, "A"]),
        "entry": reverse("entry", args=[slug, entry]),
        "document": reverse("document", args=[slug, entry]),
        "account": reverse("account", args=[slug, "512", "EUR"]),
        "notoriety-adopt": reverse("notoriety-adopt", args=[slug, 2026]),
        "notoriety-decide": reverse("notoriety-decide", args=[slug, "CONT-1"]),
    }  # fmt: skip


def test_whoever_audits_and_sits_elsewhere_still_acts_there(fund: Fund, client: Client) -> None:
    user = a_user("both", fund, "auditor")
    a_user("both", fund, "treasurer")
    client.force_login(user)
    answer = client.post(reverse("bank-import", args=[fund.slug]), {}, headers=EN)
    assert answer.status_code == 400
    assert "field is required" in text_of(answer.content.decode())


def test_after_the_last_day_nothing_is_there_any_more(fund: Fund, client: Client) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    user = a_user("former", fund, "auditor", until=max(yesterday, fund.founded_on))
    if yesterday < fund.founded_on:  # the test runs before the fund of the small year is founded
        user.accesses.update(since=yesterday, until=yesterday)
    client.force_login(user)
    for name, address in addresses_of_the_desk(fund).items():
        assert client.get(address).status_code == 404, name
        assert client.post(address).status_code == 404, name
    assert client.get(reverse("books", args=[fund.slug])).status_code == 404
    assert client.get(reverse("fund", args=[fund.slug])).status_code == 200


def test_the_desk_says_until_when_and_what_is_open(fund: Fund, auditor: Client) -> None:
    said = text_of(auditor.get(reverse("audit", args=[fund.slug]), headers=EN).content.decode())
    assert "4 entries of your samples still wait" in said
    assert "The last day of your access is 31 December 9000." in said
    assert "Sample 1 of 2026" in said
    assert "answered" in said


def sample_form(**said: object) -> dict[str, object]:
    return {"reference": "form-1", "year": "2026", "method": "simple", "size": "3", "by": "", "seed": "mer",
            "division": "proportional", **said}  # fmt: skip


def test_a_sample_is_drawn_once_by_its_form(fund: Fund, auditor: Client) -> None:
    address = reverse("audit-sample-new", args=[fund.slug])
    for _ in range(2):
        answer = auditor.post(address, sample_form())
        assert (answer.status_code, answer["Location"]) == (302, reverse("audit-sample", args=[fund.slug, 2]))
    sample = AuditSample.objects.get(number=2)
    assert (sample.seed, sample.drawn.count(), sample.drawn_by) == ("mer", 3, "auditor")
    page = auditor.get(reverse("audit-sample", args=[fund.slug, 2]), headers=EN).content.decode()
    assert "it gives the same entries" in page
    assert sample.head in page


BAD_SAMPLES = [
    {"size": "0"}, {"size": "-1"}, {"size": "99999999999999999999"}, {"method": "eye"}, {"year": "1999"}, {"seed": ""},
    {"seed": "a\0b"}, {"seed": "x" * 101}, {"method": "stratified"}, {"method": "stratified", "by": "amount"},
    {"method": "stratified", "by": "amount", "bounds": "5; 3"}, {"method": "monetary-unit", "interval": "-3"},
    {"above": "a lot"}, {"above": "9" * 29}, {"accounts": "512; DROP"}, {"method": "threshold"}, {"by": "mood"},
    {"reference": ""}, {"accounts": "999"}, {"bounds": "1;" * 99},
]  # fmt: skip


@pytest.mark.parametrize("said", BAD_SAMPLES, ids=str)
def test_a_sample_that_cannot_be_drawn_is_a_sentence(fund: Fund, auditor: Client, said: dict[str, str]) -> None:
    answer = auditor.post(reverse("audit-sample-new", args=[fund.slug]), sample_form(**said), headers=EN)
    assert answer.status_code in (400, 409)
    assert 'role="alert"' in answer.content.decode()
    assert AuditSample.objects.count() == 1


def test_every_method_is_drawn_and_shown(fund: Fund, auditor: Client) -> None:
    asked: list[dict[str, object]] = [
        {"method": "stratified", "by": "amount", "bounds": "100; 1000,00", "division": "equal", "size": "2"},
        {"method": "stratified", "by": "journal"}, {"method": "monetary-unit", "interval": "1 000,00", "size": ""},
        {"method": "threshold", "above": "1000", "size": ""}, {"accounts": "6 7", "above": "2000"},
    ]  # fmt: skip
    for number, said in enumerate(asked, 2):
        answer = auditor.post(
            reverse("audit-sample-new", args=[fund.slug]), sample_form(reference=f"m-{number}", **said)
        )
        assert answer.status_code == 302, said
        page = auditor.get(answer["Location"], headers=EN).content.decode()
        assert "it gives the same entries" in page
    banded = text_of(auditor.get(reverse("audit-sample", args=[fund.slug, 2]), headers=EN).content.decode())
    assert "100.00 to 999.99" in banded
    assert "1,000.00 or more" in banded


def test_an_entry_is_ticked_by_its_form_and_a_bad_tick_is_a_sentence(fund: Fund, auditor: Client) -> None:
    address = reverse("audit-tick", args=[fund.slug, 1, 2])
    said = {"reference": "t", "outcome": "difference", "difference": "−12,50", "note": "Facture de 12,50 de moins."}
    for _ in range(2):
        assert auditor.post(address, said).status_code == 302
    tick = AuditTick.objects.latest("pk")
    assert (tick.difference_minor, tick.entry.rank, AuditTick.objects.count()) == (-1250, 2, 2)
    for wrong in ({"difference": ""}, {"note": ""}, {"outcome": "x"}, {"difference": "dix"}, {"note": "a\0"}):
        answer = auditor.post(address, {**said, "reference": "u", **wrong}, headers=EN)
        assert answer.status_code == 400, wrong
    assert auditor.post(address, {**said, "note": "Autre."}).status_code == 409, "another tick under one reference"
    assert AuditTick.objects.count() == 2
    assert auditor.get(reverse("audit-tick", args=[fund.slug, 1, 99])).status_code == 404
    assert auditor.get(reverse("audit-sample", args=[fund.slug, 99])).status_code == 404
    assert auditor.get(f"/{fund.slug}/books/audit/samples/{10**30}/").status_code == 404
    assert auditor.get(f"/{fund.slug}/books/audit/samples/1/{10**30}").status_code == 404


def test_a_long_sample_is_read_in_pages(fund: Fund, auditor: Client) -> None:
    sample = a_sample(fund, reference="long", seed="x", plan=None)
    address = reverse("audit-sample", args=[fund.slug, sample.number])
    assert auditor.get(address, {"after": "3"}).status_code == 200
    for wrong in ("-1", "x", str(10**12)):
        assert auditor.get(address, {"after": wrong}).status_code == 400


def test_a_note_is_the_auditors_own_until_it_is_shared(fund: Fund, auditor: Client, treasurer: Client) -> None:
    address = reverse("audit-note-new", args=[fund.slug])
    own = {"reference": "n1", "about": "entry", "subject": "receipt:R1", "text": "Secret."}
    assert auditor.post(address, own).status_code == 302
    number = AuditNote.objects.get(reference="n1").number
    assert treasurer.get(reverse("audit-note", args=[fund.slug, number])).status_code == 404
    assert "Secret." not in treasurer.get(reverse("audit-questions", args=[fund.slug])).content.decode()
    entry = reverse("entry", args=[fund.slug, "receipt:R1"])
    assert "Secret." in auditor.get(entry).content.decode()
    assert "Secret." not in treasurer.get(entry).content.decode()
    answer = auditor.post(
        f"{address}?corrects={number}", {**own, "reference": "n2", "text": "Ouvert.", "is_shared": "on"}
    )
    shared = AuditNote.objects.get(reference="n2")
    assert answer["Location"] == reverse("audit-note", args=[fund.slug, shared.number])
    page = treasurer.get(reverse("audit-note", args=[fund.slug, shared.number])).content.decode()
    assert "Ouvert." in page
    assert "Secret." not in page
    assert f"notes/{number}" not in page, "not even the address of the note that was the auditors’ own"


def test_bookkeepers_answer_a_question_and_nobody_else_sees_it(fund: Fund, treasurer: Client) -> None:
    shared = a_note(fund, "Pourquoi <b>deux</b> fois ?", reference="q", is_shared=True)
    address = reverse("audit-note", args=[fund.slug, shared.number])
    for _ in range(2):
        assert treasurer.post(address, {"reference": "a", "text": "Une seule."}).status_code == 302
    assert [(each.text, each.role) for each in shared.answers.all()] == [("Une seule.", "treasurer")]
    page = treasurer.get(address).content.decode()
    assert "&lt;b&gt;deux" in page
    for wrong in ("", " ", "\0", "x" * 4001):
        assert treasurer.post(address, {"reference": "b", "text": wrong}).status_code == 400
    member = Client()
    member.force_login(a_user("m", fund, "member", party="THE"))
    assert member.get(address).status_code == 404


def test_hostile_addresses_of_notes(fund: Fund, auditor: Client) -> None:
    address = reverse("audit-note-new", args=[fund.slug])
    for corrects in ("x", "-1", "9" * 30, "999", "²"):
        assert auditor.get(address, {"corrects": corrects}).status_code == 404, corrects
    assert auditor.get(address, {"about": "mood", "subject": "\ud7ff<script>"}).status_code == 200
    wrong = {"reference": "n", "about": "mood", "subject": "", "text": "x"}
    assert auditor.post(address, wrong).status_code == 400
    assert auditor.post(address, {**wrong, "about": "entry"}).status_code == 400


def test_the_file_of_a_sample(fund: Fund, auditor: Client) -> None:
    answer = auditor.get(reverse("audit-sample-csv", args=[fund.slug, 1]))
    assert answer["Content-Type"].startswith("text/csv")
    assert len(answer.content.decode().splitlines()) == 6


def test_the_anomalies_take_their_limits_from_the_address(fund: Fund, auditor: Client) -> None:
    address, file = (reverse(name, args=[fund.slug]) for name in ("anomalies", "anomalies-csv"))
    page = text_of(auditor.get(address, {"year": "2026"}, headers=EN).content.decode())
    assert "among the" in page
    assert "An indication only" in page
    few = auditor.get(file, {"year": "2026", "round_to": "123456.00", "thresholds": "1.00"})
    many = auditor.get(file, {"year": "2026", "round_to": "0.01"})
    assert len(many.content.splitlines()) > len(few.content.splitlines())
    for wrong in ({"year": "x"}, {"round_to": "rond"}, {"thresholds": "1;x"}, {"document_days": "-1"},
                  {"duplicate_days": "9" * 30}, {"below_percent": "100"}, {"round_to": "-5"}):  # fmt: skip
        answer = auditor.get(address, wrong, headers=EN)
        assert answer.status_code == 400, wrong
        assert 'role="alert"' in answer.content.decode()
        assert auditor.get(file, wrong).status_code == 400


def test_the_desk_of_a_sample_that_was_ticked(fund: Fund, auditor: Client) -> None:
    a_tick(AuditSample.objects.get(number=1), "missing", rank=3, reference="m", note="Rien au dossier.")
    page = text_of(auditor.get(reverse("audit-sample", args=[fund.slug, 1]), headers=EN).content.decode())
    assert "Document missing" in page
    assert "Rien au dossier." in page


def test_the_desk_leads_to_the_statements_the_packs_and_the_files(fund: Fund, auditor: Client) -> None:
    page = auditor.get(reverse("audit", args=[fund.slug])).content.decode()
    ways = [("statement-years",), ("pack", 2026), ("fec-years",), ("years",), ("anchors",), ("chain",), ("anomalies",)]
    for name, *arguments in ways:
        address = reverse(name, args=[fund.slug, *arguments])
        assert f'href="{address}"' in page
        assert auditor.get(address).status_code == 200
