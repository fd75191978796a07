"""Knapsack, ranked orders, the lottery within a band and quadratic matching: what they promise and what they do not."""

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocation.method_errors import BallotsUnsuited
from allocation.methods.counting.majority_judgment import judge
from allocation.methods.counting.schulze import schulze
from allocation.methods.knapsack import SETS_LIMIT, utilities
from allocation.methods.problem import Problem, Result
from allocation.methods.quadratic import DECIMALS, pairwise_matches, plain_matches
from allocation.methods.refusals import LotteryWithoutSeed, RecusalsNotKnown, SearchTooLarge, SimulationOnly
from allocation.methods.registry import METHODS, check_adoptable, solve
from allocation.methods.ties import TieRule, lot
from tests import slow_partial

NAMES = "ABCDE"
UTILITIES = st.sampled_from(["cost", "cardinal"])
SEEDED = TieRule(seed="graine")
TIE_RULES = st.sampled_from([TieRule(), SEEDED])


@dataclass(frozen=True)
class Vote:
    """A small call: an envelope, costs, and what each voter gives to each project they name."""

    budget: int
    costs: dict[str, int]
    ballots: tuple[dict[str, int], ...]
    by_points: bool = False

    def problem(self) -> Problem:
        kind = Problem.scored if self.by_points else Problem.of
        return kind(budget=self.budget, costs=self.costs, ballots=self.ballots)  # type: ignore[operator]

    def decided(self, method: str, tie_rule: TieRule = SEEDED, **parameters: str | int) -> Result:
        return solve(self.problem(), method=method, parameters=parameters, tie_rule=tie_rule)

    def giving(self, voter: int, project: str) -> "Vote":
        changed = {**self.ballots[voter], project: 1}
        return replace(self, ballots=(*self.ballots[:voter], changed, *self.ballots[voter + 1 :]))


@st.composite
def votes(draw: st.DrawFn, *, by_points: bool = False, free: bool = False) -> Vote:
    names = NAMES[: draw(st.integers(1, 5))]
    costs = {name: draw(st.integers(0 if free else 1, 12)) for name in names}
    points = st.integers(0, 4) if by_points else st.just(1)
    ballots = draw(st.lists(st.dictionaries(st.sampled_from(names), points), min_size=1, max_size=6))
    return Vote(draw(st.integers(0, 30)), costs, tuple(ballots), by_points)


@given(votes(free=True), UTILITIES)
def test_knapsack_is_the_best_of_all_sets(vote: Vote, utility: str) -> None:
    result = vote.decided("knapsack", TieRule(), utility=utility)
    problem = vote.problem()
    worth = utilities(problem, problem.eligible(1), utility)
    assert set(result.winners) == slow_partial.knapsack(vote.budget, vote.costs, worth)


@given(votes(by_points=True))
def test_knapsack_by_scores_is_the_best_of_all_sets(vote: Vote) -> None:
    result = vote.decided("knapsack", TieRule(), utility="score")
    totals = {
        project: Fraction(sum(ballot.get(project, 0) for ballot in vote.ballots), len(vote.ballots))
        for project in vote.costs
    }
    worth = {project: total for project, total in totals.items() if total}
    assert set(result.winners) == slow_partial.knapsack(vote.budget, vote.costs, worth)


@given(votes(), UTILITIES)
def test_knapsack_leaves_no_choice_that_everyone_would_like_as_much(vote: Vote, utility: str) -> None:
    """Pareto: no other set that fits gives each voter as much, in euros or in projects, and someone more."""
    chosen = vote.decided("knapsack", utility=utility).winners

    def served(projects) -> list[int]:
        worth = vote.costs if utility == "cost" else dict.fromkeys(vote.costs, 1)
        return [sum(worth[each] for each in projects if each in ballot) for ballot in vote.ballots]

    for other in slow_partial.subsets(sorted(vote.costs)):
        if sum(vote.costs[each] for each in other) <= vote.budget:
            pairs = list(zip(served(other), served(chosen), strict=True))
            assert all(new == old for new, old in pairs) or any(new < old for new, old in pairs)


