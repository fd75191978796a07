"""Dedicated funds of a year, read from the books: the table of article 431-6, and what the closing proposes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fund.accounting.dedicated_funds import (
    FUNDS,
    RUBRICS,
    DedicatedRow,
    DedicatedTable,
    Move,
    dedicated_funds_table,
    moves_of,
)
from fund.accounting.dedicating import Plan, planned
from fund.accounting.year import FiscalYear, YearAccounts
from fund.models import Fund, Party, Project
from fund.queries.accounts_year import opening_entries, year_accounts, year_before
from fund.queries.conventions import convention_facts, conventions_of
from ledger.balances import account_statement, entry, sums
from ledger.money import unit_of


@dataclass(frozen=True, slots=True)
class DedicatedFunds:
    """The table of a year up to a day; `names` says what each code of a line is: purpose, project or party."""

    year: FiscalYear
    as_of: date
    currency: str
    table: DedicatedTable
    names: Mapping[str, str]

    @property
    def rows(self) -> tuple[DedicatedRow, ...]:
        """The lines, rubric by rubric."""
        return self.table.rows

    def of(self, rubric: str) -> tuple[DedicatedRow, ...]:
        """The lines of a rubric."""
        return self.table.of(rubric)

    def total(self, rubric: str = "") -> DedicatedRow:
        """The sum of a rubric, or of all."""
        return self.table.total(rubric)


def dedicated_funds(
    fund: Fund, year: FiscalYear, as_of: date | None = None, *, accounts: YearAccounts | None = None
) -> DedicatedFunds:
    """The table of the year up to a day; `accounts` spares reading the year again where it is at hand."""
    accounts = accounts or year_accounts(fund, year, as_of)
    before = year_before(fund, year)
    table = dedicated_funds_table(
        accounts.rows,
        _moves(fund, year, accounts.as_of),
        spent=_spent(fund, before.first if before else year.first, accounts.as_of),
        is_known=before is not None,
    )
    return DedicatedFunds(year, accounts.as_of, fund.currency, table, _names(fund, table))


def proposals(fund: Fund, year: FiscalYear, accounts: YearAccounts | None = None) -> tuple[Plan, ...]:
    """What the closing of the year makes of each convention, and what is left to book."""
    accounts = accounts or year_accounts(fund, year)
    return planned(convention_facts(fund), accounts.rows, ends=year.last)


def _moves(fund: Fund, year: FiscalYear, as_of: date) -> list[Move]:
    """What the entries of the year did to dedicated funds; its à-nouveaux are no moves."""
    unit = unit_of(fund.currency)
    openings = {stored.entry.reference for stored in opening_entries(fund, year, as_of)}
    references: dict[str, None] = {}
    for chart in FUNDS:
        statement = account_statement(fund.slug, chart=chart, unit=unit, first=year.first, last=as_of)
        references |= dict.fromkeys(line.reference for line in statement.lines)
    found: list[Move] = []
    for reference in references:
        if reference not in openings:
            lines = [line for line in entry(fund.slug, reference).entry.lines if line.account.unit == unit]
            found += moves_of(lines)
    return found


def _spent(fund: Fund, first: date, as_of: date) -> set[tuple[str, str]]:
    """The codes with an expense, and the rubrics with a use, between two days.

    A line without a convention or project has no expenses of its own to look at: its uses (789) tell.
    """
    found: set[tuple[str, str]] = set()
    for each in sums(fund.slug, by=("chart", "project", "funder"), chart="6", first=first, as_of=as_of):
        chart, project, funder = map(str, each.parts)
        if each.debit and not chart.startswith("68"):
            found |= {(rubric, code) for rubric in RUBRICS for code in (project, funder) if code}
    projects = {each.code: each.project for each in conventions_of(fund) if each.project}
    found |= {(rubric, code) for code, project in projects.items() for rubric in RUBRICS if (rubric, project) in found}
    for each in sums(fund.slug, by=("chart",), chart="789", first=first, as_of=as_of):
        for rubric, accounts in RUBRICS.items():
            if each.credit and str(each.parts[0]).startswith(accounts.use):
                found.add((rubric, ""))
    return found


def _names(fund: Fund, table: DedicatedTable) -> dict[str, str]:
    codes = {row.code for row in table.rows if row.code}
    names = dict(Party.objects.filter(fund=fund, code__in=codes).values_list("code", "name"))
    names |= dict(Project.objects.filter(fund=fund, code__in=codes).values_list("code", "title"))
    return names | {each.code: each.purpose for each in conventions_of(fund) if each.code in codes}
