"""A year of entries as files: what is read, and every fault with its line and column."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fund.importers.entries_folder import EntriesFolder, KnownNames, read_entries_folder
from fund.importers.entry_rows import validation_day
from fund.importers.faults import Fault, FolderInvalid
from ledger.money import EUR_INKIND
from tests.charters import CASES
from tests.folders import told

WORKED_YEAR = Path(__file__).resolve().parents[1] / "acceptance" / "folders" / "fund_year_2026"
HEADER = "entry,journal,date,piece,label,account,auxiliary,debit,credit,lettering,lettering_date"
NAMES = {
    "journals": {"BQ": "Banque", "OD": "Opérations diverses"},
    "accounts": {"512000": "Banque", "411000": "Adhérents", "756100": "Cotisations"},
    "auxiliaries": {"M1": "Théâtre", "M2": "Scène"},
    "siren": "123456782",
}


def faults_of(folder: Path, **asked: object) -> tuple[Fault, ...]:
    try:
        read_entries_folder(folder, **asked)  # type: ignore[arg-type]
    except FolderInvalid as refusal:
        return refusal.faults
    return ()


def a_year(place: Path, *lines: str, names: object = NAMES, header: str = HEADER) -> Path:
    """A folder with these lines of entries.csv, and names.json."""
    place.joinpath("entries.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    text = names if isinstance(names, str) else json.dumps(names)
    place.joinpath("names.json").write_text(text, encoding="utf-8")
    return place


def spoilt(place: Path, change: Callable[[str], str], *, file: str = "entries.csv") -> tuple[Fault, ...]:
    """The faults of the worked year with one of its files changed."""
    folder = place / "year"
    shutil.copytree(WORKED_YEAR, folder)
    text = (folder / file).read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    (folder / file).write_text(changed, encoding="utf-8", newline="")
    return faults_of(folder)


def read(folder: Path) -> EntriesFolder:
    return read_entries_folder(folder)


def test_the_worked_year_is_read_whole() -> None:
    year = read(WORKED_YEAR)

    assert (len(year.entries), sum(len(entry.lines) for entry in year.entries)) == (42, 95)
    assert year.years == (2026,)
    assert [(each.account.code, each.code, each.on.isoformat(), len(each.lines)) for each in year.letterings] == [
        ("468200:P2501", "AC", "2026-01-31", 2),
        ("455000:M002", "AB", "2026-12-10", 2),
        ("411000:M001", "AA", "2026-02-25", 2),
        ("467100:M001", "AD", "2026-03-15", 2),
        ("468200:P2601", "AE", "2026-11-20", 3),
        ("401000:F001", "AF", "2026-12-05", 2),
    ]
    assert year.notes == ()
    in_kind = {line.posting.account.chart for entry in year.entries for line in entry.lines} & {"861000", "875000"}
    assert in_kind
    units = {line.posting.account.unit for entry in year.entries[-2:] for line in entry.lines}
    assert units == {EUR_INKIND}


@pytest.mark.skipif(not (CASES / "fund_year_2026").exists(), reason="the folder of worked cases is elsewhere")
def test_the_worked_year_is_the_one_beside_the_project() -> None:
    for name in ("entries.csv", "names.json"):
        assert (WORKED_YEAR / name).read_bytes() == (CASES / "fund_year_2026" / name).read_bytes()


@pytest.mark.parametrize(
    ("on", "validated"),
    [
        ("2026-01-01", "2026-02-10"),
        ("2026-01-31", "2026-02-10"),
        ("2026-12-16", "2027-01-10"),
        ("2026-12-31", "2027-03-31"),
    ],
)
def test_entries_are_validated_with_their_batch(on: str, validated: str) -> None:
    year = read(WORKED_YEAR)
    entry = year.entries[0]
    entry.on = date.fromisoformat(on)

    assert validation_day(entry, batch_day=10, inventory_on=None).isoformat() == validated
    assert validation_day(entry, batch_day=28, inventory_on=None).day in (28, 31)
    entry.validated_on = date(2026, 12, 31)
    assert validation_day(entry, batch_day=10, inventory_on=None) == date(2026, 12, 31)


ENTRY = ("1,OD,2026-05-01,P1,Appel,411000,M1,10.00,,,", "1,OD,2026-05-01,P1,Appel,756100,,,10.00,,")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("1,OD,2026-05-01,P,L,411000,M1,10.00,,,", "1,OD,2026-05-01,P,L,756100,,,9.99,,"), ["2 entry_unbalanced"]),
        (("1,OD,2026-05-01,P,L,411000,M1,10.00,,,", "1,OD,2026-05-02,P,L,756100,,,10.00,,"), ["3:date entry_differs"]),
        (("1,OD,2026-05-01,P,L,411000,M1,10.00,,,", "1,BQ,2026-05-01,P,L,756100,,,10,,"), ["3:journal entry_differs"]),
        ((*ENTRY, "2,OD,2026-05-01,P1,Appel,411000,M1,1,,,", "2,OD,2026-05-01,P1,Appel,756100,,,1,,", *ENTRY),
         ["6:entry entry_twice"]),
        (("1,OD,2026-05-01,P,L,411000,M1,1.234,56,,,", ENTRY[1]), ["2 values_count"]),
        (('1,OD,2026-05-01,P1,Appel,411000,M1,"1.234,56",,,', ENTRY[1]), ["2:debit number_grouped"]),
        (("1,OD,2026-05-01,P1,Appel,411000,M1,NaN,,,", ENTRY[1]), ["2:debit number_unreadable"]),
        (("1,OD,2026-05-01,P1,Appel,411000,M1,0.001,,,", ENTRY[1]), ["2:debit number_decimals"]),
        (("1,OD,2026-05-01,P1,Appel,411000,M1,-10.00,,,", ENTRY[1]), ["2:debit number_negative"]),
        (("1,OD,2026-05-01,P1,Appel,411000,M1,10.00,10.00,,", ENTRY[1]), ["2:credit sides_both"]),
        (("1,OD,2026-05-01,P1,Appel,411000,M1,0.00,0.00,,", ENTRY[1]), ["2:debit sides_none"]),
        (("1,OD,2026-05-01,P1,Appel,99,M1,10.00,,,", ENTRY[1]), ["2:account account_form"]),
        (("1,OD,2026-05-01,P1,Appel,305555,M1,10.00,,,", ENTRY[1]), ["2:account account_unnamed"]),
        (("1,OD,2026-05-01,P1,Appel,791000,M1,10.00,,,", ENTRY[1]), ["2:account account_outside_chart"]),
        (("1,XX,2026-05-01,P1,Appel,411000,M1,10.00,,,", "1,XX,2026-05-01,P1,Appel,756100,,,10.00,,"),
         ["2:journal journal_unnamed"]),
        (("1,OD,2026-05-01,P1,Appel,411000,M9,10.00,,,", ENTRY[1]), ["2:auxiliary auxiliary_unnamed"]),
        (("1,OD,2026-05-01,P1,Appel,411000,M 1,10.00,,,", ENTRY[1]), ["2:auxiliary code_form"]),
        (("1,OD,01/05/2026,P1,Appel,411000,M1,10.00,,,", "1,OD,01/05/2026,P1,Appel,756100,,,10.00,,"),
         ["2:date date_unreadable"]),
        (("1,OD,2026-02-31,P1,Appel,411000,M1,10.00,,,", "1,OD,2026-02-31,P1,Appel,756100,,,10.00,,"),
         ["2:date date_unreal"]),
        (("1,AN,2026-05-01,P1,Appel,411000,M1,10.00,,,", "1,AN,2026-05-01,P1,Appel,102400,,,10.00,,"),
         ["2:date opening_not_first_day"]),
        (("1,AN,2026-01-01,P1,Appel,411000,M1,10.00,,,", "1,AN,2026-01-01,P1,Appel,756100,,,10.00,,"),
         ["3:account opening_of_results"]),
        (("1,OD,2026-05-01,P1,Appel,411000,M1,10.00,,A,2026-05-01", ENTRY[1]), ["2:lettering lettering_alone"]),
        (("1,OD,2026-05-01,P1,Appel,411000,M1,10.00,,A,", "1,OD,2026-05-01,P1,Appel,411000,M1,,10.00,A,2026-05-01"),
         ["2:lettering_date lettering_undated"]),
        (("1,OD,2026-05-01,P1,Appel,411000,M1,10.00,,,2026-05-01", ENTRY[1]), ["2:lettering lettering_without_code"]),
        (("1,OD,2026-05-01,P1,Appel,411000,M1,10.00,,A,2026-05-02",
          "1,OD,2026-05-01,P1,Appel,411000,M1,,10.00,A,2026-05-01"), ["3:lettering_date lettering_dates"]),
        (("1,OD,2026-05-01,P1,Ap\u202epel,411000,M1,10.00,,,", ENTRY[1]),
         ["2:label text_control", "3:label entry_differs"]),
        (("1,OD,2026-05-01,,Appel,411000,M1,10.00,,,", "1,OD,2026-05-01,,Appel,756100,,,10.00,,"),
         ["2:piece value_missing"]),
        ((), ["rows_none"]),
    ],
)  # fmt: skip
def test_every_fault_of_the_entries_has_its_place(tmp_path: Path, lines: tuple[str, ...], expected: list[str]) -> None:
    found = [each.removeprefix("entries.csv").lstrip(": ") for each in told(faults_of(a_year(tmp_path, *lines)))]

    assert found == expected


OPTIONAL = HEADER + ",validated_on,project,convention,destination,public_generosity,unit,document_date,document_sha256"
SOUND = "2026-06-10,P26,CONV-1,missions-sociales,yes,,2026-04-30," + "a" * 64


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (SOUND, []),
        (SOUND.replace("2026-06-10", "2026-04-01"), ["2:validated_on validated_before"]),
        (SOUND.replace("yes,,", "oui,,"), ["2:public_generosity yes_no", "3:public_generosity yes_no"]),
        (SOUND.replace("yes,,", "yes,EURO,"), ["2:unit unit_unknown_here", "3:unit unit_unknown_here"]),
        (SOUND.replace("a" * 64, "A" * 64), ["2:document_sha256 sha256_form"]),
    ],
)
def test_the_columns_that_may_be_there(tmp_path: Path, cells: str, expected: list[str]) -> None:
    folder = a_year(tmp_path, *(f"{line},{cells}" for line in ENTRY), header=OPTIONAL)

    found = [each.removeprefix("entries.csv:") for each in told(faults_of(folder))]
    assert found == expected
    if not expected:
        entry = read(folder).entries[0]
        line = entry.lines[0].posting
        assert (entry.validated_on, entry.document_on, line.account.project) == (
            date(2026, 6, 10),
            date(2026, 4, 30),
            "P26",
        )
        assert (line.convention, line.destination, line.public_generosity) == ("CONV-1", "missions-sociales", True)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ('{"journals": {', ["1 json_unreadable"]),
        ("[" * 100_000, ["1 json_unreadable"]),
        ("[]", ["1 json_not_object"]),
        ('{"siren": "123456782", "accounts": []}', ["1:accounts json_not_object"]),
        ('{"siren": "123456782",\n"journals": {"BQ": "a",\n"BQ": "b"}}', ["3:journals.BQ json_key_twice"]),
        ('{"siren": "123456782",\n"journals": {"BQ": 1e400}}', ["2:journals.BQ json_not_text"]),
        ('{"siren": "123456789"}', ["1:siren siren_invalid"]),
        ('{"siren": 123456782}', ["1:siren siren_invalid"]),
        ('{"accounts": {}}', [":siren siren_invalid"]),
        ('{"siren": "123456782", "sirene": ""}', [":sirene key_unknown"]),
        ('{"siren": "123456782",\n"auxiliaries": {"M1": "a\\u0000b"}}', ["2:auxiliaries.M1 text_control"]),
        ('{"siren": "123456782",\n"auxiliaries": {"M1": "\\ud800"}}', ["2:auxiliaries.M1 text_control"]),
        ('{"siren": "123456782",\n"auxiliaries": {"M:1": "a"}}', ["2:auxiliaries.M:1 code_form"]),
        ('{"siren": "123456782",\n"accounts": {"5A": "a"}}', ["2:accounts.5A account_form"]),
    ],
)
def test_every_fault_of_the_names_has_its_place(tmp_path: Path, names: str, expected: list[str]) -> None:
    found = told(faults_of(a_year(tmp_path, *ENTRY, names=names)))
    named = [each.removeprefix("names.json").removeprefix(":") for each in found if each.startswith("names.json")]

    assert named == [each.removeprefix(":") for each in expected]


def test_other_years_than_that_of_most_entries_are_faults_unless_they_are_named(tmp_path: Path) -> None:
    late = ("2,OD,2027-01-03,P2,Tard,411000,M1,1.00,,,", "2,OD,2027-01-03,P2,Tard,756100,,,1.00,,")
    folder = a_year(tmp_path, *ENTRY, *late)

    assert [each.removeprefix("entries.csv:") for each in told(faults_of(folder))] == ["4:date date_outside_year"]
    assert read_entries_folder(folder, years=[2026, 2027]).years == (2026, 2027)


def test_a_lettering_that_does_not_balance_is_kept_and_said(tmp_path: Path) -> None:
    paid = ("2,BQ,2026-06-01,R,Acompte,512000,,4.00,,,", "2,BQ,2026-06-01,R,Acompte,411000,M1,,4.00,A,2026-06-01")
    folder = a_year(tmp_path, ENTRY[0].replace(",10.00,,,", ",10.00,,A,2026-06-01"), ENTRY[1], *paid)

    year = read(folder)
    assert [str(each.left) for each in year.letterings] == ["6.00 EUR"]
    assert [note.code for note in year.notes] == ["lettering_partial"]
    assert year.notes[0].where == "entries.csv:2:lettering"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: "\ufeff" + text, "byte_order_mark"),
        (lambda text: text.replace("Cotisation", "Coti\0sation").replace("cotisation", "coti\0sation"), "nul_byte"),
        (lambda text: text[: text.index("REL2026-09")], "values_count"),
        (lambda text: text.replace("Honoraires", "H" * 50_000_000, 1), "line_too_long"),
        (lambda text: text.replace(",credit,", ",credits,", 1), "column_missing"),
        (lambda text: text.replace(",credit,", ",credits,", 1), "column_unknown"),
        (lambda text: text.replace(",", ";"), "separator_not_comma"),
        (lambda text: "", "file_empty"),
    ],
)
def test_files_that_were_damaged(tmp_path: Path, change: Callable[[str], str], code: str) -> None:
    assert code in {fault.code for fault in spoilt(tmp_path, change)}


def test_another_encoding_is_told_line_by_line(tmp_path: Path) -> None:
    shutil.copytree(WORKED_YEAR, tmp_path / "year")
    file = tmp_path / "year" / "entries.csv"
    file.write_bytes(file.read_text(encoding="utf-8").encode("latin-1", errors="replace"))

    faults = faults_of(tmp_path / "year")
    assert {fault.code for fault in faults} == {"not_utf8"}
    assert len(faults) > 5


def test_a_folder_without_its_files_says_which(tmp_path: Path) -> None:
    assert sorted(each.code for each in faults_of(tmp_path)) == ["file_missing", "file_missing"]
    assert [each.code for each in faults_of(tmp_path / "nowhere")] == ["folder_missing"]


def test_names_are_needed_only_by_a_fund_that_is_new(tmp_path: Path) -> None:
    folder = a_year(tmp_path, *ENTRY)
    folder.joinpath("names.json").unlink()
    known = KnownNames(
        is_founded=True, journals=NAMES["journals"], accounts=NAMES["accounts"], auxiliaries=NAMES["auxiliaries"]
    )  # type: ignore[arg-type]

    assert len(read_entries_folder(folder, known=known).entries) == 1
    assert told(faults_of(folder)) == ["names.json file_missing"]
