"""The trial balance of a year (*balance générale*): opening, movements and closing of each account, by class.

Plain Python. An account shows its opening and its closing on one side, its movements on both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from fund.accounting.year import YearAccounts, YearRow


@dataclass(frozen=True, slots=True)
class TrialLine:
    """An account, or what accounts add up to: six columns in minor units, all at or above zero."""

    number: str
    opening_debit: int
    opening_credit: int
    debit: int
    credit: int
    closing_debit: int
    closing_credit: int

    @property
    def columns(self) -> tuple[int, ...]:
        return (
            self.opening_debit,
            self.opening_credit,
            self.debit,
            self.credit,
            self.closing_debit,
            self.closing_credit,
        )


@dataclass(frozen=True, slots=True)
class TrialClass:
    """The accounts whose number begins with one figure, and their total."""

    number: str
    lines: tuple[TrialLine, ...]
    total: TrialLine


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """All classes with the total: balanced when each pair of columns is equal."""

    classes: tuple[TrialClass, ...]
    total: TrialLine

    @property
    def is_balanced(self) -> bool:
        opened, opened_credit, debit, credit, closed, closed_credit = self.total.columns
        return opened == opened_credit and debit == credit and closed == closed_credit


def trial_balance(accounts: YearAccounts) -> TrialBalance:
    """The trial balance by account of the chart; parties and projects of an account are added up."""
    lines = [_line(row) for row in accounts.by_account()]
    classes = []
    for number, found in groupby(lines, key=lambda line: line.number[:1]):
        kept = tuple(found)
        classes.append(TrialClass(number, kept, _total(number, kept)))
    return TrialBalance(tuple(classes), _total("", lines))


def _line(row: YearRow) -> TrialLine:
    return TrialLine(
        row.key.chart,
        max(row.opening, 0),
        max(-row.opening, 0),
        row.debit,
        row.credit,
        max(row.closing, 0),
        max(-row.closing, 0),
    )


def _total(number: str, lines: Iterable[TrialLine]) -> TrialLine:
    sums = [sum(column) for column in zip(*(line.columns for line in lines), strict=True)] or [0] * 6
    return TrialLine(number, *sums)
