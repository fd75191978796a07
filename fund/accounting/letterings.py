"""Which open lines of a third party settle each other, and how letterings are called: AA, AB, … Plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Final

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A line that nothing settles yet: its number in the book, its day, its amount (debit positive), its paper."""

    posting: int
    on: date
    minor: int
    document: str


def proposed(items: Iterable[OpenItem]) -> tuple[tuple[int, ...], ...]:
    """Groups of lines that sum to zero, in this order: on one paper, two of one amount, in a row from the oldest.

    Each line is in one group at most. Within a rule the oldest come first, so that the same lines give the same groups.
    """
    left = sorted(items, key=lambda item: (item.on, item.posting))
    groups: list[tuple[int, ...]] = []
    for rule in (_by_paper, _in_pairs, _in_a_row):
        found = rule(left)
        taken = {posting for group in found for posting in group}
        left = [item for item in left if item.posting not in taken]
        groups += found
    return tuple(groups)


def _by_paper(items: Sequence[OpenItem]) -> list[tuple[int, ...]]:
    papers: dict[str, list[OpenItem]] = defaultdict(list)
    for item in items:
        papers[item.document].append(item)
    return [
        tuple(item.posting for item in group)
        for paper, group in papers.items()
        if paper and len(group) > 1 and not sum(item.minor for item in group)
    ]


def _in_pairs(items: Sequence[OpenItem]) -> list[tuple[int, ...]]:
    waiting: dict[int, list[OpenItem]] = defaultdict(list)
    pairs: list[tuple[int, ...]] = []
    for item in items:
        if waiting[-item.minor]:
            pairs.append((waiting[-item.minor].pop(0).posting, item.posting))
        else:
            waiting[item.minor].append(item)
    return pairs


def _in_a_row(items: Sequence[OpenItem]) -> list[tuple[int, ...]]:
    groups: list[tuple[int, ...]] = []
    row: list[int] = []
    total = 0
    for item in items:
        row.append(item.posting)
        total += item.minor
        if not total:
            groups.append(tuple(row))
            row = []
    return groups


def next_code(taken: Iterable[str]) -> str:
    """The first code that was never taken, in the order AA, AB, … AZ, BA, … ZZ, AAA, AAB, …

    >>> next_code(["AA", "AC"])
    'AB'
    """
    known = set(taken)
    return next(code for code in map(_code, count()) if code not in known)


def _code(number: int) -> str:
    size, codes = 2, len(LETTERS) ** 2
    while number >= codes:
        number, size, codes = number - codes, size + 1, codes * len(LETTERS)
    letters = []
    for _ in range(size):
        number, letter = divmod(number, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(reversed(letters))
