"""A book of everything, posted for real: one entry of every sort, an erased label, days in no order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ledger.journal import AccountKey, Entry, Line
from ledger.money import EUR, HOUR, NOTORIETY, Unit
from ledger.posting import declare_unit, erase_label, open_book, open_fiscal_year, open_journal, post, post_many
from tests.ledger_words import SEED
from tests.plain_entries import varied_entries


def a_varied_book(slug: str = "varied") -> str:
    """One entry of every sort, in 2024 to 2026; the label of the third is erased."""
    open_book(slug=slug, name='Le "fonds" ; varié')
    for year in (2024, 2025, 2026):
        open_fiscal_year(slug, code=str(year), first=date(year, 1, 1), last=date(year, 12, 31), chart="anc-2018-06/1")
    for code in ("BQ", "B)Q"):
        open_journal(slug, code=code, label="Banque")
    for entry in varied_entries():
        for line in entry.lines:
            declare_unit(line.account.unit.code)
        post(slug, entry, salt_seed=SEED)
    erase_label(slug, reference="HOURS", by="secretary", why="asked by the person")
    return slug


def many_entries(count: int) -> Iterator[Entry]:
    """Entries over three years, back and forth, in four units and some three hundred accounts."""
    units = (EUR, HOUR, NOTORIETY, Unit("EUR-INKIND", 2, "kind"))
    for number in range(count):
        unit, party = units[number % 4], f"M{number * 7 % 75:02}"
        minor = 100 + number * number % 1_000_003
        left, right = AccountKey("411", party=party, unit=unit), AccountKey("756", project=f"p{number % 5}", unit=unit)
        bank = AccountKey("512", unit=unit)
        yield Entry(
            journal="BQ",
            on=date(2024, 1, 1) + timedelta(days=number * 37 % 1_096),
            kind="contribution",
            reference=f"many:{number}",
            label=f"Contribution n° {number}",
            lines=(Line(left, minor), Line(right, -(minor // 2)), Line(bank, minor // 2 - minor)),
        )


def add_many(slug: str, count: int) -> None:
    """Post so many of them, a thousand under each seal."""
    entries = list(many_entries(count))
    for start in range(0, count, 1_000):
        post_many(slug, entries[start : start + 1_000], salt_seed=SEED)
