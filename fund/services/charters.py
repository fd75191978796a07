"""The charter in force on a date, read from the text that was adopted."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from fund.charter.grammar import Charter
from fund.charter.reader import read_charter
from fund.errors import CharterNotInForce
from fund.models import CharterVersion, Fund

_read = lru_cache(maxsize=64)(read_charter)
"""Reading a text takes a moment, and the same few are read again and again."""


def rules_of(version: CharterVersion) -> Charter:
    """The rules of a version; its text was read and found sound when it was adopted."""
    return _read(version.text)


def in_force(fund: Fund, on: date) -> CharterVersion:
    """The version in force on a date: the last that took effect by then."""
    version = fund.charters.filter(effective_from__lte=on).order_by("-effective_from").first()
    if version is None:
        raise CharterNotInForce(fund=fund.slug, on=on)
    return version
