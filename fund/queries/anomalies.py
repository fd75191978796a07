"""What the rules of `fund.accounting.anomalies` look at in a fiscal year, and what they find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fund.accounting.anomalies import Alone, Evidence, Finding, Held, Payee, Thresholds, Undone, counts, findings
from fund.accounting.benford import FirstDigit, first_digits
from fund.accounting.reconciling import BankSide
from fund.accounting.year import FiscalYear
from fund.models import BankAccount, Fund
from fund.queries.accounts_year import year_accounts
from fund.queries.bank import unmatched_bank
from fund.queries.bookings import booked_of, stored_of
from fund.queries.identities import FundIdentity, fund_identity
from ledger.errors import BookUnknown
from ledger.lettering import lettering_log
from ledger.money import Unit, unit_of


@dataclass(frozen=True, slots=True)
class Anomalies:
    """The findings of a year, how many each rule has, and the first digits of the amounts.

    `has_bank_lines` is False when no line of the bank was taken in: its two rules say nothing then.
    """

    fund: FundIdentity
    year: FiscalYear
    as_of: date
    unit: Unit
    limits: Thresholds
    findings: tuple[Finding, ...]
    counts: dict[str, int]
    digits: tuple[FirstDigit, ...]
    entries: int
    has_bank_lines: bool


def anomalies_of(fund: Fund, year: FiscalYear, limits: Thresholds, as_of: date | None = None) -> Anomalies:
    """What is worth a look in the year up to a day."""
    day = min(as_of or year.last, year.last)
    entries = [entry for stored in stored_of(fund, year, day) if (entry := booked_of(fund, stored)) is not None]
    bank = unmatched_bank(fund, day)
    evidence = Evidence(
        last=year.last,
        entries=entries,
        payees=[
            Payee(party, iban)
            for party, iban in BankAccount.objects.filter(party__fund=fund).values_list("party__code", "iban")
        ],
        held=_held(fund, year, day),
        undone=_undone(fund, year),
        lines_alone=[
            Alone(str(line.number), _said(line), line.on, line.minor) for line in bank.lines if line.on >= year.first
        ]
        if bank.has_lines
        else None,
        postings_alone=[
            Alone(each.reference, each.number, each.on, each.minor) for each in bank.postings if each.on >= year.first
        ]
        if bank.has_lines
        else None,
    )
    found = findings(evidence, limits)
    return Anomalies(
        fund_identity(fund),
        year,
        day,
        unit_of(fund.currency),
        limits,
        found,
        counts(found),
        first_digits(entry.amount for entry in entries),
        len(entries),
        bank.has_lines,
    )


def _said(line: BankSide) -> str:
    return " · ".join(part for part in (line.reference, line.counterparty) if part) or line.label or str(line.number)


def _held(fund: Fund, year: FiscalYear, day: date) -> list[Held]:
    if day < year.first:
        return []
    rows = year_accounts(fund, year, day).by_auxiliary()
    return [Held(row.key.chart, row.key.auxiliary, row.closing) for row in rows]


def _undone(fund: Fund, year: FiscalYear) -> list[Undone]:
    try:
        log = lettering_log(fund.slug)
    except BookUnknown:
        return []
    return [
        Undone(act.account.chart, act.code, act.on, act.by)
        for act in log
        if act.act == "undone" and year.first <= act.on <= year.last
    ]
