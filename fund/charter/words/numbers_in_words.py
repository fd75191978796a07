"""Amounts, rates and months as French and English readers write them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from fund.charter.faults import Language
from fund.charter.trace import Number
from ledger.money import Amount, Unit

_THIN, _NO_BREAK = "\u202f", "\u00a0"
_GAP = {"fr": _NO_BREAK, "en": ""}
_POINT = {"fr": ",", "en": "."}
_TEN_THOUSAND, _MILLION = 10_000, 1_000_000


def amount(minor: Number, unit: Unit, language: Language) -> str:
    """`4 200,00 EUR`; a part of the smallest unit is shown by four more decimals and `…` when it goes on."""
    whole = int(minor)  # towards zero, so that the sign and the digits agree
    text = Amount(whole, unit).major
    if whole == 0 and minor < 0:
        text = f"-{text}"
    digits, _, decimals = text.lstrip("-").partition(".")
    if minor != whole:
        left = abs(Fraction(minor) - whole)
        decimals += str(int(left * _TEN_THOUSAND)).rjust(4, "0").rstrip("0")
        decimals += "" if (left * _TEN_THOUSAND).denominator == 1 else "…"
    grouped = f"{int(digits):,}".replace(",", _THIN if language == "fr" else ",")
    sign = "−" if minor < 0 else ""
    return f"{sign}{grouped}{_POINT[language] + decimals if decimals else ''}{_NO_BREAK}{unit.code}"


def rate(exact: Number, language: Language) -> str:
    """`8 %`, `37,5 %`, or `1/3` when no percentage is exact."""
    hundred = Fraction(exact) * 100
    scaled = hundred * _TEN_THOUSAND
    if scaled.denominator != 1:
        return str(exact)
    whole, part = divmod(int(scaled), _TEN_THOUSAND)
    decimals = str(part).rjust(4, "0").rstrip("0")
    return f"{whole}{_POINT[language] + decimals if decimals else ''}{_GAP[language]}%"


def plain(figure: Number, language: Language) -> str:
    """A figure of a key, hours or points, with six decimals at most."""
    whole, part = divmod(int(figure * _MILLION), _MILLION)
    decimals = str(part).rjust(6, "0").rstrip("0")
    return f"{whole}{_POINT[language] + decimals if decimals else ''}"


def months(count: int, language: Language) -> str:
    """`48 mois (4 ans)`."""
    years, rest = divmod(count, 12)
    if language == "fr":
        return f"{count} mois" + (f" ({years} an{'s' if years > 1 else ''})" if years and not rest else "")
    return f"{count} month{'s' if count > 1 else ''}" + (
        f" ({years} year{'s' if years > 1 else ''})" if years and not rest else ""
    )


def counted(count: int, one: str, many: str, language: Language) -> str:
    """`1 member`, `0 members`, and in French `0 membre`: nothing is singular there."""
    return f"{count} {one if count == 1 or (count == 0 and language == 'fr') else many}"


_MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


def day(on: date, language: Language) -> str:
    """`1er janvier 2026`, `1 January 2026`."""
    first = "1er" if language == "fr" and on.day == 1 else str(on.day)
    return f"{first} {_MONTHS[language][on.month - 1]} {on.year}"


def ordinal(count: int, language: Language) -> str:
    """`1re`, `10e` (of a feminine word); `1st`, `10th`."""
    if language == "fr":
        return f"{count}{'re' if count == 1 else 'e'}"
    ending = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def span(count: int, language: Language) -> str:
    """Months as one says them: `3 ans`, `18 mois`."""
    years, rest = divmod(count, 12)
    number, words = (years, ("an", "year")) if years and not rest else (count, ("mois", "month"))
    word = words[language == "en"]
    return f"{number} {word}{'s' if number > 1 and word != 'mois' else ''}"


_SHARES = {
    Fraction(1): ("la totalité", "all of it"),
    Fraction(1, 2): ("la moitié", "half"),
    Fraction(1, 3): ("un tiers", "one third"),
    Fraction(2, 3): ("deux tiers", "two thirds"),
    Fraction(1, 4): ("un quart", "one quarter"),
    Fraction(3, 4): ("trois quarts", "three quarters"),
}


def share(exact: Fraction, language: Language) -> str:
    """A part of a whole as one says it: `un tiers`, or `30 %`."""
    if exact in _SHARES:
        return _SHARES[exact][language == "en"]
    return rate(exact, language)
