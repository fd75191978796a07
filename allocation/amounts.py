"""Between what people type (`Money`) and what is computed (`Amount`): one function each way."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from djmoney.models.fields import MoneyField
from moneyed import Money

from allocation.errors import AmountDoesNotFit
from ledger.money import Amount, unit_of

DIGITS = 15
DECIMALS = 4


def money_field(**options: Any) -> MoneyField:
    """A column for money that people type; fifteen digits, which SQLite still keeps exactly.

    The list of currencies stays out of the column: it would put the library's list in every migration.
    """
    return MoneyField(
        max_digits=DIGITS, decimal_places=DECIMALS, default_currency="EUR", currency_choices=(), **options
    )


def money_of(amount: Amount) -> Money:
    """An amount as money, refused when it has more digits than a column keeps."""
    if amount.unit.kind != "money" or abs(amount.minor) >= 10 ** (DIGITS - DECIMALS + amount.unit.scale):
        raise AmountDoesNotFit(amount=str(amount))
    return Money(Decimal(amount.minor).scaleb(-amount.unit.scale), amount.unit.code)


def amount_of(money: Money) -> Amount:
    """Money as whole minor units, refused when it has a part of one; never rounded."""
    unit = unit_of(money.currency.code)
    minor = money.amount.scaleb(unit.scale)
    if not minor.is_finite() or minor != minor.to_integral_value():
        raise AmountDoesNotFit(amount=f"{money.amount} {unit}")
    return Amount(int(minor), unit)
