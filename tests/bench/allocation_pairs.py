"""Equal shares against its obvious twin: one purse per voter, every project priced anew for every purchase."""

import random
from collections.abc import Iterator

from allocation.methods.problem import Problem
from allocation.methods.registry import solve
from allocation.methods.ties import TieRule
from tests import slow_methods
from tests.bench.measure import Pair, speeds

VOTERS, PROJECTS, BUDGET = 300, 30, 1_000_000


def election() -> tuple[dict[str, int], list[frozenset[str]]]:
    """The same election on every machine: each voter supports three to eight projects."""
    chance = random.Random(2026)
    costs = {f"P{n:02}": chance.randrange(20_000, 120_000) for n in range(PROJECTS)}
    return costs, [frozenset(chance.sample(sorted(costs), chance.randint(3, 8))) for _ in range(VOTERS)]


def measure() -> Iterator[Pair]:
    costs, ballots = election()

    def fast() -> list[str]:
        problem = Problem.of(budget=BUDGET, costs=costs, ballots=ballots)
        parameters = {"completion": "none", "utility": "cost"}
        return list(solve(problem, method="equal-shares/1", parameters=parameters, tie_rule=TieRule()).winners)

    def obvious() -> list[str]:
        return slow_methods.equal_shares(BUDGET, costs, ballots, utility="cost", completion="none")

    if sorted(fast()) != sorted(obvious()):
        raise SystemExit("Equal shares and its obvious twin choose differently: their speeds are not comparable.")
    says = f"{VOTERS} voters, {PROJECTS} projects / the obvious twin"
    yield speeds("equal_shares_vs_obvious", says, ours=fast, other=obvious)
