"""Folders of a fund's year for the tests: the small year, copied and spoilt where a test says so."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from fund.importers.faults import Fault, FolderInvalid
from fund.importers.year_folder import read_year_folder

SMALL_YEAR = Path(__file__).resolve().parent / "acceptance" / "folders" / "small_year"

Edits = Mapping[str, list[tuple[str, str]]]


def a_folder(place: Path, edits: Edits | None = None) -> Path:
    """The small year copied to `place`, with texts replaced once each: file → (old, new)."""
    folder = place / "year"
    shutil.copytree(SMALL_YEAR, folder)
    for name, replacements in (edits or {}).items():
        text = (folder / name).read_text(encoding="utf-8")
        for old, new in replacements:
            assert old in text, f"{name} does not hold {old!r}"
            text = text.replace(old, new, 1)
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def faults_of(folder: Path) -> tuple[Fault, ...]:
    """The faults that the reader finds; none when it reads the folder."""
    try:
        read_year_folder(folder)
    except FolderInvalid as refusal:
        return refusal.faults
    return ()


def told(faults: tuple[Fault, ...]) -> list[str]:
    """Faults as a table writes them: `receipts.csv:7:amount number_decimals`."""
    return [f"{fault.where} {fault.code}" for fault in faults]
