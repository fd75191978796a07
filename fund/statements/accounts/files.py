"""A statement of the year as files: HTML, PDF, a workbook, and one flat CSV file, all of the same document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from fund.statements.document import Cell, Column, Document, Row, Table, blocks_of
from fund.statements.errors import PaperTooLong
from fund.statements.render import csv, html, pdf, xlsx
from fund.statements.render.formats import word

MOST_LINES_ON_PAPER: Final = 25_000
"""Lines of a statement in a PDF, about seven hundred pages: laying out more takes minutes, and nobody reads it."""


def on_paper(document: Document) -> bytes:
    """The document as a PDF; `PaperTooLong` for a ledger of more lines than paper takes."""
    lines = sum(len(block.rows) for block in blocks_of(document) if isinstance(block, Table))
    if lines > MOST_LINES_ON_PAPER:
        raise PaperTooLong(title=document.title, lines=lines, most=MOST_LINES_ON_PAPER)
    return pdf.render(document)


RENDERERS: Final[Mapping[str, Callable[[Document], bytes]]] = {
    "html": lambda document: html.page(document).encode(),
    "xlsx": xlsx.render,
    "csv": lambda document: csv.render(flat(document), document.language),
    "pdf": on_paper,
}
"""By the ending of the file; the same document gives the same bytes. The PDF comes last, for it alone may refuse."""


def files_of(document: Document) -> Iterator[tuple[str, bytes]]:
    """Every file of a statement, with its ending."""
    for ending, render in RENDERERS.items():
        yield ending, render(document)


def flat(document: Document) -> Table:
    """All tables of a document as one: a first column names the table, a second the line that addresses name.

    Columns of the same label, kind and unit are one column; a cell that a table does not have is empty.
    """
    tables = [block for block in blocks_of(document) if isinstance(block, Table)]
    columns: list[Column] = []
    for table in tables:
        columns += [column for column in table.columns if column not in columns]
    language = document.language
    anchored = any(row.anchor for table in tables for row in table.rows)
    first = (Column(word("table", language)), *((Column(word("line", language), "code"),) if anchored else ()))
    rows = []
    for table in tables:
        lines = [*table.rows, *([Row(table.total, strong=True)] if table.total else [])]
        places = [columns.index(column) for column in table.columns]
        for row in lines:
            cells: list[Cell] = [None] * len(columns)
            for place, cell in zip(places, row.cells, strict=True):
                cells[place] = cell
            rows.append(Row((table.caption, *((row.anchor,) if anchored else ()), *cells), strong=row.strong))
    return Table(document.title, (*first, *columns), tuple(rows), "")
