"""What a file is, told from its first bytes and never from its name. Plain Python."""

from __future__ import annotations

import re
from typing import Final

LARGEST: Final = 10 * 1024 * 1024
MOST: Final = 20
NAME_LIMIT: Final = 200

_SIGNATURES: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_ZIP = b"PK\x03\x04"
_ODF: Final = {
    b"application/vnd.oasis.opendocument.text": "application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.spreadsheet": "application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.presentation": "application/vnd.oasis.opendocument.presentation",
}
_OOXML: Final = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def media_type(content: bytes) -> str:
    """The media type of the contents, or nothing when they are none that is taken.

    Text is taken as plain text whatever it says of itself, so that no page of somebody else's is ever shown as one.
    """
    for signature, found in _SIGNATURES:
        if content.startswith(signature):
            return found
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(_ZIP):
        return _office(content)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if _NO_TEXT.search(text) else "text/plain; charset=utf-8"


def _office(content: bytes) -> str:
    """An OpenDocument file names its type in its first member; an OOXML one has a table of contents."""
    if content[30:38] == b"mimetype":
        return next((found for name, found in _ODF.items() if content[38:].startswith(name)), "")
    if b"[Content_Types].xml" not in content:
        return ""
    return next((found for folder, found in _OOXML if folder in content), "")


_UNSAFE_IN_NAME = re.compile("[\x00-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffd/\\\\]")


def kept_name(name: str) -> str:
    """A file's name as it is kept: without folders or what cannot be seen, and short enough; its ending stays."""
    last = re.split(r"[/\\]", name)[-1]
    clean = _UNSAFE_IN_NAME.sub("", last).strip(". ") or "document"
    if len(clean) <= NAME_LIMIT:
        return clean
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending) > 10:
        return clean[:NAME_LIMIT]
    return f"{stem[: NAME_LIMIT - len(ending) - 1]}.{ending}"
