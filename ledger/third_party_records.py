"""The accounts of third parties as records: their ledger with what is open of each line, open items, letterings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.balances import journal_entries, sums
from ledger.entries import StoredEntry
from ledger.frame_records import LedgerRecord, code_of, major, opening_record, posting_record
from ledger.lettering import LetteringAct, lettering_log
from ledger.money import Amount, Unit
from ledger.open_items import rests


class AuxiliaryRecord(NamedTuple):
    """A line of a third party's account in one unit; `auxiliary` is its party, or its project where it has none.

    `open` is what the last day asked for leaves unsettled of the line; of an `opening`, of all lines before it.
    The other columns are those of `LedgerRecord`; `running` is the balance of the auxiliary.
    """

    account: str
    auxiliary: str
    unit: str
    line: str
    on: date
    validated_on: date | None
    journal: str
    fiscal_year: str
    number: int
    reference: str
    label: str
    document: str
    document_on: date | None
    party: str
    project: str
    convention: str
    destination: str
    public_generosity: bool
    debit_minor: int
    credit_minor: int
    running_minor: int
    open_minor: int
    debit: Decimal
    credit: Decimal
    running: Decimal
    open: Decimal
    lettering: str
    lettered_on: date | None


class OpenItemRecord(NamedTuple):
    """A line that is not settled on the day asked for. `days` is its age, counted from its document or else itself.

    `amount` is the line's own, `open` what remains of it, both debit positive. `lettering` is that of a partial one.
    """

    account: str
    auxiliary: str
    unit: str
    posting: int
    on: date
    validated_on: date | None
    days: int
    journal: str
    fiscal_year: str
    number: int
    reference: str
    label: str
    document: str
    document_on: date | None
    party: str
    project: str
    convention: str
    destination: str
    public_generosity: bool
    amount_minor: int
    open_minor: int
    amount: Decimal
    open: Decimal
    lettering: str
    lettered_on: date | None


class LetteringRecord(NamedTuple):
    """One line of the log of letterings: `act` is `done` or `undone`, `posting` one of the lines that it is about.

    `by` says who, `moment` when (UTC). A lettering stands when its last act is `done`.
    """

    account: str
    party: str
    project: str
    unit: str
    lettering: str
    act: str
    on: date
    is_partial: bool
    posting: int
    by: str
    moment: object


@dataclass(frozen=True, slots=True)
class _Item:
    """A line of an entry with its place, as `ledger.open_items` reads it."""

    stored: StoredEntry
    place: int

    @property
    def posting(self) -> int:
        return self.stored.postings[self.place]

    @property
    def account(self) -> str:
        return self.stored.entry.lines[self.place].account.leaf

    @property
    def chart(self) -> str:
        return self.stored.entry.lines[self.place].account.chart

    @property
    def party(self) -> str:
        return self.stored.entry.lines[self.place].account.party

    @property
    def project(self) -> str:
        return self.stored.entry.lines[self.place].account.project

    @property
    def unit(self) -> Unit:
        return self.stored.entry.lines[self.place].account.unit

    @property
    def kind(self) -> str:
        return self.stored.entry.kind

    @property
    def on(self) -> date:
        return self.stored.entry.on

    @property
    def dated(self) -> date:
        return self.stored.entry.document.on or self.stored.entry.on

    @property
    def minor(self) -> int:
        return self.stored.entry.lines[self.place].minor

    @property
    def lettering(self) -> str:
        return code_of(self.stored.marks[self.place])

    @property
    def lettered_on(self) -> date | None:
        mark = self.stored.marks[self.place]
        return mark.on if mark else None

    @property
    def key(self) -> tuple[str, str, Unit]:
        """What its account is kept for: chart, auxiliary, unit."""
        return self.chart, self.party or self.project, self.unit


def auxiliary_records(book: str, *, first: date, last: date, charts: Sequence[str]) -> Iterator[AuxiliaryRecord]:
    """The lines of these days of the accounts that begin with these numbers, by account, auxiliary and date."""
    items = _items(journal_entries(book, last=last), charts)
    left = {item.posting: (item, minor) for item, minor in _open(items, last)}
    lines: dict[tuple[str, str, Unit], list[_Item]] = defaultdict(list)
    before: dict[tuple[str, str, Unit], int] = defaultdict(int)
    for item in items:
        if item.on >= first:
            lines[item.key].append(item)
    for item, minor in left.values():
        if item.on < first:
            before[item.key] += minor
    held = _openings(book, first, last, charts)
    for key in sorted({*lines, *held}, key=lambda key: (key[0], key[1], key[2].code)):
        chart, auxiliary, unit = key
        running = held.get(key, Amount(0, unit))
        if running or before[key]:
            yield _auxiliary(opening_record(chart, running, first), auxiliary, before[key], unit)
        for item in sorted(lines[key], key=lambda item: (item.on, item.posting)):
            running += Amount(item.minor, unit)
            record = posting_record(item.stored, item.place, item.on, running)
            yield _auxiliary(record, auxiliary, left[item.posting][1] if item.posting in left else 0, unit)


def open_item_records(book: str, *, on: date, charts: Sequence[str]) -> Iterator[OpenItemRecord]:
    """What is open on a day of the accounts that begin with these numbers, in the order of posting."""
    for item, minor in _open(_items(journal_entries(book, last=on), charts), on):
        entry, line = item.stored.entry, item.stored.entry.lines[item.place]
        whole, rest = line.amount, Amount(minor, item.unit)
        counts = item.lettered_on is not None and item.lettered_on <= on
        yield OpenItemRecord(
            item.chart,
            item.party or item.project,
            item.unit.code,
            item.posting,
            item.on,
            entry.validated_on,
            (on - item.dated).days,
            entry.journal,
            item.stored.fiscal_year,
            item.stored.number,
            entry.reference,
            entry.label,
            entry.document.reference,
            entry.document.on,
            item.party,
            item.project,
            line.convention or line.account.convention,
            line.destination,
            line.public_generosity,
            whole.minor,
            rest.minor,
            major(whole),
            major(rest),
            item.lettering if counts else "",
            item.lettered_on if counts else None,
        )


def lettering_records(acts: Iterable[LetteringAct]) -> Iterator[LetteringRecord]:
    """One record for each act and line."""
    for act in acts:
        account = act.account
        for posting in act.postings:
            yield LetteringRecord(
                account.chart,
                account.party,
                account.project,
                account.unit.code,
                act.code,
                act.act,
                act.on,
                act.is_partial,
                posting,
                act.by,
                act.moment,
            )


def letterings_of(book: str) -> Iterator[LetteringRecord]:
    """The whole log of the book's letterings, in order."""
    return lettering_records(lettering_log(book))


