"""The table of the tree's complete nodes: filled from the leaves, read for proofs, recomputed by `verify`.

It holds the roots of subtrees of 256 leaves and of all complete ones above, a row for 128 entries, so that any
part of the tree is a few rows of the table and at most 255 leaves. It only saves time: what it does not hold is
computed from the leaves, and `rebuild_tree` makes it anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import partial

from ledger.commits import in_one_commit
from ledger.entries import book_row
from ledger.models import NUMBER_MASK, Book, first_id
from ledger.proof_errors import EntryMissing
from ledger.rows import changed, fetched
from ledger.tree import Frontier, Node, Part, nodes_of, part_root, root_of

LOWEST = 8
"""The lowest level of the table: a node of it covers 256 leaves."""

_BLOCKS_AT_ONCE = 64  # 16,384 leaves for one commit: a writer who waits for it does not notice
_LEAVES_AT_ONCE = 5_000


def size_of(book: Book) -> int:
    """How many leaves the tree of the book has, at the head that was read with it."""
    return book.head.last_entry & NUMBER_MASK


def roots_of(book: Book, parts: Sequence[Part]) -> list[bytes]:
    """The roots of parts of the tree, in a few queries for all of them."""
    hashes = _hashes(book, {node for part in parts for node in nodes_of(part)})
    return [part_root(part, hashes.__getitem__) for part in parts]


def _hashes(book: Book, wanted: Collection[Node]) -> dict[Node, bytes]:
    """The hashes of complete nodes: from the table, else from the leaves below them."""
    hashes = _stored(book, [node for node in wanted if node[0] >= LOWEST])
    below: dict[int, list[Node]] = defaultdict(list)
    for level, index in sorted(set(wanted) - hashes.keys()):
        if level >= LOWEST:
            hashes[(level, index)] = root_of(_leaves(book, index << level, (index + 1) << level))
        else:
            below[index >> (LOWEST - level)].append((level, index))
    for block, nodes in below.items():
        first, end = block << LOWEST, max((index + 1) << level for level, index in nodes)
        leaves = list(_leaves(book, first, end))
        for level, index in nodes:
            hashes[(level, index)] = root_of(leaves[(index << level) - first : ((index + 1) << level) - first])
    return hashes


def _stored(book: Book, nodes: Sequence[Node]) -> dict[Node, bytes]:
    if not nodes:
        return {}
    # One condition a node, each of the whole key: SQLite would read the whole table for a list of triples.
    places = " OR ".join(['(book_id = %s AND level = %s AND "index" = %s)'] * len(nodes))
    found = fetched(
        f'SELECT level, "index", hash FROM ledger_subtree WHERE {places}',  # noqa: S608 - marks alone
        [part for level, index in nodes for part in (book.pk, level, index)],
    )
    return {(level, index): bytes(digest) for level, index, digest in found}


def _leaves(book: Book, first: int, end: int) -> Iterator[bytes]:
    """The stored leaves from one number to the one before another; refused when one of them is missing."""
    for start in range(first, end, _LEAVES_AT_ONCE):
        stop = min(start + _LEAVES_AT_ONCE, end)
        low = first_id(book.pk) + start
        found = fetched(
            "SELECT id, leaf FROM ledger_entry WHERE id > %s AND id <= %s ORDER BY id", [low, low + stop - start]
        )
        if len(found) < stop - start:
            present = {entry_id for entry_id, _ in found}
            missing = next(entry_id for entry_id in range(low + 1, low + stop - start + 1) if entry_id not in present)
            raise EntryMissing(position=missing & NUMBER_MASK, book=book.slug)
        yield from (bytes(leaf) for _, leaf in found)


# Filling the table


def grow_tree(book: str) -> int:
    """Store the nodes that are complete and not stored yet; how many this call wrote.

    Safe at any time and by several at once: nodes never change, and the second to come writes nothing.
    """
    row = book_row(book)
    complete, written = size_of(row) >> LOWEST, 0
    while (done := _blocks_stored(row)) < complete:
        nodes = list(_nodes_between(row, done, min(done + _BLOCKS_AT_ONCE, complete)))
        written += in_one_commit(partial(_store, row, nodes))
    return written


def rebuild_tree(book: str) -> int:
    """Forget the stored nodes and compute them from the leaves again; how many there are now."""
    row = book_row(book)
    in_one_commit(partial(changed, "DELETE FROM ledger_subtree WHERE book_id = %s", [row.pk]))
    return grow_tree(book)


def _blocks_stored(book: Book) -> int:
    """How many nodes of the lowest level are stored: they are written in their order."""
    sql = 'SELECT max("index") FROM ledger_subtree WHERE book_id = %s AND level = %s'
    ((last,),) = fetched(sql, [book.pk, LOWEST])
    return 0 if last is None else last + 1


def _nodes_between(book: Book, first: int, end: int) -> Iterator[tuple[Node, bytes]]:
    """The nodes of the lowest level from one index to the one before another, each with those it completes.

    From 0 on nothing is read but leaves.
    """
    edge = [(level + LOWEST, index) for level, index in nodes_of((0, first))]
    hashes = _hashes(book, edge)
    frontier = Frontier(first, [hashes[node] for node in edge], level=LOWEST)
    for index in range(first, end):
        digest = root_of(_leaves(book, index << LOWEST, (index + 1) << LOWEST))
        yield (LOWEST, index), digest
        yield from frontier.append(digest)


def _store(book: Book, nodes: Sequence[tuple[Node, bytes]]) -> int:
    values = ", ".join(["(%s, %s, %s, %s)"] * len(nodes))
    sql = (
        f'INSERT INTO ledger_subtree (book_id, level, "index", hash) VALUES {values} '  # noqa: S608 - marks alone
        'ON CONFLICT (book_id, level, "index") DO NOTHING'
    )
    return changed(sql, [part for (level, index), digest in nodes for part in (book.pk, level, index, digest)])


# Checking the table


def tree_faults(book: str) -> list[dict[str, int]]:
    """The stored nodes that the leaves do not give, as facts of a fault: level and index, the lowest first.

    A node that is not stored is no fault: it is computed where it is needed.
    """
    book_id = book_row(book).pk
    found = fetched('SELECT level, "index", hash FROM ledger_subtree WHERE book_id = %s', [book_id])
    stored = {(level, index): bytes(digest) for level, index, digest in found}
    row = book_row(book)  # read after the table, which others may grow meanwhile
    wrong = []
    for node, digest in _nodes_between(row, 0, size_of(row) >> LOWEST if stored else 0):
        if stored.pop(node, digest) != digest:
            wrong.append(node)
    return [{"level": level, "index": index} for level, index in sorted([*wrong, *stored])]
