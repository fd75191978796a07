"""The lines of the books as records for a program: one line each, in the columns that the frames have.

Figures come twice: `…_minor` is a whole number of the unit's smallest part, the same name without it a `Decimal` in
major units; `unit` says of what. Debit and credit are never negative; openings, closings, running balances and what
is open are debit positive. `lettered_on` is None where nothing is lettered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.balances import StatementLine as Line
from ledger.balances import Sum, trial_balance
from ledger.entries import Mark, StoredEntry
from ledger.money import Amount, Unit


class TrialRecord(NamedTuple):
    """An account of the chart in one unit over the days asked for."""

    account: str
    unit: str
    opening_minor: int
    debit_minor: int
    credit_minor: int
    closing_minor: int
    opening: Decimal
    debit: Decimal
    credit: Decimal
    closing: Decimal


class JournalRecord(NamedTuple):
    """A line of an entry. `position` counts the entries of the book, `number` those of the journal's fiscal year."""

    position: int
    journal: str
    fiscal_year: str
    number: int
    on: date
    validated_on: date | None
    kind: str
    reference: str
    label: str
    document: str
    document_on: date | None
    account: str
    party: str
    project: str
    convention: str
    destination: str
    public_generosity: bool
    unit: str
    debit_minor: int
    credit_minor: int
    debit: Decimal
    credit: Decimal
    lettering: str
    lettered_on: date | None
    reverses: str


class LedgerRecord(NamedTuple):
    """A line of an account of the chart in one unit, with the balance after it.

    `line` is `opening` for what the account held before the first day (it has no entry), else `posting`.
    """

    account: str
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
    debit: Decimal
    credit: Decimal
    running: Decimal
    lettering: str
    lettered_on: date | None


class StatementRecord(NamedTuple):
    """A line of the statement of one account, or of those that match, with the balance after it.

    `posting` counts the postings of the book. `line` is `opening` for what was held before the first day (it has no
    entry and no posting), else `posting`.
    """

    posting: int
    account: str
    party: str
    project: str
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
    convention: str
    destination: str
    public_generosity: bool
    debit_minor: int
    credit_minor: int
    running_minor: int
    debit: Decimal
    credit: Decimal
    running: Decimal
    lettering: str
    lettered_on: date | None


def sum_record(found: Sum) -> tuple[object, ...]:
    """A sum's parts, its unit, its four figures twice."""
    amounts = (found.opening, found.debit, found.credit, found.closing)
    return (*found.parts, found.unit.code, *(each.minor for each in amounts), *map(major, amounts))


def line_record(line: Line) -> StatementRecord:
    """A line of an account's statement."""
    debit, credit = sides(line.amount)
    return StatementRecord(
        line.posting,
        line.account.code,
        line.account.party,
        line.account.project,
        line.amount.unit.code,
        "posting",
        line.on,
        line.validated_on,
        line.journal,
        line.fiscal_year,
        line.number,
        line.reference,
        line.label,
        line.document,
        line.convention,
        line.destination,
        line.public_generosity,
        debit.minor,
        credit.minor,
        line.running.minor,
        major(debit),
        major(credit),
        major(line.running),
        code_of(line.mark),
        line.mark.on if line.mark else None,
    )


def statement_opening(account: str, held: Amount, first: date) -> StatementRecord:
    """What an account held before the first day, as a line of its own."""
    debit, credit = sides(held)
    figures = (debit.minor, credit.minor, held.minor, major(debit), major(credit), major(held))
    words = (None, "", "", 0, "", "", "", "", "", False)
    return StatementRecord(0, account, "", "", held.unit.code, "opening", first, *words, *figures, "", None)


def trial_records(book: str, *, first: date, last: date) -> Iterator[TrialRecord]:
    """One record for each account that moved or held something."""
    for row in trial_balance(book, first=first, as_of=last):
        if row.opening or row.debit or row.credit:
            yield TrialRecord(
                row.chart,
                row.opening.unit.code,
                row.opening.minor,
                row.debit.minor,
                row.credit.minor,
                row.closing.minor,
                major(row.opening),
                major(row.debit),
                major(row.credit),
                major(row.closing),
            )


