"""The only writer of the books: an entry is posted whole, under a seal, or not at all.

    post(book, entry)               one entry, one seal
    post_many(book, entries)        many entries, one seal, all or nothing
    reverse_entry(book, …)          the exact opposite of a posted entry
    erase_label(book, …)            the words go, the entry and its proof stay

Everything takes part in an outer `transaction.atomic()`, so a business row and its entry commit together.
The opening of books, years, journals and the locking of periods are offered from here too.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.utils import timezone

from ledger import chain, guards, rows
from ledger.batches import Batch, Draft
from ledger.commits import in_one_commit
from ledger.entries import stored_entry
from ledger.errors import EntriesRefused, LabelErased
from ledger.journal import Entry, reversal_of
from ledger.ladder import check_text
from ledger.models import first_id
from ledger.opening import (
    close_account,
    close_period,
    declare_unit,
    lock_period,
    open_book,
    open_fiscal_year,
    open_journal,
    set_limits,
    unlock_period,
)

__all__ = [
    "Posted",
    "close_account",
    "close_period",
    "declare_unit",
    "erase_label",
    "lock_period",
    "open_book",
    "open_fiscal_year",
    "open_journal",
    "post",
    "post_many",
    "reverse_entry",
    "set_limits",
    "unlock_period",
]


@dataclass(frozen=True, slots=True)
class Posted:
    """Where an entry stands: its number in the journal's year, its seal, and whether it stood there before."""

    reference: str
    journal: str
    fiscal_year: str
    number: int
    seal: int
    replayed: bool


def post(book: str, entry: Entry, *, salt_seed: bytes | None = None) -> Posted:
    """Post one entry under a seal of its own.

    The same reference with the same contents gives the stored entry back (`replayed`); with other contents
    it is refused. Raises the first refusal of the ladder that the entry deserves.
    """
    try:
        return post_many(book, [entry], salt_seed=salt_seed)[0]
    except EntriesRefused as refused:
        raise refused.faults[0] from None


def post_many(book: str, entries: Sequence[Entry], *, salt_seed: bytes | None = None) -> tuple[Posted, ...]:
    """Post entries under one seal, in their order; when any is refused none is posted and all refusals are listed.

    With `salt_seed` the salts of the labels follow from the seed and the references, so that the same
    entries give the same chain on every machine; without it they are drawn at random.
    """
    if not entries:
        return ()
    return in_one_commit(lambda: _post_batch(book, entries, salt_seed))


def _post_batch(book: str, entries: Sequence[Entry], salt_seed: bytes | None) -> tuple[Posted, ...]:
    guards.require()
    head = rows.locked_head(book)
    batch = Batch(book=book, head=head, today=timezone.localdate(), entries=entries)
    places = batch.examine(lambda entry: _salt(entry, salt_seed))
    if batch.faults:
        raise EntriesRefused(faults=batch.faults, total=len(entries))
    if batch.drafts:
        _write(head, batch)
    return tuple(
        Posted(entry.reference, entry.journal, at.fiscal_year, at.number, at.seal, at.replayed)
        for entry, at in zip(entries, places, strict=True)
    )


def _salt(entry: Entry, seed: bytes | None) -> bytes:
    if seed is None:
        return secrets.token_bytes(chain.SALT_BYTES)
    return chain.salt_from(seed, entry.reference)


def _write(head: rows.HeadRow, batch: Batch) -> None:
    """Insert accounts, entries, words and postings, then the seal, which proves and counts them."""
    book_id, seal_id, empty = head.book_id, head.last_seal + 1, first_id(head.book_id)
    rows.insert("ledger_account", _ACCOUNT, batch.new_accounts)
    rows.insert("ledger_balance", _BALANCE, ([row[0], 0, 0, 0, empty] for row in batch.new_accounts))
    rows.insert("ledger_entry", _ENTRY, (_entry_row(book_id, seal_id, draft) for draft in batch.drafts))
    rows.insert("ledger_entrylabel", _LABEL, ([d.id, d.entry.label, d.salt] for d in batch.drafts))
    rows.insert("ledger_posting", _POSTING, (row for draft in batch.drafts for row in _posting_rows(draft)))
    postings = batch.drafts[-1].first_posting + len(batch.drafts[-1].entry.lines) - batch.drafts[0].first_posting
    seal = [
        seal_id,
        book_id,
        batch.drafts[0].id,
        len(batch.drafts),
        batch.drafts[0].first_posting,
        postings,
        head.hash,
        chain.seal_hash(head.hash, (draft.leaf for draft in batch.drafts)),
        connection.ops.adapt_datetimefield_value(timezone.now()),
    ]
    rows.insert("ledger_seal", _SEAL, [seal])


