"""The least that any books would write, on PostgreSQL: one round trip for an entry, COPY for many; no guard."""

import os
from collections import Counter
from collections.abc import Sequence

import psycopg
from contents import LABEL, Fact, chart_of, facts, party_of
from workers import seconds, serve

TABLES = """
    CREATE TABLE account (id int PRIMARY KEY, code text NOT NULL UNIQUE);
    CREATE TABLE balance (account_id int PRIMARY KEY, minor bigint NOT NULL);
    CREATE TABLE entry (id bigint PRIMARY KEY, reference text NOT NULL UNIQUE, day date NOT NULL, label text NOT NULL);
    CREATE TABLE posting (
        id bigint PRIMARY KEY, entry_id bigint NOT NULL, account_id int NOT NULL, minor bigint NOT NULL
    );
    CREATE INDEX posting_account ON posting (account_id, id);
"""
SINGLY = """
    WITH entry AS (INSERT INTO entry VALUES (%s, %s, %s, %s)),
         posting AS (INSERT INTO posting VALUES (%s, %s, %s, %s), (%s, %s, %s, %s))
    UPDATE balance SET minor = balance.minor + moved.minor
      FROM (VALUES (%s::int, %s::bigint), (%s, %s)) AS moved (account_id, minor)
     WHERE balance.account_id = moved.account_id
"""
MOVE = """
    UPDATE balance SET minor = balance.minor + moved.minor
      FROM unnest(%s::int[], %s::bigint[]) AS moved (account_id, minor) WHERE balance.account_id = moved.account_id
"""


class RawPostgresql:
    """A database of its own on the same server."""

    def __init__(self) -> None:
        self.connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
        self.connection.execute(TABLES)
        self.accounts = self.written = 0

    def open(self, *, accounts: int) -> None:
        self.accounts = accounts
        with self.connection.cursor() as cursor:
            codes = [(number, f"{chart_of(number)}:{party_of(number)}") for number in range(accounts)]
            cursor.executemany("INSERT INTO account VALUES (%s, %s)", codes)
            cursor.executemany("INSERT INTO balance VALUES (%s, 0)", [(number,) for number, _ in codes])

    def _next(self, count: int) -> list[Fact]:
        found = list(facts(self.written, count, accounts=self.accounts))
        self.written += count
        return found

    def singly(self, *, count: int) -> float:
        parameters = [parameters_of(fact) for fact in self._next(count)]
        cursor = self.connection.cursor()

        def work() -> None:
            for each in parameters:
                cursor.execute(SINGLY, each)

        return seconds(work)

    def at_once(self, *, count: int) -> float:
        written = self._next(count)
        entries = [(fact.number, fact.reference, fact.on, LABEL) for fact in written]
        postings = [row for fact in written for row in postings_of(fact)]
        return seconds(lambda: self._copy(entries, postings))

    def _copy(self, entries: Sequence[tuple], postings: Sequence[tuple]) -> None:
        with self.connection.transaction(), self.connection.cursor() as cursor:
            with cursor.copy("COPY entry FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(["int8", "text", "date", "text"])
                for row in entries:
                    copy.write_row(row)
            with cursor.copy("COPY posting FROM STDIN (FORMAT BINARY)") as copy:
                copy.set_types(["int8", "int8", "int4", "int8"])
                for row in postings:
                    copy.write_row(row)
            moved: Counter[int] = Counter()
            for _, _, account, minor in postings:
                moved[account] += minor
            cursor.execute(MOVE, [list(moved), list(moved.values())])

    def state(self) -> dict[str, object]:
        def ask(sql: str) -> list[tuple]:
            return self.connection.execute(sql).fetchall()

        return {
            "entries": ask("SELECT count(*) FROM entry")[0][0],
            "postings": ask("SELECT count(*) FROM posting")[0][0],
            "balances": [minor for (minor,) in ask("SELECT minor FROM balance ORDER BY account_id")],
        }


def postings_of(fact: Fact) -> list[tuple[int, int, int, int]]:
    first = 2 * fact.number
    return [(first, fact.number, fact.debit, fact.minor), (first + 1, fact.number, fact.credit, -fact.minor)]


def parameters_of(fact: Fact) -> tuple:
    debit, credit = postings_of(fact)
    return (fact.number, fact.reference, fact.on, LABEL, *debit, *credit, *debit[2:], *credit[2:])


if __name__ == "__main__":
    serve(RawPostgresql())
