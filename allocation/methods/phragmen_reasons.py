"""Why each project is funded or not under Phragmén's method, and what would have been enough.

The end of the run is rebuilt from the steps: who has spent what, and which project stopped it. Until a
project is bought the run is the same whatever it asks, so a smaller request that fits and comes before the
project that stopped the run would have been bought; so it would with more supporters who have spent little.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from allocation.methods import phragmen
from allocation.methods.problem import Load, Problem, Result
from allocation.methods.reasons import FUNDED_IN_ORDER, LOCKED_OUT, TOO_FEW_SUPPORTERS, Reason
from allocation.methods.ties import TieRule
from ledger.money import rounded

FUNDED_BY_LOAD = "funded_by_load"
STOPPED_BEFORE = "stopped_before"
STOPPED_THE_COUNT = "stopped_the_count"
STOPPED_BY_A_TIE = "stopped_by_a_tie"
DEARER_THAN_ALL = "dearer_than_all"
UNSUPPORTED_LEFT = "unsupported_left"


def of_phragmen(problem: Problem, result: Result, _: TieRule) -> dict[str, Reason]:
    """One reason for every project of the problem, in its order."""
    told = _Told(problem, result)
    return {project: told.reason(project) for project in problem.costs}


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A supported project that was not bought: what its supporters have spent, and its load."""

    spent: Fraction
    load: Fraction


class _Told:
    """The end of a run."""

    def __init__(self, problem: Problem, result: Result) -> None:
        self.problem, self.left = problem, result.left
        self.min_support = int(result.parameters["min_support"])
        self.steps = {step.project: (number, step) for number, step in enumerate(result.steps, start=1)}
        self.everyone, self.supporters = _voters_by_load(problem, result)
        spent = {
            project: sum((load * voters for load, voters in loads.items()), Fraction(0))
            for project, loads in self.supporters.items()
        }
        self.waiting = {
            project: _Waiting(spent[project], (spent[project] + problem.costs[project]) / problem.support[project])
            for project in phragmen.candidates(problem, self.min_support)
            if project not in self.steps and problem.support[project]
        }
        self.stop = min((each.load for each in self.waiting.values()), default=None)

    def reason(self, project: str) -> Reason:
        problem = self.problem
        figures = {"cost_minor": problem.costs[project], "supporters": problem.support[project]}
        if recused := problem.recused.get(project):
            figures |= {"recused": recused, "of_voters": problem.entitled(project)}
        if project in self.steps:
            number, step = self.steps[project]
            figures |= {"round": number, "left_minor": step.left_before}
            if isinstance(step, Load):
                return Reason(project, FUNDED_BY_LOAD, figures | {"load_minor": rounded(step.load)})
            return Reason(project, FUNDED_IN_ORDER, figures | {"place": number})
        figures["left_minor"] = self.left
        if project in problem.locked_out:
            return Reason(project, LOCKED_OUT, figures)
        if problem.support[project] < self.min_support:
            return Reason(project, TOO_FEW_SUPPORTERS, figures | {"min_support": self.min_support})
        if problem.costs[project] > problem.budget:
            enough = self._enough_minor(project) if problem.support[project] else None
            return Reason(project, DEARER_THAN_ALL, figures | {"budget_minor": problem.budget}, enough_minor=enough)
        waiting = self.waiting.get(project)
        if waiting is None or self.stop is None:
            return Reason(project, UNSUPPORTED_LEFT, figures)
        code = STOPPED_BEFORE
        if waiting.load == self.stop:
            code = STOPPED_THE_COUNT if problem.costs[project] > self.left else STOPPED_BY_A_TIE
        return Reason(
            project,
            code,
            figures | {"stop_minor": rounded(self.stop), "load_minor": rounded(waiting.load)},
            enough_minor=self._enough_minor(project),
            enough_voters=self._enough_voters(project, waiting),
            fullest_purses=True,
        )

    def _others(self, project: str) -> Fraction | None:
        """The load at which another project would have stopped the run; None when none would."""
        return min((each.load for other, each in self.waiting.items() if other != project), default=None)

    def _enough_minor(self, project: str) -> int | None:
        """The largest request that fits in what is left and is paid before another project stops the run."""
        problem, others, enough = self.problem, self._others(project), self.left
        if others is not None:
            spent = sum((load * voters for load, voters in self.supporters[project].items()), Fraction(0))
            room = others * problem.support[project] - spent
            enough = min(enough, -(-room.numerator // room.denominator) - 1)
        return enough if enough > 0 else None

    def _enough_voters(self, project: str, waiting: _Waiting) -> int | None:
        """How many more supporters bring the project before the one that stopped, who has spent least first."""
        problem, others = self.problem, self._others(project)
        if problem.costs[project] > self.left or others is None or problem.recused.get(project):
            return None
        spent, payers, joined = waiting.spent + problem.costs[project], problem.support[project], 0
        for load in sorted(self.everyone):
            voters = self.everyone[load] - self.supporters[project][load]
            if load >= others:
                return None
            needed = (spent - others * payers) // (others - load) + 1
            if needed <= voters:
                return joined + needed
            spent, payers, joined = spent + load * voters, payers + voters, joined + voters
        return None


def _voters_by_load(problem: Problem, result: Result) -> tuple[Counter[Fraction], dict[str, Counter[Fraction]]]:
    """How many voters have spent how much, among all and among the supporters of every project.

    A voter has spent the load of the last project bought among those they support.
    """
    loads = {step.project: step.load for step in result.loads}
    everyone: Counter[Fraction] = Counter()
    supporters: dict[str, Counter[Fraction]] = {project: Counter() for project in problem.costs}
    for ballot, voters in problem.ballots.items():
        spent = max((loads[project] for project in ballot if project in loads), default=Fraction(0))
        everyone[spent] += voters
        for project in ballot:
            supporters[project][spent] += voters
    return everyone, supporters
