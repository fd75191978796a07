"""Equal shares against its obvious twin: one purse per voter, every project priced anew for every purchase."""

import random
from collections.abc import Iterator
from fractions import Fraction

from allocation.methods.problem import Problem
from allocation.methods.registry import solve
from allocation.methods.ties import TieRule
from tests.bench.measure import Pair, speeds

VOTERS, PROJECTS, BUDGET = 300, 30, 1_000_000


def election() -> tuple[dict[str, int], list[frozenset[str]]]:
    """The same election on every machine: each voter supports three to eight projects."""
    chance = random.Random(2026)
    costs = {f"P{n:02}": chance.randrange(20_000, 120_000) for n in range(PROJECTS)}
    return costs, [frozenset(chance.sample(sorted(costs), chance.randint(3, 8))) for _ in range(VOTERS)]


def price(costs: dict[str, int], project: str, held: list[Fraction]) -> Fraction | None:
    """What the richest supporter would pay for the project, per unit of its cost; None when they hold too little."""
    due = Fraction(costs[project])
    if sum(held) < due:
        return None
    for position, purse in enumerate(sorted(held)):
        part = due / (len(held) - position)
        if purse >= part:
            return part / costs[project]
        due -= purse
    return None


def obvious(costs: dict[str, int], ballots: list[frozenset[str]]) -> list[str]:
    purses = [Fraction(BUDGET, len(ballots)) for _ in ballots]
    bought: list[str] = []
    while True:
        offers = {
            project: price(
                costs, project, [purse for purse, ballot in zip(purses, ballots, strict=True) if project in ballot]
            )
            for project in costs
            if project not in bought
        }
        priced = {project: offer for project, offer in offers.items() if offer is not None}
        if not priced:
            return bought
        project = min(priced, key=lambda name: (priced[name], name))
        part = priced[project] * costs[project]
        purses = [
            purse - min(purse, part) if project in ballot else purse
            for purse, ballot in zip(purses, ballots, strict=True)
        ]
        bought.append(project)


def measure() -> Iterator[Pair]:
    costs, ballots = election()

    def ours() -> list[str]:
        problem = Problem.of(budget=BUDGET, costs=costs, ballots=ballots)
        result = solve(problem, method="equal-shares/1", parameters={"completion": "none"}, tie_rule=TieRule())
        return list(result.winners)

    if sorted(ours()) != sorted(obvious(costs, ballots)):
        raise SystemExit("Equal shares and its obvious twin choose differently: their speeds are not comparable.")
    yield speeds(
        "equal_shares_vs_obvious",
        f"{VOTERS} voters, {PROJECTS} projects / the obvious twin",
        ours=ours,
        other=lambda: obvious(costs, ballots),
    )
