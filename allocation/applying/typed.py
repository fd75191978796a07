"""What somebody typed into an application, kept as it was typed; and how one typed text is read. Plain Python.

A draft keeps wrong numbers and holes: they are shown again with a sentence, never thrown away. Only what a database
cannot hold at all is replaced, by a sign that is seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final, TypedDict

from allocation.applying.fields import FIELDS, TABLES, Field
from ledger.errors import AmountInvalid
from ledger.money import Amount, Unit

Row = dict[str, str]
LONGEST_CELL: Final = 100_000
"""More than a page can send for all cells together; what comes another way is cut here."""
EXTRA_ROWS: Final = 10
"""How many lines over the most a table takes are kept, so that the sentence can be said."""


class Typed(TypedDict):
    """A draft: the text of every field, and the rows of every table."""

    fields: dict[str, str]
    tables: dict[str, list[Row]]


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_INVISIBLE_IN_LINE = re.compile("[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffd]")
_INVISIBLE_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffd]")
# Arabic and Hebrew are written as they are; the marks that turn the writing around for a whole line are not.


def as_typed(given: Mapping[str, object]) -> Typed:
    """Any mapping in the shape of a draft: known names alone, texts alone, rows without anything left out."""
    fields, tables = given.get("fields"), given.get("tables")
    typed: Typed = {"fields": {}, "tables": {}}
    for each in FIELDS:
        typed["fields"][each.name] = _text(fields.get(each.name) if isinstance(fields, Mapping) else None)
    for table in TABLES:
        rows = tables.get(table.name) if isinstance(tables, Mapping) else None
        kept = []
        for row in rows if isinstance(rows, list) else []:
            cells = (
                {column.name: _text(row.get(column.name)) for column in table.columns}
                if isinstance(row, Mapping)
                else {}
            )
            if any(cells.values()):
                kept.append(cells)
        typed["tables"][table.name] = kept[: table.most + EXTRA_ROWS]
    return typed


def _text(value: object) -> str:
    if not isinstance(value, str):
        return ""
    kept = _UNSTORABLE.sub("\ufffd", value[:LONGEST_CELL].replace("\r\n", "\n").replace("\r", "\n"))
    return kept if kept.strip() else ""


class Unreadable(Exception):  # caught where it is raised from: a fault is told, never an exception
    """A typed text cannot be read; carries the code of its fault and the figures of its sentence."""

    code = "application_text_unreadable"

    def __init__(self, fault: str, **figures: str | int) -> None:
        self.fault, self.figures = fault, figures
        super().__init__(f"A typed text cannot be read: {fault}.")


def read_line(text: str, asked: Field) -> str:
    """A text within its limit, without what cannot be seen."""
    kept = text.strip()
    if len(kept) > asked.limit:
        raise Unreadable("too-long", count=len(kept), limit=asked.limit, over=len(kept) - asked.limit)
    invisible = (_INVISIBLE_IN_TEXT if asked.kind == "text" else _INVISIBLE_IN_LINE).search(kept)
    if invisible:
        raise Unreadable("invisible", character=f"U+{ord(invisible[0]):04X}")
    return kept


_SPACES = re.compile("[\\s\u00a0\u202f’']")
_NUMBER = re.compile(r"([+-]?)([0-9]+)(?:[.,]([0-9]*))?", re.ASCII)
LARGEST_DIGITS: Final = 11
"""Of the whole part: money columns hold fifteen digits, four of them decimals."""


def _number(text: str, code: str, scale: int) -> str:
    """A number as files write it, out of one as people write it: `1 234,5 €` is `1234.5`."""
    bare = _SPACES.sub("", text).removesuffix("€").upper().removesuffix("EUR")
    found = _NUMBER.fullmatch(bare)
    if found is None:
        raise Unreadable(code, text=text.strip()[:60])
    sign, whole, part = found[1], found[2], found[3] or ""
    if len(part) > scale:
        raise Unreadable("too-precise", text=text.strip()[:60], scale=scale)
    if len(whole.lstrip("0")) > LARGEST_DIGITS:
        raise Unreadable("too-large", text=text.strip()[:60])
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"


def read_amount(text: str, unit: Unit) -> int:
    """An amount above zero in minor units of the unit."""
    written = _number(text, "not-an-amount", unit.scale)
    try:
        minor = Amount.parse(written, unit).minor
    except AmountInvalid:
        raise Unreadable("not-an-amount", text=text.strip()[:60]) from None
    if minor <= 0:
        raise Unreadable("not-positive", text=text.strip()[:60])
    return minor


def read_hours(text: str) -> int:
    """A number of hours above zero, in hundredths of an hour."""
    whole, _, part = _number(text.strip().removesuffix("h"), "not-an-amount", 2).partition(".")
    hundredths = int(whole) * 100 + int(part.ljust(2, "0"))
    if hundredths <= 0 or whole.startswith("-"):
        raise Unreadable("not-positive", text=text.strip()[:60])
    return hundredths


LARGEST_COUNT: Final = 10_000


def read_count(text: str) -> int:
    """A whole number above zero."""
    bare = _SPACES.sub("", text)
    if not re.fullmatch(r"[+-]?[0-9]+", bare, re.ASCII):
        raise Unreadable("not-a-number", text=text.strip()[:60])
    if len(bare.lstrip("+-0")) > 5 or int(bare) > LARGEST_COUNT:
        raise Unreadable("too-large", text=text.strip()[:60])
    if int(bare) <= 0:
        raise Unreadable("not-positive", text=text.strip()[:60])
    return int(bare)


_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_FRENCH = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", re.ASCII)


def read_day(text: str) -> date:
    """A day as a browser writes it, or as French letters do."""
    bare = text.strip()
    iso, french = _ISO.fullmatch(bare), _FRENCH.fullmatch(bare)
    parts = iso.groups() if iso else french.groups()[::-1] if french else None
    try:
        if parts is None or int(parts[0]) < 1900:
            raise ValueError
        return date(*(int(part) for part in parts))
    except ValueError:
        raise Unreadable("not-a-day", text=bare[:60]) from None