def journal_records(entries: Iterable[StoredEntry]) -> Iterator[JournalRecord]:
    """One record for each line of these entries."""
    for stored in entries:
        entry = stored.entry
        for line, mark in zip(entry.lines, stored.marks, strict=True):
            debit, credit = sides(line.amount)
            yield JournalRecord(
                stored.position,
                entry.journal,
                stored.fiscal_year,
                stored.number,
                entry.on,
                entry.validated_on,
                entry.kind,
                entry.reference,
                entry.label,
                entry.document.reference,
                entry.document.on,
                line.account.chart,
                line.account.party,
                line.account.project,
                line.convention,
                line.destination,
                line.public_generosity,
                line.account.unit.code,
                debit.minor,
                credit.minor,
                major(debit),
                major(credit),
                code_of(mark),
                mark.on if mark else None,
                entry.reverses,
            )


def openings(book: str, *, first: date, last: date) -> dict[tuple[str, Unit], Amount]:
    """What each account of the chart held before `first`, those that moved only later included."""
    return {(row.chart, row.opening.unit): row.opening for row in trial_balance(book, first=first, as_of=last)}


def ledger_records(
    entries: Sequence[StoredEntry], held: dict[tuple[str, Unit], Amount], *, first: date
) -> Iterator[LedgerRecord]:
    """The lines by account and unit, then by date and order of posting; `held` is what stood there before `first`."""
    lines: dict[tuple[str, Unit], list[tuple[date, int, StoredEntry, int]]] = defaultdict(list)
    for stored in entries:
        for place, line in enumerate(stored.entry.lines):
            key = (line.account.chart, line.account.unit)
            lines[key].append((stored.entry.on, stored.postings[place], stored, place))
    for chart, unit in sorted({*lines, *held}, key=lambda key: (key[0], key[1].code)):
        running = held.get((chart, unit), Amount(0, unit))
        if running:
            yield opening_record(chart, running, first)
        for on, _posting, stored, place in sorted(lines[chart, unit], key=lambda line: line[:2]):
            running += stored.entry.lines[place].amount
            yield posting_record(stored, place, on, running)


def opening_record(chart: str, held: Amount, first: date) -> LedgerRecord:
    """What an account of the chart held before the first day, as a line of its own."""
    debit, credit = sides(held)
    words = ("", "", 0, "", "", "", None, "", "", "", "", False)
    figures = (debit.minor, credit.minor, held.minor, major(debit), major(credit), major(held))
    return LedgerRecord(chart, held.unit.code, "opening", first, None, *words, *figures, "", None)


def posting_record(stored: StoredEntry, place: int, on: date, running: Amount) -> LedgerRecord:
    """A line of an entry as one of its account, with the balance after it."""
    entry, mark = stored.entry, stored.marks[place]
    line = entry.lines[place]
    debit, credit = sides(line.amount)
    return LedgerRecord(
        line.account.chart,
        line.account.unit.code,
        "posting",
        on,
        entry.validated_on,
        entry.journal,
        stored.fiscal_year,
        stored.number,
        entry.reference,
        entry.label,
        entry.document.reference,
        entry.document.on,
        line.account.party,
        line.account.project,
        line.convention or line.account.convention,
        line.destination,
        line.public_generosity,
        debit.minor,
        credit.minor,
        running.minor,
        major(debit),
        major(credit),
        major(running),
        code_of(mark),
        mark.on if mark else None,
    )


def sides(signed: Amount) -> tuple[Amount, Amount]:
    """An amount in the debit or in the credit column; the other one is zero."""
    nothing = Amount(0, signed.unit)
    return max(signed, nothing), max(-signed, nothing)


def major(amount: Amount) -> Decimal:
    """An amount in major units, exact."""
    return Decimal(amount.major)


def code_of(mark: Mark | None) -> str:
    """The code of a lettering; empty for none."""
    return mark.code if mark else ""
