"""What is still open on third-party accounts as of a day, and how old it is (*balance âgée*).

Plain Python. A lettering counts from its own day: dated after the day asked for, it has settled nothing yet.
In a lettering that leaves a rest (partial, or settled by a line that came later), the smaller side settles the
larger one from its oldest line on, so that what remains keeps the age of the lines that remain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fund.accounting.lines import BookLine
from fund.accounting.year import CARRYING_KIND, OPENING_KIND

AGED: Final = ("401", "411", "441", "455", "458", "467", "468", "274")
"""The accounts of the aged balance."""

BUCKETS: Final = (None, 30, 60, 90)
"""Up to how many days: not due, then 0 to 30, 31 to 60, 61 to 90; what is older comes last."""

_Kept = tuple[str, str, str]
"""An account of the chart, with the party and the project that it is kept for."""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A line that is not settled, and what remains of it: `minor`, debit positive."""

    line: BookLine
    minor: int

    def days(self, day: date) -> int:
        """How old it is on a day; below zero when its paper is dated later."""
        return (day - self.line.dated).days


def open_items(lines: Iterable[BookLine], day: date) -> tuple[OpenItem, ...]:
    """What remains open of these lines on a day, in their order.

    The lines are those of whole accounts from the beginning of the books; what is dated after the day is left out.
    What empties an account at the end of a year and what opens it again cancel each other, so that an old
    line keeps its age.
    """
    known = [line for line in lines if line.on <= day]
    rest = {line.posting: line.minor for line in known}
    for group in _letterings(known, day):
        _settle(group, rest)
    for pair, older in _carried(known, day):
        # Where the pair does not cancel, a line of the à-nouveaux was lettered: what emptied settles the older lines.
        _settle(pair if not sum(line.minor for line in pair) else [*pair, *older], rest)
    return tuple(OpenItem(line, rest[line.posting]) for line in known if rest[line.posting])


def _letterings(known: Sequence[BookLine], day: date) -> list[list[BookLine]]:
    """The letterings that stand on the day, each with its lines; a code belongs to one leaf of the accounts."""
    groups: dict[tuple[str, str], list[BookLine]] = defaultdict(list)
    for line in known:
        if not _is_free(line, day):
            groups[line.account, line.lettering].append(line)
    return list(groups.values())


def _is_free(line: BookLine, day: date) -> bool:
    return line.lettered_on is None or line.lettered_on > day


def _carried(known: Sequence[BookLine], day: date) -> Iterator[tuple[list[BookLine], list[BookLine]]]:
    """For each leaf and closing that emptied it, oldest first: the free lines of the pair, and the free older ones."""
    emptied = {(_kept(line), line.on) for line in known if line.kind == CARRYING_KIND}
    if not emptied:
        return
    pairs: dict[tuple[_Kept, date], list[BookLine]] = defaultdict(list)
    others: dict[_Kept, list[BookLine]] = defaultdict(list)
    for line in known:
        if not _is_free(line, day):
            continue
        if line.kind in (CARRYING_KIND, OPENING_KIND) and (_kept(line), line.on) in emptied:
            pairs[_kept(line), line.on].append(line)
        else:
            others[_kept(line)].append(line)
    for kept, on in sorted(pairs, key=lambda each: (each[1], each[0])):
        yield pairs[kept, on], [line for line in others[kept] if line.on < on]


def _settle(group: Sequence[BookLine], rest: dict[int, int]) -> None:
    """Settle the larger side by the smaller one, from its oldest line on."""
    total = sum(rest[line.posting] for line in group)
    larger = 1 if total > 0 else -1
    settled = sum(abs(rest[line.posting]) for line in group if rest[line.posting] * larger < 0)
    for line in sorted(group, key=lambda line: (line.dated, line.posting)):
        held = rest[line.posting]
        if held * larger <= 0:
            rest[line.posting] = 0
            continue
        part = min(abs(held), settled)
        settled -= part
        rest[line.posting] = held - part * larger


def _kept(line: BookLine) -> _Kept:
    return line.chart, line.party, line.project


def bucket_of(days: int) -> int:
    """The column of an age: 0 not due, 1 up to 30 days, 2 to 60, 3 to 90, 4 beyond."""
    if days < 0:
        return 0
    return next((place for place, most in enumerate(BUCKETS) if most is not None and days <= most), len(BUCKETS))


@dataclass(frozen=True, slots=True)
class AgedRow:
    """What an auxiliary has open on an account: in each of the five columns, debit positive."""

    chart: str
    auxiliary: str
    buckets: tuple[int, int, int, int, int]

    @property
    def total(self) -> int:
        return sum(self.buckets)


def aged(items: Iterable[OpenItem], day: date) -> tuple[AgedRow, ...]:
    """The aged balance of these items, one row for each account and auxiliary."""
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 5)
    for item in items:
        found[item.line.chart, item.line.auxiliary][bucket_of(item.days(day))] += item.minor
    return tuple(
        AgedRow(chart, auxiliary, (each[0], each[1], each[2], each[3], each[4]))
        for (chart, auxiliary), each in sorted(found.items())
    )
