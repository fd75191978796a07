"""Fifty tamperings at random in more than a hundred thousand rows; `make soak` throws the dice a thousand times."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from ledger import guards
from ledger.audit import find_faults
from ledger.rows import fetched
from tests.ledger_words import one, run_sql
from tests.soak.tampering import run
from tests.tampered_book import ENTRIES, make_books
from tests.tamperings import OUTSIDE, tables

pytestmark = pytest.mark.django_db

SEED = 3
ROUNDS, AT_ONCE = 50, 10


@pytest.fixture(scope="module", autouse=True)
def _books(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The books are made once and taken back with the module; no guard stands while it runs."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_books()
        guards.lift(connection)
        _look_at_sizes()
        yield
        transaction.set_rollback(True)


def _look_at_sizes() -> None:
    """PostgreSQL plans with what it knows of the tables; of rows that are not committed it learns nothing unasked."""
    if connection.vendor == "postgresql":
        run_sql("ANALYZE")


def _forget_sizes() -> None:
    """It plans as if the tables were empty, as after a large import that it has not looked at yet."""
    if connection.vendor == "postgresql":
        run_sql("UPDATE pg_class SET reltuples = 0, relpages = 500 WHERE relname LIKE 'ledger_%' AND relkind = 'r'")


def test_the_books_are_large_and_sound() -> None:
    counted = sum(one(f"SELECT count(*) FROM {table.name}") for table in tables())
    assert counted > 100_000
    assert one("SELECT count(*) FROM ledger_entry") > ENTRIES
    assert {fault.kind for book in ("alpha", "beta") for fault in find_faults(book)} == {"guards"}


def test_verify_takes_no_longer_where_the_database_does_not_know_how_large_they_are() -> None:
    """Otherwise comparing all rows with all others takes longer than a test may."""
    with transaction.atomic():
        _forget_sizes()
        assert {fault.kind for fault in find_faults("alpha")} == {"guards"}
        transaction.set_rollback(True)


@pytest.mark.parametrize("part", range(ROUNDS // AT_ONCE))
def test_every_tampering_is_found_and_a_touched_row_named(part: int) -> None:
    assert run(AT_ONCE, SEED + part) == {"rounds": AT_ONCE, "violations": []}


COLUMNS = [(table, column) for table in OUTSIDE for column in OUTSIDE[table] if column not in ("id", "book_id")]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_what_is_outside_the_proof_is_indeed_not_seen(table: str, column: str) -> None:
    """Said in the README; whoever brings one of these inside takes it off the list."""
    (known,) = [each for each in tables() if each.name == table]
    row_id, value = fetched(f'SELECT {known.key}, "{column}" FROM {table} ORDER BY {known.key} DESC LIMIT 1', [])[0]
    if table == "ledger_account":  # one at zero: closed or not, it holds nothing
        row_id, value = fetched("SELECT id, is_closed FROM ledger_account WHERE code = '580'", [])[0]
    other: Any = not value if isinstance(value, bool) else "other"
    if column in ("floor", "ceiling"):
        other = {"floor": -(10**16), "ceiling": 10**16}[column]
    if column == "moment":
        other = value + timedelta(days=1)
    run_sql(f'UPDATE {table} SET "{column}" = %s WHERE {known.key} = %s', [other, row_id])
    assert {fault.kind for book in ("alpha", "beta") for fault in find_faults(book)} == {"guards"}
