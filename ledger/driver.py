"""Statements on the driver’s own connection: for those that each posting runs, Django’s cursor costs more than they do.

A connection that somebody watches (execute wrappers, logged queries) is served by Django's cursor, so that nothing
escapes whoever counts, logs or spoils statements. Statements are written with `%s` for both databases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper


def session() -> BaseDatabaseWrapper:
    """The connection of this thread to the books, opened when it is not yet."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    return connection


def fetched(connection: BaseDatabaseWrapper, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of one statement; none when it answers none."""
    if _is_watched(connection):
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall() if cursor.description else []
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            return connection.connection.execute(_with_question_marks(sql), parameters).fetchall()
        plain = _plain_cursor(connection).execute(sql, parameters)
        return plain.fetchall() if plain.description else []


def changed(connection: BaseDatabaseWrapper, sql: str, parameters: Sequence[Any]) -> int:
    """Run one statement that changes rows; how many it changed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.rowcount


def written(connection: BaseDatabaseWrapper, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows: one prepared statement on SQLite; one statement or, for many rows, one COPY on PostgreSQL."""
    found = rows if isinstance(rows, list) else list(rows)
    if not found:
        return
    if connection.vendor == "postgresql" and len(found) > _COPY_FROM and not _is_watched(connection):
        return _copied(connection, table, columns, found)
    sql = _insert(table, tuple(columns), 1 if connection.vendor == "sqlite" else len(found))
    if _is_watched(connection):
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.executemany(sql, found)
            else:
                cursor.execute(sql, [value for row in found for value in row])
        return
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors:
        if connection.vendor == "sqlite":
            connection.connection.executemany(_with_question_marks(sql), found)
        else:
            _plain_cursor(connection).execute(sql, [value for row in found for value in row])


_COPY_FROM = 20  # rows: below it one INSERT is as fast as opening a COPY


def _copied(connection: Any, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    connection.validate_no_broken_transaction()
    names = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.wrap_database_errors,
        _plain_cursor(connection).copy(f"COPY {table} ({names}) FROM STDIN") as copy,
    ):
        write = copy.write_row
        for row in rows:
            write(row)


@lru_cache(maxsize=256)
def _insert(table: str, columns: tuple[str, ...], rows: int) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    one = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO {table} ({names}) VALUES {', '.join([one] * rows)}"  # noqa: S608 - names of ours


@lru_cache(maxsize=256)
def _with_question_marks(sql: str) -> str:
    return sql.replace("%s", "?")


def _plain_cursor(connection: Any) -> Any:
    """A cursor that sends parameters apart from the statement, so that PostgreSQL plans it once."""
    from psycopg import Cursor

    return Cursor(connection.connection)


def _is_watched(connection: BaseDatabaseWrapper) -> bool:
    return bool(connection.execute_wrappers) or connection.queries_logged
