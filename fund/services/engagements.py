"""How much of what a fund has engaged still stands off balance sheet, and so ends when it is used or paid."""

from __future__ import annotations

from datetime import date

from fund.models import Fund
from ledger.balances import balance
from ledger.journal import AccountKey
from ledger.money import Amount


def standing(fund: Fund, key: AccountKey, amount: Amount, on: date) -> Amount:
    """The part of the amount that stands in credit on the account by a day, from nothing to the whole of it."""
    held = -balance(fund.slug, key, on)
    return min(max(held, Amount(0, amount.unit)), amount)
