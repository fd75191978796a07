"""Files of accounting entries, a million lines: writing and checking beside plain writing and reading of the same."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from ledger.fec.checking import check
from ledger.fec.fields import FecLine
from ledger.fec.findings import Report
from ledger.fec.writing import fields_of, write
from tests.bench.measure import Pair, durations, require_same

KEYS = ("fec_write_vs_plain_writing", "fec_check_vs_plain_reading", "fec_check_memory_vs_300_mb")
LINES = 1_000_000
DAYS = 365
NAME = "123456782FEC20261231.txt"
MEGABYTE = 1 << 20
FIRST = date(2026, 1, 1)


def lines(count: int) -> Iterator[FecLine]:
    """A year without a fault: openings, then on each day calls and their receipts, each pair lettered."""
    for account, minor in (("512000", 100_00), ("106800", -100_00)):
        yield _line("AN", 1, FIRST, account, minor, 0)
    done = {"AP": 0, "BQ": 0}
    pairs = max(1, (count - 2) // 4)
    for day in range(DAYS):
        today = range(pairs * day // DAYS, pairs * (day + 1) // DAYS)
        on = FIRST + timedelta(days=day)
        for journal, debit, credit in (("AP", "411000", "756100"), ("BQ", "512000", "411000")):
            for number in today:
                done[journal] += 1
                minor = 1_000 + number % 977
                yield _line(journal, done[journal], on, debit, minor, number)
                yield _line(journal, done[journal], on, credit, -minor, number)


def _line(journal: str, entry: int, on: date, account: str, minor: int, number: int) -> FecLine:
    member = f"M{number % 500:03d}" if account == "411000" else ""
    return FecLine(
        journal=journal, journal_label=f"Journal {journal}", entry=f"{journal}{entry:06d}", on=on, account=account,
        account_label=f"Compte {account}", auxiliary=member, auxiliary_label=member and f"Théâtre {member}",
        document=f"P{number}", document_on=on, label=f"Écriture n° {number}", debit=max(minor, 0),
        credit=max(-minor, 0), lettering=f"L{number:06d}" if member else "", lettered_on=on if member else None,
        validated_on=on,
    )  # fmt: skip


def measure(scale: float = 1) -> Iterator[Pair]:
    """The writer beside plain writing of its rows, the check beside plain reading, and the room of the check.

    A fifth of the lines is held in memory for the writers; the file that is checked is written in a stream.
    """
    made = list(lines(max(2_000, int(LINES * scale) // 5)))
    rows = [fields_of(line, "iso-8859-15", 0) for line in made]
    with tempfile.TemporaryDirectory() as folder:
        ours, plain = Path(folder) / NAME, Path(folder) / "plain.txt"
        written(made, ours)
        plainly_written(rows, plain)
        require_same(KEYS[0], ours.read_bytes().split(b"\r\n", 1)[1], plain.read_bytes())
        yield durations(
            KEYS[0], f"{len(made):,} lines written / the same rows joined and written",
            ours=lambda: written(made, ours), other=lambda: plainly_written(rows, plain),
        )  # fmt: skip
        written(lines(max(2_000, int(LINES * scale))), ours)
        report = checked(ours)
        require_same(KEYS[1], (dict(report.counts), report.lines * 18), ({}, plainly_read(ours) - 18))
        yield durations(
            KEYS[1], f"{report.lines:,} lines checked / read and split",
            ours=lambda: checked(ours), other=lambda: plainly_read(ours),
        )  # fmt: skip
        room = peak_of_check(ours)
        yield Pair(KEYS[2], "the check of that file / 300 MB", (room,), (300.0,), median((room,)) / 300, unit="MB")


def written(made: Iterable[FecLine], path: Path) -> None:
    with path.open("wb") as out:
        write(out, made)


def plainly_written(rows: Iterable[list[str]], path: Path) -> None:
    with path.open("w", encoding="iso-8859-15", newline="") as out:
        out.writelines("\t".join(row) + "\r\n" for row in rows)


def checked(path: Path) -> Report:
    with path.open("rb") as stream:
        return check(stream, path.name)


def plainly_read(path: Path) -> int:
    with path.open(encoding="iso-8859-15") as file:
        return sum(len(line.split("\t")) for line in file)


def peak_of_check(path: Path) -> float:
    """Megabytes at the highest of a process that only checks the file."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.bench.fec_pairs", str(path)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    return float(run.stdout)


def main(path: str) -> None:
    checked(Path(path))
    status = Path("/proc/self/status")
    if status.exists():  # a program begins with its parent's peak in `getrusage`, and with its own here
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        print(int(peak.split()[1]) / 1024)
    else:
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(used / (MEGABYTE if sys.platform == "darwin" else 1024))


if __name__ == "__main__":
    main(sys.argv[1])
