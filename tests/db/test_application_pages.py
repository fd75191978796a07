"""The pages of calls and applications: what each form does once, keeps as typed, and refuses; whose each page is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from allocation.applying import documents as files
from allocation.applying.applications import version_content
from allocation.applying.content import fingerprint
from allocation.applying.typed import as_typed
from allocation.committee_calls import DocumentDraft
from allocation.models import Application, Call, InterestDeclaration
from fund.models import Fund
from tests.applying import COMPANY, PDF, a_call_to_companies, a_company, a_draft, a_filed_application, sponsored, typed
from tests.committees import a_committee, a_person

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

EN = {"Accept-Language": "en"}
SLUG = "fonds-test"


@pytest.fixture(scope="module")
def whole(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    """A fund with a company's artist and its secretary, built once."""
    with django_db_blocker.unblock(), transaction.atomic():
        fund = a_committee(SLUG)
        a_company(fund)
        a_company(fund, "CIE/Z")
        a_person(fund, "artist", "artist", party=COMPANY)
        a_person(fund, "rival", "artist", party="CIE/Z")
        yield fund
        transaction.set_rollback(True)


@pytest.fixture
def fund(whole: Fund) -> Fund:
    return whole


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def call(fund: Fund, today: date) -> Call:
    """A call that is open today, whatever the day."""
    return a_call_to_companies(
        fund, opens=today, until=today + timedelta(days=30), closes=today + timedelta(days=60),
        documents=[DocumentDraft("budget", "Budget signé")],
    )  # fmt: skip


def sign_in(client: Client, fund: Fund, code: str) -> Client:
    client.force_login(fund.accesses.get(user__username=code).user)
    return client


def posted_from(draft: dict[str, Any]) -> dict[str, str]:
    """A draft as the long form sends it."""
    sent = dict(draft["fields"])
    for table, rows in draft["tables"].items():
        for number, row in enumerate(rows):
            sent |= {f"{table}-{number}-{name}": text for name, text in row.items()}
    return sent


