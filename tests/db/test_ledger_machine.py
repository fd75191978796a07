"""A machine plays with the ledger and with a dictionary side by side; they never say different things."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ledger.audit import find_faults
from ledger.balances import balance, balances, chain_head, journal_entries
from ledger.errors import LedgerError
from ledger.journal import AccountKey, Entry, Line, reversal_of
from ledger.money import EUR, HOUR, Amount
from ledger.posting import close_account, lock_period, post, post_many, reverse_entry, set_limits, unlock_period
from tests.ledger_words import SEED, an_entry, an_open_book

KEYS = [AccountKey("512"), AccountKey("411", "M01"), AccountKey("411", "M02"), AccountKey("864", unit=HOUR),
        AccountKey("875", unit=HOUR)]  # fmt: skip
DAYS = [date(2026, month, day) for month in (1, 2, 3) for day in (1, 28)] + [date(2025, 12, 31)]

minors = st.one_of(st.sampled_from([0, 1, -1, 500, 2**62, 2**62 + 1]), st.integers(-10_000, 10_000))
references = st.sampled_from([f"R{number}" for number in range(12)])


@st.composite
def drafts(draw: st.DrawFn) -> Entry:
    """Entries that are often right, and often wrong in just one way: one cent, one unit, one day."""
    lines = []
    for _ in range(draw(st.integers(1, 2))):
        unit = draw(st.sampled_from([EUR, HOUR]))
        left, right = draw(st.permutations([key for key in KEYS if key.unit == unit]))[:2]
        minor = draw(minors)
        lines += [Line(left, minor), Line(right, -minor + draw(st.sampled_from([0, 0, 0, 0, 1])))]
    if draw(st.integers(0, 9)) == 0:
        lines[0] = replace(lines[0], account=draw(st.sampled_from(KEYS)))
    return an_entry(draw(references), lines=tuple(lines), on=draw(st.sampled_from(DAYS)))


@dataclass
class Model:
    """The ledger in twenty lines: a dictionary of entries, sets of what is locked and closed, two limits."""

    entries: dict[str, Entry] = field(default_factory=dict)
    locked: set[int] = field(default_factory=set)
    closed: set[AccountKey] = field(default_factory=set)
    floors: dict[AccountKey, int] = field(default_factory=dict)

    def held(self, key: AccountKey) -> int:
        return sum(line.minor for entry in self.entries.values() for line in entry.lines if line.account == key)

    def accepts(self, entry: Entry) -> bool:
        if entry.reference in self.entries:
            return self.entries[entry.reference] == entry
        sums: dict[Any, int] = {}
        for line in entry.lines:
            sums[line.account.unit] = sums.get(line.account.unit, 0) + line.minor
        sound = not any(sums.values()) and all(0 < abs(line.minor) <= 2**62 for line in entry.lines)
        open_ = entry.on.year == 2026 and entry.on.month not in self.locked
        return sound and open_ and not self.closed & {line.account for line in entry.lines} and self.reversible(entry)

    def reversible(self, entry: Entry) -> bool:
        if not entry.reverses:
            return True
        original = self.entries.get(entry.reverses)
        undone = {other.reverses for other in self.entries.values()}
        return original is not None and not original.reverses and entry.reverses not in undone

    def within(self, taken: dict[str, Entry]) -> bool:
        """Whether the limits hold once these entries are in, and totals stay in range."""
        after = Model({**self.entries, **taken})
        sides = [sum(abs(line.minor) for entry in after.entries.values() for line in entry.lines if line.account == key)
                 for key in KEYS]  # fmt: skip
        return max(sides) <= 2**62 and all(after.held(key) >= floor for key, floor in self.floors.items())


class Ledger(RuleBasedStateMachine):
    @initialize()
    def open_the_book(self) -> None:
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.model = Model()
        an_open_book()

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            assert find_faults("alpha") == []
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    def same(self, accepted: bool, act: Any) -> None:
        """The act is accepted exactly when the model accepts it."""
        refusal = None
        try:
            act()
        except LedgerError as refused:
            refusal = refused
        assert (refusal is None) == accepted, refusal

    @rule(entry=drafts())
    def post_one(self, entry: Entry) -> None:
        accepted = self.model.accepts(entry) and self.model.within({entry.reference: entry})
        self.same(accepted, lambda: post("alpha", entry, salt_seed=SEED))
        if accepted:
            self.model.entries.setdefault(entry.reference, entry)

    @rule(entries=st.lists(drafts(), max_size=4, unique_by=lambda entry: entry.reference))
    def post_batch(self, entries: list[Entry]) -> None:
        taken = {entry.reference: entry for entry in entries}
        accepted = all(map(self.model.accepts, entries)) and self.model.within(taken)
        self.same(accepted, lambda: post_many("alpha", entries, salt_seed=SEED))
        if accepted:
            self.model.entries |= taken

    @rule(original=references, reference=st.sampled_from(["X1", "X2", "X3"]), on=st.sampled_from(DAYS))
    def reverse(self, original: str, reference: str, on: date) -> None:
        known = self.model.entries.get(original)
        if known is None:
            return
        entry = reversal_of(known, on=on, reference=reference, label="Undone")
        entry = replace(entry, validated_on=date(2026, 4, 1))
        accepted = self.model.accepts(entry) and self.model.within({reference: entry})
        self.same(accepted, lambda: reverse_entry(
            "alpha", reference_of=original, on=on, reference=reference, label="Undone",
            validated_on=date(2026, 4, 1), salt_seed=SEED,
        ))  # fmt: skip
        if accepted:
            self.model.entries.setdefault(reference, entry)

    @rule(month=st.integers(1, 3))
    def lock(self, month: int) -> None:
        lock_period("alpha", on=date(2026, month, 5), by="treasurer", why="reported")
        self.model.locked.add(month)

    @rule(month=st.integers(1, 3))
    def unlock(self, month: int) -> None:
        unlock_period("alpha", on=date(2026, month, 5), by="treasurer", why="late invoice")
        self.model.locked.discard(month)

    @precondition(lambda self: self.model.entries)
    @rule(key=st.sampled_from(KEYS), floor=st.sampled_from([-100, 0, 100]))
    def set_floor(self, key: AccountKey, floor: int) -> None:
        used = any(line.account == key for entry in self.model.entries.values() for line in entry.lines)
        accepted = used and self.model.held(key) >= floor
        self.same(accepted, lambda: set_limits("alpha", key, floor=Amount(floor, key.unit)))
        if accepted:
            self.model.floors[key] = floor

    @rule(key=st.sampled_from(KEYS[2:3]))
    def close(self, key: AccountKey) -> None:
        used = any(line.account == key for entry in self.model.entries.values() for line in entry.lines)
        accepted = used and self.model.held(key) == 0 and key not in self.model.closed
        if key not in self.model.closed:
            self.same(accepted, lambda: close_account("alpha", key))
        if accepted:
            self.model.closed.add(key)

    @invariant()
    def balances_agree(self) -> None:
        if not hasattr(self, "model"):
            return
        assert chain_head("alpha").entries == len(self.model.entries)
        for held in balances("alpha"):
            assert held.amount.minor == self.model.held(held.account)
        for key in KEYS:
            early = sum(line.minor for entry in self.model.entries.values() for line in entry.lines
                        if line.account == key and entry.on <= date(2026, 1, 31))  # fmt: skip
            assert balance("alpha", key, date(2026, 1, 31)).minor == early

    @invariant()
    def entries_agree(self) -> None:
        if hasattr(self, "model"):
            assert {stored.entry.reference: stored.entry for stored in journal_entries("alpha")} == self.model.entries


@pytest.mark.django_db
def test_the_ledger_agrees_with_a_dictionary() -> None:
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=30,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
