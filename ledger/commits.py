"""One commit: the one place where an act on the books is wrapped, tried again, and its refusals named."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import Error, IntegrityError, InternalError, OperationalError, connection, transaction

from ledger.errors import GuardRefused, GuardsMissing, LedgerBusy, LedgerError
from ledger.interruptions import ConnectionLost, DatabaseFailed, OutcomeUnknown, StorageFull

_BUSY = {
    "40001": 50,  # PostgreSQL, serialisation failure: each costs one commit of a rival, so a long queue gets through
    "40P01": 5,  # deadlock
    "55P03": 5,  # lock not available: the whole lock timeout has passed already
    "busy": 5,  # SQLite: the whole timeout of the connection has passed already
}
"""How often an act is tried in all when a rival writer was in its way."""

_TWIN = "23505"
"""PostgreSQL, a key that exists: a rival opened the same thing at the same moment; the next attempt finds it there."""
_ATTEMPTS = {**_BUSY, _TWIN: 3}

_TOO_LARGE = "22003"
"""PostgreSQL, a total that leaves 64 bits: it stops before the check that bounds it is asked."""

_SQLITE = {5: "busy", 6: "busy", 10: "input-output", 13: "full"}
_FULL = {"53100", "full"}

CLOSED = "ledger_closed_for_a_migration"
"""The rule that refuses every commit on PostgreSQL while a migration has the guards lifted (`ledger.guards`)."""
_NOT_THERE = {"42P01", "42703", "42883"}  # PostgreSQL: undefined table, column, function
_SAYS_SO = ("no such table", "no such column", "has no column named", f"ledger: {CLOSED}")  # SQLite has no codes

Answer = TypeVar("Answer")


def in_one_commit(act: Callable[[], Answer], *, in_one_statement: bool = False) -> Answer:
    """Run the act in a transaction, all or nothing; inside another transaction it takes part in that one.

    With `in_one_statement` the act writes by one statement, which outside a transaction is a commit by itself
    and needs no other. What a rival writer caused is tried again, unless the transaction is somebody else's:
    only they can start over. What a guard of the database refused is raised as `GuardRefused` with the rule's
    name. When the connection breaks the refusal says what is known: before the commit was asked for nothing
    is written (`ConnectionLost`), from then on nobody knows (`OutcomeUnknown`).
    """
    is_ours = not connection.in_atomic_block
    attempt = 0
    while True:
        attempt += 1
        is_committing = is_ours and in_one_statement
        try:
            if is_committing:
                return act()
            with transaction.atomic():
                answer = act()
                is_committing = is_ours
            return answer
        except (Error, LedgerError) as error:
            if is_ours and attempt < _ATTEMPTS.get(_state(error), 1):
                continue
            refusal = _refusal(error, is_committing=is_committing)
            if is_ours and isinstance(refusal, ConnectionLost | OutcomeUnknown):
                connection.close()
            if refusal is None or refusal is error:
                raise
            raise refusal from error


def _refusal(error: Exception, *, is_committing: bool) -> LedgerError | None:
    """The error by its name in the books; None for a mistake of ours, which stays what it is."""
    if isinstance(error, LedgerError):
        return error
    state = _state(error)
    if state in _BUSY:
        return LedgerBusy()
    if _is_lost(error):
        return OutcomeUnknown() if is_committing else ConnectionLost()
    if state in _FULL:
        return StorageFull()
    if state in _NOT_THERE or any(words in str(error) for words in _SAYS_SO):
        return GuardsMissing(missing=_first_line(error))  # the tables are of another version: a migration waits
    if (rule := _rule_of(error)) is not None:
        return GuardRefused(rule=rule)
    if state == _TOO_LARGE:
        return GuardRefused(rule=_first_line(error))
    if state == "input-output" and is_committing:
        return OutcomeUnknown()
    if isinstance(error, OperationalError | InternalError):
        return DatabaseFailed(said=_first_line(error))
    return None


def _state(error: BaseException) -> str:
    """The reason that the database gives, PostgreSQL's SQLSTATE or a word for SQLite's code; else nothing."""
    cause = error.__cause__
    if isinstance(error, LedgerError):  # an act inside this one has given it its name already
        return _state(cause) if cause else ""
    if state := getattr(cause, "sqlstate", None):
        return str(state)
    if "database is locked" in str(error):
        return "busy"
    return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, "")


def _is_lost(error: Exception) -> bool:
    """Whether the connection itself is gone, so that no answer will come to what was sent."""
    severity = getattr(getattr(error.__cause__, "diag", None), "severity_nonlocalized", None)
    if severity is not None:
        return severity in ("FATAL", "PANIC")  # the server's last words; after an ERROR it has taken all back
    return connection.connection is None or getattr(connection.connection, "closed", False) is True


def _rule_of(error: Exception) -> str | None:
    """The name of the rule that refused, from the first line of the database's message."""
    said = _first_line(error)
    if said.startswith("ledger: "):
        return said.removeprefix("ledger: ")
    return said if isinstance(error, IntegrityError) else None


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else ""
