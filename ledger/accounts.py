"""Accounts as plain keys, and the selection of those that share parts. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ledger.journal import AccountKey
from ledger.models import Account, Book
from ledger.money import Unit
from ledger.rows import fetched


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of SQL on `ledger_account a` and its `ledger_unit u`, with its parameters."""

    sql: str
    parameters: tuple[Any, ...]


def matching(
    book: Book,
    *,
    key: AccountKey | None = None,
    chart: str | None = None,
    party: str | None = None,
    project: str | None = None,
    convention: str | None = None,
    unit: str | None = None,
) -> Condition:
    """The condition that these parts make: what is None matches all, `chart` by prefix, the others exactly."""
    exact = {
        "a.code": key and key.code,
        "a.party": party,
        "a.project": project,
        "a.convention": convention,
        "u.code": key.unit.code if key else unit,
    }
    parts: list[str] = ["a.book_id = %s"]
    parameters: list[Any] = [book.pk]
    for column, text in exact.items():
        if text is not None:
            parts.append(f"{column} = %s")
            parameters.append(text)
    if chart is not None:
        # Not LIKE, which takes small letters for capitals on SQLite.
        parts.append("substr(a.chart, 1, %s) = %s")
        parameters += [len(chart), chart]
    if not all(_can_be_stored(value) for value in parameters if isinstance(value, str)):
        return Condition("1 = 0", ())
    return Condition(" AND ".join(parts), tuple(parameters))


def _can_be_stored(text: str) -> bool:
    """Whether both databases take the text; no account has one that they do not."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


KEY_COLUMNS = "a.id, a.chart, a.party, a.project, a.convention, u.code, u.scale, u.kind"
"""What `key_of` reads, first in a row."""

ACCOUNTS = "ledger_account a JOIN ledger_unit u ON u.id = a.unit_id"


def key_of(row: tuple[Any, ...]) -> AccountKey:
    """The plain key of an account from its `KEY_COLUMNS`."""
    chart, party, project, convention, *unit = row[1:8]
    return AccountKey(chart, party, project, convention, Unit(*unit))


def matching_keys(which: Condition) -> dict[int, AccountKey]:
    """The accounts of a condition by identifier."""
    sql = f"SELECT {KEY_COLUMNS} FROM {ACCOUNTS} WHERE {which.sql} ORDER BY a.id"  # noqa: S608 - made here
    return {row[0]: key_of(row) for row in fetched(sql, which.parameters)}


def account_keys(ids: set[int]) -> dict[int, AccountKey]:
    """The plain keys of these accounts."""
    wanted = sorted(ids)
    parts = (wanted[start : start + 20_000] for start in range(0, len(wanted), 20_000))
    return {
        account.pk: account_key(account)
        for part in parts
        for account in Account.objects.filter(pk__in=part).select_related("unit")
    }


def account_key(account: Account) -> AccountKey:
    """The plain key of an account whose unit is at hand."""
    return AccountKey(account.chart, account.party, account.project, account.convention, account.unit.value)
