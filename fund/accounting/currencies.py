"""What lines of another currency are worth in the currency of the books, to the cent, so that each entry balances.

Plain Python. A rate is what one whole unit of the other currency is worth in whole units of the fund's own: 0.92 for a
dollar of 92 cents. An entry's own exchange comes before the rate of the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from ledger.journal import Entry, Exchange, Line
from ledger.money import EUR_INKIND, Unit, rounded, share_out

RateOf = Callable[[str, str], Fraction | None]

VALUED_ONE_FOR_ONE: Final = (EUR_INKIND.code,)
"""Classes 86 and 87 are written as euros at the foot of the statements."""


def is_foreign(unit: Unit, functional: str) -> bool:
    """Whether the unit is money of another currency than the books'."""
    return unit.kind == "money" and unit.code != functional


def rate_within(exchange: Exchange | None, unit: str, functional: str) -> Fraction | None:
    """The rate that an entry itself tells, in either direction; None when it tells none of this currency."""
    if exchange is None or not exchange.rate:
        return None
    if (exchange.from_, exchange.to) == (unit, functional):
        return exchange.rate
    if (exchange.from_, exchange.to) == (functional, unit):
        return 1 / exchange.rate
    return None


def foreign_units(entry: Entry, functional: str) -> tuple[Unit, ...]:
    """The other currencies that an entry has lines in, by code."""
    return tuple(sorted({line.account.unit for line in entry.lines if is_foreign(line.account.unit, functional)}))


def valued(lines: Sequence[Line], functional: Unit, rates: Mapping[str, Fraction]) -> tuple[int | None, ...]:
    """Each line's value in minor units of `functional`, debit positive; None for hours and points, which have none.

    The lines of each currency sum to zero, and so do their values: the side's whole is valued once and shared among its
    lines by largest remainders. What is worth less than a cent on the whole counts for one, so that an entry never
    vanishes. `rates` has every other currency of the lines.
    """
    values: list[int | None] = []
    sides: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for place, line in enumerate(lines):
        unit = line.account.unit
        if unit.code == functional.code or unit.code in VALUED_ONE_FOR_ONE:
            values.append(line.minor)
        elif is_foreign(unit, functional.code):
            values.append(0)
            sides[unit.code, line.minor > 0].append(place)
        else:
            values.append(None)
    for (code, is_debit), places in sides.items():
        parts = {f"{place:06d}": Fraction(abs(lines[place].minor)) for place in places}
        scale = functional.scale - lines[places[0]].account.unit.scale
        whole = max(1, rounded(sum(parts.values(), Fraction(0)) * rates[code] * Fraction(10) ** scale))
        for name, value in share_out(whole, parts).items():
            values[int(name)] = value if is_debit else -value
    return tuple(values)