def text_of(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def address(name: str, call: Call, number: int = 1, *more: int) -> str:
    return reverse(name, args=[SLUG, call.slug, number, *more])


def seen_of(application: Application) -> str:
    return fingerprint(as_typed(Application.objects.get(pk=application.pk).draft))


def test_a_company_goes_from_the_list_of_calls_to_a_filed_application(fund: Fund, call: Call, client: Client) -> None:
    sign_in(client, fund, "artist")
    assert call.name in client.get(reverse("calls", args=[SLUG]), headers=EN).content.decode()
    page = text_of(client.get(reverse("call", args=[SLUG, call.slug]), headers=EN))
    for said in ("Volet general", "Intérêt artistique", "Budget signé", call.seed_commitment, "At least 5 members"):
        assert said in page
    begin = reverse("application-start", args=[SLUG, call.slug])
    for _click in range(2):
        begun = client.post(begin, {"reference": "R-1", "company": COMPANY})
        assert begun["Location"] == address("application-edit", call)
    application = Application.objects.get()
    edit = address("application-edit", call)
    sent = posted_from(typed()) | {"seen": seen_of(application), "step": "check"}
    saved = client.post(edit, sent, follow=True, headers=EN)
    assert saved.redirect_chain == [(f"{edit}?check=1", 302)]
    assert "The document “Budget signé” is missing." in text_of(saved)
    upload = {"kind": "budget", "file": SimpleUploadedFile("budget.pdf", PDF)}
    added = client.post(address("application-documents", call), upload, follow=True, headers=EN)
    assert "The document is added." in text_of(added)
    confirm = client.get(address("application-file", call), headers=EN)
    assert "You ask for €9,000.00" in re.sub(r"\s+", " ", text_of(confirm))
    seen = fingerprint(version_content(Application.objects.get()))
    for _click in range(2):
        filed = client.post(address("application-file", call), {"seen": seen}, follow=True, headers=EN)
        assert "Your application: filed" in text_of(filed)
    assert Application.objects.get().versions.count() == 1
    view = text_of(client.get(address("application", call), headers=EN))
    assert "0 sponsors committed to production and touring, of the 5 asked." in view


HOSTILE = [
    ("title", "x" * 300, "300 characters; 200 at most"),
    ("title", "a\u202eb", "U+202E"),
    ("title", "a\ufffdb", "U+FFFD"),
    ("target", "neuf mille", "is not an amount"),
    ("target", "9.000", "too many decimals"),
    ("target", "٩٠٠٠", "is not an amount"),
    ("target", "-5", "not above zero"),
    ("target", "9" * 400, "larger than can be kept"),
    ("minimum", "1e3", "is not an amount"),
    ("adviser_met_on", "2026-02-30", "is not a date"),
    ("adviser_met_on", "hier", "is not a date"),
    ("to_cover", "3.5", "is not a whole number"),
    ("strand", "autre", ""),
    ("lead_category", "<script>", "not one of the choices"),
]


@pytest.mark.parametrize(("name", "text", "said"), HOSTILE)
def test_what_is_typed_wrongly_comes_back_as_it_was_typed(
    name: str, text: str, said: str, fund: Fund, call: Call, client: Client
) -> None:
    application = a_draft(call, on=call.opens)
    sign_in(client, fund, "artist")
    edit = address("application-edit", call)
    sent = posted_from(typed(**{name: text})) | {"seen": seen_of(application)}
    page = client.post(edit, sent, follow=True, headers=EN)
    assert page.status_code == 200
    assert Application.objects.get().draft["fields"][name] == text
    if said:
        assert said in text_of(page)
        html = page.content.decode()
        assert f'id="{name}-fault"' in html
        assert text in html or "&lt;script&gt;" in html
        assert "<script" not in html


def test_nul_surrogates_and_right_to_left_are_kept_as_far_as_a_database_can(
    fund: Fund, call: Call, client: Client
) -> None:
    application = a_draft(call, on=call.opens)
    sign_in(client, fund, "artist")
    edit = address("application-edit", call)
    sent = posted_from(typed(title="a\0b", summary="عرض في الساحة", note="ligne 1\r\nligne 2"))
    page = client.post(edit, sent | {"seen": seen_of(application)}, follow=True, headers=EN)
    fields = Application.objects.get().draft["fields"]
    assert (fields["title"], fields["summary"], fields["note"]) == ("a\ufffdb", "عرض في الساحة", "ligne 1\nligne 2")
    assert "عرض في الساحة" in page.content.decode()
    assert 'id="title-fault"' in page.content.decode()
    assert 'id="summary-fault"' not in page.content.decode()


def test_two_tabs_never_lose_a_word(fund: Fund, call: Call, client: Client) -> None:
    application = a_draft(call, on=call.opens)
    sign_in(client, fund, "artist")
    edit, seen = address("application-edit", call), seen_of(application)
    client.post(edit, posted_from(typed(title="Premier onglet")) | {"seen": seen})
    second = posted_from(typed(title="Second onglet")) | {"seen": seen}
    refused = client.post(edit, second, headers=EN)
    assert refused.status_code == 409
    html = refused.content.decode()
    assert 'value="Second onglet"' in html
    assert "Premier onglet" in html
    assert Application.objects.get().draft["fields"]["title"] == "Premier onglet"
    again = re.search(r'name="seen" value="([0-9a-f]{64})"', html)
    assert again is not None
    assert client.post(edit, second | {"seen": again[1]}).status_code == 302
    assert Application.objects.get().draft["fields"]["title"] == "Second onglet"
    # the same click twice is one saving
    assert client.post(edit, second | {"seen": again[1]}).status_code == 302


def test_tables_grow_line_by_line_and_say_when_they_are_full(fund: Fund, call: Call, client: Client) -> None:
    application = a_draft(call, on=call.opens)
    sign_in(client, fund, "artist")
    edit = address("application-edit", call)
    few = client.get(edit).content.decode()
    assert "charges-4-label" in few
    assert "charges-5-label" not in few
    rows = [{"label": f"Charge {number}", "amount": "1"} for number in range(75)]
    sent = posted_from(typed(charges=rows)) | {"seen": seen_of(application), "step": "rows-charges"}
    page = client.post(edit, sent, follow=True, headers=EN)
    assert page.redirect_chain[0][0].endswith("?rows=charges#charges")
    assert "more than 60 lines" in text_of(page)
    assert len(Application.objects.get().draft["tables"]["charges"]) == 70
    holes = {"charges-7-label": "Seule", "charges-7-amount": "5", "charges-99999-label": "x", "charges-x-label": "y"}
    client.post(edit, {"title": "T", "seen": seen_of(application), **holes})
    assert Application.objects.get().draft["tables"]["charges"] == [{"label": "Seule", "amount": "5"}]
    huge = {f"charges-{number}-label": "x" for number in range(1100)}
    assert client.post(edit, huge).status_code == 400


@pytest.mark.parametrize(
    ("upload", "said"),
    [
        ({"kind": "budget"}, "This field is required"),
        ({"kind": "budget", "file": SimpleUploadedFile("a.pdf", b"")}, "the file is empty"),
        ({"kind": "budget", "file": SimpleUploadedFile("a.pdf", b"MZ\x00\x01")}, "its contents are not a PDF"),
        ({"kind": "nothing", "file": SimpleUploadedFile("a.pdf", PDF)}, "not one of the available choices"),
        ({"kind": "budget", "file": SimpleUploadedFile("a.pdf", PDF + b" " * files.LARGEST)}, "more than 10 MB"),
        ({"document": "x"}, "Enter a whole number"),
        ({"document": "99999"}, "does not hold it"),
    ],
)
def test_a_document_that_is_refused_is_said(
    upload: dict[str, Any], said: str, fund: Fund, call: Call, client: Client
) -> None:
    application = a_draft(call, on=call.opens)
    before = application.documents.count()
    sign_in(client, fund, "artist")
    response = client.post(address("application-documents", call), upload, headers=EN)
    assert response.status_code == 400
    assert said in text_of(response)
    assert application.documents.count() == before


def test_a_document_is_taken_away_never_shown_by_the_site(fund: Fund, call: Call, client: Client) -> None:
    application = a_draft(call, on=call.opens)
    sign_in(client, fund, "artist")
    page = b"<html><script>alert(1)</script></html>"
    for name, content in (("page é.html", page), ("large.pdf", PDF + b" " * 9_000_000)):
        client.post(
            address("application-documents", call), {"kind": "other", "file": SimpleUploadedFile(name, content)}
        )
    html, large = application.documents.order_by("pk")[1:3]
    taken = client.get(address("application-document", call, 1, html.pk))
    assert (taken["Content-Type"], taken.content) == ("text/plain; charset=utf-8", page)
    assert taken["Content-Disposition"].startswith("attachment; filename*=utf-8''page%20%C3%A9.html")
    assert "sandbox" in taken["Content-Security-Policy"]
    assert taken["X-Content-Type-Options"] == "nosniff"
    assert large.size == len(PDF) + 9_000_000
    removed = client.post(address("application-documents", call), {"document": html.pk}, follow=True, headers=EN)
    assert "The document is taken out" in text_of(removed)
    assert client.get(address("application-document", call, 1, 2**63)).status_code == 404


def test_another_company_and_other_roles_find_nothing(fund: Fund, call: Call, client: Client) -> None:
    application = a_filed_application(call, on=call.opens)
    names = ("application", "application-edit", "application-documents", "application-file", "application-withdraw",
             "application-fit")  # fmt: skip
    document = application.documents.get().pk
    for who in ("rival", "alix", "secretary"):
        sign_in(client, fund, who)
        for name in names:
            assert client.get(address(name, call)).status_code == 404
            assert client.post(address(name, call), {"step": "save"}).status_code == 404
        assert client.get(address("application-document", call, 1, document)).status_code == 404
    sign_in(client, fund, "artist")
    for number in (2, 10**12):
        assert client.get(address("application", call, number)).status_code == 404
    assert client.get(address("application-admission", call)).status_code == 404
    begun = client.post(
        reverse("application-start", args=[SLUG, call.slug]), {"reference": "R", "company": "CIE/Z"}, headers=EN
    )
    assert begun.status_code == 400


def test_after_the_deadline_nothing_is_filed_and_it_is_said(fund: Fund, today: date, client: Client) -> None:
    call = a_call_to_companies(
        fund, slug="ancien", opens=today - timedelta(days=30), until=today - timedelta(days=1), closes=today
    )
    a_draft(call, on=call.opens)
    sign_in(client, fund, "artist")
    assert "The last day to file has passed." in text_of(client.get(address("application", call), headers=EN))
    refused = client.post(address("application-file", call), {"seen": ""}, headers=EN)
    assert refused.status_code == 409
    assert "nothing is filed any more" in text_of(refused)
    begun = client.post(
        reverse("application-start", args=[SLUG, call.slug]), {"reference": "R", "company": COMPANY}, headers=EN
    )
    assert begun.status_code == 409


def test_a_call_from_a_file_takes_no_application(fund: Fund, call: Call, client: Client) -> None:
    call.applications_until = None
    call.save()
    sign_in(client, fund, "artist")
    assert client.get(reverse("application-start", args=[SLUG, call.slug])).status_code == 404
    assert "its outcome is not published yet" in text_of(
        client.get(reverse("call", args=[SLUG, call.slug]), headers=EN)
    )


def test_a_member_stands_for_a_project_that_is_shown(fund: Fund, call: Call, client: Client) -> None:
    hidden = a_draft(call, on=call.opens, reference="H", shown="")
    shown = a_draft(call, on=call.opens, reference="S", target="8 765,43")
    sponsored(fund, shown, on=call.opens, count=1)
    a_person(fund, "theatre", "member", party="M1")
    sign_in(client, fund, "theatre")
    assert client.get(address("application-sponsor", call, hidden.number)).status_code == 404
    page = client.get(address("application-sponsor", call, shown.number), headers=EN)
    assert "Nous travaillons la marche." in page.content.decode()
    assert "Salaires" not in page.content.decode()
    assert "8,765.43" not in page.content.decode()
    sent = {"member": "M1", "diffusion": "on", "step": "stand"}
    told = client.post(address("application-sponsor", call, shown.number), sent, follow=True, headers=EN)
    assert "You stand for this project" in text_of(told)
    assert shown.sponsorships.filter(withdrawn_on=None).get().commits_to == ["diffusion"]
    nothing = client.post(address("application-sponsor", call, shown.number), {"member": "M1"}, headers=EN)
    assert (nothing.status_code, "choose one at least" in text_of(nothing)) == (400, True)
    fit = address("application-member-fit", call, shown.number)
    client.post(fit, {"origin": "necessity", "origin-why": "Nos budgets\r\nbaissent."})
    answer = shown.fit_answers.get()
    assert (answer.choice, answer.why) == ("necessity", "Nos budgets\nbaissent.")
    lost = client.post(fit, {"values-why": "Sans réponse."}, headers=EN)
    assert lost.status_code == 400
    assert "Sans réponse." in lost.content.decode()
    client.post(address("application-sponsor", call, shown.number), {"member": "M1", "step": "withdraw"})
    assert not shown.sponsorships.filter(withdrawn_on=None).exists()


def test_a_member_of_the_committee_reads_no_content_before_declaring(fund: Fund, call: Call, client: Client) -> None:
    application = a_filed_application(call, on=call.opens)
    sponsored(fund, application, on=call.opens, count=1)
    a_person(fund, "alix", "member", party="M1")
    client.force_login(fund.accesses.filter(user__username="alix")[0].user)
    page = client.get(address("application-sponsor", call), headers=EN)
    assert page.status_code == 200
    assert "declare your interests" in text_of(page)
    assert "La Traversée" not in page.content.decode()
    assert client.get(address("application-member-fit", call)).status_code == 404
    InterestDeclaration.objects.create(call=call, person="alix", number=1, at=timezone.now())
    assert "La Traversée" in client.get(address("application-sponsor", call)).content.decode()
    application.recusals.create(person="alix", manner="rule", interest="sponsor", on=call.opens)
    assert "La Traversée" not in client.get(address("application-sponsor", call)).content.decode()
