"""What one commit writes: the head is opened, accounts, entries and postings follow, the seal closes it.

Both ways of posting end here, so that they cannot write different rows. Nothing is decided: a draft holds all that
its rows need, and the guards ask about the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.backends.base.base import BaseDatabaseWrapper

from ledger import chain, driver
from ledger.journal import Entry

_OPEN = "UPDATE ledger_head SET pending_id = %s WHERE book_id = %s"
"""Open a commit: the head names the seal that is owed until it comes."""

_ACCOUNT = ("id", "book_id", "code", "chart", "party", "project", "convention", "unit_id", "is_closed")
_ENTRY = (
    *("id", "book_id", "seal_id", "journal_id", "fiscal_year_id", "number", "on", "validated_on", "kind", "reference"),
    *("document", "document_on", "document_sha256", "exchange", "reverses_id", "first_posting", "postings"),
    *("label", "salt", "leaf"),
)
_POSTING = ("id", "entry_id", "account_id", "on", "minor", "convention", "destination", "public_generosity")
_SEAL = ("id", "book_id", "first_entry", "entries", "first_posting", "postings", "previous", "hash", "moment")


@dataclass(slots=True)
class Draft:
    """An entry with everything that its rows and its leaf need; days as the tables write them."""

    id: int
    entry: Entry
    journal_id: int
    fiscal_year_id: int
    fiscal_year: str
    number: int
    on: str
    validated: str
    reverses_id: int | None
    first_posting: int
    account_ids: Sequence[int]
    salt: bytes
    leaf: bytes


def write(
    connection: BaseDatabaseWrapper,
    *,
    book_id: int,
    seal_id: int,
    previous: bytes,
    drafts: Sequence[Draft],
    new_accounts: Sequence[Sequence[object]] = (),
    moment: datetime,
) -> None:
    """Write a commit of these drafts, one after the other without a gap, on the head whose hash is `previous`."""
    driver.fetched(connection, _OPEN, (seal_id, book_id))
    driver.written(connection, "ledger_account", _ACCOUNT, new_accounts)
    driver.written(connection, "ledger_entry", _ENTRY, [_entry_row(book_id, seal_id, draft) for draft in drafts])
    postings = _posting_rows(drafts)
    driver.written(connection, "ledger_posting", _POSTING, postings)
    seal = (
        *(seal_id, book_id, drafts[0].id, len(drafts), drafts[0].first_posting, len(postings), previous),
        chain.seal_hash(previous, [draft.leaf for draft in drafts]),
        connection.ops.adapt_datetimefield_value(moment),
    )
    driver.written(connection, "ledger_seal", _SEAL, [seal])


def _entry_row(book_id: int, seal_id: int, draft: Draft) -> Sequence[object]:
    entry, document = draft.entry, draft.entry.document
    return (
        draft.id,
        book_id,
        seal_id,
        draft.journal_id,
        draft.fiscal_year_id,
        draft.number,
        draft.on,
        draft.validated,
        entry.kind,
        entry.reference,
        document.reference,
        document.on.isoformat() if document.on else None,
        document.sha256,
        chain.exchange_text(entry.exchange) if entry.exchange else "",
        draft.reverses_id,
        draft.first_posting,
        len(draft.account_ids),
        entry.label,
        draft.salt,
        draft.leaf,
    )


def _posting_rows(drafts: Sequence[Draft]) -> list[Sequence[object]]:
    found: list[Sequence[object]] = []
    for draft in drafts:
        posting_id, entry_id, on = draft.first_posting, draft.id, draft.on
        for line, account_id in zip(draft.entry.lines, draft.account_ids, strict=True):
            dimensions = (line.convention, line.destination, line.public_generosity)
            found.append((posting_id, entry_id, account_id, on, line.minor, *dimensions))
            posting_id += 1
    return found
