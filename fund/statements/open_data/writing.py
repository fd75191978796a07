"""Rows as CSV and JSON, a piece at a time: the same rows give the same bytes, and a million take no more room.

CSV has commas, CR LF and UTF-8 without a byte-order mark. Numbers of JSON are the decimals of the amount, exact.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from fund.statements.render.csv import guarded_text
from fund.statements.render.formats import clean
from ledger.money import Amount

Cell = str | int | date | Amount | None
PIECE = 200
"""Rows that are written at once."""


@dataclass(frozen=True, slots=True)
class Number:
    """Digits that JSON writes as they are: `1234.50`."""

    digits: str


def csv_pieces(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, guarded: Sequence[bool]) -> Iterator[bytes]:
    """The file in pieces; `guarded` says of each column whether its text is kept from being run as a formula."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for number, row in enumerate(rows, 1):
        writer.writerow([_csv_cell(cell, guard) for cell, guard in zip(row, guarded, strict=True)])
        if number % PIECE == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def json_pieces(head: Mapping[str, object], name: str, items: Iterable[object]) -> Iterator[bytes]:
    """An object with the members of `head`, then `name` with the items in an array, one a line."""
    opening = json_text(dict(head))[:-1]
    yield f"{opening}{', ' if head else ''}{json.dumps(name)}: [".encode()
    separator = "\n"
    for item in items:
        yield f"{separator}{json_text(item)}".encode()
        separator = ",\n"
    yield b"\n]}\n"


def json_text(value: object) -> str:
    """A value as JSON: texts cleaned of what no output can hold, amounts as exact decimals, days as texts."""
    if isinstance(value, Number):
        return value.digits
    if isinstance(value, Amount):
        return value.major
    if isinstance(value, str):
        return json.dumps(clean(value), ensure_ascii=False)
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    if value is None or isinstance(value, bool | int):
        return json.dumps(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(str(key))}: {json_text(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Iterable):
        return "[" + ", ".join(json_text(each) for each in value) + "]"
    raise TypeError(f"{type(value).__name__} is nothing that these files hold")


def cut(text: str, limit: int) -> str:
    """The text, shortened where it is longer than a format lets it be."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def one_line(text: str) -> str:
    """The text without what no output can hold, its line breaks and tabs made spaces."""
    return " ".join(clean(text).split())


def _csv_cell(cell: Cell, guarded: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Amount):
        return cell.major
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int):
        return str(cell)
    text = clean(cell)
    return guarded_text(text) if guarded else text
