"""Documents as PDF: the same bytes, the figures in the text, and names that no one expected."""

import re
import time
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from fund.statements.document import Block, Column, Document, Explained, Fact, Facts, KeyFigures, Row, Section, Table
from fund.statements.render import pdf
from fund.statements.render.pdf_type import PLAIN, Pen, shortened, width_of, wrapped
from ledger.money import Amount
from tests.documents import HOSTILE, a_statement, hostile_document, long_ledger


def holding(*blocks: Block) -> Document:
    """The sample statement with these blocks alone."""
    return replace(a_statement(), sections=(Section("Partie", blocks),), summary=())


def read(file: bytes) -> PdfReader:
    return PdfReader(BytesIO(file))


def words(file: bytes) -> str:
    """All the text of a PDF, whatever spaces are in it made plain."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in read(file).pages))


def test_the_same_document_gives_the_same_bytes() -> None:
    first = pdf.render(a_statement())
    pdf.render(a_statement("en"))
    assert pdf.render(a_statement()) == first
    assert first.startswith(b"%PDF-")


def test_the_text_of_the_file_has_the_figures_of_the_document() -> None:
    french, english = words(pdf.render(a_statement("fr"))), words(pdf.render(a_statement("en")))
    for figure in ("20 000,00 €", "10 000,00", "2 220,00 € (en nature)", "36,00", "12 points", "66,67 %", "15/01/2025"):
        assert figure in french
    for figure in ("€20,000.00", "10,000.00", "€2,220.00 (in kind)", "36.00", "12 points", "66.67%", "15 Jan 2025"):
        assert figure in english
    assert "du 1er janvier 2025 au 31 décembre 2025" in french
    assert "1 January 2025 to 31 December 2025" in english
    assert "Part du fonds : 1/8 de 3 240,00 € = 405,00 €, sans arrondi." in french
    assert "Aucun litige n’est ouvert." in french
    assert "◊" not in french


def test_every_page_names_the_document_its_place_and_the_books() -> None:
    reader = read(pdf.render(a_statement()))
    total = len(reader.pages)
    assert total > 1
    for number, page in enumerate(reader.pages, 1):
        text = re.sub(r"\s+", " ", page.extract_text())
        assert f"Page {number} sur {total}" in text
        assert "REL-2025-014" in text
        assert "9f2c61b07a4de8853c10f6d4b92a7e55d01c3fb88e6a4720c5d9f1b36e8a2c47" in text


def test_the_file_says_its_title_its_language_and_its_sections() -> None:
    reader = read(pdf.render(a_statement()))
    assert reader.metadata is not None
    assert reader.metadata.title == "Relevé annuel de projet REL-2025-014"
    assert reader.metadata.author == "Fonds de création de la Gironde"
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert [entry["/Title"] for entry in reader.outline if not isinstance(entry, list)] == [
        "Ce que le projet a reçu",
        "Ce qui revient au fonds",
        "La place du projet dans le fonds",
        "Litiges",
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_drawn_as_text(text: str) -> None:
    file = pdf.render(hostile_document(text))
    reader = read(file)
    addresses = {
        annotation.get_object()["/A"]["/URI"] for page in reader.pages for annotation in page.get("/Annots", [])
    }
    assert addresses <= {"https://x.example"}
    assert b"/JavaScript" not in file
    assert b"/Launch" not in file
    assert "-0,07 €" in words(file)


def test_markup_reaches_the_reader_letter_for_letter() -> None:
    for text in ('<img src="/etc/passwd">', "<b>oops", "&lt;b&gt; &amp;", "{{ 7*7 }} {% now %}"):
        assert text in words(pdf.render(hostile_document(text)))


@pytest.mark.parametrize("text", ["N" * 6_000, "mot " * 1_500, "\n" * 150])
def test_an_endless_text_flows_over_as_many_pages_as_it_needs(text: str) -> None:
    assert len(read(pdf.render(hostile_document(text))).pages) >= 2


def test_what_the_faces_lack_is_replaced_and_said() -> None:
    pen = Pen()
    assert pen.drawable("Cœur à l’été « 1\u202f234,56\xa0€ » – Łódź…") == "Cœur à l’été « 1\xa0234,56\xa0€ » – Łódz…"
    assert pen.lost
    assert Pen().drawable("Київ") == "◊◊◊◊"
    kept = Pen()
    assert kept.drawable("e\u0301te\u0301 → 1\u202f000") == "été › 1\xa0000"
    assert not kept.lost
    assert "La version HTML les montre." in words(pdf.render(hostile_document("北京")))
    assert "La version HTML les montre." not in words(pdf.render(hostile_document("Bordeaux")))


def test_a_long_table_repeats_its_headings_and_loses_no_line() -> None:
    before = time.process_time()
    reader = read(pdf.render(long_ledger(5000)))
    assert time.process_time() - before < 30
    pages = [page.extract_text() for page in reader.pages]
    assert all("Libellé" in page for page in pages[1:])
    found = re.findall(r"OD-\d{5}", " ".join(pages))
    assert found == [f"OD-{number:05d}" for number in range(5000)]


@pytest.mark.parametrize("rows", range(20, 45))
def test_a_total_never_stands_alone_on_a_page(rows: int) -> None:
    lines = tuple(Row((f"ligne {number}", Amount(number))) for number in range(rows))
    table = Table("Livre", (Column("Libellé"), Column("Montant", "amount")), lines, "Rien.", total=("Somme", Amount(0)))
    file = pdf.render(holding(table))
    last = next(page.extract_text() for page in reversed(read(file).pages) if "Somme" in page.extract_text())
    assert f"ligne {rows - 1}" in last


def test_many_columns_of_figures_stay_on_the_page() -> None:
    columns = (Column("Membre"), *(Column(f"Saison {year}", "amount") for year in range(2014, 2026)))
    table = Table("Saisons", columns, (Row(("Ville", *(Amount(123_456_789),) * 12)),), "Rien.")
    assert words(pdf.render(holding(table))).count("567,89") == 12


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7])
def test_key_figures_are_all_drawn_however_many_they_are(count: int) -> None:
    figures = KeyFigures(tuple(Fact(f"Chiffre {place}", Amount(123_456_789_00 + place)) for place in range(count)))
    text = words(pdf.render(holding(figures)))
    assert all(f"123 456 789,0{place} €" in text for place in range(count))


def test_too_long_for_key_figures_becomes_facts() -> None:
    explained = Explained(Amount(4_200), ("Quarante-deux euros.",))
    text = words(pdf.render(holding(KeyFigures((Fact("Solde", explained, "note " * 40), Fact("Nombre", 3))))))
    assert "42,00 €" in text
    assert "Quarante-deux euros." in text
    assert text.count("note ") >= 39
    assert "vide" in words(pdf.render(holding(Facts(()), Table("vide", (Column("A"),), (), "Rien."))))


def test_lines_are_broken_inside_their_column() -> None:
    lines = wrapped("un mot et " + "x" * 200 + "\nfin", PLAIN, 9, 80)
    assert all(width_of(line, PLAIN, 9) <= 80 for line in lines)
    assert "".join(lines).replace(" ", "") == "unmotet" + "x" * 200 + "fin"
    assert wrapped("", PLAIN, 9, 80) == [""]
    assert shortened("court", PLAIN, 9, 80) == "court"
    assert shortened("x" * 5_000, PLAIN, 9, 80).endswith("…")
    assert width_of(shortened("x" * 5_000, PLAIN, 9, 80), PLAIN, 9) <= 80
