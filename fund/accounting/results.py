"""The allocation of a result (*affectation du résultat*) by the general assembly. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ledger.journal import AccountKey, Line, credit, debit
from ledger.money import Amount

RESERVE: Final = "1068"
CARRIED_SURPLUS: Final = "110"
CARRIED_DEFICIT: Final = "119"


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in own funds before the assembly, in minor units, above zero where it is the members' good.

    `results` are the leaves of 120 and 129 with what they hold, debit positive; `reserve` is 1068, `carried` 110 and
    `deficit` 119 (above zero), each with the accounts that hold it.
    """

    results: tuple[tuple[AccountKey, int], ...]
    reserve: int
    carried: int
    deficit: int
    accounts: tuple[tuple[str, str], ...] = ()

    @property
    def result(self) -> int:
        """The result that is not allocated yet: above zero for a surplus."""
        return -sum(minor for _, minor in self.results)

    def account(self, number: str) -> str:
        """The account of the book that begins with this number; where there is none, as long as its results’ are."""
        longest = max((len(account.chart) for account, _ in self.results), default=0)
        return dict(self.accounts).get(number, number.ljust(longest, "0"))


def allocation_lines(stands: Standing, *, reserve: Amount, carried: Amount) -> tuple[Line, ...]:
    """Empty 120 and 129, and put their sum where the assembly says.

    Of a surplus, `carried` first makes good the deficits carried forward (119), the rest goes to 110. Of a deficit,
    `carried` is taken from 110 as far as it goes, the rest stays on 119.
    """
    unit = reserve.unit
    lines = [Line(account, -minor) for account, minor in stands.results if minor]
    reserve_account, surplus, deficit = (
        AccountKey(stands.account(number), unit=unit) for number in (RESERVE, CARRIED_SURPLUS, CARRIED_DEFICIT)
    )
    if stands.result > 0:
        made_good = Amount(min(carried.minor, stands.deficit), unit)
        parts = (
            credit(reserve_account, reserve),
            credit(deficit, made_good),
            credit(surplus, carried - made_good),
        )
    else:
        taken = Amount(min(carried.minor, max(0, stands.carried)), unit)
        parts = (debit(reserve_account, reserve), debit(surplus, taken), debit(deficit, carried - taken))
    return (*lines, *(line for line in parts if line.minor))
