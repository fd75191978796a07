"""The database's own rules: installed from `ledger/sql`, compared with it, and asked for before every commit.

Each rule is a section of the file of its database: `-- name:`, the reason in words, the statements. A rule that is
asked `-- at:` a point (when a commit is sealed) is a condition alone: the point's trigger is assembled from all such
rules, and from a `-- usual:` condition that answers them together for nearly every commit.

They are lifted before a migration (SQLite rebuilds tables, and its triggers stand in the way) and put back after
it, where the tables are then those of this version. In between, and after a migration that was killed, nobody posts:
`require` refuses, and a session that found the guards before they were lifted is stopped too. They are not the proof,
the chain is: whoever owns the database can lift them, and `verify` says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from ledger import written_once
from ledger.commits import CLOSED, in_one_commit
from ledger.errors import GuardsMissing

_FOLDER = Path(__file__).parent / "sql"
_SECTION = re.compile(r"^-- (name|point|usual|procedure): (\w+)$", re.MULTILINE)
_TABLES = re.compile(r"^-- tables: (.*)$", re.MULTILINE)
_POINT = re.compile(r"^-- at: (\w+)$", re.MULTILINE)
_COMMENT = re.compile(r"^--.*$", re.MULTILINE)
_FUNCTION = re.compile(r"CREATE FUNCTION .*?\$\$(.*?)\$\$;", re.DOTALL)
_TRIGGER = {
    "sqlite": re.compile(r"CREATE TRIGGER ([\w{}]+).*?^END;", re.DOTALL | re.MULTILINE),
    "postgresql": re.compile(r"CREATE TRIGGER ([\w{}]+).*?;", re.DOTALL),
}
_REFUSAL = {
    "sqlite": "  SELECT RAISE(ABORT, 'ledger: {name}') WHERE {condition};",
    "postgresql": "  IF {condition} THEN\n"
    "    RAISE EXCEPTION 'ledger: {name}' USING ERRCODE = 'integrity_constraint_violation';\n"
    "  END IF;",
}
_NEVER = "FALSE"

_CLOSE = (
    f"CREATE FUNCTION {CLOSED}() RETURNS trigger LANGUAGE plpgsql AS $$ "
    f"BEGIN RAISE EXCEPTION 'ledger: {CLOSED}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    f"CREATE TRIGGER {CLOSED} BEFORE INSERT OR UPDATE ON ledger_head FOR EACH STATEMENT EXECUTE FUNCTION {CLOSED}()",
)
"""PostgreSQL: it stands on the heads while the guards do not, and refuses whoever opens a commit."""

_seen: WeakKeyDictionary[BaseDatabaseWrapper, object] = WeakKeyDictionary()
"""The connections that were found guarded, each with the session it was found in and, on SQLite, the schema's state."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: triggers of its own with the function they call (PostgreSQL), or a condition asked `at` a point."""

    name: str
    function: str
    triggers: tuple[tuple[str, str], ...]
    at: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class _Shipped:
    """The sections of the files of one database, in their order."""

    rules: tuple[Rule, ...]
    procedures: tuple[Rule, ...]
    points: dict[str, str]
    usual: dict[str, str]


@cache
def _shipped(vendor: str) -> _Shipped:
    found: dict[str, list[Rule]] = {"name": [], "procedure": []}
    texts: dict[str, dict[str, str]] = {"point": {}, "usual": {}}
    for file in sorted(_FOLDER.glob(f"{vendor}_*.sql")):
        parts = _SECTION.split(file.read_text(encoding="utf-8"))[1:]
        for kind, name, section in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            if kind in found:
                found[kind].append(_rule(vendor, name, section))
            else:
                texts[kind][name] = _COMMENT.sub("", section).strip()
    return _Shipped(tuple(found["name"]), tuple(found["procedure"]), texts["point"], texts["usual"])


def rules(vendor: str) -> tuple[Rule, ...]:
    """The rules of this database as shipped, in the order of the files."""
    return _shipped(vendor).rules


def _rule(vendor: str, name: str, section: str) -> Rule:
    code = _COMMENT.sub("", section)
    if (point := _POINT.search(section)) is not None:
        return Rule(name, "", (), point[1], code.strip())
    function, triggers = _statements(vendor, code, " ".join(_TABLES.findall(section)).split() or [""])
    return Rule(name, function, triggers)


