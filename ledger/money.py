"""Units, amounts and exact splits: whole numbers of a unit's smallest part, never a float.

Plain Python. An amount of 12.50 EUR is `Amount(1250, EUR)`: `minor` counts cents, the unit knows its
scale. Euros, valued work, hours and notoriety are different units, so they never meet by accident.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering

from ledger.errors import AmountInvalid, SplitImpossible, UnitsDiffer

MINOR_LIMIT = 2**62
"""Postings hold minor units within ±2^62, so a sum of two never leaves a 64-bit integer."""

_WRITTEN = re.compile(r"(?P<sign>[+-]?)(?P<whole>[0-9]+)(?:\.(?P<part>[0-9]+))?", re.ASCII)

# ISO 4217 currencies whose smallest part is not a hundredth (list one of the standard).
_ISO_SCALES = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_SCALE_OF = {code: scale for scale, codes in _ISO_SCALES.items() for code in codes.split()}


NO_CURRENCY = "XXX"
"""The code of ISO 4217 for an amount of no currency in particular."""


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """What is counted: a code, and how many decimals its smallest part has (0 to 9).

    `kind` is `money` (an ISO 4217 currency), `kind` (valued contributions in kind), `time` or `points`.
    """

    code: str
    scale: int
    kind: str = "money"

    def __str__(self) -> str:
        return self.code


EUR = Unit("EUR", 2)
EUR_INKIND = Unit("EUR-INKIND", 2, "kind")
HOUR = Unit("HOUR", 2, "time")
NOTORIETY = Unit("NOTORIETY", 0, "points")

_HOUSE_UNITS = {unit.code: unit for unit in (EUR, EUR_INKIND, HOUR, NOTORIETY)}


def unit_of(code: str) -> Unit:
    """The unit of this code: one of the house's, or the ISO 4217 currency of three capital letters.

    Whether a currency exists is asked at the edge, where its names are known; here only its scale is.
    """
    if code in _HOUSE_UNITS:
        return _HOUSE_UNITS[code]
    if re.fullmatch(r"[A-Z]{3}", code, re.ASCII):
        return Unit(code, _SCALE_OF.get(code, 2))
    raise AmountInvalid(text=code, why="no unit has this code")


def as_known(unit: Unit) -> Unit:
    """The house's own object for this unit where it has one."""
    known = _HOUSE_UNITS.get(unit.code, unit)
    return known if known == unit else unit


@total_ordering
@dataclass(frozen=True, slots=True)
class Amount:
    """An exact number of minor units of one unit; debit positive, credit negative where it is signed."""

    minor: int
    unit: Unit = EUR

    @classmethod
    def parse(cls, text: str, unit: Unit = EUR) -> Amount:
        """Read major units as files write them: `1234.56`, a point and no more decimals than the unit has.

        >>> Amount.parse("12.5").minor
        1250
        """
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise AmountInvalid(text=text[:40], why="write digits and a decimal point, like 1234.56")
        part = found["part"] or ""
        if len(part) > unit.scale:
            raise AmountInvalid(text=text[:40], why=f"{unit} has {unit.scale} decimals at most")
        if len(found["whole"]) > 19:
            raise AmountInvalid(text=text[:40], why="it is larger than the books can hold")
        minor = int(found["whole"] + part.ljust(unit.scale, "0"))
        if minor > MINOR_LIMIT:
            raise AmountInvalid(text=text[:40], why="it is larger than the books can hold")
        return cls(-minor if found["sign"] == "-" else minor, unit)

    @property
    def major(self) -> str:
        """The amount in major units, with all the decimals of its unit: `12.50`, `-0.05`, `36`."""
        digits = str(abs(self.minor)).rjust(self.unit.scale + 1, "0")
        cut = len(digits) - self.unit.scale
        text = f"{digits[:cut]}.{digits[cut:]}" if self.unit.scale else digits
        return f"-{text}" if self.minor < 0 else text

    def _with(self, other: Amount) -> int:
        if other.unit != self.unit:
            raise UnitsDiffer(left=self.unit.code, right=other.unit.code)
        return other.minor

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.minor + self._with(other), self.unit)

    def __sub__(self, other: Amount) -> Amount:
        return Amount(self.minor - self._with(other), self.unit)

    def __neg__(self) -> Amount:
        return Amount(-self.minor, self.unit)

    def __abs__(self) -> Amount:
        return Amount(abs(self.minor), self.unit)

    def __lt__(self, other: Amount) -> bool:
        return self.minor < self._with(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __str__(self) -> str:
        return f"{self.major} {self.unit}"


def total_of(amounts: Iterable[Amount], unit: Unit = EUR) -> Amount:
    """The sum of amounts of one unit; zero of `unit` when there are none."""
    total = Amount(0, unit)
    for amount in amounts:
        total += amount
    return total


def rounded(exact: Fraction) -> int:
    """The nearest whole number; half a unit rounds away from zero.

    >>> rounded(Fraction(5, 2)), rounded(Fraction(-5, 2)), rounded(Fraction(7, 3))
    (3, -3, 2)
    """
    whole = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return -whole if exact < 0 else whole


def share_out(
    total: int,
    weights: Mapping[str, Fraction | int],
    *,
    held: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """What each has of a running total, in minor units: exact, fair for ever, nothing taken back.

    `total` is the whole amount so far and `held` what each has of it already. Everyone keeps what they
    hold and has at least the whole part of their exact entitlement `total × weight ÷ all weights`; the
    units that remain go one each, among those whose entitlement has a fraction, to those whose next
    unit falls due at the smallest total; ties by the larger fraction, then by name. With nothing held
    it is the rounding of a single split. A negative total (a loss to bear) is shared like the positive
    one, with the sign turned.

    Nobody is ever a whole unit from their exact entitlement, over any number of instalments of one
    key. Raises SplitImpossible when there is nobody, no weight, a negative weight, or when more is
    held than there is to share.
    """
    if total < 0:
        turned = {name: -units for name, units in (held or {}).items()}
        return {name: -units for name, units in share_out(-total, weights, held=turned).items()}
    already = {name: (held or {}).get(name, 0) for name in weights}
    if any(weight < 0 for weight in weights.values()):
        raise SplitImpossible(why="a weight is negative")
    whole = sum(weights.values())
    if whole == 0:
        if total == 0 and not any(already.values()):
            return dict.fromkeys(weights, 0)
        raise SplitImpossible(why="all weights are zero" if weights else "there is nobody to share with")
    parts: dict[str, int] = {}
    waiting: list[tuple[Fraction, Fraction, str]] = []
    for name, weight in weights.items():
        exact = Fraction(total) * weight / whole
        floor = exact.numerator // exact.denominator
        parts[name] = max(already[name], floor)
        if exact.denominator != 1 and parts[name] == floor:
            falls_due = (floor + 1) * Fraction(whole) / weight
            waiting.append((falls_due, floor - exact, name))
    left = total - sum(parts.values())
    if not 0 <= left <= len(waiting):
        raise SplitImpossible(why="more is held than the total gives under this key")
    for _, _, name in sorted(waiting)[:left]:
        parts[name] += 1
    return parts


def split(amount: Amount, weights: Mapping[str, Fraction | int]) -> dict[str, Amount]:
    """Share one amount once; the parts sum to it exactly.

    >>> [str(part) for part in split(Amount(10000), {"a": 1, "b": 1, "c": 1}).values()]
    ['33.34 EUR', '33.33 EUR', '33.33 EUR']
    """
    return {name: Amount(units, amount.unit) for name, units in share_out(amount.minor, weights).items()}
