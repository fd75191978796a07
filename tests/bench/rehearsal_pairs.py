"""A rehearsal over simulated futures: how long ten thousand paths take, and what columns win over path by path."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from fund.charter.grammar import Charter
from fund.charter.shipped import shipped
from fund.rehearsal.blocks import run_block
from fund.rehearsal.futures import Futures
from fund.rehearsal.models import FundModel
from fund.rehearsal.rehearsing import rehearsed
from fund.rehearsal.sourced import sourced_model
from tests.bench.measure import Pair, durations_by, require_same
from tests.bench.workers import seconds
from tests.rehearsal_models import one_by_one

KEYS = ("rehearsal_10000_paths_vs_a_minute", "rehearsal_columns_vs_one_by_one")
PATHS = 10_000
CORES = 2
MINUTE = 60.0


def statements(model: FundModel) -> int:
    """Every project's in every quarter: 320 a path for twenty projects over four years."""
    return len(model.projects) * model.quarters


def measure(scale: float = 1, *, processes: int = CORES) -> Iterator[Pair]:
    """Ten members, twenty projects, four years, declared by quarter and project, under one charter."""
    model, charter = sourced_model(), shipped("creafonds")
    paths, few = max(1, int(PATHS * scale)), max(1, int(3 * scale))
    same_work(model, charter)

    def columns() -> float:
        return seconds(lambda: in_columns(model, charter, paths, processes))

    def slowly() -> float:
        return seconds(lambda: run_block(model, (one_by_one(charter),), 1, 0, few))

    pair = durations_by(
        KEYS[1],
        f"{paths * statements(model):,} statements in columns / {few * statements(model):,} path by path",
        ours=columns,
        other=slowly,
    )
    said = f"{paths:,} paths of {statements(model)} statements on {processes} cores / one minute"
    yield Pair(KEYS[0], said, pair.ours, (MINUTE,), median(pair.ours) / MINUTE)
    yield pair


def in_columns(model: FundModel, charter: Charter, paths: int, processes: int) -> Futures:
    futures = rehearsed(model, charter, paths=paths, processes=processes)
    require_same(KEYS[0], set(futures.draft.methods.values()), {"columns"})
    return futures


def same_work(model: FundModel, charter: Charter) -> None:
    """Both ways give the same amounts to everyone."""
    fast, slow = run_block(model, (charter, one_by_one(charter)), 1, 0, 1)
    require_same(KEYS[1], *({key: values.tolist() for key, values in each.figures.items()} for each in (fast, slow)))
