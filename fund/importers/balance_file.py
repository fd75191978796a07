"""A trial balance as a CSV file: the closing balances of the year before, one line for each account and auxiliary.

Plain Python. Columns: account, auxiliary, debit, credit; where wanted name (of the auxiliary, or of the account where
there is none), account_name, project, convention, and item where an account has several open items.
"""

from __future__ import annotations

from fund.importers.cells import Row
from fund.importers.faults import Fault
from fund.importers.files import decoded
from fund.importers.names_file import NAME_LIMIT, PARTY_LIMIT, account_misread, code_misread
from fund.importers.opening_draft import BalanceRow, OpeningTerms
from fund.importers.table import rows_of
from fund.importers.values import Misread

COLUMNS = ("account", "auxiliary", "debit", "credit")
OPTIONAL = ("name", "account_name", "project", "convention", "item")
ITEM_LIMIT, CONVENTION_LIMIT = 100, 60


def read_balance(name: str, raw: bytes, terms: OpeningTerms, faults: list[Fault]) -> list[BalanceRow]:
    """The balances of the file in its order; what is wrong with a line is noted."""
    text = decoded(name, raw, faults)
    return [_balance(row, terms) for row in rows_of(name, text, COLUMNS, faults, optional=OPTIONAL)]


def _balance(row: Row, terms: OpeningTerms) -> BalanceRow:
    account = row.text("account")
    if _spoilt(row, "account", account_misread(account) if account else None):
        account = ""
    auxiliary = _code(row, "auxiliary")
    name = row.text("name", required=False, limit=PARTY_LIMIT if auxiliary else NAME_LIMIT)
    own = row.text("account_name", required=False, limit=NAME_LIMIT)
    return BalanceRow(
        line=row.line,
        account=account,
        minor=_minor(row, terms.unit.scale),
        auxiliary=auxiliary,
        project=_code(row, "project"),
        convention=_code(row, "convention", CONVENTION_LIMIT),
        item=row.text("item", required=False, limit=ITEM_LIMIT),
        name=name if auxiliary else "",
        account_name=own or ("" if auxiliary else name),
    )


def _minor(row: Row, scale: int) -> int:
    """Debit less credit; one of them is empty or zero."""
    debit = row.minor("debit", scale, zero=True, required=False) or 0
    credit = row.minor("credit", scale, zero=True, required=False) or 0
    if debit and credit:
        row.fault("credit", "sides_both")
        return 0
    return debit - credit


def _code(row: Row, column: str, limit: int = 40) -> str:
    text = row.text(column, required=False)
    return "" if not text or _spoilt(row, column, code_misread(text, limit)) else text


def _spoilt(row: Row, column: str, misread: Misread | None) -> bool:
    if misread is None:
        return False
    row.fault(column, misread.code, **misread.facts)
    return True
