"""Finds the line of a TOML text where a table or a key stands, for faults that a person can go to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(?P<open>\[\[?)\s*(?P<name>[^\]\[]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(
    r"""\s*(?P<name>(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
    r"""(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'))*)\s*="""
)
_WORD = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
_ENDS = {'"""': re.compile(r'\\.|"{3,5}'), "'''": re.compile(r"'{3,5}")}
"""What ends a long string: up to two quotes before the end belong to it, and one behind a backslash always does."""

_PIECE = re.compile(r'''"""|\'\'\'|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|[\[\]{}]''')

_LONGEST_HEADER = 1000
"""Looking for a header's end takes a time that grows with the square of the line."""

_DEEPEST = 8
"""No charter nests further; a longer dotted name is somebody's joke, and is not followed."""


def lines_of(text: str) -> dict[Path, int]:
    """The line (from 1) of every table header and every key written on a line of its own.

    Keys inside an inline table are not listed: `line_of` answers with the key that holds it.
    """
    found: dict[Path, int] = {}
    last: dict[Path, int] = {}
    table: Path = ()
    for number, line in _statements(text):
        header = _HEADER.fullmatch(line) if len(line) <= _LONGEST_HEADER else None
        if header is not None:
            *outer, name = _names(header["name"])
            table = (*_inside((), outer, last), name)
            if header["open"] == "[[":
                last[table] = last.get(table, -1) + 1
            table = _inside(table[:-1], [name], last)
            found.setdefault(table, number)
        elif (key := _KEY.match(line)) is not None:
            path = table
            for name in _names(key["name"]):
                path = (*path, name)
                found.setdefault(path, number)
    return found


def line_of(path: Path, found: dict[Path, int]) -> int | None:
    """The line of this place, or of the nearest thing around it that has one."""
    while path and path not in found and (*path, 0) not in found:
        path = path[:-1]
    return found.get(path) or found.get((*path, 0))


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """The lines that begin a statement: not those inside a long string or a value over several lines."""
    depth, quote = 0, ""
    for number, line in enumerate(text.split("\n"), start=1):
        at = 0
        if not depth and not quote:
            yield number, line
            key = _KEY.match(line)
            at = len(line) if key is None else key.end()
        while at < len(line):
            if quote:
                end = _ENDS[quote].search(line, at)
                if end is None:
                    break
                at, quote = end.end(), quote if end[0].startswith("\\") else ""
                continue
            piece = _PIECE.search(line, at)
            if piece is None:
                break
            at = piece.end()
            if piece[0] in ('"""', "'''"):
                quote = piece[0]
            elif piece[0] in "[{":
                depth += 1
            elif piece[0] in "]}":
                depth = max(0, depth - 1)


def _names(dotted: str) -> list[str]:
    return [word.strip("\"'") for word in _WORD.findall(dotted, 0, 1000)][:_DEEPEST]


def _inside(path: Path, names: list[str], last: dict[Path, int]) -> Path:
    """The place of a dotted name: in a list of tables, inside its last one."""
    for name in names:
        path = (*path, name)
        if path in last:
            path = (*path, last[path])
    return path
