"""Days and amounts as files write them, each text understood once."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal

from ledger.fec.names import date_of

_STRICT: Final = re.compile(r"[0-9]{1,16},[0-9]{2}", re.ASCII)
_SIGNED: Final = re.compile(r"([+-]?)([0-9]{1,16}),([0-9]{2})([+-]?)", re.ASCII)
_LOOSE: Final = re.compile(r"([+-]?)([0-9]{1,16})(?:[.,]([0-9]{0,4}))?([+-]?)", re.ASCII)
_DAYS_KEPT: Final = 4096

AmountFault = Literal["", "signed", "form", "large"]


class Days:
    """Texts of days that were understood: a year has few, so each is understood once."""

    def __init__(self) -> None:
        self._known: dict[str, date | None] = {}

    def day(self, text: str) -> date | None:
        """The day, or None for what is none."""
        try:
            return self._known[text]
        except KeyError:
            found = date_of(text)
            if len(self._known) < _DAYS_KEPT:
                self._known[text] = found
            return found


def amount_of(text: str) -> tuple[int | None, AmountFault]:
    """Whole cents, and what is wrong with the text: nothing, a sign that is allowed, its form, too many digits.

    An amount that is not as the article writes it is understood where nobody could read it otherwise, so that one
    fault does not make ten; None where it cannot be.
    """
    if text == "0,00":
        return 0, ""
    if _STRICT.fullmatch(text):
        return int(text[:-3]) * 100 + int(text[-2:]), ""
    found = _SIGNED.fullmatch(text)
    if found and not (found[1] and found[4]):
        minor = int(found[2] + found[3])
        return (-minor if "-" in (found[1], found[4]) else minor), "signed"
    plain = re.sub(r"[\s  ']", "", text[:64])
    if re.fullmatch(r"[+-]?[0-9]{17,}(?:,[0-9]+)?[+-]?", plain, re.ASCII):
        return None, "large"
    loose = _LOOSE.fullmatch(plain)
    if loose is None or (loose[1] and loose[4]):
        return None, "form"
    part = (loose[3] or "").ljust(2, "0")
    if part[2:].strip("0"):
        return None, "form"
    minor = int(loose[2]) * 100 + int(part[:2])
    return (-minor if "-" in (loose[1], loose[4]) else minor), "form"


def text_of(minor: int) -> str:
    """Cents as sentences show them: `1234,56`, `-0,05`."""
    whole, cents = divmod(abs(minor), 100)
    return f"{'-' if minor < 0 else ''}{whole},{cents:02d}"


SIDES: Final = {"D": 1, "C": -1, "+1": 1, "-1": -1}
"""What Sens may say, and the sign of the amount beside it."""
