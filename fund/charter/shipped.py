"""The charters that come with the product, by name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fund.charter.faults import CharterUnknown
from fund.charter.grammar import Charter
from fund.charter.reading.reader import read_charter

FOLDER = Path(__file__).resolve().parent.parent / "charters"


def shipped_names() -> tuple[str, ...]:
    """The names of the shipped charters, in alphabetical order."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))


def shipped_text(name: str) -> bytes:
    """The file of a shipped charter, byte for byte; raises CharterUnknown."""
    if name not in shipped_names():
        raise CharterUnknown(name=name, shipped=shipped_names())
    return (FOLDER / f"{name}.toml").read_bytes()


@cache
def shipped(name: str) -> Charter:
    """A shipped charter; raises CharterUnknown."""
    return read_charter(shipped_text(name))
