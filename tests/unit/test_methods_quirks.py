"""What the oracle does at the edges, one small election each: copied where it is sound, refused where it is not."""

from fractions import Fraction

import pytest

from allocation.method_errors import BallotsUnsuited, StepTooSmall
from allocation.methods import add_one
from allocation.methods.problem import Problem, Result
from allocation.methods.registry import METHODS, method_named, solve
from allocation.methods.result import Load, Pick
from allocation.methods.ties import TieRule

NONE = {"completion": "none"}


def decided(method: str, budget: int, costs: dict[str, int], ballots: list[str], **parameters: str | int) -> Result:
    problem = Problem.of(budget=budget, costs=costs, ballots=ballots)
    return solve(problem, method=method, parameters=parameters, tie_rule=TieRule())


def winners(method: str, budget: int, costs: dict[str, int], ballots: list[str], **parameters: str | int) -> str:
    return " ".join(decided(method, budget, costs, ballots, **parameters).winners)


def test_an_empty_ballot_holds_its_share() -> None:
    assert winners("equal-shares", 90, {"A": 31}, ["A", "", ""], **NONE) == ""
    assert winners("equal-shares", 90, {"A": 30}, ["A", "", ""], **NONE) == "A"


def test_what_is_free_and_supported_is_bought_first_where_a_project_is_what_counts() -> None:
    free = {"A": 10, "F": 0}
    assert winners("equal-shares", 10, free, ["A", "F"], utility="cardinal", min_support=0, **NONE) == "F"
    assert winners("equal-shares", 20, free, ["A", "F"], utility="cardinal", min_support=0, **NONE) == "F A"


def test_what_is_free_is_worth_its_cost_where_no_support_is_asked_for() -> None:
    """As the oracle has it: a euro of nothing is nothing. Where supporters are asked for, they get it."""
    free = {"A": 10, "F": 0}
    assert winners("equal-shares", 20, free, ["AF", "F"], min_support=0, **NONE) == "A"
    assert winners("equal-shares", 20, free, ["AF", "F"], **NONE) == "F A"
    assert winners("greedy", 20, free, ["AF", "F"], min_support=0) == "A F"
    assert winners("greedy", 20, free, ["AF", "F"]) == "F A"


@pytest.mark.parametrize("utility", ["cost", "cardinal"])
def test_a_completion_takes_what_nobody_supports_only_where_that_is_allowed(utility: str) -> None:
    costs = {"A": 5, "U": 3, "Z": 9}
    given = {"utility": utility, "completion": "utilitarian"}
    assert winners("equal-shares", 10, costs, ["A"], min_support=0, **given) == "A U"
    assert winners("equal-shares", 10, costs, ["A"], **given) == "A"
    assert winners("greedy", 10, costs, ["A"], utility=utility, min_support=0) == "A U"
    assert winners("greedy", 10, costs, ["A"], utility=utility) == "A"


def test_phragmen_passes_over_what_is_dearer_than_the_envelope() -> None:
    assert winners("phragmen", 10, {"A": 11, "B": 9}, ["A", "A", "A", "B"]) == "B"


def test_phragmen_stops_when_one_of_those_tied_does_not_fit() -> None:
    # A is bought at 2 each. Then B (6 by two) and C (3 by one) are tied at 3, and B does not fit in 5.
    costs, ballots = {"A": 2, "B": 6, "C": 3}, ["A", "B", "B", "C"]
    assert winners("phragmen", 7, costs, ballots) == "A"
    assert winners("phragmen", 8, costs, ballots) == "A B"
    assert winners("phragmen", 7, {**costs, "B": 7}, ballots) == "A C"


def test_phragmen_takes_what_nobody_supports_only_if_all_of_it_fits() -> None:
    given = {"min_support": 0}
    assert winners("phragmen", 10, {"A": 4, "U": 3, "V": 3}, ["A"], **given) == "A U V"
    assert winners("phragmen", 9, {"A": 4, "U": 3, "V": 3}, ["A"], **given) == "A U"
    assert winners("phragmen", 10, {"A": 4, "U": 3, "V": 7}, ["A"], **given) == "A"
    assert winners("phragmen", 10, {"A": 4, "U": 3, "V": 3}, ["A"]) == "A"


