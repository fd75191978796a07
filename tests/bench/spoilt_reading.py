"""How long the slowest of ten thousand spoilt charters takes to be read, and the slowest text made to take long.

    python -m tests.bench.spoilt_reading [COUNT]

Process time, so that a busy machine does not count. The bound is two seconds a file; a figure above it is printed
as missed, and fails nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from random import Random

from fund.charter.reading.reader import faults_of
from tests.charter_spoiling import long_texts, spoilt, texts

BOUND = 2.0


def slowest(named: Iterable[tuple[str, bytes]]) -> tuple[float, str, int]:
    """Seconds and name of the slowest read, and how many there were."""
    worst, name, count = 0.0, "", 0
    for each, content in named:
        start = time.process_time()
        for fault in faults_of(content):
            fault.sentence("fr")
        took = time.process_time() - start
        count += 1
        if took > worst:
            worst, name = took, each
    return worst, name, count


def told(what: str, found: tuple[float, str, int]) -> str:
    seconds, name, count = found
    met = "met" if seconds < BOUND else "missed"
    return f"{what}: {count:,} read, the slowest in {seconds:.3f} s ({name}); bound {BOUND:g} s: {met}"


def main(count: int) -> None:
    known = texts(drawn=20)
    each = -(-count // len(known))
    for name, text in known:
        chance = Random(f"spoilt {name}")
        print(told(name, slowest((name, spoilt(text, chance)) for _ in range(each))), flush=True)
    print(told("long lines", slowest((name, text.encode()) for name, text in long_texts())))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
