"""What the file may hold of a text: no separator, no line break, no control, no turn of direction."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal

Encoding = Literal["utf-8", "iso-8859-15"]
ENCODINGS: Final[tuple[Encoding, ...]] = ("utf-8", "iso-8859-15")

_BLANKS: Final = re.compile("[\t|\r\n\x0b\x0c\x85\u2028\u2029\xa0\u202f\u2007]+")
_UNFIT: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_PLAIN: Final = str.maketrans({
    "’": "'", "‘": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "′": "'", "″": '"',
    "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "―": "-", "−": "-", "…": "...", "•": "-", "·": "·",
    "Æ": "Æ", "¼": "1/4", "½": "1/2", "¾": "3/4", "¨": '"', "´": "'", "¸": ",", "¤": "¤", "→": "->", "←": "<-",
    "×": "×", "≤": "<=", "≥": ">=", "≠": "!=", "™": "(TM)", "ﬁ": "fi", "ﬂ": "fl", "Ł": "L", "ł": "l", "Đ": "D",
    "đ": "d", "ı": "i", "ß": "ß", "Ħ": "H", "ħ": "h", "Œ": "Œ", "№": "No",
})  # fmt: skip


def clean(text: str) -> str:
    """The text on one line: separators and breaks become a space, what no reader should obey disappears."""
    if text.isascii() and text.isprintable() and "|" not in text:
        return text.strip()
    spaced = _BLANKS.sub(" ", unicodedata.normalize("NFC", _UNFIT.sub("", text)))
    return spaced.strip()


@lru_cache(maxsize=4096)
def transliterated(text: str) -> str:
    """The text in the letters of ISO 8859-15: a mark by its plain sister, a rare letter by its base, else `?`."""
    try:
        text.encode("iso-8859-15")
    except UnicodeEncodeError:
        return "".join(_letter(letter) for letter in text.translate(_PLAIN))
    return text


def _letter(letter: str) -> str:
    for candidate in (letter, unicodedata.normalize("NFKD", letter)):
        kept = "".join(part for part in candidate if not unicodedata.combining(part))
        try:
            if kept:
                kept.encode("iso-8859-15")
                return kept
        except UnicodeEncodeError:
            continue
    return "?"


def written(text: str, encoding: Encoding) -> str:
    """The text as a field of a file in this encoding holds it."""
    fit = clean(text)
    return fit if encoding == "utf-8" or fit.isascii() else clean(transliterated(fit))


def shown(text: str) -> str:
    """A value of somebody's file as a sentence may show it: short, on one line, nothing that turns the reader's eye."""
    fit = "".join(letter if letter.isprintable() else "�" for letter in _UNFIT.sub("�", text[:41]))
    return f"{fit[:40]}…" if len(text) > 40 else fit
