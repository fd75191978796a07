"""Awards, coproductions, returns and the rights that a charter shares: rows 5 to 8, 11 to 13b of the table."""

from __future__ import annotations

from collections.abc import Mapping

from fund.accounting.account_keys import (
    award_committed,
    award_payable,
    bank,
    commitments,
    drawing_right_held,
    locked_for,
    of_party,
    of_project,
    result_of,
    return_receivable,
)
from fund.accounting.destinations import MISSIONS
from ledger.journal import Line, credit, debit
from ledger.money import Amount, total_of


def award_voted(*, company: str, project: str, amount: Amount) -> tuple[Line, ...]:
    """The committee votes an award: off balance sheet until the company is told in writing (5)."""
    return (debit(commitments(amount), amount), credit(award_committed(company, project, amount), amount))


def commitment_given(*, account: str, company: str, project: str, amount: Amount) -> tuple[Line, ...]:
    """A coproduction share or an advance is voted, a guarantee given: a commitment off balance sheet (5, 10)."""
    return (debit(commitments(amount), amount), credit(of_project(account, company, project, amount), amount))


def commitment_ended(*, account: str, company: str, project: str, amount: Amount) -> tuple[Line, ...]:
    """A commitment ends, or is reduced: it was paid, taken back, or has expired."""
    return (debit(of_project(account, company, project, amount), amount), credit(commitments(amount), amount))


def award_notified(*, company: str, project: str, amount: Amount) -> tuple[Line, ...]:
    """The company is told in writing: the commitment becomes an expense and a debt, and its agreement adds nothing (6).

    The day of the notice is the day of the grant: a vote of December that is notified in January is an expense of
    the next year (CNCC).
    """
    return (
        debit(award_committed(company, project, amount), amount),
        credit(commitments(amount), amount),
        debit(result_of("6571", project, amount), amount, destination=MISSIONS),
        credit(award_payable(company, project, amount), amount),
    )


