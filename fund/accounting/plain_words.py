"""A statement in a dozen lines: the official lines put together under words that everybody uses. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fund.accounting.layouts import Columns, Figure


@dataclass(frozen=True, slots=True)
class PlainLine:
    """A line of the simple view: its words, and the codes of the official lines that it puts together."""

    code: str
    fr: str
    en: str
    of: str

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.of.split())


def summary(lines: Iterable[PlainLine], figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The simple lines that are not empty in both years, from the printed official lines (the net column)."""
    by_code = {each.code: each for each in figures if each.kind == "line"}
    knows_before = any(each.before is not None for each in by_code.values())
    shown = []
    for line in lines:
        found = [by_code[code] for code in line.codes if code in by_code]
        net = sum(each.net for each in found)
        before = sum(each.before or 0 for each in found) if knows_before else None
        if net or before:
            shown.append(Figure(line.code, "line", 1, line.fr, line.en, Columns(net), before))
    return tuple(shown)
