"""What a method does not claim: for each axiom a stored election in which it fails, small enough to count by hand."""

from dataclasses import replace

import pytest

from tests import slow_methods
from tests.method_votes import Vote, ballots, costs


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
