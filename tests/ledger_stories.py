"""Stories of the books as text: read into steps, or refused with file, line and the way to mend it.

A story opens a book, tells acts in the order in which they happen, and says after each what the books hold:

    2026-01-31 post receipt:REL-7 in BQ as contribution-received "Contribution 2026, M01"
      debit    512         1500.00 EUR
      credit   411:M01     1500.00 EUR
      balance  512         1500.00 EUR      # what stands behind such a mark is a remark

A line that begins at the margin is an act; an indented one belongs to the act above it: first its parts, then what
must follow from it. Debit is positive. Here a story is only read; `ledger_acting.py` acts it out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from ledger.errors import LedgerError
from ledger.money import Amount, Unit, unit_of

ACTS = (
    "book CODE TEXT in UNIT",
    "year CODE from FIRST to LAST by CHART",
    "journal CODE TEXT",
    "unit UNIT",
    "floor ACCOUNT AMOUNT",
    "ceiling ACCOUNT AMOUNT",
    "DATE post REFERENCE in JOURNAL as KIND TEXT",
    "DATE reverse REVERSED by REFERENCE TEXT",
    "DATE letter ACCOUNT in UNIT as CODE by NAME",
    "unletter ACCOUNT in UNIT as CODE by NAME",
    "begin batch",
    "end batch",
    "lock FIRST to LAST by NAME because TEXT",
    "unlock FIRST to LAST by NAME because TEXT",
    "close FIRST to LAST by NAME because TEXT",
    "close-account ACCOUNT in UNIT",
    "erase REFERENCE by NAME because TEXT",
    "split AMOUNT",
    "forge REFERENCE",
    "forge REFERENCE behind lifted guards",
    "verify",
)
PARTS = (
    "debit ACCOUNT AMOUNT",
    "debit ACCOUNT AMOUNT for DESTINATION",
    "debit ACCOUNT AMOUNT under CONVENTION",
    "debit ACCOUNT AMOUNT under CONVENTION for DESTINATION",
    "credit ACCOUNT AMOUNT",
    "credit ACCOUNT AMOUNT under CONVENTION",
    "document CODE of DATE",
    "exchange UNIT into OTHER at RATE",
    "settles REFERENCE",
    "share NAME WEIGHT gets AMOUNT",
    "share NAME WEIGHT holds HELD gets AMOUNT",
)
OUTCOMES = (
    "balance ACCOUNT AMOUNT",
    "balance ACCOUNT AMOUNT as of DATE",
    "total PREFIX AMOUNT",
    "total PREFIX AMOUNT as of DATE",
    "number JOURNAL YEAR NUMBER",
    "replayed",
    "head stays",
    "refused CODE",
    "en TEXT",
    "fr TEXT",
    "label REFERENCE TEXT",
    "label REFERENCE erased",
    "mark REFERENCE ACCOUNT in UNIT is CODE",
    "logged ACT CODE by NAME",
    "sound",
    "fault CODE",
)
PARTS_OF: Mapping[str, frozenset[str]] = {
    "post": frozenset({"debit", "credit", "document", "exchange"}),
    "letter": frozenset({"settles"}),
    "split": frozenset({"share"}),
    "forge": frozenset({"debit", "credit"}),
}
"""The parts that an act needs; every other act stands alone."""

_SAID = {"post", "reverse", "end", "letter", "unletter", "forge", "verify", "erase", "close-account"}
"""Acts that must be followed by what they lead to: a story without figures proves nothing."""

_TOKEN = re.compile(r'"(?P<text>[^"]*)"(?!\S)|(?P<remark>#.*)|(?P<word>[^\s"]+)(?!\S)|(?P<odd>\S+)')
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
LONGEST_LINE = 200


class StoryInvalid(ValueError):
    """A line of a story that is none: where it stands, what is wrong, what to write instead."""

    def __init__(self, file: str, line: int, why: str) -> None:
        self.file, self.line, self.why = file, line, why
        super().__init__(f"{file}:{line}: {why}")


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a story: its first word, and the words that it fills in."""

    line: int
    verb: str
    facts: Mapping[str, Any]
    template: str


