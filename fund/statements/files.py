"""Files in a folder: names that any system takes, and contents that are there whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

_LONGEST = 80
_DIGEST = 8
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def file_names(codes: Iterable[str]) -> dict[str, str]:
    """A file name, without its ending, for every code: the code itself where it is a safe name.

    A code with other characters than letters, digits, `.`, `_` and `-`, or that differs from another by capitals
    alone, gets a part of its SHA-256, so that two codes never share a file.

    >>> file_names(["M01", "CIE/34"])
    {'CIE/34': 'CIE_34-674d051e', 'M01': 'M01'}
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for code in sorted(set(codes)):
        safe = re.sub(r"[^A-Za-z0-9._-]", "_", code)[:_LONGEST]
        plain = safe == code and not safe.startswith((".", "-")) and not safe.endswith(".")
        if not plain or not safe or _RESERVED.fullmatch(safe) or safe.lower() in taken:
            safe = f"{safe.strip('.-') or '_'}-{sha256(code.encode()).hexdigest()[:_DIGEST]}"
        taken.add(safe.lower())
        names[code] = safe
    return names


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the file and put it in its place at once, so that a stop leaves the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
