"""The name of the file: SIREN, `FEC`, closing day (`123456782FEC20261231.txt`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

_NAME: Final = re.compile(r"([0-9]{9})FEC([0-9]{8})(_[0-9]{1,3})?\.txt", re.ASCII)


@dataclass(frozen=True, slots=True)
class FileName:
    """What a well-formed name says; `part` is the number of a file given in several parts, or empty."""

    siren: str
    closing: date | None
    part: str = ""


def file_name(siren: str, closing: date) -> str:
    """The name of a fiscal year's file."""
    return f"{siren}FEC{closing:%Y%m%d}.txt"


def name_of(text: str) -> FileName | None:
    """What the name says; None when it is not of the form of the article."""
    found = _NAME.fullmatch(text)
    if found is None:
        return None
    return FileName(found[1], date_of(found[2]), (found[3] or "").lstrip("_"))


def is_siren(text: str) -> bool:
    """Whether nine digits pass the checksum of SIREN numbers (Luhn)."""
    if not re.fullmatch("[0-9]{9}", text, re.ASCII) or text == "000000000":
        return False
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(text)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def date_of(text: str) -> date | None:
    """The day that eight digits name; None when they name none."""
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
