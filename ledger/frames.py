"""The books as pandas frames, the door for a notebook: trial balance, journal, ledgers, open items, letterings.

Each line of a frame is one record; `frame_records` and `third_party_records` name and explain the columns. Figures
come twice: `…_minor` is a whole number of the unit's smallest part, the same name without it a `Decimal` in major
units; `unit` says of what. There is no float anywhere: frames hold Python objects (`int`, `Decimal`, `date`, `str`,
`bool`, None). Debit and credit are never negative; openings, closings, running balances and what is open are debit
positive. Days are those of the facts, both ends included.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ledger.balances import account_statement, journal_entries, sums
from ledger.frame_records import (
    JournalRecord,
    LedgerRecord,
    StatementRecord,
    TrialRecord,
    journal_records,
    ledger_records,
    line_record,
    openings,
    sides,
    statement_opening,
    sum_record,
    trial_records,
)
from ledger.journal import AccountKey
from ledger.money import EUR, Unit
from ledger.open_items import THIRD_PARTIES
from ledger.third_party_records import (
    AuxiliaryRecord,
    LetteringRecord,
    OpenItemRecord,
    auxiliary_records,
    letterings_of,
    open_item_records,
)

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = [
    "SUM_COLUMNS",
    "THIRD_PARTIES",
    "AuxiliaryRecord",
    "JournalRecord",
    "LedgerRecord",
    "LetteringRecord",
    "OpenItemRecord",
    "StatementRecord",
    "TrialRecord",
    "account_statement_frame",
    "auxiliary_ledger_frame",
    "balances_frame",
    "general_ledger_frame",
    "journal_frame",
    "journal_records",
    "ledger_records",
    "letterings_frame",
    "open_items_frame",
    "openings",
    "sides",
    "trial_balance_frame",
    "trial_records",
]

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
    return _table((sum_record(each) for each in found), (*by, *SUM_COLUMNS))


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
    records = [line_record(line) for line in statement.lines]
    if first and statement.opening:
        records.insert(0, statement_opening(key.code if key else "", statement.opening, first))
    return _frame(records, StatementRecord)


def auxiliary_ledger_frame(book: str, *, first: date, last: date, charts: Sequence[str] = THIRD_PARTIES) -> DataFrame:
    """The lines of third parties by account, auxiliary and date, with the columns of `AuxiliaryRecord`.

    What is open of each line is that of the last day; it needs the accounts from the beginning of the books.
    """
    return _frame(auxiliary_records(book, first=first, last=last, charts=charts), AuxiliaryRecord)


def open_items_frame(book: str, *, on: date, charts: Sequence[str] = THIRD_PARTIES) -> DataFrame:
    """What third parties have open on a day, with its age, with the columns of `OpenItemRecord`."""
    return _frame(open_item_records(book, on=on, charts=charts), OpenItemRecord)


def letterings_frame(book: str) -> DataFrame:
    """All that was ever lettered and unlettered, a line for each act and posting, with `LetteringRecord`'s columns."""
    return _frame(letterings_of(book), LetteringRecord)


def _frame(records: Iterable[tuple[object, ...]], kind: type[NamedTuple]) -> DataFrame:
    return _table(records, kind._fields)


def _table(records: Iterable[tuple[object, ...]], columns: Sequence[str]) -> DataFrame:
    # Imported here: it costs about a second, which only those who want frames pay.
    import pandas

    return pandas.DataFrame(list(records), columns=list(columns), dtype=object)
