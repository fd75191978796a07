"""An audit in words: lines of the bank, a sample, a tick and a question, built through the services."""

from __future__ import annotations

from datetime import date

from fund.accounting.bank_rows import BankRow
from fund.accounting.sampling import Plan
from fund.models import AuditAnswer, AuditNote, AuditSample, AuditTick, BankLine, BankMatch, Fund
from fund.queries.accounts_year import year_of
from fund.queries.bank import bank_books
from fund.services.actors import Actor
from fund.services.audit import answer_note, draw_sample, tick_entry, write_note
from fund.services.bank import confirm_match, take_in_lines
from ledger.balances import entry as stored_entry

AUDITED_ON = date(2027, 2, 1)
FILE = "ab" * 32


def auditor(fund: Fund) -> Actor:
    return Actor(fund=fund, by="auditor")


def treasurer(fund: Fund) -> Actor:
    return Actor(fund=fund, by="treasurer")


def a_sample(fund: Fund, plan: Plan | None = None, *, seed: str = "graine", reference: str = "S1") -> AuditSample:
    """A sample of the year 2026; five entries at random unless another plan is given."""
    year = year_of(fund, 2026)
    assert year is not None
    plan = plan or Plan("simple", 5)
    return draw_sample(auditor(fund), year, plan, seed=seed, on=AUDITED_ON, reference=reference)


def a_tick(
    sample: AuditSample, outcome: str = "agreed", *, rank: int = 1, reference: str = "T1", **facts: object
) -> AuditTick:
    entry = sample.drawn.get(rank=rank)
    said = {"outcome": outcome, "on": AUDITED_ON, "reference": reference, **facts}
    return tick_entry(auditor(sample.fund), entry, **said)  # type: ignore[arg-type]


def a_note(fund: Fund, text: str = "À revoir.", *, reference: str = "N1", **facts: object) -> AuditNote:
    said = {"about": "free", "subject": "", "is_shared": False, "on": AUDITED_ON, **facts}
    return write_note(auditor(fund), text=text, reference=reference, **said)  # type: ignore[arg-type]


def an_answer(note: AuditNote, text: str = "C’est noté.", *, reference: str = "A1") -> AuditAnswer:
    return answer_note(treasurer(note.fund), note, text=text, roles=["treasurer"], on=AUDITED_ON, reference=reference)


def lines_of_the_bank(fund: Fund, *rows: BankRow) -> list[BankLine]:
    take_in_lines(treasurer(fund), rows, file_sha256=FILE, on=AUDITED_ON)
    return list(BankLine.objects.filter(fund=fund).order_by("number"))


def reconciled(line: BankLine, *references: str) -> tuple[BankMatch, ...]:
    """The line matched with the postings of these entries."""
    found = [side.posting for side in bank_books(line.fund).postings if side.reference in references]
    return confirm_match(treasurer(line.fund), line, postings=found, ground="hand", on=AUDITED_ON)


def an_audited_fund(fund: Fund, receipt: str = "receipt:R1") -> None:
    """One of each: a line of the bank reconciled with a receipt, a sample with a tick, a question with its answer."""
    entry = stored_entry(fund.slug, receipt).entry
    amount = max(line.minor for line in entry.lines)
    lines_of_the_bank(fund, BankRow("512", entry.on, amount, "R1"), BankRow("512", entry.on, -900, label="FRAIS"))
    reconciled(BankLine.objects.get(fund=fund, number=1), receipt)
    a_tick(a_sample(fund))
    an_answer(a_note(fund, is_shared=True))
