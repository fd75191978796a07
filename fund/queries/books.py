"""The books of a fund as an auditor reads them: trial balance, accounts, entries, the head of the chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fund.models import Fund, Party
from fund.queries.identities import FundIdentity, fund_identity
from ledger.account_statements import AccountStatement, account_statement
from ledger.balances import AccountBalance, Head, TrialRow, balance, balances, journal_entries
from ledger.balances import chain_head as head_of_chain
from ledger.balances import entry as entry_of
from ledger.balances import trial_balance as trial_rows
from ledger.entries import StoredEntry
from ledger.errors import BookUnknown, EntryUnknown
from ledger.journal import AccountKey
from ledger.money import Amount, Unit, total_of, unit_of
from ledger.questions import PageUnknown

PAGE_LINES = 50
"""Lines of an account on one page."""

__all__ = [
    "AccountPage",
    "ChainState",
    "EntryPage",
    "Head",
    "TrialBalance",
    "UnitBlock",
    "UnitTotals",
    "account_page",
    "bank_balance",
    "chain_head",
    "chain_state",
    "entry_page",
    "trial_balance",
]


@dataclass(frozen=True, slots=True)
class UnitTotals:
    """The two columns of one unit; they are equal when the books balance."""

    unit: Unit
    debit: Amount
    credit: Amount


@dataclass(frozen=True, slots=True)
class UnitBlock:
    """The accounts kept in one unit, with the two columns of their movements and of their balances."""

    total: UnitTotals
    rows: tuple[TrialRow, ...]

    @property
    def unit(self) -> Unit:
        """What these accounts count."""
        return self.total.unit

    @property
    def debit_balance(self) -> Amount:
        """The sum of the debit balances."""
        return total_of((row.closing for row in self.rows if row.closing.minor > 0), self.unit)

    @property
    def credit_balance(self) -> Amount:
        """The sum of the credit balances, above zero."""
        return -total_of((row.closing for row in self.rows if row.closing.minor < 0), self.unit)


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """Every account of the chart and unit with its movements up to a date; `head` is today's, whatever the date."""

    fund: FundIdentity
    as_of: date
    rows: tuple[TrialRow, ...]
    totals: tuple[UnitTotals, ...]
    head: Head | None

    @property
    def is_balanced(self) -> bool:
        """Whether debit equals credit in every unit."""
        return all(total.debit == total.credit for total in self.totals)

    @property
    def blocks(self) -> tuple[UnitBlock, ...]:
        """The rows by unit, since units are never added."""
        return tuple(
            UnitBlock(total, tuple(row for row in self.rows if row.closing.unit == total.unit)) for total in self.totals
        )


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One account of the chart in one unit: its leaves, and a page of its postings.

    `leaf` is set when the page is about one leaf. `statement` is None when the account shares the beginning
    of its number with another (467 and 4671), so that only its leaves can be read one by one. `names` are those of
    the parties that the leaves are kept for, by code.
    """

    fund: FundIdentity
    as_of: date
    chart: str
    unit: Unit
    leaf: AccountKey | None
    leaves: tuple[AccountBalance, ...]
    statement: AccountStatement | None
    names: Mapping[str, str]

    @property
    def closing(self) -> Amount:
        """What the account, or its leaf, holds on the date."""
        held = [each for each in self.leaves if self.leaf in (None, each.account)]
        return total_of((each.amount for each in held), self.unit)

    @property
    def owed(self) -> Amount:
        """The same with its sign turned, for an account that stands in credit."""
        return -self.closing


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One entry, with the two columns of each of its units."""

    fund: FundIdentity
    stored: StoredEntry
    totals: tuple[UnitTotals, ...]

    @property
    def leaf(self) -> str:
        """The fingerprint of the entry, in hexadecimal."""
        return self.stored.leaf.hex()

    @property
    def label_hash(self) -> str:
        """The salted fingerprint of its label, in hexadecimal."""
        return self.stored.label_hash.hex()


@dataclass(frozen=True, slots=True)
class ChainState:
    """The head of the chain, and the last entries before it, newest first."""

    fund: FundIdentity
    head: Head | None
    newest: tuple[EntryPage, ...]


