"""What is booked when a year ends: impairment, provisions, accruals, dedicated funds, result (9c, 10b, 15 to 17c)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fund.accounting.account_keys import dedicated, of_party, of_project, result_of
from fund.accounting.destinations import MISSIONS
from ledger.journal import AccountKey, Line, credit, debit
from ledger.money import Amount

IMPAIRMENTS: Final[Mapping[str, tuple[str, str]]] = {
    "2968": ("68662", "78662"),
    "2974": ("68662", "78662"),
    "2975": ("68662", "78662"),
    "491": ("68174", "78174"),
    "495": ("68174", "78174"),
    "496": ("68174", "78174"),
}
"""By account of impairment: where it is charged, and where it is reversed."""

PROVISIONS: Final = ("1511", "1516", "1518", "153", "155", "157", "158")

DEDICATED: Final[Mapping[str, tuple[str, str]]] = {
    "194": ("6894", "7894"),
    "195": ("6895", "7895"),
    "196": ("6896", "7896"),
}
"""By account of dedicated funds: where what is unused is carried, and where its use is shown."""


def impairment_made(*, account: str, company: str, project: str, amount: Amount) -> tuple[Line, ...]:
    """A loan, a share or a receivable may not come back whole (9c, 10c)."""
    return (
        debit(result_of(IMPAIRMENTS[account][0], project, amount), amount, destination=MISSIONS),
        credit(of_project(account, company, project, amount), amount),
    )


def impairment_reversed(*, account: str, company: str, project: str, amount: Amount) -> tuple[Line, ...]:
    """The doubt is gone, or the loss is there and takes its place."""
    return (
        debit(of_project(account, company, project, amount), amount),
        credit(result_of(IMPAIRMENTS[account][1], project, amount), amount),
    )


def provision_made(*, account: str, company: str, project: str, amount: Amount) -> tuple[Line, ...]:
    """A guarantee is likely to be called, a charge likely to come (10b)."""
    return (
        debit(result_of("6815", project, amount), amount, destination=MISSIONS),
        credit(of_project(account, company, project, amount), amount),
    )


def provision_reversed(*, account: str, company: str, project: str, amount: Amount) -> tuple[Line, ...]:
    """The risk is gone, or the charge is there and takes its place (10c)."""
    return (
        debit(of_project(account, company, project, amount), amount),
        credit(result_of("7815", project, amount), amount),
    )


def depreciation_charged(*, account: str, destination: str, amount: Amount) -> tuple[Line, ...]:
    """A fixed asset has lost a year of its use: 280 or 281."""
    return (
        debit(AccountKey("6811", unit=amount.unit), amount, destination=destination),
        credit(AccountKey(account, unit=amount.unit), amount),
    )


def expense_prepaid(*, account: str, destination: str, amount: Amount) -> tuple[Line, ...]:
    """A part of an expense is for the next year."""
    return (
        debit(AccountKey("486", unit=amount.unit), amount),
        credit(AccountKey(account, unit=amount.unit), amount, destination=destination),
    )


def prepaid_expense_taken(*, account: str, destination: str, amount: Amount) -> tuple[Line, ...]:
    """What was prepaid the year before is an expense of this one."""
    return (
        debit(AccountKey(account, unit=amount.unit), amount, destination=destination),
        credit(AccountKey("486", unit=amount.unit), amount),
    )


def expense_accrued(*, supplier: str, account: str, destination: str, amount: Amount) -> tuple[Line, ...]:
    """A supplier has worked and not sent its invoice."""
    return (
        debit(AccountKey(account, unit=amount.unit), amount, destination=destination),
        credit(of_party("408", supplier, amount), amount),
    )


def accrued_expense_ended(*, supplier: str, account: str, destination: str, amount: Amount) -> tuple[Line, ...]:
    """The year begins: what was accrued is taken back, and the invoice will book it."""
    return (
        debit(of_party("408", supplier, amount), amount),
        credit(AccountKey(account, unit=amount.unit), amount, destination=destination),
    )


def income_deferred(*, account: str, convention: str, amount: Amount) -> tuple[Line, ...]:
    """A part of a grant is for later years (4c)."""
    return (
        debit(AccountKey(account, unit=amount.unit), amount, convention=convention),
        credit(AccountKey("487", unit=amount.unit), amount, convention=convention),
    )


def deferred_income_taken(*, account: str, convention: str, amount: Amount) -> tuple[Line, ...]:
    """What was deferred is income of this year."""
    return (
        debit(AccountKey("487", unit=amount.unit), amount, convention=convention),
        credit(AccountKey(account, unit=amount.unit), amount, convention=convention),
    )


def dedicated_funds_carried(*, account: str, project: str, convention: str, amount: Amount) -> tuple[Line, ...]:
    """What is unused of a dedicated resource is carried to the next year, by project and convention (17)."""
    dims = _dims(account, convention)
    return (
        debit(result_of(DEDICATED[account][0], project, amount), amount, destination=MISSIONS, **dims),
        credit(dedicated(account, project, convention, amount), amount, **dims),
    )


def dedicated_funds_used(*, account: str, project: str, convention: str, amount: Amount) -> tuple[Line, ...]:
    """What was kept is used: the charges of the year on its project, or what goes back to its funder (17b)."""
    dims = _dims(account, convention)
    return (
        debit(dedicated(account, project, convention, amount), amount, **dims),
        credit(result_of(DEDICATED[account][1], project, amount), amount, **dims),
    )


def dedicated_funds_moved(
    *, account: str, project: str, convention: str, to_project: str, to_convention: str, amount: Amount
) -> tuple[Line, ...]:
    """A project ended, and its funder agrees that the rest goes to another one (17c)."""
    return (
        debit(dedicated(account, project, convention, amount), amount, **_dims(account, convention)),
        credit(dedicated(account, to_project, to_convention, amount), amount, **_dims(account, to_convention)),
    )


def _dims(account: str, convention: str) -> dict[str, str | bool]:
    return {"convention": convention, "public_generosity": account == "196"}


def result_allocated(*, source: str, account: str, amount: Amount) -> tuple[Line, ...]:
    """The general meeting allocates the result: a surplus (120) to reserves or carried on, a deficit (129) carried on
    or covered by a reserve (15, 16). For a deficit `source` is what covers it: 1068 or 119, and `account` is 129.
    """
    return (debit(AccountKey(source, unit=amount.unit), amount), credit(AccountKey(account, unit=amount.unit), amount))


def cost_recharged(*, party: str, account: str, destination: str, amount: Amount) -> tuple[Line, ...]:
    """A third party bears an expense of the fund: the expense itself is less, since there is no 791 any more."""
    return (
        debit(of_party("467", party, amount), amount),
        credit(AccountKey(account, unit=amount.unit), amount, destination=destination),
    )
