"""The tree gives the hashes that the rest of the world computes, and refuses what is no tree.

Vectors: the test data of Certificate Transparency, as `testonly/constants.go` and `testonly/reference_test.go` of
github.com/transparency-dev/merkle hold them.
"""

from __future__ import annotations

import hashlib

import pytest

from ledger import chain, tree
from tests import slow_tree

LEAVES = [
    chain.leaf_hash(bytes.fromhex(text))
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

INCLUSION = {
    (0, 1): [],
    (0, 2): ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"],
    (1, 2): ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): INCLUSION[(0, 8)],
    (2, 5): INCLUSION[(1, 5)][1:],
    (6, 8): ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", *INCLUSION[(5, 8)][1:]],
}


def path_of(parts: list[tree.Part], size: int) -> list[bytes]:
    """The hashes of a proof, each part by the slow twin."""
    return [slow_tree.root(LEAVES[:size][first:end]) for first, end in parts]


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_certificate_transparency(size: int) -> None:
    assert tree.root_of(LEAVES[:size]).hex() == ROOTS[size]
    assert slow_tree.root(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_inclusion_proofs_are_those_of_certificate_transparency(index: int, size: int) -> None:
    path = path_of(tree.inclusion_parts(index, size), size)
    assert [part.hex() for part in path] == INCLUSION[(index, size)]
    assert tree.is_included(LEAVES[index], index, size, path, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("earlier", "size"), CONSISTENCY)
def test_consistency_proofs_are_those_of_certificate_transparency(earlier: int, size: int) -> None:
    path = path_of(tree.consistency_parts(earlier, size), size)
    assert [part.hex() for part in path] == CONSISTENCY[(earlier, size)]
    assert tree.is_consistent(earlier, size, path, bytes.fromhex(ROOTS[earlier]), bytes.fromhex(ROOTS[size]))


def test_a_part_is_made_of_its_largest_complete_subtrees() -> None:
    assert list(tree.nodes_of((0, 7))) == [(2, 0), (1, 2), (0, 6)]
    assert list(tree.nodes_of((4, 8))) == [(2, 1)]
    assert list(tree.nodes_of((3, 3))) == []


def test_a_leaf_completes_the_nodes_above_it() -> None:
    frontier = tree.Frontier()
    completed = [[node for node, _ in frontier.append(leaf)] for leaf in LEAVES]
    assert completed == [[], [(1, 0)], [], [(1, 1), (2, 0)], [], [(1, 2)], [], [(1, 3), (2, 1), (3, 0)]]


def test_a_frontier_goes_on_from_where_another_stopped() -> None:
    first, second = (slow_tree.root(LEAVES[start : start + 4]) for start in (0, 4))
    frontier = tree.Frontier(1, [first], level=2)
    assert frontier.append(second) == [((3, 0), bytes.fromhex(ROOTS[8]))]
    assert (frontier.size, frontier.root().hex()) == (2, ROOTS[8])


def test_a_frontier_has_a_root_for_each_part_of_its_size() -> None:
    with pytest.raises(ValueError, match="one root for each"):
        tree.Frontier(3, LEAVES[:1])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="not in the tree"):
        tree.inclusion_parts(index, size)
    assert not tree.is_included(LEAVES[0], index, size, [], LEAVES[0])


@pytest.mark.parametrize(("earlier", "size"), [(4, 3), (-1, 3)])
def test_there_is_no_proof_from_a_tree_that_is_no_part(earlier: int, size: int) -> None:
    with pytest.raises(ValueError, match="larger"):
        tree.consistency_parts(earlier, size)
    assert not tree.is_consistent(earlier, size, [], LEAVES[0], LEAVES[0])


def test_every_tree_goes_on_from_the_empty_one() -> None:
    root = bytes.fromhex(ROOTS[3])
    assert tree.consistency_parts(0, 3) == []
    assert tree.is_consistent(0, 3, [], tree.EMPTY_ROOT, root)
    assert not tree.is_consistent(0, 3, [], root, root)
    assert not tree.is_consistent(0, 3, [root], tree.EMPTY_ROOT, root)
    assert not tree.is_consistent(3, 3, [], tree.EMPTY_ROOT, root)
    assert not tree.is_consistent(2, 3, [], bytes.fromhex(ROOTS[2]), bytes.fromhex(ROOTS[2]))
    assert not tree.is_consistent(3, 4, [], root, root)


def test_a_leaf_is_never_taken_for_a_node() -> None:
    """The text of an entry that spells two hashes is no inner node: their prefixes differ."""
    left, right = LEAVES[:2]
    assert chain.leaf_hash(left + right) != tree.node_hash(left, right)
    assert tree.node_hash(left, right) == hashlib.sha256(b"\x01" + left + right).digest()
