"""The database's own refusals: ballots, outcomes and awards are written once.

Guards are lifted before a migration, because SQLite loses the triggers of a table it rebuilds, and
put back after it. Tests that empty tables lift them too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connections

WRITTEN_ONCE = ("allocation_ballot", "allocation_outcome", "allocation_award", "allocation_awardpart")

_SQLITE_INSTALL = (
    """CREATE TRIGGER IF NOT EXISTS {table}_never_updated BEFORE UPDATE ON {table}
    BEGIN SELECT RAISE(ABORT, '{table} is written once: a row is never updated'); END""",
    """CREATE TRIGGER IF NOT EXISTS {table}_never_deleted BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, '{table} is written once: a row is never deleted'); END""",
)
_SQLITE_LIFT = (
    "DROP TRIGGER IF EXISTS {table}_never_updated",
    "DROP TRIGGER IF EXISTS {table}_never_deleted",
)
_POSTGRESQL_INSTALL = (
    """CREATE OR REPLACE FUNCTION allocation_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% is written once: a row is never %d', TG_TABLE_NAME, lower(TG_OP)
            USING ERRCODE = 'restrict_violation';
    END $$""",
    """CREATE OR REPLACE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION allocation_written_once()""",
    """CREATE OR REPLACE TRIGGER {table}_never_truncated BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION allocation_written_once()""",
)
_POSTGRESQL_LIFT = (
    "DROP TRIGGER IF EXISTS {table}_never_changed ON {table}",
    "DROP TRIGGER IF EXISTS {table}_never_truncated ON {table}",
)


def install(using: str = "default") -> None:
    """Put the guards on those of the tables that exist."""
    _on_each_table(using, {"sqlite": _SQLITE_INSTALL, "postgresql": _POSTGRESQL_INSTALL})


def lift(using: str = "default") -> None:
    """Take the guards off."""
    _on_each_table(using, {"sqlite": _SQLITE_LIFT, "postgresql": _POSTGRESQL_LIFT})


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Run something without the guards, for tests that empty the tables."""
    lift(using)
    try:
        yield
    finally:
        install(using)


def _on_each_table(using: str, statements_by_vendor: Mapping[str, Sequence[str]]) -> None:
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in WRITTEN_ONCE:
            if table in present:
                for statement in statements_by_vendor[connection.vendor]:
                    cursor.execute(statement.format(table=table))
