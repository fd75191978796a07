"""Books in a database of their own, migrated up and down by processes that are killed where a test says so."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[1]
STEPS = sorted(file.stem for file in (ROOT / "ledger" / "migrations").glob("[0-9]*.py"))
"""The migrations of the ledger, oldest first."""

NEWEST = STEPS[-1]

# Databases


def own_url(server: str | None, folder: Path) -> str:
    """The address of a database that is not there yet: a file in the folder, or one on the server of this address."""
    if server is None:
        return f"sqlite:///{folder / 'books.sqlite3'}"
    return urlunsplit(urlsplit(server)._replace(path=f"/tresse_migrations_{uuid.uuid4().hex}"))


def database_of(url: str) -> str:
    """The file of a SQLite address, the name of a database on a server."""
    path = urlsplit(url).path
    return path if url.startswith("sqlite") else path.removeprefix("/")


def at_server(url: str, statement: str) -> Any:
    """One statement on the server of this address, beside its databases; the one value that it answers."""
    with psycopg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


@contextmanager
def own_database(url: str, *, like: str | None = None) -> Iterator[str]:
    """A database at this address, empty or a copy of another; gone afterwards."""
    name = database_of(url)
    if url.startswith("sqlite"):
        if like is not None:
            shutil.copyfile(database_of(like), name)
        yield url
        return
    at_server(url, f"CREATE DATABASE {name}" + (f" TEMPLATE {database_of(like)}" if like else ""))
    try:
        yield url
    finally:
        at_server(url, f"DROP DATABASE {name} WITH (FORCE)")


def size_of(url: str) -> int:
    """What the database takes of the disk, in bytes, logs of a SQLite file included."""
    if url.startswith("sqlite"):
        file = Path(database_of(url))
        return sum(part.stat().st_size for part in file.parent.glob(f"{file.name}*"))
    return int(at_server(url, f"SELECT pg_database_size('{database_of(url)}')"))


# The side that asks


@dataclass(frozen=True)
class Answer:
    """How the process of an act ended (its exit status, or the signal that killed it, negative), and what it said."""

    ended: int
    value: Any


class Books:
    """A database, and the process that acts on it."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        (folder / "static").mkdir(exist_ok=True)
        settings = {"DATABASE_URL": url, "TRESSE_VAR": str(folder), "TRESSE_SECRET_KEY": "not a secret"}
        self.environment = {**os.environ, **settings, "DJANGO_SETTINGS_MODULE": "fund.settings"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.migrating_acts"],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Books:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()

    def ask(self, act: str, *facts: Any) -> Answer:
        """Have one act done in a process of its own, to its end or to the end of that process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([act, *facts]), file=self._process.stdin, flush=True)
        return Answer(**json.loads(self._process.stdout.readline()))

    def told(self, act: str, *facts: Any) -> Any:
        """What an act said that must go well."""
        answer = self.ask(act, *facts)
        assert answer.ended == 0, f"{act} {facts} ended with {answer.ended}"
        return answer.value

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`python manage.py …` as a person types it."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)


# Killed, and what is looked at then


def sampled(count: int, wanted: int) -> list[int]:
    """So many of the statements 1 to `count`, the first and the last among them."""
    return sorted({1 + (count - 1) * place // (wanted - 1) for place in range(wanted)})


@dataclass(frozen=True)
class Way:
    """What a migration takes: statements, and those of them that come first after a commit."""

    statements: int
    first_after_commit: list[int]

    def moments(self, wanted: int) -> list[int]:
        """So many statements spread over the way, and each that comes first after a commit."""
        return sorted({*sampled(self.statements, wanted), *self.first_after_commit})


@dataclass(frozen=True)
class Journey:
    """The ledger's way down to its oldest migration and up again: what stands at each step, what each way takes."""

    looks: dict[str, Any]
    down: Way
    up: Way

    @staticmethod
    def of(books: Books) -> Journey:
        """Go down step by step and up again, unharmed; the database is at the newest before and after."""
        looks = {NEWEST: books.told("look")}
        for step in reversed(STEPS[:-1]):
            books.told("migrate", step)
            looks[step] = books.told("look")
        up, down = (Way(**books.told("migrate", target)) for target in (NEWEST, STEPS[0]))
        books.told("migrate", NEWEST)
        return Journey(looks, down, up)

    def wrong(self, look: dict[str, Any]) -> list[str]:
        """What is not whole, or not refused, in a database left like this."""
        found, step = [], look["applied"][-1]
        if look["applied"] != STEPS[: STEPS.index(step) + 1] or look["picture"] != self.looks[step]["picture"]:
            found.append(f"the tables are not those of {step}")
        is_whole = step == NEWEST and not look["missing"]
        expected = self.looks[NEWEST if is_whole else STEPS[0]]["posting"]
        if look["posting"] != expected:
            found.append(f"with {look['missing']} guards missing at {step} posting says {look['posting']}")
        return found

    def hurt(self, books: Books, target: str, at: int, how: str = "kill") -> list[str]:
        """Migrate to the target, killed before statement `at`; look; migrate again; look. What was wrong."""
        ended = books.ask("migrate", target, at, how).ended
        found = [] if ended == (-signal.SIGKILL if how == "kill" else 1) else [f"the process ended with {ended}"]
        found += self.wrong(books.told("look"))
        if books.ask("migrate", target).ended:
            return [*found, f"{how} before statement {at} to {target}: the same command does not end it"]
        if books.told("look") != self.looks[target]:
            found.append("the same command leads elsewhere")
        return [f"{how} before statement {at} on the way to {target}: {sentence}" for sentence in found]
