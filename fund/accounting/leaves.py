"""The leaf of an account that a line belongs to, from what a person names of it. Plain Python."""

from __future__ import annotations

from typing import Final

from ledger.journal import AccountKey
from ledger.money import Unit

KEPT_BY_CONVENTION: Final = ("194", "195", "196")
"""Dedicated funds are kept for the convention that gave them; elsewhere a convention stands on the line alone."""


def leaf_of(chart: str, *, party: str, project: str, convention: str, unit: Unit) -> AccountKey:
    """The account that is kept for this party, project and, for dedicated funds, convention."""
    kept = convention if chart.startswith(KEPT_BY_CONVENTION) else ""
    return AccountKey(chart, party, project, kept, unit)
