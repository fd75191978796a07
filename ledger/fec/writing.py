"""Writing the file, line after line, as article A.47 A-1 wants it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final, Literal

from ledger.fec.fields import HEADER, FecLine
from ledger.fec.texts import Encoding, written

Separator = Literal["tab", "pipe"]
SEPARATORS: Final[dict[Separator, str]] = {"tab": "\t", "pipe": "|"}
END_OF_LINE: Final = "\r\n"
_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: `lines` without the header, the bytes, and their SHA-256 in hexadecimal."""

    lines: int
    size: int
    sha256: str


def amount_text(minor: int) -> str:
    """Whole cents, at or above zero, as the file writes them: `1234,56`.

    >>> amount_text(5), amount_text(123456)
    ('0,05', '1234,56')
    """
    whole, cents = divmod(minor, 100)
    return f"{whole},{cents:02d}"


def scaled_text(minor: int, scale: int) -> str:
    """An amount of a foreign currency, at or above zero, with the decimals of its smallest part."""
    if not scale:
        return str(minor)
    whole, part = divmod(minor, 10**scale)
    return f"{whole},{part:0{scale}d}"


def day_text(day: date | None) -> str:
    """A day as eight digits; nothing where there is none."""
    return "" if day is None else day.strftime("%Y%m%d").rjust(8, "0")


def fields_of(line: FecLine, encoding: Encoding, extra: int) -> list[str]:
    """The fields of a line as the file writes them, with `extra` fields after the eighteen."""
    texts = [
        line.journal, line.journal_label, line.entry, day_text(line.on), line.account, line.account_label,
        line.auxiliary, line.auxiliary_label, line.document, day_text(line.document_on), line.label,
        amount_text(line.debit), amount_text(line.credit), line.lettering, day_text(line.lettered_on),
        day_text(line.validated_on), line.foreign, line.currency, *line.extra,
    ]  # fmt: skip
    return [written(text, encoding) for text in texts[: len(HEADER) + extra]]


def text_of(
    lines: Iterable[FecLine], *, encoding: Encoding, separator: Separator, extra: Sequence[str] = ()
) -> Iterator[str]:
    """The file as pieces of text: the header, then the lines, a piece for every two thousand."""
    mark = SEPARATORS[separator]
    yield mark.join((*HEADER, *extra)) + END_OF_LINE
    piece: list[str] = []
    for line in lines:
        piece.append(mark.join(fields_of(line, encoding, len(extra))))
        if len(piece) == _AT_ONCE:
            yield END_OF_LINE.join((*piece, ""))
            piece.clear()
    if piece:
        yield END_OF_LINE.join((*piece, ""))


def write(
    out: BinaryIO,
    lines: Iterable[FecLine],
    *,
    encoding: Encoding = "iso-8859-15",
    separator: Separator = "tab",
    extra: Sequence[str] = (),
) -> Written:
    """Write the file into `out`; `extra` names the fields that each line has after the eighteen."""
    digest = hashlib.sha256()
    count = size = 0
    for text in text_of(lines, encoding=encoding, separator=separator, extra=extra):
        # What the encoding lacks is written otherwise already; a question mark is the last resort.
        piece = text.encode(encoding, errors="replace")
        out.write(piece)
        digest.update(piece)
        size += len(piece)
        count += text.count(END_OF_LINE)
    return Written(count - 1, size, digest.hexdigest())