@given(votes(), UTILITIES, TIE_RULES)
def test_knapsack_is_exhaustive_and_keeps_a_winner_that_gains_support(
    vote: Vote, utility: str, tie_rule: TieRule
) -> None:
    result = vote.decided("knapsack", tie_rule, utility=utility)
    supported = vote.problem().eligible(1)
    assert not [each for each in supported if each not in result.winners and vote.costs[each] <= result.left]
    for winner in result.winners:
        for voter in range(len(vote.ballots)):
            assert winner in vote.giving(voter, winner).decided("knapsack", tie_rule, utility=utility).winners


@given(votes(), TIE_RULES)
def test_knapsack_by_number_of_projects_keeps_a_winner_that_asks_less(vote: Vote, tie_rule: TieRule) -> None:
    for winner in vote.decided("knapsack", tie_rule, utility="cardinal").winners:
        cheaper = replace(vote, costs={**vote.costs, winner: vote.costs[winner] - 1})
        assert winner in cheaper.decided("knapsack", tie_rule, utility="cardinal").winners


def test_knapsack_by_euros_may_drop_a_winner_that_asks_less() -> None:
    vote = Vote(7, {"0": 7, "1": 3, "2": 2}, ({"1": 1, "2": 1}, *({"0": 1, "1": 1, "2": 1},) * 4))
    assert vote.decided("knapsack").winners == ("0",)
    cheaper = replace(vote, costs={"0": 6, "1": 3, "2": 2})
    assert set(cheaper.decided("knapsack").winners) == {"1", "2"}


def test_knapsack_may_leave_a_group_unserved() -> None:
    """Two of five could pay B with their shares; the majority's project is worth more."""
    vote = Vote(10, {"A": 10, "B": 4}, (*({"A": 1},) * 3, *({"B": 1},) * 2))
    assert vote.decided("knapsack").winners == ("A",)


def test_knapsack_says_which_tie_it_settled() -> None:
    vote = Vote(5, {"A": 5, "B": 2, "C": 3}, ({"A": 1, "B": 1, "C": 1},))
    result = vote.decided("knapsack", TieRule())
    assert result.winners == ("A",)
    assert [(tie.candidates, tie.chosen, tie.by) for tie in result.ties] == [(("A", "B", "C"), "A", "identifier")]


