"""Scores, Borda, Add1 and Phragmén against their slow twins, on elections that Hypothesis makes up."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from allocation.methods import purses
from tests import slow_methods
from tests.method_votes import COMPLETIONS, TIE_RULES, UTILITIES, Scores, TieRule, Vote, scored_votes, votes

ADDING = st.fixed_dictionaries(
    {
        "completion": st.sampled_from(["add1", "add1-utilitarian"]),
        "add1_start": st.sampled_from(["exact", "floor"]),
        "add1_step": st.sampled_from(["1", "1/3", "0.02"]),
        "add1_stop": st.sampled_from(["exhaustive", "overspend"]),
    }
)


def utilities(scores: Scores) -> slow_methods.Utilities:
    if scores.lists is not None:
        return slow_methods.of_ranks(scores.lists)
    return [{project: Fraction(given) for project, given in ballot.items()} for ballot in scores.points]


@given(scored_votes(free=True), st.integers(0, 2))
def test_greedy_by_scores_is_its_slow_twin(scores: Scores, min_support: int) -> None:
    gains = utilities(scores)
    projects = slow_methods.backed(scores.costs, gains, min_support)
    result = scores.decided("greedy", min_support=min_support)
    assert list(result.winners) == slow_methods.greedy_on(scores.budget, scores.costs, gains, projects)


@settings(max_examples=200)
@given(scored_votes(free=True), st.sampled_from(COMPLETIONS), st.integers(0, 2))
def test_equal_shares_by_scores_is_its_slow_twin(scores: Scores, completion: str, min_support: int) -> None:
    gains = utilities(scores)
    projects = slow_methods.backed(scores.costs, gains, min_support)
    result = scores.decided("equal-shares", completion=completion, min_support=min_support)
    assert list(result.winners) == slow_methods.equal_shares_of(
        scores.budget, scores.costs, gains, projects, completion=completion
    )


@given(votes(free=True), st.sampled_from(UTILITIES), ADDING, st.integers(0, 2))
def test_add1_is_its_slow_twin(vote: Vote, utility: str, adding: dict[str, str], min_support: int) -> None:
    """A unit of the currency is a hundred minor units, so that a floor and a step are not the same."""
    budget, costs = 100 * vote.budget, {name: 100 * cost for name, cost in vote.costs.items()}
    large = Vote(budget, costs, vote.ballots)
    gains = slow_methods.of_approvals(costs, vote.ballots, utility, min_support)
    projects = slow_methods.backed(costs, gains, min_support)
    twin = slow_methods.equal_shares_of(
        budget,
        costs,
        gains,
        projects,
        completion=adding["completion"],
        utility=utility,
        start=adding["add1_start"],
        step=100 * Fraction(adding["add1_step"]) * 5,
        stop=adding["add1_stop"],
    )
    coarse = {**adding, "add1_step": str(Fraction(adding["add1_step"]) * 5)}
    result = large.decided("equal-shares", utility=utility, min_support=min_support, **coarse)
    assert list(result.winners) == twin


@settings(max_examples=200)
@given(votes(free=True), st.integers(0, 3))
def test_phragmen_is_its_slow_twin(vote: Vote, min_support: int) -> None:
    result = vote.decided("phragmen", min_support=min_support)
    assert list(result.winners) == slow_methods.phragmen(vote.budget, vote.costs, vote.ballots, min_support=min_support)


@given(votes(), TIE_RULES)
def test_phragmen_s_supporters_pay_exactly_what_they_received(vote: Vote, tie_rule: TieRule) -> None:
    """Each purchase is paid by what its supporters had not spent yet, and loads never fall."""
    spent = [Fraction(0) for _ in vote.ballots]
    before = Fraction(0)
    for step in vote.decided("phragmen", tie_rule).loads:
        payers = slow_methods.supporters(vote.ballots, step.project)
        assert sum(step.load - spent[voter] for voter in payers) == step.cost
        assert len(payers) == step.supporters
        assert step.load >= before
        for voter in payers:
            assert spent[voter] <= step.load
            spent[voter] = step.load
        before = step.load


@given(scored_votes(), TIE_RULES)
def test_equal_shares_by_scores_pays_by_a_price_system(scores: Scores, tie_rule: TieRule) -> None:
    """Each voter pays the price by their points, or all they have; each purchase is paid in full."""
    result = scores.decided("equal-shares", tie_rule, completion="none")
    gains = utilities(scores)
    share = Fraction(scores.budget, len(gains))
    left = [share for _ in gains]
    for purchase in result.purchases:
        payers = slow_methods.backers(gains, purchase.project)
        paid = {voter: min(left[voter], purchase.price * gains[voter][purchase.project]) for voter in payers}
        assert sum(paid.values()) == purchase.cost
        assert max(paid.values()) == purchase.payment
        rich = [voter for voter in payers if purchase.price * gains[voter][purchase.project] <= left[voter]]
        assert len(rich) == purchase.full_payers
        assert purchase.full_payers + purchase.rest_payers == purchase.supporters == len(payers)
        assert purchase.rest_paid == sum(each for voter, each in paid.items() if voter not in rich)
        for voter, each in paid.items():
            left[voter] -= each
    after = purses.after(scores.problem(), result)
    held = after.with_supporters()
    for project in scores.costs:
        together = sum((left[voter] for voter in slow_methods.backers(gains, project)), Fraction(0))
        assert Fraction(held[project], after.denominator) == together
        assert project in result.winners or not slow_methods.backers(gains, project) or together < scores.costs[project]
