"""Documents as HTML: structure, figures, and texts that try to be more than text."""

import itertools
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from fund.statements.render import html
from fund.statements.render.formats import clean
from tests.documents import HOSTILE, a_statement, hostile_document, long_ledger

VOID = {"meta", "br"}


class Outline(HTMLParser):
    """What a browser would find: elements in order, attributes, text; and whether every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def values(self, name: str) -> list[str]:
        return [value for _, attribute, value in self.attributes if attribute == name]


def test_a_fragment_is_semantic_and_obeys_the_strict_policy() -> None:
    outline = Outline(html.fragment(a_statement()))
    count = Counter(outline.elements)
    assert outline.open == []
    assert not {"script", "style", "link", "img", "iframe", "form"} & set(count)
    assert not {name for _, name, _ in outline.attributes if name == "style" or name.startswith("on")}
    assert count["table"] == count["caption"] == 3
    assert count["h1"] == 1
    assert {"article", "section", "time", "details", "svg", "dl"} <= set(count)
    assert all(value in ("col", "row") for value in outline.values("scope"))
    assert outline.values("lang") == ["fr"]


def test_figures_dates_and_traces_are_drawn_for_the_reader() -> None:
    french, english = html.fragment(a_statement("fr")), html.fragment(a_statement("en"))
    assert '<td class="figure">10\u202f000,00</td>' in french
    assert '<td class="figure">10,000.00</td>' in english
    assert '<time datetime="2025-01-15">15/01/2025</time>' in french
    assert "<summary>270,00\xa0€</summary>" in french
    assert '<ol class="steps"><li>Recettes déclarées' in french
    assert "2\u202f220,00\xa0€ (en\xa0nature)" in french
    assert "€2,220.00 (in\xa0kind)" in english
    assert "12\xa0points" in french
    assert '<a href="/membres/1">Ville de Mérignac</a>' in french
    assert "Aucun litige n’est ouvert." in french
    assert '<tr id="od-0033">' in french
    assert '<tr class="strong">' in french
    assert "REL-2025-009" in french


def test_every_wide_table_scrolls_alone_and_by_keyboard() -> None:
    wrappers = re.findall(r'<div class="scroll"[^>]*>', html.fragment(a_statement()))
    assert len(wrappers) == 4
    assert all('tabindex="0" role="region" aria-label="' in wrapper for wrapper in wrappers)


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_headings_start_where_the_page_says_and_skip_no_level(level: int) -> None:
    elements = Outline(html.fragment(a_statement(), level=level)).elements
    ranks = [int(tag[1]) for tag in elements if re.fullmatch("h[1-6]", tag)]
    assert ranks[0] == level
    assert min(ranks) == level
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(ranks))


def test_a_page_stands_alone() -> None:
    page = html.page(a_statement("en"))
    outline = Outline(page)
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert outline.open == []
    assert Counter(outline.elements)["style"] == 1
    assert "<title>Relevé annuel de projet — REL-2025-014</title>" in page
    assert not re.search(r"(src=|@import|url\()", page)
    assert "default-src 'none'" in page
    assert 'href="/' not in page
    assert '<th scope="row" class="text">Ville de Mérignac</th>' in page
    assert html.page(a_statement("en")) == page


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_adds_no_element_and_no_attribute(text: str) -> None:
    plain = Outline(html.page(hostile_document("plain words")))
    outline = Outline(html.page(hostile_document(text)))
    assert outline.open == []
    assert set(outline.elements) <= set(plain.elements) | {"br"}
    names = {(tag, name) for tag, name, _ in plain.attributes}
    assert {(tag, name) for tag, name, _ in outline.attributes} <= names | {("code", "class"), ("tr", "class")}
    assert all(":" not in value or value == "https://x.example" for value in outline.values("href"))
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", value) for value in outline.values("id"))
    # Line breaks become elements, so the text is looked for between them.
    whole = "".join(outline.text)
    assert all(part in whole for part in clean(text).split("\n"))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_page_can_be_written_to_a_file(text: str) -> None:
    assert html.page(hostile_document(text)).encode("utf-8")


def test_a_long_ledger_is_drawn_whole() -> None:
    page = html.page(long_ledger(5000))
    assert page.count("<tr>") == 5001
    assert "OD-04999" in page