def bank_balance(fund: Fund, as_of: date) -> Amount:
    """What the bank account of the fund holds on the date; zero before its books are opened."""
    unit = unit_of(fund.currency)
    try:
        return balance(fund.slug, AccountKey("512", unit=unit), as_of)
    except BookUnknown:
        return Amount(0, unit)


def chain_head(fund: Fund) -> Head | None:
    """Where the chain of the fund's books ends; None before they are opened."""
    try:
        return head_of_chain(fund.slug)
    except BookUnknown:
        return None


def trial_balance(fund: Fund, as_of: date) -> TrialBalance:
    """The trial balance of everything booked up to a date; accounts that never moved by then are left out."""
    try:
        found = trial_rows(fund.slug, as_of=as_of)
    except BookUnknown:
        found = []
    rows = tuple(row for row in found if row.debit or row.credit)
    totals = _totals([(row.debit, row.credit) for row in rows])
    return TrialBalance(fund_identity(fund), as_of, rows, totals, chain_head(fund))


def account_page(
    fund: Fund, *, chart: str, unit: str, as_of: date, leaf: str = "", after: int | None = None
) -> AccountPage | None:
    """A page of the postings of an account up to a date, after the posting `after`; None when nothing is kept there."""
    try:
        near = balances(fund.slug, chart=chart, unit=unit, as_of=as_of)
    except BookUnknown:
        return None
    leaves = tuple(each for each in near if each.account.chart == chart)
    chosen = next((each.account for each in leaves if each.account.code == leaf), None)
    if not leaves or (leaf and chosen is None):
        return None
    only = chosen or (leaves[0].account if len(leaves) == 1 else None)
    statement = None
    if only:
        statement = _statement(fund, after, key=only, last=as_of)
    elif len(leaves) == len(near):
        statement = _statement(fund, after, chart=chart, unit=leaves[0].account.unit, last=as_of)
    moved = tuple(each for each in leaves if each.debit or each.credit)
    parties = {each.account.party for each in moved}
    names = dict(Party.objects.filter(fund=fund, code__in=parties).values_list("code", "name"))
    return AccountPage(fund_identity(fund), as_of, chart, leaves[0].account.unit, chosen, moved, statement, names)


def _statement(fund: Fund, after: int | None, **asked: Any) -> AccountStatement:
    """A page of the statement; after a posting that the book does not have, the first one."""
    try:
        return account_statement(fund.slug, after=after, limit=PAGE_LINES, **asked)
    except PageUnknown:
        return account_statement(fund.slug, limit=PAGE_LINES, **asked)


def entry_page(fund: Fund, reference: str) -> EntryPage | None:
    """The entry of this reference; None when the books have none."""
    try:
        stored = entry_of(fund.slug, reference)
    except (BookUnknown, EntryUnknown):
        return None
    return _entry_page(fund, stored)


def _entry_page(fund: Fund, stored: StoredEntry) -> EntryPage:
    sides = []
    for line in stored.entry.lines:
        nothing = Amount(0, line.amount.unit)
        sides.append((max(line.amount, nothing), max(-line.amount, nothing)))
    return EntryPage(fund_identity(fund), stored, _totals(sides))


def chain_state(fund: Fund, last: int = 10) -> ChainState:
    """The end of the chain, with the `last` entries."""
    head = chain_head(fund)
    newest = journal_entries(fund.slug, after=max(head.entries - last, 0)) if head else []
    return ChainState(fund_identity(fund), head, tuple(_entry_page(fund, stored) for stored in reversed(newest)))


def _totals(sides: list[tuple[Amount, Amount]]) -> tuple[UnitTotals, ...]:
    units = sorted({debit.unit for debit, _ in sides}, key=lambda unit: unit.code)
    return tuple(
        UnitTotals(
            unit,
            total_of((debit for debit, _ in sides if debit.unit == unit), unit),
            total_of((credit for _, credit in sides if credit.unit == unit), unit),
        )
        for unit in units
    )
