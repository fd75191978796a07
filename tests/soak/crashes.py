"""Writers and servers that are killed at random moments, and disks that fill; what stands afterwards, to the entry.

Every round ends in a new writer that reads the whole book, so a violation is a sentence with seed and round. Moments
are chosen by the seed in acknowledged commits and a short pause; nothing depends on how fast the machine is.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.soak.databases import ROOT, Server, SmallDisk, environment
from tests.soak.plans import standing_after

ROUNDS_A_BOOK = 12
"""A new book now and then keeps a writer's first reading short."""
PATIENCE = 120


class Writer:
    """A process that posts a plan; what it told so far."""

    def __init__(self, url: str, folder: Path, book: str, seed: str, *more: str) -> None:
        command = [sys.executable, "-m", "tests.soak.writer", book, seed, *more]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environment(url, folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def told(self) -> dict[str, Any] | None:
        """The next line; None when it has ended."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        return json.loads(line) if line.endswith("\n") else None

    def send_again(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("again\n")
        self._process.stdin.flush()

    def kill(self) -> list[dict[str, Any]]:
        """Kill it without a chance to tidy up; what it had told before and nobody had read."""
        assert self._process.stdout is not None
        if self._process.stdout.closed:
            return []
        self._process.kill()
        rest = []
        while (told := self.told()) is not None:
            rest.append(told)
        self._process.wait(PATIENCE)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        return rest


class Witness:
    """What the writers of one book were told by the ledger, and what must therefore stand."""

    def __init__(self, seed: str) -> None:
        self.seed, self.acknowledged, self.stood = seed, 0, 0
        self.may_be_one_more = False
        self.violations: list[str] = []

    def says(self, what: str) -> None:
        self.violations.append(f"seed {self.seed}: {what}")

    def sees(self, told: dict[str, Any] | None) -> None:
        """What a new writer reads: each acknowledged commit once, whole, and at most the one under way."""
        if told is None or "entries" not in told:
            self.says(f"a new writer cannot read the book: {told}")
            return
        if told["faults"]:
            self.says(f"faults: {told['faults']}")
        possible = (self.acknowledged, self.acknowledged + 1)[: 1 + self.may_be_one_more]
        stands = [count for count in possible if standing_after(self.seed, count) == told["entries"]]
        if not stands:
            self.says(f"{len(told['entries'])} entries stand, but {self.acknowledged} commits were acknowledged")
        self.stood = max(stands, default=self.acknowledged)

    def hears(self, told: dict[str, Any]) -> None:
        """An acknowledgement: what stood is replayed, what is new is new, in the order of the plan."""
        index, replayed = told["posted"], told["replayed"]
        if set(replayed) != {index < self.stood}:
            self.says(f"commit {index} answered replayed={replayed} while {self.stood} stood")
        self.acknowledged = max(self.acknowledged, index + 1)


def kill_writers(url: str, folder: Path, *, seed: int, rounds: int) -> list[str]:
    """Kill a writer in each round; the next one goes on from what stands."""
    violations: list[str] = []
    for first in range(0, rounds, ROUNDS_A_BOOK):
        witness = Witness(f"writer-{seed}-{first}")
        for round_number in range(first, min(first + ROUNDS_A_BOOK, rounds)):
            dice = random.Random(f"{seed}-{round_number}")
            with Writer(url, folder, witness.seed, witness.seed) as writer:
                witness.sees(writer.told())
                _listen(writer, witness, until=witness.stood + dice.randint(0, 12))
                time.sleep(dice.random() / 50)
                for told in writer.kill():
                    witness.hears(told)
                witness.may_be_one_more = True
        _last_look(url, folder, witness)
        violations += witness.violations
    return violations


def kill_servers(server: Server, folder: Path, *, seed: int, rounds: int) -> list[str]:
    """Kill the database under a writer in each round; its refusal must say the truth about the commit under way."""
    violations: list[str] = []
    for first in range(0, rounds, ROUNDS_A_BOOK):
        witness = Witness(f"server-{seed}-{first}")
        for round_number in range(first, min(first + ROUNDS_A_BOOK, rounds)):
            dice = random.Random(f"{seed}-{round_number}")
            with Writer(server.url, folder, witness.seed, witness.seed) as writer:
                witness.sees(writer.told())
                _listen(writer, witness, until=witness.stood + dice.randint(1, 12))
                time.sleep(dice.random() / 50)
                server.kill()
                _hear_refusal(writer, witness, {"outcome_unknown", "connection_lost"})
            server.start()
        _last_look(server.url, folder, witness)
        violations += witness.violations
    return violations


def fill_disk(url: str, folder: Path, *, seed: int, pages: int) -> list[str]:
    """Let a SQLite file grow no further: refused by name, readable meanwhile, then the same commit goes in."""
    return _until_full(url, folder, f"pages-{seed}", lambda: None, str(pages))


def fill_small_disk(url: str, disk: SmallDisk, folder: Path, *, seed: int, leave: int) -> list[str]:
    """The same on a disk that is really full."""
    disk.fill(leave=leave)
    return _until_full(url, folder, f"disk-{seed}", disk.free)


def _until_full(url: str, folder: Path, seed: str, free: Callable[[], None], *more: str) -> list[str]:
    witness = Witness(seed)
    with Writer(url, folder, seed, seed, *more) as writer:
        witness.sees(writer.told())
        refused = _hear_refusal(writer, witness, {"storage_full"})
        if not refused.get("entries"):
            witness.says("the books cannot be read while the disk is full")
        else:
            witness.sees(refused)
        free()
        writer.send_again()
        _listen(writer, witness, until=witness.acknowledged + 20)
        for told in writer.kill():
            witness.hears(told)
        witness.may_be_one_more = True
    _last_look(url, folder, witness)
    return witness.violations


def fill_server_disk(server: Server, disk: SmallDisk, folder: Path, *, seed: int, leave: int) -> list[str]:
    """Let the disk of a PostgreSQL run full, which may stop it; give room, start it if need be, and go on."""
    witness = Witness(f"full-{seed}")
    with Writer(server.url, folder, witness.seed, witness.seed) as writer:
        witness.sees(writer.told())
        disk.fill(leave=leave)
        _hear_refusal(writer, witness, {"storage_full", "outcome_unknown", "connection_lost"})
    disk.free()
    server.kill()
    server.start()
    with Writer(server.url, folder, witness.seed, witness.seed) as writer:
        witness.sees(writer.told())
        _listen(writer, witness, until=witness.acknowledged + 20)
        for told in writer.kill():
            witness.hears(told)
        witness.may_be_one_more = True
    _last_look(server.url, folder, witness)
    return witness.violations


def _listen(writer: Writer, witness: Witness, *, until: int) -> None:
    """Hear acknowledgements until so many commits are acknowledged."""
    while witness.acknowledged < until:
        told = writer.told()
        if told is None or "posted" not in told:
            witness.says(f"the writer stopped by itself: {told}")
            return
        witness.hears(told)


def _hear_refusal(writer: Writer, witness: Witness, codes: set[str]) -> dict[str, Any]:
    """Hear acknowledgements until a refusal: one of these by name, which tells whether one more may stand."""
    while (told := writer.told()) is not None:
        if "refused" in told:
            if told["refused"] not in codes:
                witness.says(f"the writer was refused as {told['refused']}: {told['sentence']}")
            witness.may_be_one_more = told["refused"] == "outcome_unknown"
            return told
        witness.hears(told)
    witness.says("the writer ended without a refusal by name")
    witness.may_be_one_more = True
    return {}


def _last_look(url: str, folder: Path, witness: Witness) -> None:
    with Writer(url, folder, witness.seed, witness.seed) as writer:
        witness.sees(writer.told())
