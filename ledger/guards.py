"""The database's own rules: installed from `ledger/sql`, compared with it, and asked for before every commit.

Each rule is a section of the file of its database: `-- name:`, the reason in words, the statements. They
are lifted before a migration (SQLite rebuilds tables, and its triggers stand in the way) and put back after
it. They are not the proof, the chain is: whoever owns the database can lift them, and `verify` says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ledger.errors import GuardsMissing

_FOLDER = Path(__file__).parent / "sql"
_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)
_TABLES = re.compile(r"^-- tables: (.*)$", re.MULTILINE)
_COMMENT = re.compile(r"^--.*$", re.MULTILINE)
_FUNCTION = re.compile(r"CREATE FUNCTION .*?\$\$(.*?)\$\$;", re.DOTALL)
_TRIGGER = {
    "sqlite": re.compile(r"CREATE TRIGGER ([\w{}]+).*?^END;", re.DOTALL | re.MULTILINE),
    "postgresql": re.compile(r"CREATE TRIGGER ([\w{}]+).*?;", re.DOTALL),
}

_seen: WeakKeyDictionary[BaseDatabaseWrapper, object] = WeakKeyDictionary()
"""The connections that were found guarded, each with the session it was found in."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the body of its function (PostgreSQL) and its triggers, name by name."""

    name: str
    function: str
    triggers: tuple[tuple[str, str], ...]


@cache
def rules(vendor: str) -> tuple[Rule, ...]:
    """The rules of this database as shipped, in the order of the files."""
    found = []
    for file in sorted(_FOLDER.glob(f"{vendor}_*.sql")):
        parts = _NAME.split(file.read_text(encoding="utf-8"))[1:]
        found += [_rule(vendor, name, section) for name, section in zip(parts[::2], parts[1::2], strict=True)]
    return tuple(found)


def _rule(vendor: str, name: str, section: str) -> Rule:
    tables = " ".join(_TABLES.findall(section)).split() or [""]
    code = _COMMENT.sub("", section)
    function = _FUNCTION.search(code)
    triggers = [
        (found[1].replace("{table}", table), found[0].replace("{table}", table))
        for table in tables
        for found in _TRIGGER[vendor].finditer(_FUNCTION.sub("", code))
    ]
    return Rule(name, function[0] if function else "", tuple(triggers))


def install(connection: BaseDatabaseWrapper, *, only: str | None = None) -> None:
    """Put the rules in place, all or one alone by name; those that stand are replaced."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        lift(connection)
        for rule in rules(connection.vendor):
            if only not in (None, rule.name):
                continue
            if rule.function:
                cursor.execute(rule.function)
            for name, trigger in rule.triggers:
                cursor.execute(trigger)
                if connection.vendor == "postgresql":
                    table = trigger.split(" ON ", 1)[1].split()[0]
                    cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the rules away: for a migration, or for the flush of a test."""
    _seen.pop(connections[connection.alias], None)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for rule in rules(connection.vendor):
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION IF EXISTS {rule.name}() CASCADE")
                continue
            for name, _ in rule.triggers:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def differences(connection: BaseDatabaseWrapper) -> list[str]:
    """Where the database departs from the rules as shipped, in words; empty when it does not."""
    if connection.vendor == "sqlite":
        shipped = {name: {_plain(trigger)} for rule in rules("sqlite") for name, trigger in rule.triggers}
        present = _installed_sqlite(connection)
    else:
        shipped = {rule.name: _fingerprint(rule) for rule in rules("postgresql")}
        present = _installed_postgresql(connection)
    return [
        *(f"{name} is missing" for name in shipped if name not in present),
        *(f"{name} is not as shipped" for name in shipped if name in present and present[name] != shipped[name]),
        *(f"{name} is not ours" for name in present if name not in shipped),
    ]


def _fingerprint(rule: Rule) -> set[str]:
    """What PostgreSQL keeps of a rule: the body of its function and the definitions of its triggers."""
    body = _FUNCTION.search(rule.function)
    return {_plain(body[1] if body else ""), *(_plain(trigger) for _, trigger in rule.triggers)}


def _plain(code: str) -> str:
    return " ".join(code.split()).removesuffix(";").strip()


def require() -> None:
    """Refuse to write where the guards are not as shipped; asked once for each session of the database."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.connection is not None and _seen.get(connection) is connection.connection:
        return
    if missing := differences(connection):
        raise GuardsMissing(missing=", ".join(missing[:3]))
    _seen[connection] = connection.connection


def _installed_sqlite(connection: BaseDatabaseWrapper) -> dict[str, set[str]]:
    """Triggers on tables of the ledger, temporary ones too: such a one could swallow a write."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ledger\\_%' ESCAPE '\\' "
            "UNION ALL SELECT name, sql FROM sqlite_temp_master WHERE type = 'trigger' "
            "AND tbl_name LIKE 'ledger\\_%' ESCAPE '\\'"
        )
        return {name: {_plain(code)} for name, code in cursor.fetchall()}


def _installed_postgresql(connection: BaseDatabaseWrapper) -> dict[str, set[str]]:
    """Functions of the triggers on tables of the ledger, with the triggers that call them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, p.prosrc, pg_get_triggerdef(t.oid, true), t.tgenabled FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE NOT t.tgisinternal AND c.relname LIKE 'ledger\\_%' "
            "AND c.relnamespace = current_schema()::regnamespace"
        )
        found: dict[str, set[str]] = {}
        for name, body, definition, state in cursor.fetchall():
            enabled = "" if state == "A" else f" {state}"
            found.setdefault(name, set()).update({_plain(body), _plain(definition) + enabled})
    return found


def check_guards(databases: Collection[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """System check (`check --database default`): what is installed is what is shipped."""
    return [
        checks.Warning(f"Guard of the books: {difference}.", hint="Run `python manage.py migrate`.", id="ledger.W001")
        for alias in databases or ()
        if _has_books(connections[alias])
        for difference in differences(connections[alias])
    ]


def _has_books(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        return "ledger_seal" in connection.introspection.table_names(cursor)


def lift_before_migration(using: str, **_: Any) -> None:
    """Signal `pre_migrate`: a migration may rebuild tables."""
    lift(connections[using])


def install_after_migration(using: str, **_: Any) -> None:
    """Signal `post_migrate`: the rules stand again, as this version ships them."""
    if _has_books(connections[using]):
        install(connections[using])
