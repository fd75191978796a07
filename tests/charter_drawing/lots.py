"""Drawing lots: a few plain ways to draw, cheap enough for charters of a hundred choices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")

integers = lru_cache(maxsize=None)(st.integers)
"""A strategy made once is checked once: that is most of its cost."""


class Lots:
    """Draws one thing after the other; the first choice of each is the simplest."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def number(self, least: int, most: int) -> int:
        """A whole number between the two, both included."""
        return self._draw(integers(least, most))

    def flag(self, *, one_in: int = 2) -> bool:
        """True once in so many."""
        return self.number(0, one_in - 1) == one_in - 1

    def one(self, options: Sequence[T]) -> T:
        """One of them."""
        return options[self.number(0, len(options) - 1)] if len(options) > 1 else options[0]

    def some(self, options: Sequence[T], *, least: int = 0, most: int | None = None) -> list[T]:
        """Several different ones, in any order."""
        left, chosen = list(options), []
        for _ in range(self.number(least, len(left) if most is None else most)):
            chosen.append(left.pop(self.number(0, len(left) - 1) if len(left) > 1 else 0))
        return chosen

    def maybe(self, what: Callable[[], T], *, one_in: int = 2) -> T | None:
        """The thing once in so many, else nothing."""
        return what() if self.flag(one_in=one_in) else None

    def parts(self, count: int) -> list[Fraction]:
        """So many shares that make the whole."""
        drawn = [self.number(1, 9) for _ in range(count)]
        return [Fraction(part, sum(drawn)) for part in drawn]


class SeededLots(Lots):
    """The same lots from a number: what Hypothesis cannot follow, in another process or ten thousand times over."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)

    def number(self, least: int, most: int) -> int:
        """A whole number between the two, both included."""
        return self.chance.randint(least, most)
