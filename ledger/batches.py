"""A batch of entries under examination: what the books say around it, and the rungs that ask the books.

Nothing is written here. Each entry becomes a draft with its number, accounts and leaf, is recognised as one
that is already posted, or leaves its refusal in `faults`. Most entries take the usual way: every question is
answered from what is at hand. Wherever one is not, the rungs are walked in their order and the first that is
missing names the refusal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from hashlib import sha256
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
from ledger.journal import AccountKey, Entry, turned
from ledger.ladder import examine
from ledger.models import NUMBER_MASK, first_id
from ledger.money import MINOR_LIMIT, Amount, Unit
from ledger.usual import is_usual
from ledger.writing import Draft

_HALF, _LARGE, _MANY_LINES = MINOR_LIMIT // 2, MINOR_LIMIT // 64, 32
"""So many lines so large bring no account from half of its range to the end of it."""


@dataclass(slots=True)
class Lane:
    """A journal on one day of an open period: what every entry there shares, and the last number given."""

    journal_id: int
    span: rows.Span
    on: str
    numbers: list[int]


@dataclass(slots=True)
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
        self.next_posting = head.last_posting + 1
        self._book, self._head, self._today, self._entries = book, head, today, entries
        self._refused = [_refusal_of(entry) for entry in entries]
        sound = [entry for entry, refusal in zip(entries, self._refused, strict=True) if refusal is None]
        references = {entry.reference for entry in sound} | {entry.reverses for entry in sound if entry.reverses}
        self._stored = rows.stored_entries(head.book_id, references)
        reversed_ids = [self._stored[e.reverses].id for e in sound if e.reverses in self._stored]
        self._reversed_by = rows.reversals(reversed_ids) if reversed_ids else {}
        self._journals = rows.journal_ids(head.book_id)
        self._accounts = rows.accounts(head.book_id, {line.account.code for e in sound for line in e.lines})
        self._spans = rows.spans(head.book_id, min(e.on for e in sound), max(e.on for e in sound)) if sound else []
        self._units = rows.unit_rows()
        self._lanes: dict[tuple[str, date], Lane] = {}
        self._numbers: dict[tuple[int, int], list[int]] = {}
        self._drafted: dict[str, Draft] = {}

    @property
    def seal_id(self) -> int:
        return self._head.last_seal + 1

    def examine(self, salts: Sequence[bytes]) -> list[Place]:
        """Take every entry in turn: its place in the books, or its refusal in `faults`; then the limits of all."""
        places = []
        for entry, refusal, salt in zip(self._entries, self._refused, salts, strict=True):
            try:
                if refusal is not None:
                    raise refusal
                places.append(self._place(entry, salt))
            except LedgerError as fault:
                self.faults.append(fault)
        if not self.faults:
            self._check_limits()
        return places

    def _place(self, entry: Entry, salt: bytes) -> Place:
        seal = self.seal_id & NUMBER_MASK
        if (stored := self._stored.get(entry.reference)) is not None:
            return self._recognised(entry, stored)
        if (draft := self._drafted.get(entry.reference)) is not None:
            _refuse_other_contents(entry, replace(draft.entry, validated_on=date.fromisoformat(draft.validated)))
            return Place(draft.fiscal_year, draft.number, seal, replayed=True)
        draft = self._draft(entry, salt)
        self.drafts.append(draft)
        self._drafted[entry.reference] = draft
        return Place(draft.fiscal_year, draft.number, seal, replayed=False)

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
        if not all(self._is_known(line.account.unit) for line in entry.lines):
            # The text names a unit by its code alone: the same figure of another scale reads alike and is not the same.
            raise ReferenceConflict(reference=entry.reference, differing="lines")
        return Place(stored.fiscal_year, stored.number, stored.seal_id & NUMBER_MASK, replayed=True)

    # A new entry

    def _draft(self, entry: Entry, salt: bytes) -> Draft:
        lane, reverses_id = self._lanes.get((entry.journal, entry.on)), None
        accounts = self._known_accounts(entry)
        if lane is None or accounts is None or entry.reverses:
            lane, reverses_id = self._walk(entry)
            accounts = [self._accounts.get(line.account.leaf) or self._created(line.account) for line in entry.lines]
        # From here on nothing can fail but the limits of the whole commit: numbers are taken, totals move.
        lane.numbers[0] = number = lane.numbers[0] + 1
        validated = (entry.validated_on or self._today).isoformat()
        digest = sha256(salt + entry.label.encode()).digest()
        before, after = chain.text_around_number(entry, book=self._book, validated=validated, label_digest=digest)
        leaf = chain.leaf_hash(f"{before}{lane.span.fiscal_year} {number}{after}".encode())
        for line, account in zip(entry.lines, accounts, strict=True):
            if line.minor > 0:
                account.debit += line.minor
            else:
                account.credit -= line.minor
            account.touched_by = entry.reference
        first_posting = self.next_posting
        self.next_posting += len(accounts)
        return Draft(
            self._head.last_entry + 1 + len(self.drafts),
            entry,
            lane.journal_id,
            lane.span.fiscal_year_id,
            lane.span.fiscal_year,
            number,
            lane.on,
            validated,
            reverses_id,
            first_posting,
            [account.id for account in accounts],
            salt,
            leaf,
        )

    def _known_accounts(self, entry: Entry) -> list[rows.AccountRow] | None:
        """The accounts of the lines: all open, in the unit of the line, their totals far from their end.

        None when one is not, and for an entry of very many lines.
        """
        found: list[rows.AccountRow] = []
        if len(entry.lines) > _MANY_LINES:
            return None
        for line in entry.lines:
            key = line.account
            account = self._accounts.get(key.leaf)
            if account is None or account.is_closed or not -_LARGE < line.minor < _LARGE:
                return None
            if account.debit > _HALF or account.credit > _HALF:
                return None
            if account.unit is not key.unit and account.unit != key.unit:
                return None
            found.append(account)
        return found

    def _walk(self, entry: Entry) -> tuple[Lane, int | None]:
        """The rungs in their order: journal, units, accounts, period, reversal, totals."""
        journal_id = self._journals.get(entry.journal)
        if journal_id is None:
            raise JournalUnknown(book=self._book, journal=entry.journal)
        self._check_units(entry)
        for line in entry.lines:
            account = self._accounts.get(line.account.leaf)
            if account is not None and account.is_closed:
                raise AccountClosed(account=line.account.code, reference=entry.reference)
        lane = self._lanes.get((entry.journal, entry.on)) or self._lane(entry, journal_id)
        reverses_id = self._reversed_id(entry)
        self._check_totals(entry)
        if reverses_id is not None:
            self._reversed_by[reverses_id] = entry.reference
        return lane, reverses_id

    def _check_totals(self, entry: Entry) -> None:
        """Totals of an account stay 64-bit whole numbers; ten times the world's money is far below."""
        debits: dict[str, int] = defaultdict(int)
        credits: dict[str, int] = defaultdict(int)
        for line in entry.lines:
            debits[line.account.leaf] += max(line.minor, 0)
            credits[line.account.leaf] -= min(line.minor, 0)
        for leaf in debits:
            account = self._accounts.get(leaf)
            if account and max(account.debit + debits[leaf], account.credit + credits[leaf]) > MINOR_LIMIT:
                raise AmountOutOfRange(reference=entry.reference, what=f"The total of account {account.code}")

    def _check_units(self, entry: Entry) -> None:
        for line in entry.lines:
            if not self._is_known(line.account.unit):
                raise UnitUnknown(unit=line.account.unit.code, scale=line.account.unit.scale)

    def _is_known(self, unit: Unit) -> bool:
        return unit.code in self._units and self._units[unit.code][1] == unit

    def _lane(self, entry: Entry, journal_id: int) -> Lane:
        span = next((span for span in self._spans if span.first <= entry.on <= span.last), None)
        if span is None:
            raise NoPeriodForDate(book=self._book, on=entry.on.isoformat())
        if span.state != "open":
            refusal = PeriodLocked if span.state == "locked" else PeriodClosed
            raise refusal(first=span.first.isoformat(), last=span.last.isoformat(), reference=entry.reference)
        key = (journal_id, span.fiscal_year_id)
        if key not in self._numbers:
            self._numbers[key] = [rows.last_number(*key)]
        lane = Lane(journal_id, span, entry.on.isoformat(), self._numbers[key])
        self._lanes[(entry.journal, entry.on)] = lane
        return lane

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
        return original_id

    def _created(self, key: AccountKey) -> rows.AccountRow:
        book_id = self._head.book_id
        if self.new_accounts:
            account_id = cast(int, self.new_accounts[-1][0]) + 1
        else:
            account_id = rows.last_account(first_id(book_id), first_id(book_id + 1)) + 1
        unit_id = self._units[key.unit.code][0]
        parts = (key.chart, key.party, key.project, key.convention)
        self.new_accounts.append((account_id, book_id, key.code, *parts, unit_id, False))
        self._accounts[key.leaf] = rows.AccountRow(account_id, key.code, key.unit, False, 0, 0, None, None)
        return self._accounts[key.leaf]

    # The last rung: limits are those of the whole commit

    def _check_limits(self) -> None:
        """Refuse a commit that would leave an account beyond its limits."""
        for account in self._accounts.values():
            balance = account.debit - account.credit
            below = account.floor is not None and balance < account.floor
            above = account.ceiling is not None and balance > account.ceiling
            if account.touched_by and (below or above):
                unit = account.unit
                self.faults.append(
                    LimitPassed(
                        reference=account.touched_by,
                        account=account.code,
                        balance=str(Amount(balance, unit)),
                        bound=str(Amount((account.floor if below else account.ceiling) or 0, unit)),
                    )
                )


def _refusal_of(entry: Entry) -> LedgerError | None:
    if is_usual(entry):
        return None
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
