"""The letterings that a year's entries carry: which lines settle each other, and which only in part.

Plain Python. A lettering is named by its code in one account and auxiliary.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from fund.importers.entry_rows import COLUMNS, ENTRIES_FILE, EntryRow
from fund.importers.faults import Fault, fault_at
from ledger.journal import AccountKey
from ledger.money import Amount


@dataclass(frozen=True, slots=True)
class LetteringRow:
    """Lines of one account that settle each other: `lines` are the entry's number and the place of the line in it."""

    account: AccountKey
    code: str
    on: date
    left: Amount
    lines: tuple[tuple[str, int], ...]
    line: int

    @property
    def is_partial(self) -> bool:
        """Whether the lines do not sum to zero."""
        return bool(self.left)

    @property
    def note(self) -> Fault:
        """What is said of a partial one: it is kept, and shown."""
        place = COLUMNS.index("lettering") + 1
        facts = {"text": self.code, "account": self.account.code, "left": str(self.left)}
        return fault_at(ENTRIES_FILE, self.line, "lettering_partial", "lettering", place, **facts)


def letterings_of(entries: Iterable[EntryRow], faults: list[Fault]) -> tuple[LetteringRow, ...]:
    """The letterings of the entries, in the order of their first lines; what is wrong with them is noted."""
    groups: dict[tuple[AccountKey, str], list[tuple[EntryRow, int]]] = defaultdict(list)
    for entry in entries:
        for place, line in enumerate(entry.lines):
            if line.lettering and line.posting.account.chart:
                groups[line.posting.account, line.lettering].append((entry, place))
    found = []
    for (account, code), members in groups.items():
        rows = [entry.lines[place] for entry, place in members]
        faults.extend(_faults(account, code, members))
        left = Amount(sum(row.posting.minor for row in rows), account.unit)
        lines = tuple((entry.number, place) for entry, place in members)
        found.append(LetteringRow(account, code, rows[0].lettered_on or date.min, left, lines, rows[0].line))
    return tuple(found)


def _faults(account: AccountKey, code: str, members: list[tuple[EntryRow, int]]) -> Iterator[Fault]:
    rows = [entry.lines[place] for entry, place in members]
    first = rows[0]
    at = COLUMNS.index("lettering") + 1
    if len(rows) == 1:
        yield fault_at(ENTRIES_FILE, first.line, "lettering_alone", "lettering", at, text=code, account=account.code)
    for row in rows[1:]:
        if row.lettered_on and first.lettered_on and row.lettered_on != first.lettered_on:
            facts = {"text": code, "found": row.lettered_on.isoformat(), "first": first.lettered_on.isoformat()}
            yield fault_at(
                ENTRIES_FILE,
                row.line,
                "lettering_dates",
                "lettering_date",
                at + 1,
                line_of_first=first.line,
                **facts,
            )
