"""One block of paths, from the draws to what each party has: quarter by quarter, every charter with the same draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from fund.charter.facts import AllocationFacts
from fund.charter.grammar import Charter
from fund.charter.rules import Deficits
from fund.rehearsal.chance import Chance
from fund.rehearsal.column_engine import ColumnEngine
from fund.rehearsal.columns import Column, minus, not_below, plus, same, zeros
from fund.rehearsal.draws import ProjectDraws, allocation_of, bases_of, defaults, losses
from fund.rehearsal.engines import engine_of
from fund.rehearsal.histories import Happening, History, Members, Statement
from fund.rehearsal.models import FundModel
from fund.rehearsal.one_by_one import OneByOne
from fund.rehearsal.outcomes import StatementOutcome
from fund.rehearsal.payments import Contributions, awards_paid, contributions

FUND = ("fund", "reserve")
KEPT = ("cash", "retained")

Figures = dict[tuple[str, str], Column]
"""By party and measure, in every path."""


@dataclass(frozen=True, slots=True, eq=False)
class BlockOutcome:
    """What one charter gives in one block: figures by party and measure, the reserve at the end of each quarter."""

    figures: Mapping[tuple[str, str], Column]
    reserve: Column
    waited: int


def run_block(model: FundModel, charters: tuple[Charter, ...], seed: int, block: int, paths: int) -> list[BlockOutcome]:
    """Every charter over the paths of one block."""
    chance = Chance(seed, block, paths)
    bases, absent = bases_of(*charters), defaults(model, chance)
    draws = [ProjectDraws(model, project, chance, bases) for project in model.projects]
    courses = [Course(charter, model, contributions(charter, model, absent, paths), paths) for charter in charters]
    for quarter in range(model.quarters):
        for course in courses:
            course.begin(quarter)
        for at, each in enumerate(draws):
            happenings = each.quarter(quarter)
            for course in courses:
                course.state(at, happenings)
        for course in courses:
            course.state(len(draws), losses(model, chance, quarter))
            course.end()
    return [course.outcome() for course in courses]


@dataclass(slots=True)
class Telling:
    """A history told statement by statement: each is made when the engine asks for it.

    `borne` is what the reserve has borne of it so far; `uncovered` and `due` are as the last statement left them.
    """

    outcomes: Iterator[StatementOutcome]
    waiting: list[Statement]
    borne: Column
    uncovered: Column
    due: dict[str, Column] = field(default_factory=dict)

    def tell(self, happenings: tuple[Happening, ...], members: Members, reserve: Column) -> StatementOutcome:
        """One more statement; the reserve is what it holds, with what it has already borne of this history."""
        self.waiting.append(Statement(happenings, members, not_below(plus(reserve, self.borne), 0)))
        return next(self.outcomes)


@dataclass(slots=True)
class Course:
    """One charter over all quarters of a block."""

    charter: Charter
    model: FundModel
    paid: Contributions
    paths: int
    tellings: list[Telling] = field(init=False)
    members: tuple[Members, ...] = field(init=False)
    awards: tuple[int, ...] = field(init=False)
    pays: frozenset[str] = field(init=False)
    reserve: Column = field(init=False)
    course: list[Column] = field(init=False)
    figures: Figures = field(default_factory=dict)
    quarter: int = 0
    waited: int = 0

    def __post_init__(self) -> None:
        self.members, self.awards = self.paid.members_by_year(), awards_paid(self.charter, self.model)
        self.reserve = same(self.model.opening_reserve, self.paths)
        self.course = [self.reserve]
        self.pays = frozenset(rule.name for rule in self.charter.rules if isinstance(rule.counts, Deficits))
        engine = engine_of(self.charter)
        granted = [(project.name, allocation_of(self.model, project)) for project in self.model.projects]
        self.tellings = [self._telling(engine, *each) for each in [*granted, ("members", AllocationFacts())]]

    def _telling(self, engine: ColumnEngine | OneByOne, name: str, allocation: AllocationFacts) -> Telling:
        waiting: list[Statement] = []
        history = History(name, self.paths, allocation, self.model.recipients, _one_after_the_other(waiting))
        return Telling(engine.outcomes(history), waiting, zeros(self.paths), zeros(self.paths))

    def begin(self, quarter: int) -> None:
        """Contributions come in and awards are paid."""
        self.quarter = quarter
        self.reserve = plus(self.reserve, minus(self.paid.in_quarter(quarter), self.awards[quarter]))

    def state(self, at: int, happenings: tuple[Happening, ...]) -> None:
        """One project's statement, or the members'."""
        telling = self.tellings[at]
        outcome = telling.tell(happenings, self.members[self.model.year_of(self.quarter)], self.reserve)
        self.waited += int(outcome.waits.sum())
        for (key, party, form), added in outcome.added.items():
            if not added.any():
                continue
            self._add(party, form, added)
            if party in FUND and form in KEPT:
                self.reserve = plus(self.reserve, added)
            elif party in FUND and form == "loss":
                self.reserve = minus(self.reserve, added)
                telling.borne = plus(telling.borne, added) if party == "reserve" else telling.borne
            elif key.partition("/")[0] in self.pays and form != "loss":
                self.reserve = minus(self.reserve, added)
        for rule, due in outcome.due.items():
            self._add("projects", f"due:{rule}", minus(due, telling.due.get(rule, zeros(self.paths))))
        self._add("nobody", "uncovered", minus(outcome.uncovered, telling.uncovered))
        telling.due, telling.uncovered = dict(outcome.due), outcome.uncovered

    def end(self) -> None:
        """The quarter is over."""
        self.course.append(self.reserve)

    def outcome(self) -> BlockOutcome:
        """All that this charter gave."""
        nothing = zeros(self.paths)
        for member in self.model.members:
            party = f"member:{member.name}"
            received = nothing
            for form in ("cash", "drawing-right", "locked", "retained"):
                received = plus(received, self.figures.get((party, form), nothing))
            borne, given = self.figures.get((party, "loss"), nothing), self.paid.given(member.name)
            self._add(party, "given", given)
            self._add(party, "received", received)
            self._add(party, "borne", borne)
            self._add(party, "net", minus(minus(received, given), borne))
        reserve = np.array(self.course)
        self._add("reserve-course", "lowest", reserve.min(axis=0))
        self._add("reserve-course", "end", self.reserve)
        return BlockOutcome(self.figures, reserve, self.waited)

    def _add(self, party: str, measure: str, values: Column) -> None:
        before = self.figures.get((party, measure))
        self.figures[party, measure] = values if before is None else plus(before, values)


def _one_after_the_other(waiting: list[Statement]) -> Iterator[Statement]:
    """The statement that waits, each time one is asked for."""
    while True:
        yield waiting.pop()
