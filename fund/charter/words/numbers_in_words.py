"""Amounts, rates and months as French and English readers write them."""

from __future__ import annotations

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
    exact = Fraction(minor)
    whole = int(exact)  # towards zero, so that the sign and the digits agree
    text = Amount(whole, unit).major
    if whole == 0 and exact < 0:
        text = f"-{text}"
    digits, _, decimals = text.lstrip("-").partition(".")
    if (left := abs(exact - whole)) != 0:
        decimals += str(int(left * _TEN_THOUSAND)).rjust(4, "0").rstrip("0")
        decimals += "" if (left * _TEN_THOUSAND).denominator == 1 else "…"
    grouped = f"{int(digits):,}".replace(",", _THIN if language == "fr" else ",")
    sign = "−" if exact < 0 else ""
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
