"""Suppliers, the bank and currencies: rows 2, 8c and what every year holds beside them."""

from __future__ import annotations

from fund.accounting.account_keys import bank, of_party, result_of
from ledger.journal import AccountKey, Line, credit, debit
from ledger.money import Amount


def invoice_received(
    *,
    supplier: str,
    account: str,
    project: str,
    convention: str,
    destination: str,
    public_generosity: bool,
    amount: Amount,
) -> tuple[Line, ...]:
    """A supplier's invoice, all taxes included: a fund outside commercial taxes recovers no VAT (8c)."""
    return (
        debit(
            result_of(account, project, amount),
            amount,
            convention=convention,
            destination=destination,
            public_generosity=public_generosity,
        ),
        credit(of_party("401", supplier, amount), amount),
    )


def invoice_paid(*, supplier: str, amount: Amount) -> tuple[Line, ...]:
    """A supplier is paid."""
    return (debit(of_party("401", supplier, amount), amount), credit(bank(amount), amount))


def volunteer_owed(*, party: str, account: str, project: str, destination: str, amount: Amount) -> tuple[Line, ...]:
    """A volunteer has spent for the fund, and asks for it back."""
    return (
        debit(result_of(account, project, amount), amount, destination=destination),
        credit(of_party("4681", party, amount), amount),
    )


def volunteer_repaid(*, party: str, amount: Amount) -> tuple[Line, ...]:
    """A volunteer gets back what it spent."""
    return (debit(of_party("4681", party, amount), amount), credit(bank(amount), amount))


def bank_charged(*, destination: str, amount: Amount) -> tuple[Line, ...]:
    """The bank takes its charges."""
    return (
        debit(AccountKey("6278", unit=amount.unit), amount, destination=destination),
        credit(bank(amount), amount),
    )


def interest_received(*, amount: Amount) -> tuple[Line, ...]:
    """The bank pays interest."""
    return (debit(bank(amount), amount), credit(AccountKey("768", unit=amount.unit), amount))


def deposit_paid(*, party: str, amount: Amount) -> tuple[Line, ...]:
    """A guarantee is deposited in cash: it comes back one day."""
    return (debit(of_party("275", party, amount), amount), credit(bank(amount), amount))


def cash_moved(*, source: str, account: str, amount: Amount) -> tuple[Line, ...]:
    """Money leaves one account of the fund for another, by way of 580 until both statements show it."""
    return (debit(AccountKey(account, unit=amount.unit), amount), credit(AccountKey(source, unit=amount.unit), amount))


def currency_converted(*, given: Amount, received: Amount) -> tuple[Line, ...]:
    """One currency becomes another at the bank: two pairs, and 580 kept in both units between them."""
    return (
        debit(bank(received), received),
        credit(AccountKey("580", unit=received.unit), received),
        debit(AccountKey("580", unit=given.unit), given),
        credit(bank(given), given),
    )