@dataclass(frozen=True, slots=True)
class Step:
    """An act with its parts and with what must follow from it."""

    act: Said
    parts: list[Said] = field(default_factory=list)
    outcomes: list[Said] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Story:
    """A whole story: its file, its title, its steps in order."""

    file: str
    title: str
    steps: tuple[Step, ...]


def read_story(path: Path) -> Story:
    """Read the story of a file."""
    try:
        return parse_story(path.name, path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise StoryInvalid(path.name, 1, "the file is not UTF-8; save it as UTF-8") from error


def parse_story(file: str, text: str) -> Story:
    """Read a story from its text, or refuse it for its first bad line."""
    lines = text.splitlines()
    if not lines or not lines[0].startswith("# ") or not lines[0][2:].strip():
        raise StoryInvalid(file, 1, "a story begins with its title: # What happens")
    steps: list[Step] = []
    for number, line in enumerate(lines, start=1):
        try:
            _read_line(number, line, steps)
        except _Unreadable as unreadable:
            raise StoryInvalid(file, number, str(unreadable)) from None
    if not steps:
        raise StoryInvalid(file, len(lines), "nothing happens in this story; write an act")
    _refuse_loose_ends(file, steps)
    return Story(file, lines[0][2:].strip(), tuple(steps))


class _Unreadable(Exception):
    """Why a line cannot be read; the caller knows which."""


def _read_line(number: int, line: str, steps: list[Step]) -> None:
    if len(line) > LONGEST_LINE:
        raise _Unreadable(f"the line is longer than {LONGEST_LINE} characters; break it up")
    if "\t" in line or not line.replace("\t", "").isprintable():
        raise _Unreadable("the line holds a tab or an invisible character; write spaces")
    tokens = list(_tokens(line))
    if not tokens:
        return
    if not line.startswith(" "):
        said = _said(number, tokens, ACTS)
        steps.append(Step(said))
        return
    if not steps:
        raise _Unreadable("nothing happened yet that this line could belong to; begin acts at the margin")
    said = _said(number, tokens, PARTS + OUTCOMES)
    step = steps[-1]
    if said.template in PARTS:
        if said.verb not in PARTS_OF.get(step.act.verb, frozenset()):
            raise _Unreadable(f"“{said.verb}” is no part of “{step.act.verb}”")
        if step.outcomes:
            raise _Unreadable(f"“{said.verb}” comes before what follows from the act")
        step.parts.append(said)
        return
    if said.verb in ("en", "fr"):
        before = step.outcomes[-1].verb if step.outcomes else ""
        if before not in ("refused", "fault", "en"):
            raise _Unreadable(f"“{said.verb}” is the sentence of a refusal or a fault; write that first")
    step.outcomes.append(said)


Token = tuple[str, str]
"""A word (`word`) or a quotation (`text`), and what it holds."""


def _tokens(line: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(line):
        kind = str(found.lastgroup)
        if kind == "remark":
            return
        if kind == "odd":
            raise _Unreadable(f'{found[0]} is neither a word nor a whole quotation; write "…" with spaces around it')
        yield kind, found[kind]


def _said(number: int, tokens: list[Token], templates: tuple[str, ...]) -> Said:
    """The template that the words follow, filled in."""
    first = tokens[0][1]
    verb = tokens[1][1] if _DAY.fullmatch(first) and len(tokens) > 1 else first
    verbs = {_verb(template): None for template in templates}
    if verb not in verbs:
        place = "at the margin" if templates is ACTS else "below an act"
        raise _Unreadable(f"“{verb}” is no word of a story {place}; write one of: {', '.join(verbs)}")
    meant = [template for template in templates if _verb(template) == verb]
    for template in meant:
        if (filled := _filled(template, tokens)) is not None:
            return Said(number, verb, {name: _value(name, *words) for name, words in filled.items()}, template)
    raise _Unreadable(f"this is not how “{verb}” is written; write: {' | '.join(meant)}")


def _verb(template: str) -> str:
    return next(word for word in template.split() if word != "DATE")


def _filled(template: str, tokens: list[Token]) -> dict[str, list[Token]] | None:
    """The tokens that stand for each capital word of the template; None where the shape is another."""
    filled: dict[str, list[Token]] = {}
    rest = list(tokens)
    for word in template.split():
        size = 2 if word in ("AMOUNT", "HELD") else 1
        taken, rest = rest[:size], rest[size:]
        if len(taken) < size:
            return None
        if word.isupper():
            if (word == "TEXT") != (taken[0][0] == "text"):
                return None
            filled[word.lower()] = taken
        elif taken[0] != ("word", word):
            return None
    return None if rest else filled


def _value(name: str, first: Token, *more: Token) -> Any:
    """What the words of a fact mean."""
    words = [first[1], *(token[1] for token in more)]
    if name in ("amount", "held"):
        return _amount(words[0], words[1])
    return _READERS.get(name, str)(words[0])


def _amount(text: str, code: str) -> Amount:
    try:
        return Amount.parse(text, unit_of(code))
    except LedgerError as refusal:
        raise _Unreadable(str(refusal)) from None


def _unit(code: str) -> Unit:
    try:
        return unit_of(code)
    except LedgerError as refusal:
        raise _Unreadable(str(refusal)) from None


def _day(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise _Unreadable(f"{text} is no day of the calendar; write it like 2026-01-31")


def _whole(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text, re.ASCII):
        raise _Unreadable(f"{text} is no whole number")
    return int(text)


def _rate(text: str) -> Fraction:
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", text, re.ASCII):
        raise _Unreadable(f"{text} is no rate; write it like 0.92")
    return Fraction(text)


def _account(text: str) -> str:
    parts = text.split(":")
    if len(parts) > 4 or not all(parts[:1] + parts[-1:]):
        raise _Unreadable(f"{text} is no account; write chart:party:project:convention, as far as it goes")
    return text


_READERS: Mapping[str, Callable[[str], Any]] = {
    "date": _day,
    "first": _day,
    "last": _day,
    "unit": _unit,
    "other": _unit,
    "account": _account,
    "weight": _whole,
    "number": _whole,
    "rate": _rate,
}


def _refuse_loose_ends(file: str, steps: list[Step]) -> None:
    """Refuse an act without its parts or figures, a batch without its end, a balance that nothing could move."""
    moved = {part.facts["account"] for step in steps for part in step.parts if part.verb in ("debit", "credit")}
    begun: Said | None = None
    for step in steps:
        act = step.act
        if act.verb in PARTS_OF and not step.parts:
            raise StoryInvalid(file, act.line, f"“{act.verb}” needs its parts: {', '.join(sorted(PARTS_OF[act.verb]))}")
        if act.verb == "begin":
            begun = begun or act
        elif act.verb == "end":
            if begun is None:
                raise StoryInvalid(file, act.line, "no batch was begun that could end here")
            begun = None
        elif begun and (act.verb != "post" or step.outcomes):
            raise StoryInvalid(file, act.line, "a batch holds posts alone, and its outcomes follow “end batch”")
        if begun is None and act.verb in _SAID and not step.outcomes:
            raise StoryInvalid(file, act.line, f"say below “{act.verb}” what the books hold after it")
        for said in step.outcomes:
            _refuse_unmoved(file, said, moved)
    if begun:
        raise StoryInvalid(file, begun.line, "this batch does not end; write: end batch")


def _refuse_unmoved(file: str, said: Said, moved: set[str]) -> None:
    """Refuse what is asked of an account that was misspelt: it is at zero, whatever the story means."""
    account, prefix = said.facts.get("account"), said.facts.get("prefix")
    if account and account not in moved:
        raise StoryInvalid(file, said.line, f"no line of the story moves the account {account}")
    if prefix and not any(code.startswith(prefix) for code in moved):
        raise StoryInvalid(file, said.line, f"no line of the story moves an account that begins with {prefix}")
