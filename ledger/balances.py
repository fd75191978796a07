"""What the books say: balances, trial balance, statements, entries, the head. Reads only, all as of a date.

Everything is answered as plain values with amounts; debit is positive, credit negative. `as_of`, `first` and
`last` are dates of the fact (`Entry.on`), both ends included. Every answer is of one state of the books, exact whether
the roll-up (`ledger.rollups`) stands far behind the head or at it. `BookUnknown` is raised for a book that is not
there, `DateInvalid` for what is not a day; a party, project or account that is not there holds nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from ledger.account_statements import AccountStatement, StatementLine, account_statement
from ledger.accounts import matching
from ledger.entries import StoredEntry, book_row, stored_entries, stored_entry
from ledger.errors import EntryUnknown
from ledger.journal import AccountKey
from ledger.models import NUMBER_MASK, Account, Book, first_id
from ledger.models import Head as HeadRow
from ledger.money import Amount, Unit
from ledger.questions import check_days, lines_of_page
from ledger.readings import CREDITS, DEBITS, held, net_of
from ledger.rows import fetched
from ledger.sums import PARTS, Sum, sums

__all__ = [
    "PARTS",
    "AccountBalance",
    "AccountStatement",
    "BookRow",
    "Head",
    "StatementLine",
    "StoredEntry",
    "Sum",
    "TrialRow",
    "account_statement",
    "balance",
    "balances",
    "books",
    "chain_head",
    "entry",
    "entry_by_number",
    "journal_entries",
    "sums",
    "trial_balance",
    "units_sum_to_zero",
]

GROSS_SUMS = f"sum({DEBITS}), sum({CREDITS})"


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
    """What the account holds now, or by the end of a day; zero when nothing was posted to it till then.

    One look-up now; as of a day one more in the roll-up, and the tail after it.
    """
    check_days(last=as_of)
    row = book_row(book)
    return Amount(net_of(row, matching(row, key=key), as_of), key.unit)


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

    `chart` matches by prefix, as accountants read a chart: `46` takes 4671 and 4682. Accounts that never moved by
    the day are there with zeros.
    """
    check_days(last=as_of)
    row = book_row(book)
    which = matching(row, chart=chart, party=party, project=project, convention=convention, unit=unit)
    found = [
        AccountBalance(each.key, Amount(each.debit, each.key.unit), Amount(each.credit, each.key.unit))
        for each in held(row, which, last=as_of)
    ]
    return sorted(found, key=lambda account: (account.account.code, account.account.unit.code))


def trial_balance(book: str, *, first: date | None = None, as_of: date | None = None) -> list[TrialRow]:
    """Opening, movements from `first` to `as_of`, and closing of each chart account and unit, by chart code.

    Without `first` nothing is an opening: all movements are shown. Raises `DaysReversed` when `first` is the later.
    """
    check_days(first=first, last=as_of)
    row = book_row(book)
    sums_: dict[tuple[str, Unit], list[int]] = defaultdict(lambda: [0, 0, 0])
    for each in held(row, matching(row), first=first, last=as_of):
        total = sums_[each.key.chart, each.key.unit]
        total[0], total[1], total[2] = total[0] + each.opening, total[1] + each.debit, total[2] + each.credit
    return [
        TrialRow(chart, *(Amount(minor, unit) for minor in total))
        for (chart, unit), total in sorted(sums_.items(), key=lambda item: (item[0][0], item[0][1].code))
    ]


def units_sum_to_zero(book: str) -> dict[str, int]:
    """The sum of all postings in each unit that the book uses, from the postings themselves: all zero when sound.

    The database sums each account, which stays within 64 bits; the accounts are added up here.
    """
    row = book_row(book)
    found = fetched(
        "SELECT +account_id, sum(minor) FROM ledger_posting WHERE id > %s AND id < %s GROUP BY +account_id",
        [first_id(row.pk), first_id(row.pk + 1)],
    )
    units = dict(Account.objects.filter(book=row).values_list("pk", "unit__code"))
    totals: dict[str, int] = defaultdict(int)
    for account_id, total in found:
        if account_id in units:
            totals[units[account_id]] += int(total)
    return dict(sorted(totals.items()))


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
    """Posted entries with their lines, in the order of posting; `after` is the `position` of the last one read.

    Below zero `after` means the start, and beyond the head nothing follows it. Raises `PageLimitInvalid` for a
    `limit` below one.
    """
    check_days(first=first, last=last)
    limit = lines_of_page(limit)
    row = book_row(book)
    conditions: dict[str, Any] = {"on__gte": first, "on__lte": last, "journal__code": journal}
    which = Q(**{name: value for name, value in conditions.items() if value is not None})
    if after is not None:
        which &= Q(pk__gt=first_id(row.pk) + min(max(after, 0), NUMBER_MASK))
    return stored_entries(row, which, limit=limit)
