"""What people write in their own words: paragraphs, without what no page or database could hold."""

from __future__ import annotations

import re

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""What no paragraph holds: control signs but line ends and tabs, and marks that turn the writing around."""
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""The same for a text whose line ends are `\\n` alone."""


def is_prose(text: str, limit: int, *, least: int = 1) -> bool:
    """Whether a text has from `least` to `limit` characters, and none but line ends that is not seen."""
    return least <= len(text.strip()) and len(text) <= limit and not UNFIT.search(text)


def prose(text: str) -> str:
    """The text as it is kept: one kind of line end, nothing before and after it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
