"""For every size the fast tree agrees with its slow twin, and no proof of anything else ever verifies."""

from __future__ import annotations

import hashlib
from functools import cache

from hypothesis import assume, given
from hypothesis import strategies as st

from ledger import tree
from tests import slow_tree

LARGEST = 300
LEAVES = [hashlib.sha256(b"\x00%d" % number).digest() for number in range(LARGEST + 1)]
SIZES = st.integers(1, LARGEST)
WRONG = st.binary(min_size=32, max_size=32)


@cache
def root(first: int, end: int) -> bytes:
    return slow_tree.root(LEAVES[first:end])


def hash_of(node: tree.Node) -> bytes:
    """A complete subtree by the slow twin."""
    level, index = node
    return root(index << level, (index + 1) << level)


def inclusion(index: int, size: int) -> list[bytes]:
    return [tree.part_root(part, hash_of) for part in tree.inclusion_parts(index, size)]


def consistency(earlier: int, size: int) -> list[bytes]:
    return [tree.part_root(part, hash_of) for part in tree.consistency_parts(earlier, size)]


def is_included(index: int, size: int, path: list[bytes]) -> bool:
    return tree.is_included(LEAVES[index], index, size, path, root(0, size))


def is_consistent(earlier: int, size: int, path: list[bytes]) -> bool:
    return tree.is_consistent(earlier, size, path, root(0, earlier), root(0, size))


def test_every_root_of_a_growing_tree_is_the_slow_one() -> None:
    frontier = tree.Frontier()
    for size in range(LARGEST + 1):
        assert frontier.size == size
        assert frontier.root() == root(0, size) == tree.part_root((0, size), hash_of)
        for node, digest in frontier.append(LEAVES[size]):
            assert digest == hash_of(node)


def test_a_growing_tree_hashes_once_for_each_leaf() -> None:
    frontier = tree.Frontier()
    hashed = sum(len(frontier.append(leaf)) for leaf in LEAVES[:256])
    assert hashed == 255


@given(SIZES)
def test_every_leaf_of_a_tree_has_the_slow_path_and_it_verifies(size: int) -> None:
    for index in range(size):
        path = inclusion(index, size)
        assert len(path) <= (size - 1).bit_length()
        assert is_included(index, size, path)
        if index % 7 == size % 7:
            assert path == slow_tree.path(index, LEAVES[:size])


@given(SIZES)
def test_a_tree_goes_on_from_each_earlier_one_by_the_slow_proof(size: int) -> None:
    for earlier in range(1, size + 1):
        path = consistency(earlier, size)
        assert len(path) <= (size - 1).bit_length() + 1
        assert is_consistent(earlier, size, path)
        if earlier % 7 == size % 7:
            assert path == slow_tree.proof(earlier, LEAVES[:size])


@st.composite
def damaged(draw: st.DrawFn, path: list[bytes]) -> list[bytes]:
    """The path with one hash changed, added, dropped or moved."""
    place = draw(st.integers(0, len(path)))
    ways = [
        [*path[:place], draw(WRONG), *path[place:]],
        [*path[:place], *path[place : place + 1], *path[place:]],
        [*path[:place], draw(WRONG), *path[place + 1 :]],
        [*path[:place], *path[place + 1 :]],
        path[:place],
        path[::-1],
    ]
    return draw(st.sampled_from([way for way in ways if way != path]))


@given(st.data(), SIZES)
def test_nothing_else_is_included(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = inclusion(index, size)
    leaf, whole = LEAVES[index], root(0, size)
    assert not is_included(index, size, data.draw(damaged(path)))
    other = data.draw(WRONG)
    assert not tree.is_included(other, index, size, path, whole)
    assert not tree.is_included(leaf, index, size, path, other)
    moved = data.draw(st.integers(-1, size + 1))
    assume(moved != index)
    assert not tree.is_included(leaf, moved, size, path, whole)
    assert not tree.is_included(leaf, index, size, path, root(0, size - 1))


@given(st.data(), st.integers(2, LARGEST))
def test_nothing_else_is_consistent(data: st.DataObject, size: int) -> None:
    earlier = data.draw(st.integers(1, size - 1))
    path = consistency(earlier, size)
    before, after = root(0, earlier), root(0, size)
    assert not is_consistent(earlier, size, data.draw(damaged(path)))
    other = data.draw(WRONG)
    assert not tree.is_consistent(earlier, size, path, other, after)
    assert not tree.is_consistent(earlier, size, path, before, other)
    assert not tree.is_consistent(earlier, size, path, after, before)
    moved = data.draw(st.integers(-1, size))
    assume(moved != earlier)
    assert not tree.is_consistent(moved, size, path, before, after)


@given(st.data(), SIZES)
def test_a_proof_of_a_tree_of_another_size_never_gives_the_same_leaf_another_place(
    data: st.DataObject, size: int
) -> None:
    """The sizes may differ where the path has the same turns; then leaf, index and root are still the true ones."""
    index = data.draw(st.integers(0, size - 1))
    path = inclusion(index, size)
    claimed = data.draw(st.integers(0, 2 * LARGEST))
    if tree.is_included(LEAVES[index], index, claimed, path, root(0, size)):
        assert [part for part, _ in turns(index, claimed)] == [part for part, _ in turns(index, size)]


def turns(index: int, size: int) -> list[tuple[bool, int]]:
    """On which side of the leaf each part of the path lies."""
    return [(first > index, first) for first, _ in tree.inclusion_parts(index, size)]
