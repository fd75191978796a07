"""Rows read as they stand, whatever stands there, and all of one moment: for whoever believes none of them.

SQLite keeps any text in a column of dates and any number in one of truth values, and its driver fails over some of
them; PostgreSQL keeps days that Python does not know. Here days come as text and truth values as numbers, unchecked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import DatabaseError, transaction

from ledger import driver

Row = tuple[Any, ...]

UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What reading a row may raise when it does not hold what its columns say."""


_DAY, _TRUTH = re.compile(r"\[day: (.*?)\]"), re.compile(r"\[truth: (.*?)\]")


class Query:
    """A query with `[day: column]` and `[truth: column]`, written for both databases."""

    def __init__(self, sql: str) -> None:
        # The plus sign keeps the driver of SQLite from making dates and truth values of what its columns hold.
        self._sql = {
            "sqlite": _DAY.sub(r"+\1", _TRUTH.sub(r"+\1", sql)),
            "postgresql": _DAY.sub(r"to_char(\1, 'YYYY-MM-DD')", _TRUTH.sub(r"\1", sql)),
            "postgresql in ISO": _DAY.sub(r"CAST(\1 AS text)", _TRUTH.sub(r"\1", sql)),  # five times as fast
        }

    def rows(self, parameters: Sequence[Any]) -> list[Row]:
        """What it answers; on SQLite also texts that are no UTF-8, with what is wrong in them escaped."""
        connection = driver.session()
        sql = self._sql[_dialect(connection)]
        try:
            return driver.fetched(connection, sql, parameters)
        except DatabaseError:
            if connection.vendor != "sqlite":
                raise
        session = connection.connection
        usual, session.text_factory = session.text_factory, _escaped
        try:
            return driver.fetched(connection, sql, parameters)
        finally:
            session.text_factory = usual


def _dialect(connection: Any) -> str:
    """The database, and on PostgreSQL whether it writes a day as the books do, which a setting may change."""
    if connection.vendor == "sqlite":
        return "sqlite"
    style = connection.connection.info.parameter_status("DateStyle") or ""
    return "postgresql in ISO" if style.startswith("ISO") else "postgresql"


def read(sql: str, parameters: Sequence[Any]) -> list[Row]:
    """The rows of a query without days and truth values."""
    return Query(sql).rows(parameters)


def _escaped(written: bytes) -> str:
    return written.decode("utf-8", "surrogateescape")


def day_of(written: Any) -> date:
    """The day that a text names in the one way in which the books write it."""
    day = date.fromisoformat(written)
    if day.isoformat() != written:
        raise ValueError(f"{written!r} is not a day")
    return day


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything that is read inside is of one state of the books, whoever writes meanwhile; nothing is written.

    Inside a transaction that is open already, what that transaction sees is read.
    """
    connection = driver.session()
    if connection.in_atomic_block or not connection.get_autocommit():
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            driver.fetched(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", [])
            yield
    else:  # Django would take the place of a writer, and writers would wait
        driver.fetched(connection, "BEGIN DEFERRED", [])
        try:
            yield
        finally:
            driver.fetched(connection, "ROLLBACK", [])


@contextmanager
def apart() -> Iterator[None]:
    """A step that may fail without spoiling the transaction around it."""
    if driver.session().in_atomic_block:
        with transaction.atomic():
            yield
    else:
        yield
