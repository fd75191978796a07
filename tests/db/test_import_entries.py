"""A year of entries in the books: whole, in order, once; or nothing at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from pytest_django import DjangoDbBlocker

from fund.importers import entries_run
from fund.importers.entries_folder import read_entries_folder
from fund.importers.entries_run import ImportTerms, import_entries, known_names
from fund.importers.faults import FolderInvalid
from fund.models import AccountName, Act, Fund, Party
from fund.queries.accounts_year import year_accounts, year_of
from fund.queries.book_names import journal_names
from fund.queries.horizon import latest_day
from ledger.audit import find_faults
from ledger.balances import chain_head, entry, journal_entries, trial_balance
from ledger.errors import BookUnknown
from ledger.journal import AccountKey
from ledger.lettering import letterings
from ledger.posting import lock_period
from tests.small_year import a_user
from tests.worked_year import FIRST, LAST, SIREN, WORKED_YEAR, import_worked_year

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture(scope="module")
def worked(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Fund]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_worked_year(slug="worked")
        transaction.set_rollback(True)


def codes(refused: pytest.ExceptionInfo[FolderInvalid]) -> set[str]:
    return {fault.code for fault in refused.value.faults}


def changed(place: Path, old: str, new: str, *, file: str = "entries.csv") -> Path:
    """The worked year with one text replaced once."""
    folder = place / "fund_year_2026"
    shutil.copytree(WORKED_YEAR, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    return folder


def test_the_fund_is_founded_as_its_names_say(worked: Fund) -> None:
    assert (worked.slug, worked.siren, worked.currency) == ("worked", SIREN, "EUR")
    assert worked.legal_form == "association-1901"
    assert journal_names(worked)["AN"] == "A nouveaux"
    assert journal_names(worked)["CL"]  # the journals of the chart are there beside the fund's own
    assert AccountName.objects.get(fund=worked, number="468200").name == "Aides financières à verser"
    assert Party.objects.get(fund=worked, code="REG").name == "Région"
    assert latest_day(worked) == LAST


def test_all_entries_stand_under_one_seal_in_the_order_of_their_validation(worked: Fund) -> None:
    stored = journal_entries(worked.slug)

    assert (chain_head(worked.slug).seals, len(stored)) == (1, 42)
    assert find_faults(worked.slug) == []
    order = [(each.entry.validated_on, each.entry.on, int(each.entry.reference.split(":")[2])) for each in stored]
    assert order == sorted(order)
    numbers: dict[str, list[int]] = {}
    for each in stored:
        numbers.setdefault(each.entry.journal, []).append(each.number)
    assert all(each == list(range(1, len(each) + 1)) for each in numbers.values())
    assert {each.entry.kind for each in stored if each.entry.journal == "AN"} == {"opening"}
    inventory = entry(worked.slug, "imported:2026:34").entry
    assert (inventory.validated_on, inventory.document.reference) == (date(2027, 3, 31), "INV-2026-01")
    assert entry(worked.slug, "imported:2026:8").entry.validated_on == date(2026, 3, 10)


def test_the_figures_are_those_of_the_worked_case(worked: Fund) -> None:
    year = year_of(worked, 2026)
    assert year is not None
    accounts = year_accounts(worked, year)

    assert accounts.result == 23_955_00
    held = {row.key.chart: row.closing for row in accounts.by_account()}
    assert (held["512000"], held["194000"], held["106800"]) == (43_755_00, -8_500_00, -22_000_00)
    assert (held["861000"] + held["864000"], held["871000"] + held["875000"]) == (5_900_00, -5_900_00)
    partners = {row.key.auxiliary: row.closing for row in accounts.by_auxiliary() if row.key.chart == "458000"}
    assert partners == {"P2407": 800_00, "P2602": -1_200_00}
    units = {row.closing.unit.code for row in trial_balance(worked.slug) if row.chart.startswith(("86", "87"))}
    assert units == {"EUR-INKIND"}


def test_the_letterings_stand_as_given(worked: Fund) -> None:
    (paid,) = letterings(worked.slug, AccountKey("468200", party="P2601"))

    assert (paid.code, paid.on, paid.is_partial, len(paid.postings)) == ("AE", date(2026, 11, 20), False, 3)
    assert letterings(worked.slug, AccountKey("411000", party="M003")) == []


def test_the_same_files_again_change_nothing() -> None:
    fund = import_worked_year()
    before, acts = chain_head(fund.slug), Act.objects.count()
    Party.objects.filter(fund=fund, code="M001").update(name="Théâtre renommé")
    again = import_entries(read_entries_folder(WORKED_YEAR), ImportTerms(fund.slug, ""))

    assert not again.changed
    assert (chain_head(fund.slug), Act.objects.count()) == (before, acts)
    assert Party.objects.get(fund=fund, code="M001").name == "Théâtre renommé"


def test_two_machines_have_the_same_chain() -> None:
    heads = []
    for _ in range(2):
        with transaction.atomic():
            heads.append(chain_head(import_worked_year().slug).hash)
            transaction.set_rollback(True)
    assert heads[0] == heads[1]


def test_other_contents_under_the_same_number_are_refused(tmp_path: Path) -> None:
    fund = import_worked_year()
    folder = changed(tmp_path, "Frais bancaires,627800", "Frais de banque,627800")
    text = (folder / "entries.csv").read_text(encoding="utf-8").replace("Frais bancaires,512", "Frais de banque,512")
    (folder / "entries.csv").write_text(text, encoding="utf-8", newline="")
    before = chain_head(fund.slug)

    with pytest.raises(FolderInvalid) as refused:
        import_worked_year(folder)
    assert [(fault.line, fault.code) for fault in refused.value.faults] == [(16, "entry_refused")]
    assert chain_head(fund.slug) == before


def test_what_the_books_hold_is_told_against_the_files(tmp_path: Path) -> None:
    fund = import_worked_year()
    other = changed(tmp_path, '"BQ": "Banque"', '"BQ": "Banques"', file="names.json")
    text = (other / "names.json").read_text(encoding="utf-8")
    text = text.replace(SIREN, "552100554").replace('"Honoraires"', '"Honoraires divers"')
    (other / "names.json").write_text(text, encoding="utf-8")

    with pytest.raises(FolderInvalid) as refused:
        import_worked_year(other)
    assert sorted(fault.where for fault in refused.value.faults) == [
        "names.json:37:accounts.622600",
        "names.json:4:journals.BQ",
        "names.json:76:siren",
    ]
    assert codes(refused) == {"siren_other", "name_other"}
    assert fund.siren == SIREN


def test_a_lettering_that_changed_is_refused(tmp_path: Path) -> None:
    import_worked_year()
    folder = changed(tmp_path, "P2501,0.00,2000.00,AC,2026-01-31", "P2501,0.00,2000.00,AC,2026-02-01")
    text = (folder / "entries.csv").read_text(encoding="utf-8")
    (folder / "entries.csv").write_text(text.replace("AC,2026-01-31", "AC,2026-02-01"), encoding="utf-8")

    with pytest.raises(FolderInvalid) as refused:
        import_worked_year(folder)
    assert codes(refused) == {"lettering_other"}


def a_year_of(place: Path, year: int, *, opening: bool) -> Path:
    """A folder of one entry, with à-nouveaux where asked for."""
    shutil.copytree(WORKED_YEAR, place / str(year))
    journal, day = ("AN", "01-01") if opening else ("OD", "05-01")
    rows = [
        "entry,journal,date,piece,label,account,auxiliary,debit,credit,lettering,lettering_date",
        f"1,{journal},{year}-{day},P,L,512000,,1.00,,,",
        f"1,{journal},{year}-{day},P,L,102400,,,1.00,,",
    ]
    (place / str(year) / "entries.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return place / str(year)


def test_the_past_is_never_counted_twice(tmp_path: Path) -> None:
    fund = import_worked_year()

    with pytest.raises(FolderInvalid) as twice:
        import_worked_year(a_year_of(tmp_path, 2027, opening=True))
    assert codes(twice) == {"opening_again"}
    with pytest.raises(FolderInvalid) as before:
        import_worked_year(a_year_of(tmp_path, 2025, opening=False))
    assert codes(before) == {"before_opening"}
    import_worked_year(a_year_of(tmp_path / "next", 2027, opening=False))
    assert [year.code for year in (year_of(fund, 2026), year_of(fund, 2027)) if year] == ["2026", "2027"]


def test_a_shut_month_refuses_the_whole(tmp_path: Path) -> None:
    fund = import_worked_year()
    folder = changed(tmp_path, "42,CV,2026-12-31", "42,CV,2026-12-31")
    more = "43,OD,2026-03-02,P,L,512000,,1.00,0.00,,\n43,OD,2026-03-02,P,L,102400,,0.00,1.00,,\n"
    with (folder / "entries.csv").open("a", encoding="utf-8") as file:
        file.write(more)
    lock_period(fund.slug, on=date(2026, 3, 1), by="T", why="essai")
    before = chain_head(fund.slug)

    with pytest.raises(FolderInvalid) as refused:
        import_worked_year(folder)
    assert [(fault.line, fault.code) for fault in refused.value.faults] == [(97, "entry_refused")]
    assert chain_head(fund.slug) == before


def run(*arguments: str) -> tuple[str, str]:
    out, told = StringIO(), StringIO()
    call_command("import_entries", *arguments, stdout=out, stderr=told)
    return out.getvalue(), told.getvalue()


def test_the_command_names_the_fund_after_its_folder_and_says_so() -> None:
    out, _ = run(str(WORKED_YEAR), "--name", "Fonds des ponts", "--language", "en")

    assert "Fund “fund-year-2026” founded: Fonds des ponts, SIREN 123456782." in out
    assert "42 entries, 95 lines, 6 letterings booked at once" in out
    assert "rien à faire" in run(str(WORKED_YEAR))[0]


def test_a_try_keeps_nothing() -> None:
    out, _ = run(str(WORKED_YEAR), "--dry-run")

    assert "rien n’a été écrit" in out
    assert not Fund.objects.exclude(slug="worked").exists()
    assert not known_names("fund-year-2026").is_founded
    with pytest.raises(BookUnknown):
        chain_head("fund-year-2026")


def test_the_command_lists_the_faults_and_writes_them(tmp_path: Path) -> None:
    folder = changed(tmp_path, "512000,,0.00,45.00", "512000,,0.00,45.01")
    out, told = StringIO(), StringIO()

    with pytest.raises(CommandError, match="Fautes : 1"):
        call_command("import_entries", folder, "--faults", tmp_path / "faults.txt", stdout=out, stderr=told)
    assert "entries.csv:16" in told.getvalue()
    assert "écart 0.01" in told.getvalue()
    assert (tmp_path / "faults.txt").read_text(encoding="utf-8") == told.getvalue()
    assert not Fund.objects.exclude(slug="worked").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--fund", "Pas Un Nom"), "ne peut pas nommer un fonds"),
        (("--fund", "x\x00"), "ne peut pas nommer un fonds"),
        (("--name", "a\x1b[31m"), "ne peut pas être le nom"),
        (("--batch-day", "31"), "de 1 à 28"),
        (("--inventory-on", "2026-12-30"), "après le dernier jour"),
        (("--year", "2025"), "Fautes"),
    ],
)
def test_options_that_make_no_sense_are_told(arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(str(WORKED_YEAR), *arguments)
    assert not Fund.objects.exclude(slug="worked").exists()


def test_other_days_of_validation_are_other_contents() -> None:
    run(str(WORKED_YEAR), "--inventory-on", "2027-02-15")
    assert entry("fund-year-2026", "imported:2026:40").entry.validated_on == date(2027, 2, 15)
    with pytest.raises(CommandError, match="Fautes"):
        run(str(WORKED_YEAR))


HOSTILE = ('=HYPERLINK("x")', "<script>alert(1)</script>", "+33", "x" * 300, "مسرح الجنوب", "Ça & là “ici”")


def test_hostile_names_stay_text_on_every_page(tmp_path: Path) -> None:
    folder = tmp_path / "fund_year_2026"
    shutil.copytree(WORKED_YEAR, folder)
    names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
    for code, name in zip(names["auxiliaries"], HOSTILE, strict=False):
        names["auxiliaries"][code] = name
    (folder / "names.json").write_text(json.dumps(names), encoding="utf-8")
    fund = import_worked_year(folder)
    client = Client()
    client.force_login(a_user("keeper", fund, "administrator"))
    page = client.get(reverse("account", args=[fund.slug, "411000", "EUR"])).content.decode()

    assert "<script>alert(1)" not in page
    assert Party.objects.filter(fund=fund, name=HOSTILE[0]).exists()


def arguments_of(fund: Fund) -> dict[str, object]:
    """An example for each part that an address may have."""
    return {
        "fund": fund.slug, "chart": "411000", "unit": "EUR", "reference": "imported:2026:8", "year": 2026,
        "name": "trial-balance", "ending": "csv", "table": "awards", "code": "M001", "number": 1, "call": "none",
        "vote": 1, "pk": 1, "line": 1, "token": "x", "journal": "BQ", "account": "411000", "statement": "trial-balance",
    }  # fmt: skip


@pytest.mark.parametrize(("role", "queries"), [("administrator", ("", "?as_of=2025-01-01")), ("auditor", ("",))])
def test_no_page_fails_for_a_fund_without_charter_or_members(worked: Fund, role: str, queries: tuple[str, ...]) -> None:
    client = Client()
    client.force_login(a_user(f"worked-{role}", worked, role, until=date(2030, 1, 1)))
    examples = arguments_of(worked)
    opened = []
    for name, routes in get_resolver().reverse_dict.lists():
        for possibilities, *_ in routes:
            for _, parameters in possibilities:
                if not isinstance(name, str) or "fund" not in parameters or not set(parameters) <= set(examples):
                    continue
                address = reverse(name, kwargs={each: examples[each] for each in parameters})
                for query in queries:
                    answer = client.get(address + query)
                    if answer.streaming:
                        b"".join(answer.streaming_content)  # type: ignore[attr-defined] - read to its end it is closed
                    status = answer.status_code
                    assert status in (200, 301, 302, 400, 404, 405, 409), f"{address}{query}: {status}"
                    opened.append((name, status))
    assert ("books", 200) in opened
    assert ("account", 200) in opened
    assert ("entry", 200) in opened
    assert ("fund", 200) in opened
    assert ("open-data", 200) in opened


def test_the_books_are_shown_until_their_last_entry(worked: Fund) -> None:
    client = Client()
    client.force_login(a_user("reader", worked, "auditor", until=date(2030, 1, 1)))
    page = client.get(reverse("books", args=[worked.slug])).content.decode()

    assert f"31 décembre {LAST.year}" in page
    assert "Aides financières" in page
    assert FIRST.year == LAST.year


def test_an_import_is_all_or_nothing_when_a_lettering_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise BookUnknown(book="x")

    monkeypatch.setattr(entries_run, "letter", refuse)
    with pytest.raises(FolderInvalid) as refused:
        import_worked_year()
    assert codes(refused) == {"entry_refused"}
    assert not Fund.objects.exclude(slug="worked").exists()
