"""notoriety.csv: the one file that may be absent; what a right one gives, and every fault of a wrong one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from fund.importers.faults import FolderInvalid
from fund.importers.notoriety import NotorietyRow
from fund.importers.year_folder import read_year_folder
from tests.folders import a_folder, faults_of, told
from tests.recognition_charter import CHARTER, SILENT

HEADER = "date,project,kind,level,place,evidence,url,reference\n"
RIGHT = '2026-09-12,A,press,regional,,"Le Courrier (fictif), page 4",https://courrier.example/une,PRESS-1\n'


def with_facts(place: Path, rows: str, *, header: str = HEADER, charter: str = CHARTER) -> Path:
    """The small year under a charter of its own that counts recognition, with these facts."""
    folder = a_folder(place, {"fund.toml": [('"creafonds"', '"own.toml"')]})
    (folder / "own.toml").write_text(charter, encoding="utf-8")
    (folder / "notoriety.csv").write_text(header + rows, encoding="utf-8", newline="")
    return folder


def test_facts_are_read_row_by_row(tmp_path: Path) -> None:
    rows = RIGHT + "2026-11-02,C,prize,local,Dax,Prix des Dunes (fictif),,PRIZE-1\n"
    read = read_year_folder(with_facts(tmp_path, rows)).notoriety
    assert read == (
        NotorietyRow(
            2, date(2026, 9, 12), "A", "press", "regional", "", "Le Courrier (fictif), page 4",
            "https://courrier.example/une", "PRESS-1",
        ),
        NotorietyRow(3, date(2026, 11, 2), "C", "prize", "local", "Dax", "Prix des Dunes (fictif)", "", "PRIZE-1"),
    )  # fmt: skip


def test_a_folder_without_the_file_has_no_facts_and_the_same_digest(tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    without, empty = with_facts(tmp_path / "1", ""), with_facts(tmp_path / "2", "")
    (without / "notoriety.csv").unlink()
    first, second = read_year_folder(without), read_year_folder(empty)
    assert (first.notoriety, second.notoriety) == ((), ())
    assert first.digest != second.digest, "a file that is there is part of what was read"


ROWS = [
    # row, told
    ("2027-01-01,A,press,regional,,e,,R\n", ["2:date date_outside_year"]),
    ("12/09/2026,A,press,regional,,e,,R\n", ["2:date date_unreadable"]),
    ("2026-09-12,Z,press,regional,,e,,R\n", ["2:project project_unknown"]),
    ("2026-09-12,B,press,regional,,e,,R\n", ["2:project not_awarded"]),
    ("2026-09-12,,press,regional,,e,,R\n", ["2:project value_missing"]),
    ("2026-09-12,A,performance,regional,,e,,R\n", ["2:kind choice_unknown"]),
    ("2026-09-12,A,press,galactic,,e,,R\n", ["2:level choice_unknown"]),
    ("2026-09-12,A,press,international,,e,,R\n", ["2:level notoriety_without_points"]),
    ("2026-09-12,A,broadcast,local,,e,,R\n", ["2:level notoriety_without_points"]),
    ("2026-09-12,A,press,regional,,,,R\n", ["2:evidence evidence_missing"]),
    ("2026-09-12,A,press,regional,,,javascript:alert(1),R\n", ["2:url url_form"]),
    ("2026-09-12,A,press,regional,,,https://nowhere,R\n", ["2:url url_form"]),
    ("2026-09-12,A,press,regional,,e,,\n", ["2:reference value_missing"]),
    ("2026-09-12,A,press,regional,,e,,R1\n", ["2:reference reference_twice"]),
    (f"2026-09-12,A,press,regional,{'x' * 101},e,,R\n", ["2:place text_too_long"]),
    (f"2026-09-12,A,press,regional,,{'x' * 301},,R\n", ["2:evidence text_too_long"]),
    ("2026-09-12,A,press,regional,,e\u202e,,R\n", ["2:evidence text_control"]),
    ("2026-09-12,A,press,regional,,e,R\n", ["2 values_count"]),
    (RIGHT + RIGHT, ["3:reference reference_twice"]),
]


@pytest.mark.parametrize(("rows", "expected"), ROWS, ids=[" ".join(codes) for _, codes in ROWS])
def test_each_fault_is_told_at_its_place(rows: str, expected: list[str], tmp_path: Path) -> None:
    assert told(faults_of(with_facts(tmp_path, rows))) == [f"notoriety.csv:{place}" for place in expected]


def test_the_header_is_exact(tmp_path: Path) -> None:
    folder = with_facts(tmp_path, "", header=HEADER.replace("url", "link"))
    assert told(faults_of(folder)) == ["notoriety.csv:1:url column_missing", "notoriety.csv:1:link column_unknown"]


def test_a_charter_that_counts_no_recognition_has_no_facts(tmp_path: Path) -> None:
    folder = with_facts(tmp_path, RIGHT, charter=SILENT)
    assert told(faults_of(folder)) == ["notoriety.csv:2 notoriety_not_counted"]


def test_faults_are_said_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(FolderInvalid) as refused:
        read_year_folder(with_facts(tmp_path, "2026-09-12,A,press,international,,e,,R\n"))
    (fault,) = refused.value.faults
    assert str(fault) == (
        "notoriety.csv:2:level: The charter’s table gives no points to “press” at the level “international”. "
        "Check the kind and the level, or remove the line."
    )
    assert fault.what("fr").startswith("Le barème de la charte ne donne pas de points à «\u00a0press\u00a0»")
