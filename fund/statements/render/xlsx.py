"""The tables of a document as a workbook: one sheet each, figures as numbers, text as text, no formula ever.

A sheet's program keeps fifteen significant digits: a longer figure is written as text, so that no digit
is lost. The same document gives the same file with the same versions of pandas and openpyxl.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from fund.statements.document import Column, Document, Language, Table
from fund.statements.render.formats import clean
from fund.statements.render.tables import Value, flattened, sheets
from ledger.money import Amount, rounded

if TYPE_CHECKING:
    from pandas import DataFrame

_EXACT_DIGITS = 10**15
_LONGEST_TEXT = 32_767
_MOST_ROWS = 1_000_000
_WIDEST = 60
_FIRST_YEAR = 1900
_ZIP_MOMENT = (1980, 1, 1, 0, 0, 0)


def frame(table: Table, language: Language) -> DataFrame:
    """One table as a pandas frame of objects: `Decimal`, `date`, `int`, `str` or `None`; its total comes last."""
    return _frame(*flattened(table, language))


def render(document: Document) -> bytes:
    """The document as an XLSX file."""
    import pandas

    out = BytesIO()
    taken: set[str] = set()
    with pandas.ExcelWriter(out, engine="openpyxl") as writer:
        for table in sheets(document):
            columns, lines = flattened(table, document.language)
            strong = [row.strong for row in table.rows] + [True]
            levels = [row.level for row in table.rows] + [0]
            for start in range(0, max(len(lines), 1), _MOST_ROWS):
                name = _sheet_name(table.name or table.caption, taken)
                part = lines[start : start + _MOST_ROWS]
                _frame(columns, part).to_excel(writer, sheet_name=name, index=False)
                _dress(writer.sheets[name], columns, part, strong[start:])
                _stand_in(writer.sheets[name], levels[start : start + len(part)])
        properties = writer.book.properties
        properties.title, properties.creator = clean(document.title)[:255], clean(document.fund)[:255]
    return _steady(out.getvalue(), document.issued_on)


def _frame(columns: list[Column], lines: list[list[Value]]) -> DataFrame:
    # Imported here: it costs about a second, which only workbooks pay.
    import pandas

    objects = [[_object(value) for value in line] for line in lines]
    return pandas.DataFrame(objects, columns=[column.label for column in columns], dtype=object)


def _object(value: Value) -> Any:
    """What openpyxl is given for a value; text where the sheet's program could not hold the figure."""
    if isinstance(value, Amount):
        return Decimal(value.major) if abs(value.minor) < _EXACT_DIGITS else value.major
    if isinstance(value, Fraction):
        return Decimal(rounded(value * 1_000_000)).scaleb(-6)
    if isinstance(value, date):
        return value if value.year > _FIRST_YEAR else value.isoformat()[:10]
    if isinstance(value, int):
        return value if abs(value) < _EXACT_DIGITS else str(value)
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        return value[: _LONGEST_TEXT - 1] + "…"
    return value


def _format_of(value: Value) -> str:
    if isinstance(value, date):
        return "yyyy-mm-dd"
    if isinstance(value, Fraction):
        return "0.00%"
    scale = value.unit.scale if isinstance(value, Amount) else 0
    return "#,##0" + ("." + "0" * scale if scale else "")


def _dress(sheet: Any, columns: list[Column], lines: list[list[Value]], strong: list[bool]) -> None:
    """Give every cell its type and format: text that looks like a formula is text."""
    from openpyxl.styles import Alignment, Font

    bold, widths = Font(bold=True), [len(column.label) + 3 for column in columns]
    for place, (heading, column) in enumerate(zip(sheet[1], columns, strict=True)):
        heading.data_type = "s"
        heading.alignment = Alignment(horizontal="right" if column.is_figure else "left", wrap_text=True)
        widths[place] = min(widths[place], _WIDEST)
    for cells, values, is_strong in zip(sheet.iter_rows(min_row=2), lines, strong, strict=False):
        for place, (cell, value) in enumerate(zip(cells, values, strict=True)):
            if cell.value == "":
                cell.value = None
            elif isinstance(cell.value, str):
                cell.data_type = "s"
            elif value is not None:
                cell.number_format = _format_of(value)
            widths[place] = min(max(widths[place], len(str(cell.value or "")) + 3), _WIDEST)
            if is_strong:
                cell.font = bold
    for heading, width in zip(sheet[1], widths, strict=True):
        sheet.column_dimensions[heading.column_letter].width = width
    sheet.freeze_panes = "A2"


def _stand_in(sheet: Any, levels: list[int]) -> None:
    """Move the first cell of a line in by its level."""
    from openpyxl.styles import Alignment

    for number, level in enumerate(levels, 2):
        if level:
            sheet.cell(row=number, column=1).alignment = Alignment(indent=level)


def _sheet_name(text: str, taken: set[str]) -> str:
    """A name that a workbook takes: at most 31 characters, none of `[]:*?/\\`, no other sheet's."""
    plain = re.sub(r"[\[\]:*?/\\\s\ufffd]+", " ", clean(text)).strip(" '")[:31].strip(" '") or "—"
    name, number = plain, 1
    while name.lower() in taken or name.lower() == "history":
        number += 1
        suffix = f" ({number})"
        name = plain[: 31 - len(suffix)] + suffix
    taken.add(name.lower())
    return name


def _steady(file: bytes, on: date) -> bytes:
    """The same workbook without the moment of its making: its date is the document's."""
    moment = f"{on:%Y-%m-%d}T00:00:00Z".encode()
    out = BytesIO()
    with ZipFile(BytesIO(file)) as made, ZipFile(out, "w", ZIP_DEFLATED) as steady:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", moment, content)
            steady.writestr(ZipInfo(name, _ZIP_MOMENT), content, ZIP_DEFLATED)
    return out.getvalue()
