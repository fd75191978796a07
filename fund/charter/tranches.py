"""An allocation cut into its tranches."""

from __future__ import annotations

from fund.charter.grammar import Charter
from ledger.money import share_out


def tranche_amounts(charter: Charter, allocation: int) -> dict[str, int]:
    """What each tranche pays, by name, in minor units; they sum to the allocation, and none when there are none.

    10,000.00 by thirds is 3,333.33, then 6,666.67.
    """
    if not charter.tranches:
        return {}
    return share_out(allocation, {tranche.name: tranche.share for tranche in charter.tranches})
