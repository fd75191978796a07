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


def last_day(name: str, comparison: str, account: str = "a.id") -> str:
    """A join to the account's last row of the roll-up before (`<`) or up to (`<=`) a day, the one parameter."""
    return (
        f'LEFT JOIN ledger_daybalance {name} ON {name}.account_id = {account} AND {name}."on" = (SELECT max(x."on") '  # noqa: S608
        f'FROM ledger_daybalance x WHERE x.account_id = {account} AND x."on" {comparison} %s)'
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
    joins, parameters = [], []
    before, until = ("0", "0"), ("coalesce(b.debit, 0)", "coalesce(b.credit, 0)")
    sums: list[str] = []
    in_tail: list[Any] = []
    if first is not None:
        joins.append(last_day("f", "<"))
        parameters.append(first.isoformat())
        for side, minors in (("debit", DEBITS), ("credit", CREDITS)):
            sums.append(f'sum(CASE WHEN "on" < %s THEN {minors} ELSE 0 END) AS earlier_{side}')
            in_tail.append(first.isoformat())
        before = _added("f", "earlier_")
    if last is not None:
        joins.append(last_day("l", "<="))
        parameters.append(last.isoformat())
        sums += [f"sum({DEBITS}) AS debit", f"sum({CREDITS}) AS credit"]
        until = _added("l", "")
    else:
        joins.append("LEFT JOIN ledger_balance b ON b.account_id = a.id")
    if sums:
        # The plus sign keeps SQLite from walking the accounts' index over all books to spare itself a sort.
        tail = f"SELECT +account_id AS account_id, {', '.join(sums)} FROM ledger_posting WHERE {AFTER_MARK}"  # noqa: S608
        in_tail += after_mark(book)
        if bound := last or first:
            tail += f' AND "on" {"<=" if last else "<"} %s'
            in_tail.append(bound.isoformat())
        joins.append(f"LEFT JOIN ({tail} GROUP BY +account_id) t ON t.account_id = a.id")
        parameters += in_tail
    found = fetched(
        f"SELECT {KEY_COLUMNS}, {', '.join((*before, *until))} FROM {ACCOUNTS} {' '.join(joins)} WHERE {which.sql}",  # noqa: S608
        [*parameters, *which.parameters],
    )
    return [_held(row) for row in found]


def _added(day: str, prefix: str) -> tuple[str, str]:
    """Debit and credit of a row of the roll-up, with those of the tail."""
    debit, credit = (f"coalesce({day}.{side}, 0) + coalesce(t.{prefix}{side}, 0)" for side in ("debit", "credit"))
    return debit, credit


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
        'SELECT coalesce(l.debit - l.credit, 0), (SELECT coalesce(sum(CASE WHEN "on" <= %s THEN minor ELSE 0 END), 0) '  # noqa: S608
        f"FROM ledger_posting WHERE {AFTER_MARK} AND +account_id = a.id) "
        f"FROM {ACCOUNTS} {last_day('l', '<=')} WHERE {which.sql}",
        [as_of.isoformat(), *after_mark(book), as_of.isoformat(), *which.parameters],
    )
    return int(found[0][0]) + int(found[0][1]) if found else 0
