"""The statements of the small year, byte by byte as recorded, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fund.importers.year_folder import read_year_folder
from fund.importers.year_run import run_year
from fund.statements.year_folder import write_year
from tests.folders import SMALL_YEAR

EXAMPLES = Path(__file__).resolve().parent / "examples" / "small_year"
RECORDED = (
    "members/CIE.csv",
    "members/CIE.html",
    "projects/A.csv",
    "projects/A.html",
    "committee.csv",
    "committee.html",
    "trial-balance.csv",
    "journal.csv",
    "general-ledger.csv",
)


@pytest.mark.django_db
def test_the_statements_are_those_on_record(tmp_path: Path) -> None:
    """What differs is read like code: `make examples` records what is written now."""
    fund = run_year(read_year_folder(SMALL_YEAR), progress=lambda done, total, name: None).fund
    written = {file.relative_to(tmp_path).as_posix() for file in write_year(fund, 2026, tmp_path, "fr")}
    subjects = ("members/PUB", "members/THE", "members/CIE", "members/FES", "projects/A", "projects/C", "projects/D")
    assert {
        f"{name}.{ending}" for name in (*subjects, "projects/E", "committee") for ending in ("pdf", "html", "csv")
    } | {
        f"{name}.{ending}"
        for name in ("trial-balance", "journal", "general-ledger")
        for ending in ("pdf", "xlsx", "csv")
    } | {"index.html"} == written
    for name in RECORDED:
        example = EXAMPLES / name
        if os.environ.get("TRESSE_RECORD"):
            example.parent.mkdir(parents=True, exist_ok=True)
            example.write_bytes((tmp_path / name).read_bytes())
        assert (tmp_path / name).read_bytes() == example.read_bytes(), f"{name} is not as recorded"


@pytest.mark.django_db
def test_the_same_books_give_the_same_bytes_for_every_kind_of_file(tmp_path: Path) -> None:
    fund = run_year(read_year_folder(SMALL_YEAR), progress=lambda done, total, name: None).fund
    first = {f.relative_to(tmp_path / "1"): f.read_bytes() for f in write_year(fund, 2026, tmp_path / "1", "en")}
    second = {f.relative_to(tmp_path / "2"): f.read_bytes() for f in write_year(fund, 2026, tmp_path / "2", "en")}
    assert first == second
