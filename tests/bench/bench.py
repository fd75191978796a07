"""`make bench`: measure, print medians and ratios, write `bench.json`. Figures inform; nothing here fails on them.

    python tests/bench/bench.py             everything
    python tests/bench/bench.py KEY…        these keys alone
    BENCH_SCALE=0.05 python tests/bench/…   a quick try with a twentieth of every count; its figures mean nothing

bench.json holds {"scale": 1, "ledger": {KEY: figure}, "allocation": …, "charter": …, "accounts": …, "details": …}.
The bench fails when a side cannot run, or when two sides that are compared did not write the same.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench import (  # noqa: E402
    allocation_pairs,
    charter_growth,
    checking,
    fec_pairs,
    pabutools_pairs,
    parallel,
    reading,
    rehearsal_pairs,
    spoilt_reading,
    statement_pairs,
    writing,
)
from tests.bench.goals import GOALS  # noqa: E402
from tests.bench.measure import ROUNDS, NotTheSameWork, Pair  # noqa: E402
from tests.bench.workers import SideFailed  # noqa: E402
from tests.bench.workshop import Workshop  # noqa: E402

Measure = Callable[[Workshop, set[str]], Iterator[Pair]]

COMPARISONS: tuple[tuple[str, tuple[str, ...], Measure], ...] = (
    *(("ledger", tuple(each.keys.values()), partial(writing.measure, each)) for each in writing.AGAINST),
    ("ledger", (parallel.KEY,), parallel.measure),
    ("ledger", reading.KEYS, reading.measure),
    ("ledger", (checking.KEY,), checking.measure),
    ("fec", fec_pairs.KEYS, lambda shop, wanted: fec_pairs.measure(shop.scale)),
    ("allocation", allocation_pairs.KEYS, lambda shop, wanted: allocation_pairs.measure(shop.scale)),
    ("allocation", pabutools_pairs.KEYS, pabutools_pairs.measure),
    ("charter", charter_growth.KEYS, lambda shop, wanted: charter_growth.measure(shop.scale)),
    ("charter", (spoilt_reading.KEY,), lambda shop, wanted: spoilt_reading.measure(shop.scale)),
    ("charter", rehearsal_pairs.KEYS, lambda shop, wanted: rehearsal_pairs.measure(shop.scale)),
    ("accounts", (statement_pairs.KEY,), lambda shop, wanted: statement_pairs.measure(shop.scale)),
)
"""Part of `bench.json`, keys, and what measures those of them that are wanted."""


def measured(shop: Workshop, wanted: set[str]) -> tuple[dict[str, object], list[str]]:
    """What goes into `bench.json`, and why something is not in it."""
    parts: dict[str, dict[str, float]] = {part: {} for part, _, _ in COMPARISONS}
    details: dict[str, object] = {}
    failures = []
    for part, keys, measure in COMPARISONS:
        if not wanted.intersection(keys):
            continue
        try:
            for pair in measure(shop, wanted):
                parts[part][pair.key] = round(pair.figure, 3)
                details[pair.key] = pair.details() | told(pair)
        except (SideFailed, NotTheSameWork) as error:
            failures.append(f"{', '.join(keys)}: {error}")
            print(f"  not measured: {failures[-1]}", flush=True)
    return {"scale": shop.scale, **parts, "details": details}, failures


def told(pair: Pair) -> dict[str, object]:
    """Print the pair, whether its goal is met and, where it is not, where our time goes; give the goal back."""
    print(pair, flush=True)
    goal = GOALS.get(pair.key)
    if goal is None:
        return {}
    is_met = goal.is_met(pair.figure)
    print(f"  {'':32} {goal!s:>8}   {'met' if is_met else 'missed'}", flush=True)
    if not is_met and pair.profile is not None:
        print(pair.profile(), flush=True)
    return {"goal": str(goal), "met": is_met}


def scale_of(text: str) -> float | None:
    """The number, when it is one that can be a scale."""
    try:
        scale = float(text)
    except ValueError:
        return None
    return scale if 0 < scale <= 1 else None


def main(arguments: list[str]) -> str | None:
    """The figures of these keys, or of all; what could not be measured, in words."""
    known = [key for _, keys, _ in COMPARISONS for key in keys]
    if unknown := set(arguments) - set(known):
        return f"No such key: {', '.join(sorted(unknown))}. The keys: {', '.join(known)}."
    scale = scale_of(os.environ.get("BENCH_SCALE", "1"))
    if scale is None:
        return "BENCH_SCALE is a part of every count: a number above 0, at most 1, such as 0.05."
    print(f"medians of {ROUNDS}, measured in turn{'' if scale == 1 else f'; SCALE {scale:g}: NO REAL FIGURES'}")
    with tempfile.TemporaryDirectory(prefix="tresse-bench-") as folder:
        os.environ.update(TRESSE_VAR=folder, DJANGO_SETTINGS_MODULE="fund.settings")
        with Workshop(Path(folder), scale=scale) as shop:
            figures, failures = measured(shop, set(arguments or known))
    (ROOT / "bench.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return "\n".join(["Not measured:", *failures]) if failures else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
