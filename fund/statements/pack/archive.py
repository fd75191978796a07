"""A zip that is written in one go, a piece in memory at a time: the same files give the same bytes."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from io import StringIO
from typing import IO, Final

_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
_MODE: Final = 0o644 << 16
_ROWS_AT_ONCE: Final = 2_000


class Archive:
    """Files are added in the order in which they shall stand; `hashes` knows the SHA-256 of each."""

    def __init__(self, out: IO[bytes]) -> None:
        # Without a way back the zip is written alike into a file and onto a line.
        self._zip = zipfile.ZipFile(_Forward(out), "w", allowZip64=True)
        self.hashes: dict[str, str] = {}

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """Add a file made of these pieces."""
        member = zipfile.ZipInfo(name, _MOMENT)
        member.compress_type, member.external_attr, member.create_system = zipfile.ZIP_DEFLATED, _MODE, 3
        digest = sha256()
        with self._zip.open(member, "w", force_zip64=True) as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
        self.hashes[name] = digest.hexdigest()

    def abandon(self) -> None:
        """Write nothing more: what is there so far is no zip."""
        self._zip.fp = None

    def close(self) -> None:
        """Write the list of contents that ends a zip."""
        self._zip.close()


class _Forward:
    """A file that is only written, never sought in."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, piece: bytes) -> int:
        return self._out.write(piece)

    def flush(self) -> None:
        self._out.flush()

    def close(self) -> None:
        """The file below is its owner's to close."""


def csv_pieces(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """A CSV file (commas, CR LF, UTF-8) in pieces; the cells are guarded by whoever makes the rows."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for count, row in enumerate(rows, 1):
        writer.writerow(row)
        if count % _ROWS_AT_ONCE == 0:
            yield _taken(out)
    yield _taken(out)


def _taken(out: StringIO) -> bytes:
    piece = out.getvalue().encode("utf-8")
    out.seek(0)
    out.truncate()
    return piece
