"""What comes into a fund and goes out of it by its calendar: contributions by instalments, awards by tranches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fund.charter.contributions import called
from fund.charter.grammar import Charter, Condition
from fund.charter.tranches import tranche_amounts
from fund.rehearsal.columns import Column, Flags, only, plus, same, zeros
from fund.rehearsal.histories import Members
from fund.rehearsal.models import QUARTERS_A_YEAR, FundModel, ModelProject

REPORT_AFTER = QUARTERS_A_YEAR
"""A project reports a year after its première (made-up), and has spent its first part a quarter after the agreement."""


@dataclass(frozen=True, slots=True, eq=False)
class Contributions:
    """Cash by member and quarter, in every path; a member that defaults pays nothing of that year."""

    model: FundModel
    paid: Mapping[tuple[str, int], Column]
    defaulted: Mapping[tuple[str, int], Flags]
    paths: int

    def _of(self, member: str, quarter: int) -> Column:
        return self.paid.get((member, quarter), zeros(self.paths))

    def in_quarter(self, quarter: int) -> Column:
        """All members together."""
        total = zeros(self.paths)
        for member in self.model.members:
            total = plus(total, self._of(member.name, quarter))
        return total

    def given(self, member: str) -> Column:
        """One member over all quarters."""
        total = zeros(self.paths)
        for quarter in range(self.model.quarters):
            total = plus(total, self._of(member, quarter))
        return total

    def members_by_year(self) -> tuple[Members, ...]:
        """The members as the statements of each year find them: cash received up to the end of that year."""
        so_far = {member.name: same(member.already_paid, self.paths) for member in self.model.members}
        facts = {member.name: member.facts for member in self.model.members}
        found = []
        for year in range(self.model.years):
            for name, before in so_far.items():
                for quarter in range(QUARTERS_A_YEAR * year, QUARTERS_A_YEAR * (year + 1)):
                    before = plus(before, self._of(name, quarter))
                so_far[name] = before
            absent = {name: self.defaulted[name, year] for name in facts}
            found.append(Members(facts, dict(so_far), absent))
        return tuple(found)


def contributions(
    charter: Charter, model: FundModel, defaulted: Mapping[tuple[str, int], Flags], paths: int
) -> Contributions:
    """What the charter calls each member for, paid by instalments over the year, where the member pays."""
    calls = called(charter, {member.name: member.facts for member in model.members})
    paid: dict[tuple[str, int], Column] = {}
    for member in model.members:
        call = calls.get(member.name)
        instalments = call.instalments if call else (member.facts.contribution or 0,)
        for year in range(model.years):
            pays = ~defaulted[member.name, year]
            for at, minor in enumerate(instalments):
                quarter = QUARTERS_A_YEAR * year + at * QUARTERS_A_YEAR // len(instalments)
                if quarter < model.quarters:
                    before = paid.get((member.name, quarter), zeros(paths))
                    paid[member.name, quarter] = plus(before, only(same(minor, paths), pays))
    return Contributions(model, paid, defaulted, paths)


def awards_paid(charter: Charter, model: FundModel) -> tuple[int, ...]:
    """What the fund pays for its awards in each quarter; a tranche that falls due later is not paid."""
    paid = [0] * model.quarters
    for project in model.projects:
        parts = tranche_amounts(charter, project.award) or {"": project.award}
        conditions: Mapping[str, Condition] = {tranche.name: tranche.condition for tranche in charter.tranches}
        for name, minor in parts.items():
            quarter = _quarter_of(conditions.get(name, "agreement"), project)
            if quarter < model.quarters:
                paid[quarter] += minor
    return tuple(paid)


def _quarter_of(condition: Condition, project: ModelProject) -> int:
    """When the condition of a tranche is met."""
    return {
        "agreement": project.award_quarter,
        "spending": min(project.award_quarter + 1, project.premiere_quarter),
        "premiere": project.premiere_quarter,
        "report": project.premiere_quarter + REPORT_AFTER,
    }[condition]
