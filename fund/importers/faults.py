"""Faults of the files that a fund hands in: where, what is wrong and how to mend it, in French and English.

Plain Python. A fault is a value, never an exception: a reader gathers all of them and then refuses the
whole folder once, with `FolderInvalid`, so that a person mends everything in one go.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from fund.importers.sentences import PERHAPS, SENTENCES

SHOWN = 60
"""Characters of a value that a sentence repeats."""


_TYPED = {"text", "near", "found", "first"}
"""Facts that repeat what somebody wrote; the others are the reader's own words and figures."""

_SPACES = "\u00a0\u202f"
_UNBREAKABLE = {"« ": "«\u00a0", " »": "\u00a0»", " :": "\u00a0:", " ;": "\u00a0;", " ?": "\u00a0?"}


def visible(text: str) -> str:
    """A text without a character that a terminal would obey.

    >>> visible("a\\x1b[31m")
    'a\\\\x1b[31m'
    """
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() or char in _SPACES else char.encode("unicode_escape").decode() for char in text
    )


def shown(text: str) -> str:
    """A value as a sentence repeats it: visible, and cut where it is long."""
    return visible(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend.

    `line` counts from 1, and is 0 where the whole file is meant. `column` is the name of the column, or the
    key (`fund.siren`), and `place` its number from 1 on that line; `""` and 0 where the whole line is meant.
    `code` never changes; the sentences may.
    """

    file: str
    line: int
    column: str
    place: int
    code: str
    facts: tuple[tuple[str, str | int], ...] = ()

    def what(self, language: str = "en") -> str:
        """What is wrong, in one sentence."""
        return self._said(0, language)

    def mend(self, language: str = "en") -> str:
        """What to do about it, in one sentence."""
        return self._said(1, language)

    def sentence(self, language: str = "en") -> str:
        """Place, what is wrong, and how to mend it: `receipts.csv:7:amount: “12.345” has 3 decimals. …`"""
        return f"{self.where}: {self.what(language)} {self.mend(language)}"

    @property
    def where(self) -> str:
        """File, line and column, as far as they are known: `receipts.csv:7:amount`."""
        parts = [shown(self.file), str(self.line) if self.line else "", shown(self.column)]
        return ":".join(part for part in parts if part)

    def __str__(self) -> str:
        return self.sentence()

    def _said(self, which: int, language: str) -> str:
        words = {
            key: (shown if key in _TYPED else visible)(value) if isinstance(value, str) else value
            for key, value in self.facts
        }
        near = words.get("near")
        words["near"] = PERHAPS[language].format(near=near) if near else ""
        said = SENTENCES[self.code][language][which].format_map(words)
        if language == "fr":
            for loose, tight in _UNBREAKABLE.items():
                said = said.replace(loose, tight)
        return said


def fault_at(file: str, line: int, code: str, /, column: str = "", place: int = 0, **facts: str | int) -> Fault:
    """A fault with its figures by name: the words in braces of the sentences of its code."""
    return Fault(file, line, column, place, code, tuple(facts.items()))


class FolderInvalid(Exception):
    """The folder is refused as a whole: `faults` holds all of them, by file, then line, then column."""

    code = "folder_invalid"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=attrgetter("file", "line", "place", "column", "code")))
        super().__init__(f"Nothing is read while there are faults ({len(self.faults)}). The first: {self.faults[0]}")
