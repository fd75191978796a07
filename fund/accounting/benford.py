"""How often each digit stands first in the amounts, beside how often it would by the law of Newcomb and Benford.

An indication only: the law holds for amounts that spread over several powers of ten, and a fund with fixed
contributions or awards departs from it for good reasons. Plain Python, exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

EXPECTED: Final = tuple(
    Fraction(share, 100_000) for share in (30_103, 17_609, 12_494, 9_691, 7_918, 6_695, 5_799, 5_115, 4_576)
)
"""log10(1 + 1/d) for the digits 1 to 9, to five decimals; they sum to one."""


@dataclass(frozen=True, slots=True)
class FirstDigit:
    """A digit: how many amounts begin with it, the share of all that this is, and the share expected."""

    digit: int
    count: int
    share: Fraction
    expected: Fraction

    @property
    def gap(self) -> Fraction:
        """The share found less the share expected."""
        return self.share - self.expected


def first_digits(amounts: Iterable[int]) -> tuple[FirstDigit, ...]:
    """The nine digits with their counts among these amounts, whatever their sign; zeros have no first digit."""
    found = Counter(int(str(abs(amount))[0]) for amount in amounts if amount)
    total = sum(found.values())
    return tuple(
        FirstDigit(digit, found[digit], Fraction(found[digit], total) if total else Fraction(0), EXPECTED[digit - 1])
        for digit in range(1, 10)
    )
