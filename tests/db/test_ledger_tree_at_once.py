"""Several grow the stored tree while others write: every node is there once, and none is wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from django.db import connections

from ledger import proofs, stored_tree
from ledger.balances import chain_head
from ledger.posting import post_many
from ledger.rows import fetched
from tests.ledger_words import an_entry, an_open_book
from tests.sqlite_files import ON_SQLITE, copied, worked_on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared_database(tmp_path: Path) -> Iterator[None]:
    """SQLite in memory is shared by a cache that knows no queue: there the test gets a file of its own."""
    with worked_on(copied(tmp_path / "books.sqlite3")) if ON_SQLITE else nullcontext():
        yield


def test_many_grow_the_tree_while_one_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored_tree, "LOWEST", 2)
    monkeypatch.setattr(stored_tree, "_BLOCKS_AT_ONCE", 2)
    an_open_book("alpha")
    failures: list[BaseException] = []
    gate = threading.Barrier(5)

    def run(act: Callable[[int], object]) -> None:
        try:
            gate.wait(10)
            for step in range(12):
                act(step)
        except Exception as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    def write(step: int) -> None:
        post_many("alpha", [an_entry(f"A{step}-{number}", 1 + number) for number in range(9)])

    acts: list[Callable[[int], object]] = [write, *[lambda _: proofs.grow_tree("alpha")] * 4]
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failures == []
    proofs.grow_tree("alpha")
    size = chain_head("alpha").entries
    assert size == 12 * 9
    assert proofs.tree_faults("alpha") == []
    ((stored,),) = fetched("SELECT count(*) FROM ledger_subtree", [])
    assert stored == sum(size >> level for level in range(2, size.bit_length()))
