"""The books as a dictionary: what must be refused, for which reason first, and what then stands there.

It is slow and obvious on purpose. It knows no database and shares with the ledger only the values that go in,
the names of the refusals, and the functions of the chain, which have vectors of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from ledger import chain, errors
from ledger.errors import LedgerError
from ledger.journal import AccountKey, Entry, Line
from ledger.money import EUR, EUR_INKIND, HOUR, NOTORIETY, Unit
from tests.ledger_words import SEED

LIMIT = 2**62
JOURNALS = ("BQ", "OD")
USD = Unit("USD", 2)
UNITS = (EUR, EUR_INKIND, HOUR, NOTORIETY, USD)
YEARS = {"2025": (2025, 11, 12), "2026": (2026, 1, 3), "2199": (2199, 1, 1)}
"""The fiscal years of each book: year, first month, last month; the last one lies ahead of every clock."""


@dataclass(frozen=True)
class Refused:
    """A refusal by its class, and the entry when its sentence names one; a conflict says which facts differ."""

    kind: type[LedgerError]
    reference: str = ""
    differing: str = ""


class Model:
    """One book: its entries in the order of posting, the state of its months, and what was said of its accounts."""

    def __init__(self, slug: str) -> None:
        self.slug, self.seals, self.head = slug, 0, chain.genesis(slug, "EUR")
        self.entries: dict[str, Entry] = {}
        self.places: dict[str, tuple[str, int, int]] = {}  # reference: fiscal year, number, seal
        self.postings: list[tuple[AccountKey, date, int]] = []  # the first one has the number 1
        self.months = {(y, m): "open" for y, first, last in YEARS.values() for m in range(first, last + 1)}
        self.closed: set[AccountKey] = set()
        self.limits: dict[AccountKey, tuple[int | None, int | None]] = {}
        self.erased: set[str] = set()
        self.letterings: dict[tuple[AccountKey, str], tuple[int, ...]] = {}

    def twin(self) -> Model:
        """A copy that goes its own way."""
        other = copy(self)
        for name, value in vars(self).items():
            if isinstance(value, dict | set | list):
                setattr(other, name, copy(value))
        return other

    # What it holds

    def sides(self, key: AccountKey, until: date = date.max) -> tuple[int, int]:
        """Debit and credit of an account, both positive."""
        minors = [minor for account, on, minor in self.postings if account == key and on <= until]
        return sum(m for m in minors if m > 0), -sum(m for m in minors if m < 0)

    def held(self, key: AccountKey, until: date = date.max) -> int:
        debit, credit = self.sides(key, until)
        return debit - credit

    def accounts(self) -> set[AccountKey]:
        return {account for account, _, _ in self.postings}

    def shown(self, reference: str) -> Entry:
        """The entry as the books show it: without its label when that was erased."""
        entry = self.entries[reference]
        return replace(entry, label="") if reference in self.erased else entry

    # What it refuses

    def rungs(self, entry: Entry) -> Iterator[tuple[type[LedgerError], Any]]:
        """Every reason to refuse an entry, in the order of the ladder, and whether it holds."""
        lines, minors = entry.lines, [line.minor for line in entry.lines]
        units = {line.account.unit for line in lines}
        debits = [sum(line.minor for line in lines if line.account.unit == u and line.minor > 0) for u in units]
        yield errors.TooFewLines, len(lines) < 2
        yield errors.AmountZero, 0 in minors
        yield errors.AmountOutOfRange, any(abs(minor) > LIMIT for minor in [*minors, *debits])
        yield errors.EntryNotBalanced, any(sum(ln.minor for ln in lines if ln.account.unit == u) for u in units)
        yield errors.CodeInvalid, any(" " in word for word in (entry.reference, entry.journal, entry.kind))
        yield errors.DateInvalid, isinstance(entry.on, datetime)
        yield errors.DocumentHashInvalid, len(entry.document.sha256) not in (0, 64)
        if entry.exchange:
            pair = {entry.exchange.from_, entry.exchange.to}
            yield errors.ExchangeInvalid, len(pair) < 2 or pair - {unit.code for unit in units}
        yield errors.TextInvalid, not entry.label.strip()
        if entry.reference in self.entries:
            yield errors.ReferenceConflict, self.differing(entry)
            return
        yield errors.JournalUnknown, entry.journal not in JOURNALS
        yield errors.UnitUnknown, not units.issubset(UNITS)
        yield errors.AccountClosed, any(line.account in self.closed for line in lines)
        state = self.months.get((entry.on.year, entry.on.month))
        yield errors.NoPeriodForDate, state is None
        yield errors.PeriodLocked, state == "locked"
        yield errors.PeriodClosed, state == "closed"
        if entry.reverses:
            original = self.entries.get(entry.reverses)
            yield errors.ReversalUnknown, original is None
            yield errors.ReversalOfReversal, original and original.reverses
            yield errors.AlreadyReversed, any(e.reverses == entry.reverses for e in self.entries.values())
            yield errors.ReversalNotExact, original and tuple(map(opposite, lines)) != original.lines
        yield errors.AmountOutOfRange, any(self.is_too_much(account, lines) for account in self.accounts())

    def is_too_much(self, account: AccountKey, lines: Sequence[Line]) -> bool:
        turnover = sum(abs(line.minor) for line in lines if line.account == account)
        return turnover > 0 and max(self.sides(account)) + turnover > LIMIT

    def differing(self, entry: Entry) -> str:
        """The facts that differ from those posted under this reference; what is erased or unsaid is not compared."""
        known = self.entries[entry.reference]
        unsaid = {"validated_on"} if entry.validated_on is None else set()
        unsaid |= {"label"} if entry.reference in self.erased else set()
        names = [field.name for field in fields(Entry) if field.name not in unsaid]
        return ", ".join(name for name in names if getattr(entry, name) != getattr(known, name))

    def refusal(self, entry: Entry) -> Refused | None:
        for kind, holds in self.rungs(entry):
            if holds:
                differing = self.differing(entry) if kind is errors.ReferenceConflict else ""
                return Refused(kind, entry.reference if "{reference}" in kind.en else "", differing)
        return None

    # What it becomes

    def after(self, entries: Sequence[Entry]) -> tuple[Model, list[Refused]]:
        """The book with these entries in it, and all that is to be refused of them; limits are asked last."""
        book, refusals, touched = self.twin(), [], {}
        for entry in entries:
            if refusal := book.refusal(entry):
                refusals.append(refusal)
            elif entry.reference not in book.entries:
                book.add(entry, seal=self.seals + 1)
                touched |= {line.account: entry.reference for line in entry.lines}
        if not refusals:
            refusals = [Refused(errors.LimitPassed, by) for key, by in touched.items() if book.is_beyond(key)]
        return book, refusals

    def add(self, entry: Entry, *, seal: int) -> None:
        self.entries[entry.reference] = entry
        year = {y: code for code, (y, *_) in YEARS.items()}.get(entry.on.year, "")
        taken = Counter((self.entries[r].journal, place[0]) for r, place in self.places.items())
        self.places[entry.reference] = (year, taken[entry.journal, year] + 1, seal)
        self.postings += [(line.account, entry.on, line.minor) for line in entry.lines]
        self.seals = seal

    def is_beyond(self, key: AccountKey) -> bool:
        floor, ceiling = self.limits.get(key, (None, None))
        held = self.held(key)
        return (floor is not None and held < floor) or (ceiling is not None and held > ceiling)

    def seal(self, references: Sequence[str]) -> None:
        """Chain new entries to the head, from their facts alone."""
        self.head = chain.seal_hash(self.head, map(self.leaf, references))

    def leaf(self, reference: str) -> bytes:
        entry, (year, number, _) = self.entries[reference], self.places[reference]
        digest = chain.label_hash(entry.label, chain.salt_from(SEED, reference))
        text = chain.canonical_text(entry, book=self.slug, fiscal_year=year, number=number, label_digest=digest)
        return chain.leaf_hash(text)


def opposite(line: Line) -> Line:
    return replace(line, minor=-line.minor)
