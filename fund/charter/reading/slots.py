"""Reads the slots of one table, typed, and notes every fault on the way instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from fund.charter.faults import Fault
from fund.charter.reading.lines import Path
from fund.charter.rules import FixedLimit, Limit, ShareOf, Sources
from ledger.errors import AmountInvalid
from ledger.money import EUR, Amount, Unit

_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,9})?)[ \u00a0\u202f]?%", re.ASCII)
_RATIO = re.compile(r"([0-9]{1,9})/([0-9]{1,9})", re.ASCII)
_DECIMAL = re.compile(r"[0-9](?:\.[0-9]{1,9})?", re.ASCII)
_QUANTITY = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?", re.ASCII)
_STEP = re.compile(r"[0-9]{1,9}(?:/[1-9][0-9]{0,8}|\.[0-9]{1,9})?%?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_SLUG = re.compile(r"[a-z][a-z0-9-]{0,59}")
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]{2,480}")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
MADE_UP = "made-up"
LONGEST_TEXT = 2000
LONGEST_NAME = 80
MOST_FAULTS = 1000
"""A file with more is not read by anybody; the last fault told says that there are more."""


class FloatText(str):
    """A number written with a decimal point and no quotes; kept as text, so that it is never a float."""

    __slots__ = ()


class Faults:
    """The faults found so far in one text, and how to find the line of a place."""

    def __init__(self, line_of: Callable[[Path], int | None] = lambda _: None) -> None:
        self.found: list[Fault] = []
        self._places: list[Path] = []
        self._line_of = line_of

    def note(self, code: str, path: Path, **about: str) -> None:
        """Write a fault down; signs that no terminal should be sent are shown as `?`."""
        self._places.append(path)
        if len(self._places) > MOST_FAULTS + 1:
            return
        if len(self._places) == MOST_FAULTS + 1:
            code, path, about = "more-faults", (), {"most": str(MOST_FAULTS)}
        clean = tuple((name, _UNSEEN.sub("?", text)) for name, text in sorted(about.items()))
        self.found.append(Fault(code, written(path), self._line_of(path), clean))

    def spare(self, path: Path) -> bool:
        """Whether no fault was found at this place or inside it."""
        return not any(place[: len(path)] == path for place in self._places)


def written(path: Path) -> str:
    """A place as people write it: `returns[0].splits[1].share`; a strange key is cut to forty signs."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part[:40]}" for part in path)
    return _UNSEEN.sub("?", text.removeprefix("."))


