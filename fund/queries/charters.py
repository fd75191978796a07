"""The charter of a fund as it was adopted: which version is in force on a day, and its rules."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from fund.charter.grammar import Charter
from fund.charter.reading.reader import read_charter
from fund.models import CharterVersion, Fund

_read = lru_cache(maxsize=64)(read_charter)
"""Reading a text takes a moment, and the same few are read again and again."""


def rules_of(version: CharterVersion) -> Charter:
    """The rules of a version; its text was read and found sound when it was adopted."""
    return _read(version.text)


def charter_in_force(fund: Fund, on: date) -> CharterVersion | None:
    """The version whose rules apply on a day: the last that took effect by then."""
    return fund.charters.filter(effective_from__lte=on).order_by("-effective_from").first()
