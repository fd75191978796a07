"""The year's books as flat tables, one line for each record: for CSV files, and for workbooks by way of frames."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from fund.chart import account_name
from fund.queries.book_year import BookYear
from fund.statements.document import Cell, Column, Document, Language, Row, Section, Span, Table
from ledger import frames
from ledger.frames import JournalRecord, LedgerRecord, TrialRecord
from ledger.money import Amount, unit_of

if TYPE_CHECKING:
    from pandas import DataFrame


def trial_balance_sheet(records: Iterable[TrialRecord], language: Language) -> Table:
    """Accounts with their opening, movements and closing."""
    with translation.override(language):
        columns = (
            Column(_("Account"), "code"),
            Column(_("Name")),
            Column(_("Opening"), "amount"),
            Column(_("Debit"), "amount"),
            Column(_("Credit"), "amount"),
            Column(_("Closing"), "amount"),
        )
        rows = tuple(
            Row(
                (
                    each.account,
                    account_name(each.account, language),
                    *_amounts(each.unit, each.opening_minor, each.debit_minor, each.credit_minor, each.closing_minor),
                )
            )
            for each in records
        )
        return Table(_("Trial balance"), columns, rows, "")


def journal_sheet(records: Iterable[JournalRecord], language: Language) -> Table:
    """Lines of entries in the order of posting."""
    with translation.override(language):
        columns = (
            Column(_("Position"), "number"),
            Column(_("Journal"), "code"),
            Column(_("Fiscal year"), "code"),
            Column(_("No."), "number"),
            Column(_("Date"), "date"),
            Column(_("Validated on"), "date"),
            Column(_("Kind"), "code"),
            Column(_("Reference"), "code"),
            Column(_("Label")),
            Column(_("Document"), "code"),
            Column(_("Document of"), "date"),
            Column(_("Account"), "code"),
            Column(_("Name")),
            Column(_("Party"), "code"),
            Column(_("Project"), "code"),
            Column(_("Agreement"), "code"),
            Column(_("Destination"), "code"),
            Column(_("Debit"), "amount"),
            Column(_("Credit"), "amount"),
            Column(_("Lettering"), "code"),
            Column(_("Reversal of"), "code"),
        )
        return Table(_("Journal"), columns, tuple(Row(_journal_cells(each, language)) for each in records), "")


def _journal_cells(each: JournalRecord, language: Language) -> tuple[Cell, ...]:
    return (
        each.position,
        each.journal,
        each.fiscal_year,
        each.number,
        each.on,
        each.validated_on,
        each.kind,
        each.reference,
        each.label,
        each.document,
        each.document_on,
        each.account,
        account_name(each.account, language),
        each.party,
        each.project,
        each.convention,
        each.destination,
        *_amounts(each.unit, each.debit_minor, each.credit_minor),
        each.lettering,
        each.reverses,
    )


def general_ledger_sheet(records: Iterable[LedgerRecord], language: Language) -> Table:
    """Lines of accounts with the balance after each."""
    with translation.override(language):
        columns = (
            Column(_("Account"), "code"),
            Column(_("Name")),
            Column(_("Date"), "date"),
            Column(_("Journal"), "code"),
            Column(_("No."), "number"),
            Column(_("Reference"), "code"),
            Column(_("Label")),
            Column(_("Document"), "code"),
            Column(_("Party"), "code"),
            Column(_("Project"), "code"),
            Column(_("Debit"), "amount"),
            Column(_("Credit"), "amount"),
            Column(_("Balance"), "amount"),
            Column(_("Lettering"), "code"),
        )
        return Table(_("General ledger"), columns, tuple(Row(_ledger_cells(each, language)) for each in records), "")


def _ledger_cells(each: LedgerRecord, language: Language) -> tuple[Cell, ...]:
    return (
        each.account,
        account_name(each.account, language),
        each.on,
        each.journal,
        each.number or None,
        each.reference,
        _("Opening") if each.line == "opening" else each.label,
        each.document,
        each.party,
        each.project,
        *_amounts(each.unit, each.debit_minor, each.credit_minor, each.running_minor),
        each.lettering,
    )


def _amounts(unit: str, *minors: int) -> tuple[Amount, ...]:
    return tuple(Amount(minor, unit_of(unit)) for minor in minors)


@dataclass(frozen=True, slots=True)
class _Book:
    """One of the books: its records, its frame, the record that both hold, and its table."""

    records: Callable[[BookYear], Iterable[Any]]
    frame: Callable[..., DataFrame]
    record: Callable[..., Any]
    sheet: Callable[[Iterable[Any], Language], Table]


def _trial_records(books: BookYear) -> Iterable[TrialRecord]:
    return frames.trial_records(books.book, first=books.first, last=books.last)


def _journal_records(books: BookYear) -> Iterable[JournalRecord]:
    return frames.journal_records(books.entries)


def _ledger_records(books: BookYear) -> Iterable[LedgerRecord]:
    return frames.ledger_records(books.entries, books.openings, first=books.first)


_BOOKS: Final[Mapping[str, _Book]] = {
    "trial-balance": _Book(_trial_records, frames.trial_balance_frame, TrialRecord, trial_balance_sheet),
    "journal": _Book(_journal_records, frames.journal_frame, JournalRecord, journal_sheet),
    "general-ledger": _Book(_ledger_records, frames.general_ledger_frame, LedgerRecord, general_ledger_sheet),
}


def sheet(name: str, books: BookYear, language: Language) -> Table:
    """The book of this name (`trial-balance`, `journal`, `general-ledger`) as one table."""
    book = _BOOKS[name]
    return book.sheet(book.records(books), language)


def workbook(name: str, books: BookYear, language: Language) -> Document:
    """The book of this name as a document for a workbook, read from its pandas frame."""
    book = _BOOKS[name]
    frame = book.frame(books.book, first=books.first, last=books.last)
    table = book.sheet((book.record(*values) for values in frame.itertuples(index=False, name=None)), language)
    return Document(
        title=table.caption,
        number=f"{books.first.year}-{name}",
        fund=books.fund.name,
        language=language,
        issued_on=books.last,
        covers=Span(books.first, books.last),
        chain_head=books.head.hash,
        sections=(Section(table.caption, (table,)),),
    )