def _items(entries: Iterable[StoredEntry], charts: Sequence[str]) -> list[_Item]:
    starts = tuple(charts)
    return [
        _Item(stored, place)
        for stored in entries
        for place, line in enumerate(stored.entry.lines)
        if line.account.chart.startswith(starts)
    ]


def _open(items: Sequence[_Item], day: date) -> list[tuple[_Item, int]]:
    """Leaves of accounts are of one unit each, so that nothing is settled across units."""
    by_unit: dict[Unit, list[_Item]] = defaultdict(list)
    for item in items:
        by_unit[item.unit].append(item)
    found = [pair for each in by_unit.values() for pair in rests(each, day)]
    return sorted(found, key=lambda pair: pair[0].posting)


def _openings(book: str, first: date, last: date, charts: Sequence[str]) -> dict[tuple[str, str, Unit], Amount]:
    found: dict[tuple[str, str, Unit], Amount] = {}
    for each in sums(book, by=("chart", "party", "project"), first=first, as_of=last):
        chart, party, project = map(str, each.parts)
        if chart.startswith(tuple(charts)):
            key = (chart, party or project, each.unit)
            found[key] = found.get(key, Amount(0, each.unit)) + each.opening
    return found


def _auxiliary(record: LedgerRecord, auxiliary: str, open_minor: int, unit: Unit) -> AuxiliaryRecord:
    facts = record._asdict()
    return AuxiliaryRecord(auxiliary=auxiliary, open_minor=open_minor, open=major(Amount(open_minor, unit)), **facts)
