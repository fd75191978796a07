"""What is proved for each method, tried on elections that Hypothesis makes up; and what is not, by stored examples."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocation.methods import purses
from allocation.methods.problem import Problem, Result
from allocation.methods.reasons import Reason, reasons
from allocation.methods.record import reason_of, reason_record
from allocation.methods.registry import solve
from allocation.methods.sentences import sentence
from allocation.methods.ties import TieRule
from tests import slow_methods

UTILITIES = ("cost", "cardinal")
COMPLETIONS = ("none", "utilitarian")


@dataclass(frozen=True)
class Vote:
    """A small election: an envelope, costs by identifier, one ballot per voter."""

    budget: int
    costs: dict[str, int]
    ballots: tuple[frozenset[str], ...]

    def problem(self) -> Problem:
        return Problem.of(budget=self.budget, costs=self.costs, ballots=self.ballots)

    def decided(self, method: str, tie_rule: TieRule | None = None, **parameters: str | int) -> Result:
        return solve(self.problem(), method=method, parameters=parameters, tie_rule=tie_rule or TieRule())


@st.composite
def votes(draw: st.DrawFn, *, free: bool = False, projects: int = 6, voters: int = 7) -> Vote:
    names = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: draw(st.integers(1, projects))]
    costs = {name: draw(st.integers(0 if free else 1, 12)) for name in names}
    ballot = st.frozensets(st.sampled_from(names))
    ballots = draw(st.lists(ballot, min_size=1, max_size=voters))
    return Vote(draw(st.integers(0, 30)), costs, tuple(ballots))


METHODS = st.one_of(
    st.fixed_dictionaries({"method": st.just("greedy"), "utility": st.sampled_from(UTILITIES)}),
    st.fixed_dictionaries(
        {
            "method": st.just("equal-shares"),
            "utility": st.sampled_from(UTILITIES),
            "completion": st.sampled_from(COMPLETIONS),
        }
    ),
)
TIE_RULES = st.sampled_from([TieRule(), TieRule(seed="graine")])


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


@settings(max_examples=15, deadline=None)
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


def told(vote: Vote, tie_rule: TieRule, chosen: dict[str, str]) -> dict[str, Reason]:
    return reasons(vote.problem(), vote.decided(tie_rule=tie_rule, **chosen), tie_rule)


@given(votes(free=True), METHODS, TIE_RULES, st.integers(0, 3))
def test_every_project_has_a_reason_that_can_be_said_and_kept(
    vote: Vote, chosen: dict[str, str], tie_rule: TieRule, min_support: int
) -> None:
    parameters = {**chosen, "min_support": min_support}
    result = vote.decided(tie_rule=tie_rule, **parameters)
    all_told = reasons(vote.problem(), result, tie_rule)
    assert list(all_told) == list(vote.costs)
    for project, reason in all_told.items():
        assert reason.is_funded == (project in result.winners)
        assert reason_of(project, reason_record(reason)) == reason
        for language in ("fr", "en"):
            said = sentence(reason, language)
            assert said.endswith(".")
            assert "{" not in said


@settings(max_examples=200)
@given(votes(), METHODS, TIE_RULES, st.integers(0, 3))
def test_the_smaller_request_of_a_reason_would_have_been_funded(
    vote: Vote, chosen: dict[str, str], tie_rule: TieRule, min_support: int
) -> None:
    parameters = {**chosen, "min_support": min_support}
    for project, reason in told(vote, tie_rule, parameters).items():
        if reason.enough_minor is not None:
            assert 0 < reason.enough_minor < vote.costs[project]
            smaller = replace(vote, costs={**vote.costs, project: reason.enough_minor})
            assert project in smaller.decided(tie_rule=tie_rule, **parameters).winners


@settings(max_examples=200)
@given(votes(), METHODS, TIE_RULES, st.integers(0, 3))
def test_the_supporters_of_a_reason_would_have_sufficed(
    vote: Vote, chosen: dict[str, str], tie_rule: TieRule, min_support: int
) -> None:
    parameters = {**chosen, "min_support": min_support}
    result = vote.decided(tie_rule=tie_rule, **parameters)
    left = purses.after(vote.problem(), result).left
    for project, reason in told(vote, tie_rule, parameters).items():
        if reason.enough_voters is None:
            continue
        others = [voter for voter, ballot in enumerate(vote.ballots) if project not in ballot]
        fullest = sorted(others, key=lambda voter: -left[vote.ballots[voter]])
        newcomers = (fullest if reason.fullest_purses else others)[: reason.enough_voters]
        assert len(newcomers) == reason.enough_voters > 0
        joined = tuple(
            ballot | {project} if voter in newcomers else ballot for voter, ballot in enumerate(vote.ballots)
        )
        assert project in replace(vote, ballots=joined).decided(tie_rule=tie_rule, **parameters).winners


def ballots(*lists: Sequence[int]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(map(str, each)) for each in lists)


def costs(*each: int) -> dict[str, int]:
    return {str(project): cost for project, cost in enumerate(each)}


def test_a_larger_envelope_may_cost_a_winner_its_award_under_equal_shares() -> None:
    """Limit monotonicity is not promised: with one euro more, the purses meet other prices."""
    vote = Vote(21, costs(8, 3, 5, 8, 4), ballots([1, 2, 3, 4], [1, 2, 3], [0, 2], [0, 4], [3, 4]))
    before = vote.decided("equal-shares", completion="none").winners
    after = replace(vote, budget=22).decided("equal-shares", completion="none").winners
    assert (before, after) == (("2", "4", "1"), ("2", "3", "4"))


def test_a_larger_envelope_may_cost_a_winner_its_award_under_greedy() -> None:
    vote = Vote(5, costs(6, 5), ballots([0], [0], [1]))
    assert vote.decided("greedy").winners == ("1",)
    assert replace(vote, budget=6).decided("greedy").winners == ("0",)


def test_greedy_may_leave_a_group_unserved() -> None:
    """EJR is not promised: those who agree on small projects lose to a large one with as many votes."""
    vote = Vote(8, costs(3, 8, 1, 5), ballots([], [0, 2], [1], [], [1, 2, 3], [3]))
    result = vote.decided("greedy")
    assert result.winners == ("1",)
    assert slow_methods.unserved_group(vote.budget, vote.costs, vote.ballots, result.winners, "cost") is not None


def test_equal_shares_alone_may_leave_money_that_would_have_paid_a_supported_project() -> None:
    vote = Vote(10, costs(6), ballots([0], []))
    assert vote.decided("equal-shares", completion="none").winners == ()
    assert vote.decided("equal-shares", completion="utilitarian").winners == ("0",)


@pytest.mark.parametrize("method", ["greedy", "equal-shares"])
def test_no_method_makes_a_false_ballot_useless(method: str) -> None:
    """Strategy-proofness is promised by none: whoever hides a small project may gain a large one."""
    honest = Vote(3, costs(1, 3), ballots([0, 1], []))
    assert honest.decided(method).winners == ("0",)
    assert replace(honest, ballots=ballots([1], [])).decided(method).winners == ("1",)