def test_phragmen_s_steps_say_what_each_had_received() -> None:
    result = decided("phragmen", 10, {"A": 4, "B": 3, "U": 1}, ["A", "AB"], min_support=0)
    assert result.steps == (
        Load("A", 4, 2, 10, Fraction(2)),
        Load("B", 3, 1, 6, Fraction(5)),
        Pick("U", 1, 0, 3, 3),
    )
    assert result.winners == ("A", "B", "U")


def test_add1_goes_on_until_nothing_more_fits() -> None:
    """Ten each pay for C. With eleven each B is bought, and A (12) does not fit in what is left."""
    costs, ballots = {"A": 12, "B": 22, "C": 7}, ["A", "B", "B", "C"]
    one = {"completion": "add1", "add1_unit": 1}
    assert winners("equal-shares", 40, costs, ballots, **NONE) == "C"
    assert winners("equal-shares", 40, costs, ballots, **one) == "B C"
    assert winners("equal-shares", 41, costs, ballots, **one) == "B A C"
    assert winners("equal-shares", 41, costs, ballots, **one, add1_stop="overspend") == "B A C"


def test_the_two_ways_of_stopping_differ() -> None:
    """Four each. With 6 each A is bought, and B (5) does not fit in what is left: one stops. With 10 B comes first."""
    costs, ballots = {"A": 6, "B": 10}, ["A", "B"]
    one = {"completion": "add1", "add1_unit": 1}
    exhausted = decided("equal-shares", 12, costs, ballots, **one)
    assert exhausted.winners == ("A",)
    overspent = decided("equal-shares", 12, costs, ballots, **one, add1_stop="overspend")
    assert overspent.winners == ("A",)
    assert exhausted.purchases[0].purse is None, "the equal part of the envelope, six each, was enough"
    assert overspent.purchases[0].purse == 9, "ten each would have bought both"


def test_add1_starts_from_whole_units_and_steps_in_units_or_in_parts_of_the_purse() -> None:
    problem = Problem.of(budget=1000, costs={"A": 1000}, ballots=["A", "", ""])
    known = method_named("equal-shares").completed

    def purse(**given: str | int) -> tuple[Fraction, Fraction]:
        parameters = known({"completion": "add1", **given})
        return add_one.start(problem, parameters), add_one.step_of(problem, parameters)

    assert purse() == (Fraction(1000, 3), 100)
    assert purse(add1_start="floor", add1_step="1/2") == (300, 50)
    assert purse(add1_step="1%") == (Fraction(1000, 3), Fraction(10, 3))
    assert purse(add1_start="floor", add1_unit=1) == (333, 1)


def test_a_step_too_small_to_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(add_one, "RUNS_LIMIT", 50)
    with pytest.raises(StepTooSmall) as refused:
        decided("equal-shares", 1000, {"A": 999}, ["A", ""], completion="add1", add1_step="0.001")
    assert "0.001" in refused.value.sentence("en")
    assert "50 fois" in refused.value.sentence("fr")


def test_nothing_to_vote_on_nothing_to_spend_or_nobody_to_vote_ends_at_once() -> None:
    for completion in METHODS["equal-shares/1"].parameters["completion"].choices:
        assert winners("equal-shares", 0, {"A": 1}, ["A"], completion=completion) == ""
        assert winners("equal-shares", 9, {"A": 1}, [], completion=completion) == ""
        assert winners("equal-shares", 9, {}, ["", ""], completion=completion) == ""
    assert winners("phragmen", 9, {"A": 1}, []) == ""


def test_the_parameters_of_add1_are_kept_only_with_add1() -> None:
    known = METHODS["equal-shares/1"]
    assert known.completed({}) == {"utility": "cost", "completion": "utilitarian", "min_support": 1}
    assert set(known.completed({"completion": "add1"})) == set(known.parameters)


