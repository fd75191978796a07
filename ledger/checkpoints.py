"""Checkpoints that were published, read from their files and compared with the books.

Only they show what an owner of the database can do unseen: compute the whole chain anew, or cut off its end with all
that was derived from it. Each one must still be a beginning of the book: the same root over as many entries, and the
same hash on the seal that closed them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ledger import chain, verify_offline
from ledger.errors import LedgerError
from ledger.faults import Findings
from ledger.models import Book, first_id
from ledger.proofs import Checkpoint
from ledger.rows import fetched
from ledger.stored_tree import roots_of, size_of
from ledger.tree import EMPTY_ROOT


class CheckpointUnreadable(LedgerError):
    """A file that is given as a checkpoint is one."""

    code = "checkpoint_unreadable"
    en = "{said} Give the file of a checkpoint as `ledger checkpoint` wrote it."
    fr = "{said_fr} Donnez le fichier d’un point de contrôle tel que `ledger checkpoint` l’a écrit."


@dataclass(frozen=True, slots=True)
class Published:
    """A checkpoint, and the name of the file in which it was found."""

    file: str
    point: Checkpoint


def read_published(file: str) -> Published:
    """The checkpoint of a file; refused when it is no such file, or holds more."""
    try:
        first, *rest = verify_offline.blocks(file)
        if first[1].pop(_KIND, None) != [""]:
            word = next(iter(first[1]), "")
            raise verify_offline.Refused("kind", file=file, word=word)
        for block, words, _ in rest:
            raise verify_offline.Refused("fact", file=file, block=block, word=next(iter(words), ""))
        said = verify_offline.facts_of(file, first, verify_offline.KINDS[_KIND])
    except verify_offline.Refused as refused:
        english, french = (verify_offline.sentence(language, refused.key, refused.facts) for language in ("en", "fr"))
        raise CheckpointUnreadable(said=english, said_fr=french) from None
    counts = (int(said["entries"]), int(said["seals"]))
    return Published(file, Checkpoint(said["book"], *counts, said["root"], said["head"]))


_KIND = "tresse-checkpoint/1"


def check_published(book: Book, published: Sequence[Published], findings: Findings) -> None:
    """Note the first checkpoint of this book, by its entries, that is not a beginning of it."""
    of_book = (each for each in published if each.point.book == book.slug)
    for kind, each in misfits(book, sorted(of_book, key=lambda each: (each.point.entries, each.point.seals))):
        findings.note(kind, file=each.file, entries=each.point.entries, seals=each.point.seals)


def misfits(book: Book, published: Sequence[Published]) -> Iterator[tuple[str, Published]]:
    """Each checkpoint that is not a beginning of the book, with the kind of its fault."""
    for each in published:
        point = each.point
        if point.entries > size_of(book) or point.seals > book.head.last_seal - first_id(book.pk):
            yield "cut-off", each
        elif (point.root, point.head) != (_root(book, point.entries), _head(book, point)):
            yield "checkpoint", each


def _root(book: Book, entries: int) -> str:
    (root,) = roots_of(book, [(0, entries)]) if entries else [EMPTY_ROOT]
    return root.hex()


def _head(book: Book, point: Checkpoint) -> str:
    """The hash of the seal that the checkpoint counts, when it closes the entries that it counts; else nothing."""
    if not point.seals:
        return "" if point.entries else chain.genesis(book.slug, book.functional_unit.code).hex()
    found = fetched(
        "SELECT hash FROM ledger_seal WHERE id = %s AND first_entry + entries = %s",
        [first_id(book.pk) + point.seals, first_id(book.pk) + point.entries + 1],
    )
    return bytes(found[0][0]).hex() if found else ""
