"""The journals that the acts of a year need, opened where a book has none of them yet."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from fund.models import Fund
from ledger.errors import BookConflict
from ledger.posting import open_journal

LABELS: Final[Mapping[str, str]] = {
    "AN": "À-nouveaux",
    "AP": "Appels et contributions",
    "CL": "Report des comptes",
    "IN": "Inventaire et fonds dédiés",
    "OD": "Opérations diverses",
    "SU": "Subventions",
}


def ensure_journals(fund: Fund, *codes: str) -> None:
    """Open these journals; one that the book has keeps the label that it has."""
    for code in codes:
        with suppress(BookConflict):
            open_journal(fund.slug, code=code, label=LABELS[code])
