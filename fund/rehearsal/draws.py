"""What happens to each project in a block of paths, quarter by quarter: the same for every charter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np

from fund.charter.facts import AllocationFacts, Loss, Performance, Period, Recouped, Result
from fund.charter.grammar import Charter
from fund.rehearsal.chance import Chance
from fund.rehearsal.columns import Column, Flags, Ratios, minus, only, plus, times, zeros
from fund.rehearsal.histories import Happening
from fund.rehearsal.models import QUARTERS_A_YEAR, FundModel, ModelProject

THOUSAND = 1_000


def bases_of(*charters: Charter) -> frozenset[str]:
    """What these charters count: nothing else need be drawn."""
    return frozenset(rule.base for charter in charters for rule in charter.rules)


def allocation_of(model: FundModel, project: ModelProject) -> AllocationFacts:
    """What a project was granted, as the engine takes it; its première is the first day of that quarter."""
    return AllocationFacts(project.award, model.first_of(project.premiere_quarter), project.other_aid)


@dataclass(slots=True)
class ProjectDraws:
    """One project's course in every path of a block; quarters are asked for in order."""

    model: FundModel
    project: ModelProject
    chance: Chance
    bases: frozenset[str]
    _year_result: Column = field(init=False)

    def __post_init__(self) -> None:
        self._year_result = zeros(self.chance.paths)

    def quarter(self, quarter: int) -> tuple[Happening, ...]:
        """What the statement of this quarter declares: nothing before the première."""
        age = quarter - self.project.premiere_quarter
        if age < 0:
            return ()
        kind = self.project.exploitation
        bag = kind.dates[min(age, len(kind.dates) - 1)]
        (dates,) = self.chance.drawn(bag, self._purpose(quarter, "dates"))
        return (*self._performances(quarter, dates, max(bag.values)), *self._declared(quarter, dates, max(bag.values)))

    def _purpose(self, quarter: int, what: str) -> str:
        return f"{self.project.name}\n{quarter}\n{what}"

    def _performances(self, quarter: int, dates: Column, most: int) -> tuple[Happening, ...]:
        if "fee" not in self.bases or most == 0:
            return ()
        kind, first = self.project.exploitation, self.model.first_of(quarter)
        days = (self.model.last_of(quarter) - first).days
        fees = self.chance.drawn(kind.fee, self._purpose(quarter, "fee"), most)
        members = self.chance.happens(kind.member_date, self._purpose(quarter, "member_date"), most)
        triggered = self.chance.happens(kind.triggered, self._purpose(quarter, "triggered"), most)
        return tuple(
            Happening(
                Performance,
                first + timedelta(days=at * days // most),
                f"{quarter:03}-{at:05}",
                dates > at,
                {"fee": fees[at]},
                {"member_date": members[at], "triggered": triggered[at]},
            )
            for at in range(most)
        )

    def _declared(self, quarter: int, dates: Column, most: int) -> tuple[Happening, ...]:
        """The quarter's period, what the fund gets back of it, and at the end of a year its result."""
        if not self.bases - {"fee", "loss"}:
            return ()
        gross, net, profit = self._figures(quarter, dates, most)
        last, always = self.model.last_of(quarter), np.ones(self.chance.paths, np.bool_)
        found = []
        if self.bases & {"gross", "net", "profit"}:
            figures = {"gross": gross, "net": net, "profit": profit}
            found.append(Happening(Period, last, f"{quarter:03}-period", always, figures))
        if "recouped" in self.bases:
            (part,) = self.chance.drawn(self.project.exploitation.recouped, self._purpose(quarter, "recouped"))
            back = Ratios(times(net, part), THOUSAND).whole_below()
            found.append(Happening(Recouped, last, f"{quarter:03}-recouped", always, {"minor": back}))
        self._year_result = plus(self._year_result, profit)
        if quarter % QUARTERS_A_YEAR == QUARTERS_A_YEAR - 1:
            if self.bases & {"surplus", "deficit", "result-after-aid"}:
                result = {"minor": self._year_result}
                found.append(Happening(Result, last, f"{quarter:03}-result", always, result))
            self._year_result = zeros(self.chance.paths)
        return tuple(found)

    def _figures(self, quarter: int, dates: Column, most: int) -> tuple[Column, Column, Column]:
        """Box office, what is net of it, and the profit: fees of the dates less what playing them costs."""
        kind = self.project.exploitation
        receipts = self.chance.drawn(kind.receipts, self._purpose(quarter, "receipts"), most)
        fees = self.chance.drawn(kind.fee, self._purpose(quarter, "fee"), most)
        costs = self.chance.drawn(kind.cost, self._purpose(quarter, "cost"), most)
        gross = profit = zeros(self.chance.paths)
        for at in range(most):
            played: Flags = dates > at
            gross = plus(gross, only(receipts[at], played))
            profit = plus(profit, only(minus(fees[at], costs[at]), played))
        (part,) = self.chance.drawn(kind.net, self._purpose(quarter, "net"))
        return gross, Ratios(times(gross, part), THOUSAND).whole_below(), profit


def losses(model: FundModel, chance: Chance, quarter: int) -> tuple[Happening, ...]:
    """The loss that reaches all members at the end of a year, where one does."""
    if quarter % QUARTERS_A_YEAR != QUARTERS_A_YEAR - 1:
        return ()
    (present,) = chance.happens(model.loss, f"members\n{quarter}\nloss")
    (amount,) = chance.drawn(model.loss_amount, f"members\n{quarter}\nloss_amount")
    return (Happening(Loss, model.last_of(quarter), f"{quarter:03}-loss", present, {"minor": amount}),)


def defaults(model: FundModel, chance: Chance) -> Mapping[tuple[str, int], Flags]:
    """Which member does not pay in which year."""
    return {
        (member.name, year): chance.happens(model.default, f"{member.name}\n{year}\ndefault")[0]
        for member in model.members
        for year in range(model.years)
    }
