"""One commit: the one place where an act on the books is wrapped, tried again, and its refusals named."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TypeVar

from django.db import DatabaseError, IntegrityError, connection, transaction

from ledger.errors import GuardRefused, GuardsMissing, LedgerBusy
from ledger.guards import CLOSED

ATTEMPTS = 5
_AGAIN = {"40001", "40P01", "55P03"}  # PostgreSQL: serialisation failure, deadlock, lock not available
_NOT_THERE = {"42P01", "42703", "42883"}  # PostgreSQL: undefined table, column, function
_SAYS_SO = ("no such table", "no such column", "has no column named", f"ledger: {CLOSED}")  # SQLite has no codes

Answer = TypeVar("Answer")


def in_one_commit(act: Callable[[], Answer]) -> Answer:
    """Run the act in a transaction, all or nothing; inside another transaction it takes part in that one.

    What a rival writer caused is tried again, unless the transaction is somebody else's: only they can
    start over. What a guard of the database refused is raised as `GuardRefused` with the rule's name.
    """
    return _tried(act, transaction.atomic)


def in_one_statement(act: Callable[[], Answer]) -> Answer:
    """The same for an act that writes by one statement: by itself it is a transaction, without a round trip for it."""
    return _tried(act, transaction.atomic if connection.in_atomic_block else nullcontext)


def _tried(act: Callable[[], Answer], bracket: Callable[[], AbstractContextManager[object]]) -> Answer:
    attempts = 1 if connection.in_atomic_block else ATTEMPTS
    for left in reversed(range(attempts)):
        try:
            with bracket():
                return act()
        except DatabaseError as error:
            if _is_rivalry(error):
                if left:
                    continue
                raise LedgerBusy from error
            if _is_of_another_version(error):
                raise GuardsMissing(missing=str(error).splitlines()[0]) from error
            if (rule := _rule_of(error)) is not None:
                raise GuardRefused(rule=rule) from error
            raise
    raise LedgerBusy


def _is_rivalry(error: DatabaseError) -> bool:
    state = getattr(error.__cause__, "sqlstate", None)
    return state in _AGAIN or "database is locked" in str(error)


def _is_of_another_version(error: DatabaseError) -> bool:
    """Whether a table, column or function of this version is not there: a migration waits, or is under way."""
    said = str(error)
    return getattr(error.__cause__, "sqlstate", None) in _NOT_THERE or any(words in said for words in _SAYS_SO)


def _rule_of(error: DatabaseError) -> str | None:
    """The name of the rule that refused, from the first line of the database's message."""
    said = str(error).splitlines()[0] if str(error) else ""
    if said.startswith("ledger: "):
        return said.removeprefix("ledger: ")
    return said if isinstance(error, IntegrityError) else None
