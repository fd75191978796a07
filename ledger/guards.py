"""The database's own rules: installed from `ledger/sql`, compared with it, and asked for before every commit.

Each rule is a section of the file of its database: `-- name:`, the reason in words, the statements. They
are lifted before a migration (SQLite rebuilds tables, and its triggers stand in the way) and put back after
it. They are not the proof, the chain is: whoever owns the database can lift them, and `verify` says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ledger.errors import GuardsMissing

_FOLDER = Path(__file__).parent / "sql"
_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)
_BODY = re.compile(r"\$\$(.*?)\$\$", re.DOTALL)
_TRIGGER = re.compile(r"^CREATE (?:CONSTRAINT )?TRIGGER .*?;$", re.DOTALL | re.MULTILINE)

_seen: WeakKeyDictionary[BaseDatabaseWrapper, object] = WeakKeyDictionary()
"""The connections that were found guarded, each with the session it was found in."""


@cache
def rules(vendor: str) -> Mapping[str, str]:
    """The rules of this database as shipped: name and statements, in the order of the file."""
    text = (_FOLDER / f"{vendor}.sql").read_text(encoding="utf-8")
    parts = _NAME.split(text)[1:]
    return dict(zip(parts[::2], (part.strip() for part in parts[1::2]), strict=True))


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the rules in place; those that stand are replaced."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        lift(connection)
        for statements in rules(connection.vendor).values():
            cursor.execute(statements)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the rules away, for a migration or for the flush of a test."""
    _seen.pop(connection, None)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in rules(connection.vendor):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            else:
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")


def differences(connection: BaseDatabaseWrapper) -> list[str]:
    """Where the database departs from the rules as shipped, in words; empty when it does not."""
    shipped = {
        name: _fingerprint(connection.vendor, statements) for name, statements in rules(connection.vendor).items()
    }
    present = _installed_sqlite(connection) if connection.vendor == "sqlite" else _installed_postgresql(connection)
    return [
        *(f"{name} is missing" for name in shipped if name not in present),
        *(f"{name} is not as shipped" for name in shipped if name in present and present[name] != shipped[name]),
        *(f"{name} is not ours" for name in present if name not in shipped),
    ]


def require() -> None:
    """Refuse to write where the guards are not as shipped; asked once for each session of the database."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.connection is not None and _seen.get(connection) is connection.connection:
        return
    if missing := differences(connection):
        raise GuardsMissing(missing=", ".join(missing[:3]))
    _seen[connection] = connection.connection


def _fingerprint(vendor: str, statements: str) -> frozenset[str]:
    """What is compared: on SQLite the trigger's text, on PostgreSQL function bodies and trigger definitions."""
    code = "\n".join(line for line in statements.splitlines() if not line.startswith("--"))
    if vendor == "sqlite":
        return frozenset({_plain(code)})
    return frozenset(map(_plain, [*_BODY.findall(code), *_TRIGGER.findall(code)]))


def _plain(code: str) -> str:
    return " ".join(code.split()).removesuffix(";").strip()


def _installed_sqlite(connection: BaseDatabaseWrapper) -> dict[str, frozenset[str]]:
    """Triggers on tables of the ledger, temporary ones too: such a one could swallow a write."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ledger\\_%' ESCAPE '\\' "
            "UNION ALL SELECT name, sql FROM sqlite_temp_master WHERE type = 'trigger' "
            "AND tbl_name LIKE 'ledger\\_%' ESCAPE '\\'"
        )
        return {name: frozenset({_plain(code)}) for name, code in cursor.fetchall()}


def _installed_postgresql(connection: BaseDatabaseWrapper) -> dict[str, frozenset[str]]:
    """Functions of the triggers on tables of the ledger, with the triggers that call them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, p.prosrc, pg_get_triggerdef(t.oid, true), t.tgenabled FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal AND c.relname LIKE 'ledger\\_%' AND c.relnamespace = current_schema()::regnamespace"
        )
        found: dict[str, set[str]] = {}
        for name, body, definition, state in cursor.fetchall():
            enabled = "" if state == "A" else f" {state}"
            found.setdefault(name, set()).update({_plain(body), _plain(definition) + enabled})
    return {name: frozenset(parts) for name, parts in found.items()}


def lift_before_migration(using: str, **_: Any) -> None:
    """Signal `pre_migrate`: a migration may rebuild tables."""
    lift(connections[using])


def install_after_migration(using: str, **_: Any) -> None:
    """Signal `post_migrate`: the rules stand again, as this version ships them."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if "ledger_seal" in tables:
        install(connection)
