"""The Merkle tree over the leaves of a book: root, proofs and their verification, as RFC 6962 and RFC 9162 define them.

Plain Python. A leaf is `chain.leaf_hash` of an entry, an inner node SHA-256(0x01 ‖ left ‖ right). A tree of n
leaves has to its left the largest complete tree that is smaller than it, so a node, once it is complete, never
changes: all of the tree can be made from complete nodes, named here by level and index (leaves are level 0).

    inclusion: this leaf is number `index` of the tree with this root
    consistency: the tree with this root begins with all leaves of the one with that root, in order
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

Node = tuple[int, int]
"""A complete subtree: its level, and its index among those of the level; it covers 2^level leaves."""

Part = tuple[int, int]
"""Leaves from the first number to the one before the second."""

EMPTY_ROOT = hashlib.sha256().digest()
_NODE_PREFIX = b"\x01"


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(_NODE_PREFIX + left + right).digest()


# Growing


class Frontier:
    """The right edge of a tree that grows leaf by leaf, one hash for each leaf on average.

    It holds the roots of the complete subtrees that the size is made of, the largest first. With `level` its
    leaves are themselves complete nodes of that level.
    """

    def __init__(self, size: int = 0, roots: Sequence[bytes] = (), *, level: int = 0) -> None:
        self.size, self._roots, self._level = size, list(roots), level
        if len(self._roots) != size.bit_count():
            raise ValueError("a frontier has one root for each complete subtree of its size")

    def append(self, leaf: bytes) -> list[tuple[Node, bytes]]:
        """Add a leaf; the nodes above it that are complete now, with their hashes, lowest first."""
        index, level, digest, completed = self.size, self._level, leaf, []
        while index & 1:
            digest = node_hash(self._roots.pop(), digest)
            index, level = index >> 1, level + 1
            completed.append(((level, index), digest))
        self._roots.append(digest)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """The root of all leaves so far."""
        return _folded(self._roots)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of these leaves."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def _folded(roots: Sequence[bytes]) -> bytes:
    """The root over neighbouring complete subtrees, each larger than all after it together."""
    if not roots:
        return EMPTY_ROOT
    digest = roots[-1]
    for left in reversed(roots[:-1]):
        digest = node_hash(left, digest)
    return digest


# What a proof is made of


def nodes_of(part: Part) -> Iterator[Node]:
    """The complete subtrees that a part of the tree is made of, from left to right."""
    first, end = part
    while first < end:
        level = (end - first).bit_length() - 1
        yield level, first >> level
        first += 1 << level


def part_root(part: Part, hash_of: Callable[[Node], bytes]) -> bytes:
    """The root of a part of the tree, from the hashes of its complete subtrees."""
    return _folded([hash_of(node) for node in nodes_of(part)])


def inclusion_parts(index: int, size: int) -> list[Part]:
    """The parts whose roots prove that a leaf is in the tree, nearest to the leaf first (RFC 9162, 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError("the leaf is not in the tree")
    first, end, parts = 0, size, []
    while end - first > 1:
        middle = first + _left_size(end - first)
        if index < middle:
            parts.append((middle, end))
            end = middle
        else:
            parts.append((first, middle))
            first = middle
    return parts[::-1]


def consistency_parts(earlier: int, size: int) -> list[Part]:
    """The parts whose roots prove that a tree goes on from an earlier one (RFC 9162, 2.1.4.1).

    Nothing needs a proof when the earlier tree is empty or the same.
    """
    if not 0 <= earlier <= size:
        raise ValueError("the earlier tree is larger than the tree")
    first, end, parts = 0, size, []
    while 0 < earlier < end:
        middle = first + _left_size(end - first)
        if earlier <= middle:
            parts.append((middle, end))
            end = middle
        else:
            parts.append((first, middle))
            first = middle
    if first:
        parts.append((first, end))
    return parts[::-1]


def _left_size(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << ((size - 1).bit_length() - 1)


# Verification


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from the leaf to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, digest = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            digest = node_hash(sibling, digest)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            digest = node_hash(digest, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and digest == root


def is_consistent(earlier: int, size: int, path: Sequence[bytes], earlier_root: bytes, root: bytes) -> bool:
    """Whether the tree of `size` leaves begins with the whole earlier one (RFC 9162, 2.1.4.2)."""
    if not 0 <= earlier <= size:
        return False
    if earlier in (0, size):
        return not path and earlier_root == (root if earlier == size else EMPTY_ROOT)
    given = [earlier_root, *path] if earlier & (earlier - 1) == 0 else list(path)
    node, last = earlier - 1, size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    if not given:
        return False
    before = after = given[0]
    for sibling in given[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and (before, after) == (earlier_root, root)
