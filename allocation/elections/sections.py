"""An election file's text cut into sections of rows, each row with the number of its line. Plain Python."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from allocation.elections.faults import Faults

SECTIONS = ("META", "PROJECTS", "VOTES")
REQUIRED = {"META": ("key", "value"), "PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}
ROWS_LIMIT = {"META": 1_000, "PROJECTS": 10_000, "VOTES": 2_000_000}
FIELD_LINES_LIMIT = 50

# Controls, separators that some programs take for line ends, marks that turn the direction of text so that it
# shows otherwise than it reads, and halves of characters.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of a row, which begins on this line."""

    line: int
    fields: tuple[str, ...]


@dataclass(slots=True)
class Section:
    """A section that begins on this line, with its column names in small letters and its rows."""

    line: int
    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)

    def has(self, *columns: str) -> bool:
        return set(columns) <= set(self.columns)

    def cells(self, row: Row) -> dict[str, str]:
        """The row by column name; a field that the row leaves out is empty."""
        padded = row.fields + ("",) * (len(self.columns) - len(row.fields))
        return dict(zip(self.columns, padded, strict=False))


def _rows(text: str, faults: Faults) -> Iterator[Row]:
    """The rows of the text with the number of their first line; a quoted field may run over several lines.

    A line with a fault is still read as well as it can be, so that one fault does not look like many.
    """
    lines = io.StringIO(text, newline="")
    number = 0
    for line in lines:
        number += 1
        first = number
        if found := _CONTROL.search(line):
            faults.add(first, "", "control_character", character=f"U+{ord(found.group()):04X}")
            line = _CONTROL.sub("", line)
        if '"' not in line:
            yield Row(first, _plain_fields(line))
            continue
        fields = _quoted_fields(line)
        start, record = lines.tell(), line
        while fields is None and number - first < FIELD_LINES_LIMIT and (following := lines.readline()):
            number += 1
            record += following
            fields = _quoted_fields(record)
        if fields is None:
            faults.add(first, "", "quote_open")
            lines.seek(start)
            number, fields = first, _plain_fields(line)
        yield Row(first, fields)


def _plain_fields(line: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in line.split(";"))


def _quoted_fields(record: str) -> tuple[str, ...] | None:
    """The fields of one record, or None when its quotation marks do not close."""
    try:
        (fields,) = csv.reader(io.StringIO(record, newline=""), delimiter=";", strict=True)
    except (csv.Error, ValueError):
        return None
    return tuple(part.strip() for part in fields)


def cut(text: str, faults: Faults) -> dict[str, Section]:
    """Cut the rows into sections, each with its columns; blank lines are passed over."""
    sections: dict[str, Section] = {}
    current: Section | None = None
    name, astray = "", False
    for row in _rows(text, faults):
        if not any(row.fields):
            continue
        first, *others = row.fields
        if first.upper() in SECTIONS and not any(others):
            name = first.upper()
            current = Section(row.line)
            if name in sections:
                faults.add(row.line, "", "section_twice", section=name)
            else:
                sections[name] = current
        elif current is None:
            if not astray:
                faults.add(row.line, "", "before_sections")
            astray = True
        elif not current.columns:
            current.columns = tuple(column.lower() for column in row.fields)
            _check_columns(name, row.line, current.columns, faults)
        elif len(current.rows) >= ROWS_LIMIT[name]:
            faults.add(row.line, "", "too_many_rows", section=name, limit=ROWS_LIMIT[name])
            faults.refuse()
        else:
            if any(row.fields[len(current.columns) :]):
                count, columns = len(row.fields), len(current.columns)
                faults.add(row.line, "", "too_many_fields", count=count, columns=columns)
            current.rows.append(row)
    return sections


def _check_columns(section: str, line: int, columns: Sequence[str], faults: Faults) -> None:
    for name in REQUIRED[section]:
        if name not in columns:
            faults.add(line, name, "column_missing", section=section, name=name)
    for name in sorted({name for name in columns if name and columns.count(name) > 1}):
        faults.add(line, name, "column_twice", name=name)
