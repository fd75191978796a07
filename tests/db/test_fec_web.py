"""The pages of the file of accounting entries: taking it away, its log, its description; checking any file."""

from __future__ import annotations

import io
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fund.models import FecExport, Fund
from fund.web.fec_forms import LARGEST_FEC
from ledger.fec.checking import check
from tests.fec_files import NAME, file_of, year_lines
from tests.small_year import a_user
from tests.worked_year import import_worked_year

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

EN = {"Accept-Language": "en"}


@pytest.fixture
def fund() -> Fund:
    return import_worked_year()


@pytest.fixture
def keeper(client: Client, fund: Fund) -> Client:
    client.force_login(a_user("keeper", fund, "treasurer"))
    return client


def test_the_file_is_taken_away_logged_and_described(keeper: Client, fund: Fund) -> None:
    address = reverse("fec", args=[fund.slug, 2026])
    page = keeper.get(address, headers=EN).content.decode()
    assert "The file conforms" in page
    assert NAME in page
    assert "No file of this year was handed out." in page
    answer = keeper.post(address, {"encoding": "utf-8", "separator": "pipe", "has_extra": "on"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == f'attachment; filename="{NAME}"'
    assert check(io.BytesIO(content), NAME).is_accepted
    row = FecExport.objects.get()
    assert (row.sha256, row.by) == (sha256(content).hexdigest(), "keeper")
    assert row.sha256 in keeper.get(address).content.decode()
    paper = keeper.get(reverse("fec-description", args=[fund.slug, 2026, row.pk, "pdf"]))
    assert sha256(paper.content).hexdigest() == row.description_sha256
    told = keeper.get(reverse("fec-description", args=[fund.slug, 2026, row.pk, "html"])).content.decode()
    assert row.sha256 in told
    for wrong in ((2026, row.pk + 9, "pdf"), (2026, row.pk, "doc"), (2026, 2**70, "pdf")):
        assert keeper.get(reverse("fec-description", args=[fund.slug, *wrong])).status_code == 404


def test_a_form_that_was_made_up_is_refused_in_a_sentence(keeper: Client, fund: Fund) -> None:
    address = reverse("fec", args=[fund.slug, 2026])
    assert keeper.post(address, {"encoding": "ebcdic", "separator": "comma"}).status_code == 400
    assert not FecExport.objects.exists()
    for year in (1999, 99999, 10**30):
        assert keeper.get(reverse("fec", args=[fund.slug, year])).status_code == 404


def test_a_year_that_cannot_be_handed_out_says_why(keeper: Client, fund: Fund) -> None:
    Fund.objects.filter(pk=fund.pk).update(siren="")
    address = reverse("fec", args=[fund.slug, 2026])
    page = keeper.get(address, headers=EN)
    assert page.status_code == 200
    assert "has no valid SIREN" in page.content.decode()
    refused = keeper.post(address, {"encoding": "utf-8", "separator": "tab"}, headers=EN)
    assert refused.status_code == 400
    assert "has no valid SIREN" in refused.content.decode()


def test_the_years_lead_to_their_files(keeper: Client, fund: Fund) -> None:
    page = keeper.get(reverse("fec-years", args=[fund.slug])).content.decode()
    assert reverse("fec", args=[fund.slug, 2026]) in page
    assert reverse("fec-check", args=[fund.slug]) in page


def checked(client: Client, fund: Fund, name: str, content: bytes, **facts: str) -> tuple[int, str]:
    file = SimpleUploadedFile(name, content)
    answer = client.post(reverse("fec-check", args=[fund.slug]), {"file": file, **facts}, headers=EN)
    return answer.status_code, answer.content.decode()


def test_a_file_of_any_program_is_checked(keeper: Client, fund: Fund) -> None:
    assert keeper.get(reverse("fec-check", args=[fund.slug])).status_code == 200
    status, page = checked(keeper, fund, NAME, file_of(year_lines()), result="3000.00", closing="2026-12-31")
    assert status == 200
    assert "The file conforms" in page
    status, page = checked(keeper, fund, NAME, file_of(year_lines()), result="3000.01")
    assert "rule-E10" in page
    status, page = checked(keeper, fund, "../../<script>.txt", file_of(year_lines()).replace(b"40000,00", b"<b>1"))
    assert status == 200
    assert "<script>" not in page
    assert "<b>1" not in page
    assert "rule-E8" in page


@pytest.mark.parametrize("content", [b"", b"\x00" * 5000, b"PK\x03\x04", b"\xff\xfe", b"x" * 100_000, b"\r\n"])
def test_a_file_that_is_none_is_told_so(keeper: Client, fund: Fund, content: bytes) -> None:
    status, page = checked(keeper, fund, NAME, content)
    assert status == 200
    assert "The file is to be refused" in page


def test_forms_that_are_wrong_are_answered_with_sentences(keeper: Client, fund: Fund) -> None:
    assert keeper.post(reverse("fec-check", args=[fund.slug]), {}).status_code == 400
    for facts in ({"closing": "hier"}, {"result": "beaucoup"}, {"result": "1" * 40}, {"result": "NaN"}):
        status, _ = checked(keeper, fund, NAME, b"x", **facts)
        assert status == 400
    status, page = checked(keeper, fund, NAME, b"x" * (LARGEST_FEC + 10))
    assert status == 400
    assert "larger than 32 MB" in page
