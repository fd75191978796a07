"""Posted entries as values: the plain `Entry` that was posted, and where it stands in the books. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Q

from ledger.accounts import account_keys
from ledger.chain import label_hash
from ledger.errors import BookUnknown, EntryUnknown
from ledger.journal import AccountKey, Document, Entry, Exchange, Line
from ledger.models import NUMBER_MASK, Book, LetteredPosting, Posting, first_id
from ledger.models import Entry as EntryRow
from ledger.rows import check_book

Leg = tuple[Any, ...]
"""A posting as read: identifier, account, minor amount, convention, destination, public generosity."""

_MISSING = AccountKey("missing")
"""Stands where somebody took an account away, so that the rest can be read and `verify` can say so."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The lettering of a line: its code, its day, and whether it settles only in part."""

    code: str
    on: date
    is_partial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """A posted entry; `position` counts the entries of the book, `number` those of the journal's fiscal year.

    `postings` and `marks` go with `entry.lines`, one for one: the posting's number in the book and its
    lettering. `entry.label` is empty and `salt` None when the words were erased (`is_erased`).
    """

    id: int
    position: int
    fiscal_year: str
    number: int
    seal: int
    posted_at: datetime
    entry: Entry
    salt: bytes | None
    label_hash: bytes
    leaf: bytes
    postings: tuple[int, ...]
    marks: tuple[Mark | None, ...]

    @property
    def is_erased(self) -> bool:
        return self.salt is None


def book_row(slug: str) -> Book:
    """The row of a book; refused when there is none."""
    check_book(slug)
    found = Book.objects.select_related("functional_unit", "head").filter(slug=slug).first()
    if found is None:
        raise BookUnknown(book=slug)
    return found


def stored_entry(book: str, reference: str) -> StoredEntry:
    """The entry of this reference."""
    row = book_row(book)
    found = stored_entries(row, Q(reference=reference), limit=1)
    if not found:
        raise EntryUnknown(reference=reference, book=book)
    return found[0]


_COLUMNS = (
    "pk", "number", "on", "validated_on", "kind", "reference", "document", "document_on", "document_sha256",
    "exchange", "erasure__label_hash", "leaf", "first_posting", "postings", "seal_id", "seal__moment", "journal__code",
    "fiscal_year__code", "reverses__reference", "label", "salt",
)  # fmt: skip
_LEG = ("entry_id", "pk", "account_id", "minor", "convention", "destination", "public_generosity")


def stored_entries(book: Book, which: Q, *, limit: int | None = None) -> list[StoredEntry]:
    """The entries that a condition on their rows selects, in the order of posting, in a handful of queries."""
    found = EntryRow.objects.filter(which, book=book).order_by("pk").values_list(*_COLUMNS, named=True)
    return _with_lines(list(found if limit is None else found[:limit]))


def every_entry(book: Book, *, chunk: int = 2000) -> Iterator[StoredEntry]:
    """All entries of the book in order, a chunk at a time, for whoever reads the whole chain."""
    after = first_id(book.pk)
    while entries := stored_entries(book, Q(pk__gt=after), limit=chunk):
        yield from entries
        after = entries[-1].id


def _with_lines(rows: Sequence[Any]) -> list[StoredEntry]:
    if not rows:
        return []
    postings = _postings_of(rows)
    keys = account_keys({account_id for _, _, account_id, *_ in postings})
    marks = _marks_of([posting_id for _, posting_id, *_ in postings])
    by_entry: dict[int, list[Leg]] = defaultdict(list)
    for entry_id, *leg in postings:
        by_entry[entry_id].append(tuple(leg))
    return [_stored(row, by_entry[row.pk], keys, marks) for row in rows]


def _postings_of(rows: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The postings of these entries: one range of the key when they stand side by side, else their own ranges."""
    first, last = rows[0].first_posting, rows[-1].first_posting + rows[-1].postings
    legs = Posting.objects.order_by("pk").values_list(*_LEG)
    if sum(row.postings for row in rows) == last - first:
        return list(legs.filter(pk__gte=first, pk__lt=last))
    parts = (rows[start : start + 200] for start in range(0, len(rows), 200))
    return [leg for part in parts for leg in legs.filter(_ranges(part))]


def _ranges(rows: Sequence[Any]) -> Q:
    """The postings in any of these entries' ranges, whatever numbers stand there."""
    either = Q(pk__in=[])
    for row in rows:
        either |= Q(pk__gte=row.first_posting, pk__lt=row.first_posting + row.postings)
    return either


def _marks_of(posting_ids: Sequence[int]) -> dict[int, Mark]:
    if not posting_ids:
        return {}
    found = LetteredPosting.objects.filter(posting_id__gte=posting_ids[0], posting_id__lte=posting_ids[-1])
    return {row.posting_id: mark_of(row) for row in found.select_related("lettering")}


def mark_of(row: LetteredPosting) -> Mark:
    """The lettering of a posting as a value."""
    return Mark(row.lettering.code, row.lettering.on, row.lettering.is_partial)


def _stored(row: Any, legs: Sequence[Leg], keys: dict[int, AccountKey], marks: dict[int, Mark]) -> StoredEntry:
    lines = tuple(Line(keys.get(account_id, _MISSING), *facts) for _, account_id, *facts in legs)
    return StoredEntry(
        id=row.pk,
        position=row.pk & NUMBER_MASK,
        fiscal_year=row.fiscal_year__code,
        number=row.number,
        seal=row.seal_id & NUMBER_MASK,
        posted_at=row.seal__moment,
        entry=Entry(
            journal=row.journal__code,
            on=row.on,
            kind=row.kind,
            reference=row.reference,
            label=row.label,
            lines=lines,
            document=Document(row.document, row.document_on, row.document_sha256),
            validated_on=row.validated_on,
            exchange=_exchange(row.exchange),
            reverses=row.reverses__reference or "",
        ),
        salt=None if row.salt is None else bytes(row.salt),
        label_hash=_label_hash(row),
        leaf=bytes(row.leaf),
        postings=tuple(posting_id & NUMBER_MASK for posting_id, *_ in legs),
        marks=tuple(marks.get(posting_id) for posting_id, *_ in legs),
    )


def _label_hash(row: Any) -> bytes:
    """The salted hash of the words: kept with their erasure, else computed from them."""
    return bytes(row.erasure__label_hash or b"") if row.salt is None else label_hash(row.label, bytes(row.salt))


def _exchange(text: str) -> Exchange | None:
    if not text:
        return None
    try:
        from_, to, rate = text.split(" ")
        return Exchange(from_, to, Fraction(rate))
    except (ValueError, ZeroDivisionError):
        return Exchange(text, "", Fraction(0))  # somebody changed the row; it does not give the entry's hash