def test_many_winners_need_no_deep_recursion() -> None:
    costs = {f"P{number:04}": number for number in range(1, 1201)}
    together = Problem.of(budget=sum(costs.values()), costs=costs, ballots=[costs])
    apart = Problem.of(budget=sum(costs.values()), costs=costs, ballots=[[name] for name in costs])
    shares = solve(together, method="equal-shares", parameters={"utility": "cardinal"}, tie_rule=TieRule())
    received = solve(apart, method="phragmen", parameters={}, tie_rule=TieRule())
    assert len(shares.winners) == len(received.winners) == len(costs)


def test_borda_gives_the_last_of_a_list_nothing() -> None:
    problem = Problem.ranked(budget=10, costs={"A": 5, "B": 5, "C": 5}, ballots=[["B", "A"], ["C"], []])
    assert problem.total_points == {"A": 0, "B": 1, "C": 0}
    result = solve(problem, method="greedy", parameters={"utility": "borda"}, tie_rule=TieRule())
    assert result.winners == ("B",)
    waived = solve(problem, method="greedy", parameters={"utility": "borda", "min_support": 0}, tie_rule=TieRule())
    assert waived.winners == ("B", "A")


def test_points_pay_by_points_and_no_points_are_no_support() -> None:
    problem = Problem.scored(budget=30, costs={"A": 12}, ballots=[{"A": 1}, {"A": 2}, {"A": 0}])
    result = solve(problem, method="equal-shares", parameters={"utility": "score", **NONE}, tie_rule=TieRule())
    purchase = result.purchases[0]
    assert (purchase.supporters, purchase.full_payers, purchase.price, purchase.payment) == (2, 2, 4, 8)


def test_points_below_zero_are_no_support_but_count_in_a_sum() -> None:
    problem = Problem.scored(budget=9, costs={"A": 9, "B": 9}, ballots=[{"A": 2, "B": 1}, {"A": -2}])
    assert problem.total_points == {"A": 0, "B": 1}
    result = solve(problem, method="greedy", parameters={"utility": "score"}, tie_rule=TieRule())
    assert result.winners == ("B",)


def test_a_cardinal_ballot_names_projects_even_without_points() -> None:
    problem = Problem.scored(budget=9, costs={"A": 9, "B": 9}, ballots=[{"A": 0}, {"A": 0, "B": 5}])
    assert problem.support == {"A": 2, "B": 1}
    assert solve(problem, method="greedy", parameters={}, tie_rule=TieRule()).winners == ("A",)


@pytest.mark.parametrize(("utility", "needed"), [("score", "points"), ("borda", "rankings")])
def test_a_utility_that_the_ballots_do_not_tell_is_refused(utility: str, needed: str) -> None:
    for method in ("greedy", "equal-shares"):
        with pytest.raises(BallotsUnsuited, match=needed) as refused:
            decided(method, 9, {"A": 1}, ["A"], utility=utility)
        assert "des approbations" in refused.value.sentence("fr")


def test_a_project_named_twice_on_a_ballot_counts_once() -> None:
    problem = Problem.of(budget=10, costs={"A": 5, "B": 6}, ballots=["AA", "ABA", "B"])
    assert problem.support == {"A": 2, "B": 2}
    assert problem.ballots == {frozenset("A"): 1, frozenset("AB"): 1, frozenset("B"): 1}
    assert winners("equal-shares", 20, {"A": 5, "B": 6}, ["AA", "AA", "ABA", "B"]) == "A B"


def test_ballots_written_in_another_order_are_the_same() -> None:
    problem = Problem.of(budget=10, costs={"A": 5, "B": 6}, ballots=["AB", "BA", "AB"])
    assert dict(problem.ballots) == {frozenset("AB"): 3}
    assert (problem.voters, problem.support) == (3, {"A": 3, "B": 3})


def test_a_tie_by_support_counts_supporters_as_the_method_does() -> None:
    """With points, who gives none is no supporter: B has two, A has three names and one supporter."""
    ballots = [{"A": 4, "B": 2}, {"A": 0, "B": 2}, {"A": 0}]
    problem = Problem.scored(budget=9, costs={"A": 9, "B": 9}, ballots=ballots)
    result = solve(problem, method="greedy", parameters={"utility": "score"}, tie_rule=TieRule(seed="graine"))
    assert (result.ties[0].chosen, result.ties[0].by) == ("B", "support")
