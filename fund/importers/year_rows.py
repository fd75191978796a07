"""The rows of a year's folder as the facts that services take."""

from __future__ import annotations

from fund.importers.exploitation import PerformanceRow
from fund.importers.in_kind import InKindRow
from fund.importers.notoriety import NotorietyRow
from fund.importers.receipts import ReceiptRow
from fund.importers.year_folder import YearFolder
from fund.services.contributions import Receipt
from fund.services.exploitation import Played
from fund.services.in_kind import Gift
from fund.services.notoriety import Declared
from ledger.money import Amount


def receipt_of(row: ReceiptRow) -> Receipt:
    """Money on the bank statement."""
    return Receipt(reference=row.reference, member=row.member, on=row.on, amount=row.amount, label=row.label)


def gift_of(row: InKindRow, folder: YearFolder) -> Gift:
    """Help in kind."""
    return Gift(
        reference=row.reference,
        member=row.member,
        on=row.on,
        kind=row.kind,
        quantity_hundredths=int(row.quantity * 100),
        unit=row.unit,
        unit_value=Amount(row.unit_value, folder.fund.currency),
        method=row.method,
        project=row.project,
    )


def played_of(row: PerformanceRow) -> Played:
    """A date before the public."""
    return Played(
        reference=row.reference,
        on=row.on,
        fee=row.fee,
        kind=row.kind,
        member_date=row.member_date,
        triggered=row.triggered,
        town=row.town,
        audience=row.audience,
    )


def declared_of(row: NotorietyRow) -> Declared:
    """A fact of recognition."""
    return Declared(
        reference=row.reference,
        kind=row.kind,
        level=row.level,
        on=row.on,
        place=row.place,
        evidence=row.evidence,
        url=row.url,
    )


def statement_reference(project: str, year: int) -> str:
    """The statement that holds a project's dates of a year."""
    return f"EXPL-{year}-{project}"


def call_slug(year: int) -> str:
    """The year's call for projects."""
    return f"call-{year}"
