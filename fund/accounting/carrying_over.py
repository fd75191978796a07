"""What a closing carries into the next year: the accounts are emptied, and those that go on are opened again.

Plain Python, whole minor units, debit positive. Two groups of lines come out of one reading of the balances. The
first empties every account of classes 1 to 8; the second, the à-nouveaux, opens classes 1 to 5 and the commitments
(80) as they were and puts the result on 120 (surplus) or 129 (deficit). Each unit is carried in itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from fund.accounting.closing_errors import CarryingUnbalanced
from ledger.journal import AccountKey, Line
from ledger.money import Amount, Unit

SURPLUS: Final = "120"
DEFICIT: Final = "129"

GOING_ON: Final = ("1", "2", "3", "4", "5", "80")
"""What a year hands to the next one: the balance sheet, and the commitments."""

OF_THE_YEAR: Final = ("6", "7")
"""Expenses and income: they begin at zero, and what they leave is the result."""

_CARRIED_KINDS: Final = ("money", "kind")


@dataclass(frozen=True, slots=True)
class Held:
    """What the postings of a leaf that share these dimensions sum to, at the end of the year."""

    account: AccountKey
    convention: str
    destination: str
    public_generosity: bool
    minor: int

    @property
    def line(self) -> Line:
        """The line that would make it."""
        return Line(self.account, self.minor, self.convention, self.destination, self.public_generosity)


@dataclass(frozen=True, slots=True)
class Carrying:
    """`empties` brings every account to zero, `opens` opens those that go on; each balances in every unit.

    `results` is by unit, above zero for a surplus; units whose income and expenses leave nothing are not in it.
    """

    empties: tuple[Line, ...]
    opens: tuple[Line, ...]
    results: Mapping[Unit, int]


def is_carried(account: AccountKey) -> bool:
    """Whether a closing moves this account: classes 1 to 8 in a currency or in valued help, never hours or points."""
    return account.chart[:1] in "12345678" and account.unit.kind in _CARRIED_KINDS


def goes_on(chart: str) -> bool:
    """Whether the account of this number is opened again in the next year."""
    return chart.startswith(GOING_ON)


def carried(held: Iterable[Held]) -> Carrying:
    """The two groups of lines, by account and dimensions in their order.

    A leaf that goes on and holds nothing in all is left out: a third party that is settled has no line, though its
    two sides may name different conventions. Raises `CarryingUnbalanced` for the first unit, by code, whose classes 1
    to 8 do not sum to zero, or whose classes 81 to 89 do not: 86 differs from 87.
    """
    kept = _kept(held)
    results = _results(kept)
    ordered = sorted(kept, key=lambda each: (each.account.leaf, each.convention, each.destination, each.line.minor))
    empties = tuple(_turned(each.line) for each in ordered)
    opens = tuple(each.line for each in ordered if goes_on(each.account.chart))
    opens += tuple(
        Line(AccountKey(result_account(minor, {each.account.chart for each in kept}), unit=unit), -minor)
        for unit, minor in sorted(results.items(), key=lambda item: item[0].code)
    )
    return Carrying(empties, opens, results)


def result_account(minor: int, charts: Collection[str]) -> str:
    """120 for a surplus, 129 for a deficit; in a book whose accounts all have one length, as long as they are.

    >>> result_account(1, ["512", "6571"]), result_account(-1, ["512000", "657100"])
    ('120', '129000')
    """
    lengths = {len(chart) for chart in charts}
    number = SURPLUS if minor > 0 else DEFICIT
    return number.ljust(lengths.pop(), "0") if len(lengths) == 1 else number


def _kept(held: Iterable[Held]) -> list[Held]:
    """What is worth a line: without accounts of other classes, sums of zero, and leaves that are settled."""
    carried_ones = [each for each in held if each.minor and is_carried(each.account)]
    leaves: dict[str, int] = defaultdict(int)
    for each in carried_ones:
        leaves[each.account.leaf] += each.minor
    return [each for each in carried_ones if leaves[each.account.leaf] or not goes_on(each.account.chart)]


def _results(kept: Iterable[Held]) -> dict[Unit, int]:
    whole: dict[Unit, int] = defaultdict(int)
    others: dict[Unit, int] = defaultdict(int)
    results: dict[Unit, int] = defaultdict(int)
    for each in kept:
        unit = each.account.unit
        whole[unit] += each.minor
        if each.account.chart.startswith(OF_THE_YEAR):
            results[unit] -= each.minor
        elif not goes_on(each.account.chart):
            others[unit] += each.minor
    for unit in sorted(whole, key=lambda unit: unit.code):
        if whole[unit] or others[unit]:
            raise CarryingUnbalanced(rest=str(Amount(whole[unit] or others[unit], unit)), unit=unit.code)
    return {unit: minor for unit, minor in results.items() if minor}


def _turned(line: Line) -> Line:
    return Line(line.account, -line.minor, line.convention, line.destination, line.public_generosity)
