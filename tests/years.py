"""A year's folder taken through the books, as `run_year` does it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fund.importers.preflight import check
from fund.importers.year_folder import read_year_folder
from fund.importers.year_run import run_year
from fund.queries.year import year_result


def silent(done: int, total: int, name: str) -> None:
    """Nobody watches."""


def the_year(folder: Path, progress: Callable[[int, int, str], None] = silent) -> dict[str, Any]:
    read = read_year_folder(folder)
    check(read)
    return year_result(run_year(read, progress=progress).fund, read.fund.fiscal_year)
