"""The chain closed again: each seal over the leaves of its entries, and the head where the last one ends."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from ledger import chain
from ledger.faults import Findings
from ledger.models import NUMBER_MASK, Book, first_id
from ledger.raw_rows import Row, read


class Seals:
    """The seals of a book, each met when the walk comes to its first entry.

    A seal says which entries it covers. When the walk finds anything amiss, the seals are counted once more by the
    entries that name them, which tells a spoilt seal from a spoilt entry.
    """

    def __init__(self, book: Book, findings: Findings) -> None:
        self._book, self._findings = book, findings
        self._rows = _seal_rows(book)
        self._low = first_id(book.pk)
        self._seal = self._last = self._low
        self._next_posting = self._low + 1
        self._entries = self._postings = 0
        self._promised: Row = (self._low, 0, 0, b"")
        self._hash = chain.genesis(book.slug, book.functional_unit.code)
        self._running = sha256(self._hash)
        self._is_amiss = False

    def take(self, row: Row, leaf: bytes) -> None:
        """The next entry of the walk, with its leaf."""
        while row[0] > self._last:
            self._close()
            self._open(row)
        if row[2] != self._seal:
            self._is_amiss = True
        self._running.update(leaf)
        self._entries += 1
        self._postings += row[21] if type(row[21]) is int else 0

    def _open(self, row: Row) -> None:
        """Go on to the next seal; where there is none, everything that follows is without a seal."""
        found = next(self._rows, None)
        if found is None:
            self._findings.note("unsealed", reference=row[9])
            if type(row[2]) is int and row[2] > self._seal:
                self._findings.note("seal-gap", seal=(self._seal + 1) & NUMBER_MASK)
            self._last, self._promised = first_id(self._book.pk + 1), (self._low, 0, 0, b"")
            return
        seal_id, book_id, first_entry, entries, first_posting, postings, previous, digest = found
        if seal_id != self._seal + 1:
            self._findings.note("seal-gap", seal=(self._seal + 1) & NUMBER_MASK)
        if previous != self._hash:
            self._findings.note("chain", seal=seal_id & NUMBER_MASK)
        if (book_id, first_entry, first_posting) != (self._book.pk, self._last + 1, self._next_posting):
            self._is_amiss = True
        if not all(type(number) is int for number in found[:6]):  # SQLite keeps anything; go on behind this entry
            self._is_amiss, first_entry, entries, first_posting = True, row[0], 1, self._next_posting
            postings = row[21] if type(row[21]) is int else 0
        self._seal, self._last, self._next_posting = seal_id, first_entry + entries - 1, first_posting + postings
        self._promised = (seal_id, entries, postings, digest)
        self._running = sha256(previous if isinstance(previous, bytes) else b"")
        self._entries = self._postings = 0

    def _close(self) -> None:
        """Compare a seal with the entries that it covered."""
        seal_id, entries, postings, digest = self._promised
        if (self._entries, self._postings) != (entries, postings):
            self._is_amiss = True
        if seal_id > self._low:
            if self._running.digest() != digest:
                self._findings.note("chain", seal=seal_id & NUMBER_MASK)
            self._hash = digest

    def finish(self) -> None:
        """Close the last seal, name those that cover nothing, and compare the head."""
        self._close()
        for seal_id, *_ in self._rows:
            self._is_amiss, self._seal = True, seal_id
        if self._is_amiss:
            self._name()
        head = self._book.head
        ends = (head.last_seal, head.last_entry, head.last_posting, bytes(head.hash), head.pending_id)
        if ends != (self._seal, self._last, self._next_posting - 1, self._hash, None):
            self._findings.note("head", seal=self._seal & NUMBER_MASK)

    def _name(self) -> None:
        """Name the first entry that its seal does not count, and the first seal that does not count its entries."""
        bounds = [self._low, first_id(self._book.pk + 1)]
        for (reference,) in read(_UNCOUNTED, bounds):
            self._findings.note("entry-seal", reference=reference)
        for (seal_id,) in read(_MISCOUNTED, [*bounds, *bounds, self._book.pk]):
            self._findings.note("seal", seal=seal_id & NUMBER_MASK)


_UNCOUNTED = (
    "SELECT e.reference FROM ledger_entry e LEFT JOIN ledger_seal s ON s.id = e.seal_id "
    "WHERE e.id > %s AND e.id < %s AND (s.id IS NULL OR e.id < s.first_entry OR e.id >= s.first_entry + s.entries) "
    "ORDER BY e.id LIMIT 1"
)
_MISCOUNTED = (
    "SELECT s.id FROM ledger_seal s LEFT JOIN (SELECT seal_id, min(id) AS first_entry, count(*) AS entries, "
    "min(first_posting) AS first_posting, sum(postings) AS postings FROM ledger_entry WHERE id > %s AND id < %s "
    "GROUP BY seal_id) c ON c.seal_id = s.id WHERE s.id > %s AND s.id < %s AND NOT (s.book_id = %s AND coalesce("
    "s.first_entry = c.first_entry AND s.entries = c.entries AND s.first_posting = c.first_posting "
    "AND s.postings = c.postings, FALSE)) ORDER BY s.id LIMIT 1"
)


def _seal_rows(book: Book) -> Iterator[Row]:
    """The rows of the seals in their order, a part at a time."""
    after, high = first_id(book.pk), first_id(book.pk + 1)
    sql = (
        "SELECT id, book_id, first_entry, entries, first_posting, postings, previous, hash FROM ledger_seal "
        "WHERE id > %s AND id < %s ORDER BY id LIMIT 5000"
    )
    while found := read(sql, [after, high]):
        yield from found
        after = found[-1][0]
