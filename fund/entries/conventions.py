"""What a funder's convention books: its income when it is signed, and at the end of a year what is left of it."""

from __future__ import annotations

from fund.accounting.account_keys import of_party
from fund.accounting.dedicated_funds import RUBRICS
from fund.accounting.dedicating import Plan
from fund.entries.members import financial_contribution_signed, subsidy_notified
from fund.entries.year_end import (
    dedicated_funds_carried,
    dedicated_funds_used,
    deferred_income_taken,
    income_deferred,
)
from ledger.journal import AccountKey, Line, credit, debit, turned
from ledger.money import Amount, Unit


def sponsorship_signed(*, sponsor: str, convention: str, amount: Amount) -> tuple[Line, ...]:
    """A company signs what it gives without a return: income of the generosity of the public (art. 142-6)."""
    income = AccountKey("7542", unit=amount.unit)
    return (
        debit(of_party("4671", sponsor, amount), amount, convention=convention),
        credit(income, amount, convention=convention, public_generosity=True),
    )


def convention_signed(*, rubric: str, funder: str, convention: str, amount: Amount) -> tuple[Line, ...]:
    """A funder signs: it owes the whole, and the whole is income; the share of later years leaves at the closing."""
    if rubric == "subsidies":
        return subsidy_notified(funder=funder, convention=convention, amount=amount)
    if rubric == "contributions":
        return financial_contribution_signed(member=funder, convention=convention, amount=amount)
    return sponsorship_signed(sponsor=funder, convention=convention, amount=amount)


def plan_booked(plan: Plan, unit: Unit) -> dict[str, tuple[Line, ...]]:
    """What is left to book of a plan, by `deferral`, `report` and `use`; nothing where the books say it already.

    Less than was booked before is the same lines on the other side.
    """
    rubric, terms = RUBRICS[plan.convention.rubric], plan.convention
    place = {"account": rubric.fund, "project": terms.project, "convention": terms.code}
    deferral, report, use = (
        Amount(minor, unit) for minor in (plan.deferral_to_book, plan.report_to_book, plan.use_to_book)
    )
    deferred = income_deferred if deferral.minor > 0 else deferred_income_taken
    reported = dedicated_funds_carried(**place, amount=abs(report)) if report else ()
    used = dedicated_funds_used(**place, amount=abs(use)) if use else ()
    return {
        "deferral": deferred(account=rubric.income, convention=terms.code, amount=abs(deferral)) if deferral else (),
        "report": reported if report.minor > 0 else turned(reported),
        "use": used if use.minor > 0 else turned(used),
    }
