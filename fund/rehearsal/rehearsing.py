"""`rehearsed`: a draft over thousands of futures, beside the charter in force."""

from __future__ import annotations

from collections.abc import Callable

from fund.charter.grammar import Charter
from fund.rehearsal.futures import Futures
from fund.rehearsal.models import FundModel

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""


def rehearsed(
    model: FundModel,
    draft: Charter,
    in_force: Charter | None = None,
    *,
    paths: int = 10_000,
    seed: int = 1,
    processes: int = 1,
    progress: Progress | None = None,
) -> Futures:
    """Run the draft, and the charter in force where there is one, over the same `paths` futures drawn from `seed`.

    The answer does not depend on `processes`. Nothing is read or written but the arguments. Raises FactsMissing
    when the model lacks a fact that one of the charters needs.
    """
    raise NotImplementedError
