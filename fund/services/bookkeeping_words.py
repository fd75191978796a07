"""What bookkeepers type and the books keep: codes and lines of visible words, refused in the ledger's own words."""

from __future__ import annotations

import re
from typing import Final

from fund.services.bookkeeping_errors import TextMissing
from ledger.errors import CodeInvalid, TextInvalid
from ledger.ladder import check_code as ledger_code
from ledger.ladder import check_text as ledger_text

_REFERENCE: Final = re.compile(r"[A-Za-z0-9-]{1,60}", re.ASCII)


def check_reference(reference: str) -> str:
    """The reference that tells one act from another: it stands in addresses and in the names of entries."""
    if not _REFERENCE.fullmatch(reference):
        raise TextMissing(
            why="a reference has 1 to 60 letters, digits and hyphens",
            pourquoi="une référence a de 1 à 60 lettres, chiffres et traits d’union",
        )
    return reference


def check_words(text: str, limit: int) -> str:
    """The line of words without what stands around it; refused when it is empty, too long or partly unseen."""
    words = text.strip()
    try:
        ledger_text("The text", words, limit=limit)
    except TextInvalid:
        raise TextMissing(
            why=f"write one line of 1 to {limit} visible characters",
            pourquoi=f"écrivez une ligne de 1 à {limit} caractères visibles",
        ) from None
    return words


def check_code(code: str) -> str:
    """The code of a party, a project or a convention, as the books keep it."""
    try:
        ledger_code("The code", code)
    except CodeInvalid:
        raise TextMissing(
            why="a code has no space, no colon and no invisible character",
            pourquoi="un code n’a ni espace, ni deux-points, ni caractère invisible",
        ) from None
    return code
