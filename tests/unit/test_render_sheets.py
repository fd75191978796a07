"""Documents as workbooks and CSV files: figures that count, text that never computes."""

import csv as plain_csv
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO, StringIO

import openpyxl
import pytest

from fund.statements.document import Column, Document, Explained, Row, Section, Table
from fund.statements.render import csv, xlsx
from fund.statements.render.formats import clean
from ledger.money import EUR, HOUR, MINOR_LIMIT, NOTORIETY, Amount
from tests.documents import HOSTILE, a_statement, hostile_document, long_ledger


def workbook(document: Document) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(xlsx.render(document)))


def lines(file: bytes) -> list[list[str]]:
    return list(plain_csv.reader(StringIO(file.decode("utf-8"), newline="")))


def of_table(table: Table) -> Document:
    return replace(a_statement(), summary=(), sections=(Section("Partie", (table,)),))


TABLE = Table(
    "Livre",
    (Column("Date", "date"), Column("Libellé"), Column("Reçu", "amount", EUR), Column("Divers", "amount")),
    (
        Row((date(2025, 3, 1), "=1+1", Amount(123_456), Amount(3600, HOUR))),
        Row((date(1805, 1, 1), "-12,50", Amount(-5), Explained(Amount(12, NOTORIETY), ("Douze points.",)))),
    ),
    "Rien.",
    total=(None, "Total", Amount(123_451), None),
)


def test_a_workbook_has_a_sheet_for_each_table_and_one_for_the_traces() -> None:
    assert workbook(a_statement()).sheetnames == [
        "Document",
        "Mouvements de la saison",
        "Partage du retour",
        "Où va l’argent",
        "Litiges",
        "Explications",
    ]


def test_cells_of_a_workbook_are_what_they_say() -> None:
    sheet = workbook(of_table(TABLE))["Livre"]
    rows = [[cell.value if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        ["Date", "Libellé", "Reçu (EUR)", "Divers", "Divers (unité)"],
        ["2025-03-01 00:00:00", "=1+1", "1234.56", "36", "HOUR"],
        ["1805-01-01", "-12,50", "-0.05", "12", "NOTORIETY"],
        [None, "Total", "1234.51", None, None],
    ]
    assert [cell.data_type for cell in sheet[2]] == ["d", "s", "n", "n", "s"]
    assert sheet["C2"].number_format == "#,##0.00"
    assert sheet["A2"].number_format == "yyyy-mm-dd"
    assert sheet["B4"].font.bold
    assert sheet.freeze_panes == "A2"


def test_a_rate_is_a_number_shown_as_a_percentage() -> None:
    table = Table("Clés", (Column("Clé", "rate"),), (Row((Fraction(1, 8),)),), "Rien.")
    cell = workbook(of_table(table))["Clés"]["A2"]
    assert (str(cell.value), cell.number_format) == ("0.125", "0.00%")
    assert lines(csv.render(table, "fr")) == [["Clé"], ["0.125000"]]


def test_a_figure_too_long_for_a_sheet_keeps_its_digits_as_text() -> None:
    table = Table(
        "Grand", (Column("A", "amount", EUR), Column("N", "number")), (Row((Amount(MINOR_LIMIT), 10**18)),), ""
    )
    row = [cell.value for cell in workbook(of_table(table))["Grand"][2]]
    assert row == ["46116860184273879.04", "1000000000000000000"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_workbook_has_no_formula_and_keeps_the_text(text: str) -> None:
    book = workbook(hostile_document(text))
    values = []
    for sheet in book:
        assert 0 < len(sheet.title) <= 31
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)
            values += [cell.value for cell in row]
    assert (clean(text) or None) in values


def test_the_same_workbook_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = xlsx.render(a_statement())
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(1_900_000_000))
    assert xlsx.render(a_statement()) == first


def test_sheet_names_are_cleaned_and_never_meet() -> None:
    tables = tuple(
        Table(name, (Column("A"),), (), "Rien.")
        for name in ("a/b[c]*?:\\", "A b c", "x" * 40, "x" * 40, "History", "''", "Document")
    )
    document = replace(a_statement(), summary=(), sections=(Section("Partie", tables),))
    assert workbook(document).sheetnames == [
        "Document",
        "a b c",
        "A b c (2)",
        "x" * 31,
        "x" * 27 + " (2)",
        "History (2)",
        "—",
        "Document (2)",
    ]


