"""SQLite as a file, for tests that need what a database in memory cannot do: several writers, a crash, a full disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections

ON_SQLITE = settings.DATABASES[DEFAULT_DB_ALIAS]["ENGINE"].endswith("sqlite3")


def copied(file: Path) -> Path:
    """The test database, tables and guards and all, copied into a file."""
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
    return file


@contextmanager
def worked_on(file: Path) -> Iterator[None]:
    """Every thread that asks for the database meanwhile gets a connection to this file."""
    in_memory = connections[DEFAULT_DB_ALIAS]
    name = in_memory.settings_dict["NAME"]
    del connections[DEFAULT_DB_ALIAS]
    connections.settings[DEFAULT_DB_ALIAS]["NAME"] = str(file)
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS].close()
        connections.settings[DEFAULT_DB_ALIAS]["NAME"] = name
        connections[DEFAULT_DB_ALIAS] = in_memory
