"""Advances to be repaid, and commitments off the balance sheet, as a year's lines and balances tell them.

Plain Python. Amounts are whole minor units, at or above zero unless a correction turned a side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from fund.accounting.lines import BANKS, BookLine, by_entry
from fund.accounting.year import YearAccounts

LOANS: Final = ("274",)
LOSS_OF_LOANS: Final = ("2974",)
GIVEN: Final = ("801",)
RECEIVED: Final = ("802",)
COUNTERPART: Final = ("809",)

_GRANTED: Final = ("657", "268", "274", "4672")
"""Where a commitment ends up when it is notified, signed or called: an expense, a stake, an advance, a claim."""


@dataclass(frozen=True, slots=True)
class Advance:
    """An advance (*avance remboursable*) to one beneficiary on one account.

    `settled` is what left the account without reaching the bank: given up, written off, turned into an aid.
    `depreciated` is at or above zero; `agreements` are the conventions that its lines name.
    """

    chart: str
    auxiliary: str
    opening: int
    granted: int
    repaid: int
    settled: int
    depreciated: int
    agreements: tuple[str, ...] = ()

    @property
    def closing(self) -> int:
        return self.opening + self.granted - self.repaid - self.settled

    @property
    def net(self) -> int:
        return self.closing - self.depreciated


def advances(accounts: YearAccounts, lines: Iterable[BookLine]) -> tuple[Advance, ...]:
    """The advances of the year, by account and beneficiary; `lines` are the movements of the year.

    Depreciation stands on 2974 by beneficiary; of a beneficiary with advances on two accounts it is shown on the first.
    """
    openings: dict[tuple[str, str], int] = defaultdict(int)
    agreements: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in accounts.of(*LOANS):
        openings[row.key.chart, row.key.auxiliary] += row.opening
        agreements[row.key.chart, row.key.auxiliary] |= {row.key.convention} - {""}
    moved: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for entry in by_entry(lines):
        through_bank = any(line.chart.startswith(BANKS) for line in entry)
        for line in entry:
            if line.chart.startswith(LOANS):
                figures = moved[line.chart, line.auxiliary]
                figures[0] += line.debit
                figures[1 if through_bank else 2] += line.credit
    lost: dict[str, int] = defaultdict(int)
    for row in accounts.of(*LOSS_OF_LOANS):
        lost[row.key.auxiliary] -= row.closing
    found = []
    for key in sorted({*(key for key, held in openings.items() if held), *moved}):
        loss = lost.pop(key[1], 0)
        granted, repaid, settled = moved[key]
        named = tuple(sorted(agreements[key]))
        found.append(Advance(*key, openings[key], granted, repaid, settled, loss, named))
    found += [Advance("274", who, 0, 0, 0, 0, loss) for who, loss in sorted(lost.items()) if loss]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment on one account for one party or project: what was, was added, was executed or ended, remains.

    `executed` is what became an expense, a stake, an advance or a claim; `ended` what lapsed or was reduced
    otherwise. `is_given` is false for a commitment that the fund received.
    """

    chart: str
    auxiliary: str
    is_given: bool
    opening: int
    added: int
    executed: int
    ended: int

    @property
    def remaining(self) -> int:
        return self.opening + self.added - self.executed - self.ended


def commitments(accounts: YearAccounts, lines: Iterable[BookLine]) -> tuple[Commitment, ...]:
    """The commitments of the year, by account and auxiliary; `lines` are the movements of the year in order.

    A commitment ends by execution when its entry, or another entry on the same paper and day, books what it became.
    """
    kept = list(by_entry(lines))
    granted = {
        (line.document, line.on)
        for entry in kept
        for line in entry
        if line.document and line.minor > 0 and line.chart.startswith(_GRANTED)
    }
    openings: dict[tuple[str, str], int] = defaultdict(int)
    for row in accounts.of(*GIVEN, *RECEIVED):
        openings[row.key.chart, row.key.auxiliary] += row.opening * _sign(row.key.chart)
    moved: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for entry in kept:
        is_granted = (entry[0].document, entry[0].on) in granted or any(
            line.minor > 0 and line.chart.startswith(_GRANTED) for line in entry
        )
        for line in entry:
            if line.chart.startswith((*GIVEN, *RECEIVED)):
                figure = line.minor * _sign(line.chart)
                figures = moved[line.chart, line.auxiliary]
                if figure > 0:
                    figures[0] += figure
                else:
                    figures[1 if is_granted else 2] -= figure
    return tuple(
        Commitment(*key, key[0].startswith(GIVEN), openings[key], *moved[key])
        for key in sorted({*(key for key, held in openings.items() if held), *moved})
    )


def _sign(chart: str) -> int:
    """A commitment given stands in credit, one received in debit."""
    return -1 if chart.startswith(GIVEN) else 1


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of an advance that falls due on a day, by the agreement named; `minor` is above zero."""

    due_on: date
    minor: int
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """What of an advance is still to be repaid, and when: `due_on` is None where no agreement says it."""

    due_on: date | None
    minor: int
    agreement: str = ""

    def term(self, day: date) -> int:
        """Its column on a day: 0 overdue, 1 within a year, 2 later, 3 unknown."""
        if self.due_on is None:
            return UNKNOWN_TERM
        if self.due_on <= day:
            return 0
        return 1 if self.due_on <= _a_year_after(day) else 2


TERMS: Final = ("overdue", "within_a_year", "later", "unknown")
UNKNOWN_TERM: Final = 3


def _a_year_after(day: date) -> date:
    return date(day.year + 1, day.month, 28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def dues(closing: int, instalments: Iterable[Instalment]) -> tuple[Due, ...]:
    """How what remains of an advance falls due: what was repaid has settled the earliest instalments first.

    What the instalments do not reach has no known day; of instalments beyond what remains the latest count.
    """
    left, found = max(closing, 0), []
    for each in sorted(instalments, key=lambda each: each.due_on, reverse=True):
        part = min(each.minor, left)
        left -= part
        if part:
            found.append(Due(each.due_on, part, each.agreement))
    if left:
        found.append(Due(None, left))
    return tuple(sorted(found, key=lambda due: (due.due_on is None, due.due_on or date.max)))
