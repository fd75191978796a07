"""What is proved for each method, tried on elections that Hypothesis makes up."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from allocation.methods import purses
from allocation.methods.problem import Problem
from allocation.methods.registry import solve
from tests import slow_methods
from tests.method_votes import COMPLETIONS, METHODS, TIE_RULES, UTILITIES, TieRule, Vote, recusing_votes, votes


@given(votes(free=True), st.sampled_from(UTILITIES), st.integers(0, 3))
def test_greedy_is_its_slow_twin(vote: Vote, utility: str, min_support: int) -> None:
    result = vote.decided("greedy", utility=utility, min_support=min_support)
    assert list(result.winners) == slow_methods.greedy(
        vote.budget, vote.costs, vote.ballots, utility=utility, min_support=min_support
    )


@settings(max_examples=200)
@given(votes(free=True), st.sampled_from(UTILITIES), st.sampled_from(COMPLETIONS), st.integers(0, 3))
def test_equal_shares_is_its_slow_twin(vote: Vote, utility: str, completion: str, min_support: int) -> None:
    chosen = {"utility": utility, "completion": completion, "min_support": min_support}
    result = vote.decided("equal-shares", **chosen)
    assert list(result.winners) == slow_methods.equal_shares(vote.budget, vote.costs, vote.ballots, **chosen)


@settings(max_examples=8, deadline=None)
@given(
    st.integers(0, 10**6),
    st.lists(st.frozensets(st.integers(0, 39), min_size=5, max_size=20), min_size=40, max_size=60),
    st.lists(st.integers(1, 40), min_size=40, max_size=40),
    st.sampled_from(UTILITIES),
)
def test_equal_shares_is_its_slow_twin_over_many_purchases(
    budget: int, ballots: list[frozenset[int]], costs: list[int], utility: str
) -> None:
    priced = {str(project): 1 + budget * cost // 1200 for project, cost in enumerate(costs)}
    vote = Vote(budget, priced, tuple(frozenset(map(str, ballot)) for ballot in ballots))
    result = vote.decided("equal-shares", utility=utility, completion="none")
    assert list(result.winners) == slow_methods.equal_shares(
        vote.budget, vote.costs, vote.ballots, utility=utility, completion="none"
    )


@given(votes(), METHODS, TIE_RULES)
def test_the_envelope_is_never_overspent(vote: Vote, chosen: dict[str, str], tie_rule: TieRule) -> None:
    result = vote.decided(tie_rule=tie_rule, **chosen)
    assert result.spent == sum(vote.costs[project] for project in result.winners) <= vote.budget
    assert len(set(result.winners)) == len(result.winners)
    left = vote.budget
    for step in result.steps:
        assert step.left_before == left
        left -= step.cost


@given(votes(), st.sampled_from(["greedy", "equal-shares"]), st.sampled_from(UTILITIES), TIE_RULES)
def test_no_supported_project_still_fits(vote: Vote, method: str, utility: str, tie_rule: TieRule) -> None:
    result = vote.decided(method, tie_rule, utility=utility)
    support = vote.problem().support
    assert not [
        project
        for project, cost in vote.costs.items()
        if support[project] and project not in result.winners and cost <= result.left
    ]


@given(votes(), st.sampled_from(UTILITIES), TIE_RULES)
def test_equal_shares_pays_by_a_price_system(vote: Vote, utility: str, tie_rule: TieRule) -> None:
    """Each voter pays at most a share and only for what they support, each purchase is paid in full, and no
    supporters together could still pay for what was not bought."""
    result = vote.decided("equal-shares", tie_rule, utility=utility, completion="none")
    share = Fraction(vote.budget, len(vote.ballots))
    paid = [Fraction(0) for _ in vote.ballots]
    for purchase in result.purchases:
        given_by = {}
        for voter, ballot in enumerate(vote.ballots):
            if purchase.project in ballot:
                given_by[voter] = min(purchase.payment, share - paid[voter])
                paid[voter] += given_by[voter]
        assert sum(given_by.values()) == purchase.cost
        assert sum(1 for each in given_by.values() if each == purchase.payment) >= purchase.full_payers
        assert purchase.full_payers * purchase.payment + purchase.rest_paid == purchase.cost
        assert purchase.full_payers + purchase.rest_payers == purchase.supporters == len(given_by)
    assert all(each <= share for each in paid)
    for project in set(vote.costs) - set(result.winners):
        backers = slow_methods.supporters(vote.ballots, project)
        assert not backers or sum(share - paid[voter] for voter in backers) < vote.costs[project]
    left = purses.after(vote.problem(), result)
    assert {ballot: Fraction(purse, left.denominator) for ballot, purse in left.left.items()} == {
        ballot: share - paid[voter] for voter, ballot in enumerate(vote.ballots)
    }


@settings(max_examples=200)
@given(votes(), st.sampled_from(UTILITIES), st.sampled_from(COMPLETIONS), TIE_RULES)
def test_equal_shares_leaves_no_group_unserved(vote: Vote, utility: str, completion: str, tie_rule: TieRule) -> None:
    result = vote.decided("equal-shares", tie_rule, utility=utility, completion=completion)
    assert slow_methods.unserved_group(vote.budget, vote.costs, vote.ballots, result.winners, utility) is None


@given(votes(), st.sampled_from(UTILITIES), TIE_RULES)
def test_greedy_keeps_a_winner_that_asks_less(vote: Vote, utility: str, tie_rule: TieRule) -> None:
    for winner in vote.decided("greedy", tie_rule, utility=utility).winners:
        if vote.costs[winner] > 1:
            cheaper = replace(vote, costs={**vote.costs, winner: vote.costs[winner] - 1})
            assert winner in cheaper.decided("greedy", tie_rule, utility=utility).winners


@given(votes(), st.sampled_from(UTILITIES), TIE_RULES)
def test_greedy_keeps_a_winner_that_gains_a_supporter(vote: Vote, utility: str, tie_rule: TieRule) -> None:
    for winner in vote.decided("greedy", tie_rule, utility=utility).winners:
        for voter, ballot in enumerate(vote.ballots):
            changed = replace(vote, ballots=(*vote.ballots[:voter], ballot | {winner}, *vote.ballots[voter + 1 :]))
            assert winner in changed.decided("greedy", tie_rule, utility=utility).winners


@given(votes(), METHODS, TIE_RULES, st.randoms(use_true_random=False))
def test_neither_the_order_of_voters_nor_of_projects_matters(
    vote: Vote, chosen: dict[str, str], tie_rule: TieRule, chance
) -> None:
    ballots, names = list(vote.ballots), list(vote.costs)
    chance.shuffle(ballots)
    chance.shuffle(names)
    shuffled = replace(vote, ballots=tuple(ballots), costs={name: vote.costs[name] for name in names})
    assert shuffled.decided(tie_rule=tie_rule, **chosen) == vote.decided(tie_rule=tie_rule, **chosen)


@given(votes(), METHODS, TIE_RULES, st.integers(2, 1000))
def test_cents_or_euros_give_the_same_winners(
    vote: Vote, chosen: dict[str, str], tie_rule: TieRule, scale: int
) -> None:
    scaled = replace(vote, budget=vote.budget * scale, costs={name: cost * scale for name, cost in vote.costs.items()})
    assert scaled.decided(tie_rule=tie_rule, **chosen).winners == vote.decided(tie_rule=tie_rule, **chosen).winners


@given(votes(), METHODS, TIE_RULES, st.integers(2, 4))
def test_as_many_voters_again_give_the_same_winners(
    vote: Vote, chosen: dict[str, str], tie_rule: TieRule, times: int
) -> None:
    replicated = replace(vote, ballots=vote.ballots * times)
    assert replicated.decided(tie_rule=tie_rule, **chosen).winners == vote.decided(tie_rule=tie_rule, **chosen).winners


@given(votes(), METHODS, TIE_RULES, st.integers(1, 12))
def test_a_project_that_nobody_supports_changes_nothing(
    vote: Vote, chosen: dict[str, str], tie_rule: TieRule, cost: int
) -> None:
    more = replace(vote, costs={"0": cost, **vote.costs})
    assert more.decided(tie_rule=tie_rule, **chosen).winners == vote.decided(tie_rule=tie_rule, **chosen).winners


@given(votes(), METHODS)
def test_new_names_in_the_same_order_change_nothing_but_names(vote: Vote, chosen: dict[str, str]) -> None:
    new = {name: f"x{name}" for name in vote.costs}
    renamed = Vote(
        vote.budget,
        {new[name]: cost for name, cost in vote.costs.items()},
        tuple(frozenset(new[name] for name in ballot) for ballot in vote.ballots),
    )
    assert renamed.decided(**chosen).winners == tuple(new[name] for name in vote.decided(**chosen).winners)


@given(votes(), METHODS, TIE_RULES)
def test_merged_ballots_are_the_same_as_one_by_one(vote: Vote, chosen: dict[str, str], tie_rule: TieRule) -> None:
    one_by_one = vote.problem()
    merged = Problem(budget=vote.budget, costs=vote.costs, ballots=dict(one_by_one.ballots))
    parameters = {name: value for name, value in chosen.items() if name != "method"}
    found = solve(merged, method=chosen["method"], parameters=parameters, tie_rule=tie_rule)
    assert found == vote.decided(tie_rule=tie_rule, **chosen)


@given(votes(), METHODS, TIE_RULES, st.data())
def test_a_project_locked_out_is_as_if_nobody_supported_it(
    vote: Vote, chosen: dict[str, str], tie_rule: TieRule, data: st.DataObject
) -> None:
    shut = data.draw(st.sampled_from(sorted(vote.costs)))
    absent = replace(vote, ballots=tuple(ballot - {shut} for ballot in vote.ballots))
    locked = replace(vote, locked_out=frozenset({shut}))
    assert locked.decided(tie_rule=tie_rule, **chosen).winners == absent.decided(tie_rule=tie_rule, **chosen).winners


@given(recusing_votes(), st.sampled_from(UTILITIES), TIE_RULES)
def test_purses_know_a_recusal_as_a_project_absent_from_a_ballot(vote: Vote, utility: str, tie_rule: TieRule) -> None:
    parameters = {"utility": utility, "completion": "none"}
    absent = replace(vote, recused={})
    assert vote.decided("equal-shares", tie_rule, **parameters) == absent.decided(
        "equal-shares", tie_rule, **parameters
    )
    assert vote.decided("phragmen", tie_rule) == absent.decided("phragmen", tie_rule)


@given(recusing_votes())
def test_greedy_takes_the_largest_share_of_those_who_may_speak(vote: Vote) -> None:
    problem = vote.problem()
    places = [step.project for step in vote.decided("greedy").picks]
    shares = [Fraction(problem.support[project], problem.entitled(project)) for project in places]
    assert shares == sorted(shares, reverse=True)