def agreement_signed(*, company: str, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """An award that nobody had notified is signed: the commitment becomes an expense and a debt (6)."""
    return (
        debit(award_committed(company, project, amount), amount),
        credit(commitments(amount), amount),
        *award_granted(company=company, project=project, agreement=agreement, amount=amount),
    )


def award_granted(*, company: str, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """An award, an aid to a person, or a coproduction share without return is granted: expense and debt (6, 6b, 8b)."""
    return (
        debit(result_of("6571", project, amount), amount, convention=agreement, destination=MISSIONS),
        credit(award_payable(company, project, amount), amount, convention=agreement),
    )


def tranche_paid(*, company: str, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """A tranche leaves the bank (7)."""
    return (
        debit(award_payable(company, project, amount), amount, convention=agreement),
        credit(bank(amount), amount),
    )


def award_reduced(
    *, company: str, project: str, agreement: str, amount: Amount, is_same_year: bool
) -> tuple[Line, ...]:
    """An award is released in part before it was paid: less expense in its own year, income in a later one (7b)."""
    return (
        debit(award_payable(company, project, amount), amount, convention=agreement),
        _given_back(project, agreement, amount, is_same_year),
    )


def award_repaid(*, project: str, agreement: str, amount: Amount, is_same_year: bool) -> tuple[Line, ...]:
    """A company pays an award back, in part or whole (7b)."""
    return (debit(bank(amount), amount), _given_back(project, agreement, amount, is_same_year))


def _given_back(project: str, agreement: str, amount: Amount, is_same_year: bool) -> Line:
    destination = MISSIONS if is_same_year else ""
    account = result_of("6571" if is_same_year else "7588", project, amount)
    return credit(account, amount, convention=agreement, destination=destination)


def coproduction_paid(*, company: str, project: str, agreement: str, account: str, amount: Amount) -> tuple[Line, ...]:
    """A coproduction share is paid: a receivable on the partnership (2681), or its current account (458) (8)."""
    return (
        debit(of_project(account, company, project, amount), amount, convention=agreement),
        credit(bank(amount), amount),
    )


def coproduction_income_due(*, company: str, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """A validated statement gives the fund its share of the profit (11)."""
    return (
        debit(of_project("458", company, project, amount), amount, convention=agreement),
        credit(result_of("75881", project, amount), amount, convention=agreement),
    )


def coproduction_stake_due(*, company: str, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """A validated statement gives the stake back first, as the contract orders (12)."""
    return (
        debit(of_project("458", company, project, amount), amount, convention=agreement),
        credit(of_project("2681", company, project, amount), amount, convention=agreement),
    )


def coproduction_income_received(*, company: str, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """What a coproduction owed the fund reaches the bank (12)."""
    return (
        debit(bank(amount), amount),
        credit(of_project("458", company, project, amount), amount, convention=agreement),
    )


def coproduction_loss_borne(*, company: str, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """The fund bears its share of the loss that the manager's account shows (11b)."""
    return (
        debit(result_of("6555", project, amount), amount, convention=agreement, destination=MISSIONS),
        credit(of_project("458", company, project, amount), amount, convention=agreement),
    )


def return_due(*, company: str, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """A statement closes: the project owes the fund its return. A correction below zero turns the sides (11)."""
    return (
        debit(return_receivable(company, project, amount), amount, convention=agreement),
        credit(result_of("7588", project, amount), amount, convention=agreement),
    )


def return_received(*, company: str, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """A project pays what it owed of its receipts (12)."""
    return (
        debit(bank(amount), amount),
        credit(return_receivable(company, project, amount), amount, convention=agreement),
    )


def return_shared(*, company: str, drawing_rights: Mapping[str, Amount], locked: Amount) -> tuple[Line, ...]:
    """What the charter shares of a return: drawing rights of members, a part locked for the next project (13b).

    Both are commitments, off balance sheet: the whole return is the fund's income, since an association shares no
    profit among its members (law of 1 July 1901, art. 1).
    """
    parts = [(drawing_right_held(member, part), part) for member, part in drawing_rights.items() if part]
    if locked:
        parts.append((locked_for(company, locked), locked))
    total = total_of((part for _, part in parts), locked.unit)
    contra = (debit(commitments(total), total),) if total else ()
    return (*contra, *(credit(account, part) for account, part in parts))


def drawing_right_used(*, member: str, company: str, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """A member draws on its right for a project: the commitment ends, an award to the company begins (13b)."""
    return (
        debit(drawing_right_held(member, amount), amount),
        credit(commitments(amount), amount),
        *award_granted(company=company, project=project, agreement=agreement, amount=amount),
    )


def drawing_right_transferred(*, giver: str, receiver: str, amount: Amount) -> tuple[Line, ...]:
    """One member leaves its right to another (13b)."""
    return (debit(drawing_right_held(giver, amount), amount), credit(drawing_right_held(receiver, amount), amount))


def drawing_right_expired(*, member: str, amount: Amount) -> tuple[Line, ...]:
    """A right reaches its last day unused and returns to the common pot (13b)."""
    return (debit(drawing_right_held(member, amount), amount), credit(commitments(amount), amount))


def locked_part_used(*, company: str, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """The part kept for a company goes to its next project: the commitment ends, an award begins (13b)."""
    return (
        *locked_part_ended(company=company, amount=amount),
        *award_granted(company=company, project=project, agreement=agreement, amount=amount),
    )


def locked_part_ended(*, company: str, amount: Amount) -> tuple[Line, ...]:
    """The part kept for a company returns to the common pot (13b)."""
    return (debit(locked_for(company, amount), amount), credit(commitments(amount), amount))


def money_held(*, party: str, amount: Amount) -> tuple[Line, ...]:
    """Money passes through: the fund receives it as an agent of coproducing members, never as income (13)."""
    return (debit(bank(amount), amount), credit(of_party("4683", party, amount), amount))


def money_passed_on(*, party: str, amount: Amount) -> tuple[Line, ...]:
    """What was received for a coproducer goes on to it (13)."""
    return (debit(of_party("4683", party, amount), amount), credit(bank(amount), amount))
