"""The lines of the page of dedicated funds: minor units become amounts, codes get their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fund.accounting.dedicated_funds import RUBRICS, DedicatedRow
from fund.accounting.dedicating import Plan
from fund.queries.dedicated_funds import DedicatedFunds
from ledger.money import Amount, Unit, unit_of


@dataclass(frozen=True, slots=True)
class RowShown:
    """A line of the table of article 431-6; a line that sums up a rubric or the whole is a `total`."""

    label: str
    code: str
    opening: Amount
    reports: Amount
    uses: Amount
    refunds: Amount
    transfers: Amount
    closing: Amount
    idle: Amount
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class PlanShown:
    """What the closing makes of a convention, and what is left to book of it."""

    code: str
    resources: Amount
    available: Amount
    expenses: Amount
    use: Amount
    report: Amount
    unused: Amount
    deferred: Amount
    is_booked: bool


def table_rows(facts: DedicatedFunds, rubrics: Mapping[str, str]) -> list[RowShown]:
    """The table, each rubric followed by its sum, and the sum of all at the end."""
    unit = unit_of(facts.currency)
    rows: list[RowShown] = []
    for name in RUBRICS:
        lines = facts.of(name)
        rows += [_row(line, facts.names.get(line.code, "") or rubrics[name], unit) for line in lines]
        if lines:
            rows.append(_row(facts.total(name), rubrics[name], unit, is_total=True))
    return rows


def _row(row: DedicatedRow, label: str, unit: Unit, *, is_total: bool = False) -> RowShown:
    return RowShown(
        label=label,
        code=row.code or ("" if is_total else row.account),
        opening=Amount(row.opening, unit),
        reports=Amount(row.reports, unit),
        uses=Amount(row.uses, unit),
        refunds=Amount(row.refunds, unit),
        transfers=Amount(row.transfers, unit),
        closing=Amount(row.closing, unit),
        idle=Amount(row.idle, unit),
        is_total=is_total,
    )


def plan_rows(plans: Iterable[Plan], currency: str) -> list[PlanShown]:
    """The proposals, in their order."""
    unit = unit_of(currency)
    return [
        PlanShown(
            code=plan.convention.code,
            resources=Amount(plan.resources, unit),
            available=Amount(plan.available, unit),
            expenses=Amount(plan.expenses, unit),
            use=Amount(plan.use, unit),
            report=Amount(plan.report, unit),
            unused=Amount(plan.unused, unit),
            deferred=Amount(plan.deferred, unit),
            is_booked=plan.is_booked,
        )
        for plan in plans
    ]
