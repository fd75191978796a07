"""A file of the bank's lines (CSV): every fault with its line and a sentence, and nothing taken in while there is one.

Columns, in any order: `account` (512 or a sub-account), `date` (2026-03-31), `amount` (12.50; with `-` for what went
out), `reference`, `counterparty`, `label` (texts, may be empty), `balance` (what the account held after the line, may
be empty). Lines of an account stand oldest first, as its statement has them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from fund.importers.cells import Row
from fund.importers.faults import Fault
from fund.importers.files import decoded
from fund.importers.table import rows_of
from fund.importers.values import Misread, Year, read_minor
from fund.services.bank import BankRow
from ledger.money import Unit

COLUMNS: Final = ("account", "date", "amount", "reference", "counterparty", "label", "balance")
SHORT, LONG = 140, 300

_ACCOUNT: Final = re.compile(r"512[0-9]{0,12}", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1900, 9000


@dataclass(frozen=True, slots=True)
class BankFile:
    """The lines of a file with its SHA-256; `rows` are whole only where there is no fault."""

    rows: tuple[BankRow, ...]
    sha256: str
    faults: tuple[Fault, ...]


def read_bank_file(name: str, raw: bytes, unit: Unit) -> BankFile:
    """The lines of the bank in a file, in the fund's currency."""
    faults: list[Fault] = []
    text = decoded(name, raw, faults)
    found = [(row, _read(row, unit)) for row in rows_of(name, text, COLUMNS, faults)]
    if not faults:
        _check_course(found, unit)
    in_order = sorted(faults, key=lambda fault: (fault.line, fault.place, fault.code))
    return BankFile(tuple(read for _, read in found), sha256(raw).hexdigest(), tuple(in_order))


def _read(row: Row, unit: Unit) -> BankRow:
    account = row.text("account", limit=SHORT)
    if account and not _ACCOUNT.fullmatch(account):
        row.fault("account", "bank_account_form", text=account)
    minor = _signed(row, "amount", unit, required=True)
    if minor == 0:
        row.fault("amount", "number_zero", text=row.raw("amount") or "")
    return BankRow(
        account=account,
        on=_day(row),
        minor=minor or 0,
        reference=row.text("reference", required=False, limit=SHORT),
        counterparty=row.text("counterparty", required=False, limit=SHORT),
        label=row.text("label", required=False, limit=LONG),
        balance_minor=_signed(row, "balance", unit, required=False),
    )


def _day(row: Row) -> date:
    text = row.text("date")
    day = Year(None).read(text) if text else date.min
    if isinstance(day, Misread):
        row.fault("date", day.code, **day.facts)
        return date.min
    if text and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        row.fault("date", "date_unreal", text=text)
    return day


def _signed(row: Row, column: str, unit: Unit, *, required: bool) -> int | None:
    """An amount with its sign; None where it is empty or a fault."""
    text = row.text(column, required=required)
    if not text:
        return None
    out = text.startswith("-")
    minor = read_minor(text[1:] if out else text, unit.scale, zero=True)
    if isinstance(minor, Misread):
        row.fault(column, minor.code, **minor.facts)
        return None
    return -minor if out else minor


def _check_course(found: Sequence[tuple[Row, BankRow]], unit: Unit) -> None:
    """The days of an account never go back, and each balance is the one before with the line's amount."""
    last: dict[str, BankRow] = {}
    for row, read in found:
        before = last.get(read.account)
        if before is not None:
            if read.on < before.on:
                row.fault("date", "bank_order", text=read.on.isoformat(), found=before.on.isoformat())
            elif None not in (read.balance_minor, before.balance_minor):
                expected = (before.balance_minor or 0) + read.minor
                if read.balance_minor != expected:
                    row.fault(
                        "balance", "bank_balance_breaks", text=row.raw("balance") or "", like=_written(expected, unit)
                    )
        last[read.account] = read


def _written(minor: int, unit: Unit) -> str:
    whole, part = divmod(abs(minor), 10**unit.scale)
    digits = f".{part:0{unit.scale}}" if unit.scale else ""
    return f"{'-' if minor < 0 else ''}{whole}{digits}"
