"""Faults between any two statements: the process dies and says nothing more, or one statement fails and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from django.db import OperationalError, connection


class Crashed(BaseException):
    """The end of a process: no `except Exception` survives it, as none survives a power cut."""


class Cut(OperationalError):
    """A statement that the database did not answer; the next one it does."""


class Countdown:
    """How many statements are still let through, and what then comes instead of one or of every further one."""

    def __init__(self, statements: int, fault: type[BaseException], *, once: bool) -> None:
        self.left, self.fault, self.once = statements, fault, once
        self.fault_is_over = False

    def spend(self, sql: str) -> None:
        if self.once and sql.startswith("ROLLBACK"):
            self.fault_is_over = True  # the act is already being taken back; a failure there ends the transaction
        if self.fault_is_over:
            return
        self.left -= 1
        if self.left == -1 or (self.left < 0 and not self.once):
            raise self.fault


def _through_django(countdown: Countdown) -> AbstractContextManager[None]:
    """Count what passes Django's cursors, savepoints and rollbacks included."""

    def counted(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: dict[str, Any]) -> Any:
        countdown.spend(sql)
        return execute(sql, parameters, many, context)

    return connection.execute_wrapper(counted)


# Whoever sends statements by another way than Django's cursors adds a line here: a context manager that asks
# `countdown.spend(sql)` before each of them.
WAYS: list[Callable[[Countdown], AbstractContextManager[None]]] = [_through_django]


@contextmanager
def _counted(countdown: Countdown) -> Iterator[None]:
    with ExitStack() as ways:
        for way in WAYS:
            ways.enter_context(way(countdown))
        yield


@contextmanager
def crash_after(statements: int) -> Iterator[None]:
    """Let this many statements through and crash before the next; an act that needs fewer crashes before its commit.

    The caller holds a transaction around it, which the crash takes back.
    """
    with _counted(Countdown(statements, Crashed, once=False)):
        yield
    raise Crashed


def cut_after(statements: int) -> AbstractContextManager[None]:
    """Let this many statements through and fail the next one alone: what was begun is taken back by the act itself."""
    return _counted(Countdown(statements, Cut, once=True))
