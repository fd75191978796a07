"""What a document holds as tables, for the renderers that write tables alone: workbooks and CSV files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from fund.statements.document import (
    Cell,
    Column,
    Document,
    Explained,
    Explanation,
    Fact,
    Facts,
    Flow,
    KeyFigures,
    Language,
    Row,
    Span,
    Table,
    blocks_of,
    figure_of,
)
from fund.statements.render.flow import table_of
from fund.statements.render.formats import clean, span_text, word
from ledger.money import Amount

Value = str | Amount | int | date | Fraction | None
"""What a cell of a workbook or a CSV file is made of."""


def identity(document: Document) -> list[Fact]:
    """The facts that say which document this is, in the order in which every renderer shows them."""
    language = document.language
    facts: list[tuple[str, Cell]] = [("number", document.number)]
    if isinstance(document.covers, Span):
        facts.append(("covers_span", span_text(document.covers, language)))
    elif document.covers is not None:
        facts.append(("covers_day", document.covers))
    facts += [
        ("drawn_up_to" if document.is_drawn_up_to else "issued_on", document.issued_on),
        ("correction_of", document.correction_of),
        ("charter", document.charter),
        ("chain_head", document.chain_head),
    ]
    return [*(Fact(word(key, language), value) for key, value in facts if value != ""), *document.issued]


def sheets(document: Document) -> list[Table]:
    """All the tables of a document, each with a name of its own.

    The first says which document it is and holds its facts and key figures; the last, when figures have
    traces, holds their sentences.
    """
    language = document.language
    tables = [_facts_table(document)]
    for block in blocks_of(document):
        if isinstance(block, Table):
            tables.append(block)
        elif isinstance(block, Flow):
            tables.append(table_of(block, language))
    traces = _traces_table(document, tables[1:])
    return [*tables, traces] if traces.rows else tables


def flattened(table: Table, language: Language) -> tuple[list[Column], list[list[Value]]]:
    """A table's columns and lines (its total last) as bare values, text clean.

    A column of amounts that may differ in unit is followed by a column of their units.
    """
    columns: list[Column] = []
    for column in table.columns:
        if column.unit is not None:
            columns.append(Column(f"{clean(column.label)} ({column.unit})", column.kind, column.unit))
            continue
        columns.append(Column(clean(column.label), column.kind))
        if column.kind == "amount":
            columns.append(Column(f"{clean(column.label)} ({word('unit', language)})", "code"))
    lines: list[list[Value]] = []
    for cells in [*(row.cells for row in table.rows), *([table.total] if table.total else [])]:
        line: list[Value] = []
        for column, cell in zip(table.columns, cells, strict=True):
            value = figure_of(cell)
            line.append(clean(value) if isinstance(value, str) else value)
            if column.kind == "amount" and column.unit is None:
                line.append(value.unit.code if isinstance(value, Amount) else None)
        lines.append(line)
    return columns, lines


def _facts_table(document: Document) -> Table:
    language = document.language
    heading = [Fact(word("title", language), document.title), Fact(word("fund", language), document.fund)]
    if document.subject:
        heading.append(Fact(word("subject", language), document.subject))
    facts = [*heading, *identity(document)]
    for block in blocks_of(document):
        if isinstance(block, Facts | KeyFigures):
            facts += block.facts
        elif isinstance(block, Explanation):
            facts.append(Fact(block.label, block.explained))
        elif isinstance(block, Table) and block.note:
            facts.append(Fact(block.caption, block.note))
    facts += [Fact(word("notes", language), note) for note in document.notes]
    name = word("document", language)
    columns = (Column(word("label", language)), Column(word("value", language), "amount"))
    return Table(name, columns, tuple(Row((fact.label, fact.value)) for fact in facts), "—")


def _explained(document: Document, tables: list[Table]) -> Iterator[tuple[str, str, Explained]]:
    """Every explained figure with the table it stands in and the label of its line."""
    for block in blocks_of(document):
        if isinstance(block, Explanation):
            yield "", block.label, block.explained
        elif isinstance(block, Facts | KeyFigures):
            yield from (("", fact.label, fact.value) for fact in block.facts if isinstance(fact.value, Explained))
    for table in tables:
        lines = [row.cells for row in table.rows] + ([table.total] if table.total else [])
        for number, cells in enumerate(lines, 1):
            first = figure_of(cells[0])
            label = first if isinstance(first, str) else str(number)
            yield from ((table.caption, label, cell) for cell in cells if isinstance(cell, Explained))


def _traces_table(document: Document, tables: list[Table]) -> Table:
    language: Language = document.language
    columns = (
        Column(word("table", language)),
        Column(word("line", language)),
        Column(word("amount", language), "amount"),
        Column(word("step", language), "number"),
        Column(word("sentence", language)),
    )
    rows = tuple(
        Row((caption, label, explained.figure, number, step))
        for caption, label, explained in _explained(document, tables)
        for number, step in enumerate(explained.steps, 1)
    )
    return Table(word("explanations", language), columns, rows, "—")
