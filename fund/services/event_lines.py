"""The lines of a recorded event: where the fund chose a treatment by it, and the commitment that the event ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from fund import entries
from fund.accounting.account_keys import of_project
from fund.entries.catalogue import Event
from fund.models import Fund
from fund.queries.treatments import treatment_of
from fund.services.engagements import standing
from ledger.balances import balance
from ledger.journal import Line
from ledger.money import Amount

Value = str | bool | Amount
Part = tuple[str, tuple[Line, ...]]
"""A journal, and the lines of an entry in it."""


def event_lines(fund: Fund, event: Event, values: Mapping[str, Value], on: date) -> list[Part]:
    """The entries of the event, by journal, then the end of its commitment as far as one stands."""
    make = _BY_TREATMENT.get(event.treatment)
    parts = make(fund, event, values, on) if make else [(event.journal, _lines(event, values))]
    if event.ends:
        project = str(values["project"])
        company = str(values.get("company", "")) or company_of(fund, project)
        amount = _amount(values)
        if ended := standing(fund, of_project(event.ends, company, project, amount), amount, on):
            lines = entries.commitment_ended(account=event.ends, company=company, project=project, amount=ended)
            parts.append(("HB", lines))
    return parts


def company_of(fund: Fund, project: str) -> str:
    """The company that leads a project; empty for a project that the fund knows by its code alone."""
    return next(iter(fund.projects.filter(code=project).values_list("company__code", flat=True)), "")


def _lines(event: Event, values: Mapping[str, Any], **more: str) -> tuple[Line, ...]:
    return event.lines(**values, **event.fixed, **more)


def _amount(values: Mapping[str, Any]) -> Amount:
    amount: Amount = values["amount"]
    return amount


def _coproduction_share(fund: Fund, event: Event, values: Mapping[str, Any], on: date) -> list[Part]:
    """A receivable on the partnership, its current account, or an award that is granted and paid."""
    option = treatment_of(fund, event.treatment, on=on, convention=values["agreement"])
    if option.code == "award":
        return [("AI", entries.award_granted(**values)), ("BQ", entries.tranche_paid(**values))]
    return [(event.journal, _lines(event, values, account=option.income))]


def _coproduction_income(fund: Fund, event: Event, values: Mapping[str, Any], on: date) -> list[Part]:
    """Income at once, or the stake first: what still stands on 2681 for the project, and income beyond it."""
    option = treatment_of(fund, event.treatment, on=on, convention=values["agreement"])
    amount = _amount(values)
    nothing = Amount(0, amount.unit)
    stake = nothing
    if option.code == "stake-first":
        key = of_project("2681", values["company"], values["project"], amount)
        stake = min(max(balance(fund.slug, key, on), nothing), amount)
    lines: tuple[Line, ...] = ()
    if stake:
        lines += entries.coproduction_stake_due(**{**values, "amount": stake})
    if income := amount - stake:
        lines += _lines(event, {**values, "amount": income})
    return [(event.journal, lines)]


_BY_TREATMENT: Final[Mapping[str, Callable[[Fund, Event, Mapping[str, Any], date], list[Part]]]] = {
    "coproduction-share": _coproduction_share,
    "coproduction-income": _coproduction_income,
}
