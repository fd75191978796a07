"""The methods by name and version; an identifier's results never change, a new idea gets a new version.

A new method is a module with a `run(problem, parameters, tie_rule) -> (steps, ties)` and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from allocation.errors import MethodUnknown
from allocation.method_errors import BallotsUnsuited
from allocation.methods import add_one, equal_shares, greedy, knapsack, lottery, phragmen, quadratic, ranked
from allocation.methods.axioms import (
    DISCOUNT_MONOTONE,
    EJR1_CARDINAL,
    EJR1_COST,
    EJR_PLUS_CARDINAL,
    EJR_PLUS_COST,
    EXHAUSTIVE,
    LIMIT_MONOTONE,
    PJR1_COST,
    PRICEABLE,
    SUPPORT_MONOTONE,
    Claim,
)
from allocation.methods.parameters import Parameter, Parameters, completed
from allocation.methods.partial import average, filling, tranches
from allocation.methods.problem import BALLOTS, POINTS, Problem, Result, Step, Tie
from allocation.methods.refusals import SimulationOnly
from allocation.methods.ties import TieRule
from allocation.methods.worths import UTILITIES

Run = Callable[[Problem, Parameters, TieRule], tuple[list[Step], list[Tie]]]


@dataclass(frozen=True, slots=True)
class Method:
    """An allocation method: its identifier, what it can be told, how it runs, and what it claims.

    `ballots` are the kinds it reads (`approval`, `points`, `ranks`); the projects that a ballot names can
    always be read as approvals. `divisible`: it grants partial amounts between a cost and a target.
    `claims` are proved; under which parameters, `promises` says. A `simulation` can never be adopted.
    """

    id: str
    parameters: Mapping[str, Parameter]
    run: Run
    ballots: frozenset[str] = frozenset(BALLOTS)
    divisible: bool = False
    claims: frozenset[Claim] = frozenset()
    simulation: bool = False

    @property
    def name(self) -> str:
        return self.id.partition("/")[0]

    def completed(self, given: Mapping[str, object]) -> dict[str, str | int]:
        """The given parameters with the defaults of the others; refuses what the method does not take."""
        return completed(self.id, self.parameters, given)

    def promises(self, parameters: Parameters) -> frozenset[str]:
        """The names of the axioms that the method satisfies under these parameters."""
        return frozenset(claim.axiom for claim in self.claims if claim.holds(parameters))


_UTILITY = Parameter(default="cost", choices=UTILITIES)
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


def check_adoptable(method: str) -> None:
    """Refuse a method that only simulates; to be asked before an outcome is computed, voted on or published."""
    chosen = method_named(method)
    if chosen.simulation:
        raise SimulationOnly(method=chosen.id)


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
_NO_LISTS = ("utility", ("cost", "cardinal", "score"))
_WHOLE_SHARES = (
    (("completion", ("none", "utilitarian")),),
    (("completion", add_one.COMPLETIONS), ("add1_start", ("exact",))),
)
"""With these the first purses hold the whole envelope, so what is proved of equal parts of it holds."""

register(
    Method(
        "greedy/1",
        {"utility": _UTILITY, "min_support": _MIN_SUPPORT},
        greedy.run,
        claims=frozenset(
            {Claim(EXHAUSTIVE), Claim(DISCOUNT_MONOTONE, (_NO_LISTS,)), Claim(SUPPORT_MONOTONE, (_NO_LISTS,))}
        ),
    )
)
register(
    Method(
        "equal-shares/1",
        {
            "utility": _UTILITY,
            "completion": Parameter(default="utilitarian", choices=("none", "utilitarian", *add_one.COMPLETIONS)),
            "min_support": _MIN_SUPPORT,
            **add_one.PARAMETERS,
        },
        equal_shares.run,
        claims=frozenset(
            {
                Claim(EXHAUSTIVE, (("completion", ("utilitarian", "add1-utilitarian")),)),
                Claim(PRICEABLE, (("completion", ("none",)),)),
                *(
                    Claim(axiom, (_COST, *shares))
                    for axiom in (EJR1_COST, PJR1_COST, EJR_PLUS_COST)
                    for shares in _WHOLE_SHARES
                ),
                *(
                    Claim(axiom, (_CARDINAL, *shares))
                    for axiom in (EJR1_CARDINAL, EJR_PLUS_CARDINAL)
                    for shares in _WHOLE_SHARES
                ),
            }
        ),
    )
)
register(
    Method(
        phragmen.PHRAGMEN,
        phragmen.PARAMETERS,
        phragmen.run,
        claims=frozenset({Claim(LIMIT_MONOTONE)}),
    )
)
_IN_ORDER = frozenset({Claim(EXHAUSTIVE), Claim(DISCOUNT_MONOTONE), Claim(SUPPORT_MONOTONE)})

register(
    Method(
        filling.PROPORTIONAL,
        filling.PROPORTIONAL_PARAMETERS,
        filling.proportional,
        divisible=True,
        claims=_IN_ORDER,
    )
)
register(
    Method(
        filling.WATER_FILLING,
        filling.WATER_FILLING_PARAMETERS,
        filling.water_filling,
        divisible=True,
        claims=_IN_ORDER,
    )
)
register(Method(average.AVERAGE_SPLITS, average.AVERAGE_SPLITS_PARAMETERS, average.average_splits, divisible=True))
register(
    Method(
        tranches.TRANCHE_SHARES,
        tranches.TRANCHE_SHARES_PARAMETERS,
        tranches.tranche_shares,
        divisible=True,
        claims=frozenset({Claim(PRICEABLE, (("completion", ("none",)),)), Claim(EXHAUSTIVE, (_COMPLETED,))}),
    )
)
register(
    Method(
        knapsack.KNAPSACK,
        knapsack.KNAPSACK_PARAMETERS,
        knapsack.knapsack,
        claims=frozenset(
            {
                Claim(EXHAUSTIVE, (("utility", ("cost", "cardinal")),)),
                Claim(SUPPORT_MONOTONE, (("utility", ("cost", "cardinal")),)),
                Claim(DISCOUNT_MONOTONE, (_CARDINAL,)),
            }
        ),
    )
)
register(
    Method(
        lottery.LOTTERY_BAND,
        lottery.LOTTERY_BAND_PARAMETERS,
        lottery.lottery_band,
        claims=frozenset({Claim(DISCOUNT_MONOTONE), Claim(SUPPORT_MONOTONE)}),
    )
)
register(
    Method(
        ranked.RANKED,
        ranked.RANKED_PARAMETERS,
        ranked.ranked,
        claims=frozenset({Claim(EXHAUSTIVE), Claim(DISCOUNT_MONOTONE)}),
    )
)
register(
    Method(
        quadratic.QUADRATIC,
        quadratic.QUADRATIC_PARAMETERS,
        quadratic.quadratic,
        ballots=frozenset({POINTS}),
        divisible=True,
        simulation=True,
    )
)