_ACCOUNT = ("id", "book_id", "code", "chart", "party", "project", "convention", "unit_id", "is_closed")
_BALANCE = ("account_id", "debit", "credit", "count", "last_seal")
_ENTRY = (
    "id",
    "book_id",
    "seal_id",
    "journal_id",
    "fiscal_year_id",
    "number",
    "on",
    "validated_on",
    "kind",
    "reference",
    "document",
    "document_on",
    "document_sha256",
    "exchange",
    "reverses_id",
    "label_hash",
    "leaf",
    "first_posting",
    "postings",
)
_LABEL = ("entry_id", "label", "salt")
_POSTING = ("id", "entry_id", "account_id", "on", "minor", "convention", "destination", "public_generosity")
_SEAL = (
    "id",
    "book_id",
    "first_entry",
    "entries",
    "first_posting",
    "postings",
    "previous",
    "hash",
    "moment",
)


def _entry_row(book_id: int, seal_id: int, draft: Draft) -> Sequence[object]:
    entry, document = draft.entry, draft.entry.document
    return (
        draft.id,
        book_id,
        seal_id,
        draft.journal_id,
        draft.fiscal_year_id,
        draft.number,
        entry.on.isoformat(),
        draft.validated_on.isoformat(),
        entry.kind,
        entry.reference,
        document.reference,
        document.on.isoformat() if document.on else None,
        document.sha256,
        chain.exchange_text(entry.exchange),
        draft.reverses_id,
        draft.label_hash,
        draft.leaf,
        draft.first_posting,
        len(entry.lines),
    )


def _posting_rows(draft: Draft) -> list[Sequence[object]]:
    on = draft.entry.on.isoformat()
    return [
        (
            draft.first_posting + offset,
            draft.id,
            account_id,
            on,
            line.minor,
            line.convention,
            line.destination,
            line.public_generosity,
        )
        for offset, (line, account_id) in enumerate(zip(draft.entry.lines, draft.account_ids, strict=True))
    ]


def reverse_entry(
    book: str,
    *,
    reference_of: str,
    on: date,
    reference: str,
    label: str,
    validated_on: date | None = None,
    salt_seed: bytes | None = None,
) -> Posted:
    """Post the exact opposite of a posted entry (*extourne*), once; a reversal itself is not reversed."""
    entry = reversal_of(stored_entry(book, reference_of).entry, on=on, reference=reference, label=label)
    return post(book, replace(entry, validated_on=validated_on), salt_seed=salt_seed)


def erase_label(book: str, *, reference: str, by: str, why: str) -> None:
    """Erase the words of an entry and their salt, and log who did it and why; the chain still verifies."""
    check_text("The name of who erases", by)
    check_text("The reason", why, limit=500)

    def act() -> None:
        guards.require()
        head = rows.locked_head(book)
        entry_id = stored_entry(book, reference).id
        moment = connection.ops.adapt_datetimefield_value(timezone.now())
        if rows.fetched("SELECT 1 FROM ledger_labelerasure WHERE entry_id = %s", [entry_id]):
            raise LabelErased(reference=reference, book_id=head.book_id)
        rows.insert("ledger_labelerasure", ("entry_id", "by", "why", "moment"), [[entry_id, by, why, moment]])
        rows.changed("DELETE FROM ledger_entrylabel WHERE entry_id = %s", [entry_id])

    in_one_commit(act)
