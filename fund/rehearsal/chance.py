"""Chance that is the same on every machine: a counter-based generator, one stream a purpose.

The stream is Philox4x64-10 (Salmon, Moraes, Dror and Shaw, 2011), a published function of a key and a counter. Its key
is the beginning of SHA-256 over the seed, the block of paths and the purpose in words, so a draw depends on these
three alone: not on the order of drawing, on the number of processes, or on what else is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from fund.rehearsal.columns import Column, Flags, same
from fund.rehearsal.models import Bag, Odds

GENERATOR = "philox4x64-10/sha-256/1"
"""What a seed means; another way of drawing takes another name."""

PATHS_A_BLOCK = 1_000
"""Paths are drawn by blocks of so many; the last may be smaller. Part of what a seed means."""


@dataclass(frozen=True, slots=True)
class Chance:
    """The draws of one block of paths."""

    seed: int
    block: int
    paths: int

    def raw(self, purpose: str, times: int = 1) -> NDArray[np.uint64]:
        """Whole numbers below 2^64, `times` × paths."""
        text = f"{GENERATOR}\n{self.seed}\n{self.block}\n{purpose}"
        key = int.from_bytes(sha256(text.encode()).digest()[:16], "little")
        return np.random.Philox(key=key).random_raw(times * self.paths).reshape(times, self.paths)

    def drawn(self, bag: Bag, purpose: str, times: int = 1) -> Sequence[Column]:
        """Numbers from a bag; each value's chance is off by less than one in 2^40 for bags of 16 million."""
        if len(bag.values) == 1:
            return [same(bag.values[0], self.paths)] * times
        values = np.array(bag.values, np.int64)
        return list(values[self.raw(purpose, times) % np.uint64(len(values))])

    def happens(self, odds: Odds, purpose: str, times: int = 1) -> Sequence[Flags]:
        """Whether it happens."""
        if odds.times in (0, odds.of):
            return [np.full(self.paths, odds.times > 0)] * times
        return list(self.raw(purpose, times) % np.uint64(odds.of) < np.uint64(odds.times))
