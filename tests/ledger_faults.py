"""A crash between any two statements: the process dies before its next statement, and says nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from django.db import connection


class Crashed(BaseException):
    """The end of a process: no `except Exception` survives it, as none survives a power cut."""


class Countdown:
    """How many statements are still let through; once they are spent every further one fails."""

    def __init__(self, statements: int) -> None:
        self.left = statements

    def spend(self) -> None:
        if self.left <= 0:
            raise Crashed
        self.left -= 1


def _through_django(countdown: Countdown) -> AbstractContextManager[None]:
    """Count what passes Django's cursors, savepoints and rollbacks included."""

    def counted(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: dict[str, Any]) -> Any:
        countdown.spend()
        return execute(sql, parameters, many, context)

    return connection.execute_wrapper(counted)


# Whoever sends statements by another way than Django's cursors adds a line here: a context manager that asks
# `countdown.spend()` before each of them.
WAYS: list[Callable[[Countdown], AbstractContextManager[None]]] = [_through_django]


@contextmanager
def crash_after(statements: int | None) -> Iterator[None]:
    """Let this many statements through and crash before the next; an act that needs fewer crashes before its commit.

    With None nothing happens. The caller holds a transaction around it, which the crash takes back.
    """
    if statements is None:
        yield
        return
    countdown = Countdown(statements)
    with ExitStack() as ways:
        for way in WAYS:
            ways.enter_context(way(countdown))
        yield
    raise Crashed
