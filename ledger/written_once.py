"""Tables whose rows are written once: the database itself refuses to change or delete them.

The books have stricter rules of their own (`guards.py`); this one serves the records beside them, such as
outcomes, payments and the log of acts. Like those, it is lifted before a migration, because SQLite loses the
triggers of a table that it rebuilds, and put back after it.

An application may declare rules of its own beside them (`Rule`): a trigger with a name, lifted and put back alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


@dataclass(frozen=True, slots=True)
class Rule:
    """One trigger of one table: `install` holds the statements that put it in place, by database."""

    name: str
    table: str
    install: Mapping[str, Sequence[str]]


_declared: dict[str, tuple[str, ...]] = {}
"""The tables of each application that declared some."""

_rules: dict[str, tuple[Rule, ...]] = {}
"""The rules of each application that declared some."""

_INSTALL = {
    "sqlite": (
        """CREATE TRIGGER IF NOT EXISTS {table}_never_updated BEFORE UPDATE ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is written once: a row is never updated'); END""",
        """CREATE TRIGGER IF NOT EXISTS {table}_never_deleted BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is written once: a row is never deleted'); END""",
    ),
    "postgresql": (
        """CREATE OR REPLACE FUNCTION tresse_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is written once: a row is never %d', TG_TABLE_NAME, lower(TG_OP)
                USING ERRCODE = 'restrict_violation';
        END $$""",
        """CREATE OR REPLACE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION tresse_written_once()""",
        """CREATE OR REPLACE TRIGGER {table}_never_truncated BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION tresse_written_once()""",
    ),
}
_LIFT = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS {table}_never_updated",
        "DROP TRIGGER IF EXISTS {table}_never_deleted",
    ),
    "postgresql": (
        "DROP TRIGGER IF EXISTS {table}_never_changed ON {table}",
        "DROP TRIGGER IF EXISTS {table}_never_truncated ON {table}",
    ),
}
_STANDING = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}
_LIFT_RULE = {"sqlite": "DROP TRIGGER IF EXISTS {name}", "postgresql": "DROP TRIGGER IF EXISTS {name} ON {table}"}
_NAMES = {"sqlite": ("never_updated", "never_deleted"), "postgresql": ("never_changed", "never_truncated")}


def declare(app: AppConfig, tables: Sequence[str], rules: Sequence[Rule] = ()) -> None:
    """Say, when an application is ready, which of its tables are written once, and which rules it has beside that."""
    _declared[app.label] = tuple(tables)
    _rules[app.label] = tuple(rules)
    pre_migrate.connect(_before_migration, sender=app, dispatch_uid=f"lift {app.label}")
    post_migrate.connect(_after_migration, sender=app, dispatch_uid=f"install {app.label}")


def install(using: str = "default") -> None:
    """Put the guards on all declared tables that exist."""
    _run(_INSTALL, using)
    connection = connections[using]
    _run_rules({rule.name: rule.install[connection.vendor] for rule in declared_rules()}, using)


def lift(using: str = "default") -> None:
    """Take the guards off."""
    _run(_LIFT, using)
    lift_one = _LIFT_RULE[connections[using].vendor]
    _run_rules({rule.name: [lift_one.format(name=rule.name, table=rule.table)] for rule in declared_rules()}, using)


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Do something without the guards, as a test that empties tables must."""
    lift(using)
    try:
        yield
    finally:
        install(using)


def missing(using: str = "default") -> list[str]:
    """The names of guards that ought to stand and do not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_STANDING[connection.vendor])
        standing = {name for (name,) in cursor.fetchall()}
    wanted = [f"{table}_{name}" for table in declared_tables() for name in _NAMES[connection.vendor]]
    return [name for name in (*wanted, *(rule.name for rule in declared_rules())) if name not in standing]


def declared_tables() -> list[str]:
    """Every table that is written once."""
    return [table for tables in _declared.values() for table in tables]


def declared_rules() -> list[Rule]:
    """Every rule that an application declared beside its tables."""
    return [rule for rules in _rules.values() for rule in rules]


def _run_rules(statements: Mapping[str, Sequence[str]], using: str) -> None:
    """Run the statements of each rule whose table exists."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for rule in declared_rules():
            if rule.table in present:
                for statement in statements[rule.name]:
                    cursor.execute(statement)


def _run(statements: Mapping[str, Sequence[str]], using: str) -> None:
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in declared_tables():
            if table in present:
                for statement in statements[connection.vendor]:
                    cursor.execute(statement.format(table=table))


def _before_migration(*, using: str, **_: Any) -> None:
    lift(using)


def _after_migration(*, using: str, **_: Any) -> None:
    install(using)
