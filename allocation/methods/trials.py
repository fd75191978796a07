"""What would have had to change, found by running the method again: tried, and never said to be the least.

An envelope that would have been enough cannot be proved from one run: with more money a method may buy other
things first. So a few likely envelopes are tried in turn, and the first one that funds the project is named.
Add1 warrants nothing without trying, so a smaller request is tried there as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from allocation.methods.add_one import COMPLETIONS
from allocation.methods.problem import Problem, Result
from allocation.methods.reasons import LOCKED_OUT, Reason
from allocation.methods.registry import solve
from allocation.methods.ties import TieRule

ENVELOPES_TRIED = 8
WORK_LIMIT = 4_000_000
"""Trials end after so many looks at an approval, about ten seconds; an election of a town is too large to try much."""


def with_trials(problem: Problem, result: Result, told: Mapping[str, Reason], tie_rule: TieRule) -> dict[str, Reason]:
    """The reasons, with an envelope that funds each project left out where one was found by trying.

    Where a reason has no proof because the purses were raised (Add1), with a smaller request too.
    """
    trials = _Trials(problem, result, tie_rule)
    return {project: trials.completed(reason) for project, reason in told.items()}


class _Trials:
    """Runs of the same method on problems changed in one thing, as many as the size of the problem allows."""

    def __init__(self, problem: Problem, result: Result, tie_rule: TieRule) -> None:
        self.problem, self.result, self.tie_rule = problem, result, tie_rule
        self.is_raised = result.parameters.get("completion") in COMPLETIONS
        looks = len(problem.costs) + sum(map(len, problem.written))
        self.runs = WORK_LIMIT // (looks * (100 if self.is_raised else 1))

    def completed(self, reason: Reason) -> Reason:
        """The reason with what trying adds to it."""
        if reason.is_funded or reason.code == LOCKED_OUT or "min_support" in reason.figures:
            return reason
        found = replace(reason, enough_budget=self._budget(reason))
        if not self.is_raised:
            return found
        enough = self._minor(reason)
        return replace(found, enough_minor=enough, tried=enough is not None)

    def _funds(self, problem: Problem, project: str) -> bool:
        if self.runs <= 0:
            return False
        self.runs -= 1
        run = solve(problem, method=self.result.method, parameters=self.result.parameters, tie_rule=self.tie_rule)
        return project in run.winners

    def _budget(self, reason: Reason) -> int | None:
        larger = sorted({each for each in self._envelopes(reason) if each > self.problem.budget})
        tried = larger[:ENVELOPES_TRIED]
        return next((each for each in tried if self._funds(replace(self.problem, budget=each), reason.project)), None)

    def _envelopes(self, reason: Reason) -> Iterator[int]:
        """Envelopes in which some shortfall of the project is made up."""
        problem, cost, supporters = self.problem, reason.figures["cost_minor"], reason.figures["supporters"]
        yield cost
        yield sum(problem.costs.values())
        shortfalls = [cost - reason.figures.get("left_minor", self.result.left), cost]
        if supporters:
            yield -(-cost * problem.voters // supporters)
            shortfalls.append(-(-reason.figures.get("missing_minor", 0) * problem.voters // supporters))
        for shortfall in shortfalls:
            yield problem.budget + shortfall
            yield problem.budget + 2 * shortfall

    def _minor(self, reason: Reason) -> int | None:
        """A request tried: what the supporters hold, or what is left."""
        asked = {reason.figures.get("held_minor", 0), reason.figures.get("left_minor", 0), self.result.left}
        for minor in sorted(asked, reverse=True):
            if 0 < minor < reason.figures["cost_minor"]:
                smaller = replace(self.problem, costs={**self.problem.costs, reason.project: minor})
                if self._funds(smaller, reason.project):
                    return minor
        return None
