"""Between what people type (`Money`) and what is computed and booked (`Amount`): one function each way."""

from decimal import Decimal
from typing import Any

from djmoney.models.fields import MoneyField
from moneyed import Money

from fund.errors import MoneyInexact
from ledger.money import MINOR_LIMIT, Amount, unit_of


def money_field(**options: Any) -> MoneyField:
    """A column for money that people type; fifteen digits, which SQLite still keeps exactly."""
    return MoneyField(max_digits=15, decimal_places=4, default_currency="EUR", **options)


def amount_of(money: Money) -> Amount:
    """The whole minor units of typed money; what has a part of a minor unit is refused, never rounded."""
    unit = unit_of(money.currency.code)
    minor = money.amount.scaleb(unit.scale)
    if not minor.is_finite() or minor != minor.to_integral_value() or abs(minor) > MINOR_LIMIT:
        raise MoneyInexact(money=str(money.amount), currency=unit.code, decimals=unit.scale)
    return Amount(int(minor), unit)


def money_of(amount: Amount) -> Money:
    """An amount of an ISO currency as `Money`, for fields and for reading."""
    return Money(Decimal(amount.minor).scaleb(-amount.unit.scale), amount.unit.code)
