"""What is still open of the lines of accounts on a day: the arithmetic of lettering. Plain Python.

A lettering counts from its own day: dated after the day asked for, it has settled nothing yet. In a lettering that
leaves a rest (partial, or settled by a line that came later), the smaller side settles the larger one from its oldest
line on, so that what remains keeps the age of the lines that remain.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, Protocol, TypeVar

THIRD_PARTIES: Final = ("40", "41", "42", "43", "44", "45", "46", "168", "268", "274")
"""The accounts that are kept for somebody, by the beginning of their numbers in the French chart."""

CARRYING: Final = "carrying"
OPENING: Final = "opening"
"""Kinds of entries: what empties the accounts of a closed year, and what opens them again on the same day."""


class ItemLine(Protocol):
    """A line of an account: `account` is its leaf in one word, `dated` the day its age is counted from."""

    @property
    def posting(self) -> int: ...
    @property
    def account(self) -> str: ...
    @property
    def chart(self) -> str: ...
    @property
    def party(self) -> str: ...
    @property
    def project(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def on(self) -> date: ...
    @property
    def dated(self) -> date: ...
    @property
    def minor(self) -> int: ...
    @property
    def lettering(self) -> str: ...
    @property
    def lettered_on(self) -> date | None: ...


AnyLine = TypeVar("AnyLine", bound=ItemLine)

_Kept = tuple[str, str, str]
"""An account of the chart, with the party and the project that it is kept for."""


def rests(lines: Iterable[AnyLine], day: date) -> list[tuple[AnyLine, int]]:
    """The lines that remain open on a day, each with what remains of it, in their order; one unit, debit positive.

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
    return [(line, rest[line.posting]) for line in known if rest[line.posting]]


def _letterings(known: Sequence[AnyLine], day: date) -> list[list[AnyLine]]:
    """The letterings that stand on the day, each with its lines; a code belongs to one leaf of the accounts."""
    groups: dict[tuple[str, str], list[AnyLine]] = defaultdict(list)
    for line in known:
        if not _is_free(line, day):
            groups[line.account, line.lettering].append(line)
    return list(groups.values())


def _is_free(line: ItemLine, day: date) -> bool:
    return line.lettered_on is None or line.lettered_on > day


def _carried(known: Sequence[AnyLine], day: date) -> Iterator[tuple[list[AnyLine], list[AnyLine]]]:
    """For each leaf and closing that emptied it, oldest first: the pair where no lettering took it, the older lines."""
    emptied = {(_kept(line), line.on) for line in known if line.kind == CARRYING}
    if not emptied:
        return
    pairs: dict[tuple[_Kept, date], list[AnyLine]] = defaultdict(list)
    others: dict[_Kept, list[AnyLine]] = defaultdict(list)
    for line in known:
        if line.kind not in (CARRYING, OPENING) or (_kept(line), line.on) not in emptied:
            others[_kept(line)].append(line)
        elif _is_free(line, day):
            pairs[_kept(line), line.on].append(line)
    for kept, on in sorted(pairs, key=lambda each: (each[1], each[0])):
        yield pairs[kept, on], [line for line in others[kept] if line.on < on]


def _settle(group: Sequence[AnyLine], rest: dict[int, int]) -> None:
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


def _kept(line: ItemLine) -> _Kept:
    return line.chart, line.party, line.project
