"""What an auditor takes away: checkpoints, proofs and the whole book, as files that `verify_offline.py` reads.

    checkpoint(book)                   six lines that say where the book ends: publish them
    inclusion_proof(book, reference)   this entry is in the book as that checkpoint says
    consistency_proof(book, earlier)   the book goes on from an earlier checkpoint, nothing was rewritten
    export_book(book)                  every entry, for whoever wants to read it all again

A proof reads two times 256 leaves at most and a few rows of the stored tree (`stored_tree.py`), whatever the
size of the book.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ledger import chain
from ledger.entries import StoredEntry, book_row, every_entry, stored_entry
from ledger.errors import TextInvalid
from ledger.models import NUMBER_MASK, Book, first_id
from ledger.proof_errors import CheckpointBeyondBook, EntryAfterCheckpoint
from ledger.rows import fetched
from ledger.stored_tree import grow_tree, rebuild_tree, roots_of, size_of, tree_faults
from ledger.tree import consistency_parts, inclusion_parts

__all__ = [
    "Checkpoint",
    "checkpoint",
    "consistency_proof",
    "export_book",
    "grow_tree",
    "inclusion_proof",
    "rebuild_tree",
    "tree_faults",
]

Fact = tuple[str, object]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where a book ends: `root` is that of the tree over all entries, `head` the last hash of the chain.

    Whoever keeps one can show later that nothing before it was rewritten.
    """

    book: str
    entries: int
    seals: int
    root: str
    head: str

    def text(self) -> str:
        """The file to publish, one fact a line."""
        counts = [("entries", self.entries), ("seals", self.seals)]
        return _file("tresse-checkpoint/1", [("book", self.book), *counts, ("root", self.root), ("head", self.head)])


def checkpoint(book: str) -> Checkpoint:
    """Where the book ends now; grows the stored tree on the way."""
    grow_tree(book)
    row = book_row(book)
    held = size_of(row)
    (root,) = roots_of(row, [(0, held)])
    return Checkpoint(book, held, row.head.last_seal & NUMBER_MASK, root.hex(), bytes(row.head.hash).hex())


def inclusion_proof(book: str, reference: str, *, entries: int | None = None) -> str:
    """All that shows this entry to be in the book: its text, its place, and the path from it to the root.

    The proof is for the checkpoint of so many entries; for the book as it is now when none is named.
    """
    row = book_row(book)
    size = size_of(row) if entries is None else entries
    _check_size(row, size)
    stored = stored_entry(book, reference)
    if stored.position > size:
        raise EntryAfterCheckpoint(reference=reference, position=stored.position, entries=size)
    path = roots_of(row, inclusion_parts(stored.position - 1, size))
    facts = [("book", book), ("entries", size), ("entry", stored.position), *_path(path), *_words(stored)]
    return _file("tresse-inclusion/1", facts) + _text(row, stored)


def consistency_proof(book: str, earlier: int) -> str:
    """What shows that the book begins with all that a checkpoint of `earlier` entries covers, unchanged."""
    row = book_row(book)
    _check_size(row, earlier)
    path = roots_of(row, consistency_parts(earlier, size_of(row)))
    facts = [("book", book), ("earlier", earlier), ("entries", size_of(row)), *_path(path)]
    return _file("tresse-consistency/1", facts)


def _check_size(book: Book, entries: int) -> None:
    if not 0 <= entries <= size_of(book):
        raise CheckpointBeyondBook(book=book.slug, entries=entries, held=size_of(book))


def export_book(book: str) -> Iterator[str]:
    """The whole book as pieces of one file, each with its line ends, as the book stands at the call.

    Raises in the middle when a row cannot be written on one line: keep no file that was not finished.
    """
    return _export(book_row(book))


def _export(book: Book) -> Iterator[str]:
    held, seals = size_of(book), book.head.last_seal & NUMBER_MASK
    facts = [("book", book.slug), ("unit", book.functional_unit.code), ("entries", held), ("seals", seals)]
    yield _file("tresse-export/1", facts)
    seal, pending = 0, _seal_hashes(book)
    for stored in every_entry(book):
        if stored.position > held:
            break
        if seal and stored.seal != seal:
            yield _sealed(next(pending, None))
        seal = stored.seal
        place = [("entry", stored.position), ("leaf", stored.leaf.hex())]
        yield _file("", [*place, *_words(stored)]) + _text(book, stored)
    for last in pending:
        yield _sealed(last)


def _sealed(seal: tuple[int, str] | None) -> str:
    """The block that closes a commit; nothing where its row is missing, which the reader finds out."""
    return _file("", [("seal", seal[0]), ("hash", seal[1])]) if seal else ""


def _seal_hashes(book: Book) -> Iterator[tuple[int, str]]:
    """Number and hash of each seal up to the head, read a part at a time."""
    after = first_id(book.pk)
    sql = "SELECT id, hash FROM ledger_seal WHERE id > %s AND id <= %s ORDER BY id LIMIT 5000"
    while found := fetched(sql, [after, book.head.last_seal]):
        yield from ((seal_id & NUMBER_MASK, bytes(digest).hex()) for seal_id, digest in found)
        after = found[-1][0]


# The look of a file


def _file(version: str, facts: Iterable[Fact]) -> str:
    """The first block of a file; any other block has an empty line in the place of the version."""
    return "".join(f"{line}\n" for line in (version, *(f"{word} {said}" for word, said in facts)))


def _path(path: Sequence[bytes]) -> list[Fact]:
    return [("path", digest.hex()) for digest in path]


def _words(stored: StoredEntry) -> list[Fact]:
    """The label and the salt that prove it, while they are not erased."""
    if stored.salt is None:
        return []
    label = stored.entry.label
    if "\n" in label or "\r" in label:
        raise TextInvalid(what="The label", text=label)
    return [("salt", stored.salt.hex()), ("words", label)]


def _text(book: Book, stored: StoredEntry) -> str:
    """The text that is hashed, from the rows as they are: the reader compares, not we."""
    digest = stored.label_hash if stored.salt is None else chain.label_hash(stored.entry.label, stored.salt)
    text = chain.canonical_text(
        stored.entry, book=book.slug, fiscal_year=stored.fiscal_year, number=stored.number, label_digest=digest
    )
    return text.decode()
