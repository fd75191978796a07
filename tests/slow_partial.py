"""Partial amounts, sets and matches said as plainly as possible: twins of the methods that the committee uses."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations, pairwise, product

from allocation.methods.problem import Problem
from tests.slow_methods import price


def bounded(
    total: Fraction | int, weights: Mapping[str, Fraction], lower: Mapping[str, int], upper: Mapping[str, int]
) -> dict[str, Fraction]:
    """Try who is at the lower bound, who at the upper one and who in between, until λ fits them all."""
    if sum(lower.values()) >= total:
        return {name: Fraction(each) for name, each in lower.items()}
    full = {name: Fraction(upper[name] if weights[name] else lower[name]) for name in weights}
    if sum(full.values()) <= total:
        return full
    for states in product(("lower", "between", "upper"), repeat=len(weights)):
        state = dict(zip(weights, states, strict=True))
        fixed = {
            name: {"lower": lower, "upper": upper}[each][name] for name, each in state.items() if each != "between"
        }
        free = sum((weights[name] for name in weights if state[name] == "between"), Fraction(0))
        if not free:
            continue
        slope = (total - sum(fixed.values())) / free
        amounts = {name: Fraction(fixed[name]) if name in fixed else slope * weights[name] for name in weights}
        clipped = {name: min(max(slope * weights[name], lower[name]), upper[name]) for name in weights}
        if slope >= 0 and amounts == clipped:
            return amounts
    # λ may stand on a breakpoint, with nobody in between.
    for slope in {
        Fraction(bound[name]) / weights[name] for bound in (lower, upper) for name in weights if weights[name]
    }:
        clipped = {name: Fraction(min(max(slope * weights[name], lower[name]), upper[name])) for name in weights}
        if sum(clipped.values()) == total:
            return clipped
    raise AssertionError("between all lower and all upper bounds there is a λ")


def entered(problem: Problem, min_support: int) -> list[str]:
    """Who enters while the least amounts fit: most supporters first, then the smallest identifier."""
    left, inside = problem.budget, []
    for project in sorted(problem.eligible(min_support), key=lambda each: (-problem.support[each], each)):
        if problem.costs[project] <= left:
            inside.append(project)
            left -= problem.costs[project]
    return inside


def tranches(cost: int, target: int, increments: int) -> list[int]:
    reached = [cost + (target - cost) * step // increments for step in range(increments + 1)] if increments else [cost]
    return [cost] + [after - before for before, after in pairwise(reached) if after > before]


def tranche_shares(
    budget: int,
    offered: Mapping[str, list[int]],
    scores: Sequence[Mapping[str, Fraction]],
    *,
    completed: bool,
) -> list[tuple[str, int]]:
    """Buy the tranche of least price from purses, voter by voter; ties to the smallest identifier."""
    purses = [Fraction(budget, len(scores)) for _ in scores]
    bought = dict.fromkeys(offered, 0)
    steps: list[tuple[str, int]] = []
    while True:
        rates: dict[str, Fraction] = {}
        for project, amounts in offered.items():
            if bought[project] < len(amounts):
                rate = least_rate(
                    purses, [score.get(project, Fraction(0)) for score in scores], amounts[bought[project]]
                )
                if rate is not None:
                    rates[project] = rate
        if not rates:
            break
        prices = {
            project: rate / ((offered[project][bought[project]] or 1) * Fraction(1, 2 ** bought[project]))
            for project, rate in rates.items()
        }
        winner = min(prices, key=lambda project: (prices[project], project))
        for voter, score in enumerate(scores):
            purses[voter] -= min(purses[voter], rates[winner] * score.get(winner, 0))
        steps.append((winner, offered[winner][bought[winner]]))
        bought[winner] += 1
    left = budget - sum(cost for _, cost in steps)
    support = {project: sum(project in score for score in scores) for project in offered}
    while completed:
        fitting = [
            each for each in offered if bought[each] < len(offered[each]) and offered[each][bought[each]] <= left
        ]
        if not fitting:
            break
        winner = min(fitting, key=lambda each: (-Fraction(support[each], 2 ** bought[each]), each))
        steps.append((winner, offered[winner][bought[winner]]))
        left -= steps[-1][1]
        bought[winner] += 1
    return steps


def least_rate(purses: Sequence[Fraction], scores: Sequence[Fraction], cost: int) -> Fraction | None:
    """The least money per point at which the supporters' purses pay the cost; found by trying who gives all."""
    givers = [(purse, score) for purse, score in zip(purses, scores, strict=True) if score > 0]
    if not givers or sum(purse for purse, _ in givers) < cost:
        return None
    if {score for _, score in givers} == {1}:
        return price([purse for purse, _ in givers], [Fraction(1)] * len(givers), cost)
    ordered = sorted(givers, key=lambda each: each[0] / each[1])
    for position in range(len(ordered)):
        rate = (cost - sum(purse for purse, _ in ordered[:position])) / sum(score for _, score in ordered[position:])
        if rate * ordered[position][1] <= ordered[position][0]:
            return rate
    raise AssertionError("the purses suffice, so somebody pays the last share")


def subsets(projects: Sequence[str]) -> list[tuple[str, ...]]:
    return list(chain.from_iterable(combinations(projects, size) for size in range(len(projects) + 1)))


def knapsack(budget: int, costs: Mapping[str, int], worth: Mapping[str, Fraction]) -> set[str]:
    """Of all sets that fit the most worth, then the cheapest, then the one holding the first project that differs."""
    projects = sorted(worth)
    fitting = [each for each in subsets(projects) if sum(costs[project] for project in each) <= budget]

    def key(each: tuple[str, ...]) -> tuple[Fraction, int, list[bool]]:
        return (
            -sum((worth[project] for project in each), Fraction(0)),
            sum(costs[project] for project in each),
            [project not in each for project in projects],
        )

    return set(min(fitting, key=key))


def pairs(gifts: Sequence[Mapping[str, int]], project: str, common_limit: int | None) -> Fraction:
    """The match of a project from pairs of givers, with square gifts so that every root is whole."""
    total = Fraction(0)
    for one, mine in enumerate(gifts):
        for other, theirs in enumerate(gifts):
            if one != other and mine.get(project) and theirs.get(project):
                product_of = {each: root(mine[each]) * root(theirs[each]) for each in mine if each in theirs}
                weak = Fraction(1)
                if common_limit is not None:
                    weak = Fraction(common_limit) / (common_limit + sum(product_of.values()))
                total += weak * product_of[project]
    return total


def root(square: int) -> int:
    return next(each for each in range(square + 1) if each * each == square)
