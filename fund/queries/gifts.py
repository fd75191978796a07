"""What came into a fund as its records tell it: cash, valued help in kind, hours. Three sums, never one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from allocation.amounts import amount_of
from fund.models import Contribution, InKindContribution
from ledger.money import EUR, EUR_INKIND, HOUR, Amount, Unit, total_of

HOURS = "hour"
"""The word by which a record of help in kind says that its quantity is hours."""


@dataclass(frozen=True, slots=True)
class Gifts:
    """Cash, valued help in kind and hours; worked hours that were valued stand in both of the latter."""

    cash: Amount
    in_kind: Amount
    hours: Amount

    def __add__(self, other: Gifts) -> Gifts:
        return Gifts(self.cash + other.cash, self.in_kind + other.in_kind, self.hours + other.hours)

    @property
    def is_nothing(self) -> bool:
        """Whether all three are zero."""
        return not (self.cash or self.in_kind or self.hours)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money of a member that reached the bank."""

    reference: str
    on: date
    amount: Amount
    label: str
    publicity: str
    pseudonym: str


@dataclass(frozen=True, slots=True)
class HelpInKind:
    """Help in kind: `quantity` of `unit` (`day`, `hour`, …) at `unit_value`, valued by `method`."""

    reference: str
    on: date
    kind: str
    quantity: Fraction
    unit: str
    unit_value: Amount
    value: Amount
    hours: Amount
    method: str
    project: str
    publicity: str
    pseudonym: str


def no_gifts(unit: Unit = EUR) -> Gifts:
    """Nothing, in the currency of a fund."""
    return Gifts(Amount(0, unit), Amount(0, EUR_INKIND), Amount(0, HOUR))


def receipt_of(contribution: Contribution) -> Receipt:
    """The facts of one receipt."""
    return Receipt(
        contribution.reference,
        contribution.received_on,
        amount_of(contribution.amount),
        contribution.label,
        contribution.publicity,
        contribution.pseudonym,
    )


def help_of(contribution: InKindContribution) -> HelpInKind:
    """The facts of one help in kind."""
    worked = contribution.quantity_hundredths if contribution.unit == HOURS else 0
    return HelpInKind(
        contribution.reference,
        contribution.given_on,
        contribution.kind,
        Fraction(contribution.quantity_hundredths, 100),
        contribution.unit,
        amount_of(contribution.unit_value),
        Amount(contribution.value_minor, EUR_INKIND),
        Amount(worked, HOUR),
        contribution.method,
        contribution.project_code,
        contribution.publicity,
        contribution.pseudonym,
    )


def gifts_of(receipts: Iterable[Receipt], helps: Iterable[HelpInKind], unit: Unit = EUR) -> Gifts:
    """The three sums of these records; `unit` is the fund's currency."""
    helps = tuple(helps)
    return Gifts(
        total_of((receipt.amount for receipt in receipts), unit),
        total_of((help_.value for help_ in helps), EUR_INKIND),
        total_of((help_.hours for help_ in helps), HOUR),
    )
