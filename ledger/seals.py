"""The seals of a book in order, and the checkpoints that were taken of it: do they still begin it? Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ledger.checkpoints import Published, misfits
from ledger.entries import book_row
from ledger.models import NUMBER_MASK, first_id
from ledger.proofs import Checkpoint
from ledger.rows import fetched


@dataclass(frozen=True, slots=True)
class Seal:
    """A commit: its number, how many entries the book has with it, and its hash in hexadecimal."""

    number: int
    entries: int
    hash: str


def seals(book: str) -> Iterator[Seal]:
    """The seals of the book from the first to the head, a part at a time; refused when there is no such book."""
    row = book_row(book)
    after = first_id(row.pk)
    sql = "SELECT id, first_entry, entries, hash FROM ledger_seal WHERE id > %s AND id <= %s ORDER BY id LIMIT 5000"
    while found := fetched(sql, [after, row.head.last_seal]):
        for seal, first_entry, entries, digest in found:
            yield Seal(seal & NUMBER_MASK, (first_entry & NUMBER_MASK) + entries - 1, bytes(digest).hex())
        after = found[-1][0]


def no_longer_begun(book: str, points: Sequence[Checkpoint]) -> list[Checkpoint]:
    """Those of the checkpoints that the book as it is now does not begin with, by their entries."""
    published = [Published("", point) for point in sorted(points, key=lambda point: (point.entries, point.seals))]
    return [each.point for _, each in misfits(book_row(book), published)]