def test_knapsack_refuses_what_it_cannot_search() -> None:
    """Costs and utilities that are powers of two, near each other, leave every set undominated."""
    names = [f"{number:02}" for number in range(40)]
    costs = {name: 2**40 + 2**number for number, name in enumerate(names)}
    ballots = [{name: costs[name] for name in names}]
    problem = Problem.scored(budget=sum(costs.values()) // 2, costs=costs, ballots=ballots)
    with pytest.raises(SearchTooLarge, match=f"knapsack/1.*{SETS_LIMIT}.*40 to combine"):
        solve(problem, method="knapsack", parameters={"utility": "score"}, tie_rule=TieRule())


@given(votes(by_points=True), st.sampled_from(["schulze", "majority-judgment"]), st.booleans())
def test_ranked_takes_what_fits_in_the_order_of_the_ballots(vote: Vote, order: str, nearest: bool) -> None:
    parameters: dict[str, str | int] = {"order": order, "min_support": 0}
    ballots = {str(number): dict.fromkeys(vote.costs, 0) | ballot for number, ballot in enumerate(vote.ballots)}
    if order == "schulze":
        levels_of = {
            voter: [[each for each in ballot if ballot[each] == points] for points in range(4, -1, -1)]
            for voter, ballot in ballots.items()
        }
        ranking = schulze(vote.costs, levels_of).ranking
    else:
        tie = "nearest-grade" if nearest else "remove-median"
        parameters["median_tie"] = tie
        ranking = judge(vote.costs, ballots, grades=5, tie=tie).ranking
    left, expected = vote.budget, []
    for level in ranking.levels:
        for project in level:
            if vote.costs[project] <= left:
                expected.append(project)
                left -= vote.costs[project]
    assert list(vote.decided("ranked", TieRule(), **parameters).winners) == expected


def test_ranked_reads_lists_and_refuses_what_it_cannot_know() -> None:
    problem = Problem.ranked(budget=5, costs={"A": 5, "B": 5}, ballots=[["B", "A"], ["B"], ["A", "B"]])
    assert solve(problem, method="ranked", parameters={}, tie_rule=TieRule()).winners == ("B",)
    with pytest.raises(BallotsUnsuited):
        solve(problem, method="ranked", parameters={"order": "majority-judgment"}, tie_rule=TieRule())
    recused = Problem.of(budget=5, costs={"A": 5, "B": 5}, ballots=["A", "A", "B", "B", ""], recused={"B": 2})
    with pytest.raises(RecusalsNotKnown, match="recusals on B"):
        solve(recused, method="ranked", parameters={}, tie_rule=TieRule())
    judged = solve(recused, method="ranked", parameters={"order": "majority-judgment"}, tie_rule=TieRule())
    assert judged.winners == ("B",), "two of the three who may grade B do, two of five grade A"


@given(votes(), st.integers(0, 100), st.integers(0, 100), st.sampled_from("xyz"))
def test_lots_decide_within_the_band_alone(vote: Vote, sure: int, drawn: int, seed: str) -> None:
    result = vote.decided("lottery-band", TieRule(seed=seed), sure_percent=sure, draw_percent=drawn)
    percents = {
        each: Fraction(100 * supporters, len(vote.ballots)) for each, supporters in vote.problem().support.items()
    }
    first = [each for each in percents if percents[each] >= sure and vote.problem().support[each]]
    band = [each for each in percents if drawn <= percents[each] < sure and vote.problem().support[each]]
    assert set(result.winners) <= {*first, *band}
    queue = sorted(first, key=lambda each: (-percents[each], vote.costs[each], lot(seed, each)))
    queue += sorted(band, key=lambda each: lot(seed, each))
    left, expected = vote.budget, []
    for project in queue:
        if vote.costs[project] <= left:
            expected.append(project)
            left -= vote.costs[project]
    assert list(result.winners) == expected


def test_every_project_of_a_band_wins_under_some_seed_and_none_without_one() -> None:
    vote = Vote(5, {"A": 5, "B": 5, "C": 5}, ({"A": 1}, {"B": 1}, {"C": 1}))
    winners = {vote.decided("lottery-band", TieRule(seed=str(seed))).winners for seed in range(20)}
    assert winners == {("A",), ("B",), ("C",)}
    (draw,) = vote.decided("lottery-band").ties
    assert (draw.candidates, draw.by) == (("A", "B", "C"), "lottery")
    with pytest.raises(LotteryWithoutSeed, match="needs a seed"):
        vote.decided("lottery-band", TieRule())


@given(votes(), st.sampled_from(["lottery-band", "ranked", "proportional", "water-filling"]), TIE_RULES)
def test_what_asks_less_is_still_funded(vote: Vote, method: str, tie_rule: TieRule) -> None:
    tie_rule = SEEDED if method == "lottery-band" else tie_rule
    for winner in vote.decided(method, tie_rule).winners:
        cheaper = replace(vote, costs={**vote.costs, winner: vote.costs[winner] - 1})
        assert winner in cheaper.decided(method, tie_rule).winners


@given(votes(), st.sampled_from(["lottery-band", "proportional", "water-filling"]), TIE_RULES)
def test_what_gains_a_supporter_is_still_funded(vote: Vote, method: str, tie_rule: TieRule) -> None:
    tie_rule = SEEDED if method == "lottery-band" else tie_rule
    for winner in vote.decided(method, tie_rule).winners:
        for voter in range(len(vote.ballots)):
            assert winner in vote.giving(voter, winner).decided(method, tie_rule).winners


@given(votes(), st.sampled_from(["ranked", "proportional", "water-filling", "tranche-shares"]), TIE_RULES)
def test_no_supported_project_still_fits(vote: Vote, method: str, tie_rule: TieRule) -> None:
    result = vote.decided(method, tie_rule)
    supported = vote.problem().eligible(1)
    assert not [each for each in supported if each not in result.winners and vote.costs[each] <= result.left]


GIFTS = st.lists(st.dictionaries(st.sampled_from(NAMES), st.integers(0, 12).map(lambda root: root**2)), max_size=6)


@given(GIFTS, st.integers(1, 50))
def test_matches_are_sums_over_pairs(gifts: list[dict[str, int]], limit: int) -> None:
    plain, weakened = plain_matches(NAMES, gifts), pairwise_matches(NAMES, gifts, common_limit=limit)
    for project in NAMES:
        assert plain[project] == slow_partial.pairs(gifts, project, None)
        exact = slow_partial.pairs(gifts, project, limit)
        assert exact - Fraction(144 * 30, DECIMALS) <= weakened[project] <= exact
        assert weakened[project] <= plain[project]


@given(st.integers(1, 10**9), st.integers(2, 12))
def test_more_givers_of_the_same_sum_are_matched_more_and_one_alone_is_not(gift: int, givers: int) -> None:
    assert plain_matches("A", [{"A": gift}]) == {"A": 0}
    shared = [plain_matches("A", [{"A": Fraction(gift, number)}] * number)["A"] for number in range(1, givers + 1)]
    assert all(before < after for before, after in pairwise(shared))


@given(votes(by_points=True), st.sampled_from(["plain", "pairwise"]))
def test_the_pool_is_spent_exactly_where_there_is_a_match(vote: Vote, bound: str) -> None:
    result = vote.decided("quadratic", bound=bound)
    matched = any(sum(ballot.get(project, 0) > 0 for ballot in vote.ballots) > 1 for project in vote.costs)
    assert result.spent == (vote.budget if matched else 0)
    assert all(abs(step.cost - step.exact) < 1 for step in result.levels)


def test_two_friends_draw_the_pool_under_quadratic_matching() -> None:
    """Why it is a simulation: two who give to each other take from four who give apart, and the bound lessens it."""
    friends = [{"A": 100}, {"A": 100}]
    others = [{"B": 25}, {"B": 25}, {"B": 9}, {"B": 1}]
    plain = plain_matches("AB", friends + others)
    assert plain["A"] > plain["B"]
    bounded = pairwise_matches("AB", friends + others, common_limit=20)
    assert bounded["A"] < bounded["B"]


def test_a_simulation_is_never_adopted() -> None:
    assert [id for id, method in METHODS.items() if method.simulation] == ["quadratic/1"]
    with pytest.raises(SimulationOnly, match="never adopted"):
        check_adoptable("quadratic")
    for method in METHODS:
        if method != "quadratic/1":
            check_adoptable(method)
    approvals = Vote(5, {"A": 5}, ({"A": 1},))
    with pytest.raises(BallotsUnsuited):
        approvals.decided("quadratic")
    crowd = replace(approvals, ballots=({"A": 1},) * 1001, by_points=True)
    with pytest.raises(SearchTooLarge, match="1001 to combine"):
        crowd.decided("quadratic")


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("proportional", {"weight": "points"}),
        ("knapsack", {"utility": "score"}),
        ("tranche-shares", {"utility": "score-cost"}),
    ],
)
def test_methods_of_points_refuse_approvals(method: str, parameters: dict[str, str]) -> None:
    with pytest.raises(BallotsUnsuited, match="needs points or rankings"):
        Vote(5, {"A": 5}, ({"A": 1},)).decided(method, **parameters)
