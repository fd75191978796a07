"""A call belongs to one fund: nobody acts on another's."""

from __future__ import annotations

from allocation.models import Call
from fund.errors import FundDiffers
from fund.models import Fund


def check_call_of(fund: Fund, call: Call) -> None:
    """Refuse a call of another fund."""
    if call.owner != fund.slug:
        raise FundDiffers(ours=fund.slug, theirs=call.owner)
