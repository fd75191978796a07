"""Posted entries as values: the plain `Entry` that was posted, and where it stands in the books. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db.models import Q

from ledger.accounts import account_keys
from ledger.errors import BookUnknown, EntryUnknown
from ledger.journal import AccountKey, Document, Entry, Exchange, Line
from ledger.models import NUMBER_MASK, Book, LetteredPosting, Posting, first_id
from ledger.models import Entry as EntryRow

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


def stored_entries(book: Book, which: Q, *, limit: int | None = None) -> list[StoredEntry]:
    """The entries that a condition on their rows selects, in the order of posting, in a handful of queries."""
    found = (
        EntryRow.objects.filter(which, book=book)
        .select_related("journal", "fiscal_year", "seal", "reverses", "words")
        .order_by("pk")
    )
    rows = list(found if limit is None else found[:limit])
    return _with_lines(rows)


def every_entry(book: Book, *, chunk: int = 2000) -> Iterator[StoredEntry]:
    """All entries of the book in order, a chunk at a time, for whoever reads the whole chain."""
    after = first_id(book.pk)
    while entries := stored_entries(book, Q(pk__gt=after), limit=chunk):
        yield from entries
        after = entries[-1].id


def _with_lines(rows: Sequence[EntryRow]) -> list[StoredEntry]:
    if not rows:
        return []
    postings = _postings_of(rows)
    keys = account_keys({posting.account_id for posting in postings})
    marks = _marks_of(postings)
    by_entry: dict[int, list[Posting]] = defaultdict(list)
    for posting in postings:
        by_entry[posting.entry_id].append(posting)
    return [_stored(row, by_entry[row.pk], keys, marks) for row in rows]


def _postings_of(rows: Sequence[EntryRow]) -> list[Posting]:
    """The postings of these entries: one range of the key when they stand side by side, else their own ranges."""
    first, last = rows[0].first_posting, rows[-1].first_posting + rows[-1].postings
    if sum(row.postings for row in rows) == last - first:
        return list(Posting.objects.filter(pk__gte=first, pk__lt=last).order_by("pk"))
    numbers = [number for row in rows for number in range(row.first_posting, row.first_posting + row.postings)]
    parts = (numbers[start : start + 20_000] for start in range(0, len(numbers), 20_000))
    return [posting for part in parts for posting in Posting.objects.filter(pk__in=part).order_by("pk")]


def _marks_of(postings: Sequence[Posting]) -> dict[int, Mark]:
    if not postings:
        return {}
    found = LetteredPosting.objects.filter(
        posting_id__gte=postings[0].pk, posting_id__lte=postings[-1].pk
    ).select_related("lettering")
    return {row.posting_id: mark_of(row) for row in found}


def mark_of(row: LetteredPosting) -> Mark:
    """The lettering of a posting as a value."""
    return Mark(row.lettering.code, row.lettering.on, row.lettering.is_partial)


def _stored(
    row: EntryRow, postings: Sequence[Posting], keys: dict[int, AccountKey], marks: dict[int, Mark]
) -> StoredEntry:
    words = getattr(row, "words", None)
    lines = tuple(
        Line(keys.get(p.account_id, _MISSING), p.minor, p.convention, p.destination, p.public_generosity)
        for p in postings
    )
    return StoredEntry(
        id=row.pk,
        position=row.pk & NUMBER_MASK,
        fiscal_year=row.fiscal_year.code,
        number=row.number,
        seal=row.seal_id & NUMBER_MASK,
        posted_at=row.seal.moment,
        entry=Entry(
            journal=row.journal.code,
            on=row.on,
            kind=row.kind,
            reference=row.reference,
            label=words.label if words else "",
            lines=lines,
            document=Document(row.document, row.document_on, row.document_sha256),
            validated_on=row.validated_on,
            exchange=_exchange(row.exchange),
            reverses=row.reverses.reference if row.reverses else "",
        ),
        salt=bytes(words.salt) if words else None,
        label_hash=bytes(row.label_hash),
        leaf=bytes(row.leaf),
        postings=tuple(posting.pk & NUMBER_MASK for posting in postings),
        marks=tuple(marks.get(posting.pk) for posting in postings),
    )


def _exchange(text: str) -> Exchange | None:
    if not text:
        return None
    try:
        from_, to, rate = text.split(" ")
        return Exchange(from_, to, Fraction(rate))
    except (ValueError, ZeroDivisionError):
        return Exchange(text, "", Fraction(0))  # somebody changed the row; it does not give the entry's hash
