"""Several writers at once, on PostgreSQL and on SQLite: everything lands once, nothing is lost, nobody slips by."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, connections

from ledger.audit import find_faults
from ledger.balances import balance, chain_head
from ledger.errors import LedgerError, LimitPassed, PeriodLocked
from ledger.money import Amount
from ledger.posting import lock_period, post, set_limits
from tests.ledger_words import BANK, MEMBER, an_entry, an_open_book, lines, posted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _file_database() -> None:
    """Threads share a SQLite database in memory by a cache that knows no queue; only a file is the real thing."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("writers at once are tried on PostgreSQL; SQLite in memory has one writer")


def at_once(*acts: Callable[[], None]) -> list[LedgerError]:
    """Run the acts in threads of their own, let go together; the refusals that they met."""
    refusals: list[LedgerError] = []
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], None]) -> None:
        try:
            gate.wait(10)
            act()
        except LedgerError as refusal:
            refusals.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads)
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


def test_the_same_reference_at_once_is_one_entry() -> None:
    an_open_book()
    replayed: list[bool] = []

    def send() -> None:
        replayed.append(posted("alpha", "A1").replayed)

    assert at_once(*[send] * 6) == []
    assert sorted(replayed) == [False] + [True] * 5
    assert chain_head("alpha").entries == 1


def test_a_lock_never_lets_a_later_entry_through() -> None:
    """Whoever comes first wins; no entry is sealed after the lock stands."""
    an_open_book()
    refused_at: list[int] = []

    def write() -> None:
        for number in range(60):
            try:
                posted("alpha", f"A{number}")
            except PeriodLocked:
                refused_at.append(number)
                return

    def lock() -> None:
        while not chain_head("alpha").entries:
            pass
        lock_period("alpha", on=date(2026, 1, 1), by="treasurer", why="reported")

    assert at_once(write, lock) == []
    stood = chain_head("alpha").entries
    assert refused_at == ([stood] if stood < 60 else [])
    assert find_faults("alpha") == []


def test_an_overdraft_is_impossible_however_many_try() -> None:
    an_open_book()
    posted("alpha", "A1", 500)
    set_limits("alpha", BANK, floor=Amount(0))

    def spend(name: str) -> None:
        post("alpha", an_entry(name, lines=lines(-100)))

    refusals = at_once(*[lambda name=f"S{number}": spend(name) for number in range(8)])
    assert [type(refusal) for refusal in refusals] == [LimitPassed] * 3
    assert balance("alpha", BANK) == Amount(0)


def test_books_do_not_wait_for_each_other() -> None:
    for slug in ("alpha", "beta"):
        an_open_book(slug)

    def write(slug: str) -> None:
        for number in range(50):
            posted(slug, f"A{number}")

    assert at_once(lambda: write("alpha"), lambda: write("beta")) == []
    assert [chain_head(slug).entries for slug in ("alpha", "beta")] == [50, 50]
