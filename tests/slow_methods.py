"""The methods said as plainly as possible, with fractions and no cleverness: twins of the fast ones."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

Ballots = Sequence[frozenset[str]]


def supporters(ballots: Ballots, project: str) -> list[int]:
    return [voter for voter, ballot in enumerate(ballots) if project in ballot]


def greedy(budget: int, costs: Mapping[str, int], ballots: Ballots, *, utility: str, min_support: int = 1) -> list[str]:
    """The best utility per cost that fits, again and again; ties to the smallest identifier."""
    return greedy_on(budget, costs, ballots, eligible(costs, ballots, min_support), utility)


def eligible(costs: Mapping[str, int], ballots: Ballots, min_support: int) -> set[str]:
    return {project for project in costs if len(supporters(ballots, project)) >= min_support}


def greedy_on(left: int, costs: Mapping[str, int], ballots: Ballots, projects: set[str], utility: str) -> list[str]:
    def worth(project: str) -> Fraction:
        votes = len(supporters(ballots, project))
        if utility == "cost":
            return Fraction(votes)
        if costs[project] == 0:
            return Fraction(10**12 if votes else 0)
        return Fraction(votes, costs[project])

    winners: list[str] = []
    while fitting := [each for each in projects - set(winners) if costs[each] <= left]:
        best = max(worth(project) for project in fitting)
        winner = min(project for project in fitting if worth(project) == best)
        winners.append(winner)
        left -= costs[winner]
    return winners


def payment(purses: Sequence[Fraction], cost: int) -> Fraction | None:
    """The most that anyone pays when these purses share a cost as evenly as they can."""
    if sum(purses) < cost or not purses:
        return None
    due, ordered = Fraction(cost), sorted(purses)
    for position, purse in enumerate(ordered):
        share = due / (len(ordered) - position)
        if share <= purse:
            return share
        due -= purse
    raise AssertionError("the purses suffice, so somebody pays the last share")


def equal_shares(
    budget: int,
    costs: Mapping[str, int],
    ballots: Ballots,
    *,
    utility: str,
    completion: str,
    min_support: int = 1,
) -> list[str]:
    """Buy the project that asks least per utility until none can be paid; ties to the smallest identifier."""
    projects = eligible(costs, ballots, min_support)
    purses = [Fraction(budget, len(ballots)) for _ in ballots]
    winners: list[str] = []
    while True:
        prices: dict[str, Fraction] = {}
        for project in projects - set(winners):
            share = payment([purses[voter] for voter in supporters(ballots, project)], costs[project])
            if share is not None:
                prices[project] = share / ((costs[project] or 1) if utility == "cost" else 1)
        if not prices:
            break
        winner = min(prices, key=lambda project: (prices[project], project))
        share = payment([purses[voter] for voter in supporters(ballots, winner)], costs[winner])
        assert share is not None
        for voter in supporters(ballots, winner):
            purses[voter] -= min(purses[voter], share)
        winners.append(winner)
    if completion == "utilitarian":
        left = budget - sum(costs[project] for project in winners)
        winners += greedy_on(left, costs, ballots, projects - set(winners), utility)
    return winners


def unserved_group(
    budget: int, costs: Mapping[str, int], ballots: Ballots, winners: Sequence[str], utility: str
) -> str | None:
    """A project that some of its supporters could pay with their shares while all of them got less, if there is one.

    The audit of EJR+. With the k poorest served supporters of a project that is not funded, each having
    at most `most` funded of what they support: `most + cost ≤ k × share` when a euro is what counts, and
    `(most + 1) × cost ≤ k × share` when a project is.
    """

    def served(voter: int) -> int:
        funded = ballots[voter] & set(winners)
        return sum(costs[project] for project in funded) if utility == "cost" else len(funded)

    for project, cost in costs.items():
        if project in winners:
            continue
        for number, most in enumerate(sorted(map(served, supporters(ballots, project))), start=1):
            worth = most + cost if utility == "cost" else (most + 1) * cost
            if worth * len(ballots) <= number * budget:
                return project
    return None


def unserved_groups(
    budget: int, costs: Mapping[str, int], ballots: Ballots, amounts: Mapping[str, int], utility: str
) -> list[tuple[str, tuple[int, ...]]]:
    """Every project left out with every group that could pay for it and of which nobody is served as much: EJR+."""

    def served(voter: int) -> int:
        funded = [amounts[project] for project in ballots[voter] if project in amounts]
        return sum(funded) if utility == "cost" else len(funded)

    found = []
    for project, cost in costs.items():
        if project in amounts:
            continue
        everyone = supporters(ballots, project)
        for size in range(1, len(everyone) + 1):
            for group in combinations(everyone, size):
                shares = Fraction(size * budget, len(ballots))
                worth = (max(map(served, group)) + cost) if utility == "cost" else (max(map(served, group)) + 1) * cost
                if worth <= shares:
                    found.append((project, group))
    return found
