"""What a superuser may do to a row, at random, and the names of which `verify` must then say one.

A column of a row takes another value that its type allows, a row goes, a row comes twice, two rows change places, the
end of the chain is cut off. What no row can show is in `OUTSIDE`, with the reason: those columns are left alone.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection

OUTSIDE = {
    "ledger_book": {"id": "names all else", "name": "may change"},
    "ledger_fiscalyear": {"chart": "not hashed"},
    "ledger_journal": {"label": "not hashed"},
    "ledger_period": {"id": "means nothing by itself"},
    "ledger_periodlog": {"id": "only the order counts", "by": "words", "why": "words", "moment": "a clock"},
    "ledger_account": {"is_closed": "has no history"},
    "ledger_balance": {"floor": "has no history", "ceiling": "has no history"},
    "ledger_seal": {"moment": "a clock"},
    "ledger_labelerasure": {"by": "words", "why": "words", "moment": "a clock"},
    "ledger_letteringlog": {"id": "only the order counts", "by": "words", "moment": "a clock"},
    "ledger_subtree": {"id": "means nothing by itself", "book_id": "a node that is missing is computed"},
}
"""Columns that nothing else in the books repeats or hashes, each with the reason."""

NOT_DELETED = {"ledger_subtree": "a node that is missing is computed", "ledger_book": "nobody asks for it any more"}
NOT_COPIED = {
    "ledger_book": "another book", "ledger_head": "another book", "ledger_journal": "an unused journal is no fault",
    "ledger_rollup": "one a book",
}  # fmt: skip


@dataclass(frozen=True)
class Tampering:
    """One act: in words, and the names of which `verify` must say at least one."""

    act: str
    names: frozenset[str]


class Impossible(Exception):
    """The dice fell on something that cannot be done, or that changes nothing; they are thrown again."""


# The acts


def _run(sql: str, parameters: Sequence[Any] = ()) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return int(cursor.rowcount)


def _fetch(sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return list(cursor.fetchall())


@dataclass(frozen=True)
class Table:
    """A table of the ledger: its columns in order with Django's name of their types, and its key."""

    name: str
    columns: dict[str, str]
    keys: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.keys[0]

    @property
    def where(self) -> str:
        """The condition that is true of one row, with a mark for each part of its key."""
        return " AND ".join(f'"{column}" = %s' for column in self.keys)

    def place(self, row: dict[str, Any]) -> list[Any]:
        return [row[column] for column in self.keys]

    def quoted(self) -> str:
        return ", ".join(f'"{column}"' for column in self.columns)

    def row(self, dice: random.Random) -> dict[str, Any]:
        """A row of it, any one."""
        (count,) = _fetch(f"SELECT count(*) FROM {self.name}")[0]
        if not count:
            raise Impossible
        at, order = dice.randrange(count), ", ".join(f'"{column}"' for column in self.keys)
        found = _fetch(f"SELECT {self.quoted()} FROM {self.name} ORDER BY {order} LIMIT 1 OFFSET {at}")
        return dict(zip(self.columns, found[0], strict=True))

    def spoilable(self) -> list[str]:
        return [column for column in self.columns if column not in OUTSIDE.get(self.name, {})]


def tables() -> list[Table]:
    """All tables of the ledger, by name."""
    found = []
    for model in apps.get_app_config("ledger").get_models():
        meta = model._meta
        columns = {}
        for field in meta.concrete_fields:
            kind = field.target_field.get_internal_type() if field.is_relation else field.get_internal_type()
            columns[str(field.column)] = kind
        keys = tuple(str(field.column) for field in meta.pk_fields)
        found.append(Table(meta.db_table, columns, keys))
    return sorted(found, key=lambda table: table.name)


def change_a_column(dice: random.Random, table: Table) -> Tampering:
    column = dice.choice(table.spoilable())
    row = table.row(dice)
    value = _other(dice, table, column, row[column])
    names = names_of(table, row) | names_of(table, {**row, column: value})
    _run(f'UPDATE {table.name} SET "{column}" = %s WHERE {table.where}', [value, *table.place(row)])
    return Tampering(f"{table.name} {row[table.key]}: {column} from {row[column]!r} to {value!r}", names)


def _other(dice: random.Random, table: Table, column: str, value: Any) -> Any:
    """Another value that the column's type allows: of another row, or a small step away."""
    if dice.random() < 0.5 or value is None:
        other = table.row(dice)[column]
    else:
        other = _step(dice, table.columns[column], value)
    if other == value:
        raise Impossible
    return other


