"""A statement of the year as files: HTML, PDF, a workbook, and one flat CSV file, all of the same document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from fund.statements.document import Cell, Column, Document, Row, Table, blocks_of
from fund.statements.render import csv, html, pdf, xlsx
from fund.statements.render.formats import word

RENDERERS: Final[Mapping[str, Callable[[Document], bytes]]] = {
    "html": lambda document: html.page(document).encode(),
    "pdf": pdf.render,
    "xlsx": xlsx.render,
    "csv": lambda document: csv.render(flat(document), document.language),
}
"""By the ending of the file; the same document gives the same bytes."""


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
