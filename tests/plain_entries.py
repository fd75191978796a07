"""Posted entries as the plain texts read them, without a database; and one entry of every sort."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.journal import AccountKey, Document, Entry, Exchange, Line, reversal_of
from ledger.money import HOUR, NOTORIETY, Amount, Unit

BANK, MEMBER, GIFTS = AccountKey("512"), AccountKey("411", party="M01"), AccountKey("756")
DOLLARS = Unit("USD", 2)


@dataclass(frozen=True)
class Posted:
    """What the texts ask of `ledger.balances.StoredEntry`."""

    entry: Entry
    position: int
    fiscal_year: str = "2026"
    is_erased: bool = False

    @property
    def number(self) -> int:
        return self.position


def an_entry(reference: str, lines: tuple[Line, ...], **changes: Any) -> Entry:
    facts = {"journal": "BQ", "on": date(2026, 1, 10), "kind": "contribution-received", "label": f"About {reference}"}
    return Entry(**{**facts, "reference": reference, "lines": lines, **changes})


def numbered(entries: Iterable[Entry]) -> list[Posted]:
    return [Posted(entry, position) for position, entry in enumerate(entries, 1)]


def held_after(posted: Iterable[Posted]) -> dict[AccountKey, Amount]:
    """What each account holds, added up by hand."""
    sums: dict[AccountKey, int] = {}
    for each in posted:
        for line in each.entry.lines:
            sums[line.account] = sums.get(line.account, 0) + line.minor
    return {key: Amount(minor, key.unit) for key, minor in sums.items()}


STRANGE_UNITS = (Unit("€", 0, "points"), Unit("x9-", 9))
"""Units that no book has so far, since the ledger knows currencies and its own; a text must bear them all the same."""


YEN, FOMENTO = Unit("JPY", 0), Unit("CLF", 4)


def varied_entries(whole: Unit = YEN, fine: Unit = FOMENTO) -> list[Entry]:
    """One of everything that an entry can be: units, exchange, reversal, words that a tool could misread."""
    most = 2**62
    first = an_entry("A1", (Line(BANK, 50_400), Line(MEMBER, -50_400)))
    strange = AccountKey("cotisé_éZ", party="zéro/[2026-99-99]", project="", convention="(c);")
    points, tiny = AccountKey("9;1", unit=whole), AccountKey("411", party="M01", unit=fine)
    dollars, change = AccountKey("512", unit=DOLLARS), AccountKey("58")
    return [
        first,
        an_entry(
            'ref:"1";[9999/99]', (Line(BANK, 1, "conv,entïon", "(dest"), Line(strange, -1, public_generosity=True)),
            label='« Été » "quoted" \\n ; | (x) * ! ', journal="B)Q", kind="é,x", on=date(2025, 3, 1),
            document=Document("facture n° 7, date:[2026/99/99]", date(1, 1, 1), "ab" * 32),
            validated_on=date(2026, 2, 1),
        ),
        an_entry("HOURS", (Line(AccountKey("864", unit=HOUR), 150), Line(AccountKey("875", unit=HOUR), -150))),
        an_entry(
            "FX", (
                Line(dollars, 1100), Line(AccountKey("58", unit=DOLLARS), -1100), Line(change, 1000), Line(BANK, -1000),
            ),
            exchange=Exchange("USD", "EUR", Fraction(10, 11)),
        ),
        an_entry("MOST", (Line(points, most), Line(AccountKey("A", unit=points.unit), -most))),
        an_entry("TINY", (Line(tiny, most), Line(AccountKey("411", unit=tiny.unit), -most))),
        an_entry("N", (Line(AccountKey("1", unit=NOTORIETY), 3), Line(AccountKey("1", "", "", "Z", NOTORIETY), -3))),
        reversal_of(first, on=date(2026, 3, 1), reference="X1", label="Undone"),
        an_entry("LATE", (Line(GIFTS, -1), Line(GIFTS, -2), Line(BANK, 3)), on=date(2024, 2, 29)),
    ]  # fmt: skip
