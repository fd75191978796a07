"""Files as they come: missing, unreadable, in another encoding, with another separator, far too long."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fund.importers import files
from tests.folders import a_folder, faults_of, told

RECEIPTS = "receipts.csv"

Spoiling = Callable[[bytes], bytes]

BYTES: list[tuple[str, Spoiling, list[str]]] = [
    ("a byte-order mark", lambda raw: b"\xef\xbb\xbf" + raw, ["1 byte_order_mark"]),
    ("UTF-16", lambda raw: raw.decode().encode("utf-16"), ["1 utf_16"]),
    (
        "Latin-1",
        lambda raw: raw.replace(b"Grant", "Subvention à l'été".encode("latin-1")),
        ["5 not_utf8"],
    ),
    ("a NUL byte", lambda raw: raw.replace(b"Grant", b"Gr\0ant"), ["5 nul_byte"]),
    ("carriage returns alone", lambda raw: raw.replace(b"\n", b"\r"), ["1 cr_line_ends"]),
    ("a lone carriage return", lambda raw: raw.replace(b"Grant", b"Gr\rant"), ["5:label text_control"]),
    ("Windows line ends", lambda raw: raw.replace(b"\n", b"\r\n"), []),
    ("blank lines at the end", lambda raw: raw + b"\n\n\r\n", []),
    ("no line end at the end", lambda raw: raw.rstrip(b"\n"), []),
    ("nothing", lambda raw: b"", [" file_empty"]),
    ("blank lines alone", lambda raw: b"\n \n", [" file_empty"]),
    ("semicolons", lambda raw: raw.replace(b",", b";"), ["1 separator_not_comma"]),
    ("tabs", lambda raw: raw.replace(b", ", b" ").replace(b",", b"\t"), ["1 separator_not_comma"]),
    (
        "a value on two lines",
        lambda raw: raw.replace(b"first part", b"first\npart"),
        ["2 quote_open", "3 values_count"],
    ),
    (
        "a line separator of Unicode",
        lambda raw: raw.replace(b"Grant", "Gr\u2028ant".encode()),
        ["5:label text_control"],
    ),
    (
        "an enormous value",
        lambda raw: raw.replace(b"Grant", b'"' + b"x" * 200_000 + b'"'),
        ["5 line_too_long"],
    ),
]


@pytest.mark.parametrize(("case", "spoil", "expected"), BYTES, ids=[case for case, _, _ in BYTES])
def test_each_oddity_of_bytes_and_lines_is_told(
    tmp_path: Path, case: str, spoil: Spoiling, expected: list[str]
) -> None:
    path = a_folder(tmp_path) / RECEIPTS
    path.write_bytes(spoil(path.read_bytes()))

    found = faults_of(path.parent)
    assert told(found) == [f"{RECEIPTS}{':' if said[0] != ' ' else ''}{said}" for said in expected]


def test_rows_are_still_checked_behind_a_wrong_encoding(tmp_path: Path) -> None:
    path = a_folder(tmp_path) / RECEIPTS
    spoilt = path.read_bytes().replace(b"1000.00", b"10.001").replace(b"Grant", b"Subvenci\xf3n")
    path.write_bytes(b"\xef\xbb\xbf" + spoilt)

    assert told(faults_of(path.parent)) == [
        f"{RECEIPTS}:1 byte_order_mark",
        f"{RECEIPTS}:2:amount number_decimals",
        f"{RECEIPTS}:5 not_utf8",
    ]


def test_a_latin_1_line_is_shown_as_it_would_read(tmp_path: Path) -> None:
    path = a_folder(tmp_path) / RECEIPTS
    path.write_bytes(path.read_bytes().replace(b"Grant", "Subvention été".encode("latin-1")))

    (fault,) = faults_of(path.parent)
    assert "would read “Subvention été”" in str(fault)


@pytest.mark.parametrize(
    "name", ["fund.toml", "members.csv", "receipts.csv", "ballots.pb", "exploitation.csv", "in_kind.csv"]
)
@pytest.mark.parametrize(("mark", "code"), [(b"\xef\xbb\xbf", "byte_order_mark"), (b"\xff", "not_utf8")])
def test_every_file_refuses_a_byte_order_mark_and_another_encoding(
    tmp_path: Path, name: str, mark: bytes, code: str
) -> None:
    path = a_folder(tmp_path) / name
    path.write_bytes(mark + path.read_bytes())

    assert f"{name}:1 {code}" in told(faults_of(path.parent))


def test_missing_files_are_all_told(tmp_path: Path) -> None:
    folder = tmp_path / "year"
    folder.mkdir()

    names = ("ballots.pb", "exploitation.csv", "fund.toml", "in_kind.csv", "members.csv", "receipts.csv")
    assert told(faults_of(folder)) == [f"{name} file_missing" for name in names]


def test_a_path_that_is_no_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")

    assert [fault.code for fault in faults_of(tmp_path / "nowhere")] == ["folder_missing"]
    assert [fault.code for fault in faults_of(tmp_path / "file")] == ["folder_not_one"]
    assert [fault.code for fault in faults_of(tmp_path / "circle")] == ["folder_missing"]
    assert [fault.code for fault in faults_of(Path("a\0b"))] == ["folder_missing"]


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object) -> list[str]:
        raise PermissionError

    monkeypatch.setattr(os, "listdir", refuse)
    assert [fault.code for fault in faults_of(a_folder(tmp_path))] == ["folder_unreadable"]


def test_files_that_are_none_are_told(tmp_path: Path) -> None:
    folder = a_folder(tmp_path)
    for name in ("receipts.csv", "members.csv", "in_kind.csv", "exploitation.csv"):
        (folder / name).unlink()
    (folder / "receipts.csv").symlink_to("receipts.csv")
    (folder / "members.csv").symlink_to("nothing.csv")
    (folder / "in_kind.csv").mkdir()
    os.mkfifo(folder / "exploitation.csv")

    assert told(faults_of(folder)) == [
        "exploitation.csv file_not_regular",
        "in_kind.csv file_not_regular",
        "members.csv file_unreadable",
        "receipts.csv file_unreadable",
    ]


def test_a_file_too_large_or_with_too_many_lines_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_folder(tmp_path)
    monkeypatch.setattr(files, "LINES_LIMIT", 12)
    assert told(faults_of(folder)) == ["exploitation.csv:13 lines_too_many"]

    monkeypatch.setattr(files, "LINES_LIMIT", 1000)
    monkeypatch.setattr(files, "FILE_LIMIT", 600)
    assert told(faults_of(folder)) == ["exploitation.csv file_too_large"]

    monkeypatch.setattr(files, "FILE_LIMIT", 1000)
    monkeypatch.setattr(files, "RULES_LIMIT", 100)
    assert told(faults_of(folder)) == ["fund.toml file_too_large"]
