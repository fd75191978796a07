"""All the bookkeeping of a fund on one page: one function per event, returning lines that balance in every unit.

The services say when something happens; this page says how it is booked. Accounts are those of `fund/chart.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, unquote

from fund.chart import IN_KIND_ACCOUNTS, TREATMENTS
from ledger.journal import AccountKey, Line, credit, debit
from ledger.money import EUR_INKIND, HOUR, NOTORIETY, Amount, total_of

MISSIONS = "missions-sociales"
"""The destination of what is spent on the fund's purpose, in the statement by origin and destination (CROD)."""


_ODD = re.compile(r"[\s%]")
"""What a bank or a person may write in a reference and an entry's reference does not hold."""


def bank(amount: Amount) -> AccountKey:
    return AccountKey("512", unit=amount.unit)


def receivable(category: str, member: str, amount: Amount) -> AccountKey:
    """What a member of this category owes the fund."""
    return AccountKey(TREATMENTS[category].receivable, party=member, unit=amount.unit)


def award_payable(company: str, project: str, amount: Amount) -> AccountKey:
    """What the fund owes a company of its award."""
    return AccountKey("4682", party=company, project=project, unit=amount.unit)


def return_receivable(company: str, project: str, amount: Amount) -> AccountKey:
    """What a project owes the fund of its receipts."""
    return AccountKey("4673", party=company, project=project, unit=amount.unit)


def award_committed(company: str, project: str, amount: Amount) -> AccountKey:
    return AccountKey("80181", party=company, project=project, unit=amount.unit)


def drawing_right_held(member: str, amount: Amount) -> AccountKey:
    """What a member may still draw."""
    return AccountKey("80182", party=member, unit=amount.unit)


def locked_for(company: str, amount: Amount) -> AccountKey:
    """What is kept for a company's next project."""
    return AccountKey("80183", party=company, unit=amount.unit)


def commitments(amount: Amount) -> AccountKey:
    return AccountKey("8091", unit=amount.unit)


def contribution_called(*, member: str, category: str, amount: Amount) -> tuple[Line, ...]:
    """The charter's formula asks a member for money: the member owes it, the fund has earned it."""
    income = AccountKey(TREATMENTS[category].income, unit=amount.unit)
    return (debit(receivable(category, member, amount), amount), credit(income, amount))


def contribution_received(*, member: str, category: str, amount: Amount) -> tuple[Line, ...]:
    """The bank has the money; the member owes so much less."""
    return (debit(bank(amount), amount), credit(receivable(category, member, amount), amount))


def in_kind_received(*, member: str, kind: str, project: str, value: Amount, hours: Amount) -> tuple[Line, ...]:
    """Help in kind is given and used at once: valued in its own unit, and its hours counted as hours."""
    used, given = IN_KIND_ACCOUNTS[kind]
    lines: tuple[Line, ...] = ()
    if value:
        lines += (
            debit(AccountKey(used, project=project, unit=EUR_INKIND), value, destination=MISSIONS),
            credit(AccountKey(given, party=member, unit=EUR_INKIND), value),
        )
    if hours:
        lines += (
            debit(AccountKey("911", project=project, unit=HOUR), hours, destination=MISSIONS),
            credit(AccountKey("912", party=member, unit=HOUR), hours),
        )
    return lines


def award_voted(*, company: str, project: str, amount: Amount) -> tuple[Line, ...]:
    """The committee votes an award: a commitment, off balance sheet until the company is told in writing."""
    return (debit(commitments(amount), amount), credit(award_committed(company, project, amount), amount))


def award_notified(*, company: str, project: str, amount: Amount) -> tuple[Line, ...]:
    """The company is told in writing: the commitment becomes an expense and a debt, and its agreement adds nothing.

    The day of the notice is the day of the grant: a vote of December that is notified in January is an expense of
    the next year (CNCC).
    """
    return (
        debit(award_committed(company, project, amount), amount),
        credit(commitments(amount), amount),
        debit(AccountKey("6571", project=project, unit=amount.unit), amount, destination=MISSIONS),
        credit(award_payable(company, project, amount), amount),
    )


