"""The books as tables for a program: trial balance, balances, journal, accounts, as records and as pandas frames.

Each record is one line. Figures come twice: `…_minor` is a whole number of the unit's smallest part, the same name
without it a `Decimal` in major units; `unit` says of what. There is no float anywhere: frames hold Python objects.
Debit and credit are never negative; openings, closings and running balances are debit positive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ledger.balances import StatementLine as Line
from ledger.balances import Sum, account_statement, journal_entries, sums, trial_balance
from ledger.entries import Mark, StoredEntry
from ledger.journal import AccountKey
from ledger.money import EUR, Amount, Unit

if TYPE_CHECKING:
    from pandas import DataFrame


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
    unit: str
    debit_minor: int
    credit_minor: int
    debit: Decimal
    credit: Decimal
    lettering: str
    reverses: str


class LedgerRecord(NamedTuple):
    """A line of an account of the chart in one unit, with the balance after it.

    `line` is `opening` for what the account held before the first day (it has no entry), else `posting`.
    """

    account: str
    unit: str
    line: str
    on: date
    journal: str
    fiscal_year: str
    number: int
    reference: str
    label: str
    document: str
    party: str
    project: str
    debit_minor: int
    credit_minor: int
    running_minor: int
    debit: Decimal
    credit: Decimal
    running: Decimal
    lettering: str


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


SUM_COLUMNS = (
    "unit",
    "opening_minor",
    "debit_minor",
    "credit_minor",
    "closing_minor",
    "opening",
    "debit",
    "credit",
    "closing",
)
"""The columns of `balances_frame` after those that it is made by."""


def trial_balance_frame(book: str, *, first: date, last: date) -> DataFrame:
    """The trial balance of the days from `first` to `last`, with the columns of `TrialRecord`."""
    return _frame(trial_records(book, first=first, last=last), TrialRecord)


def journal_frame(book: str, *, first: date, last: date) -> DataFrame:
    """The lines of all entries of these days in the order of posting, with the columns of `JournalRecord`."""
    return _frame(journal_records(journal_entries(book, first=first, last=last)), JournalRecord)


def general_ledger_frame(book: str, *, first: date, last: date) -> DataFrame:
    """The lines of all accounts of these days by account, unit and date, with the columns of `LedgerRecord`."""
    entries = journal_entries(book, first=first, last=last)
    return _frame(ledger_records(entries, openings(book, first=first, last=last), first=first), LedgerRecord)


def balances_frame(
    book: str,
    *,
    by: Sequence[str] = ("account",),
    first: date | None = None,
    last: date | None = None,
    **selected: str | None,
) -> DataFrame:
    """What is held by account, party, project or funder: a column for each of `by`, then `SUM_COLUMNS`.

    `by` takes the parts of `ledger.balances.PARTS`, `selected` the accounts as `ledger.balances.sums` does: `chart`,
    `party`, `project`, `convention`, `unit`. Without `first` nothing is an opening.
    """
    found = sums(book, by=by, first=first, as_of=last, **selected)
    return _table((_sum_record(each) for each in found), (*by, *SUM_COLUMNS))


def account_statement_frame(
    book: str,
    *,
    key: AccountKey | None = None,
    chart: str | None = None,
    party: str | None = None,
    project: str | None = None,
    convention: str | None = None,
    unit: Unit = EUR,
    first: date | None = None,
    last: date | None = None,
) -> DataFrame:
    """The lines of one account (`key`), or of all that match, with the columns of `StatementRecord`."""
    parts = {"chart": chart, "party": party, "project": project, "convention": convention}
    statement = account_statement(book, key=key, unit=unit, first=first, last=last, **parts)  # type: ignore[arg-type]
    records = [_line_record(line) for line in statement.lines]
    if first and statement.opening:
        records.insert(0, _statement_opening(key.code if key else "", statement.opening, first))
    return _frame(records, StatementRecord)


def _sum_record(found: Sum) -> tuple[object, ...]:
    amounts = (found.opening, found.debit, found.credit, found.closing)
    return (*found.parts, found.unit.code, *(each.minor for each in amounts), *map(_major, amounts))


def _line_record(line: Line) -> StatementRecord:
    debit, credit = sides(line.amount)
    return StatementRecord(
        line.posting,
        line.account.code,
        line.account.party,
        line.account.project,
        line.amount.unit.code,
        "posting",
        line.on,
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
        _major(debit),
        _major(credit),
        _major(line.running),
        _code(line.mark),
    )


def _statement_opening(account: str, held: Amount, first: date) -> StatementRecord:
    debit, credit = sides(held)
    figures = (debit.minor, credit.minor, held.minor, _major(debit), _major(credit), _major(held))
    words = ("", "", 0, "", "", "", "", "", False)
    return StatementRecord(0, account, "", "", held.unit.code, "opening", first, *words, *figures, "")


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
                _major(row.opening),
                _major(row.debit),
                _major(row.credit),
                _major(row.closing),
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
                line.account.unit.code,
                debit.minor,
                credit.minor,
                _major(debit),
                _major(credit),
                _code(mark),
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
            yield _opening(chart, running, first)
        for on, _posting, stored, place in sorted(lines[chart, unit], key=lambda line: line[:2]):
            running += stored.entry.lines[place].amount
            yield _posting_record(stored, place, on, running)


def _opening(chart: str, held: Amount, first: date) -> LedgerRecord:
    debit, credit = sides(held)
    return LedgerRecord(
        chart,
        held.unit.code,
        "opening",
        first,
        "",
        "",
        0,
        "",
        "",
        "",
        "",
        "",
        debit.minor,
        credit.minor,
        held.minor,
        _major(debit),
        _major(credit),
        _major(held),
        "",
    )


def _posting_record(stored: StoredEntry, place: int, on: date, running: Amount) -> LedgerRecord:
    entry = stored.entry
    line = entry.lines[place]
    debit, credit = sides(line.amount)
    return LedgerRecord(
        line.account.chart,
        line.account.unit.code,
        "posting",
        on,
        entry.journal,
        stored.fiscal_year,
        stored.number,
        entry.reference,
        entry.label,
        entry.document.reference,
        line.account.party,
        line.account.project,
        debit.minor,
        credit.minor,
        running.minor,
        _major(debit),
        _major(credit),
        _major(running),
        _code(stored.marks[place]),
    )


def sides(signed: Amount) -> tuple[Amount, Amount]:
    """An amount in the debit or in the credit column; the other one is zero."""
    nothing = Amount(0, signed.unit)
    return max(signed, nothing), max(-signed, nothing)


def _major(amount: Amount) -> Decimal:
    return Decimal(amount.major)


def _code(mark: Mark | None) -> str:
    return mark.code if mark else ""


def _frame(records: Iterable[tuple[object, ...]], kind: type[NamedTuple]) -> DataFrame:
    return _table(records, kind._fields)


def _table(records: Iterable[tuple[object, ...]], columns: Sequence[str]) -> DataFrame:
    # Imported here: it costs about a second, which only those who want frames pay.
    import pandas

    return pandas.DataFrame(list(records), columns=list(columns), dtype=object)
