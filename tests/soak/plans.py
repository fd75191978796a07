"""What a writer is to post, commit by commit: the same list for the same seed, in whatever process asks for it."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from datetime import date

from ledger.journal import AccountKey, Entry, Line

PARTIES = [AccountKey("411", party=f"M{number:02}") for number in range(1, 8)]
BANK = AccountKey("512")


def commits(seed: str) -> Iterator[list[Entry]]:
    """Commits without end: single entries and batches of up to eight, of two to five lines."""
    dice = random.Random(seed)
    number = 0
    while True:
        size = dice.choice([1, 1, 1, 2, 3, 8])
        yield [_entry(f"R{number + offset}", dice) for offset in range(size)]
        number += size


def _entry(reference: str, dice: random.Random) -> Entry:
    on = date(2026, dice.randint(1, 12), dice.randint(1, 28))
    return Entry(
        journal=dice.choice(["BQ", "OD"]),
        on=on,
        kind="contribution-received",
        reference=reference,
        label=f"Contribution {reference}",
        lines=_lines(dice),
        validated_on=on,
    )


def _lines(dice: random.Random) -> tuple[Line, ...]:
    count = dice.randint(1, 4)
    legs = [Line(dice.choice(PARTIES), dice.choice([-1, 1]) * dice.randint(1, 10**9)) for _ in range(count)]
    rest = sum(leg.minor for leg in legs)
    return (Line(BANK, -rest), *legs) if rest else _lines(dice)


def digest(entry: Entry) -> str:
    """A short name for the whole contents of an entry."""
    return hashlib.sha256(repr(entry).encode()).hexdigest()[:16]


def standing_after(seed: str, count: int) -> list[Sequence[str]]:
    """Reference and digest of every entry that stands when so many commits are written."""
    written = zip(range(count), commits(seed), strict=False)
    return [[entry.reference, digest(entry)] for _, commit in written for entry in commit]
