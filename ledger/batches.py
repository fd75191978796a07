"""A batch of entries under examination: what the books say around it, and the rungs that ask the books.

Nothing is written here. Each entry becomes a draft with its number, accounts and leaf, is recognised as one
that is already posted, or leaves its refusal in `faults`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import cast

from ledger import chain, rows
from ledger.entries import stored_entry
from ledger.errors import (
    AccountClosed,
    AlreadyReversed,
    AmountOutOfRange,
    JournalUnknown,
    LedgerError,
    LimitPassed,
    NoPeriodForDate,
    PeriodClosed,
    PeriodLocked,
    ReferenceConflict,
    ReversalNotExact,
    ReversalOfReversal,
    ReversalUnknown,
    UnitUnknown,
)
from ledger.journal import AccountKey, Entry, Line, turned
from ledger.ladder import examine
from ledger.models import NUMBER_MASK, first_id
from ledger.money import MINOR_LIMIT, Amount, Unit


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry with everything that its rows and its leaf need."""

    id: int
    entry: Entry
    journal_id: int
    fiscal_year_id: int
    fiscal_year: str
    number: int
    validated_on: date
    reverses_id: int | None
    first_posting: int
    account_ids: tuple[int, ...]
    salt: bytes
    label_hash: bytes
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry of the batch stands, or will stand once the batch is written."""

    fiscal_year: str
    number: int
    seal: int
    replayed: bool


class Batch:
    """One commit in the making, under the lock of the book's head."""

    def __init__(self, *, book: str, head: rows.HeadRow, today: date, entries: Sequence[Entry]) -> None:
        """Read once, in a few queries, all that the books say about these entries."""
        self.drafts: list[Draft] = []
        self.faults: list[LedgerError] = []
        self.new_accounts: list[tuple[object, ...]] = []
        self._book, self._head, self._today, self._entries = book, head, today, entries
        self._refused = [_refusal_of(entry) for entry in entries]
        sound = [entry for entry, refusal in zip(entries, self._refused, strict=True) if refusal is None]
        references = {entry.reference for entry in sound} | {entry.reverses for entry in sound if entry.reverses}
        self._stored = rows.stored_entries(head.book_id, references)
        self._reversed_by = rows.reversals([self._stored[e.reverses].id for e in sound if e.reverses in self._stored])
        self._journals = rows.journal_ids(head.book_id)
        self._accounts = rows.accounts(head.book_id, {line.account.code for e in sound for line in e.lines})
        self._spans = rows.spans(head.book_id, min(e.on for e in sound), max(e.on for e in sound)) if sound else []
        self._units = rows.unit_rows()
        self._numbers: dict[tuple[int, int], int] = {}
        self._drafted: dict[str, Draft] = {}

    def examine(self, salt_of: Callable[[Entry], bytes]) -> list[Place]:
        """Take every entry in turn: its place in the books, or its refusal in `faults`; then the limits of all."""
        places = []
        for entry, refusal in zip(self._entries, self._refused, strict=True):
            try:
                if refusal is not None:
                    raise refusal
                places.append(self._place(entry, salt_of))
            except LedgerError as fault:
                self.faults.append(fault)
        if not self.faults:
            self._check_limits()
        return places

    def _place(self, entry: Entry, salt_of: Callable[[Entry], bytes]) -> Place:
        if (stored := self._stored.get(entry.reference)) is not None:
            return self._recognised(entry, stored)
        if (draft := self._drafted.get(entry.reference)) is not None:
            _refuse_other_contents(entry, draft.entry)
            return Place(draft.fiscal_year, draft.number, self._seal_number, replayed=True)
        draft = self._draft(entry, salt_of(entry))
        self.drafts.append(draft)
        self._drafted[entry.reference] = draft
        return Place(draft.fiscal_year, draft.number, self._seal_number, replayed=False)

    @property
    def _seal_number(self) -> int:
        return (self._head.last_seal + 1) & NUMBER_MASK

    # The same reference again

    def _recognised(self, entry: Entry, stored: rows.StoredRow) -> Place:
        digest = stored.label_hash if stored.salt is None else chain.label_hash(entry.label, stored.salt)
        text = chain.canonical_text(
            replace(entry, validated_on=entry.validated_on or stored.validated_on),
            book=self._book,
            fiscal_year=stored.fiscal_year,
            number=stored.number,
            label_digest=digest,
        )
        if chain.leaf_hash(text) != stored.leaf:
            known = stored_entry(self._book, entry.reference).entry
            _refuse_other_contents(entry, known if stored.salt else replace(known, label=entry.label))
            raise ReferenceConflict(reference=entry.reference, differing="the stored rows and their hash")
        return Place(stored.fiscal_year, stored.number, stored.seal_id & NUMBER_MASK, replayed=True)

    # A new entry: the rungs in order

    def _draft(self, entry: Entry, salt: bytes) -> Draft:
        journal_id = self._journals.get(entry.journal)
        if journal_id is None:
            raise JournalUnknown(book=self._book, journal=entry.journal)
        for line in entry.lines:
            self._check_unit(line.account.unit)
        self._check_accounts(entry)
        span = self._open_span(entry)
        reverses_id = self._reversed_id(entry)
        self._check_totals(entry)
        # From here on nothing can fail: numbers are taken, accounts are made, totals move.
        number = self._next_number(journal_id, span.fiscal_year_id)
        complete = replace(entry, validated_on=entry.validated_on or self._today)
        digest = chain.label_hash(entry.label, salt)
        text = chain.canonical_text(
            complete, book=self._book, fiscal_year=span.fiscal_year, number=number, label_digest=digest
        )
        return Draft(
            id=self._head.last_entry + 1 + len(self.drafts),
            entry=complete,
            journal_id=journal_id,
            fiscal_year_id=span.fiscal_year_id,
            fiscal_year=span.fiscal_year,
            number=number,
            validated_on=complete.validated_on or self._today,
            reverses_id=reverses_id,
            first_posting=self._next_posting(),
            account_ids=tuple(self._moved(line, entry) for line in entry.lines),
            salt=salt,
            label_hash=digest,
            leaf=chain.leaf_hash(text),
        )

    def _check_unit(self, unit: Unit) -> None:
        known = self._units.get(unit.code)
        if known is None or known[1] != unit.scale:
            raise UnitUnknown(unit=unit.code, scale=unit.scale)

    def _check_accounts(self, entry: Entry) -> None:
        for line in entry.lines:
            account = self._accounts.get((line.account.code, line.account.unit.code))
            if account is not None and account.is_closed:
                raise AccountClosed(account=line.account.code, reference=entry.reference)

    def _open_span(self, entry: Entry) -> rows.Span:
        for span in self._spans:
            if span.first <= entry.on <= span.last:
                break
        else:
            raise NoPeriodForDate(book=self._book, on=entry.on.isoformat())
        if span.state != "open":
            refusal = PeriodLocked if span.state == "locked" else PeriodClosed
            raise refusal(first=span.first.isoformat(), last=span.last.isoformat(), reference=entry.reference)
        return span

    def _reversed_id(self, entry: Entry) -> int | None:
        if not entry.reverses:
            return None
        facts = {"reference": entry.reference, "reverses": entry.reverses}
        if (draft := self._drafted.get(entry.reverses)) is not None:
            original, original_id, is_reversal = draft.entry, draft.id, draft.reverses_id is not None
        elif (stored := self._stored.get(entry.reverses)) is not None:
            original, original_id = stored_entry(self._book, entry.reverses).entry, stored.id
            is_reversal = stored.reverses_id is not None
        else:
            raise ReversalUnknown(**facts)
        if is_reversal:
            raise ReversalOfReversal(**facts)
        if original_id in self._reversed_by:
            raise AlreadyReversed(**facts, by=self._reversed_by[original_id])
        if entry.lines != turned(original.lines):
            raise ReversalNotExact(**facts)
        self._reversed_by[original_id] = entry.reference
        return original_id

    def _check_totals(self, entry: Entry) -> None:
        """Totals of an account stay 64-bit whole numbers; ten times the world's money is far below."""
        moved: dict[tuple[str, str], int] = defaultdict(int)
        for line in entry.lines:
            moved[(line.account.code, line.account.unit.code)] += abs(line.minor)
        for key, turnover in moved.items():
            account = self._accounts.get(key)
            if account and max(account.debit, account.credit) + turnover > MINOR_LIMIT:
                raise AmountOutOfRange(reference=entry.reference, what=f"The total of account {account.code}")

    def _next_number(self, journal_id: int, fiscal_year_id: int) -> int:
        key = (journal_id, fiscal_year_id)
        last = self._numbers[key] if key in self._numbers else rows.last_number(*key)
        self._numbers[key] = last + 1
        return last + 1

    def _next_posting(self) -> int:
        if not self.drafts:
            return self._head.last_posting + 1
        return self.drafts[-1].first_posting + len(self.drafts[-1].entry.lines)

    def _moved(self, line: Line, entry: Entry) -> int:
        """The account of a line, created on demand, with its totals moved."""
        key = (line.account.code, line.account.unit.code)
        account = self._accounts.get(key) or self._created(line.account)
        account.debit += max(line.minor, 0)
        account.credit -= min(line.minor, 0)
        account.touched_by = entry.reference
        self._accounts[key] = account
        return account.id

    def _created(self, key: AccountKey) -> rows.AccountRow:
        book_id = self._head.book_id
        if self.new_accounts:
            account_id = cast(int, self.new_accounts[-1][0]) + 1
        else:
            account_id = rows.last_account(first_id(book_id), first_id(book_id + 1)) + 1
        unit_id = self._units[key.unit.code][0]
        parts = (key.chart, key.party, key.project, key.convention)
        self.new_accounts.append((account_id, book_id, key.code, *parts, unit_id, False))
        return rows.AccountRow(account_id, key.code, key.unit.code, False, 0, 0, None, None)

    # The last rung: limits are those of the whole commit

    def _check_limits(self) -> None:
        """Refuse a commit that would leave an account beyond its limits."""
        for (code, unit), account in self._accounts.items():
            balance = account.debit - account.credit
            below = account.floor is not None and balance < account.floor
            above = account.ceiling is not None and balance > account.ceiling
            if account.touched_by and (below or above):
                shown = Unit(unit, self._units[unit][1])
                self.faults.append(
                    LimitPassed(
                        reference=account.touched_by,
                        account=code,
                        balance=str(Amount(balance, shown)),
                        bound=str(Amount((account.floor if below else account.ceiling) or 0, shown)),
                    )
                )


def _refusal_of(entry: Entry) -> LedgerError | None:
    try:
        examine(entry)
    except LedgerError as refusal:
        return refusal
    return None


def _refuse_other_contents(entry: Entry, known: Entry) -> None:
    """Raise the conflict that names what differs between an entry and the one that has its reference.

    An entry that leaves its validation date to the books may meet itself again on another day.
    """
    if entry.validated_on is None:
        known = replace(known, validated_on=None)
    differing = [f.name for f in fields(Entry) if getattr(entry, f.name) != getattr(known, f.name)]
    if differing:
        raise ReferenceConflict(reference=entry.reference, differing=", ".join(differing))
