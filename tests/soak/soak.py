"""The long form of the tests that hurt the ledger: `python tests/soak/soak.py [--seed N] [--short] [PART…]`.

Every part is bounded in rounds, prints its seed, and says each violation in a sentence; the exit status is 1 when there
is one, or when a part could not run. `--short` runs every part with a round or two, to see that it works. A new part
is a function of a `Run` that answers its rounds and its violations, and a line in `PARTS`.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests import packs  # noqa: E402
from tests.soak import crashes, migrations  # noqa: E402 - the folder above is on the path from here on
from tests.soak.databases import Server, SmallDisk, can_mount, environment, migrated, sqlite_url  # noqa: E402


@dataclass(frozen=True)
class Run:
    """What a part is asked for, and a folder of its own that goes away after it."""

    folder: Path
    seed: int
    is_short: bool

    def rounds(self, full: int, short: int = 2) -> int:
        return short if self.is_short else full


Part = Callable[[Run], tuple[int, list[str]]]


@contextmanager
def own_server(run: Run, data: Path | None = None) -> Iterator[Server]:
    """A PostgreSQL that waits for the disk, with tables and guards."""
    server = Server(run.folder, data)
    try:
        migrated(server.url, run.folder)
        yield server
    finally:
        server.remove()


@contextmanager
def small_disk(run: Run, megabytes: int) -> Iterator[SmallDisk]:
    if not can_mount(run.folder):
        raise PermissionError("a small disk can only be mounted by a superuser")
    disk = SmallDisk(run.folder / "small", megabytes)
    try:
        yield disk
    finally:
        disk.remove()


def sqlite_file(run: Run, folder: Path | None = None) -> str:
    return migrated(sqlite_url((folder or run.folder) / "books.sqlite3"), run.folder)


# Killed


def writer_sqlite(run: Run) -> tuple[int, list[str]]:
    rounds = run.rounds(300)
    return rounds, crashes.kill_writers(sqlite_file(run), run.folder, seed=run.seed, rounds=rounds)


def writer_postgresql(run: Run) -> tuple[int, list[str]]:
    rounds = run.rounds(300)
    with own_server(run) as server:
        return rounds, crashes.kill_writers(server.url, run.folder, seed=run.seed, rounds=rounds)


def server_postgresql(run: Run) -> tuple[int, list[str]]:
    rounds = run.rounds(100)
    with own_server(run) as server:
        return rounds, crashes.kill_servers(server, run.folder, seed=run.seed, rounds=rounds)


# Full


def pages_sqlite(run: Run) -> tuple[int, list[str]]:
    rounds, url, violations = run.rounds(30), sqlite_file(run), []
    for number in range(rounds):
        pages = random.Random(f"{run.seed}-{number}").randint(5, 80)
        violations += crashes.fill_disk(url, run.folder, seed=run.seed + number, pages=pages)
    return rounds, violations


def disk_sqlite(run: Run) -> tuple[int, list[str]]:
    rounds, violations = run.rounds(20), []
    with small_disk(run, 32) as disk:
        url = sqlite_file(run, disk.folder)
        for number in range(rounds):
            leave = random.Random(f"{run.seed}-{number}").randint(50_000, 500_000)
            violations += crashes.fill_small_disk(url, disk, run.folder, seed=run.seed + number, leave=leave)
    return rounds, violations


def disk_postgresql(run: Run) -> tuple[int, list[str]]:
    rounds, violations = run.rounds(10, 1), []
    with small_disk(run, 256) as disk, own_server(run, disk.folder / "data") as server:
        for number in range(rounds):
            leave = random.Random(f"{run.seed}-{number}").randint(200_000, 3_000_000)
            violations += crashes.fill_server_disk(server, disk, run.folder, seed=run.seed + number, leave=leave)
    return rounds, violations


# Many at once


def rivals_sqlite(run: Run) -> tuple[int, list[str]]:
    return _rivals(run, sqlite_file(run))


def rivals_postgresql(run: Run) -> tuple[int, list[str]]:
    with own_server(run) as server:
        return _rivals(run, server.url)


def _rivals(run: Run, url: str) -> tuple[int, list[str]]:
    return answer_of("tests.soak.rivals", [str(run.seed), str(run.rounds(20, 1))], url, run)


def answer_of(module: str, arguments: list[str], url: str, run: Run) -> tuple[int, list[str]]:
    """What a part that needs Django prints as its last line, run in a process of its own on this database."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(url, run.folder), check=True, stdout=subprocess.PIPE)
    answer = json.loads(done.stdout.splitlines()[-1])
    return answer["rounds"], answer["violations"]


# Tampered with, migrated


def tampering_sqlite(run: Run) -> tuple[int, list[str]]:
    return answer_of("tests.soak.tampering", [str(run.seed), str(run.rounds(1000))], sqlite_file(run), run)


def tampering_postgresql(run: Run) -> tuple[int, list[str]]:
    with own_server(run) as server:
        return answer_of("tests.soak.tampering", [str(run.seed), str(run.rounds(1000))], server.url, run)


def tampering_packs(run: Run) -> tuple[int, list[str]]:
    """An audit pack of a hundred thousand lines, checked by the program that is in it."""
    rounds = run.rounds(1000)
    return rounds, packs.missed(packs.make(run.folder / "pack", 30_000), run.seed, rounds)


def migrations_sqlite(run: Run) -> tuple[int, list[str]]:
    return migrations.run(None, run.folder, postings=run.rounds(1_000_000, 3_000), is_short=run.is_short)


def migrations_postgresql(run: Run) -> tuple[int, list[str]]:
    server = Server(run.folder)
    try:
        return migrations.run(server.url, run.folder, postings=run.rounds(1_000_000, 3_000), is_short=run.is_short)
    finally:
        server.remove()


PARTS: dict[str, Part] = {
    "writer-sqlite": writer_sqlite,
    "writer-postgresql": writer_postgresql,
    "server-postgresql": server_postgresql,
    "pages-sqlite": pages_sqlite,
    "disk-sqlite": disk_sqlite,
    "disk-postgresql": disk_postgresql,
    "rivals-sqlite": rivals_sqlite,
    "rivals-postgresql": rivals_postgresql,
    "tampering-sqlite": tampering_sqlite,
    "tampering-postgresql": tampering_postgresql,
    "tampering-packs": tampering_packs,
    "migrations-sqlite": migrations_sqlite,
    "migrations-postgresql": migrations_postgresql,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"all of them by default: {', '.join(PARTS)}")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randint(1, 10**6))
    parser.add_argument("--short", action="store_true", help="a round or two of each part")
    asked = parser.parse_args()
    if unknown := [name for name in asked.parts if name not in PARTS]:
        parser.error(f"there is no part {', '.join(unknown)}; there are: {', '.join(PARTS)}")
    print(f"seed {asked.seed}\n{'part':<20}{'rounds':>8}{'violations':>12}{'seconds':>9}", flush=True)
    found: list[str] = []
    for name in asked.parts or PARTS:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="tresse-soak-") as folder:
            try:
                rounds, violations = PARTS[name](Run(Path(folder), asked.seed, asked.short))
            except (OSError, RuntimeError, subprocess.SubprocessError) as error:
                rounds, violations = 0, [f"it could not run: {error}"]
        print(f"{name:<20}{rounds:>8}{len(violations):>12}{time.monotonic() - begun:>9.1f}", flush=True)
        found += [f"{name}: {violation}" for violation in violations]
    print(*found, sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
