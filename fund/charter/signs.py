"""More, less, the same, or undecided: how one slot, or one amount, has moved between two charters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from fund.charter.rules import FixedLimit, Limit, ShareOf

Direction = Literal["more", "less", "either"]
Subject = Literal[
    "pays",
    "instalments",
    "gives",
    "applies",
    "credited",
    "earlier",
    "receives",
    "hands-over",
    "keeps",
    "bears",
    "time",
    "form",
    "key",
]
Sign: TypeAlias = int | None
"""1 for more, -1 for less, 0 for the same, None when the texts do not decide."""

FOREVER = 10**6
"""Stands for a limit that is not there, in whatever is counted."""


@dataclass(frozen=True, slots=True)
class Effect:
    """For this party, of this article, more or less of something.

    `party` is a beneficiary, `applicants`, or `category:venue` (`category:` for members whose category no article
    names). `was` and `now` are words or figures that say it exactly, where there are some.
    """

    party: str
    subject: Subject
    direction: Direction
    article: str
    was: str = ""
    now: str = ""


def told(party: str, subject: Subject, sign: Sign, article: str, was: str = "", now: str = "") -> Iterator[Effect]:
    """The effect of a movement; none when nothing moves."""
    if sign != 0:
        direction: Direction = "either" if sign is None else "more" if sign > 0 else "less"
        yield Effect(party, subject, direction, article, was, now)


def sign_of(old: Fraction | int, new: Fraction | int) -> int:
    """Whether a number has risen."""
    return (new > old) - (new < old)


def together(signs: Iterable[Sign]) -> Sign:
    """What several movements make together."""
    moving = {sign for sign in signs if sign != 0}
    return 0 if not moving else moving.pop() if len(moving) == 1 else None


def turned(sign: Sign) -> Sign:
    """The movement the other way."""
    return None if sign is None else -sign


def limit_sign(old: Limit | None, new: Limit | None, *, absent: int) -> Sign:
    """Whether a limit has risen; `absent` says what none at all means: 1 without end, -1 zero."""
    if old is None or new is None:
        return sign_of(absent * (old is None), absent * (new is None))
    if isinstance(old, FixedLimit) and isinstance(new, FixedLimit):
        return sign_of(old.minor, new.minor)
    if isinstance(old, ShareOf) and isinstance(new, ShareOf) and old.of == new.of:
        return sign_of(old.rate, new.rate)
    return None
