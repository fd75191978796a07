"""A method together with what it is told: one column of a comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from allocation.methods.problem import Problem, Result
from allocation.methods.registry import solve
from allocation.methods.ties import TieRule


@dataclass(frozen=True, slots=True)
class Choice:
    """A method by identifier or name, and the parameters that are not left at their defaults."""

    method: str
    parameters: Mapping[str, str | int] = field(default_factory=dict)

    def solve(self, problem: Problem, tie_rule: TieRule) -> Result:
        """The method's result on a problem; refuses as the registry does."""
        return solve(problem, method=self.method, parameters=self.parameters, tie_rule=tie_rule)
