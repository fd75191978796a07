"""The Merkle tree word for word from RFC 6962, section 2.1: slow, recursive, obvious; the twin of `ledger.tree`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def split(size: int) -> int:
    """The largest power of two smaller than the size."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def root(leaves: Sequence[bytes]) -> bytes:
    """MTH(D[n]) over leaves that are hashed already."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return hashlib.sha256(b"\x01" + root(leaves[:k]) + root(leaves[k:])).digest()


def path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n]): the audit path of a leaf."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return [*path(index, leaves[:k]), root(leaves[k:])]
    return [*path(index - k, leaves[k:]), root(leaves[:k])]


def proof(earlier: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PROOF(m, D[n]): the consistency proof, for 0 < m <= n."""
    return subproof(earlier, leaves, whole=True)


def subproof(earlier: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b)."""
    if earlier == len(leaves):
        return [] if whole else [root(leaves)]
    k = split(len(leaves))
    if earlier <= k:
        return [*subproof(earlier, leaves[:k], whole=whole), root(leaves[k:])]
    return [*subproof(earlier - k, leaves[k:], whole=False), root(leaves[:k])]
