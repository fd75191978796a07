"""The methods by name and version; an identifier's results never change, a new idea gets a new version."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from allocation.errors import MethodUnknown, ParameterInvalid
from allocation.methods import equal_shares, greedy
from allocation.methods.problem import Problem, Result, Step, Tie
from allocation.methods.ties import TieRule

Parameters = Mapping[str, str | int]
Run = Callable[[Problem, Parameters, TieRule], tuple[list[Step], list[Tie]]]

MIN_SUPPORT_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a method: its choices (words), or a whole number when there are none; the first is the default."""

    default: str | int
    choices: tuple[str, ...] = ()

    @property
    def accepted(self) -> str:
        return " | ".join(self.choices) or f"a whole number from 0 to {MIN_SUPPORT_LIMIT}"

    def takes(self, value: object) -> bool:
        """Whether a value is one of the choices, or a whole number within bounds."""
        if self.choices:
            return value in self.choices
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MIN_SUPPORT_LIMIT


@dataclass(frozen=True, slots=True)
class Method:
    """An allocation method: what it is called, what it can be told, and how it runs."""

    id: str
    parameters: Mapping[str, Parameter]
    run: Run

    @property
    def name(self) -> str:
        return self.id.partition("/")[0]

    def completed(self, given: Mapping[str, object]) -> dict[str, str | int]:
        """The given parameters with the defaults of the others; refuses what the method does not take."""
        for name, value in given.items():
            if name not in self.parameters:
                raise ParameterInvalid(method=self.id, name=name, value=value, accepted=", ".join(self.parameters))
            if not self.parameters[name].takes(value):
                accepted = self.parameters[name].accepted
                raise ParameterInvalid(method=self.id, name=name, value=value, accepted=accepted)
        defaults = {name: parameter.default for name, parameter in self.parameters.items()}
        return {**defaults, **{name: value for name, value in given.items() if isinstance(value, str | int)}}


def _greedy(problem: Problem, parameters: Parameters, tie_rule: TieRule) -> tuple[list[Step], list[Tie]]:
    eligible = problem.eligible(int(parameters["min_support"]))
    utility = str(parameters["utility"])
    picks, ties = greedy.fill(problem, eligible, left=problem.budget, utility=utility, tie_rule=tie_rule)
    return [*picks], ties


def _equal_shares(problem: Problem, parameters: Parameters, tie_rule: TieRule) -> tuple[list[Step], list[Tie]]:
    eligible = problem.eligible(int(parameters["min_support"]))
    utility = str(parameters["utility"])
    purchases, ties = equal_shares.buy(problem, eligible, utility=utility, tie_rule=tie_rule)
    if parameters["completion"] == "none":
        return [*purchases], ties
    bought = {purchase.project for purchase in purchases}
    others = [project for project in eligible if project not in bought]
    left = problem.budget - sum(purchase.cost for purchase in purchases)
    picks, more_ties = greedy.fill(problem, others, left=left, utility=utility, tie_rule=tie_rule)
    return [*purchases, *picks], ties + more_ties


_UTILITY = Parameter(default="cost", choices=("cost", "cardinal"))
_MIN_SUPPORT = Parameter(default=1)

METHODS: Mapping[str, Method] = {
    method.id: method
    for method in (
        Method("greedy/1", {"utility": _UTILITY, "min_support": _MIN_SUPPORT}, _greedy),
        Method(
            "equal-shares/1",
            {
                "utility": _UTILITY,
                "completion": Parameter(default="utilitarian", choices=("none", "utilitarian")),
                "min_support": _MIN_SUPPORT,
            },
            _equal_shares,
        ),
    )
}


def method_named(name: str) -> Method:
    """The method of an identifier (`equal-shares/1`), or the newest version of a name (`equal-shares`)."""
    if name in METHODS:
        return METHODS[name]
    versions = [method for method in METHODS.values() if method.name == name]
    if not versions:
        raise MethodUnknown(name=name, known=", ".join(METHODS))
    return versions[-1]


def solve(problem: Problem, *, method: str, parameters: Mapping[str, object], tie_rule: TieRule) -> Result:
    """Run a method on a problem; the same inputs always give the same result."""
    chosen = method_named(method)
    settled = chosen.completed(parameters)
    steps, ties = chosen.run(problem, settled, tie_rule)
    return Result(method=chosen.id, parameters=settled, budget=problem.budget, steps=tuple(steps), ties=tuple(ties))
