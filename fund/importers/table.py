"""A CSV file as rows by column name, each with its line: one line is one row, so a fault never hides the next.

Plain Python. Columns may stand in any order; their names are exact. Values hold no line break, which is why
lines can be read one by one: a quotation mark left open spoils its own line and no other.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from fund.importers.cells import Row
from fund.importers.faults import Fault, fault_at
from fund.importers.files import LINE_LIMIT, lines_of

_OTHER_SEPARATORS = {";": "“;”", "\t": "TAB", "|": "“|”"}


def rows_of(
    name: str, text: str, columns: Sequence[str], faults: list[Fault], *, optional: Sequence[str] = ()
) -> Iterator[Row]:
    """The rows below the header that have one value per column; every other line is a fault.

    The header has all of `columns`, and any of `optional`. An empty text stands for a file whose fault is noted
    already.
    """
    if not text:
        return
    lines = lines_of(name, text, faults)
    separator = _separator(name, lines[0], faults)
    header = _values(name, 1, lines[0], separator, faults)
    if header is None:
        return
    places = _places(name, header, columns, optional, faults)
    for number, line in enumerate(lines[1:], 2):
        values = _values(name, number, line, separator, faults)
        if values is None:
            continue
        if not any(values):
            faults.append(fault_at(name, number, "line_blank"))
        elif len(values) != len(header):
            faults.append(fault_at(name, number, "values_count", found=len(values), expected=len(header)))
        else:
            yield Row(name, number, values, places, faults)


def _separator(name: str, header: str, faults: list[Fault]) -> str:
    for separator, found in _OTHER_SEPARATORS.items():
        if separator in header and "," not in header:
            faults.append(fault_at(name, 1, "separator_not_comma", found=found))
            return separator
    return ","


def _values(name: str, number: int, line: str, separator: str, faults: list[Fault]) -> list[str] | None:
    if len(line) > LINE_LIMIT:
        faults.append(fault_at(name, number, "line_too_long", limit=LINE_LIMIT))
        return None
    if '"' not in line:
        return line.split(separator)
    try:
        return next(csv.reader([line], delimiter=separator, strict=True))
    except csv.Error:
        faults.append(fault_at(name, number, "quote_open"))
        return None


def _places(
    name: str, header: Sequence[str], columns: Sequence[str], optional: Sequence[str], faults: list[Fault]
) -> dict[str, int]:
    """Where each known column stands on a line, from 0."""
    places: dict[str, int] = {}
    named = (*columns, *optional)
    known = ", ".join(named)
    for place, column in enumerate(header):
        if column in places:
            faults.append(fault_at(name, 1, "column_twice", column, place + 1, text=column))
        elif column in named:
            places[column] = place
        else:
            near = "".join(get_close_matches(column.strip().lower()[:80], named, n=1))
            faults.append(fault_at(name, 1, "column_unknown", column, place + 1, text=column, near=near, known=known))
    for column in columns:
        if column not in places:
            faults.append(fault_at(name, 1, "column_missing", column, text=column))
    return places
