"""The machine can fail: a model, a reader or a crash that is wrong in one way is found within a few lives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from ledger import chain, errors
from ledger.errors import LedgerError
from ledger.journal import AccountKey, Entry
from tests import ledger_machine
from tests.ledger_machine import Ledger, open_the_books
from tests.ledger_model import Model

LIVES = 60

pytestmark = pytest.mark.django_db


def notices(machine: type[Ledger]) -> None:
    """The machine fails, by a comparison and not by an accident; it stops at its first failure."""
    open_the_books()
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            seed(7)(type("Spoilt", (machine,), {})),
            settings=settings(
                max_examples=LIVES,
                stateful_step_count=50,
                deadline=None,
                database=None,
                derandomize=False,
                phases=[Phase.generate],
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )


def with_model(model: type[Model]) -> type[Ledger]:
    return type("WithModel", (Ledger,), {"model": model})


def without(*kinds: type[LedgerError]) -> type[Model]:
    """A model that lacks these rungs of the ladder."""

    class Lenient(Model):
        def rungs(self, entry: Entry) -> Iterator[tuple[type[LedgerError], Any]]:
            return (rung for rung in super().rungs(entry) if rung[0] not in kinds)

    return Lenient


@pytest.mark.parametrize(
    "kind",
    [
        errors.EntryNotBalanced,
        errors.ReferenceConflict,
        errors.PeriodLocked,
        errors.NoPeriodForDate,
        errors.ReversalNotExact,
    ],
)
def test_a_rung_that_is_missing_on_one_side(kind: type[LedgerError]) -> None:
    notices(with_model(without(kind)))


class NoLimits(Model):
    def is_beyond(self, key: AccountKey) -> bool:
        return False


class NumbersFromZero(Model):
    def add(self, entry: Entry, *, seal: int) -> None:
        super().add(entry, seal=seal)
        year, number, _ = self.places[entry.reference]
        self.places[entry.reference] = (year, number - 1, seal)


class NumbersAcrossJournals(Model):
    def add(self, entry: Entry, *, seal: int) -> None:
        super().add(entry, seal=seal)
        year = self.places[entry.reference][0]
        self.places[entry.reference] = (year, sum(y == year for y, *_ in self.places.values()), seal)


class LeavesTurned(Model):
    """The leaves of a seal in another order than the entries were posted."""

    def seal(self, references: Sequence[str]) -> None:
        self.head = chain.seal_hash(self.head, [self.leaf(reference) for reference in reversed(references)])


class DaysOpenEnded(Model):
    """A balance as of a day without that day."""

    def sides(self, key: AccountKey, until: date = date.max) -> tuple[int, int]:
        minors = [minor for account, on, minor in self.postings if account == key and (on < until or until == date.max)]
        return sum(m for m in minors if m > 0), -sum(m for m in minors if m < 0)


class WordsKept(Model):
    """An erased label is still shown."""

    def shown(self, reference: str) -> Entry:
        return self.entries[reference]


@pytest.mark.parametrize(
    "model", [NoLimits, NumbersFromZero, NumbersAcrossJournals, LeavesTurned, DaysOpenEnded, WordsKept]
)
def test_books_that_are_kept_in_another_way(model: type[Model]) -> None:
    notices(with_model(model))


class CrashThatLeavesThings(Ledger):
    """What was written before a crash stays, as if there were no transaction."""

    def survive(self, book: str, do: Callable[[], Any], crash: int | None) -> Any:
        if crash is None:
            return do()
        do()
        self.compare_all(book)
        return do()


def test_a_crash_that_leaves_something() -> None:
    notices(CrashThatLeavesThings)


def test_a_fault_of_the_books_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_machine, "find_faults", lambda book: ["a fault"])
    notices(Ledger)


def test_a_reader_that_is_one_cent_off(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = ledger_machine.balance

    def one_off(book: str, key: AccountKey, as_of: date | None = None) -> Any:
        held = honest(book, key, as_of)
        return replace(held, minor=held.minor + 1) if as_of and held else held

    monkeypatch.setattr(ledger_machine, "balance", one_off)
    notices(Ledger)
