"""Sums by the parts of accounts and postings: party, project, funder, destination. Reads only, exact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.accounts import ACCOUNTS, matching, matching_keys
from ledger.entries import book_row
from ledger.journal import AccountKey
from ledger.models import first_id
from ledger.money import Amount, Unit
from ledger.questions import check_days, check_parts
from ledger.readings import CREDITS, DEBITS, held
from ledger.rows import fetched

Value = str | bool

_OF_ACCOUNT: dict[str, Callable[[AccountKey], str]] = {
    "account": lambda key: key.code,
    "chart": lambda key: key.chart,
    "party": lambda key: key.party,
    "project": lambda key: key.project,
    "convention": lambda key: key.convention,
}
_OF_POSTING = {"funder": "convention", "destination": "destination", "public_generosity": "public_generosity"}

PARTS = (*_OF_ACCOUNT, *_OF_POSTING)
"""What sums can be made by.

`account` (its whole code), `chart`, `party`, `project` and `convention` are the account's. `destination` and
`public_generosity` are the line's. `funder` is the line's convention, or else the account's: whose money it is.
"""


@dataclass(frozen=True, slots=True)
class Sum:
    """What all postings that share these parts sum to: opening and closing signed, debit and credit gross."""

    parts: tuple[Value, ...]
    opening: Amount
    debit: Amount
    credit: Amount

    @property
    def unit(self) -> Unit:
        return self.opening.unit

    @property
    def closing(self) -> Amount:
        return self.opening + self.debit - self.credit


_Piece = tuple[AccountKey, tuple[Value, ...], int, int, int]
"""An account, parts of its postings, and their opening, debit and credit."""


def sums(
    book: str,
    *,
    by: Sequence[str] = ("chart",),
    chart: str | None = None,
    party: str | None = None,
    project: str | None = None,
    convention: str | None = None,
    unit: str | None = None,
    first: date | None = None,
    as_of: date | None = None,
) -> list[Sum]:
    """Openings before `first`, movements till `as_of` and closings, by these `PARTS`, in the order of the parts.

    Units are never added: each has sums of its own. The accounts are selected as for `balances`, and those that
    never moved are left out. By parts of accounts alone the cost is that of a trial balance; by parts of postings
    it is linear in the postings of the accounts selected. Raises `PartUnknown` for a part that is unknown or named
    twice, `DateInvalid` and `DaysReversed` for days, `BookUnknown` for the book.
    """
    check_days(first=first, last=as_of)
    check_parts(by, PARTS)
    row = book_row(book)
    which = matching(row, chart=chart, party=party, project=project, convention=convention, unit=unit)
    of_posting = [part for part in _OF_POSTING if part in by]
    if of_posting:
        pieces = _pieces(row.pk, which.sql, which.parameters, of_posting, first, as_of)
        keys = matching_keys(which)
        found: list[_Piece] = [(keys[account_id], *piece) for account_id, *piece in pieces]
    else:
        found = [
            (each.key, (), each.opening, each.debit, each.credit) for each in held(row, which, first=first, last=as_of)
        ]
    totals: dict[tuple[tuple[Value, ...], Unit], list[int]] = defaultdict(lambda: [0, 0, 0])
    for key, values, *minors in found:
        if any(minors):
            named = dict(zip(of_posting, values, strict=True))
            total = totals[tuple(_value(part, key, named) for part in by), key.unit]
            total[:] = map(int.__add__, total, minors)
    return [
        Sum(parts, *(Amount(minor, unit_) for minor in total))
        for (parts, unit_), total in sorted(totals.items(), key=lambda item: (item[0][0], item[0][1].code))
    ]


def _value(part: str, key: AccountKey, named: dict[str, Value]) -> Value:
    if part in _OF_ACCOUNT:
        return _OF_ACCOUNT[part](key)
    if part == "funder":
        return named[part] or key.convention
    return named[part]


def _pieces(
    book_id: int,
    where: str,
    parameters: Sequence[Any],
    parts: Sequence[str],
    first: date | None,
    last: date | None,
) -> list[tuple[Any, ...]]:
    """Sums of postings by account and these parts of theirs; no sum leaves 64 bits, since none does of an account."""
    columns = [f"p.{_OF_POSTING[part]}" for part in parts]
    early = 'p."on" < %s' if first else "1 = 0"
    days = [first.isoformat()] if first else []
    bounds = ['p."on" <= %s'] if last else []
    found = fetched(
        f"SELECT p.account_id, {', '.join(columns)}, "  # noqa: S608 - constants
        f"sum(CASE WHEN {early} THEN minor ELSE 0 END), sum(CASE WHEN {early} THEN 0 ELSE {DEBITS} END), "
        f"sum(CASE WHEN {early} THEN 0 ELSE {CREDITS} END) FROM ledger_posting p "
        f"WHERE p.account_id IN (SELECT a.id FROM {ACCOUNTS} WHERE {where}) "
        f"AND {' AND '.join(['p.id > %s', 'p.id < %s', *bounds])} GROUP BY p.account_id, {', '.join(columns)}",
        [*days * 3, *parameters, first_id(book_id), first_id(book_id + 1), *([last.isoformat()] if last else [])],
    )
    return [
        (row[0], tuple(_plain(part, value) for part, value in zip(parts, row[1:-3], strict=True)), *map(int, row[-3:]))
        for row in found
    ]


def _plain(part: str, value: Any) -> Value:
    return bool(value) if part == "public_generosity" else str(value)
