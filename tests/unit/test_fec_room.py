"""A file of entries is checked as a stream: ten times the lines take no more room, and what is settled is forgotten."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

from tests.bench.fec_pairs import checked, lines, peak_of_check, written


def peak(path: Path) -> int:
    tracemalloc.start()
    try:
        assert checked(path).is_accepted
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_ten_times_the_lines_take_no_more_room(tmp_path: Path) -> None:
    few, many = (tmp_path / part / "123456782FEC20261231.txt" for part in ("few", "many"))
    for path, count in ((few, 2_000), (many, 20_000)):
        path.parent.mkdir()
        written(lines(count), path)
    assert peak(many) < 2 * peak(few) + 2_000_000


def test_a_process_that_checks_a_long_file_stays_below_300_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "123456782FEC20261231.txt"
    written(lines(60_000), path)
    assert peak_of_check(path) < 100
