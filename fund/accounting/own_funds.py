"""How own funds changed in the year (*variation des fonds propres*, article 431-5). Plain Python.

A line opens, receives its part of the result of the year before, grows, shrinks or is used up, and closes. The result
that the members allocate is what an entry moves between account 12 and the other own funds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fund.accounting.balance_sheet import layout_of
from fund.accounting.balance_sheet_lines import RESULT
from fund.accounting.layouts import CREDIT, Line, line_of
from fund.accounting.layouts import title_of as line_title
from fund.accounting.year import YearAccounts, YearRow

_RESULT_BEFORE = "result-before"
_BLOCKS = ("net", "beside")


@dataclass(frozen=True, slots=True)
class OwnFundsLine:
    """A line of the table, in minor units, credit above zero."""

    code: str
    fr: str
    en: str
    opening: int
    allocated: int
    increase: int
    decrease: int

    @property
    def closing(self) -> int:
        return self.opening + self.allocated + self.increase - self.decrease


@dataclass(frozen=True, slots=True)
class OwnFunds:
    """The lines that held or moved something, and their total."""

    lines: tuple[OwnFundsLine, ...]
    total: OwnFundsLine


def own_funds(accounts: YearAccounts, allocations: Iterable[tuple[str, int]]) -> OwnFunds:
    """The table of the year; `allocations` are the lines (account, minor, debit above zero) of the entries that
    allocate a result, those on account 12 among them."""
    layout = layout_of(accounts.year.chart)
    allocated: dict[str, int] = defaultdict(int)
    moved_on: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for number, minor in allocations:
        line = line_of(layout, number, minor)
        if line is not None and line.block in _BLOCKS:
            allocated[_row(line)] -= minor
            moved_on[_row(line)][minor < 0] += abs(minor)
    by_line: dict[str, list[YearRow]] = defaultdict(list)
    for row in accounts.by_account():
        line = line_of(layout, row.key.chart, CREDIT)
        if line is not None and line.block in _BLOCKS and row.key.chart[:1] == "1":
            by_line[_row(line)].append(row)
    shown = []
    for line in layout.lines:
        if line.block not in _BLOCKS or line.code == _RESULT_BEFORE:
            continue
        counted = _line(line, by_line.get(line.code, ()), allocated[line.code], moved_on[line.code], accounts.result)
        if any((counted.opening, counted.allocated, counted.increase, counted.decrease)):
            shown.append(counted)
    sums = (sum(getattr(each, name) for each in shown) for name in ("opening", "allocated", "increase", "decrease"))
    return OwnFunds(tuple(shown), OwnFundsLine("total-own", "Total", "Total", *sums))


def _row(line: Line) -> str:
    """The result of the year before and that of this year are one row of the table."""
    return RESULT if line.code == _RESULT_BEFORE else line.code


def _line(line: Line, rows: Iterable[YearRow], allocated: int, moved: list[int], result: int) -> OwnFundsLine:
    """What the allocating entries moved is taken out of the gross movements, so that nothing is told twice."""
    kept = list(rows)
    increase = sum(row.credit for row in kept) - moved[True]
    decrease = sum(row.debit for row in kept) - moved[False]
    if line.code == RESULT:
        increase, decrease = increase + max(result, 0), decrease + max(-result, 0)
    return OwnFundsLine(line.code, line.fr, line.en, -sum(row.opening for row in kept), allocated, increase, decrease)


def _lines(chart: str) -> Mapping[str, Line]:
    """The lines of the table by their codes: the result of the year before is in that of this year."""
    return {line.code: line for line in layout_of(chart).lines if line.block in _BLOCKS and line.code != _RESULT_BEFORE}


def title_of(chart: str, code: str) -> tuple[str, str] | None:
    """The titles of a line in French and English; None when the table has no such line."""
    return line_title(layout_of(chart), code) if code in _lines(chart) else None


def rows_of_line(accounts: YearAccounts, code: str) -> tuple[YearRow, ...] | None:
    """The rows of class 1, by account and auxiliary, that make a line of the table; None without such a line."""
    if code not in _lines(accounts.year.chart):
        return None
    layout, found = layout_of(accounts.year.chart), []
    for row in accounts.by_auxiliary():
        line = line_of(layout, row.key.chart, CREDIT)
        if row.key.chart[:1] == "1" and line is not None and line.block in _BLOCKS and _row(line) == code:
            found.append(row)
    return tuple(found)
