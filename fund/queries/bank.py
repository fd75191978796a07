"""The bank beside the books: lines, postings of account 512, what is open on either side, the reconciliation."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from fund.accounting.reconciling import (
    BankSide,
    BookSide,
    Proposal,
    Reconciliation,
    lines_open,
    postings_open,
    proposals,
)
from fund.accounting.year import CARRYING_JOURNAL, OPENING_JOURNAL
from fund.models import BankLine, BankMatch, Fund
from ledger.account_statements import account_statement
from ledger.balances import balances
from ledger.errors import BookUnknown
from ledger.money import Unit, total_of, unit_of

BANK = "512"
"""*Banques*: the account that the lines of the bank are compared with, its sub-accounts included."""

BEFORE_DAYS = 60
"""How long before the first line a posting may stand that a line accounts for: a cheque is cashed late."""


@dataclass(frozen=True, slots=True)
class UnmatchedBank:
    """What stands by a day without the other side: lines of the bank no entry accounts for, postings no line confirms.

    `has_lines` is False when no line of the bank was ever taken in: nothing can be said then. Postings before the first
    line are not asked about.
    """

    as_of: date
    unit: Unit
    lines: tuple[BankSide, ...]
    postings: tuple[BookSide, ...]
    has_lines: bool

    @property
    def is_reconciled(self) -> bool:
        """Whether every line has its entry and every posting its line."""
        return self.has_lines and not self.lines and not self.postings


@dataclass(frozen=True, slots=True)
class BankBooks:
    """All that is known of both sides, in the order of days; `first` is the day of the first line.

    `postings` begin some weeks before it, since a line may be an older payment.
    """

    unit: Unit
    first: date | None
    lines: tuple[BankSide, ...]
    postings: tuple[BookSide, ...]

    @property
    def asked(self) -> tuple[BookSide, ...]:
        """The postings that a line is to confirm: those since the first line, and the older ones that one confirms."""
        first = self.first
        return tuple(each for each in self.postings if each.settled_on or (first and each.on >= first))

    @property
    def settled_before(self) -> int:
        """What the postings older than the first line moved that a line confirms."""
        return sum(each.minor for each in self.asked if self.first and each.on < self.first)


def bank_books(fund: Fund) -> BankBooks:
    """The lines of the bank, and the postings of account 512 that they may be."""
    standing = list(BankMatch.objects.filter(fund=fund, undone_on=None).select_related("line"))
    came: dict[int, list[date]] = defaultdict(list)
    for match in standing:
        came[match.line_id].append(match.posted_on)
    rows = list(BankLine.objects.filter(fund=fund).order_by("on", "number"))
    lines = tuple(
        BankSide(
            row.number,
            row.on,
            row.minor,
            row.reference,
            row.counterparty,
            row.label,
            max(came[row.pk]) if row.pk in came else None,
        )
        for row in rows
    )
    first = lines[0].on if lines else None
    of_posting = {match.posting: match.line.on for match in standing}
    postings = _postings(fund, first - timedelta(days=BEFORE_DAYS), of_posting) if first else ()
    return BankBooks(unit_of(fund.currency), first, lines, postings)


def _postings(fund: Fund, first: date, of_posting: dict[int, date]) -> tuple[BookSide, ...]:
    try:
        found = account_statement(fund.slug, chart=BANK, unit=unit_of(fund.currency), first=first).lines
    except BookUnknown:
        return ()
    return tuple(
        BookSide(
            line.posting,
            line.reference,
            f"{line.journal} {line.fiscal_year}/{line.number}",
            line.on,
            line.amount.minor,
            line.document,
            line.label,
            of_posting.get(line.posting),
        )
        for line in found
        if line.journal not in (OPENING_JOURNAL, CARRYING_JOURNAL)
    )


def unmatched_bank(fund: Fund, as_of: date) -> UnmatchedBank:
    """What nobody has reconciled among the lines and the postings up to a day."""
    books = bank_books(fund)
    return UnmatchedBank(
        as_of,
        books.unit,
        tuple(line for line in books.lines if line.on <= as_of and line.settled_on is None),
        tuple(posting for posting in books.asked if posting.on <= as_of and posting.settled_on is None),
        bool(books.lines),
    )


def proposals_of(books: BankBooks) -> tuple[Proposal, ...]:
    """The pairs that seem to be one payment, among what is open."""
    return proposals(
        [line for line in books.lines if line.settled_on is None],
        [posting for posting in books.postings if posting.settled_on is None],
    )


def reconciliation(fund: Fund, as_of: date) -> Reconciliation:
    """The balance of the books and that of the bank on a day, and what explains their difference (*rapprochement*)."""
    books = bank_books(fund)
    bank, is_stated = _bank_balance(fund, books, as_of)
    return Reconciliation(
        as_of,
        _booked(fund, as_of),
        bank,
        is_stated,
        lines_open(books.lines, as_of),
        postings_open(books.asked, as_of),
    )


def _booked(fund: Fund, as_of: date) -> int:
    unit = unit_of(fund.currency)
    try:
        found = balances(fund.slug, chart=BANK, unit=unit.code, as_of=as_of)
    except BookUnknown:
        return 0
    return total_of((each.amount for each in found), unit).minor


def _bank_balance(fund: Fund, books: BankBooks, as_of: date) -> tuple[int | None, bool]:
    """What the bank held, and whether it says so itself: the last balance of each account, and the lines after it.

    Where an account states none by then, the books of the eve of the first line stand for what it held before.
    """
    rows = list(BankLine.objects.filter(fund=fund, on__lte=as_of).order_by("on", "number"))
    if not rows or books.first is None:
        return None, False
    held: dict[str, int] = {}
    for row in rows:
        if row.balance_minor is not None:
            held[row.account] = row.balance_minor
        elif row.account in held:
            held[row.account] += row.minor
    if {row.account for row in rows} <= set(held):
        return sum(held.values()), True
    eve = books.first - timedelta(days=1)
    before = _booked(fund, eve) - books.settled_before
    return before + sum(row.minor for row in rows), False
