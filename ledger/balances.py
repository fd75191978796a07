"""What the books say: balances, trial balance, statements, entries, the head. Reads only, all as of a date.

Everything is answered as plain values with amounts; debit is positive, credit negative. `as_of`, `first` and
`last` are dates of the fact (`Entry.on`), both ends included.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from ledger.account_statements import AccountStatement, StatementLine, account_statement
from ledger.accounts import account_key, matching
from ledger.entries import StoredEntry, book_row, stored_entries, stored_entry
from ledger.errors import EntryUnknown
from ledger.journal import AccountKey
from ledger.models import NUMBER_MASK, Account, Balance, Book, first_id
from ledger.models import Head as HeadRow
from ledger.models import Unit as UnitRow
from ledger.money import Amount, Unit
from ledger.rows import fetched

__all__ = [
    "AccountBalance",
    "AccountStatement",
    "BookRow",
    "Head",
    "StatementLine",
    "StoredEntry",
    "TrialRow",
    "account_statement",
    "balance",
    "balances",
    "books",
    "chain_head",
    "entry",
    "entry_by_number",
    "journal_entries",
    "trial_balance",
    "units_sum_to_zero",
]

GROSS_SUMS = "sum(CASE WHEN minor > 0 THEN minor ELSE 0 END), sum(CASE WHEN minor < 0 THEN -minor ELSE 0 END)"


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """What an account holds: both gross sides, and their difference."""

    account: AccountKey
    debit: Amount
    credit: Amount

    @property
    def amount(self) -> Amount:
        return self.debit - self.credit


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One row of the trial balance (*balance*): opening and closing are signed, debit and credit gross."""

    chart: str
    opening: Amount
    debit: Amount
    credit: Amount

    @property
    def closing(self) -> Amount:
        return self.opening + self.debit - self.credit


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a book's chain: publish `hash` and nobody can rewrite what stands before it unseen."""

    seals: int
    entries: int
    hash: str


@dataclass(frozen=True, slots=True)
class BookRow:
    """A book of this installation."""

    slug: str
    name: str
    functional_unit: Unit


def books() -> list[BookRow]:
    """The books, by slug."""
    found = Book.objects.select_related("functional_unit")
    return sorted((BookRow(b.slug, b.name, b.functional_unit.value) for b in found), key=lambda row: row.slug)


def chain_head(book: str) -> Head:
    """Where the chain of the book ends."""
    return _head(book_row(book).head)


def _head(row: HeadRow) -> Head:
    return Head(row.last_seal & NUMBER_MASK, row.last_entry & NUMBER_MASK, bytes(row.hash).hex())


def balance(book: str, key: AccountKey, as_of: date | None = None) -> Amount:
    """What the account holds; zero when nothing was ever posted to it."""
    row = book_row(book)
    account = (
        Account.objects.select_related("balance").filter(book=row, code=key.code, unit__code=key.unit.code).first()
    )
    if account is None:
        return Amount(0, key.unit)
    if as_of is None:
        return Amount(account.balance.debit - account.balance.credit, key.unit)
    found = fetched(
        'SELECT sum(minor) FROM ledger_posting WHERE account_id = %s AND "on" <= %s', [account.pk, as_of.isoformat()]
    )
    return Amount(int(found[0][0] or 0), key.unit)


def balances(
    book: str,
    *,
    chart: str | None = None,
    party: str | None = None,
    project: str | None = None,
    convention: str | None = None,
    unit: str | None = None,
    as_of: date | None = None,
) -> list[AccountBalance]:
    """The accounts that match, by code and unit; what is None matches all, an empty text only the empty part.

    `chart` matches by prefix, as accountants read a chart: `46` takes 4671 and 4682.
    """
    row = book_row(book)
    which = matching(chart=chart, party=party, project=project, convention=convention, unit=unit)
    accounts = list(Account.objects.filter(which, book=row).select_related("unit"))
    totals = _current_totals(row) if as_of is None else _totals(row, None, as_of)
    found = []
    for account in accounts:
        debit, credit = totals.get(account.pk, (0, 0))
        key = account_key(account)
        found.append(AccountBalance(key, Amount(debit, key.unit), Amount(credit, key.unit)))
    return sorted(found, key=lambda held: (held.account.code, held.account.unit.code))


