"""The lines of entries as the books' statements read them, in the currency that the fund keeps its books in.

Plain Python. `minor` is in whole minor units, debit positive. Contributions in kind stand one for one beside money;
hours, recognition and class 9 are in no statement of the law.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

THIRD_PARTIES: Final = ("40", "41", "42", "43", "44", "45", "46", "168", "268", "274")
"""The accounts that are kept for somebody: their auxiliary ledger is the *grand livre auxiliaire*."""

BANKS: Final = ("51", "53", "54")
"""Where money lies; 58 is money on its way between two of them."""


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line of a validated entry. `posting` counts the lines of the book, `position` its entries.

    `account` is the leaf in one word (`411:M03`). `convention` is the line's, or else the account's. `lettering` is
    empty for a line that nothing settles; `lettered_on` is then None, and `is_partial` says that the lettering leaves
    something open.
    """

    posting: int
    position: int
    journal: str
    number: int
    on: date
    validated_on: date
    kind: str
    reference: str
    label: str
    document: str
    document_on: date | None
    account: str
    chart: str
    party: str
    project: str
    convention: str
    destination: str
    public_generosity: bool
    minor: int
    lettering: str = ""
    lettered_on: date | None = None
    is_partial: bool = False

    @property
    def auxiliary(self) -> str:
        """The third party that the account is kept for: a party, or a project where no party is named."""
        return self.party or self.project

    @property
    def debit(self) -> int:
        return max(self.minor, 0)

    @property
    def credit(self) -> int:
        return max(-self.minor, 0)

    @property
    def dated(self) -> date:
        """The day of the paper, or of the entry where the paper has none: what ages are counted from."""
        return self.document_on or self.on


def by_entry(lines: Iterable[BookLine]) -> Iterator[tuple[BookLine, ...]]:
    """The lines of each entry together, in the order in which the entries come; an entry's lines stand side by side."""
    held: list[BookLine] = []
    for line in lines:
        if held and line.position != held[0].position:
            yield tuple(held)
            held = []
        held.append(line)
    if held:
        yield tuple(held)


def by_chart(lines: Iterable[BookLine]) -> dict[str, list[BookLine]]:
    """The lines of each account of the chart by day and order of posting, the accounts by number."""
    found: dict[str, list[BookLine]] = defaultdict(list)
    for line in lines:
        found[line.chart].append(line)
    for each in found.values():
        each.sort(key=lambda line: (line.on, line.posting))
    return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """A journal's month (*centralisation*): how many entries, and both columns."""

    journal: str
    month: date
    entries: int
    debit: int
    credit: int


def centralised(lines: Iterable[BookLine]) -> tuple[MonthTotal, ...]:
    """The totals of each journal and month, by journal, then month; a month is named by its first day."""
    totals: dict[tuple[str, date], list[int]] = defaultdict(lambda: [0, 0])
    entries: dict[tuple[str, date], set[int]] = defaultdict(set)
    for line in lines:
        key = (line.journal, line.on.replace(day=1))
        totals[key][0] += line.debit
        totals[key][1] += line.credit
        entries[key].add(line.position)
    return tuple(
        MonthTotal(journal, month, len(entries[journal, month]), *total)
        for (journal, month), total in sorted(totals.items())
    )
