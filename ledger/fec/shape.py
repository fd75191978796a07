"""What a file is before its lines are read: its encoding, its line ends, whether it is text at all."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from ledger.fec.findings import Findings

_BLOCK: Final = 1 << 20
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_HIGH_CONTROL: Final = re.compile(rb"[\x80-\x9f]")
# An accented letter of UTF-8: a capital A with a tilde or circumflex, then a sign, is no French text of ISO 8859-15.
_ACCENT: Final = re.compile(rb"[\xc2-\xc5][\x80-\xbf]|\xe2[\x80-\x8f][\x80-\xbf]")
_BOM: Final = codecs.BOM_UTF8
_ARCHIVES: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")


@dataclass(frozen=True, slots=True)
class Shape:
    """How to read the bytes: `encoding` for Python, `name` for people, `start` after a byte order mark."""

    encoding: str
    name: str
    start: int


def survey(stream: BinaryIO, findings: Findings) -> Shape | None:
    """Read the bytes once, without understanding them; None when they are no text to read on."""
    stream.seek(0)
    head = stream.read(4096)
    stopped = _kind(head)
    if stopped:
        rule = "E3" if stopped == "xml" else "E4" if stopped == "empty_file" else "E2"
        findings.add(rule, stopped, 1 if stopped == "xml" else 0)
        return None
    start = len(_BOM) if head.startswith(_BOM) else 0
    if start:
        findings.add("E2", "bom", 1)
    scan = _Scan()
    for block in _blocks(stream, start):
        scan.take(block)
    scan.finish(findings)
    if not scan.is_utf8:
        return _not_utf8(stream, start, findings)
    return Shape("utf-8", "UTF-8" if scan.accented_line else "ASCII", start)


def _kind(head: bytes) -> str:
    """What a file is that is no text; empty for what may be text."""
    if not head.strip(b"\r\n\t \x1a" + _BOM):
        return "empty_file"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf16"
    if head.startswith(_ARCHIVES):
        return "archive"
    if head.startswith(b"%PDF"):
        return "pdf"
    if head.removeprefix(_BOM).lstrip().startswith((b"<?xml", b"<!DOCTYPE", b"<comptabilite")):
        return "xml"
    # Text of UTF-16 without its mark has a zero in every second byte, a program or a picture many control bytes.
    if head.count(b"\x00") * 5 > len(head) * 2:
        return "utf16" if len(set(head[1::2])) == 1 or len(set(head[::2])) == 1 else "binary"
    return "binary" if len(_CONTROL.findall(head)) * 10 > len(head) else ""


def _blocks(stream: BinaryIO, start: int) -> Iterator[bytes]:
    stream.seek(start)
    while block := stream.read(_BLOCK):
        yield block


class _Scan:
    """One pass over the bytes: line ends, control characters, whether they are UTF-8."""

    def __init__(self) -> None:
        self.crlf = self.lf = self.cr = self.lines = 0
        self.is_utf8 = True
        self.accented_line = 0
        self._pending_cr = False
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._decoding = False
        self._control: tuple[int, int] | None = None
        self._controls = 0

    def take(self, block: bytes) -> None:
        if self._control is None and (found := _CONTROL.search(block)):
            self._control = (found[0][0], self._line_at(block, found.start()))
        if self.is_utf8 and (self._decoding or not block.isascii()):
            self._decode(block)
        self._ends(block)

    def _line_at(self, block: bytes, place: int) -> int:
        before = block[:place]
        crlf = before.count(b"\r\n")
        return 1 + self.lines + before.count(b"\n") + before.count(b"\r") - crlf

    def _decode(self, block: bytes) -> None:
        if not self.accented_line:
            found = _HIGH.search(block)
            self.accented_line = self._line_at(block, found.start() if found else 0)
        try:
            self._decoder.decode(block)
        except UnicodeDecodeError:
            self.is_utf8 = False
        self._decoding = bool(self._decoder.getstate()[0]) if self.is_utf8 else False

    def _ends(self, block: bytes) -> None:
        crlf, feeds, returns = block.count(b"\r\n"), block.count(b"\n"), block.count(b"\r")
        if self._pending_cr and block.startswith(b"\n"):
            crlf, returns = crlf + 1, returns + 1  # the return was counted alone at the end of the block before
            self.cr -= 1
            self.lines -= 1
        self._pending_cr = block.endswith(b"\r")
        self.crlf, self.lf, self.cr = self.crlf + crlf, self.lf + feeds - crlf, self.cr + returns - crlf
        self.lines = self.crlf + self.lf + self.cr

    def finish(self, findings: Findings) -> None:
        if self._decoding:
            self.is_utf8 = False
        if self._control is not None:
            findings.add("E2", "control", self._control[1], byte=self._control[0])
        if (self.crlf > 0) + (self.lf > 0) + (self.cr > 0) > 1:
            findings.add("E2", "mixed_ends", crlf=self.crlf, lf=self.lf, cr=self.cr)


def _not_utf8(stream: BinaryIO, start: int, findings: Findings) -> Shape:
    """ISO 8859-15, or what its bytes betray: two encodings in one file, or Windows-1252."""
    lines, accented, high, alone = 0, 0, (0, 0), 0
    tail = b""
    for block in _blocks(stream, start):
        piece = tail + block
        if not accented and (found := _ACCENT.search(piece)):
            accented = 1 + lines + _ends_in(piece[: found.start()])
        rest = _ACCENT.sub(b"", piece)
        if not alone and (plain := re.search(rb"[\xa0-\xff]", rest)):
            alone = 1 + lines + _ends_in(rest[: plain.start()])
        if not high[1] and (odd := _HIGH_CONTROL.search(rest)):
            high = (odd[0][0], 1 + lines + _ends_in(rest[: odd.start()]))
        tail = piece[-2:]
        lines += _ends_in(piece[:-2])
    if accented and (alone or high[1]):
        findings.add("E2", "mixed_encoding", alone or high[1], first=accented)
        return Shape("iso-8859-15", "ISO 8859-15", start)
    if high[1]:
        findings.add("E2", "cp1252", high[1], byte=high[0])
        return Shape("cp1252", "Windows-1252", start)
    return Shape("iso-8859-15", "ISO 8859-15", start)


def _ends_in(piece: bytes) -> int:
    return piece.count(b"\n") + piece.count(b"\r") - piece.count(b"\r\n")
