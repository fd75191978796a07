"""The usual way of posting one entry: a reference that is new, accounts that are open, a year that is open.

It reads only what the rows need and leaves every question to the guards, which ask them all; PostgreSQL does it in one
call (`ledger/sql/postgresql_posting.sql`). Whatever is not usual is not posted here: the answer is None, or the
guards refuse, and the long way (`ledger.batches`) decides and names the refusal. Both ways write the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from ledger import chain, driver
from ledger.journal import Entry
from ledger.models import NUMBER_MASK
from ledger.writing import Draft, write


@dataclass(frozen=True, slots=True)
class Place:
    """Where the entry stands: fiscal year, number in its journal, its seal, and its last posting in the book."""

    fiscal_year: str
    number: int
    seal: int
    last_posting: int


def is_one_statement() -> bool:
    """Whether the usual way is one statement of the database, a transaction by itself where no other is open."""
    return connections[DEFAULT_DB_ALIAS].vendor == "postgresql"


def posted(
    connection: BaseDatabaseWrapper, book: str, entry: Entry, *, validated: str, salt: bytes, moment: datetime
) -> Place | None:
    """Post an entry that `usual.is_usual` found usual; None, and nothing written, when the books say otherwise."""
    digest = sha256(salt + entry.label.encode()).digest()
    text = chain.text_around_number(entry, book=book, validated=validated, label_digest=digest)
    way = _called if connection.vendor == "postgresql" else _written
    return way(connection, book, entry, text, validated, salt, moment)


def _called(
    connection: BaseDatabaseWrapper,
    book: str,
    entry: Entry,
    text: tuple[str, str],
    validated: str,
    salt: bytes,
    moment: datetime,
) -> Place | None:
    lines, document = entry.lines, entry.document
    parameters = (
        book,
        entry.journal,
        entry.reference,
        entry.on,
        validated,
        entry.kind,
        entry.label,
        salt,
        document.reference,
        document.on,
        document.sha256,
        *text,
        "\n".join([line.account.leaf for line in lines]),
        "\n".join([str(line.minor) for line in lines]),
        _dimensions(entry),
        moment,
    )
    ((year, number, seal_id, last_posting),) = driver.fetched(connection, _CALL, parameters)
    if seal_id is None:
        return None
    return Place(year, number, seal_id & NUMBER_MASK, last_posting & NUMBER_MASK)


def _dimensions(entry: Entry) -> str | None:
    """What the lines say besides account and amount, a line each; None when they say nothing."""
    if not any(line.convention or line.destination or line.public_generosity for line in entry.lines):
        return None
    return "\n".join(
        f"{line.convention} {line.destination} {'t' if line.public_generosity else 'f'}" for line in entry.lines
    )


_CALL = f"SELECT * FROM ledger_post({', '.join(['%s'] * 17)})"  # noqa: S608 - marks alone


def _written(
    connection: BaseDatabaseWrapper,
    book: str,
    entry: Entry,
    text: tuple[str, str],
    validated: str,
    salt: bytes,
    moment: datetime,
) -> Place | None:
    on, lines = entry.on.isoformat(), entry.lines
    if len(lines) > _MANY:
        return None
    asked = [word for line in lines for word in (line.account.code, line.account.unit.code)]
    found = driver.fetched(
        connection, _context(len(lines)), (*asked, entry.journal, on, on, on, on, book, entry.reference)
    )
    if not found or None in found[0][:-1]:
        return None
    *account_ids, book_id, last_seal, last_entry, last_posting, head, journal_id, year_id, year, last_number = found[0]
    before, after = text
    number = (last_number or 0) + 1
    leaf = chain.leaf_hash(f"{before}{year} {number}{after}".encode())
    draft = Draft(
        last_entry + 1,
        entry,
        journal_id,
        year_id,
        year,
        number,
        on,
        validated,
        None,
        last_posting + 1,
        account_ids,
        salt,
        leaf,
    )
    write(connection, book_id=book_id, seal_id=last_seal + 1, previous=head, drafts=[draft], moment=moment)
    return Place(year, number, (last_seal + 1) & NUMBER_MASK, (last_posting + len(lines)) & NUMBER_MASK)


_MANY = 40  # lines: SQLite answers a row of some hundred columns, and an entry of many lines may go the long way


@cache
def _context(lines: int) -> str:
    """What the rows of an entry need: its accounts, NULL where one is missing or closed, and where the book ends."""
    account = (
        "(SELECT a.id FROM ledger_account a JOIN ledger_unit u ON u.id = a.unit_id "
        "WHERE a.book_id = b.id AND a.code = %s AND u.code = %s AND NOT a.is_closed)"
    )
    return (
        f"SELECT {', '.join([account] * lines)}, "  # noqa: S608 - marks alone
        "h.book_id, h.last_seal, h.last_entry, h.last_posting, h.hash, j.id, f.id, f.code, "
        "(SELECT max(number) FROM ledger_entry e WHERE e.journal_id = j.id AND e.fiscal_year_id = f.id) "
        "FROM ledger_book b CROSS JOIN ledger_head h ON h.book_id = b.id "
        "CROSS JOIN ledger_journal j ON j.book_id = b.id AND j.code = %s "
        "CROSS JOIN ledger_fiscalyear f ON f.book_id = b.id AND f.first <= %s AND f.last >= %s "
        "CROSS JOIN ledger_period p ON p.fiscal_year_id = f.id AND p.first <= %s AND p.last >= %s AND p.state = 'open' "
        "WHERE b.slug = %s "
        "AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.book_id = b.id AND e.reference = %s)"
    )
