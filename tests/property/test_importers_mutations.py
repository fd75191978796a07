"""Whatever happens to the files of a year, the reader reads them or tells faults that can be said; nothing else."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from fund.importers.faults import FolderInvalid
from fund.importers.values import MINOR_LIMIT, Misread, read_minor
from fund.importers.year_folder import YearFolder, read_year_folder
from ledger.money import Amount, Unit
from tests.folders import SMALL_YEAR

NAMES = ("ballots.pb", "exploitation.csv", "fund.toml", "in_kind.csv", "members.csv", "receipts.csv")
Mutation = tuple[str, Callable[[bytes], bytes]]

_MARKS = [
    "\x00",
    "\r",
    "\n",
    '"',
    ",",
    ";",
    "[",
    "]",
    "[[",
    "{",
    "=",
    "'",
    "-",
    "#",
    "\u2028",
    "\u202e",
    "\ufeff",
    "١",
    "inf",
    "1e999",
    "\\u0000",
]
HOSTILE = st.sampled_from([mark.encode() for mark in _MARKS] + [b"\xff", b"\xed\xa0\x80", b"9" * 5000]) | st.binary(
    min_size=1, max_size=4
)


@st.composite
def mutations(draw: st.DrawFn) -> Mutation:
    """A file, and how it is spoilt: bytes put in or taken out, lines dropped, doubled or swapped, values swapped."""
    name = draw(st.sampled_from(NAMES))
    at, other = draw(st.integers(0, 10_000)), draw(st.integers(0, 10_000))
    kind = draw(st.sampled_from(["insert", "replace", "cut", "drop", "double", "swap lines", "swap values"]))
    inserted = draw(HOSTILE)

    def spoilt(raw: bytes) -> bytes:
        place = at % (len(raw) + 1)
        lines = raw.split(b"\n")
        first, second = at % len(lines), other % len(lines)
        if kind == "insert":
            return raw[:place] + inserted + raw[place:]
        if kind == "replace":
            return raw[:place] + inserted + raw[place + 1 :]
        if kind == "cut":
            return raw[:place]
        if kind == "drop":
            del lines[first]
        elif kind == "double":
            lines.insert(second, lines[first])
        elif kind == "swap lines":
            lines[first], lines[second] = lines[second], lines[first]
        else:
            values = lines[first].split(b",")
            values[at % len(values)], values[other % len(values)] = (
                values[other % len(values)],
                values[at % len(values)],
            )
            lines[first] = b",".join(values)
        return b"\n".join(lines)

    return name, spoilt


@settings(max_examples=300, deadline=None)
@given(st.lists(mutations(), min_size=1, max_size=4))
def test_a_spoilt_folder_is_read_or_refused_with_faults_that_can_be_said(spoiling: list[Mutation]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "year"
        shutil.copytree(SMALL_YEAR, folder)
        for name, spoilt in spoiling:
            (folder / name).write_bytes(spoilt((folder / name).read_bytes()))
        found = read(folder)
        if isinstance(found, YearFolder):
            assert_sound(found)
        else:
            assert_told(found, folder)


def read(folder: Path) -> YearFolder | FolderInvalid:
    try:
        return read_year_folder(folder)
    except FolderInvalid as refusal:
        return refusal


def assert_sound(year: YearFolder) -> None:
    members = {member.id for member in year.members}
    assert {row.member for row in (*year.receipts, *year.in_kind)} <= members
    assert {row.project for row in year.performances} <= {project.id for project in year.election.projects}
    assert {row.on.year for row in (*year.receipts, *year.performances, *year.in_kind)} <= {2026}
    assert all(row.amount.minor > 0 for row in year.receipts)


def assert_told(refusal: FolderInvalid, folder: Path) -> None:
    assert refusal.faults
    for fault in refusal.faults:
        assert fault.sentence("fr")
        assert fault.sentence("en")
        file = folder / fault.file
        last = file.read_bytes().replace(b"\r", b"\n").count(b"\n") + 1 if file.is_file() else 0
        assert 0 <= fault.line <= last


@given(st.integers(0, MINOR_LIMIT), st.integers(0, 4))
def test_a_number_written_out_reads_back(minor: int, scale: int) -> None:
    assert read_minor(Amount(minor, Unit("", scale)).major, scale, zero=True) == minor


@given(st.text(max_size=40) | st.from_regex(r"[-+]?[0-9 .,']{1,20}", fullmatch=True), st.integers(0, 4))
def test_any_text_is_a_number_of_that_scale_or_misread(text: str, scale: int) -> None:
    read = read_minor(text, scale, zero=True)

    assert isinstance(read, Misread) or 0 <= read <= MINOR_LIMIT
