"""The books are migrated down and up by real processes, also killed ones: nothing is lost, nobody posts in between."""

from __future__ import annotations

import ast
import importlib
import os
import signal
from collections.abc import Iterable, Iterator
from itertools import product, zip_longest
from pathlib import Path

import pytest
from django.db.migrations import Migration, RunPython, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from tests.ledger_migrating import NEWEST, STEPS, Books, Journey, own_database, own_url
from tests.migrating_acts import SLUGS

SERVER = os.environ.get("DATABASE_URL")
OLDEST, OLDER = STEPS[0], STEPS[:-1]
AMONG_ITS_STATEMENTS = 150
"""A statement of the way down at which the guards are lifted and the newest migration is being taken back."""

REFUSED = {"one": "guards_missing", "many": "guards_missing"}


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two small books of everything in a database of their own, at the newest migration: each test has a copy."""
    folder = tmp_path_factory.mktemp("pattern")
    with own_database(own_url(SERVER, folder)) as url:
        with Books(url, folder) as made:
            made.told("make", 40)
        yield url


@pytest.fixture
def books(pattern: str, tmp_path: Path) -> Iterator[Books]:
    with own_database(own_url(SERVER, tmp_path), like=pattern) as url, Books(url, tmp_path) as copied:
        yield copied


def test_down_and_up_again_every_byte_is_the_same(books: Books) -> None:
    said, looked = books.told("evidence"), books.told("look")
    assert [said[slug]["faults"] for slug in SLUGS] == [[], []]
    for step in reversed(OLDER):
        down = books.command("migrate", "ledger", step)
        assert down.returncode == 0, down.stderr
        look = books.told("look")
        assert (look["applied"][-1], look["posting"]) == (step, REFUSED)
    up = books.command("migrate", "ledger")
    assert up.returncode == 0, up.stderr
    assert books.told("look") == looked
    assert books.told("evidence") == said
    assert books.told("go_on") == looked["posting"]
    assert [books.told("evidence")[slug]["faults"] for slug in SLUGS] == [[], []]


def test_older_tables_are_told_in_a_sentence(books: Books) -> None:
    """Reading ends with a sentence that names the mend, and the check says in one warning what is amiss."""
    books.told("migrate", OLDEST)
    for asked in (["verify"], ["ledger", "balance", "--book", SLUGS[0]]):
        reading = books.command(*asked, "--language", "en")
        (sentence,) = reading.stderr.splitlines()
        assert (reading.returncode, reading.stdout) == (2, "")
        assert sentence.startswith("The database cannot be read; `python manage.py migrate` makes its tables.")
    warned = books.command("check", "--database", "default")
    assert warned.stderr.count("ledger.W001") == 1


def test_what_a_migration_will_do_can_be_read_before(books: Books) -> None:
    looked = books.told("look")
    down = books.command("migrate", "ledger", OLDEST, "--plan")
    assert f"ledger.{NEWEST}" in down.stdout
    for step, way in product(STEPS[1:], ([], ["--backwards"])):
        printed = books.command("sqlmigrate", "ledger", step, *way)
        assert (printed.returncode, "ledger_" in printed.stdout) == (0, True), printed.stderr
    assert books.told("look") == looked


# Killed half-way


@pytest.mark.parametrize("half", [0, 1])
def test_killed_half_way_the_same_command_ends_it(books: Books, half: int) -> None:
    """Old or new is whole, posting is refused until `migrate` has ended, and nothing is lost."""
    said, journey = books.told("evidence"), Journey.of(books)
    ways = ["kill"] if SERVER is None else ["kill", "cut"]
    for turn, (down, up) in enumerate(zip_longest(journey.down.moments(3), journey.up.moments(3))):
        if turn % 2 == half:
            assert journey.hurt(books, OLDEST, down or 1, ways[turn // 2 % len(ways)]) == []
            assert journey.hurt(books, NEWEST, up or 1, ways[-1 - turn // 2 % len(ways)]) == []
    assert books.told("evidence") == said
    assert books.told("go_on") == journey.looks[NEWEST]["posting"]


def test_a_session_that_found_the_guards_does_not_outlive_them(books: Books) -> None:
    """It posted before, and keeps its connection; another process lifts the guards, migrates, and is killed."""
    posting = books.told("look")["posting"]
    stayed = books.told("stay_while", OLDEST, AMONG_ITS_STATEMENTS)
    assert (stayed["before"], stayed["ended"]) == (posting, -signal.SIGKILL)
    assert stayed["after"] == REFUSED


def test_a_database_of_a_later_version_is_not_given_the_guards_of_this_one(books: Books) -> None:
    books.told("of_a_later_version")
    assert books.command("migrate").returncode == 0
    look = books.told("look")
    assert look["missing"]
    assert look["posting"] == REFUSED


# Every migration of the ledger, whoever writes the next


def _migration(name: str) -> Migration:
    return importlib.import_module(f"ledger.migrations.{name}").Migration(name, "ledger")


def _every(operations: Iterable[Operation]) -> Iterator[Operation]:
    for operation in operations:
        yield operation
        if isinstance(operation, SeparateDatabaseAndState):
            yield from _every([*operation.database_operations, *operation.state_operations])


@pytest.mark.parametrize("name", STEPS)
def test_every_migration_can_be_taken_back_and_is_one_transaction(name: str) -> None:
    migration = _migration(name)
    assert migration.atomic
    for operation in _every(migration.operations):
        assert operation.reversible, f"{operation.describe()} cannot be taken back"
        assert not isinstance(operation, RunPython) or operation.atomic is not False, operation.describe()


@pytest.mark.parametrize("name", STEPS)
def test_no_migration_runs_code_that_changes_after_it(name: str) -> None:
    """What a migration does was decided when it was written: of the package it knows the kinds of its columns alone."""
    source = Path(importlib.import_module(f"ledger.migrations.{name}").__file__ or "").read_text(encoding="utf-8")
    imported = {
        found
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for found in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
    }
    assert {found for found in imported if found.split(".")[0] in ("ledger", "allocation", "fund")} <= {"ledger.fields"}


def test_no_other_application_waits_for_a_migration_of_the_ledger() -> None:
    """So the ledger is migrated down by itself: nothing of another application is unapplied with it."""
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    assert {app for app, _ in graph.backwards_plan(("ledger", OLDEST))} == {"ledger"}
