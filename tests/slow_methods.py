"""The methods said as plainly as possible, with fractions and no cleverness: twins of the fast ones."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

Ballots = Sequence[frozenset[str]]
Utilities = Sequence[Mapping[str, Fraction]]
"""What each voter gets from each project; those left out, and what is not above zero, are no support."""


def supporters(ballots: Ballots, project: str) -> list[int]:
    return [voter for voter, ballot in enumerate(ballots) if project in ballot]


def eligible(costs: Mapping[str, int], ballots: Ballots, min_support: int) -> set[str]:
    return {project for project in costs if len(supporters(ballots, project)) >= min_support}


def of_approvals(costs: Mapping[str, int], ballots: Ballots, utility: str, min_support: int = 1) -> Utilities:
    """A euro of what is supported counts one when it is the cost that counts, else a project does.

    What costs nothing is worth something all the same, but not where no support is asked for.
    """

    def worth(project: str) -> Fraction:
        return Fraction(costs[project] or (1 if min_support else 0)) if utility == "cost" else Fraction(1)

    return [{project: worth(project) for project in ballot} for ballot in ballots]


def of_ranks(lists: Sequence[Sequence[str]]) -> Utilities:
    """Borda: the last of a list gets nothing, each before it one more."""
    return [{project: Fraction(len(each) - 1 - place) for place, project in enumerate(each)} for each in lists]


def backers(utilities: Utilities, project: str) -> list[int]:
    return [voter for voter, gains in enumerate(utilities) if gains.get(project, 0) > 0]


def backed(costs: Mapping[str, int], utilities: Utilities, min_support: int) -> set[str]:
    return {project for project in costs if len(backers(utilities, project)) >= min_support}


def greedy(budget: int, costs: Mapping[str, int], ballots: Ballots, *, utility: str, min_support: int = 1) -> list[str]:
    """The best utility per cost that fits, again and again; ties to the smallest identifier."""
    utilities = of_approvals(costs, ballots, utility, min_support)
    return greedy_on(budget, costs, utilities, eligible(costs, ballots, min_support), utility)


def greedy_on(
    left: int, costs: Mapping[str, int], utilities: Utilities, projects: set[str], utility: str = "score"
) -> list[str]:
    def worth(project: str) -> Fraction:
        total = max(Fraction(0), sum((gains.get(project, Fraction(0)) for gains in utilities), Fraction(0)))
        if costs[project]:
            return total / costs[project]
        return total if utility == "cost" else Fraction(10**12 if total else 0)

    winners: list[str] = []
    while fitting := [each for each in projects - set(winners) if costs[each] <= left]:
        best = max(worth(project) for project in fitting)
        winner = min(project for project in fitting if worth(project) == best)
        winners.append(winner)
        left -= costs[winner]
    return winners


def price(purses: Sequence[Fraction], gains: Sequence[Fraction], cost: int) -> Fraction | None:
    """What a unit of utility costs when these purses share a cost, each by its gain and no purse beyond what it has."""
    if sum(purses) < cost or not purses:
        return None
    poor: set[int] = set()
    while True:
        due = cost - sum(purses[voter] for voter in poor)
        rich = [voter for voter in range(len(purses)) if voter not in poor]
        each = due / sum((gains[voter] for voter in rich), Fraction(0))
        poorer = [voter for voter in rich if purses[voter] < each * gains[voter]]
        if not poorer:
            return each
        poor.update(poorer)


def buy(costs: Mapping[str, int], utilities: Utilities, projects: set[str], purse: Fraction) -> list[str]:
    """Buy the project that asks least per utility until none can be paid; ties to the smallest identifier."""
    purses = [purse for _ in utilities]
    winners: list[str] = []
    while True:
        prices: dict[str, Fraction] = {}
        for project in projects - set(winners):
            payers = backers(utilities, project)
            gains = [utilities[voter][project] for voter in payers]
            found = price([purses[voter] for voter in payers], gains, costs[project])
            if found is not None:
                prices[project] = found
        if not prices:
            return winners
        winner = min(prices, key=lambda project: (prices[project], project))
        for voter in backers(utilities, winner):
            purses[voter] -= min(purses[voter], prices[winner] * utilities[voter][winner])
        winners.append(winner)


def add_one(
    budget: int,
    costs: Mapping[str, int],
    utilities: Utilities,
    projects: set[str],
    *,
    start: Fraction,
    step: Fraction,
    stop: str,
) -> list[str]:
    """The last outcome within the envelope while purses are raised, or the first that leaves nothing to add."""
    supported = {project for project in projects if backers(utilities, project)}
    held: list[str] = []
    purse = start
    while True:
        winners = buy(costs, utilities, projects, purse)
        left = budget - sum(costs[project] for project in winners)
        if left < 0:
            return held
        held, purse = winners, purse + step
        others = supported - set(winners)
        if not others or (stop == "exhaustive" and not [each for each in others if costs[each] <= left]):
            return held


def equal_shares_of(
    budget: int,
    costs: Mapping[str, int],
    utilities: Utilities,
    projects: set[str],
    *,
    completion: str,
    utility: str = "score",
    start: str = "exact",
    step: Fraction = Fraction(100),
    stop: str = "exhaustive",
) -> list[str]:
    """Equal shares with any utilities and every completion; the step in minor units, a floor in hundreds of them."""
    purse = Fraction(budget, max(1, len(utilities)))
    if completion.startswith("add1") and budget:
        first = Fraction(purse // 100 * 100) if start == "floor" else purse
        winners = add_one(budget, costs, utilities, projects, start=first, step=step, stop=stop)
    else:
        winners = buy(costs, utilities, projects, purse)
    if completion.endswith("utilitarian"):
        left = budget - sum(costs[project] for project in winners)
        winners += greedy_on(left, costs, utilities, projects - set(winners), utility)
    return winners


def equal_shares(
    budget: int,
    costs: Mapping[str, int],
    ballots: Ballots,
    *,
    utility: str,
    completion: str,
    min_support: int = 1,
) -> list[str]:
    """Equal shares of approvals, completed by nothing or by greedy."""
    utilities = of_approvals(costs, ballots, utility, min_support)
    projects = eligible(costs, ballots, min_support)
    return equal_shares_of(budget, costs, utilities, projects, completion=completion, utility=utility)


def phragmen(budget: int, costs: Mapping[str, int], ballots: Ballots, *, min_support: int = 1) -> list[str]:
    """All receive money evenly and buy as soon as they can; the first that does not fit ends it. Ties as above."""
    waiting = {project for project in eligible(costs, ballots, min_support) if costs[project] <= budget}
    spent = [Fraction(0) for _ in ballots]
    winners: list[str] = []
    left = budget
    while waiting:
        supported = {project for project in waiting if supporters(ballots, project)}
        loads = {}
        for project in supported:
            payers = supporters(ballots, project)
            loads[project] = (sum(spent[voter] for voter in payers) + costs[project]) / len(payers)
        lowest = min(loads.values(), default=None)
        tied = {project for project in supported if loads[project] == lowest} or waiting
        if any(costs[project] > left for project in tied):
            return winners
        winner = min(tied)
        for voter in supporters(ballots, winner):
            assert lowest is not None
            spent[voter] = lowest
        waiting.remove(winner)
        winners.append(winner)
        left -= costs[winner]
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
