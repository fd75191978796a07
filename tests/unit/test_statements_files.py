"""File names of any code, and files that are there whole or not at all."""

import doctest
from pathlib import Path

import pytest

from fund.statements import files
from fund.statements.files import file_names, write_whole


def test_plain_codes_are_their_own_names() -> None:
    codes = ["M01", "a.b-c_d", "34"]
    assert file_names(codes) == {code: code for code in codes}


@pytest.mark.parametrize(
    "code",
    [
        "CIE/34",
        "../../etc/passwd",
        "..",
        ".hidden",
        "-rf",
        "a b",
        "é",
        "x" * 300,
        "nul",
        "CON.txt",
        "a\x00b",
        "end.",
        "",
    ],
)
def test_any_other_code_becomes_a_name_that_stays_in_its_folder(code: str, tmp_path: Path) -> None:
    name = file_names([code])[code]
    path = tmp_path / f"{name}.csv"
    write_whole(path, b"1")
    assert path.parent == tmp_path
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert not name.startswith((".", "-"))
    assert name.lower() not in ("nul", "con.txt")


def test_codes_that_look_alike_never_share_a_file() -> None:
    codes = ["CIE/34", "CIE:34", "CIE_34", "cie_34", "é", "è", "x" * 300, "x" * 299]
    names = file_names(codes)
    assert len({name.lower() for name in names.values()}) == len(codes)
    assert file_names(reversed(codes)) == names


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "members" / "M01.pdf"
    write_whole(path, b"first")
    write_whole(path, b"second")
    assert path.read_bytes() == b"second"
    assert list(path.parent.iterdir()) == [path]


def test_a_stop_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "journal.csv"
    write_whole(path, b"whole")

    def stopped(self: Path, _target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"half")
    assert path.read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [path]


def test_the_examples_in_the_text_are_true() -> None:
    assert doctest.testmod(files).failed == 0
