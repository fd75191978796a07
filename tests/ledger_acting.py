"""A story of the books acted out: each act through the public calls, and all that must follow compared."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from django.db import connection

from ledger import guards
from ledger.audit import find_faults
from ledger.balances import balance, balances, chain_head, entry, entry_by_number, units_sum_to_zero
from ledger.commits import in_one_commit
from ledger.errors import EntriesRefused, LedgerError
from ledger.faults import Fault
from ledger.journal import AccountKey, Document, Entry, Exchange, Line
from ledger.lettering import letter, lettering_log, unletter
from ledger.money import Amount, Unit, share_out, total_of
from ledger.opening import months_of
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
from tests.ledger_stories import Said, Step, Story
from tests.ledger_words import run_sql

FORGERY = "UPDATE ledger_posting SET minor = %s WHERE id = %s"

Refusal = LedgerError | Fault


def key(account: str, unit: Unit) -> AccountKey:
    """The account that a story names: chart, party, project, convention, as far as it goes."""
    chart, party, project, convention = [*account.split(":"), "", "", ""][:4]
    return AccountKey(chart, party, project, convention, unit)


def entry_of(step: Step) -> Entry:
    """The entry that a `post` tells; its validation date is its own, so that no clock has a part in a story."""
    facts, lines = step.act.facts, []
    document, exchange = Document(""), None
    for part in step.parts:
        if part.verb == "document":
            document = Document(part.facts["code"], part.facts["date"])
        elif part.verb == "exchange":
            exchange = Exchange(part.facts["unit"].code, part.facts["other"].code, part.facts["rate"])
        else:
            lines.append(line_of(part))
    return Entry(
        journal=facts["journal"],
        on=facts["date"],
        kind=facts["kind"],
        reference=facts["reference"],
        label=facts["text"],
        lines=tuple(lines),
        document=document,
        validated_on=facts["date"],
        exchange=exchange,
    )


def line_of(part: Said) -> Line:
    amount: Amount = part.facts["amount"]
    signed = amount.minor if part.verb == "debit" else -amount.minor
    words = {name: part.facts.get(name, "") for name in ("convention", "destination")}
    return Line(key(part.facts["account"], amount.unit), signed, **words)


class Acting:
    """One story on its way through the books."""

    def __init__(self, story: Story) -> None:
        self.story, self.book, self.is_forged = story, "", False
        self.posted: tuple[Posted, ...] = ()
        self.refusals: list[Refusal] = []
        self.batch: list[Entry] | None = None
        self.head = ""

    def act_out(self) -> None:
        for step in self.story.steps:
            self.take(step)
        assert self.book, f"{self.story.file} opens no book"
        assert self.is_forged or find_faults(self.book) == []

    def take(self, step: Step) -> None:
        """Do the act, refused or not, then compare all that must follow from it."""
        before = self.state()
        self.posted, self.refusals = (), []
        try:
            getattr(self, f"do_{step.act.verb.replace('-', '_')}")(step)
        except EntriesRefused as refused:
            self.refusals = list(refused.faults)
        except LedgerError as refused:
            self.refusals = [refused]
        expected = [said.facts["code"] for said in step.outcomes if said.verb == "refused"]
        if step.act.verb != "verify":
            codes = [getattr(refusal, "code", "") for refusal in self.refusals]
            assert codes == expected, self.where(step.act, *map(str, self.refusals))
        if expected:
            assert self.state() == before, self.where(step.act, "a refusal leaves nothing behind")
        self.head = before[0]
        self.compare(step)

    def where(self, said: Said, *more: str) -> str:
        return " | ".join([f"{self.story.file}:{said.line}: {said.verb}", *more])

    def state(self) -> tuple[str, object]:
        return (chain_head(self.book).hash, balances(self.book)) if self.book else ("", [])

    # Acts

    def do_book(self, step: Step) -> None:
        facts = step.act.facts
        open_book(slug=facts["code"], name=facts["text"], functional_unit=facts["unit"].code)
        self.book = facts["code"]

    def do_year(self, step: Step) -> None:
        facts = step.act.facts
        dates = {"first": facts["first"], "last": facts["last"]}
        open_fiscal_year(self.book, code=facts["code"], **dates, chart=facts["chart"])

    def do_journal(self, step: Step) -> None:
        open_journal(self.book, code=step.act.facts["code"], label=step.act.facts["text"])

    def do_unit(self, step: Step) -> None:
        declare_unit(step.act.facts["unit"].code)

    def do_floor(self, step: Step) -> None:
        amount = step.act.facts["amount"]
        set_limits(self.book, key(step.act.facts["account"], amount.unit), floor=amount)

    def do_ceiling(self, step: Step) -> None:
        amount = step.act.facts["amount"]
        set_limits(self.book, key(step.act.facts["account"], amount.unit), ceiling=amount)

    def do_post(self, step: Step) -> None:
        if self.batch is None:
            self.posted = (post(self.book, entry_of(step)),)
        else:
            self.batch.append(entry_of(step))

    def do_begin(self, step: Step) -> None:
        self.batch = []

    def do_end(self, step: Step) -> None:
        told, self.batch = self.batch or [], None
        self.posted = post_many(self.book, told)

    def do_reverse(self, step: Step) -> None:
        facts = step.act.facts
        undone = reverse_entry(
            self.book,
            reference_of=facts["reversed"],
            on=facts["date"],
            reference=facts["reference"],
            label=facts["text"],
            validated_on=facts["date"],
        )
        self.posted = (undone,)

    def turn(self, step: Step, act: Callable[..., None]) -> None:
        facts = step.act.facts
        for first, _ in months_of(facts["first"], facts["last"]):
            act(self.book, on=first, by=facts["name"], why=facts["text"])

    def do_lock(self, step: Step) -> None:
        self.turn(step, lock_period)

    def do_unlock(self, step: Step) -> None:
        self.turn(step, unlock_period)

    def do_close(self, step: Step) -> None:
        self.turn(step, close_period)

    def do_close_account(self, step: Step) -> None:
        close_account(self.book, key(step.act.facts["account"], step.act.facts["unit"]))

    def do_erase(self, step: Step) -> None:
        facts = step.act.facts
        erase_label(self.book, reference=facts["reference"], by=facts["name"], why=facts["text"])

    def do_letter(self, step: Step) -> None:
        facts = step.act.facts
        account = key(facts["account"], facts["unit"])
        postings = [self.posting(part.facts["reference"], account)[0] for part in step.parts]
        letter(self.book, account, code=facts["code"], postings=postings, on=facts["date"], by=facts["name"])

    def do_unletter(self, step: Step) -> None:
        facts = step.act.facts
        unletter(self.book, key(facts["account"], facts["unit"]), code=facts["code"], by=facts["name"])

    def do_split(self, step: Step) -> None:
        """Share an amount; with `holds` it is the whole amount so far, and what each gets is what is new."""
        facts = [part.facts for part in step.parts]
        total = step.act.facts["amount"]
        held = {fact["name"]: fact["held"].minor for fact in facts if "held" in fact}
        parts = share_out(total.minor, {fact["name"]: fact["weight"] for fact in facts}, held=held)
        got = {name: Amount(minor - held.get(name, 0), total.unit) for name, minor in parts.items()}
        assert got == {fact["name"]: fact["amount"] for fact in facts}, self.where(step.act)

    def do_forge(self, step: Step) -> None:
        """Change the amounts of posted rows, as somebody with a shell on the database would."""
        reference = step.act.facts["reference"]
        with ExitStack() as guarded:
            if step.act.template.endswith("guards"):
                guards.lift(connection)
                guarded.callback(guards.install, connection)
                self.is_forged = True
            for part in step.parts:
                line = line_of(part)
                number, base = self.posting(reference, line.account)
                in_one_commit(partial(run_sql, FORGERY, [line.minor, base + number]))
            connection.check_constraints()

    def do_verify(self, step: Step) -> None:
        self.refusals = list(find_faults(self.book))

    def posting(self, reference: str, account: AccountKey) -> tuple[int, int]:
        """The number of the entry's posting on this account, and where the numbers of the book begin."""
        stored = entry(self.book, reference)
        found = [n for n, line in zip(stored.postings, stored.entry.lines, strict=True) if line.account == account]
        assert len(found) == 1, f"{self.story.file}: {reference} has {len(found)} lines on {account.code}"
        return found[0], stored.id - stored.position

    # What follows

    def compare(self, step: Step) -> None:
        remaining = list(self.refusals)
        if step.act.verb == "verify":
            named = [said for said in step.outcomes if said.verb in ("fault", "sound")]
            assert bool(remaining) == (named[0].verb == "fault"), self.where(named[0], *map(self.sentence, remaining))
        last: Refusal | None = None
        for said in step.outcomes:
            if said.verb == "refused":
                last = remaining.pop(0)
            elif said.verb == "fault":
                last = self.fault(said, first=last is None)
            elif said.verb in ("en", "fr"):
                assert last is not None
                assert last.sentence(said.verb) == said.facts["text"], self.where(said)
            else:
                getattr(self, f"see_{said.verb}")(said)
        if self.book:
            assert self.is_forged or not any(units_sum_to_zero(self.book).values()), self.where(step.act)

    @staticmethod
    def sentence(found: Refusal) -> str:
        return found.sentence("en")

    def fault(self, said: Said, *, first: bool) -> Refusal:
        """The fault of this kind; the first that a story names is the first that is found."""
        kinds = {found.kind: found for found in self.refusals if isinstance(found, Fault)}
        assert said.facts["code"] in (list(kinds)[:1] if first else kinds), self.where(said, *kinds)
        return kinds[said.facts["code"]]

    def see_balance(self, said: Said) -> None:
        amount = said.facts["amount"]
        held = balance(self.book, key(said.facts["account"], amount.unit), as_of=said.facts.get("date"))
        assert held == amount, self.where(said)

    def see_total(self, said: Said) -> None:
        amount = said.facts["amount"]
        which = {"chart": said.facts["prefix"], "unit": amount.unit.code, "as_of": said.facts.get("date")}
        found = total_of((held.amount for held in balances(self.book, **which)), amount.unit)
        assert found == amount, self.where(said)

    def see_number(self, said: Said) -> None:
        facts = said.facts
        place = {"journal": facts["journal"], "fiscal_year": facts["year"], "number": facts["number"]}
        assert entry_by_number(self.book, **place).entry.reference == self.posted[-1].reference, self.where(said)

    def see_replayed(self, said: Said) -> None:
        assert self.posted, self.where(said)
        assert all(posted.replayed for posted in self.posted), self.where(said)
        self.see_head(said)

    def see_head(self, said: Said) -> None:
        assert chain_head(self.book).hash == self.head, self.where(said)

    def see_label(self, said: Said) -> None:
        stored = entry(self.book, said.facts["reference"])
        assert stored.entry.label == said.facts.get("text", ""), self.where(said)
        assert stored.is_erased == ("text" not in said.facts), self.where(said)

    def see_mark(self, said: Said) -> None:
        facts = said.facts
        stored, account = entry(self.book, facts["reference"]), key(facts["account"], facts["unit"])
        marks = {line.account: mark for line, mark in zip(stored.entry.lines, stored.marks, strict=True)}
        mark = marks[account]
        assert (mark.code if mark else "open") == facts["code"], self.where(said)

    def see_logged(self, said: Said) -> None:
        last = lettering_log(self.book)[-1]
        assert (last.act, last.code, last.by) == tuple(said.facts[n] for n in ("act", "code", "name")), self.where(said)

    def see_sound(self, said: Said) -> None:
        assert find_faults(self.book) == [], self.where(said)
