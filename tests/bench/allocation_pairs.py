"""Equal shares of a committee: against its obvious twin, with all its reasons, and again without each member."""

import random
from collections.abc import Iterator
from statistics import median

from allocation.methods.explained import explained
from allocation.methods.problem import Problem
from allocation.methods.registry import solve
from allocation.methods.ties import TieRule
from tests import slow_methods
from tests.bench.measure import ROUNDS, Pair, speeds
from tests.bench.workers import seconds

TWIN, REASONS, RERUNS = "equal_shares_vs_obvious", "committee_reasons_vs_5_ms", "thousand_reruns_vs_a_second"
KEYS = (TWIN, REASONS, RERUNS)

VOTERS, PROJECTS, BUDGET = 300, 30, 1_000_000
MEMBERS, PROPOSALS, REPEATED = 15, 25, 1_000
TIE_RULE = TieRule(seed="graine")


def election(voters: int, projects: int, *, at_most: int) -> tuple[dict[str, int], list[frozenset[str]]]:
    """The same election on every machine: each voter supports three projects at least."""
    chance = random.Random(2026)
    costs = {f"P{n:02}": chance.randrange(20_000, 120_000) for n in range(projects)}
    return costs, [frozenset(chance.sample(sorted(costs), chance.randint(3, at_most))) for _ in range(voters)]


def measure(scale: float = 1) -> Iterator[Pair]:
    yield beside_twin()
    costs, ballots = election(MEMBERS, PROPOSALS, at_most=12)
    yield with_reasons(costs, ballots)
    yield rerun(costs, ballots, max(MEMBERS, int(REPEATED * scale)))


def beside_twin() -> Pair:
    costs, ballots = election(VOTERS, PROJECTS, at_most=8)

    def fast() -> list[str]:
        problem = Problem.of(budget=BUDGET, costs=costs, ballots=ballots)
        parameters = {"completion": "none", "utility": "cost"}
        return list(solve(problem, method="equal-shares/1", parameters=parameters, tie_rule=TieRule()).winners)

    def obvious() -> list[str]:
        return slow_methods.equal_shares(BUDGET, costs, ballots, utility="cost", completion="none")

    if fast() != obvious():
        raise SystemExit("Equal shares and its obvious twin choose differently: their speeds are not comparable.")
    says = f"{VOTERS} voters, {PROJECTS} projects / the obvious twin"
    return speeds(TWIN, says, ours=fast, other=obvious)


def decided(costs: dict[str, int], ballots: list[frozenset[str]], *, reasons: bool = False) -> int:
    """How many are funded, and how many reasons are told."""
    problem = Problem.of(budget=BUDGET, costs=costs, ballots=ballots)
    result = solve(problem, method="equal-shares/1", parameters={}, tie_rule=TIE_RULE)
    return len(result.winners) + (len(explained(problem, result, TIE_RULE)) if reasons else 0)


def with_reasons(costs: dict[str, int], ballots: list[frozenset[str]]) -> Pair:
    """From the ballots of a committee to the outcome, completed, with a reason for every project."""
    took = tuple(seconds(lambda: decided(costs, ballots, reasons=True)) for _ in range(5 * ROUNDS))
    says = f"{MEMBERS} members, {PROPOSALS} projects, outcome and all reasons / 5 ms"
    return Pair(REASONS, says, took, (0.005,), median(took) / 0.005)


def rerun(costs: dict[str, int], ballots: list[frozenset[str]], times: int) -> Pair:
    """Each member left out in turn, again and again, the envelope as it is."""
    without = [ballots[:number] + ballots[number + 1 :] for number in range(len(ballots))]

    def again() -> None:
        for number in range(times):
            decided(costs, without[number % len(without)])

    took = tuple(seconds(again) for _ in range(ROUNDS))
    says = f"{times:,} reruns of {MEMBERS} members, {PROPOSALS} projects / one second"
    return Pair(RERUNS, says, took, (1.0,), median(took))
