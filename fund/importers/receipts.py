"""receipts.csv: what the bank received, from whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from moneyed import CURRENCIES

from fund.importers.cells import Row
from fund.importers.faults import Fault
from fund.importers.table import rows_of
from fund.importers.terms import Terms
from ledger.money import Amount

RECEIPTS_FILE = "receipts.csv"
COLUMNS = ("date", "amount", "currency", "member", "reference", "label")


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One payment that reached the bank: one reference, booked once."""

    line: int
    on: date
    amount: Amount
    member: str
    reference: str
    label: str


def read_receipts(text: str, terms: Terms, faults: list[Fault]) -> tuple[ReceiptRow, ...]:
    """The payments, in the order of the file."""
    return tuple(_receipt(row, terms) for row in rows_of(RECEIPTS_FILE, text, COLUMNS, faults))


def _receipt(row: Row, terms: Terms) -> ReceiptRow:
    _check_currency(row, terms.unit.code)
    return ReceiptRow(
        line=row.line,
        on=row.day("date", terms.year),
        amount=terms.amount(row, "amount"),
        member=terms.member(row, "member"),
        reference=terms.reference(row, "reference"),
        label=row.text("label", required=False),
    )


def _check_currency(row: Row, of_fund: str) -> None:
    currency = row.text("currency")
    if not currency or currency == of_fund:
        return
    if currency not in CURRENCIES:
        row.fault("currency", "currency_unknown", text=currency, like=of_fund or "EUR")
    elif of_fund:
        row.fault("currency", "currency_other", text=currency, like=of_fund)
