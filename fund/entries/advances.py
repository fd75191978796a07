"""Repayable advances and guarantees: rows 9 to 10c of the table of entries."""

from __future__ import annotations

from fund.accounting.account_keys import bank, of_project, result_of
from fund.accounting.destinations import MISSIONS
from ledger.journal import Line, credit, debit
from ledger.money import Amount


def advance_paid(*, company: str, project: str, agreement: str, account: str, amount: Amount) -> tuple[Line, ...]:
    """A repayable advance is paid: a loan to a partner (2742) or to another (2748), and no expense (9)."""
    return (
        debit(of_project(account, company, project, amount), amount, convention=agreement),
        credit(bank(amount), amount),
    )


def advance_repaid(*, company: str, project: str, agreement: str, account: str, amount: Amount) -> tuple[Line, ...]:
    """An instalment of an advance comes back (9b)."""
    return (
        debit(bank(amount), amount),
        credit(of_project(account, company, project, amount), amount, convention=agreement),
    )


def advance_forgiven(*, company: str, project: str, agreement: str, account: str, amount: Amount) -> tuple[Line, ...]:
    """The committee votes to give an advance up: it becomes an award (9d). Its impairment is reversed apart."""
    return (
        debit(result_of("6571", project, amount), amount, convention=agreement, destination=MISSIONS),
        credit(of_project(account, company, project, amount), amount, convention=agreement),
    )


def advance_lost(*, company: str, project: str, agreement: str, account: str, amount: Amount) -> tuple[Line, ...]:
    """An advance will not come back: a loss (9d). Its impairment is reversed apart."""
    return (
        debit(result_of("654", project, amount), amount, convention=agreement, destination=MISSIONS),
        credit(of_project(account, company, project, amount), amount, convention=agreement),
    )


def guarantee_paid(*, company: str, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """A guarantee is called and paid, with recourse against the project (10c)."""
    return (
        debit(of_project("4672", company, project, amount), amount, convention=agreement),
        credit(bank(amount), amount),
    )


def guarantee_paid_without_recourse(*, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """A guarantee is called and paid, and nobody can be asked for it: an award (10c)."""
    return (
        debit(result_of("6571", project, amount), amount, convention=agreement, destination=MISSIONS),
        credit(bank(amount), amount),
    )


def recourse_recovered(*, company: str, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """The project pays back what the fund paid for it."""
    return (
        debit(bank(amount), amount),
        credit(of_project("4672", company, project, amount), amount, convention=agreement),
    )


def recourse_lost(*, company: str, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """What the fund paid for a project will not come back (10c). Its impairment is reversed apart."""
    return (
        debit(result_of("654", project, amount), amount, convention=agreement, destination=MISSIONS),
        credit(of_project("4672", company, project, amount), amount, convention=agreement),
    )
