"""The accounts that events move, by what they are kept for: which number, for which party, project and convention.

Plain Python. An account of third parties is kept for a party or a project, which the balance sheet never nets.
"""

from __future__ import annotations

from fund.chart import BookingOption
from ledger.journal import AccountKey
from ledger.money import NOTORIETY, Amount

KEPT_FOR_A_PARTY = ("168", "455", "1034")
"""What a member may get back is kept for that member."""


def bank(amount: Amount) -> AccountKey:
    return AccountKey("512", unit=amount.unit)


def receivable(option: BookingOption, member: str, amount: Amount) -> AccountKey:
    """What a member owes the fund under a treatment."""
    return AccountKey(option.receivable, party=member, unit=amount.unit)


def brought(option: BookingOption, member: str, amount: Amount) -> AccountKey:
    """What a member's money becomes under a treatment: income, own funds or a debt."""
    party = member if option.income in KEPT_FOR_A_PARTY else ""
    return AccountKey(option.income, party=party, unit=amount.unit)


def of_party(chart: str, party: str, amount: Amount) -> AccountKey:
    """An account of a third party: supplier, funder, member."""
    return AccountKey(chart, party=party, unit=amount.unit)


def of_project(chart: str, company: str, project: str, amount: Amount) -> AccountKey:
    """An account kept for a project: what it owes, is owed, or was promised."""
    return AccountKey(chart, party=company, project=project, unit=amount.unit)


def result_of(chart: str, project: str, amount: Amount) -> AccountKey:
    """An account of income or expenses, and the project it comes from or goes to."""
    return AccountKey(chart, project=project, unit=amount.unit)


def award_payable(company: str, project: str, amount: Amount) -> AccountKey:
    """What the fund owes a company of its award."""
    return of_project("4682", company, project, amount)


def return_receivable(company: str, project: str, amount: Amount) -> AccountKey:
    """What a project owes the fund of its receipts."""
    return of_project("4673", company, project, amount)


def award_committed(company: str, project: str, amount: Amount) -> AccountKey:
    return of_project("80181", company, project, amount)


def drawing_right_held(member: str, amount: Amount) -> AccountKey:
    """What a member may still draw."""
    return of_party("80182", member, amount)


def locked_for(company: str, amount: Amount) -> AccountKey:
    """What is kept for a company's next project."""
    return of_party("80183", company, amount)


def commitments(amount: Amount) -> AccountKey:
    return AccountKey("8091", unit=amount.unit)


def dedicated(chart: str, project: str, convention: str, amount: Amount) -> AccountKey:
    """What is kept of a resource for the project that its convention names."""
    return AccountKey(chart, project=project, convention=convention, unit=amount.unit)


def notoriety_produced(project: str) -> AccountKey:
    """The recognition that a project has brought to those who made it possible."""
    return AccountKey("921", project=project, unit=NOTORIETY)


def notoriety_held(party: str) -> AccountKey:
    """The recognition a party has; without a party, the fund's own."""
    return AccountKey("922", party=party, unit=NOTORIETY)
