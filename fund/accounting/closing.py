"""The closing of a fiscal year: what is looked at, and what a look may find.

Plain Python, whole minor units, debit positive. `closing_findings` reads facts and answers findings: those that
block stand in the way of the final close, the others are remarks for whoever answers for the accounts. Each names the
page on which it is mended.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from fund.accounting.dedicating import Plan
from fund.accounting.year import FiscalYear
from ledger.journal import AccountKey


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the site: the name of its address, what the address takes after the fund, and its query."""

    name: str
    arguments: tuple[str | int, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One point: `code` is stable, `blocks` tells whether the year cannot be closed with it, `place` mends it."""

    code: str
    blocks: bool
    fr: str
    en: str
    place: Place

    def sentence(self, language: str) -> str:
        """What was found, with its figures."""
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Leaf:
    """An account of one third party or project, with what it holds on the last day."""

    account: AccountKey
    minor: int


@dataclass(frozen=True, slots=True)
class Settling:
    """Open items of a third party that would settle each other: how many, and how much on each side."""

    account: AccountKey
    items: int
    minor: int


@dataclass(frozen=True, slots=True)
class Drafts:
    """Entries that are prepared and not validated, dated in the year, and the page that lists them."""

    count: int
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingFacts:
    """A year as its closing looks at it.

    `before` and `next` are the fiscal years beside it, `next_first` the state of the month in which the next one
    begins, `standing_opening` the à-nouveaux that the next year has already. `leaves` hold classes 1 to 5 and 8 on the
    last day, `exchanged` what exchanges of currency left on waiting accounts. `faults` are those of the books,
    in English and French; `results_left` what is still on 120 and 129 of the years before.
    """

    year: FiscalYear
    today: date
    currency: str
    before: FiscalYear | None = None
    is_before_closed: bool = True
    next: FiscalYear | None = None
    next_first: str = ""
    standing_opening: str = ""
    drafts: tuple[Drafts, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    unit_rests: Mapping[str, int] = field(default_factory=dict)
    in_kind: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    leaves: tuple[Leaf, ...] = ()
    exchanged: Mapping[str, int] = field(default_factory=dict)
    without_destination: tuple[tuple[str, int], ...] = ()
    without_funder: tuple[tuple[str, int], ...] = ()
    settling: tuple[Settling, ...] = ()
    plans: tuple[Plan, ...] = ()
    dedicated_faults: tuple[tuple[str, int], ...] = ()
    unvalued: tuple[str, ...] = ()
    dated_after_validation: tuple[str, ...] = ()
    results_left: tuple[Leaf, ...] = ()


SUSPENSE: Final = ("471", "472", "473", "474", "475", "478", "58")
"""Waiting accounts and transfers between accounts of the fund: nothing is left on them at the end of a year."""

THIRD_PARTIES: Final = ("40", "41", "44", "45", "46")

SIDES: Final = (
    ("409", 1), ("419", -1), ("40", -1), ("41", 1), ("441", 1), ("455", -1), ("467", 1), ("468", -1),
    ("486", 1), ("487", -1), ("16", -1), ("19", -1), ("26", 1), ("27", 1), ("28", -1), ("29", -1), ("49", -1),
    ("519", -1), ("51", 1), ("53", 1),
)  # fmt: skip
"""The usual side of an account: 1 in debit, -1 in credit; the first number that its own begins with decides."""

BOTH_SIDES_UNTIL_2024: Final = "467"
"""Sundry debtors and creditors shared one number until the charts of 2025."""


def usual_side(chart: str, version: str) -> int:
    """The side on which an account usually stands; 0 where both are usual.

    >>> usual_side("411", "anc-2022-06"), usual_side("467", "anc-2018-06"), usual_side("458", "anc-2022-06")
    (1, 0, 0)
    """
    if version == "anc-2018-06" and chart.startswith(BOTH_SIDES_UNTIL_2024):
        return 0
    return next((side for prefix, side in SIDES if chart.startswith(prefix)), 0)


def settled_items(items: tuple[int, ...]) -> tuple[int, int]:
    """How many open items would settle each other, and for how much: all of them, or else equal and opposite pairs.

    >>> settled_items((100, -60, -40)), settled_items((100, 50, -50)), settled_items((100, 50))
    ((3, 100), (2, 50), (0, 0))
    """
    if len(items) > 1 and sum(items) == 0:
        return len(items), sum(item for item in items if item > 0)
    waiting: dict[int, int] = {}
    pairs = amount = 0
    for item in items:
        if waiting.get(-item, 0):
            waiting[-item] -= 1
            pairs, amount = pairs + 1, amount + abs(item)
        else:
            waiting[item] = waiting.get(item, 0) + 1
    return 2 * pairs, amount
