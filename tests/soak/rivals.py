"""Writers that want the same thing at the same moment, each in a thread with a connection of its own.

`python -m tests.soak.rivals SEED SEEDS` runs the long form on the database of DATABASE_URL and prints what went wrong.
"""

from __future__ import annotations

import json
import os
import random
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any

import django

ROOMS = (0, 1, 7, 100)
WRITERS = (2, 8, 32)
REQUESTS_EACH = 4
PRICE = 100


def nothing_first() -> None:
    """What a writer does with its connection before it starts: nothing."""


def at_once(*acts: Callable[[], Any], first: Callable[[], None] = nothing_first) -> list[Any]:
    """Run the acts in threads, let go together; what each answered, or the exception that it raised, in order."""
    from django.db import connections

    answers: list[Any] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(position: int, act: Callable[[], Any]) -> None:
        try:
            first()
            gate.wait(60)
            answers[position] = act()
        except Exception as error:
            answers[position] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(250)
    if any(thread.is_alive() for thread in threads):
        raise TimeoutError("a writer waits for ever")
    return answers


def spend_at_once(
    book: str,
    *,
    room: int,
    writers: int,
    seed: int,
    each: int = REQUESTS_EACH,
    first: Callable[[], None] = nothing_first,
) -> list[str]:
    """So many writers spend from one account that has room for `room` of their requests; what went wrong."""
    from ledger.errors import EntriesRefused, LimitPassed
    from ledger.journal import AccountKey
    from ledger.money import Amount
    from ledger.posting import post, post_many, set_limits
    from tests.ledger_words import BANK, an_entry, an_open_book, lines

    an_open_book(book)
    post_many(book, [an_entry("FILL", PRICE * (room + 1)), an_entry("TASTE", -PRICE)])
    set_limits(book, BANK, floor=Amount(0))
    dice = random.Random(f"{seed}-{room}-{writers}")

    def writer(name: int, alone: Sequence[bool]) -> Callable[[], list[Any]]:
        def act() -> list[Any]:
            met: list[Any] = []
            for number, by_itself in enumerate(alone):
                to = AccountKey("401", party=f"W{name}-{number}")
                entry = an_entry(f"W{name}-{number}", lines=lines(-PRICE, BANK, to))
                try:
                    met.append(post(book, entry) if by_itself else post_many(book, [entry])[0])
                except (LimitPassed, EntriesRefused) as refusal:
                    met.append(refusal)
            return met

        return act

    acts = [writer(name, [dice.random() < 0.5 for _ in range(each)]) for name in range(writers)]
    answers = at_once(*acts, first=first)
    return [f"seed {seed}, room {room}, {writers} writers: {fault}" for fault in _judged(book, answers, room)]


def _judged(book: str, answers: list[Any], room: int) -> list[str]:
    from ledger.audit import find_faults
    from ledger.balances import balance, balances, journal_entries
    from ledger.errors import EntriesRefused, LimitPassed
    from ledger.money import Amount
    from tests.ledger_words import BANK

    faults = [f"a writer met {answer!r}" for answer in answers if isinstance(answer, Exception)]
    met = [each for answer in answers if not isinstance(answer, Exception) for each in answer]
    refusals = [each for each in met if isinstance(each, LimitPassed | EntriesRefused)]
    done = {each.reference for each in met if not isinstance(each, LimitPassed | EntriesRefused)}
    reasons = [each.faults[0] if isinstance(each, EntriesRefused) else each for each in refusals]
    faults += [f"refused by {each!r}" for each in reasons if not isinstance(each, LimitPassed)]
    if len(done) != min(room, len(met)):
        faults.append(f"{len(done)} of {len(met)} requests went through")
    if balance(book, BANK) != Amount(PRICE * (room - len(done))):
        faults.append(f"{balance(book, BANK)} is left")
    if {stored.entry.reference for stored in journal_entries(book)} != done | {"FILL", "TASTE"}:
        faults.append("the entries are not those that were acknowledged")
    if {row.account.party for row in balances(book) if row.account.chart == "401"} != done:
        faults.append("a refused request left an account")
    return faults + [str(fault) for fault in find_faults(book)]


def same_reference_at_once(book: str, *, writers: int) -> list[str]:
    """So many writers post the same entry; one does, the others are given its place."""
    from ledger.audit import find_faults
    from ledger.balances import chain_head
    from ledger.posting import post
    from tests.ledger_words import an_entry, an_open_book

    an_open_book(book)
    answers = at_once(*[lambda: post(book, an_entry("A1"))] * writers)
    faults = [f"a writer met {answer!r}" for answer in answers if isinstance(answer, Exception)]
    if sorted(answer.replayed for answer in answers if not isinstance(answer, Exception)) != [False] + [True] * (
        writers - 1
    ):
        faults.append("not exactly one writer posted the entry")
    if chain_head(book).entries != 1:
        faults.append(f"{chain_head(book).entries} entries stand")
    return [f"{book}: {fault}" for fault in faults + [str(fault) for fault in find_faults(book)]]


def main(first: int, seeds: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fund.settings")
    django.setup()
    violations, rounds = [], 0
    for seed in range(first, first + seeds):
        for writers in WRITERS:
            for room in ROOMS:
                book = f"room-{seed}-{writers}-{room}"
                violations += spend_at_once(book, room=room, writers=writers, seed=seed)
            violations += same_reference_at_once(f"same-{seed}-{writers}", writers=writers)
            rounds += len(ROOMS) + 1
    print(json.dumps({"rounds": rounds, "violations": violations}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