def _step(dice: random.Random, kind: str, value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + dice.choice((-1, 1, 7, 100))
    if isinstance(value, datetime | date):
        return value + timedelta(days=dice.choice((-1, 1, 31)))
    if isinstance(value, bytes | memoryview):
        spoilt = bytearray(value)
        spoilt[dice.randrange(len(spoilt))] ^= 1 << dice.randrange(8)
        return bytes(spoilt)
    return dice.choice((f"{value}x", str(value)[:-1], "other", f" {value}"))


def delete_a_row(dice: random.Random, table: Table) -> Tampering:
    if table.name in NOT_DELETED:
        raise Impossible
    row = table.row(dice)
    names = names_of(table, row)
    _run(f"DELETE FROM {table.name} WHERE {table.where}", table.place(row))
    return Tampering(f"{table.name} {row[table.key]} deleted", names)


def copy_a_row(dice: random.Random, table: Table) -> Tampering:
    """The same row again under another key, with other words where two cannot be the same."""
    if table.name in NOT_COPIED:
        raise Impossible
    row = dict(table.row(dice))
    last = _fetch(f'SELECT max("{table.key}") FROM {table.name}')[0][0]
    if table.key != "id":
        last = table.row(dice)[table.key] if table.name == "ledger_letteredposting" else last
    if len(table.keys) == 1:
        row[table.key] = last + 1
    for column in ("code", "reference"):
        if column in row:
            row[column] = f"{row[column]}x"[-20:]
    for column in ("number", "index"):
        if column in row:
            row[column] += 1_000_000
    if table.name in ("ledger_period", "ledger_daybalance"):
        column = "first" if "first" in row else "on"
        row[column] = row[column] + timedelta(days=1)
    if len(table.keys) > 1 and _fetch(f"SELECT 1 FROM {table.name} WHERE {table.where}", table.place(row)):
        raise Impossible
    if "reverses_id" in row:
        row["reverses_id"] = None
    names = names_of(table, row)
    marks = ", ".join(["%s"] * len(row))
    _run(f"INSERT INTO {table.name} ({table.quoted()}) VALUES ({marks})", list(row.values()))
    return Tampering(f"{table.name} {row[table.key]} is a copy", names)


def swap_two_rows(dice: random.Random, table: Table) -> Tampering:
    column = dice.choice([column for column in table.spoilable() if column != table.key] or [table.key])
    one, other = table.row(dice), table.row(dice)
    inside = [each for each in table.spoilable() if each not in (column, table.key)]
    if one[column] == other[column] or column in table.keys or (inside and _differ_nowhere(one, other, inside)):
        raise Impossible
    both = ((one, other[column]), (other, one[column]))
    names = frozenset(
        name for row, value in both for name in names_of(table, row) | names_of(table, {**row, column: value})
    )
    for row, value in both:
        _run(f'UPDATE {table.name} SET "{column}" = %s WHERE {table.where}', [value, *table.place(row)])
    return Tampering(f"{table.name} {one[table.key]} and {other[table.key]} swap {column}", names)


def _differ_nowhere(one: dict[str, Any], other: dict[str, Any], columns: Sequence[str]) -> bool:
    """Whether two rows are the same but for what is outside: to swap the rest would be to swap that alone."""
    return all(one[column] == other[column] for column in columns)


def cut_the_end(dice: random.Random, table: Table) -> Tampering:
    """The last seals go with all their rows, and the head is set back: what is derived from them still stands."""
    seals = dice.choice((1, 2, 3, 10))
    book_id, last_seal = _fetch(
        "SELECT id, last_seal FROM ledger_book JOIN ledger_head ON book_id = id WHERE slug = 'alpha'"
    )[0]
    first = last_seal - seals + 1
    first_entry, first_posting, digest = _fetch(
        "SELECT first_entry, first_posting, previous FROM ledger_seal WHERE id = %s", [first]
    )[0]
    high = (book_id + 1) << 40
    touched = _fetch(
        "SELECT DISTINCT a.code FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id "
        "WHERE p.id >= %s AND p.id < %s", [first_posting, high]
    )  # fmt: skip
    _run("DELETE FROM ledger_posting WHERE id >= %s AND id < %s", [first_posting, high])
    _run("DELETE FROM ledger_entry WHERE id >= %s AND id < %s", [first_entry, high])
    _run("DELETE FROM ledger_seal WHERE id >= %s AND id < %s", [first, high])
    _run(
        "UPDATE ledger_head SET last_seal = %s, last_entry = %s, last_posting = %s, hash = %s WHERE book_id = %s",
        [first - 1, first_entry - 1, first_posting - 1, digest, book_id],
    )
    return Tampering(f"the last {seals} seals are cut off", frozenset(code for (code,) in touched) | {"roll-up-mark"})


ACTS = (change_a_column, change_a_column, change_a_column, delete_a_row, copy_a_row, swap_two_rows, cut_the_end)


# What must be named


def names_of(table: Table, row: dict[str, Any]) -> frozenset[str]:
    """What `verify` may call a row: its number, its reference, its code, or a kind where there is one such row."""
    found = _NAMES[table.name](row)
    return frozenset(str(name) for name in found if name is not None)


def _number(identifier: Any) -> int:
    return int(identifier) & ((1 << 40) - 1)


def _first(sql: str, *parameters: Any) -> list[Any]:
    """All that the first row of a query says."""
    found = _fetch(sql, parameters)
    return list(found[0]) if found else []


def _of_entry(row: dict[str, Any]) -> list[Any]:
    return [row["reference"], _number(row["id"])]


def _of_posting(row: dict[str, Any]) -> list[Any]:
    owners = _fetch(
        "SELECT reference FROM ledger_entry WHERE id = %s OR (first_posting <= %s AND first_posting + postings > %s)",
        [row["entry_id"], row["id"], row["id"]],
    )
    return [_number(row["id"]), *(reference for (reference,) in owners)]


_USER = (
    "SELECT e.reference FROM ledger_entry e JOIN ledger_posting p ON p.entry_id = e.id "
    "JOIN ledger_account a ON a.id = p.account_id WHERE {} = %s ORDER BY e.id LIMIT 1"
)
_FIRST_OF = "SELECT reference FROM ledger_entry WHERE {} = %s ORDER BY id LIMIT 1"


def _of_account(row: dict[str, Any]) -> list[Any]:
    return [row["code"], _number(row["id"]), *_first(_USER.format("a.id"), row["id"])]


def _of_unit(row: dict[str, Any]) -> list[Any]:
    return [row["code"], *_first(_USER.format("a.unit_id"), row["id"])]


def _account_code(account_id: Any) -> list[Any]:
    return [_number(account_id), *_first("SELECT code FROM ledger_account WHERE id = %s", account_id)]


def _of_erasure(row: dict[str, Any]) -> list[Any]:
    named = _first("SELECT reference FROM ledger_entry WHERE id = %s", row["entry_id"])
    return [_number(row["entry_id"]), *named]


def _period_first(row: dict[str, Any]) -> list[Any]:
    return _first("SELECT first FROM ledger_period WHERE id = %s", row["period_id"])


def _year_code(row: dict[str, Any]) -> list[Any]:
    return [row["first"], *_first("SELECT code FROM ledger_fiscalyear WHERE id = %s", row["fiscal_year_id"])]


def _lettering_code(row: dict[str, Any]) -> list[Any]:
    found = _first("SELECT code FROM ledger_lettering WHERE id = %s", row["lettering_id"])
    return [row["lettering_id"], *found]


_NAMES: dict[str, Callable[[dict[str, Any]], list[Any]]] = {
    "ledger_account": _of_account,
    "ledger_balance": lambda row: _account_code(row["account_id"]),
    "ledger_book": lambda row: [row["slug"], *_first(_FIRST_OF.format("book_id"), row["id"]), "chain", "row"],
    "ledger_daybalance": lambda row: _account_code(row["account_id"]),
    "ledger_entry": _of_entry,
    "ledger_fiscalyear": lambda row: [row["code"], *_first(_FIRST_OF.format("fiscal_year_id"), row["id"])],
    "ledger_head": lambda row: ["head", "no-head", "unsealed"],
    "ledger_journal": lambda row: [row["code"], *_first(_FIRST_OF.format("journal_id"), row["id"])],
    "ledger_labelerasure": _of_erasure,
    "ledger_letteredposting": _lettering_code,
    "ledger_lettering": lambda row: [row["code"], row["id"]],
    "ledger_letteringlog": lambda row: [row["code"]],
    "ledger_period": _year_code,
    "ledger_periodlog": _period_first,
    "ledger_posting": _of_posting,
    "ledger_rollup": lambda row: ["roll-up", "roll-up-mark"],
    "ledger_seal": lambda row: [_number(row["id"])],
    "ledger_subtree": lambda row: [row["index"]],
    "ledger_unit": _of_unit,
}
