"""The books against the same rows written without a ledger: no guard, no chain, no numbering."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from pathlib import Path

from tests.bench.measure import Pair, speeds

SINGLE = 200
BULK = 1_000
ACCOUNTS = 100
ON = date(2026, 3, 2)

RAW_TABLES = """
    PRAGMA journal_mode=WAL;
    PRAGMA synchronous=FULL;
    PRAGMA foreign_keys=ON;
    CREATE TABLE account (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE);
    CREATE TABLE balance (account_id INTEGER PRIMARY KEY REFERENCES account, minor INTEGER NOT NULL);
    CREATE TABLE entry (id INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE, day TEXT NOT NULL, label TEXT NOT NULL);
    CREATE TABLE posting (
        id INTEGER PRIMARY KEY,
        entry_id INTEGER NOT NULL REFERENCES entry,
        account_id INTEGER NOT NULL REFERENCES account,
        minor INTEGER NOT NULL
    );
    CREATE INDEX posting_account ON posting (account_id, id);
"""


class RawRows:
    """The least that any books would write: an entry, two postings, two balances, as durable as ours."""

    def __init__(self, file: Path) -> None:
        self.connection = sqlite3.connect(file, isolation_level=None)
        self.connection.executescript(RAW_TABLES)
        accounts = [(number, f"411:M{number}") for number in range(ACCOUNTS)]
        self.connection.executemany("INSERT INTO account VALUES (?, ?)", accounts)
        self.connection.executemany("INSERT INTO balance VALUES (?, 0)", [(number,) for number, _ in accounts])
        self.numbers = count(1)

    def write(self, entries: int) -> None:
        numbers = [next(self.numbers) for _ in range(entries)]
        sides = [(n, side) for n in numbers for side in (0, 1)]
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany(
            "INSERT INTO entry VALUES (?, ?, ?, ?)", [(n, f"E{n}", ON.isoformat(), "A contribution") for n in numbers]
        )
        self.connection.executemany(
            "INSERT INTO posting (entry_id, account_id, minor) VALUES (?, ?, ?)",
            [(n, (n + side) % ACCOUNTS, 1_000 - 2_000 * side) for n, side in sides],
        )
        self.connection.executemany(
            "UPDATE balance SET minor = minor + ? WHERE account_id = ?",
            [(1_000 - 2_000 * side, (n + side) % ACCOUNTS) for n, side in sides],
        )
        self.connection.execute("COMMIT")


def open_books() -> None:
    from django.core.management import call_command

    from ledger import posting

    call_command("migrate", verbosity=0)
    posting.open_book(slug="bench", name="Bench")
    posting.open_fiscal_year("bench", code="2026", first=date(2026, 1, 1), last=date(2026, 12, 31), chart="bench")
    posting.open_journal("bench", code="BQ", label="Bank")


def entries(numbers: Iterator[int], size: int) -> Sequence[object]:
    from ledger.journal import AccountKey, Entry, credit, debit
    from ledger.money import EUR, Amount

    amount = Amount(1_000, EUR)
    return [
        Entry(
            journal="BQ",
            on=ON,
            kind="contribution",
            reference=f"E{number}",
            label="A contribution",
            lines=(
                debit(AccountKey("411", party=f"M{number % ACCOUNTS}"), amount),
                credit(AccountKey("411", party=f"M{(number + 1) % ACCOUNTS}"), amount),
            ),
        )
        for number in (next(numbers) for _ in range(size))
    ]


def measure(folder: Path) -> Iterator[Pair]:
    """Post through the public calls, all guards and the chain on, on a SQLite file of its own."""
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from ledger import posting

    open_books()
    raw, numbers = RawRows(folder / "raw.sqlite3"), count(1)
    posting.post_many("bench", entries(numbers, BULK))  # every account is open before the first measure
    raw.write(BULK)

    def ours_singly() -> None:
        for entry in entries(numbers, SINGLE):
            posting.post("bench", entry)

    def raw_singly() -> None:
        for _ in range(SINGLE):
            raw.write(1)

    yield speeds("sqlite_single_vs_raw", f"{SINGLE} entries one by one / raw rows", ours=ours_singly, other=raw_singly)
    yield speeds(
        "sqlite_bulk_vs_raw",
        f"{BULK} entries at once / raw rows",
        ours=lambda: posting.post_many("bench", entries(numbers, BULK)),
        other=lambda: raw.write(BULK),
    )
