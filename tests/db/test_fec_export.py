"""A year's file of accounting entries, from the books: what it holds, what it is checked against, what is refused."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from fund.models import FecExport, Fund
from fund.queries.accounts_year import year_accounts, year_of
from fund.queries.fec_description import described
from fund.services.fec import year_to_export
from fund.services.fec_errors import FecRefused, FecSirenInvalid, FecYearBeforeOpen, FecYearEmpty, FecYearUnknown
from fund.statements.fec_description import description_html, description_pdf
from ledger.fec.fields import HEADER
from ledger.journal import AccountKey, Document, credit, debit
from ledger.lettering import letter
from ledger.money import EUR_INKIND, Amount, Unit
from ledger.posting import erase_label, post_many
from tests.fec_books import a_book, a_closed_year, an_entry, export, lines_of, moved
from tests.fec_files import RESULT, case_lines
from tests.worked_year import import_worked_year

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


@pytest.fixture
def worked() -> Fund:
    return import_worked_year()


def test_the_worked_year_is_handed_out_without_a_fault(worked: Fund) -> None:
    done, content = export(worked)
    assert done.report.is_accepted
    assert done.report.warnings == 0
    assert (done.report.lines, done.report.entries, done.report.result) == (95, 42, RESULT)
    assert done.export.name == "123456782FEC20261231.txt"
    assert done.export.sha256 == sha256(content).hexdigest()
    assert done.export.description_sha256 == sha256(done.description).hexdigest()


def test_the_worked_year_has_the_lines_that_an_accountant_writes(worked: Fund) -> None:
    _, content = export(worked)
    held = {}
    for source, lines in (("books", lines_of(content)), ("accountant", case_lines())):
        held[source] = sorted(
            (line.journal, line.entry, line.on, line.account, line.auxiliary, line.document, line.label,
             line.minor, line.lettering, line.lettered_on, line.validated_on)
            for line in lines
            # An auxiliary stands on third parties' accounts; the order of equal lines is the books' own.
        )  # fmt: skip
    assert held["books"] == held["accountant"]


def test_the_file_has_eighteen_fields_then_ours(worked: Fund) -> None:
    _, content = export(worked, has_extra=True)
    first, *rest = content.decode("iso-8859-15").split("\r\n")
    assert first.split("\t") == [*HEADER, "Projet", "Convention", "Sceau"]
    seals = {line.split("\t")[2]: line.split("\t")[20] for line in rest if line}
    assert all(len(seal) == 64 for seal in seals.values())
    assert len(set(seals.values())) == 42


@pytest.mark.parametrize(("encoding", "separator"), [("utf-8", "pipe"), ("iso-8859-15", "pipe"), ("utf-8", "tab")])
def test_every_form_says_the_same(worked: Fund, encoding: str, separator: str) -> None:
    _, content = export(worked, encoding=encoding, separator=separator)
    _, usual = export(worked)
    assert [replace(line, extra=()) for line in lines_of(content)] == [
        replace(line, extra=()) for line in lines_of(usual)
    ]


def test_the_trial_balance_of_the_file_is_that_of_the_books(worked: Fund) -> None:
    _, content = export(worked)
    year = year_of(worked, 2026)
    assert year
    wanted = {row.key.chart: row.closing for row in year_accounts(worked, year).by_account() if row.closing}
    found: dict[str, int] = defaultdict(int)
    for line in lines_of(content):
        found[line.account] += line.minor
    assert {account: minor for account, minor in found.items() if minor} == wanted


def test_the_eighteen_fields_stand_alone_unless_more_are_asked_for(worked: Fund) -> None:
    done, content = export(worked)
    assert content.decode("iso-8859-15").split("\r\n")[0].split("\t") == [*HEADER]
    assert "Sceau" not in description_html(described(done.export))
    more, _ = export(worked, has_extra=True)
    assert "Sceau" in description_html(described(more.export))


def test_every_export_is_logged_and_the_log_is_never_changed(worked: Fund) -> None:
    first, _ = export(worked)
    second, _ = export(worked, encoding="utf-8")
    assert [row.sha256 for row in FecExport.objects.all()] == [first.export.sha256, second.export.sha256]
    with pytest.raises(DatabaseError), transaction.atomic():
        FecExport.objects.update(lines=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        FecExport.objects.all().delete()


def test_the_description_is_the_same_each_time_it_is_asked_for(worked: Fund) -> None:
    done, _ = export(worked)
    kept = FecExport.objects.get(pk=done.export.pk)
    assert sha256(description_pdf(described(kept))).hexdigest() == kept.description_sha256
    page = description_html(described(kept))
    for told in (
        done.export.sha256,
        "EcritureLet",
        "ISO 8859-15",
        "provisoire",
        "Banque",
        "HE et NO",
        "512000",
        "Idevise",
    ):
        assert told in page


def test_a_description_is_told_in_english(worked: Fund) -> None:
    done, _ = export(worked, language="en")
    assert "Description of the file of accounting entries" in description_html(described(done.export))


def test_a_fund_without_a_valid_siren_is_refused() -> None:
    fund = a_book(siren="123456789")
    with pytest.raises(FecSirenInvalid, match="SIREN"):
        year_to_export(fund, 2026)


def test_a_year_that_is_not_there_or_empty_is_refused() -> None:
    fund = a_book()
    with pytest.raises(FecYearUnknown, match="2026"):
        year_to_export(fund, 2031)
    with pytest.raises(FecYearEmpty):
        export(fund)
    assert not FecExport.objects.exists()


def test_a_year_whose_openings_wait_for_the_closing_is_refused() -> None:
    fund = a_book(years=(2025, 2026))
    post_many(fund.slug, [an_entry("one", date(2025, 3, 1), *moved("512", "7588", 5))])
    with pytest.raises(FecYearBeforeOpen, match="year close"):
        export(fund)


def test_a_file_with_a_fault_is_not_handed_out() -> None:
    fund = a_book()
    lines = moved("512", "120", 500)
    post_many(fund.slug, [an_entry("wrong", date(2026, 3, 1), *lines, *moved("622", "512", 100))])
    with pytest.raises(FecRefused) as refusal:
        export(fund)
    assert {finding.rule for finding in refusal.value.findings} == {"E15"}
    assert "E15" in refusal.value.sentence("fr")
    assert not FecExport.objects.exists()


def test_hostile_words_stay_in_their_fields() -> None:
    fund = a_book()
    fund.parties.create(code="M01", kind="organisation", name="Compagnie\u202e|\t« Œuvre » – Ã© 木 ﬁn’")
    entry = an_entry("odd", date(2026, 3, 1), *moved("411", "7588", 100, party="M01"), label="Ã©lan | d’été …")
    post_many(fund.slug, [entry])
    for encoding in ("iso-8859-15", "utf-8"):
        done, content = export(fund, encoding=encoding)
        assert done.report.is_accepted
        first = lines_of(content)[0]
        assert "|" not in first.label + first.auxiliary_label
    assert lines_of(export(fund)[1])[0].label == "A©lan d'été ..."


def test_erased_words_leave_a_line_that_can_be_read() -> None:
    fund = a_book()
    post_many(fund.slug, [an_entry("gift", date(2026, 3, 1), *moved("512", "7542", 100))])
    erase_label(fund.slug, reference="gift", by="T.", why="asked")
    assert {line.label for line in lines_of(export(fund)[1])} == {"gift"}
    assert {line.document for line in lines_of(export(fund)[1])} == {"gift"}


def test_hours_and_recognition_stay_out_and_gifts_in_kind_are_in() -> None:
    fund = a_book()
    used = debit(AccountKey("864", unit=EUR_INKIND), Amount(240, EUR_INKIND))
    given = credit(AccountKey("875", unit=EUR_INKIND), Amount(240, EUR_INKIND))
    hours = Unit("HOUR", 2, "time")
    counted = (
        debit(AccountKey("911", unit=hours), Amount(6, hours)),
        credit(AccountKey("912", unit=hours), Amount(6, hours)),
    )
    post_many(fund.slug, [an_entry("kind", date(2026, 3, 1), used, given, *counted, journal="CV")])
    assert [(line.account, line.minor) for line in lines_of(export(fund)[1])] == [("864", 240), ("875", -240)]


def test_a_lettering_across_two_years_is_marked_partial_in_each() -> None:
    fund = a_book(years=(2026, 2027))
    key = AccountKey("411", "M01")
    sale = an_entry("call", date(2026, 12, 1), *moved("411", "7561", 100, party="M01"), journal="OD")
    paid = an_entry("paid", date(2027, 1, 9), *(replace(line, minor=-line.minor) for line in
                    moved("411", "512", 100, party="M01")))  # fmt: skip
    post_many(fund.slug, [sale, paid])
    letter(fund.slug, key, code="AA", postings=[1, 3], on=date(2027, 1, 9), by="T.")
    assert [line.lettering for line in lines_of(export(fund)[1])] == ["aa", ""]


# The commands


def test_the_command_writes_the_file_and_its_description(worked: Fund, tmp_path: Path) -> None:
    out = StringIO()
    call_command("fec", "export", fund=worked.slug, year=2026, out=tmp_path, stdout=out)
    names = sorted(path.name for path in tmp_path.iterdir())
    stem = "123456782FEC20261231"
    assert names == [f"{stem}.txt", f"{stem}_description.html", f"{stem}_description.pdf"]
    said = out.getvalue()
    assert sha256((tmp_path / f"{stem}.txt").read_bytes()).hexdigest() in said
    assert sha256((tmp_path / f"{stem}_description.pdf").read_bytes()).hexdigest() in said
    call_command("fec", "check", str(tmp_path / f"{stem}.txt"), "--result", "23955", stdout=out)


def test_the_command_refuses_in_a_sentence_with_its_code() -> None:
    with pytest.raises(CommandError, match="Il n’y a pas de fonds"):
        call_command("fec", "export", fund="nowhere", year=2026)
    with pytest.raises(CommandError, match="fec_year_unknown"):
        call_command("fec", "export", fund=a_book().slug, year=1999, language="en")


def test_the_command_that_checks_says_its_verdict_and_its_status(tmp_path: Path) -> None:
    path = tmp_path / "123456782FEC20261231.txt"
    path.write_bytes(b"JournalCode;EcritureNum\r\n")
    out = StringIO()
    with pytest.raises(SystemExit) as status:
        call_command("fec", "check", str(path), "--json", "--language", "en", stdout=out)
    assert status.value.code == 1
    told = json.loads(out.getvalue())
    assert told["accepted"] is False
    assert told["verdict"].startswith("The file is to be refused")
    assert told["findings"][0]["rule"].startswith("E")
    with pytest.raises(CommandError, match="n’est pas un jour"):
        call_command("fec", "check", str(path), "--closing", "hier")
    with pytest.raises(CommandError, match="n’est pas un montant"):
        call_command("fec", "check", str(path), "--result", "beaucoup")
    with pytest.raises(CommandError):
        call_command("fec", "check", str(tmp_path / "nowhere.txt"))


def test_the_year_before_is_read_from_its_file(tmp_path: Path) -> None:
    fund = a_closed_year()
    for year in (2025, 2026):
        call_command("fec", "export", fund=fund.slug, year=year, out=tmp_path, stdout=StringIO())
    after, before = tmp_path / "123456782FEC20261231.txt", tmp_path / "123456782FEC20251231.txt"
    call_command("fec", "check", str(after), "--previous", str(before), stdout=StringIO())
    changed = before.read_bytes().replace(b"10,00", b"10,01")
    before.write_bytes(changed)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("fec", "check", str(after), "--previous", str(before), stdout=out)
    assert "E12" in out.getvalue()


def test_a_rate_is_recorded_by_command() -> None:
    fund = a_book()
    out = StringIO()
    given = (fund.slug, "USD", "2026-03-31", "0.9217")
    call_command("exchange_rate", *given, source="BCE", by="T.", stdout=out)
    assert "1 USD vaut 0.9217 EUR" in out.getvalue()
    for wrong in (("nowhere", *given[1:]), (fund.slug, "USD", "hier", "1"), (fund.slug, "USD", "2026-03-31", "x")):
        with pytest.raises(CommandError):
            call_command("exchange_rate", *wrong, source="BCE", by="T.")
    with pytest.raises(CommandError, match="exchange_rate_invalid"):
        call_command("exchange_rate", fund.slug, "EUR", "2026-03-31", "1", source="BCE", by="T.")


def test_a_document_of_the_entry_is_its_voucher() -> None:
    fund = a_book()
    paper = Document("FA-1042", date(2026, 2, 20))
    entry = an_entry("bill", date(2026, 3, 1), *moved("622", "512", 100), document=paper)
    post_many(fund.slug, [entry])
    first = lines_of(export(fund)[1])[0]
    assert (first.document, first.document_on) == ("FA-1042", date(2026, 2, 20))
