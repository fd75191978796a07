"""Several writers at once, on PostgreSQL and on a SQLite file: all lands once, nothing is lost, nobody slips by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from ledger.audit import find_faults
from ledger.balances import balance, books, chain_head
from ledger.errors import AlreadyReversed, LedgerError, LimitPassed, PeriodClosed, PeriodLocked
from ledger.money import Amount
from ledger.posting import (
    close_period,
    lock_period,
    open_book,
    post,
    post_many,
    reverse_entry,
    set_limits,
    unlock_period,
)
from tests.ledger_words import BANK, MEMBER, an_entry, an_open_book, lines, posted
from tests.soak import rivals
from tests.sqlite_files import ON_SQLITE, copied, worked_on

# Threads share a SQLite database in memory by a cache that knows no queue: there each test gets a file of its own.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared_database(tmp_path: Path) -> Iterator[None]:
    """A database that several connections share."""
    with worked_on(copied(tmp_path / "books.sqlite3")) if ON_SQLITE else nullcontext():
        yield


def at_once(*acts: Callable[[], Any]) -> list[LedgerError]:
    """Run the acts in threads, let go together; the refusals that they met. Anything else fails the test."""
    met = [answer for answer in rivals.at_once(*acts) if isinstance(answer, Exception)]
    refusals = [answer for answer in met if isinstance(answer, LedgerError)]
    assert met == refusals
    return refusals


def test_two_writers_of_opposite_entries() -> None:
    an_open_book()

    def pay(name: str, minor: int) -> None:
        for number in range(200):
            post("alpha", an_entry(f"{name}{number}", lines=lines(minor)))

    assert at_once(lambda: pay("L", 100), lambda: pay("R", -100)) == []
    assert chain_head("alpha").entries == 400
    assert balance("alpha", BANK) == balance("alpha", MEMBER) == Amount(0)
    assert find_faults("alpha") == []


def test_the_same_reference_from_thirty_two_writers_is_one_entry() -> None:
    assert rivals.same_reference_at_once("alpha", writers=32) == []


@pytest.mark.parametrize("room", [0, 1, 7])
def test_exactly_as_many_pass_as_there_is_room_for(room: int) -> None:
    assert rivals.spend_at_once("alpha", room=room, writers=32, seed=1, each=1) == []


def test_a_ceiling_holds_as_a_floor_does() -> None:
    an_open_book()
    posted("alpha", "A1", 500)
    set_limits("alpha", BANK, ceiling=Amount(700))
    refusals = at_once(*[lambda name=f"S{number}": posted("alpha", name, 100) for number in range(8)])
    assert [type(refusal) for refusal in refusals] == [LimitPassed] * 6
    assert balance("alpha", BANK) == Amount(700)


@pytest.mark.parametrize("turn", [lock_period, close_period], ids=["lock", "close"])
def test_no_entry_is_sealed_after_the_lock_stands(turn: Callable[..., None]) -> None:
    """Whoever comes first wins: eight writers race one lock, and what was acknowledged is what stands."""
    an_open_book()
    posted("alpha", "FIRST")
    acknowledged: list[str] = []
    after_the_lock: list[str] = []
    locked: list[bool] = []

    def write(name: str) -> None:
        for number in range(20):
            was_locked = bool(locked)
            try:
                posted("alpha", f"{name}-{number}")
            except (PeriodLocked, PeriodClosed):
                return
            acknowledged.append(f"{name}-{number}")
            if was_locked:
                after_the_lock.append(f"{name}-{number}")

    def lock() -> None:
        while chain_head("alpha").entries < 10:
            pass
        turn("alpha", on=date(2026, 1, 1), by="treasurer", why="reported")
        locked.append(True)

    assert at_once(lock, *[lambda name=f"W{number}": write(name) for number in range(8)]) == []
    assert after_the_lock == []
    assert chain_head("alpha").entries == 1 + len(acknowledged)
    assert find_faults("alpha") == []


def test_locking_and_unlocking_race_with_posting() -> None:
    """However often a period turns, every entry is either acknowledged and there, or refused and not."""
    an_open_book()
    acknowledged: list[str] = []

    def write(name: str) -> None:
        for number in range(20):
            try:
                posted("alpha", f"{name}-{number}")
                acknowledged.append(f"{name}-{number}")
            except PeriodLocked:
                continue

    def turn() -> None:
        for _ in range(10):
            lock_period("alpha", on=date(2026, 1, 1), by="treasurer", why="reported")
            unlock_period("alpha", on=date(2026, 1, 1), by="treasurer", why="one more")

    assert at_once(turn, turn, lambda: write("L"), lambda: write("R")) == []
    assert chain_head("alpha").entries == len(acknowledged)
    assert find_faults("alpha") == []


def test_an_entry_is_reversed_once_however_many_try() -> None:
    an_open_book()
    posted("alpha", "A1")

    def reverse(name: str) -> None:
        reverse_entry("alpha", reference_of="A1", on=date(2026, 2, 1), reference=name, label="Undone")

    refusals = at_once(*[lambda name=f"U{number}": reverse(name) for number in range(8)])
    assert [type(refusal) for refusal in refusals] == [AlreadyReversed] * 7
    assert chain_head("alpha").entries == 2
    assert find_faults("alpha") == []


def test_batches_that_cross_do_not_deadlock() -> None:
    """Two writers move the same accounts in opposite order, a batch each time."""
    an_open_book()

    def batches(name: str, *, turned: bool) -> None:
        for number in range(10):
            batch = [an_entry(f"{name}-{number}-{part}", lines=lines(100)[:: -1 if turned else 1]) for part in range(5)]
            post_many("alpha", batch)

    assert at_once(lambda: batches("L", turned=False), lambda: batches("R", turned=True)) == []
    assert chain_head("alpha").entries == 100
    assert find_faults("alpha") == []


def test_books_do_not_wait_for_each_other() -> None:
    for slug in ("alpha", "beta"):
        an_open_book(slug)

    def write(slug: str) -> None:
        for number in range(50):
            posted(slug, f"A{number}")

    assert at_once(lambda: write("alpha"), lambda: write("beta")) == []
    assert [chain_head(slug).entries for slug in ("alpha", "beta")] == [50, 50]


def test_opening_the_same_book_at_once_opens_it_once() -> None:
    """Also the first units of a database, which all books share."""
    assert at_once(*[lambda: open_book(slug="alpha", name="Fund alpha")] * 8) == []
    assert at_once(*[lambda slug=f"b{number}": an_open_book(slug) for number in range(8)]) == []
    assert len(books()) == 9
    assert find_faults("alpha") == []


def test_connections_are_given_back() -> None:
    """The harness closes what its threads opened, so that nothing holds the file or the flush."""
    an_open_book()
    here = connections["default"]
    at_once(lambda: posted("alpha", "A1"))
    assert connections["default"] is here
    assert chain_head("alpha").entries == 1
