"""A file has one subject: none is longer than a person reads in one sitting."""

from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, files, shown

LONGEST = 400
WRITTEN = [
    path
    for suffix in (".py", ".sql", ".html", ".css", ".js", ".txt")
    for path in files(suffix, *PACKAGES, "templates", "tests")
]


@pytest.mark.parametrize("path", WRITTEN, ids=shown)
def test_file_is_short(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{shown(path)} has {lines} lines: find its second subject and give it a file"
