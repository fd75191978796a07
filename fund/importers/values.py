"""How one written value is read: texts, exact numbers, real dates, or what is wrong with them.

Plain Python. Nothing is guessed: a value that could mean two things is a fault that shows how to write it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from ledger.money import Amount, Unit, rounded

TEXT_LIMIT = 300
IDENTIFIER_LIMIT = 40
COUNT_LIMIT = 1_000_000
MINOR_LIMIT = 10**12
"""Of one value: with the limit of lines, the sum of a whole file still fits the books' 64-bit integers."""

_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]+))?", re.ASCII)
_NEGATIVE = re.compile(r"[-−–][0-9]")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]{1,2}", re.ASCII)
_GROUPED = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u202f'’,.][0-9]{3})+(?:[.,][0-9]{1,2})?", re.ASCII)
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_PROJECT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*", re.ASCII)
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_FRENCH_DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", re.ASCII)

_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode categories that no name needs: controls, overrides of the text's direction, line separators."""


class Misread(NamedTuple):
    """Why a value cannot be read: the code of the fault and its figures."""

    code: str
    facts: dict[str, str | int]


class Year:
    """The days of a fiscal year by the text that writes them; every real day where the year is not known."""

    def __init__(self, fiscal_year: int | None) -> None:
        self.fiscal_year = fiscal_year
        self.days: dict[str, date] = {}
        if fiscal_year is not None:
            day = date(fiscal_year, 1, 1)
            while day.year == fiscal_year:
                self.days[day.isoformat()] = day
                day += timedelta(days=1)

    def read(self, text: str) -> date | Misread:
        """The day, within the year."""
        day = self.days.get(text)
        if day is not None:
            return day
        if not _ISO_DATE.fullmatch(text):
            return Misread("date_unreadable", {"text": text, "like": self._iso(text)})
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return Misread("date_unreal", {"text": text})
        if self.fiscal_year is None:
            return day
        return Misread("date_outside_year", {"text": text, "year": self.fiscal_year})

    def _iso(self, text: str) -> str:
        french = _FRENCH_DATE.fullmatch(text)
        if french:
            return f"{french[3]}-{french[2]:0>2}-{french[1]:0>2}"
        return f"{self.fiscal_year or 2026}-03-31"


def text_misread(text: str, limit: int = TEXT_LIMIT) -> Misread | None:
    """What is wrong with a text of at most `limit` characters on one line; None when it may stand as it is."""
    if len(text) > limit:
        return Misread("text_too_long", {"count": len(text), "limit": limit})
    if not text.isprintable():
        for char in text:
            if unicodedata.category(char) in _INVISIBLE:
                return Misread("text_control", {"text": text, "point": f"U+{ord(char):04X}"})
    if text != text.strip():
        return Misread("text_spaces", {"text": text})
    return None


def identifier_misread(text: str) -> Misread | None:
    """What is wrong with a name for machines: letters, digits, points, hyphens, underscores."""
    if len(text) <= IDENTIFIER_LIMIT and _IDENTIFIER.fullmatch(text):
        return None
    return Misread("identifier_form", {"text": text, "limit": IDENTIFIER_LIMIT})


def project_misread(text: str) -> Misread | None:
    """What is wrong with a project's identifier, which elections also write with slashes: `2024/ORL/0004`."""
    if len(text) <= IDENTIFIER_LIMIT and _PROJECT.fullmatch(text):
        return None
    return Misread("project_form", {"text": text, "limit": IDENTIFIER_LIMIT})


def word_misread(text: str, *, like: str) -> Misread | None:
    """What is wrong with a word of small letters, digits and hyphens."""
    if len(text) <= IDENTIFIER_LIMIT and _WORD.fullmatch(text):
        return None
    return Misread("word_form", {"text": text, "like": like})


def read_minor(text: str, scale: int, *, zero: bool = False) -> int | Misread:
    """An exact number in its smallest parts: `12.5` is 1250 at scale 2. Positive, or zero where that is allowed."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return _number_misread(text, scale)
    whole, part = found[1], found[2] or ""
    if len(part) > scale:
        like = _written(rounded(Fraction(text) * 10**scale), scale)
        return Misread("number_decimals", {"text": text, "count": len(part), "scale": scale, "like": like})
    minor = int(whole + part.ljust(scale, "0"))
    if minor > MINOR_LIMIT:
        return Misread("number_too_large", {"text": text, "limit": _written(MINOR_LIMIT, scale)})
    if minor == 0 and not zero:
        return Misread("number_zero", {"text": text})
    return minor


def read_count(text: str) -> int | Misread:
    """A whole number from 0 to `COUNT_LIMIT`."""
    if re.fullmatch("[0-9]{1,7}", text, re.ASCII) and int(text) <= COUNT_LIMIT:
        return int(text)
    return Misread("count_unreadable", {"text": text, "limit": COUNT_LIMIT})


def _number_misread(text: str, scale: int) -> Misread:
    if _NEGATIVE.match(text):
        return Misread("number_negative", {"text": text})
    if _DECIMAL_COMMA.fullmatch(text):
        return Misread("number_comma", {"text": text, "like": text.replace(",", ".")})
    if _GROUPED.fullmatch(text):
        # the last separator is decimal when fewer than three digits follow it
        decimals = re.search(r"[.,]([0-9]{1,2})$", text)
        digits = re.sub("[^0-9]", "", text[: decimals.start()] if decimals else text)
        return Misread("number_grouped", {"text": text, "like": f"{digits}.{decimals[1]}" if decimals else digits})
    return Misread("number_unreadable", {"text": text, "like": _written(123456, scale)})


def _written(minor: int, scale: int) -> str:
    return Amount(minor, Unit("", scale)).major
