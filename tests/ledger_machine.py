"""A machine that keeps two books in the ledger and in dictionaries side by side, and compares after each step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from ledger import errors
from ledger.audit import find_faults
from ledger.balances import balance, balances, chain_head, entry, journal_entries, trial_balance, units_sum_to_zero
from ledger.errors import EntriesRefused, LedgerError
from ledger.journal import AccountKey, Entry, Line, reversal_of
from ledger.lettering import letter, letterings, unletter
from ledger.money import EUR, Amount
from ledger.posting import (
    Posted,
    close_account,
    close_period,
    declare_unit,
    erase_label,
    lock_period,
    open_book,
    open_fiscal_year,
    open_journal,
    post,
    post_many,
    reverse_entry,
    set_limits,
    unlock_period,
)
from tests import ledger_strategies as some
from tests.ledger_faults import Crashed, Cut, crash_after, cut_after
from tests.ledger_model import JOURNALS, YEARS, Model, Refused, opposite
from tests.ledger_words import SEED

BOOKS = ("alpha", "beta")
books = st.sampled_from(BOOKS)
TURNS = {"locked": ("lock", lock_period), "open": ("unlock", unlock_period), "closed": ("close", close_period)}


def open_the_books() -> None:
    """Two books with three years and two journals each: once, before the machine plays."""
    for slug in BOOKS:
        open_book(slug=slug, name=f"Fund {slug}")
        for code, (year, first, last) in YEARS.items():
            days = date(year, first, 1), date(year, last, 30 if last == 11 else 31)
            open_fiscal_year(slug, code=code, first=days[0], last=days[1], chart="anc-2018-06/1")
        for code in JOURNALS:
            open_journal(slug, code=code, label="Journal")
    declare_unit("USD")


class Ledger(RuleBasedStateMachine):
    """Each run plays in a savepoint of its own, so the books are opened once for all of them."""

    model = Model

    @initialize(first=some.first_batches, second=some.first_batches)
    def begin(self, first: list[Entry], second: list[Entry]) -> None:
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.books = {slug: self.model(slug) for slug in BOOKS}
        for book, said in zip(BOOKS, (first, second), strict=True):
            self.post_batch(book, said, None, None, None)

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            try:
                connection.check_constraints()  # what a commit would ask
                for slug in BOOKS:
                    self.compare_all(slug)
                    assert find_faults(slug) == []
            finally:
                transaction.set_rollback(True)
                self.outer.__exit__(None, None, None)

    # Acts: done, refused, or stopped by a crash and done again

    def act(self, book: str, expected: Sequence[Refused], do: Callable[[], Any], crash: int | None) -> Any:
        """Do it and compare the refusals; a crash on the way leaves nothing, and the act is simply done again."""
        try:
            answer = self.survive(book, do, crash)
        except EntriesRefused as refused:
            found = [_told(fault) for fault in refused.faults]
        except LedgerError as refused:
            found = [_told(refused)]
        else:
            assert not expected, f"accepted, but the model refuses: {expected}"
            return answer
        by_account = all(refusal.kind is errors.LimitPassed for refusal in expected)
        assert found == list(expected) or (by_account and sorted(map(repr, found)) == sorted(map(repr, expected)))
        self.compare_head(book)
        return None

    def survive(self, book: str, do: Callable[[], Any], crash: int | None) -> Any:
        """Every other fault is a statement that fails, the others are the end of the process and its transaction."""
        if crash is None:
            return do()
        try:
            if crash % 2:
                with transaction.atomic(), crash_after(crash):
                    do()
            with cut_after(crash):
                return do()
        except (Crashed, Cut):
            self.compare_all(book)
        return do()

    def write(self, book: str, entries: Sequence[Entry], do: Callable[[], Any], crash: int | None) -> None:
        """An act that posts these entries: the model does the same, and what it wrote is read back."""
        known = self.books[book]
        after, refusals = known.after(entries)
        answer = self.act(book, refusals, do, crash)
        if refusals:
            return
        answers: tuple[Posted, ...] = answer if isinstance(answer, tuple) else (answer,)
        new = list(after.entries)[len(known.entries) :]
        seen: set[str] = set()
        for posted, said in zip(answers, entries, strict=True):
            year, number, seal = after.places[said.reference]
            replayed = said.reference not in new or said.reference in seen
            there = after.entries[said.reference].journal
            assert posted == Posted(said.reference, there, year, number, seal, replayed)
            seen.add(said.reference)
        self.adopt(book, after, new)

    def adopt(self, book: str, after: Model, new: Sequence[str]) -> None:
        """The model's book moves on; a validation date that was left to the books is read from them."""
        for reference in new:
            stored = entry(book, reference)
            if after.entries[reference].validated_on is None:
                assert type(stored.entry.validated_on) is date
                after.entries[reference] = replace(after.entries[reference], validated_on=stored.entry.validated_on)
            assert stored.entry == after.entries[reference]
            assert (stored.fiscal_year, stored.number, stored.seal) == after.places[reference]
        if new:
            after.seal(new)
        self.books[book] = after
        self.compare_balances(book)

    @rule(book=books, said=some.entries(), crash=some.crashes)
    def post_one(self, book: str, said: Entry, crash: int | None) -> None:
        self.write(book, [said], lambda: post(book, said, salt_seed=SEED), crash)

    @rule(book=books, said=some.wrong_entries, crash=some.crashes)
    def post_wrong(self, book: str, said: Entry, crash: int | None) -> None:
        self.write(book, [said], lambda: post(book, said, salt_seed=SEED), crash)

    @rule(book=books, said=some.sound_batches, wrong=some.spoilt_or_none, again=some.twice,
          crash=some.crashes)  # fmt: skip
    def post_batch(
        self, book: str, said: list[Entry], wrong: Entry | None, again: int | None, crash: int | None
    ) -> None:
        """Sometimes one entry is spoilt, and sometimes one stands twice in its batch."""
        said = said if wrong is None else [*said, wrong]
        if again is not None and said:
            said = [*said, said[again % len(said)]]
        self.write(book, said, lambda: post_many(book, said, salt_seed=SEED), crash)

    @rule(book=books, of=some.positions, said=some.entries(spoilt=False), minor=some.swings, crash=some.crashes)
    def there_and_back(self, book: str, of: int, said: Entry, minor: int, crash: int | None) -> None:
        """A batch that passes a limit only between its two entries is within it."""
        key = self.account(book, of)
        lines = (Line(key, minor), Line(replace(some.WAITING, unit=key.unit), -minor))
        there = replace(said, exchange=None, lines=lines)
        batch = [there, replace(there, reference=f"{said.reference}.", lines=tuple(map(opposite, lines)))]
        self.write(book, batch, lambda: post_many(book, batch, salt_seed=SEED), crash)

    @rule(book=books, which=st.lists(some.positions, min_size=1, max_size=4), fresh=some.entries(spoilt=False),
          alone=st.booleans(), crash=some.crashes)  # fmt: skip
    def replay(self, book: str, which: list[int], fresh: Entry, alone: bool, crash: int | None) -> None:
        """Entries that are posted come again in any order, after locks and closings, alone or before a new one."""
        known = list(self.books[book].entries.values())
        if not known:
            return
        said = [replace(known[n % len(known)], validated_on=None if n % 5 == 0 else known[n % len(known)].validated_on)
                for n in which]  # fmt: skip
        assert self.books[book].after(said)[1] == []
        if not alone:
            said.append(fresh)
        self.write(book, said, lambda: post_many(book, said, salt_seed=SEED), crash)

    @rule(book=books, which=some.positions, change=some.changes, crash=some.crashes)
    def conflict(self, book: str, which: int, change: tuple[str, Callable[[Entry], Entry]], crash: int | None) -> None:
        """A posted reference comes with one fact changed: the refusal names that fact."""
        model, (fact, changed) = self.books[book], change
        known = list(model.entries.values())
        if known and (said := changed(known[which % len(known)])) != known[which % len(known)]:
            erased = fact == "label" and said.reference in model.erased
            expected = [] if erased else [Refused(errors.ReferenceConflict, said.reference, fact)]
            assert model.after([said])[1] == expected
            self.write(book, [said], lambda: post(book, said, salt_seed=SEED), crash)

    @rule(book=books, which=some.positions, reference=st.sampled_from(["X1", "X2", "X3", "X4", "R1"]), on=some.days,
          twist=some.twists, crash=some.crashes)  # fmt: skip
    def reverse(self, book: str, which: int, reference: str, on: date, twist: int | None, crash: int | None) -> None:
        """Undo an entry, or try to undo it not quite exactly."""
        known = [*self.books[book].entries, "R999"]
        of = known[which % len(known)]

        def do() -> Posted:
            return reverse_entry(book, reference_of=of, on=on, reference=reference, label="Undone",
                                 validated_on=some.IMPORTED, salt_seed=SEED)  # fmt: skip

        if of == "R999":
            self.act(book, [Refused(errors.EntryUnknown, of)], do, crash)
            return
        said = reversal_of(self.books[book].entries[of], on=on, reference=reference, label="Undone")
        said = replace(said, validated_on=some.IMPORTED)
        if twist is None:
            self.write(book, [said], do, crash)
            return
        twisted = replace(said, lines=said.lines[::-1]) if twist else replace(said, lines=(*said.lines, *said.lines))
        self.write(book, [twisted], lambda: post(book, twisted, salt_seed=SEED), crash)

    # Posting is what the others need something of, so it stands here twice
    post_another, post_another_batch = post_one, post_batch

    # Around the entries

    def account(self, book: str, which: int) -> AccountKey:
        """Mostly an account that was used."""
        used = sorted(self.books[book].accounts(), key=lambda key: (key.code, key.unit.code))
        return used[which % len(used)] if used and which < 240 else some.ACCOUNTS[which % len(some.ACCOUNTS)]

    @rule(book=books, on=some.days, to=some.turns, crash=some.crashes)
    def turn_period(self, book: str, on: date, to: str, crash: int | None) -> None:
        months, month = self.books[book].months, (on.year, on.month)
        expected, (name, turn) = [], TURNS[to]
        if month not in months:
            expected = [Refused(errors.PeriodUnknown)]
        elif months[month] == "closed" != to:
            expected = [Refused(errors.PeriodClosed, name)]
        self.act(book, expected, lambda: turn(book, on=on, by="treasurer", why="reported"), crash)
        if not expected:
            months[month] = to

    @rule(book=books, of=some.positions, said=some.entries(spoilt=False), crash=some.crashes)
    def close(self, book: str, of: int, said: Entry, crash: int | None) -> None:
        """Close an account, or try to move one that is closed."""
        model, key = self.books[book], self.account(book, of)
        if of % 2 and some.WAITING in model.accounts():
            key = some.WAITING  # always at zero, so it can be closed
        if key in model.closed:
            said = replace(said, exchange=None, lines=(*said.lines, Line(key, 5), Line(key, -5)))
            self.write(book, [said], lambda: post(book, said, salt_seed=SEED), crash)
            return
        expected = []
        if key not in model.accounts():
            expected = [Refused(errors.AccountUnknown)]
        elif model.held(key):
            expected = [Refused(errors.AccountNotEmpty)]
        self.act(book, expected, lambda: close_account(book, key), crash)
        if not expected:
            model.closed.add(key)

    @rule(book=books, of=some.positions, floor=some.floors, ceiling=some.ceilings, crash=some.crashes)
    def limit(self, book: str, of: int, floor: int | None, ceiling: int | None, crash: int | None) -> None:
        model, tried, key = self.books[book], self.books[book].twin(), self.account(book, of)
        tried.limits[key] = (floor, ceiling)
        expected = []
        if key not in model.accounts():
            expected = [Refused(errors.AccountUnknown)]
        elif 2**62 in (floor, ceiling) or tried.is_beyond(key):
            expected = [Refused(errors.LimitsInvalid)]
        low, high = (None if bound is None else Amount(bound, key.unit) for bound in (floor, ceiling))
        self.act(book, expected, lambda: set_limits(book, key, floor=low, ceiling=high), crash)
        if not expected:
            self.books[book] = tried

    @rule(book=books, which=some.positions, crash=some.crashes)
    def erase(self, book: str, which: int, crash: int | None) -> None:
        model = self.books[book]
        known = [*model.entries, "R999"]
        of = known[which % len(known)]
        expected = []
        if of not in model.entries:
            expected = [Refused(errors.EntryUnknown, of)]
        elif of in model.erased:
            expected = [Refused(errors.LabelErased, of)]
        self.act(book, expected, lambda: erase_label(book, reference=of, by="treasurer", why="asked"), crash)
        if not expected:
            model.erased.add(of)
            assert entry(book, of).entry == model.shown(of)

    @rule(book=books, of=some.positions, code=st.sampled_from("AB"),
          which=st.lists(some.positions, max_size=3), is_partial=st.booleans(), crash=some.crashes)  # fmt: skip
    def letter(self, book: str, of: int, code: str, which: list[int], is_partial: bool, crash: int | None) -> None:
        model, key = self.books[book], self.account(book, of)
        own = [number for number, (account, _, _) in enumerate(model.postings, start=1) if account == key]
        numbers = {own[n % len(own)] if own and n < 240 else 1 + n % (len(model.postings) + 1) for n in which}
        lettered = {number for postings in model.letterings.values() for number in postings}
        refused = (
            len(numbers) < 2
            or (key, code) in model.letterings
            or not numbers <= set(own)
            or numbers & lettered
            or (not is_partial and sum(model.postings[number - 1][2] for number in numbers))
        )
        kind = errors.LetteringRefused if key in model.accounts() else errors.AccountUnknown
        expected = [Refused(kind)] if refused or kind is errors.AccountUnknown else []

        def do() -> None:
            letter(book, key, code=code, postings=numbers, on=some.IMPORTED, by="treasurer", is_partial=is_partial)

        self.act(book, expected, do, crash)
        if not expected:
            model.letterings[key, code] = tuple(sorted(numbers))

    @rule(book=books, of=some.positions, code=st.sampled_from("AB"),
          crash=some.crashes)  # fmt: skip
    def unletter(self, book: str, of: int, code: str, crash: int | None) -> None:
        model, key = self.books[book], self.account(book, of)
        kind = errors.LetteringRefused if key in model.accounts() else errors.AccountUnknown
        expected = [] if (key, code) in model.letterings else [Refused(kind)]
        self.act(book, expected, lambda: unletter(book, key, code=code, by="treasurer"), crash)
        if not expected:
            del model.letterings[key, code]

    @rule(book=books, of=some.positions, on=some.days)
    def ask(self, book: str, of: int, on: date) -> None:
        """One account today and on some day; what was never used holds nothing."""
        model, key = self.books[book], self.account(book, of)
        assert balance(book, key).minor == model.held(key)
        assert balance(book, key, on).minor == model.held(key, on)
        assert balance("alpha", AccountKey("512", "nobody"), on) == Amount(0, EUR)

    # Comparisons

    def compare_head(self, book: str) -> None:
        model, head = self.books[book], chain_head(book)
        assert (head.entries, head.seals, head.hash) == (len(model.entries), model.seals, model.head.hex())

    def compare_balances(self, book: str, as_of: date | None = None) -> None:
        model = self.books[book]
        found = {held.account: (held.debit.minor, held.credit.minor) for held in balances(book, as_of=as_of)}
        assert found == {key: model.sides(key, as_of or date.max) for key in model.accounts()}

    def compare_all(self, book: str) -> None:
        """Everything that can be read of a book."""
        model = self.books[book]
        self.compare_head(book)
        stored = journal_entries(book)
        assert [row.entry for row in stored] == [model.shown(reference) for reference in model.entries]
        assert [(row.fiscal_year, row.number, row.seal) for row in stored] == list(model.places.values())
        assert [n for row in stored for n in row.postings] == list(range(1, len(model.postings) + 1))
        for day in (None, date(2025, 12, 31), date(2026, 1, 10), date(2026, 2, 28)):
            self.compare_balances(book, day)
        self.compare_trial_balance(book, date(2026, 1, 10), date(2026, 2, 28))
        assert not any(units_sum_to_zero(book).values())
        for key in {key for key, _ in model.letterings} | {some.BANK}:
            found = {(row.account, row.code): row.postings for row in letterings(book, key)}
            assert found == {pair: numbers for pair, numbers in model.letterings.items() if pair[0] == key}

    def compare_trial_balance(self, book: str, first: date, as_of: date) -> None:
        model, sums = self.books[book], {}
        for account in model.accounts():
            sums[account.chart, account.unit.code] = (0, 0, 0)
        for account, on, minor in model.postings:
            opening, debit, credit = sums[account.chart, account.unit.code]
            if on < first:
                opening += minor
            elif on <= as_of:
                debit, credit = debit + max(minor, 0), credit - min(minor, 0)
            sums[account.chart, account.unit.code] = (opening, debit, credit)
        rows = trial_balance(book, first=first, as_of=as_of)
        found = {
            (row.chart, row.opening.unit.code): (row.opening.minor, row.debit.minor, row.credit.minor) for row in rows
        }
        assert found == sums


def _told(refusal: LedgerError) -> Refused:
    """A refusal as the model says it."""
    return Refused(type(refusal), refusal.facts.get("reference", ""), refusal.facts.get("differing", ""))
