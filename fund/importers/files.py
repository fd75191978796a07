"""Files of a folder: bytes read once, decoded as UTF-8, cut into lines; every oddity is a fault, never an exception.

Plain Python. Reading goes on after a fault wherever a guess is possible (a byte-order mark is skipped, a
Latin-1 line is read as Windows-1252), so that the faults behind it are found in the same run.
"""

from __future__ import annotations

import os
import stat
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from fund.importers.faults import Fault, fault_at
from fund.importers.names import NEAREST_AMONG

FILE_LIMIT = 64 * 1024 * 1024
"""Bytes of one file: 200,000 rows take about 16 MB."""

RULES_LIMIT = 256 * 1024
"""Bytes of fund.toml or of a charter, which people read aloud."""

LINE_LIMIT = 10_000
"""Characters of one line: nine texts of the longest kind fit three times."""

LINES_LIMIT = 500_000
"""Lines of one file."""


def folder_names(folder: Path, faults: list[Fault]) -> list[str]:
    """The names in the folder, sorted; none when it cannot be listed."""
    try:
        if not folder.exists():
            faults.append(fault_at(str(folder), 0, "folder_missing"))
        elif not folder.is_dir():
            faults.append(fault_at(str(folder), 0, "folder_not_one"))
        else:
            return sorted(os.listdir(folder))
    except (OSError, RuntimeError, ValueError):  # no right to read, links in a circle, a NUL in the path
        faults.append(fault_at(str(folder), 0, "folder_unreadable"))
    return []


def read_bytes(folder: Path, name: str, names: Sequence[str], faults: list[Fault]) -> bytes | None:
    """The bytes of a file of the folder, within its limit; None where a fault says why not.

    `names` lists the folder, for the closest name when the file is missing.
    """
    path = folder / name
    limit = RULES_LIMIT if name.endswith(".toml") else FILE_LIMIT
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or a device would never end
            faults.append(fault_at(name, 0, "file_not_regular"))
            return None
        with path.open("rb") as opened:
            raw = opened.read(limit + 1)
    except FileNotFoundError:
        if name in names:  # a link to nothing
            faults.append(fault_at(name, 0, "file_unreadable"))
        else:
            near = "".join(get_close_matches(name, names[:NEAREST_AMONG], n=1))
            faults.append(fault_at(name, 0, "file_missing", near=near))
        return None
    except (OSError, ValueError):
        faults.append(fault_at(name, 0, "file_unreadable"))
        return None
    if len(raw) > limit:
        faults.append(fault_at(name, 0, "file_too_large", limit=limit))
        return None
    return raw


def decoded(name: str, raw: bytes, faults: list[Fault]) -> str:
    """The text of the file, its lines ended by LF; `""` when there is nothing that a reader could go on with."""
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        faults.append(fault_at(name, 1, "utf_16"))
        return ""
    if raw.startswith(BOM_UTF8):
        faults.append(fault_at(name, 1, "byte_order_mark"))
        raw = raw[len(BOM_UTF8) :]
    if not raw.strip():
        faults.append(fault_at(name, 0, "file_empty"))
        return ""
    if b"\r" in raw:
        raw = _with_line_feeds(name, raw, faults)
    if b"\0" in raw:
        lines = raw.split(b"\n")
        faults.extend(fault_at(name, number, "nul_byte") for number, line in enumerate(lines, 1) if b"\0" in line)
        raw = raw.replace(b"\0", b"")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return "\n".join(_guessed(name, number, line, faults) for number, line in enumerate(raw.split(b"\n"), 1))


def lines_of(name: str, text: str, faults: list[Fault]) -> list[str]:
    """The lines of the file; blank ones at its end do not count, and those over the limits are faults.

    Only LF ends a line here, never the other separators of Unicode: an editor counts lines the same way.
    """
    lines = text.rstrip("\n").split("\n")
    if len(lines) > LINES_LIMIT:
        faults.append(fault_at(name, LINES_LIMIT + 1, "lines_too_many", limit=LINES_LIMIT))
        del lines[LINES_LIMIT:]
    return lines


def _with_line_feeds(name: str, raw: bytes, faults: list[Fault]) -> bytes:
    raw = raw.replace(b"\r\n", b"\n")
    if b"\r" in raw and b"\n" not in raw.rstrip():
        faults.append(fault_at(name, 1, "cr_line_ends"))
        return raw.replace(b"\r", b"\n")
    return raw  # a lone carriage return inside a value is found there, as a control character


def _guessed(name: str, number: int, line: bytes, faults: list[Fault]) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        guess = line.decode("cp1252", errors="replace")
        start = max(guess.rfind(",", 0, error.start), guess.rfind('"', 0, error.start)) + 1
        faults.append(fault_at(name, number, "not_utf8", text=guess[start : start + 30]))
        return guess