class Table:
    """One table of a charter, or one object of the facts. Reading a slot marks it known and checks its type.

    A reading method gives None when the slot is absent or faulty; the fault is noted, the reader goes on
    with a stand-in, and the caller throws everything away once a fault was found.
    """

    def __init__(self, data: Mapping[str, Any], path: Path, faults: Faults, unit: Unit = EUR) -> None:
        self.data, self.path, self.faults, self.unit = data, path, faults, unit
        self._known: set[str] = set()
        self._numbers: list[str] = []

    def note(self, code: str, slot: str = "", **about: str) -> None:
        """Write a fault of this table, or of one of its slots, down."""
        self.faults.note(code, (*self.path, slot) if slot else self.path, **about)

    def has(self, slot: str) -> bool:
        """Whether the slot is written at all."""
        return slot in self.data

    def written(self, slot: str) -> bool:
        """Whether the slot says something: a flag that is false says nothing."""
        return self.data.get(slot, False) is not False

    def name(self) -> str:
        """The article's name: `droit-de-suite`."""
        name = self.text("name", required=True) or ""
        if name and not _SLUG.fullmatch(name):
            self.note("name", "name", found=name[:40])
        return name

    def text(self, slot: str, *, required: bool = False) -> str | None:
        """A text that is not empty."""
        value = self._of_type(slot, str, "text", required)
        if value is not None and not 0 < len(value.strip()) <= LONGEST_TEXT:
            self.note("text-length", slot, longest=str(LONGEST_TEXT))
            return None
        if value is not None and _UNSEEN.search(value):
            self.note("text-signs", slot)
            return None
        return value

    def ignore(self, slot: str) -> None:
        """Take a slot as read, when another fault already says why it stands there for nothing."""
        self._known.add(slot)

    def choice(self, slot: str, choices: Iterable[str], *, required: bool = False) -> Any:
        """One word of a list."""
        value, allowed = self.text(slot, required=required), tuple(choices)
        if value is not None and value not in allowed:
            self.note("choice", slot, found=value[:40], choices=", ".join(allowed))
            return None
        return value

    def texts(self, slot: str) -> tuple[str, ...]:
        """A list of short texts; none when it is absent."""
        value = self._of_type(slot, list, "list", required=False) or []
        if not all(isinstance(each, str) and not isinstance(each, FloatText) and is_name(each) for each in value):
            self.note("texts", slot)
            return ()
        return tuple(value)

    def flag(self, slot: str, *, default: bool = False) -> bool:
        """true or false."""
        value = self._of_type(slot, bool, "flag", required=False)
        return default if value is None else value

    def whole(self, slot: str, *, least: int, most: int, required: bool = False, sourced: bool = True) -> int | None:
        """A whole number between two bounds; one that only puts things in order has no source."""
        value = self._of_type(slot, int, "whole", required)
        if value is not None and not least <= value <= most:
            self.note("whole-range", slot, least=str(least), most=str(most))
            return None
        if sourced:
            self._number(slot, value)
        return value

    def day(self, slot: str, *, required: bool = False) -> date | None:
        """A date, native in TOML and `2026-01-31` in JSON."""
        value = self._taken(slot, required)
        if isinstance(value, str) and _DATE.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                self.note("date", slot)
                return None
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            self.note("date", slot)
            return None
        return value

    def rate(self, slot: str, *, required: bool = False) -> Fraction | None:
        """A rate above 0 and up to 1, written `8 %`, `1/3` or `0.08`."""
        value = self._exact_text(slot, required)
        if value is None:
            return None
        rate = rate_of(value)
        if rate is None:
            self.note("rate", slot, found=value[:40])
            return None
        self._number(slot, rate)
        return rate

    def step(self, slot: str) -> str | None:
        """A number above 0 or a share, as text that is kept as written: `1`, `0.5`, `1/3`, `1%`."""
        value = self._exact_text(slot, required=False)
        if value is not None and (not _STEP.fullmatch(value) or not value.partition("/")[0].strip("0.%")):
            self.note("step", slot, found=value[:40])
            return None
        self._number(slot, value)
        return value

    def amount(self, slot: str, *, required: bool = False, signed: bool = False) -> int | None:
        """An amount in major units as text, in minor units of the currency."""
        value = self._exact_text(slot, required)
        if value is None:
            return None
        try:
            minor = Amount.parse(value, self.unit).minor
        except AmountInvalid as refusal:
            self.note("amount", slot, found=value[:40], decimals=str(self.unit.scale), why=refusal.why)
            return None
        if minor < 0 and not signed:
            self.note("amount-negative", slot)
            return None
        self._number(slot, minor)
        return minor

    def quantity(self, slot: str, *, required: bool = False) -> Fraction | None:
        """Hours or points: digits and at most six decimals, as text."""
        value = self._exact_text(slot, required)
        if value is not None and not _QUANTITY.fullmatch(value):
            self.note("quantity", slot, found=value[:40])
            return None
        self._number(slot, value)
        return None if value is None else Fraction(value)

    def limit(self, slot: str, of: Iterable[str]) -> Limit | None:
        """An amount, or a rate of one of the named figures: `80 % of allocation`."""
        value, allowed = self._exact_text(slot, required=False), tuple(of)
        if value is None:
            return None
        rate_text, _, figure = value.partition(" of ")
        if figure:
            rate = rate_of(rate_text)
            if rate is None or figure not in allowed:
                self.note("limit", slot, found=value[:40], figures=", ".join(allowed))
                return None
            self._number(slot, rate)
            return ShareOf(rate, figure)  # type: ignore[arg-type]
        minor = self.amount(slot)
        return None if minor is None else FixedLimit(minor)

    def table(self, slot: str) -> Table | None:
        """The table that stands in this slot."""
        value = self._of_type(slot, dict, "table", required=False)
        return None if value is None else Table(value, (*self.path, slot), self.faults, self.unit)

    def tables(self, slot: str, *, most: int = 200) -> tuple[Table, ...]:
        """The tables of a list, in order; none when it is absent."""
        value = self._of_type(slot, list, "tables", required=False)
        if value is None:
            return ()
        if not all(isinstance(each, dict) for each in value):
            self.note("type-tables", slot)
            return ()
        if len(value) > most:
            self.note("too-many", slot, most=str(most))
            return ()
        return tuple(Table(each, (*self.path, slot, at), self.faults, self.unit) for at, each in enumerate(value))

    def named_tables(self, slot: str) -> dict[str, Table]:
        """The tables of an object whose keys are names."""
        held = self.table(slot)
        if held is None:
            return {}
        named: dict[str, Table] = {}
        for name, value in held.data.items():
            if not is_name(name):
                held.note("fact-name", name, longest=str(LONGEST_NAME))
            elif isinstance(value, dict):
                named[name] = Table(value, (*held.path, name), self.faults, self.unit)
            else:
                held.note("type-table", name)
        return named

    def sources(self, inherited: str | None = None) -> Sources:
        """Where each number read so far comes from: one source for all, or a table with one a slot."""
        value = self._taken("source", required=False)
        if isinstance(value, dict):
            given = {slot: self._source(source, slot) for slot, source in value.items()}
            for slot in given:
                if slot not in self.data:
                    self.faults.note("source-nothing", (*self.path, "source", slot))
        elif value is not None:
            given = dict.fromkeys(self._numbers, self._source(value, ""))
        else:
            given = {} if inherited is None else dict.fromkeys(self._numbers, inherited)
        for slot in self._numbers:
            if slot not in given:
                self.note("source-missing", slot)
        return {slot: source for slot, source in given.items() if source is not None}

    def source_for(self, slot: str) -> str | None:
        """The source that the tables inside this slot inherit, when they have none of their own."""
        value = self.data.get("source")
        value = value.get(slot) if isinstance(value, dict) else value
        return value if isinstance(value, str) and (value == MADE_UP or _ADDRESS.fullmatch(value)) else None

    def close(self) -> None:
        """Note every slot that nobody read."""
        for slot in self.data:
            if slot not in self._known:
                near = get_close_matches(slot[:40], self._known, n=1)
                self.note(
                    "unknown-near" if near else "unknown",
                    slot,
                    known=", ".join(sorted(self._known)),
                    near="".join(near),
                )

    def _source(self, value: object, slot: str) -> str | None:
        if isinstance(value, str) and (value == MADE_UP or _ADDRESS.fullmatch(value)):
            return value
        self.faults.note("source", (*self.path, "source", slot) if slot else (*self.path, "source"))
        return None

    def _number(self, slot: str, value: object) -> None:
        if value is not None:
            self._numbers.append(slot)

    def _taken(self, slot: str, required: bool) -> Any:
        self._known.add(slot)
        if required and self.data.get(slot) is None:
            self.note("missing", slot)
        return self.data.get(slot)

    def _of_type(self, slot: str, kind: type, expected: str, required: bool) -> Any:
        value = self._taken(slot, required)
        if value is None and slot not in self.data:
            return None
        if isinstance(value, FloatText):
            self.note("float", slot)
        elif not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.note(f"type-{expected}", slot)
        else:
            return value
        return None

    def _exact_text(self, slot: str, required: bool) -> str | None:
        value = self._taken(slot, required)
        if slot in self.data and (isinstance(value, FloatText) or not isinstance(value, str)):
            self.note("float" if isinstance(value, FloatText) else "type-exact", slot)
            return None
        return value


def is_name(text: str) -> bool:
    """Whether people can call something so: not empty, not endless, no invisible signs."""
    return 0 < len(text) <= LONGEST_NAME and not _UNSEEN.search(text)


def percent(rate: Fraction) -> str:
    """A share in a fault: `95 %`, or `11/12` where that is no whole number of hundredths."""
    hundred = rate * 100
    return f"{hundred} %" if hundred.denominator == 1 else f"{rate}"


def rate_of(text: str) -> Fraction | None:
    """The rate that is written, when it is one above 0 and up to 1.

    >>> rate_of("8 %"), rate_of("1/3"), rate_of("0.08"), rate_of("120 %")
    (Fraction(2, 25), Fraction(1, 3), Fraction(2, 25), None)
    """
    if (percent := _PERCENT.fullmatch(text)) is not None:
        rate = Fraction(percent[1]) / 100
    elif (ratio := _RATIO.fullmatch(text)) is not None:
        rate = Fraction(int(ratio[1]), int(ratio[2])) if int(ratio[2]) else Fraction(0)
    elif _DECIMAL.fullmatch(text):
        rate = Fraction(text)
    else:
        return None
    return rate if 0 < rate <= 1 else None