def agreement_signed(*, company: str, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """An award that nobody had notified is signed: the commitment becomes an expense and a debt."""
    return (
        debit(award_committed(company, project, amount), amount),
        credit(commitments(amount), amount),
        debit(
            AccountKey("6571", project=project, unit=amount.unit), amount, convention=agreement, destination=MISSIONS
        ),
        credit(award_payable(company, project, amount), amount, convention=agreement),
    )


def tranche_paid(*, company: str, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """A tranche leaves the bank."""
    return (
        debit(award_payable(company, project, amount), amount, convention=agreement),
        credit(bank(amount), amount),
    )


def return_due(*, company: str, project: str, agreement: str, amount: Amount) -> tuple[Line, ...]:
    """A statement closes: the project owes the fund its return. A correction below zero turns the sides."""
    return (
        debit(return_receivable(company, project, amount), amount, convention=agreement),
        credit(AccountKey("7588", project=project, unit=amount.unit), amount, convention=agreement),
    )


def return_shared(*, company: str, drawing_rights: Mapping[str, Amount], locked: Amount) -> tuple[Line, ...]:
    """What the charter shares of a return: drawing rights of members, a part locked for the company's next project.

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
    """A member draws on its right for a project: the commitment ends, an award to the company begins."""
    return (
        debit(drawing_right_held(member, amount), amount),
        credit(commitments(amount), amount),
        debit(
            AccountKey("6571", project=project, unit=amount.unit), amount, convention=agreement, destination=MISSIONS
        ),
        credit(award_payable(company, project, amount), amount, convention=agreement),
    )


def drawing_right_transferred(*, giver: str, receiver: str, amount: Amount) -> tuple[Line, ...]:
    """One member leaves its right to another."""
    return (debit(drawing_right_held(giver, amount), amount), credit(drawing_right_held(receiver, amount), amount))


def drawing_right_expired(*, member: str, amount: Amount) -> tuple[Line, ...]:
    """A right reaches its last day unused and returns to the common pot."""
    return (debit(drawing_right_held(member, amount), amount), credit(commitments(amount), amount))


def entry_reference(kind: str, *named: object) -> str:
    """The reference of an entry: its event, then the record it books. Spaces and `%` are written `%20` and `%25`.

    >>> entry_reference("receipt", "REL 12")
    'receipt:REL%2012'
    """
    return ":".join([kind, *(_ODD.sub(lambda odd: quote(odd[0]), str(name)) for name in named)])


def booked_record(reference: str) -> tuple[str, str]:
    """The event and the record that an entry's reference names.

    >>> booked_record("receipt:REL%2012")
    ('receipt', 'REL 12')
    """
    kind, _, named = reference.partition(":")
    return kind, unquote(named)


def notoriety_produced(project: str) -> AccountKey:
    """The recognition that a project has brought to those who made it possible."""
    return AccountKey("921", project=project, unit=NOTORIETY)


def notoriety_held(party: str) -> AccountKey:
    """The recognition a party has; without a party, the fund's own."""
    return AccountKey("922", party=party, unit=NOTORIETY)


def notoriety_credited(*, produced: Mapping[str, Amount], recognised: Mapping[str, Amount]) -> tuple[Line, ...]:
    """A yearly statement is adopted: what each project's facts are worth is credited to those the charter names."""
    worth = ((notoriety_produced(project), points) for project, points in produced.items() if points)
    parts = ((notoriety_held(party), points) for party, points in recognised.items() if points)
    return (
        *(debit(account, points) for account, points in worth),
        *(credit(account, points) for account, points in parts),
    )


def notoriety_decayed(*, recognised: Mapping[str, Amount]) -> tuple[Line, ...]:
    """A year has passed: of what each party had, the charter lets a part fade."""
    parts = {party: points for party, points in recognised.items() if points}
    total = total_of(parts.values(), NOTORIETY)
    faded = (credit(AccountKey("923", unit=NOTORIETY), total),) if parts else ()
    return (*(debit(notoriety_held(party), points) for party, points in parts.items()), *faded)
