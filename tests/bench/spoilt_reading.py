"""How long the slowest of ten thousand spoilt charters takes to be read, and the slowest text made to take long.

Process time, so that a busy machine does not count.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import chain
from random import Random

from fund.charter.reading.reader import faults_of
from tests.bench.measure import Pair
from tests.charter_spoiling import long_texts, spoilt, texts

KEY = "slowest_spoilt_charter_vs_two_seconds"
COUNT = 10_000
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


def measure(scale: float = 1) -> Iterator[Pair]:
    """Every charter that ships and twenty drawn by lot, spoilt ten thousand times together, and the long lines."""
    known = texts(drawn=20)
    each = max(1, int(COUNT * scale) // len(known))
    spoilt_texts = ((name, spoilt(text, Random(f"spoilt {name} {at}"))) for name, text in known for at in range(each))
    long_ones = ((name, text.encode()) for name, text in long_texts())
    seconds, name, count = slowest(chain(spoilt_texts, long_ones))
    yield Pair(
        KEY, f"the slowest of {count:,} spoilt charters ({name}) / two seconds", (seconds,), (BOUND,), seconds / BOUND
    )
