"""What the closing proposes for each convention: the share of later years, the report and the use of dedicated funds.

Plain Python, whole minor units. A proposal says what the year's books ought to say; what is to be booked is the
difference to what they say already, so that it can be computed again until the year is closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fund.accounting.dedicated_funds import RUBRICS, Rubric
from fund.accounting.year import YearRow

DEFERRED: Final = "487"
"""*Produits constatés d'avance*: the share of later years (art. 142-8)."""

_SPENT: Final = ("6", "20", "21", "23")
_NOT_SPENT: Final = "68"
"""Expenses and what was bought to keep; allowances and reports are no money spent."""


@dataclass(frozen=True, slots=True)
class ConventionFacts:
    """A convention as the closing needs it; `shares` is by the calendar year in which a later fiscal year ends."""

    code: str
    rubric: str
    project: str
    signed_on: date
    first: date
    last: date
    is_dedicated: bool
    amount: int
    shares: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the year makes of a convention; amounts above zero, those to book signed: below zero takes back.

    `resources` is without the share of later years, `available` what was dedicated at the opening, after refunds and
    transfers, `expenses` what counts for this convention. `deferral`, `report` and `use` are what the books ought to
    say for the whole year, `…_to_book` the difference to what they say.
    """

    convention: ConventionFacts
    resources: int
    available: int
    expenses: int
    deferred: int
    report: int
    use: int
    deferral_to_book: int
    report_to_book: int
    use_to_book: int

    @property
    def unused(self) -> int:
        """What is dedicated at the closing."""
        return self.available - self.use + self.report

    @property
    def is_booked(self) -> bool:
        """Whether the books say it already."""
        return not (self.deferral_to_book or self.report_to_book or self.use_to_book)


def planned(conventions: Iterable[ConventionFacts], rows: Iterable[YearRow], *, ends: date) -> tuple[Plan, ...]:
    """The plan of each convention signed by the end of the year, in the order in which their periods end.

    What is spent in the name of a convention counts for it. What is spent on a project without naming a convention
    counts for the conventions of that project, the one that ends first before the others, and never twice.
    What was dedicated at the opening is used first, then the resources of the year.
    """
    rows = tuple(rows)
    ordered = sorted(
        (each for each in conventions if each.signed_on <= ends),
        key=lambda each: (each.last, each.signed_on, each.code),
    )
    codes = {each.code for each in ordered}
    pools = _spent_on_projects(rows, codes)
    plans = []
    for convention in ordered:
        plan = _plan(convention, [row for row in rows if row.key.convention == convention.code], pools, ends)
        plans.append(plan)
    return tuple(plans)


def _spent_on_projects(rows: Iterable[YearRow], codes: set[str]) -> dict[str, int]:
    pools: dict[str, int] = {}
    for row in rows:
        if row.key.project and row.key.convention not in codes and _is_spent(row.key.chart):
            pools[row.key.project] = pools.get(row.key.project, 0) + row.movement
    return pools


def _plan(convention: ConventionFacts, own: Sequence[YearRow], pools: dict[str, int], ends: date) -> Plan:
    rubric = RUBRICS[convention.rubric]
    income = -sum(row.movement for row in own if _is_income(rubric, row.key.chart))
    held_later = -_closing(own, DEFERRED)
    later = sum(minor for year, minor in convention.shares.items() if year > ends.year)
    deferred = max(0, min(later, held_later + income))
    resources = income - (deferred - held_later)
    booked_report, booked_use = _movement(own, rubric.report), -_movement(own, rubric.use)
    # What was dedicated, after what was refunded and moved: the opening, and what neither 689 nor 789 explains.
    available = -_closing(own, rubric.fund) - booked_report + booked_use
    direct = sum(row.movement for row in own if _is_spent(row.key.chart))
    report, use, expenses = booked_report, booked_use, direct
    if convention.is_dedicated:
        taken = max(0, min(pools.get(convention.project, 0), max(0, available) + max(0, resources) - direct))
        if convention.project:
            pools[convention.project] = pools.get(convention.project, 0) - taken
            expenses += taken
        use = max(0, min(available, expenses))
        report = max(0, resources - max(0, expenses - max(0, available)))
    return Plan(
        convention=convention,
        resources=resources,
        available=available,
        expenses=expenses,
        deferred=deferred,
        report=report,
        use=use,
        deferral_to_book=deferred - held_later,
        report_to_book=report - booked_report,
        use_to_book=use - booked_use,
    )


def _is_income(rubric: Rubric, chart: str) -> bool:
    return chart.startswith(rubric.incomes) and not chart.startswith(rubric.not_incomes or ("\0",))


def _is_spent(chart: str) -> bool:
    return chart.startswith(_SPENT) and not chart.startswith(_NOT_SPENT)


def _closing(rows: Iterable[YearRow], prefix: str) -> int:
    return sum(row.closing for row in rows if row.key.chart.startswith(prefix))


def _movement(rows: Iterable[YearRow], prefix: str) -> int:
    return sum(row.movement for row in rows if row.key.chart.startswith(prefix))
