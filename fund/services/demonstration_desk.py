"""What the demonstration shows of an audit: some lines of the bank, a sample with a few ticks, a question answered."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from fund.accounting.bank_rows import BankRow
from fund.accounting.reconciling import BookSide
from fund.accounting.sampling import Plan
from fund.errors import NotADemonstration
from fund.models import AuditSample, AuditTick, BankLine, Fund
from fund.queries.accounts_year import year_of
from fund.queries.bank import BANK
from fund.queries.books import bank_balance
from fund.services.actors import Actor
from fund.services.audit import answer_note, draw_sample, tick_entry, write_note
from fund.services.bank import confirm_match, take_in_lines
from ledger.account_statements import account_statement
from ledger.money import unit_of

_LINES, _WITH_REFERENCE, _CONFIRMED = 8, 5, 3
_FEE_MINOR = 1250


@transaction.atomic
def demonstration_desk(fund: Fund, *, year: int) -> AuditSample:
    """The bank of the last weeks of the year, an auditor's first sample, and one question to the treasurer."""
    if not settings.DEMONSTRATION:
        raise NotADemonstration()
    held = fund.audit_samples.order_by("number").first()
    if held is not None:
        return held
    treasurer, auditor = Actor(fund, "treasurer"), Actor(fund, "auditor")
    spring = date(year + 1, 3, 2)
    _bank(treasurer, year, spring)
    return _sample(auditor, treasurer, year, spring)


def _bank(treasurer: Actor, year: int, on: date) -> None:
    """The last payments of the year as a bank would show them: one is missing, a fee is only there."""
    fund, last = treasurer.fund, date(year, 12, 31)
    found = account_statement(fund.slug, chart=BANK, unit=unit_of(fund.currency), last=last).lines
    shown = [
        BookSide(each.posting, each.reference, "", each.on, each.amount.minor, each.document, each.label)
        for each in found[-_LINES - 1 : -1]
    ]
    balance = bank_balance(fund, shown[0].on - timedelta(days=1)).minor
    rows = []
    for place, each in enumerate(shown):
        balance += each.minor
        known = each.document if place < _WITH_REFERENCE else ""
        rows.append(BankRow(BANK, each.on, each.minor, known, "", "VIREMENT (fictif)", balance))
    rows.append(BankRow(BANK, last, -_FEE_MINOR, "", "", "FRAIS DE TENUE DE COMPTE (fictif)", balance - _FEE_MINOR))
    take_in_lines(treasurer, rows, file_sha256=sha256(b"demonstration").hexdigest(), on=on)
    lines = BankLine.objects.filter(fund=fund).order_by("number")[:_CONFIRMED]
    for line, each in zip(lines, shown, strict=False):
        confirm_match(treasurer, line, postings=[each.posting], ground="reference", on=on)


def _sample(auditor: Actor, treasurer: Actor, year: int, on: date) -> AuditSample:
    fiscal_year = year_of(auditor.fund, year)
    assert fiscal_year is not None, "the demonstration's year is open"
    sample = draw_sample(
        auditor, fiscal_year, Plan("monetary-unit", 12), seed="marée haute", on=on, reference="demonstration"
    )
    found = (
        (AuditTick.Outcome.AGREED, ""),
        (AuditTick.Outcome.AGREED, ""),
        (AuditTick.Outcome.MISSING, "Le bulletin de versement n’est pas au dossier."),
    )
    entries = list(sample.drawn.order_by("rank")[: len(found)])
    for entry, (outcome, note) in zip(entries, found, strict=False):
        tick_entry(auditor, entry, outcome=outcome, note=note, on=on, reference=f"demonstration-{entry.rank}")
    asked = write_note(
        auditor,
        about="entry",
        subject=entries[-1].reference,
        text="Pouvez-vous joindre le bulletin de versement de cette écriture ?",
        is_shared=True,
        on=on,
        reference="demonstration",
    )
    answer_note(
        treasurer,
        asked,
        text="Il est chez notre banque : nous l’avons demandé ce matin.",
        roles=["treasurer"],
        on=on + timedelta(days=2),
        reference="demonstration",
    )
    return sample
