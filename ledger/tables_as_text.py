"""A table of the books as JSON, as CSV, or as aligned columns for people. Plain Python; the same rows, the same bytes.

A row is a mapping of stable keys. An amount under the key `debit` becomes two facts: `debit`, a text in major units
(`"-12.50"`), and `debit_minor`, the whole number of the unit's smallest part; `unit` says of what. Days are
`2026-01-31`, what is not there is null in JSON and empty in CSV.

CSV is RFC 4180 with CR LF and a line of keys. A sheet runs text that looks like a formula, so text that begins with
`=`, `+`, `-`, `@`, a tab or a carriage return gets a `'` before it; figures are never touched.
"""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from ledger.money import Amount

Cell = str | int | bool | date | Amount | None
Row = Mapping[str, Cell]

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SEPARATORS = {"fr": ("\N{NARROW NO-BREAK SPACE}", ","), "en": (",", ".")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """An answer: a sentence, facts, rows and totals for programs; headings and cells for people."""

    sentence: str
    facts: Mapping[str, Cell]
    rows: Sequence[Row]
    totals: Sequence[Row]
    headings: Sequence[str]
    shown: Iterable[Sequence[Cell]]
    shown_totals: Iterable[Sequence[Cell]]
    more: str = ""


def as_json(table: Table) -> str:
    """One object: the facts, then `rows` and `totals`."""
    answer: dict[str, object] = dict(_spread(table.facts))
    answer["rows"] = [dict(_spread(row)) for row in table.rows]
    answer["totals"] = [dict(_spread(row)) for row in table.totals]
    return json.dumps(answer, indent=1, ensure_ascii=False)


def _spread(row: Row) -> Iterator[tuple[str, object]]:
    for key, value in row.items():
        if isinstance(value, Amount):
            yield key, value.major
            yield f"{key}_minor", value.minor
        else:
            yield key, value.isoformat() if isinstance(value, date) else value


def as_csv(keys: Sequence[str], rows: Iterable[Row], *, amounts: frozenset[str]) -> Iterator[str]:
    """The lines with their ends, one at a time; `amounts` are the keys that become two columns."""
    yield _csv_line([name for key in keys for name in ((key, f"{key}_minor") if key in amounts else (key,))])
    for row in rows:
        yield _csv_line([text for key in keys for text in _csv_cells(row[key])])


def _csv_cells(value: Cell) -> tuple[str, ...]:
    if isinstance(value, Amount):
        return value.major, str(value.minor)
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, str):
        return (f"'{value}" if value.startswith(_STARTS_FORMULA) else value,)
    if isinstance(value, date):
        return (value.isoformat(),)
    return ("" if value is None else str(value),)


def _csv_line(cells: Iterable[str]) -> str:
    out = StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def for_people(table: Table, language: str) -> Iterator[str]:
    """The sentence, then columns under their headings, figures to the right, totals below a rule."""
    yield table.sentence
    body = [[_shown(cell, language) for cell in row] for row in table.shown]
    totals = [[_shown(cell, language) for cell in row] for row in table.shown_totals]
    if body:
        figures = [place for place in range(len(table.headings)) if any(right for _, right in _column(body, place))]
        lines = [[text for text, _ in row] for row in (*body, *totals)]
        widths = [max(map(_width, column)) for column in zip(table.headings, *lines, strict=True)]
        rule = "  ".join("─" * width for width in widths)
        yield ""
        yield _aligned(table.headings, widths, figures)
        yield rule
        for row in lines[: len(body)]:
            yield _aligned(row, widths, figures)
        if totals:
            yield rule
            for row in lines[len(body) :]:
                yield _aligned(row, widths, figures)
    if table.more:
        yield ""
        yield table.more


def _column(body: Sequence[Sequence[tuple[str, bool]]], place: int) -> Iterator[tuple[str, bool]]:
    return (row[place] for row in body)


def _shown(cell: Cell, language: str) -> tuple[str, bool]:
    """What stands in the column, and whether it is a figure."""
    if isinstance(cell, Amount):
        return figure(cell, language), True
    if isinstance(cell, date):
        return cell.isoformat(), False
    return ("" if cell is None else str(cell)), False


def figure(amount: Amount, language: str) -> str:
    """The amount in major units as the language writes figures, without its unit: `1 234,50`, `1,234.50`."""
    thousands, point = _SEPARATORS[language]
    whole, _, part = abs(amount).major.partition(".")
    start = len(whole) % 3
    groups = [whole[:start], *(whole[place : place + 3] for place in range(start, len(whole), 3))]
    text = thousands.join(filter(None, groups)) + (point + part if part else "")
    return f"-{text}" if amount.minor < 0 else text


def _aligned(row: Sequence[str], widths: Sequence[int], figures: Sequence[int]) -> str:
    cells = []
    for place, (text, width) in enumerate(zip(row, widths, strict=True)):
        space = " " * (width - _width(text))
        cells.append(space + text if place in figures else text + space)
    return "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """The columns that a terminal takes for the text: two for wide letters, none for marks on others."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cut(text: str, width: int) -> str:
    """The text, shortened to the width with an ellipsis where it is longer."""
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"
