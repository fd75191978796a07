"""The ledger's migrations with a million postings, and killed before every statement of theirs, on a small book.

`python tests/soak/migrations.py [--postings N] [--short]` does both on SQLite, and on PostgreSQL where `DATABASE_URL`
names a server (`python tests/postgresql.py python tests/soak/migrations.py`). It prints seconds and sizes, which fail
nothing, and each violation in a sentence; the exit status is 1 when there is one.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.ledger_migrating import NEWEST, STEPS, Books, Journey, own_database, own_url, sampled, size_of  # noqa: E402
from tests.migrating_acts import SLUGS  # noqa: E402

LINES_OF_AN_ENTRY = 3
MEGABYTE = 1 << 20


def run(
    server: str | None, folder: Path, *, postings: int = 1_000_000, is_short: bool = False
) -> tuple[int, list[str]]:
    """Both parts on one database system: how many migrations were run, and what was wrong."""
    small, large = folder / "small", folder / "large"
    for place in (small, large):
        place.mkdir()
    killed, found = every_statement(server, small, is_short=is_short)
    gone, more = many_postings(server, large, postings)
    return killed + gone, [*found, *more]


def every_statement(server: str | None, folder: Path, *, is_short: bool) -> tuple[int, list[str]]:
    """Down and up, killed before each statement in turn; on PostgreSQL also cut off by the server."""
    found: list[str] = []
    rounds = 0
    with own_database(own_url(server, folder)) as url, Books(url, folder) as books:
        books.told("make", 40)
        said, journey = books.told("evidence"), Journey.of(books)
        for how in ["kill"] if server is None else ["kill", "cut"]:
            downs, ups = (
                sampled(way.statements, 3 if is_short else way.statements) for way in (journey.down, journey.up)
            )
            for turn in range(max(len(downs), len(ups))):
                found += journey.hurt(books, STEPS[0], downs[turn % len(downs)], how)
                found += journey.hurt(books, NEWEST, ups[turn % len(ups)], how)
                rounds += 2
                if (now := books.told("evidence")) != said:
                    found.append(f"after {rounds} rounds the books say something else")
                    said = now
    return rounds, found


def many_postings(server: str | None, folder: Path, postings: int) -> tuple[int, list[str]]:
    """A large book down to the oldest tables and up again: seconds and peak size of each step, the same to the byte."""
    found: list[str] = []
    with own_database(own_url(server, folder)) as url, Books(url, folder) as books:
        books.told("make", postings // LINES_OF_AN_ENTRY // len(SLUGS))
        said = books.told("evidence")
        found += [fault for slug in SLUGS for fault in said[slug]["faults"]]
        print(f"{postings:,} postings take {size_of(url) // MEGABYTE} MB", flush=True)
        way = [*reversed(STEPS[:-1]), *STEPS[1:]]
        for step in way:
            with measured(url, step):
                books.told("migrate", step)
        if books.told("evidence") != said:
            found.append(f"after {len(way)} migrations the books say something else")
        if not all(isinstance(number, int) for number in books.told("go_on").values()):
            found.append("posting does not go on")
    return len(way), found


@contextmanager
def measured(url: str, step: str) -> Iterator[None]:
    """Print how long it took and how large the database was at most, looked at ten times a second."""
    sizes, ended, begun = [size_of(url)], threading.Event(), time.monotonic()

    def watch() -> None:
        while not ended.wait(0.1):
            sizes.append(size_of(url))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
    print(f"to {step:<28}{time.monotonic() - begun:>7.1f} s{max(sizes) // MEGABYTE:>8} MB at most", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--postings", type=int, default=1_000_000)
    parser.add_argument("--short", action="store_true", help="three statements of each way only")
    asked = parser.parse_args()
    found: list[str] = []
    for name, server in {"SQLite": None, "PostgreSQL": os.environ.pop("DATABASE_URL", None)}.items():
        if name == "PostgreSQL" and server is None:
            continue
        print(name, flush=True)
        with tempfile.TemporaryDirectory(prefix="tresse-migrations-") as folder:
            rounds, wrong = run(server, Path(folder), postings=asked.postings, is_short=asked.short)
        print(f"{rounds} migrations, {len(wrong)} violations", *wrong, sep="\n", flush=True)
        found += wrong
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
