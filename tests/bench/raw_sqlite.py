"""The least that any books would write, on SQLite: rows and balance rows, as durable as ours; no guard, no chain."""

import os
import sqlite3
from collections import Counter
from collections.abc import Sequence

from contents import LABEL, Fact, chart_of, facts, party_of
from workers import seconds, serve

TABLES = """
    PRAGMA journal_mode=WAL;
    PRAGMA synchronous=FULL;
    PRAGMA temp_store=MEMORY;
    CREATE TABLE account (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE);
    CREATE TABLE balance (account_id INTEGER PRIMARY KEY, minor INTEGER NOT NULL);
    CREATE TABLE entry (id INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE, day TEXT NOT NULL, label TEXT NOT NULL);
    CREATE TABLE posting (
        id INTEGER PRIMARY KEY, entry_id INTEGER NOT NULL, account_id INTEGER NOT NULL, minor INTEGER NOT NULL
    );
    CREATE INDEX posting_account ON posting (account_id, id);
"""


class RawSqlite:
    """A file of its own, one transaction for each entry or each thousand."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(os.environ["BENCH_FILE"], isolation_level=None)
        self.connection.executescript(TABLES)
        self.accounts = self.written = 0

    def open(self, *, accounts: int) -> None:
        self.accounts = accounts
        codes = [(number, f"{chart_of(number)}:{party_of(number)}") for number in range(accounts)]
        self.connection.executemany("INSERT INTO account VALUES (?, ?)", codes)
        self.connection.executemany("INSERT INTO balance VALUES (?, 0)", [(number,) for number, _ in codes])

    def _next(self, count: int) -> list[Fact]:
        found = list(facts(self.written, count, accounts=self.accounts))
        self.written += count
        return found

    def singly(self, *, count: int) -> float:
        rows = [rows_of([fact]) for fact in self._next(count)]

        def work() -> None:
            for entry, postings, moves in rows:
                self._write(entry, postings, moves)

        return seconds(work)

    def at_once(self, *, count: int) -> float:
        entries, postings, moves = rows_of(self._next(count))

        def work() -> None:
            moved: Counter[int] = Counter()
            for minor, account in moves:
                moved[account] += minor
            self._write(entries, postings, [(minor, account) for account, minor in moved.items()])

        return seconds(work)

    def _write(self, entries: Sequence[tuple], postings: Sequence[tuple], moves: Sequence[tuple]) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", entries)
        self.connection.executemany("INSERT INTO posting VALUES (?, ?, ?, ?)", postings)
        self.connection.executemany("UPDATE balance SET minor = minor + ? WHERE account_id = ?", moves)
        self.connection.execute("COMMIT")

    def state(self) -> dict[str, object]:
        ask = self.connection.execute
        return {
            "entries": ask("SELECT count(*) FROM entry").fetchone()[0],
            "postings": ask("SELECT count(*) FROM posting").fetchone()[0],
            "balances": [minor for (minor,) in ask("SELECT minor FROM balance ORDER BY account_id")],
        }


def rows_of(written: Sequence[Fact]) -> tuple[list[tuple], list[tuple], list[tuple]]:
    """Rows of entries and of postings, and how much each balance moves."""
    entries = [(fact.number, fact.reference, fact.on.isoformat(), LABEL) for fact in written]
    lines = [line for f in written for line in ((f.number, f.debit, f.minor), (f.number, f.credit, -f.minor))]
    first = 2 * written[0].number
    postings = [(first + offset, *line) for offset, line in enumerate(lines)]
    return entries, postings, [(minor, account) for _, account, minor in lines]


if __name__ == "__main__":
    serve(RawSqlite())
