"""One row of a table, and how its cells are read.

Plain Python. A cell that cannot be read is noted as a fault and reads as the empty value of its kind (`""`,
`None`, `date.min`): the folder is refused as a whole, so nothing made from it is ever seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from fund.importers.faults import Fault, fault_at
from fund.importers.names import Names
from fund.importers.values import (
    TEXT_LIMIT,
    Misread,
    Year,
    identifier_misread,
    read_count,
    read_minor,
    text_misread,
)


class Row:
    """The values of one line, by column; each method reads one and notes what is wrong with it."""

    __slots__ = ("_faults", "_places", "_values", "file", "line")

    def __init__(
        self, file: str, line: int, values: Sequence[str], places: Mapping[str, int], faults: list[Fault]
    ) -> None:
        self.file, self.line = file, line
        self._values, self._places, self._faults = values, places, faults

    def fault(self, column: str, code: str, /, **facts: str | int) -> None:
        """Note a fault of this column."""
        place = self._places.get(column, -1) + 1
        self._faults.append(fault_at(self.file, self.line, code, column, place, **facts))

    def raw(self, column: str) -> str | None:
        """The value as it is written; None where the header lacks the column."""
        place = self._places.get(column)
        return None if place is None else self._values[place]

    def text(self, column: str, *, required: bool = True, limit: int = TEXT_LIMIT) -> str:
        """A text on one line without invisible characters; empty only where it need not be there."""
        place = self._places.get(column)
        if place is None:  # the fault of the header says so once
            return ""
        text = self._values[place]
        if not text:
            if required:
                self.fault(column, "value_missing")
            return ""
        return "" if self._misread(column, text_misread(text, limit)) else text

    def identifier(self, column: str) -> str:
        """A name for machines."""
        text = self.text(column)
        return "" if not text or self._misread(column, identifier_misread(text)) else text

    def choice(self, column: str, known: Names) -> str:
        """One of the words known."""
        text = self.text(column)
        if not text or text in known:
            return text
        self.fault(column, "choice_unknown", text=text, known=known.listed, near=known.nearest(text))
        return ""

    def yes_no(self, column: str) -> bool:
        """`yes` or `no`."""
        text = self.text(column)
        if text and text not in ("yes", "no"):
            self.fault(column, "yes_no", text=text)
        return text == "yes"

    def minor(self, column: str, scale: int, *, zero: bool = False, required: bool = True) -> int | None:
        """An exact number in its smallest parts; None where it is empty or a fault."""
        text = self.text(column, required=required)
        if not text:
            return None
        minor = read_minor(text, scale, zero=zero)
        if isinstance(minor, Misread):
            self._misread(column, minor)
            return None
        return minor

    def count(self, column: str) -> int | None:
        """A whole number; None where it is empty or a fault."""
        text = self.text(column, required=False)
        if not text:
            return None
        count = read_count(text)
        if isinstance(count, Misread):
            self._misread(column, count)
            return None
        return count

    def day(self, column: str, year: Year) -> date:
        """A day of the fiscal year; `date.min` where it is a fault."""
        text = self.text(column)
        if not text:
            return date.min
        day = year.read(text)
        if isinstance(day, Misread):
            self._misread(column, day)
            return date.min
        return day

    def _misread(self, column: str, misread: Misread | None) -> bool:
        if misread is None:
            return False
        self.fault(column, misread.code, **misread.facts)
        return True
