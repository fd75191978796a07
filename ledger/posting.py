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
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.utils import timezone

from ledger import chain, driver, express, guards, rollups, rows
from ledger.batches import Batch
from ledger.commits import in_one_commit
from ledger.entries import stored_entry
from ledger.errors import EntriesRefused, GuardRefused, LabelErased, LedgerBusy
from ledger.journal import Entry, reversal_of
from ledger.ladder import check_text
from ledger.models import NUMBER_MASK
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
from ledger.usual import is_usual
from ledger.writing import write

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
    salts = _salts([entry], salt_seed)
    if (at := _posted_as_usual(book, entry, salts[0])) is not None:
        if rollups.is_due(at.last_posting - len(entry.lines), at.last_posting):
            # The entry stands already: what is derived can wait until the book is less busy.
            with suppress(LedgerBusy):
                rollups.advance(book)
        return Posted(entry.reference, entry.journal, at.fiscal_year, at.number, at.seal, replayed=False)
    try:
        return in_one_commit(lambda: _post_batch(book, [entry], salts))[0]
    except EntriesRefused as refused:
        raise refused.faults[0] from None


def _posted_as_usual(book: str, entry: Entry, salt: bytes) -> express.Place | None:
    """Where the entry stands when it could be posted the short way; None when the long way must decide."""
    if not is_usual(entry):
        return None
    is_one_statement = express.is_one_statement()

    def act() -> express.Place | None:
        if not is_one_statement:
            guards.require()  # in here no migration can come between
        connection, moment = driver.session(), timezone.now()
        validated = (entry.validated_on or timezone.localdate(moment)).isoformat()
        return express.posted(connection, book, entry, validated=validated, salt=salt, moment=moment)

    rows.check_book(book)
    if is_one_statement:
        guards.require()
    try:
        return in_one_commit(act, in_one_statement=is_one_statement)
    except GuardRefused:
        return None


def post_many(book: str, entries: Sequence[Entry], *, salt_seed: bytes | None = None) -> tuple[Posted, ...]:
    """Post entries under one seal, in their order; when any is refused none is posted and all refusals are listed.

    With `salt_seed` the salts of the labels follow from the seed and the references, so that the same
    entries give the same chain on every machine; without it they are drawn at random.
    """
    if not entries:
        return ()
    salts = _salts(entries, salt_seed)
    return in_one_commit(lambda: _post_batch(book, entries, salts))


def _post_batch(book: str, entries: Sequence[Entry], salts: Sequence[bytes]) -> tuple[Posted, ...]:
    guards.require()
    head = rows.locked_head(book)
    batch = Batch(book=book, head=head, today=timezone.localdate(), entries=entries)
    places = batch.examine(salts)
    if batch.faults:
        raise EntriesRefused(faults=batch.faults, total=len(entries))
    if batch.drafts:
        write(
            driver.session(),
            book_id=head.book_id,
            seal_id=batch.seal_id,
            previous=head.hash,
            drafts=batch.drafts,
            new_accounts=batch.new_accounts,
            moment=timezone.now(),
        )
        if rollups.is_due(head.last_posting & NUMBER_MASK, (batch.next_posting - 1) & NUMBER_MASK):
            rollups.advance(book)
    return tuple(
        Posted(entry.reference, entry.journal, at.fiscal_year, at.number, at.seal, at.replayed)
        for entry, at in zip(entries, places, strict=True)
    )


def _salts(entries: Sequence[Entry], seed: bytes | None) -> list[bytes]:
    size = chain.SALT_BYTES
    if seed is None:
        drawn = secrets.token_bytes(size * len(entries))
        return [drawn[start : start + size] for start in range(0, len(drawn), size)]
    return [chain.salt_from(seed, str(entry.reference)) for entry in entries]


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
    stored = in_one_commit(lambda: stored_entry(book, reference_of))
    entry = reversal_of(stored.entry, on=on, reference=reference, label=label)
    return post(book, replace(entry, validated_on=validated_on), salt_seed=salt_seed)


def erase_label(book: str, *, reference: str, by: str, why: str) -> None:
    """Erase the words of an entry and their salt, and log who did it and why; the chain still verifies."""
    check_text("The name of who erases", by)
    check_text("The reason", why, limit=500)

    def act() -> None:
        guards.require()
        head = rows.locked_head(book)
        stored = stored_entry(book, reference)
        moment = connection.ops.adapt_datetimefield_value(timezone.now())
        if rows.fetched("SELECT 1 FROM ledger_labelerasure WHERE entry_id = %s", [stored.id]):
            raise LabelErased(reference=reference, book_id=head.book_id)
        columns = ("entry_id", "label_hash", "by", "why", "moment")
        rows.insert("ledger_labelerasure", columns, [[stored.id, stored.label_hash, by, why, moment]])
        rows.changed("UPDATE ledger_entry SET label = '', salt = NULL WHERE id = %s", [stored.id])

    in_one_commit(act)