def _current_totals(book: Book) -> dict[int, tuple[int, int]]:
    found = Balance.objects.filter(account__book=book).values_list("account_id", "debit", "credit")
    return {account_id: (debit, credit) for account_id, debit, credit in found}


def _totals(book: Book, first: date | None, last: date | None) -> dict[int, tuple[int, int]]:
    """Gross debit and credit of each account over the days from `first` to `last`."""
    conditions, parameters = ["id > %s", "id < %s"], [first_id(book.pk), first_id(book.pk + 1)]
    bounds: list[object] = list(parameters)
    for comparison, day in ((">=", first), ("<=", last)):
        if day is not None:
            conditions.append(f'"on" {comparison} %s')
            bounds.append(day.isoformat())
    where = " AND ".join(conditions)
    found = fetched(f"SELECT account_id, {GROSS_SUMS} FROM ledger_posting WHERE {where} GROUP BY account_id", bounds)  # noqa: S608
    return {account_id: (int(debit), int(credit)) for account_id, debit, credit in found}


def trial_balance(book: str, *, first: date | None = None, as_of: date | None = None) -> list[TrialRow]:
    """Opening, movements from `first` to `as_of`, and closing of each chart account and unit, by chart code.

    Without `first` nothing is an opening: all movements are shown.
    """
    row = book_row(book)
    movements = _totals(row, first, as_of) if first or as_of else _current_totals(row)
    openings = _before(row, first) if first else {}
    sums: dict[tuple[str, Unit], list[int]] = defaultdict(lambda: [0, 0, 0])
    for account in Account.objects.filter(book=row).select_related("unit"):
        debit, credit = movements.get(account.pk, (0, 0))
        opening = openings.get(account.pk, 0)
        total = sums[(account.chart, account.unit.value)]
        total[0], total[1], total[2] = total[0] + opening, total[1] + debit, total[2] + credit
    return [
        TrialRow(chart, *(Amount(minor, unit) for minor in total))
        for (chart, unit), total in sorted(sums.items(), key=lambda item: (item[0][0], item[0][1].code))
    ]


def _before(book: Book, first: date) -> dict[int, int]:
    found = fetched(
        'SELECT account_id, sum(minor) FROM ledger_posting WHERE id > %s AND id < %s AND "on" < %s GROUP BY account_id',
        [first_id(book.pk), first_id(book.pk + 1), first.isoformat()],
    )
    return {account_id: int(total) for account_id, total in found}


def units_sum_to_zero(book: str) -> dict[str, int]:
    """The sum of all postings in each unit that the book uses, from the postings themselves: all zero when sound."""
    row = book_row(book)
    units = dict(UnitRow.objects.values_list("pk", "code"))
    found = fetched(
        "SELECT a.unit_id, sum(p.minor) FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id "
        "WHERE p.id > %s AND p.id < %s GROUP BY a.unit_id",
        [first_id(row.pk), first_id(row.pk + 1)],
    )
    return {units[unit_id]: int(total) for unit_id, total in sorted(found, key=lambda pair: units[pair[0]])}


def entry(book: str, reference: str) -> StoredEntry:
    """The posted entry of this reference; refused when there is none."""
    return stored_entry(book, reference)


def entry_by_number(book: str, *, journal: str, fiscal_year: str, number: int) -> StoredEntry:
    """The posted entry of this number in the journal's fiscal year; refused when there is none."""
    which = Q(journal__code=journal, fiscal_year__code=fiscal_year, number=number)
    found = stored_entries(book_row(book), which, limit=1)
    if not found:
        raise EntryUnknown(reference=f"{journal} {fiscal_year}/{number}", book=book)
    return found[0]


def journal_entries(
    book: str,
    *,
    first: date | None = None,
    last: date | None = None,
    journal: str | None = None,
    after: int | None = None,
    limit: int | None = None,
) -> list[StoredEntry]:
    """Posted entries with their lines, in the order of posting; `after` is the `position` of the last one read."""
    row = book_row(book)
    conditions: dict[str, Any] = {"on__gte": first, "on__lte": last, "journal__code": journal}
    which = Q(**{name: value for name, value in conditions.items() if value is not None})
    if after is not None:
        which &= Q(pk__gt=first_id(row.pk) + after)
    return stored_entries(row, which, limit=limit)
