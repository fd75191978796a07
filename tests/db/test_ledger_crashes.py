"""Writers and servers killed at random moments, disks that fill: nothing acknowledged is lost, nothing half-written.

The short form; `make soak` runs the same functions for longer. A writer is a process of its own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.soak import crashes
from tests.soak.databases import Server, migrated, sqlite_url
from tests.soak.plans import standing_after
from tests.sqlite_files import ON_SQLITE, copied

shared = pytest.mark.django_db(transaction=True)


@pytest.fixture
def url(tmp_path: Path) -> str:
    """The address of a database that other processes can write: the test database, or its copy in a file."""
    if ON_SQLITE:
        return sqlite_url(copied(tmp_path / "books.sqlite3"))
    place = connection.settings_dict
    return f"postgres://{place['USER']}:@/{place['NAME']}?host={place['OPTIONS'].get('host') or place['HOST']}"


@pytest.fixture
def server() -> Iterator[tuple[Server, Path]]:
    """A PostgreSQL of the test's own, which waits for the disk, with tables and guards."""
    with tempfile.TemporaryDirectory(prefix="tresse-killed-") as name:
        folder = Path(name)
        own = Server(folder)
        try:
            migrated(own.url, folder)
            yield own, folder
        finally:
            own.remove()


@shared
def test_a_killed_writer_loses_nothing_and_doubles_nothing(url: str, tmp_path: Path) -> None:
    assert crashes.kill_writers(url, tmp_path, seed=1, rounds=4) == []


if ON_SQLITE:

    @shared
    def test_a_full_disk_is_refused_by_name_and_the_books_stay_readable(url: str, tmp_path: Path) -> None:
        assert crashes.fill_disk(url, tmp_path, seed=1, pages=30) == []

else:

    def test_a_killed_server_loses_nothing_and_every_refusal_told_the_truth(server: tuple[Server, Path]) -> None:
        assert crashes.kill_servers(*server, seed=1, rounds=3) == []


def _told(count: int) -> dict[str, object]:
    return {"entries": standing_after("a seed", count), "faults": []}


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        (_told(3), False),
        (_told(4), False),
        (_told(2), True),
        (_told(5), True),
        ({**_told(3), "entries": standing_after("a seed", 3)[:-1]}, True),
        ({**_told(3), "entries": standing_after("another", 3)}, True),
        ({**_told(3), "faults": ["the chain is broken"]}, True),
        ({"refused": "ledger_busy"}, True),
        (None, True),
    ],
    ids=["exact", "one-more", "one-lost", "two-more", "torn", "changed", "faulty", "unreadable", "gone"],
)
def test_the_witness_sees_what_it_forbids(told: dict[str, object] | None, wrong: bool) -> None:
    witness = crashes.Witness("a seed")
    witness.acknowledged, witness.may_be_one_more = 3, True
    witness.sees(told)
    assert bool(witness.violations) is wrong


def test_the_witness_hears_what_was_written_twice() -> None:
    witness = crashes.Witness("a seed")
    witness.stood = witness.acknowledged = 3
    witness.hears({"posted": 2, "replayed": [True]})
    assert witness.violations == []
    witness.hears({"posted": 2, "replayed": [False]})
    witness.hears({"posted": 3, "replayed": [True]})
    assert len(witness.violations) == 2