def test_a_frame_is_typed_and_can_be_summed() -> None:
    frame = xlsx.frame(TABLE, "fr")
    assert list(frame.columns) == ["Date", "Libellé", "Reçu (EUR)", "Divers", "Divers (unité)"]
    assert frame["Reçu (EUR)"].iloc[:2].sum() == Decimal("1234.51")
    assert frame["Date"].iloc[0] == date(2025, 3, 1)


def test_a_csv_file_is_plain() -> None:
    file = csv.render(TABLE, "fr")
    assert not file.startswith(b"\xef\xbb\xbf")
    assert file.endswith(b"\r\n")
    assert lines(file) == [
        ["Date", "Libellé", "Reçu (EUR)", "Divers", "Divers (unité)"],
        ["2025-03-01", "'=1+1", "1234.56", "36.00", "HOUR"],
        ["1805-01-01", "'-12,50", "-0.05", "12", "NOTORIETY"],
        ["", "Total", "1234.51", "", ""],
    ]


PREFIXED = [
    ("=1+1", "'=1+1"),
    ("+33 5 56", "'+33 5 56"),
    ("-1+1", "'-1+1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1+1", "'\t'=1+1"),
    ("\r=1+1", "'\n'=1+1"),
    ("＝1+1", "'＝1+1"),
    ("x;=1+1", "x;'=1+1"),
    ('a","=1+1', 'a","\'=1+1'),
    ("deux\n=1+1", "deux\n'=1+1"),
    ("Saint-Médard", "Saint-Médard"),
    ("a = b", "a = b"),
    ("a@example.org", "a@example.org"),
    ("l’été ; -5 °C", "l’été ; -5 °C"),
    ("", ""),
]


@pytest.mark.parametrize(("typed", "written"), PREFIXED)
def test_text_that_a_sheet_would_compute_has_an_apostrophe_before_it(typed: str, written: str) -> None:
    table = Table(typed, (Column(typed), Column("Pièce", "code"), Column("Montant", "amount", EUR)), (), "Rien.")
    table = replace(table, rows=(Row((typed, typed, typed)),))
    assert lines(csv.render(table, "fr")) == [[written, "Pièce", "Montant (EUR)"], [written] * 3]
    assert lines(csv.render(table, "fr", guarded=False))[1] == [clean(typed)] * 3


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_of_a_hostile_file_starts_a_formula_whatever_the_separator(text: str, separator: str) -> None:
    for name, file in csv.files(hostile_document(text)).items():
        assert name.replace("-", "").removesuffix(".csv").isalnum()
        for row in plain_csv.reader(StringIO(file.decode("utf-8"), newline=""), delimiter=separator):
            cells = [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
            assert [cell for cell in cells if not cell.startswith(("-0.07", "-7"))] == []


def test_files_are_numbered_and_named_for_any_system() -> None:
    assert list(csv.files(a_statement())) == [
        "01-document.csv",
        "02-mouvements-de-la-saison.csv",
        "03-partage-du-retour.csv",
        "04-ou-va-largent.csv",
        "05-litiges.csv",
        "06-explications.csv",
    ]


def test_the_traces_have_a_table_of_their_own() -> None:
    rows = lines(csv.files(a_statement())["06-explications.csv"])
    assert rows[1][:5] == ["", "Retour de la saison", "405.00", "EUR", "1"]
    assert rows[4][:5] == ["Partage du retour", "Ville de Mérignac", "270.00", "EUR", "1"]
    assert rows[7][5] == "Recettes déclarées : 8 240,00 € (trois relevés, pièces R-12, R-15 et R-19)."


def test_a_long_ledger_is_written_whole_and_its_balance_runs() -> None:
    document = long_ledger(5000)
    rows = lines(csv.files(document)["02-grand-livre.csv"])
    balance = Decimal(0)
    for row in rows[1:]:
        balance += Decimal(row[3] or 0) - Decimal(row[4] or 0)
        assert Decimal(row[5]) == balance
    assert len(rows) == 5001
    assert workbook(document)["Grand livre"].max_row == 5001
