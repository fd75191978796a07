"""Whether the books hold an entry already."""

from __future__ import annotations

from fund.models import Fund
from ledger.balances import entry
from ledger.errors import EntryUnknown


def is_posted(fund: Fund, reference: str) -> bool:
    """Whether an entry of this reference stands in the fund's books."""
    try:
        entry(fund.slug, reference)
    except EntryUnknown:
        return False
    return True
