"""Gross sums of accounts as of a day, exact: one row of the roll-up each, and one pass over the bounded tail.

Every reading is one statement, so it sees one state of the books: the mark of the roll-up is read in it too, and an
advance that commits beside it is seen whole or not at all. The statements are read alike by SQLite and PostgreSQL.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.accounts import ACCOUNTS, KEY_COLUMNS, Condition, key_of
from ledger.journal import AccountKey
from ledger.models import Book, first_id
from ledger.rows import fetched

DEBITS, CREDITS = "CASE WHEN minor > 0 THEN minor ELSE 0 END", "CASE WHEN minor < 0 THEN -minor ELSE 0 END"

_MARK = "coalesce((SELECT last_posting FROM ledger_rollup WHERE book_id = %s), %s)"

AFTER_MARK = f"id > {_MARK} AND id < %s"
"""The postings after the mark of a book, with the parameters of `after_mark`: a range of the key, in one pass."""


def after_mark(book: Book) -> list[Any]:
    """The parameters of `AFTER_MARK`."""
    return [book.pk, first_id(book.pk), first_id(book.pk + 1)]


def by_day(figure: str, comparison: str) -> str:
    """A figure of the roll-up of account `a` on its last day before (`<`) or up to (`<=`) a day, the one parameter.

    One look-up in the index for each account and figure, whatever the planner thinks: as a join PostgreSQL would
    rather read the whole roll-up when many accounts are asked for.
    """
    return (
        f"coalesce((SELECT {figure} FROM ledger_daybalance x WHERE x.account_id = a.id "  # noqa: S608 - made here
        f'AND x."on" {comparison} %s ORDER BY x."on" DESC LIMIT 1), 0)'
    )


@dataclass(frozen=True, slots=True)
class Held:
    """An account with what it held before the first day, and both gross sides of what moved since; minor units."""

    key: AccountKey
    opening: int
    debit: int
    credit: int


def held(book: Book, which: Condition, *, first: date | None = None, last: date | None = None) -> list[Held]:
    """The accounts of a condition with their sums from `first` to `last`; without `first` nothing is an opening."""
    figures, parameters, sums, in_tail = ["0", "0"], [], [], list[Any]()
    if first is not None:
        day = first.isoformat()
        figures = [f"{by_day(f'x.{side}', '<')} + coalesce(t.earlier_{side}, 0)" for side in ("debit", "credit")]
        sums += [f'sum(CASE WHEN "on" < %s THEN {minors} ELSE 0 END)' for minors in (DEBITS, CREDITS)]
        parameters, in_tail = [day, day], [day, day]
    else:
        sums += ["0", "0"]
    if last is not None:
        figures += [f"{by_day(f'x.{side}', '<=')} + coalesce(t.{side}, 0)" for side in ("debit", "credit")]
        sums += [f"sum({DEBITS})", f"sum({CREDITS})"]
        parameters += [last.isoformat()] * 2
    else:
        figures += ["coalesce(b.debit, 0)", "coalesce(b.credit, 0)"]
        sums += ["0", "0"]
    tables = f"{ACCOUNTS} LEFT JOIN ledger_balance b ON b.account_id = a.id"
    if bound := last or first:
        # The plus sign keeps SQLite from walking the accounts' index over all books to spare itself a sort.
        names = ("earlier_debit", "earlier_credit", "debit", "credit")
        columns = ", ".join(f"{each} AS {name}" for each, name in zip(sums, names, strict=True))
        tables += (
            f" LEFT JOIN (SELECT +account_id AS account_id, {columns} FROM ledger_posting WHERE {AFTER_MARK} "  # noqa: S608
            f'AND "on" {"<=" if last else "<"} %s GROUP BY +account_id) t ON t.account_id = a.id'
        )
        parameters += [*in_tail, *after_mark(book), bound.isoformat()]
    found = fetched(
        f"SELECT {KEY_COLUMNS}, {', '.join(figures)} FROM {tables} WHERE {which.sql}",  # noqa: S608 - made here
        [*parameters, *which.parameters],
    )
    return [_held(row) for row in found]


def _held(row: tuple[Any, ...]) -> Held:
    before_debit, before_credit, debit, credit = map(int, row[8:])
    return Held(key_of(row), before_debit - before_credit, debit - before_debit, credit - before_credit)


def net_of(book: Book, which: Condition, as_of: date | None) -> int:
    """What one account holds, debit positive: its balance now, or its last day of the roll-up with its tail."""
    if as_of is None:
        sql = (
            f"SELECT b.debit - b.credit FROM {ACCOUNTS} JOIN ledger_balance b ON b.account_id = a.id WHERE {which.sql}"  # noqa: S608
        )
        found = fetched(sql, which.parameters)
        return int(found[0][0]) if found else 0
    found = fetched(
        f"SELECT {by_day('x.debit - x.credit', '<=')}, "  # noqa: S608 - made here
        '(SELECT coalesce(sum(CASE WHEN "on" <= %s THEN minor ELSE 0 END), 0) '
        f"FROM ledger_posting WHERE {AFTER_MARK} AND +account_id = a.id) FROM {ACCOUNTS} WHERE {which.sql}",
        [as_of.isoformat(), as_of.isoformat(), *after_mark(book), *which.parameters],
    )
    return int(found[0][0]) + int(found[0][1]) if found else 0
