"""The books begin with what the books before them left: by command and by page, once, or with every fault."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from fund.importers.faults import FolderInvalid
from fund.importers.opening_files import opening_of, read_opening
from fund.models import AccountName, Fund, Party
from fund.queries.accounts_year import year_accounts, year_of
from fund.services.actors import Actor
from fund.services.contributions import call_contributions
from fund.services.founding import found_fund
from fund.services.opening import book_opening
from fund.services.opening_errors import OpeningAfterEntries, OpeningNameConflict, OpeningNotFirstDay
from ledger.balances import entry, journal_entries
from ledger.errors import ReferenceConflict
from ledger.journal import AccountKey
from ledger.lettering import letter
from tests.builders import a_fund, a_member
from tests.small_year import a_user
from tests.unit.test_importers_opening import FILE, fec
from tests.worked_year import import_worked_year

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]

ON = date(2026, 1, 1)
BALANCE = (
    "account,auxiliary,debit,credit,name,account_name\n"
    "512000,,100.00,,,Banque principale\n"
    "411000,M1,50.00,,=Théâtre,\n"
    "102400,,,150.00,,\n"
)


def a_new_fund() -> Fund:
    """A fund that has booked nothing."""
    return found_fund(
        slug="neuf", name="Fonds neuf (fictif)", legal_form="association-1901", siren="123456782", currency="EUR",
        on=ON, by="T",
    ).fund  # fmt: skip


def booked(fund: Fund, text: str = BALANCE, on: date = ON, name: str = "balance.csv") -> object:
    return book_opening(Actor(fund, "T"), opening_of(read_opening(fund, name=name, raw=text.encode(), on=on)))


def test_a_balance_opens_the_books() -> None:
    fund = a_new_fund()
    booked(fund)

    stored = entry(fund.slug, "opening:2026")
    assert (stored.entry.journal, stored.number, stored.entry.kind, stored.entry.on) == ("AN", 1, "opening", ON)
    assert (stored.entry.document.reference, len(stored.entry.document.sha256)) == ("balance.csv", 64)
    assert AccountName.objects.get(fund=fund, number="512000").name == "Banque principale"
    assert Party.objects.get(fund=fund, code="M1").name == "=Théâtre"
    year = year_of(fund, 2026)
    assert year is not None
    held = {row.key.chart: (row.opening, row.debit, row.credit) for row in year_accounts(fund, year).by_account()}
    assert held == {"102400": (-15000, 0, 0), "411000": (5000, 0, 0), "512000": (10000, 0, 0)}


def test_the_same_balance_again_finds_the_entry_and_another_is_refused() -> None:
    fund = a_new_fund()
    booked(fund)
    acts = fund.acts.count()
    booked(fund)
    assert (len(journal_entries(fund.slug)), fund.acts.count()) == (1, acts)
    with pytest.raises(ReferenceConflict):
        booked(fund, BALANCE.replace("150.00", "160.00").replace("100.00", "110.00"))


def test_nothing_may_stand_before_the_opening() -> None:
    actor = a_fund("ouvert")
    a_member(actor, "A", budget="50000.00")
    call_contributions(actor, year=2026, on=ON)

    with pytest.raises(OpeningAfterEntries, match="comes before all others"):
        booked(actor.fund)
    with pytest.raises(OpeningAfterEntries):
        booked(import_worked_year(), on=date(2027, 1, 1))


def test_an_opening_is_dated_the_first_day_of_a_year() -> None:
    fund = a_new_fund()
    for day in (date(2026, 1, 2), date(2026, 12, 31)):
        with pytest.raises(OpeningNotFirstDay):
            booked(fund, on=day)


def test_one_number_has_one_name() -> None:
    fund = a_new_fund()
    AccountName.objects.create(fund=fund, number="512000", name="Banque")
    with pytest.raises(OpeningNameConflict):
        booked(fund)
    assert journal_entries(fund.slug) == []


def test_open_items_of_another_programs_file_can_be_lettered() -> None:
    fund = a_new_fund()
    draft = read_opening(fund, name="123456782FEC20251231.txt", raw=fec(*FILE), on=ON)
    posted = book_opening(Actor(fund, "T"), opening_of(draft))

    stored = entry(fund.slug, posted.reference)
    owed = [line.minor for line in stored.entry.lines if line.account == AccountKey("411000", party="M1")]
    assert owed == [3000, 2000]
    numbers = [number for number, line in zip(stored.postings, stored.entry.lines, strict=True) if line.minor == 3000]
    assert len(numbers) == 1
    letter(
        fund.slug, AccountKey("411000", party="M1"), code="A", postings=stored.postings[2:4], on=ON, by="T",
        is_partial=True,
    )  # fmt: skip


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("opening", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_the_command_shows_the_entry_and_books_it(tmp_path: Path) -> None:
    fund = a_new_fund()
    file = tmp_path / "balance.csv"
    file.write_text(BALANCE, encoding="utf-8")
    asked = (fund.slug, "--from", str(file), "--on", "2026-01-01")

    assert "rien n’a été écrit" in run(*asked, "--dry-run")
    assert journal_entries(fund.slug) == []
    out = run(*asked, "--language", "en")
    assert "411000 M1" in out
    assert "The entry is booked: AN 1, reference opening:2026." in out
    assert "déjà dans les livres" in run(*asked)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BALANCE.replace("150.00", "149.99"), "Fautes : 1"),
        (BALANCE.replace("102400", "756100"), "Fautes : 1"),
        ("", "Fautes : 1"),
        ("\x00" * 10, "Fautes"),
    ],
)
def test_the_command_lists_the_faults(tmp_path: Path, text: str, said: str) -> None:
    fund = a_new_fund()
    file = tmp_path / "balance.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=said):
        run(fund.slug, "--from", str(file), "--on", "2026-01-01", "--faults", str(tmp_path / "faults.txt"))
    assert (tmp_path / "faults.txt").read_text(encoding="utf-8")
    for wrong in (("nowhere", str(file)), (fund.slug, str(tmp_path / "missing.csv")), (fund.slug, str(tmp_path))):
        with pytest.raises(CommandError):
            run(wrong[0], "--from", wrong[1], "--on", "2026-01-01")


def keeper(fund: Fund) -> Client:
    client = Client()
    client.force_login(a_user("keeper", fund, "treasurer"))
    return client


def send(client: Client, fund: Fund, raw: bytes, **facts: str) -> HttpResponse:
    said = {"on": "2026-01-01", "file": SimpleUploadedFile("balance.csv", raw), **facts}
    return client.post(reverse("opening", args=[fund.slug]), said)  # type: ignore[return-value]


def sealed(answer: HttpResponse) -> str:
    return answer.content.decode().split('name="draft" value="')[1].split('"')[0]


def test_the_page_shows_the_entry_then_books_it_once() -> None:
    fund = a_new_fund()
    client = keeper(fund)
    address = reverse("opening", args=[fund.slug])
    assert client.get(address).status_code == 200
    shown = send(client, fund, BALANCE.encode())
    assert shown.status_code == 200
    assert "rien n’est encore passé" in shown.content.decode()
    assert journal_entries(fund.slug) == []

    for _ in range(2):  # a second click finds the first
        answer = client.post(address, {"draft": sealed(shown)})
        assert (answer.status_code, answer["Location"]) == (302, reverse("entry", args=[fund.slug, "opening:2026"]))
    assert len(journal_entries(fund.slug)) == 1
    assert client.get(reverse("entry", args=[fund.slug, "opening:2026"])).status_code == 200
    other = send(client, fund, BALANCE.replace("150.00", "160.00").replace("100.00", "110.00").encode())
    assert client.post(address, {"draft": sealed(other)}).status_code in (400, 409)
    assert len(journal_entries(fund.slug)) == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\x01\x02" * 100,
        b"\xff\xfe" + "a,b".encode("utf-16-le"),
        BALANCE.replace("150.00", "1").encode(),
        BALANCE.replace("=Th\u00e9\u00e2tre", "<script>alert(1)</script>").replace("150.00", "1").encode(),
        BALANCE.encode("utf-16"),
        BALANCE.replace("é", "\udcff").encode("utf-8", "surrogatepass"),
        b"JournalCode\tJournalLib\n" + b"x" * 1000,
        b"JournalCode|" * 20,
        b"account,auxiliary,debit,credit\n" + b"9" * 20_000,
        b"account,auxiliary,debit,credit\n" + b"512000,,1e999,\n" * 300,
    ],
)
def test_a_spoilt_file_is_answered_with_its_faults(raw: bytes) -> None:
    fund = a_new_fund()
    answer = send(keeper(fund), fund, raw)

    assert answer.status_code == 400
    assert b"<script>alert" not in answer.content
    assert journal_entries(fund.slug) == []


def test_what_the_page_signed_is_all_that_it_books() -> None:
    fund, client = a_new_fund(), None
    client = keeper(fund)
    address = reverse("opening", args=[fund.slug])
    shown = sealed(send(client, fund, BALANCE.encode()))
    stranger = found_fund(
        slug="autre", name="Autre (fictif)", legal_form="association-1901", siren="123456782", currency="EUR", on=ON,
        by="T",
    ).fund  # fmt: skip
    for text in ("", "x", shown[:-1], shown.replace(shown[10], "A"), "\x00"):
        assert client.post(address, {"draft": text}).status_code == 400
    a_user("keeper", stranger, "treasurer")
    assert client.post(reverse("opening", args=[stranger.slug]), {"draft": shown}).status_code == 400
    assert journal_entries(fund.slug) == journal_entries(stranger.slug) == []
    for on in ("2026-02-30", "", "2026-01-02", "1-1-1"):
        assert send(client, fund, BALANCE.encode(), on=on).status_code == 400


def test_a_day_before_entries_is_a_conflict() -> None:
    fund = import_worked_year()
    assert send(keeper(fund), fund, BALANCE.encode()).status_code == 409


def test_faults_are_all_told() -> None:
    fund = a_new_fund()
    with pytest.raises(FolderInvalid) as refused:
        read_opening(fund, name="a\x00b", raw=BALANCE.replace("411000", "706000").encode(), on=ON)
    assert [fault.where for fault in refused.value.faults] == ["balance.csv:3:account"]
