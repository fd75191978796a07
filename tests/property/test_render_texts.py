"""Whatever people type, every renderer draws it, and none lets it do anything."""

import csv as plain_csv
from html.parser import HTMLParser
from io import BytesIO, StringIO

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fund.statements.render import csv, html, pdf, xlsx
from fund.statements.render.formats import amount_text, clean
from fund.statements.render.pdf_type import PLAIN, Pen, width_of, wrapped
from ledger.money import MINOR_LIMIT, Amount, Unit
from tests.documents import hostile_document

# Letters that mean something to one of the renderers come often; all others may come.
TEXTS = st.text(st.one_of(st.sampled_from("=+-@;,\"'\t\r\n<>&{}%\x00\u202e\u202f /"), st.characters()), max_size=80)
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Elements(HTMLParser):
    """The names of the elements a browser would find."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        assert not any(name.startswith("on") or name == "style" for name, _ in attrs)


ELEMENTS = Elements(html.page(hostile_document("plain words"))).names | {"br"}


@SLOW
@given(TEXTS)
def test_no_text_adds_an_element_to_a_page(text: str) -> None:
    page = html.page(hostile_document(text))
    assert Elements(page).names <= ELEMENTS
    assert page.encode("utf-8")


@SLOW
@given(TEXTS)
def test_every_text_is_drawn_in_a_pdf_the_same_way_twice(text: str) -> None:
    document = hostile_document(text)
    assert pdf.render(document) == pdf.render(document)


@SLOW
@given(TEXTS, st.sampled_from(",;\t"))
def test_no_text_starts_a_formula_in_a_csv_file(text: str, separator: str) -> None:
    for file in csv.files(hostile_document(text)).values():
        for row in plain_csv.reader(StringIO(file.decode("utf-8"), newline=""), delimiter=separator):
            starts = {cell[:1] for cell in row if not cell.startswith("-0.07")}
            assert not starts & set("=+-@\t\r\n")


@SLOW
@given(TEXTS)
def test_no_text_is_a_formula_in_a_workbook(text: str) -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx.render(hostile_document(text))))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


@given(st.text(max_size=300), st.integers(min_value=20, max_value=400))
def test_lines_fit_their_column_and_keep_every_letter(text: str, width: int) -> None:
    drawable = Pen().drawable(text)
    lines = wrapped(drawable, PLAIN, 9, width)
    assert all(width_of(line, PLAIN, 9) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == drawable.replace(" ", "").replace("\n", "")


@given(st.integers(min_value=-MINOR_LIMIT, max_value=MINOR_LIMIT), st.integers(min_value=0, max_value=9))
def test_an_amount_is_written_with_all_its_digits_in_both_languages(minor: int, scale: int) -> None:
    amount = Amount(minor, Unit("XTS", scale, "time"))
    english = amount_text(amount, "en").removesuffix("\xa0h").replace(",", "")
    french = amount_text(amount, "fr").removesuffix("\xa0h").replace("\u202f", "").replace(",", ".")
    assert english == french == amount.major


@given(st.text())
def test_clean_text_can_be_written_and_is_clean(text: str) -> None:
    assert clean(text).encode("utf-8").decode("utf-8") == clean(text)
    assert clean(clean(text)) == clean(text)