def _statements(vendor: str, code: str, tables: Sequence[str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The function of a section, and its triggers by name, once for each table."""
    function = _FUNCTION.search(code)
    triggers = [
        (found[1].replace("{table}", table), found[0].replace("{table}", table))
        for table in tables
        for found in _TRIGGER[vendor].finditer(_FUNCTION.sub("", code))
    ]
    return (function[0] if function else ""), tuple(triggers)


def assembled(vendor: str, *, only: str | None = None) -> tuple[Rule, ...]:
    """What is installed: rules with triggers of their own, each point with the rules asked at it, the procedures.

    With `only` it is one rule alone, asked every time, whatever is usual.
    """
    shipped = _shipped(vendor)
    chosen = [rule for rule in shipped.rules if only in (None, rule.name)]
    standing = [rule for rule in chosen if not rule.at]
    for point, template in shipped.points.items():
        asked = [rule for rule in chosen if rule.at == point]
        if asked:
            refusals = "\n".join(_REFUSAL[vendor].format(name=r.name, condition=r.condition) for r in asked)
            usual = shipped.usual[point] if only is None else _NEVER
            code = template.replace("{usual}", usual).replace("{rules}", refusals)
            standing.append(Rule(point, *_statements(vendor, code, [""])))
    return (*standing, *(shipped.procedures if only is None else ()))


def install(connection: BaseDatabaseWrapper, *, only: str | None = None) -> None:
    """Put the rules in place, all or one alone by name; those that stand are replaced."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        lift(connection)
        for rule in assembled(connection.vendor, only=only):
            if rule.function:
                cursor.execute(rule.function)
            for name, trigger in rule.triggers:
                cursor.execute(trigger)
                if connection.vendor == "postgresql":
                    table = trigger.split(" ON ", 1)[1].split()[0]
                    cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the rules away, those of earlier versions too: for a migration, or for the flush of a test."""
    _seen.pop(connections[connection.alias], None)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in _installed(connection):
            if not name.startswith("ledger_"):
                continue
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION IF EXISTS {name} CASCADE")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def _installed(connection: BaseDatabaseWrapper) -> dict[str, set[str]]:
    """What stands on the tables of the ledger: triggers on SQLite, their functions on PostgreSQL."""
    return _installed_sqlite(connection) if connection.vendor == "sqlite" else _installed_postgresql(connection)


def differences(connection: BaseDatabaseWrapper) -> list[str]:
    """Where the database departs from the rules as shipped, in words; empty when it does not."""
    if connection.vendor == "sqlite":
        shipped = {name: {_plain(trigger)} for rule in assembled("sqlite") for name, trigger in rule.triggers}
    else:
        shipped = {rule.name: _fingerprint(rule) for rule in assembled("postgresql")}
    present = _installed(connection)
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
    """Refuse to write where the guards are not as shipped; asked once for each session of the database.

    A migration may lift them while the session goes on. SQLite then counts its schema on, which is asked every time:
    it costs next to nothing. On PostgreSQL it would be a round trip; `_CLOSE` refuses such a session instead.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.connection is not None and _seen.get(connection) == _state(connection):
        return
    if missing := in_one_commit(lambda: differences(connection)):
        raise GuardsMissing(missing=_listed(missing))
    _seen[connection] = _state(connection)


def _state(connection: BaseDatabaseWrapper) -> object:
    """What does not change as long as the guards that this session found cannot have been lifted."""
    session: Any = connection.connection
    if connection.vendor == "postgresql":
        return session
    with connection.wrap_database_errors:
        return session, session.execute("PRAGMA schema_version").fetchone()[0]


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
    """Functions of the triggers on tables of the ledger, with the triggers that call them; the ledger's procedures."""
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
        cursor.execute(
            "SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'ledger\\_%' AND prorettype <> 'trigger'::regtype "
            "AND pronamespace = current_schema()::regnamespace"
        )
        return found | {name: {_plain(body)} for name, body in cursor.fetchall()}


def check_guards(databases: Collection[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """System check (`check --database default`): what is installed is what is shipped."""
    return [
        checks.Warning(
            f"Guards of the books: {_listed(found)}.", hint="Run `python manage.py migrate`.", id="ledger.W001"
        )
        for alias in databases or ()
        if _has_books(connections[alias]) and (found := differences(connections[alias]))
    ]


def _listed(found: Sequence[str]) -> str:
    """The first three, and how many more there are."""
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    return ", ".join(found[:3]) + more


def _has_books(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        return "ledger_seal" in connection.introspection.table_names(cursor)


def lift_before_migration(using: str, plan: Sequence[object] | None = None, **_: Any) -> None:
    """Signal `pre_migrate`: a migration may rebuild tables, and until it has ended nobody posts."""
    if plan is not None and not plan:
        return  # nothing to do: whoever writes meanwhile is not stopped
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        lift(connection)
        if connection.vendor == "postgresql" and _has_books(connection):
            for statement in _CLOSE:
                cursor.execute(statement)


def install_after_migration(using: str, plan: Sequence[object] | None = None, **_: Any) -> None:
    """Signal `post_migrate`: the rules stand again, as this version ships them, if the tables are this version's.

    The rules of all other tables stand before them, so that a migration killed just here has either all or none.
    """
    connection = connections[using]
    if not _has_books(connection) or (plan is not None and not _is_of_this_version(connection)):
        return
    if plan is not None:
        written_once.install(using)
    install(connection)


def _is_of_this_version(connection: BaseDatabaseWrapper) -> bool:
    """Whether exactly the ledger's migrations that this version ships are applied: none waits, none is newer."""
    loader = MigrationLoader(connection, ignore_no_migrations=True)
    shipped, applied = (
        {name for app, name in found if app == "ledger"}
        for found in (loader.disk_migrations, loader.applied_migrations)
    )
    return shipped == applied
