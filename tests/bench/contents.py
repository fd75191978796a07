"""What every side of a comparison writes: the same entries on every machine, known by their number alone.

Standard library only, because the others run it in an environment of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

CHARTS = ("411", "467", "512", "606", "611", "622", "641", "706", "741", "758")
LABEL = "A contribution"
FIRST_DAY = date(2026, 1, 1)
DAYS = 365


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry: an amount that moves from one account to another."""

    number: int
    on: date
    debit: int
    credit: int
    minor: int

    @property
    def reference(self) -> str:
        return f"E{self.number:07}"


def facts(first: int, count: int, *, accounts: int, spread: int = 0) -> Iterator[Fact]:
    """The entries from `first` on; any `accounts` of them in a row touch every account.

    With `spread` the first so many entries cover the year in order; without it all are of one day.
    """
    for number in range(first, first + count):
        debit = number * 7 % accounts
        credit = (debit + 1 + number % 7) % accounts
        on = FIRST_DAY + timedelta(days=number * DAYS // spread if spread else 60)
        yield Fact(number, on, debit, credit, 1_000 + number % 977)


def chart_of(account: int) -> str:
    return CHARTS[account % len(CHARTS)]


def party_of(account: int) -> str:
    return f"M{account:04}"


def totals(count: int, *, accounts: int, spread: int = 0) -> list[int]:
    """What every account must hold after the first so many entries, computed without any books."""
    held = [0] * accounts
    for fact in facts(0, count, accounts=accounts, spread=spread):
        held[fact.debit] += fact.minor
        held[fact.credit] -= fact.minor
    return held
