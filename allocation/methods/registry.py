"""The methods by name and version; an identifier's results never change, a new idea gets a new version.

A new method is a module with a `run(problem, parameters, tie_rule) -> (steps, ties)` and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from allocation.errors import MethodUnknown
from allocation.method_errors import BallotsUnsuited
from allocation.methods import equal_shares, greedy
from allocation.methods.axioms import (
    DISCOUNT_MONOTONE,
    EJR1_CARDINAL,
    EJR1_COST,
    EJR_PLUS_CARDINAL,
    EJR_PLUS_COST,
    EXHAUSTIVE,
    PJR1_COST,
    SUPPORT_MONOTONE,
    Claim,
)
from allocation.methods.parameters import Parameter, Parameters, completed
from allocation.methods.problem import BALLOTS, Problem, Result, Step, Tie
from allocation.methods.ties import TieRule

Run = Callable[[Problem, Parameters, TieRule], tuple[list[Step], list[Tie]]]


@dataclass(frozen=True, slots=True)
class Method:
    """An allocation method: its identifier, what it can be told, how it runs, and what it claims.

    `ballots` are the kinds it reads (`approval`, `points`, `ranks`); the projects that a ballot names can
    always be read as approvals. `divisible`: it grants partial amounts between a cost and a target.
    `claims` are proved; under which parameters, `promises` says.
    """

    id: str
    parameters: Mapping[str, Parameter]
    run: Run
    ballots: frozenset[str] = frozenset(BALLOTS)
    divisible: bool = False
    claims: frozenset[Claim] = frozenset()

    @property
    def name(self) -> str:
        return self.id.partition("/")[0]

    def completed(self, given: Mapping[str, object]) -> dict[str, str | int]:
        """The given parameters with the defaults of the others; refuses what the method does not take."""
        return completed(self.id, self.parameters, given)

    def promises(self, parameters: Parameters) -> frozenset[str]:
        """The names of the axioms that the method satisfies under these parameters."""
        return frozenset(claim.axiom for claim in self.claims if claim.holds(parameters))


_UTILITY = Parameter(default="cost", choices=("cost", "cardinal"))
_MIN_SUPPORT = Parameter(default=1)

METHODS: dict[str, Method] = {}


def register(method: Method) -> Method:
    """Make a method known under its identifier."""
    METHODS[method.id] = method
    return method


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
    if problem.kind not in chosen.ballots:
        raise BallotsUnsuited(asked=chosen.id, needed=" | ".join(sorted(chosen.ballots)), given=problem.kind)
    steps, ties = chosen.run(problem, settled, tie_rule)
    return Result(method=chosen.id, parameters=settled, budget=problem.budget, steps=tuple(steps), ties=tuple(ties))


_COMPLETED = ("completion", ("utilitarian",))
_COST, _CARDINAL = ("utility", ("cost",)), ("utility", ("cardinal",))

register(
    Method(
        "greedy/1",
        {"utility": _UTILITY, "min_support": _MIN_SUPPORT},
        greedy.run,
        claims=frozenset({Claim(EXHAUSTIVE), Claim(DISCOUNT_MONOTONE), Claim(SUPPORT_MONOTONE)}),
    )
)
register(
    Method(
        "equal-shares/1",
        {
            "utility": _UTILITY,
            "completion": Parameter(default="utilitarian", choices=("none", "utilitarian")),
            "min_support": _MIN_SUPPORT,
        },
        equal_shares.run,
        claims=frozenset(
            {
                Claim(EXHAUSTIVE, (_COMPLETED,)),
                *(Claim(axiom, (_COST,)) for axiom in (EJR1_COST, PJR1_COST, EJR_PLUS_COST)),
                *(Claim(axiom, (_CARDINAL,)) for axiom in (EJR1_CARDINAL, EJR_PLUS_CARDINAL)),
            }
        ),
    )
)
