"""The statements of posting: what is read under the head's lock, and the rows that a seal closes.

Plain SQL that SQLite and PostgreSQL read alike, because the models refuse to write and one post is one
round of a few statements. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger import driver
from ledger.errors import BookUnknown, CodeInvalid
from ledger.ladder import check_code
from ledger.money import Unit, as_known

_AT_ONCE = 10_000  # SQLite takes 32,766 parameters in one statement


@dataclass(frozen=True, slots=True)
class HeadRow:
    """Where the book ends."""

    book_id: int
    functional_unit: str
    last_seal: int
    last_entry: int
    last_posting: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class StoredRow:
    """What is needed of a posted entry to recognise it or to reverse it."""

    id: int
    reference: str
    journal: str
    fiscal_year: str
    number: int
    validated_on: date
    seal_id: int
    reverses_id: int | None
    leaf: bytes
    label_hash: bytes
    salt: bytes | None


@dataclass(slots=True)
class AccountRow:
    """An account and its running totals, moved in memory while a batch is examined."""

    id: int
    code: str
    unit: Unit
    is_closed: bool
    debit: int
    credit: int
    floor: int | None
    ceiling: int | None
    touched_by: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A period with its fiscal year."""

    fiscal_year_id: int
    fiscal_year: str
    first: date
    last: date
    state: str


def _marks(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))


def fetched(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    return driver.fetched(driver.session(), sql, parameters)


def fetched_among(sql: str, parameters: Sequence[Any], values: Collection[object]) -> list[tuple[Any, ...]]:
    """The rows of a query whose last condition is `IN (MARKS)`, a part of the values at a time."""
    wanted = list(values)
    if wanted and driver.session().vendor == "postgresql":
        return fetched(sql.replace("IN (MARKS)", "= ANY(%s)"), [*parameters, wanted])
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        found += fetched(sql.replace("MARKS", _marks(part)), [*parameters, *part])
    return found


def check_book(book: str) -> None:
    """Refuse as unknown what cannot be the name of a book, before a database is asked for it."""
    try:
        check_code("The book", book)
    except CodeInvalid as refused:
        raise BookUnknown(book=refused.text) from None


def locked_head(book: str) -> HeadRow:
    """The end of the book, held until the commit: writers of one book queue, books do not meet."""
    check_book(book)
    sql = (
        "SELECT h.book_id, u.code, h.last_seal, h.last_entry, h.last_posting, h.hash FROM ledger_head h "
        "JOIN ledger_book b ON b.id = h.book_id JOIN ledger_unit u ON u.id = b.functional_unit_id WHERE b.slug = %s"
    )
    found = fetched(sql + (" FOR NO KEY UPDATE OF h" if driver.session().vendor == "postgresql" else ""), [book])
    if not found:
        raise BookUnknown(book=book)
    book_id, unit, last_seal, last_entry, last_posting, digest = found[0]
    return HeadRow(book_id, unit, last_seal, last_entry, last_posting, bytes(digest))


def stored_entries(book_id: int, references: Collection[str]) -> dict[str, StoredRow]:
    """The posted entries with these references."""
    found = fetched_among(
        "SELECT e.id, e.reference, j.code, f.code, e.number, e.validated_on, e.seal_id, e.reverses_id, e.leaf, "
        "x.label_hash, e.salt FROM ledger_entry e JOIN ledger_journal j ON j.id = e.journal_id "
        "JOIN ledger_fiscalyear f ON f.id = e.fiscal_year_id LEFT JOIN ledger_labelerasure x ON x.entry_id = e.id "
        "WHERE e.book_id = %s AND e.reference IN (MARKS)",
        [book_id],
        references,
    )
    return {row[1]: _stored_row(*row) for row in found}


def _stored_row(*row: Any) -> StoredRow:
    *plain, leaf, label_hash, salt = row
    return StoredRow(*plain, bytes(leaf), bytes(label_hash or b""), None if salt is None else bytes(salt))  # type: ignore[call-arg]


def reversals(entry_ids: Collection[int]) -> dict[int, str]:
    """The reference of the entry that reverses each of these, for those that are reversed."""
    sql = "SELECT reverses_id, reference FROM ledger_entry WHERE reverses_id IN (MARKS)"
    return dict(fetched_among(sql, [], entry_ids))


def journal_ids(book_id: int) -> dict[str, int]:
    """The journals of the book by code."""
    return dict(fetched("SELECT code, id FROM ledger_journal WHERE book_id = %s", [book_id]))


def unit_rows() -> dict[str, tuple[int, Unit]]:
    """Identifier and value of each unit by code."""
    found = fetched("SELECT code, id, scale, kind FROM ledger_unit", [])
    return {code: (unit_id, Unit(code, scale, kind)) for code, unit_id, scale, kind in found}


def spans(book_id: int, first: date, last: date) -> list[Span]:
    """The periods of the book that meet these dates."""
    found = fetched(
        "SELECT f.id, f.code, p.first, p.last, p.state FROM ledger_period p "
        "JOIN ledger_fiscalyear f ON f.id = p.fiscal_year_id "
        "WHERE f.book_id = %s AND p.first <= %s AND p.last >= %s ORDER BY p.first",
        [book_id, last.isoformat(), first.isoformat()],
    )
    return [Span(*row) for row in found]


def accounts(book_id: int, codes: Collection[str]) -> dict[str, AccountRow]:
    """The accounts of these codes, in every unit that they exist in, by account and unit in one word."""
    found = fetched_among(
        "SELECT a.code, u.code, a.id, u.scale, u.kind, a.is_closed, b.debit, b.credit, b.floor, b.ceiling "
        "FROM ledger_account a JOIN ledger_unit u ON u.id = a.unit_id JOIN ledger_balance b ON b.account_id = a.id "
        "WHERE a.book_id = %s AND a.code IN (MARKS)",
        [book_id],
        codes,
    )
    kept: dict[str, Unit] = {}  # one object for each unit, the house's own where it has one: told apart by identity
    read: dict[str, AccountRow] = {}
    for code, unit, account_id, scale, kind, *totals in found:
        if unit not in kept:
            kept[unit] = as_known(Unit(unit, scale, kind))
        read[f"{code} {unit}"] = AccountRow(account_id, code, kept[unit], *totals)
    return read


def last_account(below: int, above: int) -> int:
    """The highest account identifier of the book so far."""
    found = fetched("SELECT max(id) FROM ledger_account WHERE id > %s AND id < %s", [below, above])
    return found[0][0] or below


def last_number(journal_id: int, fiscal_year_id: int) -> int:
    """The last number given in this journal and fiscal year; 0 when it has none."""
    found = fetched(
        "SELECT max(number) FROM ledger_entry WHERE journal_id = %s AND fiscal_year_id = %s",
        [journal_id, fiscal_year_id],
    )
    return found[0][0] or 0


def insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows of one table."""
    driver.written(driver.session(), table, columns, rows)


def changed(sql: str, parameters: Sequence[Any]) -> int:
    """Run one statement that changes rows; how many it changed."""
    return driver.changed(driver.session(), sql, parameters)
