"""Whether the files of a folder agree with its charter and its ballots, as far as each could be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from allocation.elections.pabulib import Election
from allocation.methods.registry import solve
from allocation.methods.ties import TieRule
from fund.charter.contributions import called
from fund.charter.facts import MemberFacts
from fund.charter.faults import FactsMissing
from fund.charter.grammar import Charter
from fund.importers.exploitation import PerformanceRow, not_awarded
from fund.importers.faults import Fault, fault_at
from fund.importers.fund_file import FUND_FILE, Call, Fund
from fund.importers.members import BUDGET, MEMBERS_FILE, MemberRow
from fund.importers.notoriety import NotorietyRow
from fund.importers.notoriety import not_awarded as fact_not_awarded


def charter_faults(fund: Fund, charter: Charter) -> Iterator[Fault]:
    """The fund and its charter are of one legal form, one currency and one time."""
    head = charter.head
    if fund.legal_form and head.legal_form != fund.legal_form:
        yield fault_at(
            FUND_FILE, 0, "charter_legal_form", "fund.legal_form", text=fund.legal_form, charter=head.legal_form
        )
    if fund.currency.code and head.currency != fund.currency:
        yield fault_at(
            FUND_FILE, 0, "charter_currency", "fund.currency", text=fund.currency.code, charter=head.currency.code
        )
    if not fund.fiscal_year or head.effective_from is None:
        return  # a model without dates is in force from its adoption on
    until = head.effective_until or date.max
    if head.effective_from > date(fund.fiscal_year, 1, 1) or until < date(fund.fiscal_year, 12, 31):
        yield fault_at(
            FUND_FILE,
            0,
            "charter_not_in_force",
            "fund.charter",
            first=head.effective_from.isoformat(),
            last=until.isoformat(),
            year=fund.fiscal_year,
        )


def formula_faults(charter: Charter, members: Sequence[MemberRow]) -> Iterator[Fault]:
    """The charter asks of no member a figure that the files cannot declare."""
    for row in members:
        budget = row.annual_production_budget
        declared = {} if budget is None else {BUDGET: budget}
        try:
            called(charter, {row.id: MemberFacts(category=row.category, declared=declared, pledge=row.pledge)})
        except FactsMissing as refusal:
            for fault in refusal.faults:
                yield fault_at(
                    MEMBERS_FILE, row.line, "formula_lacks", said=fault.sentence("en"), dit=fault.sentence("fr")
                )


def award_faults(
    call: Call, election: Election, performances: Sequence[PerformanceRow], notoriety: Sequence[NotorietyRow] = ()
) -> Iterator[Fault]:
    """Only what the ballots award has dates and facts to declare."""
    if not call.method or not call.lottery_seed:
        return
    result = solve(election.problem(), method=call.method, parameters={}, tie_rule=TieRule(seed=call.lottery_seed))
    awarded = set(result.winners)
    known = {project.id for project in election.projects}
    for row in performances:
        if row.project in known - awarded:
            yield not_awarded(row)
    for fact in notoriety:
        if fact.project in known - awarded:
            yield fact_not_awarded(fact)
