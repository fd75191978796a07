"""A document as text for a terminal: its head, then its tables in aligned columns, figures to the right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from fund.statements.document import (
    Cell,
    Column,
    Document,
    Explanation,
    Facts,
    Items,
    KeyFigures,
    Language,
    Paragraph,
    Section,
    Table,
    blocks_of,
)
from fund.statements.render.formats import cell_text, clean, heading_text, labelled, word
from fund.statements.render.tables import identity

_WIDEST = 110
_STEP = 2


def render(document: Document) -> str:
    """The whole document as lines, without markup and without control characters."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    language = document.language
    title = _one_line(document.title)
    yield from (f"{_one_line(document.fund)} — {title}", "═" * _width(f"{_one_line(document.fund)} — {title}"))
    for fact in identity(document):
        yield _one_line(labelled(fact.label, cell_text(fact.value, language), language))
    heading = title
    for block in blocks_of(document):
        match block:
            case Section():
                heading = _one_line(block.title)
                yield from ("", heading)
            case Paragraph():
                yield from ("", *clean(block.text).split("\n"))
            case Items():
                yield ""
                yield from (f"- {_one_line(entry)}" for entry in block.entries)
            case Facts() | KeyFigures():
                yield ""
                for fact in block.facts:
                    yield _one_line(labelled(fact.label, cell_text(fact.value, language), language))
            case Explanation():
                yield _one_line(labelled(block.label, cell_text(block.explained, language), language))
            case Table():
                yield from _table(block, language, under=heading)
    if document.notes:
        yield from ("", word("notes", language))
        yield from (f"- {_one_line(note)}" for note in document.notes)


def _table(table: Table, language: Language, *, under: str) -> Iterator[str]:
    """The caption, unless the heading just above says the same, then the aligned lines."""
    yield ""
    caption = _one_line(table.caption)
    if not table.rows and not table.total:
        yield f"{caption} – {_one_line(table.empty)}"
        return
    if caption != under:
        yield caption
    heads = [_cut(_one_line(heading_text(column, language))) for column in table.columns]
    body = [_texts(row.cells, table.columns, language, row.level) for row in table.rows]
    total = _texts(table.total, table.columns, language, 0) if table.total else None
    lines = [*body, *([total] if total else [])]
    widths = [max(map(_width, column)) for column in zip(heads, *lines, strict=True)]
    figures = [column.is_figure for column in table.columns]
    rule = "  ".join("─" * width for width in widths)
    yield from (_aligned(heads, widths, figures), rule)
    yield from (_aligned(each, widths, figures) for each in body)
    if total:
        yield from (rule, _aligned(total, widths, figures))
    if table.note:
        yield _one_line(table.note)


def _texts(cells: Sequence[Cell], columns: Sequence[Column], language: Language, level: int) -> list[str]:
    texts = [
        _cut(_one_line(cell_text(cell, language, column=column))) for cell, column in zip(cells, columns, strict=True)
    ]
    return [" " * (_STEP * level) + texts[0], *texts[1:]]


def _aligned(cells: Sequence[str], widths: Sequence[int], figures: Sequence[bool]) -> str:
    shown = []
    for text, width, is_figure in zip(cells, widths, figures, strict=True):
        space = " " * (width - _width(text))
        shown.append(space + text if is_figure else text + space)
    return "  ".join(shown).rstrip()


def _one_line(text: str) -> str:
    return " ".join(clean(text).split("\n")).replace("\t", " ")


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1].rstrip()}…"


def _width(text: str) -> int:
    """The columns that a terminal takes: two for wide letters, none for marks on others."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
