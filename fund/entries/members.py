"""Money, loans and help of members and funders: rows 1 to 4, 14 and 16b of the table of entries."""

from __future__ import annotations

from collections.abc import Mapping

from fund.accounting.account_keys import bank, brought, of_party, receivable, result_of
from fund.accounting.destinations import MISSIONS
from fund.chart import IN_KIND_ACCOUNTS, BookingOption
from ledger.journal import AccountKey, Line, credit, debit
from ledger.money import EUR_INKIND, HOUR, Amount, total_of


def contribution_called(
    *, member: str, option: BookingOption, amount: Amount, convention: str = ""
) -> tuple[Line, ...]:
    """The charter's formula asks a member for money: the member owes it, the fund has earned it (1, 1b, 4).

    Under a treatment that waits for the money nothing is booked: what is asked for stays in the register of members.
    """
    if not option.receivable:
        return ()
    return (
        debit(receivable(option, member, amount), amount, convention=convention),
        credit(brought(option, member, amount), amount, convention=convention),
    )


def contribution_received(
    *, member: str, option: BookingOption, amount: Amount, convention: str = ""
) -> tuple[Line, ...]:
    """The bank has the money; the member owes so much less, or nothing was owed and it is booked now (2, 2b)."""
    account = receivable(option, member, amount) if option.receivable else brought(option, member, amount)
    return (debit(bank(amount), amount), credit(account, amount, convention=convention))


def contribution_lost(*, member: str, amount: Amount) -> tuple[Line, ...]:
    """A member will not pay what it was called for."""
    return (
        debit(result_of("654", "", amount), amount, destination=MISSIONS),
        credit(of_party("411", member, amount), amount),
    )


def financial_contribution_signed(*, member: str, convention: str, amount: Amount) -> tuple[Line, ...]:
    """A private body signs a convention: its contribution is income, for the project it names (1b)."""
    return (
        debit(of_party("4671", member, amount), amount, convention=convention),
        credit(AccountKey("7551", unit=amount.unit), amount, convention=convention),
    )


def financial_contribution_received(*, member: str, convention: str, amount: Amount) -> tuple[Line, ...]:
    """The bank has what the convention promised (2)."""
    return (debit(bank(amount), amount), credit(of_party("4671", member, amount), amount, convention=convention))


def gift_received(*, convention: str, amount: Amount) -> tuple[Line, ...]:
    """A person gives: income of the generosity of the public, when it is received (2b)."""
    income = AccountKey("75411", unit=amount.unit)
    return (debit(bank(amount), amount), credit(income, amount, convention=convention, public_generosity=True))


def subsidy_notified(*, funder: str, convention: str, amount: Amount) -> tuple[Line, ...]:
    """A public authority notifies a grant without a condition that suspends it (4)."""
    return (
        debit(of_party("4417", funder, amount), amount, convention=convention),
        credit(AccountKey("741", unit=amount.unit), amount, convention=convention),
    )


def subsidy_received(*, funder: str, convention: str, amount: Amount) -> tuple[Line, ...]:
    """The grant, or a part of it, reaches the bank (4b)."""
    return (debit(bank(amount), amount), credit(of_party("4417", funder, amount), amount, convention=convention))


def loan_received(*, member: str, account: str, convention: str, amount: Amount) -> tuple[Line, ...]:
    """A member lends what is repayable at a date or on leaving: a debt, on 168 or 455; own funds on 1034."""
    return (debit(bank(amount), amount), credit(of_party(account, member, amount), amount, convention=convention))


def loan_repaid(*, member: str, account: str, convention: str, amount: Amount) -> tuple[Line, ...]:
    """What a member lent or brought is paid back: no distribution (14)."""
    return (debit(of_party(account, member, amount), amount, convention=convention), credit(bank(amount), amount))


def own_funds_brought(*, convention: str, amount: Amount) -> tuple[Line, ...]:
    """An addition that a convention stipulates to strengthen own funds reaches the bank."""
    return (debit(bank(amount), amount), credit(AccountKey("1024", unit=amount.unit), amount, convention=convention))


def goods_kept(*, account: str, source: str, amount: Amount) -> tuple[Line, ...]:
    """Durable goods are given and kept, at their market value: an asset, and own funds or income (3)."""
    return (debit(AccountKey(account, unit=amount.unit), amount), credit(AccountKey(source, unit=amount.unit), amount))


def in_kind_received(*, member: str, kind: str, project: str, value: Amount, hours: Amount) -> tuple[Line, ...]:
    """Help in kind is given and used at once: valued in its own unit, and its hours counted as hours (3b)."""
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


def loss_called(*, shares: Mapping[str, Amount], project: str) -> tuple[Line, ...]:
    """The statutes let the fund call a loss to its members: each owes its share (16b)."""
    parts = {member: share for member, share in shares.items() if share}
    if not parts:
        return ()
    total = total_of(parts.values(), next(iter(parts.values())).unit)
    return (
        *(debit(of_party("411", member, share), share) for member, share in parts.items()),
        credit(result_of("75882", project, total), total),
    )
