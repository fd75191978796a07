"""What a method does not claim: for each axiom a stored election in which it fails, small enough to count by hand.

Ties go to the smallest identifier; `add1` raises purses by one. What is neither claimed nor refuted is listed too: a
search of thousands of small elections found nothing against it, which proves nothing.
"""

from dataclasses import replace

import pytest

from allocation.methods import axioms
from allocation.methods.registry import METHODS, method_named
from tests.method_votes import Vote, ballots, costs
from tests.property.test_methods_claims import CHECKS, OURS, Decide, subsets

# Projects are numbers, “-” is an empty ballot, or nothing chosen.

REFUTED = """
# method utility completion           | axiom             | budget | costs    | ballots                 | winners
greedy cost                           | limit-monotone    |   7 | 2 6 4       | 012 01                  | 0 2
greedy cost                           | priceable         |   2 | 2           | - 0                     | 0
greedy cost                           | ejr-plus-cost     |   4 | 4 2         | 0 1                     | 0
greedy cost                           | ejr-plus-cardinal |   2 | 2 1         | 01                      | 0
greedy cost                           | ejr-1-cost        |   4 | 4 2         | 0 1                     | 0
greedy cost                           | ejr-1-cardinal    |   4 | 4 2         | 0 1                     | 0
greedy cost                           | pjr-1-cost        |   4 | 4 2         | 0 1                     | 0
greedy cost                           | pareto-cost       |   6 | 3 6         | 01                      | 0
greedy cost                           | pareto-cardinal   |  13 | 4 8 4 4     | 13 02                   | 0 1
greedy cardinal                       | limit-monotone    |   7 | 2 6 4       | 012 01                  | 0 2
greedy cardinal                       | priceable         |   2 | 2           | - 0                     | 0
greedy cardinal                       | ejr-plus-cost     |  11 | 3 3 3 6     | 03 23                   | 0 2
greedy cardinal                       | ejr-plus-cardinal |  10 | 6 3 3 8     | 02 023 13               | 2 0
greedy cardinal                       | ejr-1-cost        |  10 | 6 3 3 8     | 02 023 13               | 2 0
greedy cardinal                       | ejr-1-cardinal    |  10 | 6 3 3 8     | 02 023 13               | 2 0
greedy cardinal                       | pjr-1-cost        |  10 | 6 3 3 8     | 02 023 13               | 2 0
greedy cardinal                       | pareto-cost       |   2 | 2 1         | 01                      | 1
greedy cardinal                       | pareto-cardinal   |   3 | 2 3         | - 1 01 01               | 0
equal-shares cost none                | exhaustive        |   2 | 2           | - 0                     | -
equal-shares cost none                | limit-monotone    |  15 | 8 6         | - 01                    | 1
equal-shares cost none                | ejr-plus-cardinal |   2 | 2 1         | 01                      | 0
equal-shares cost none                | ejr-1-cardinal    |  12 | 1 2 7       | - 012 2                 | 2
equal-shares cost none                | pareto-cost       |   2 | 2           | - 0                     | -
equal-shares cost none                | pareto-cardinal   |   2 | 2           | - 0                     | -
equal-shares cost utilitarian         | limit-monotone    |   7 | 2 6 4       | 012 01                  | 0 2
equal-shares cost utilitarian         | priceable         |   2 | 2           | - 0                     | 0
equal-shares cost utilitarian         | ejr-plus-cardinal |   2 | 2 1         | 01                      | 0
equal-shares cost utilitarian         | pareto-cost       |   6 | 3 6         | 01                      | 0
equal-shares cost utilitarian         | pareto-cardinal   |  10 | 4 8         | - 01 1 01 -             | 0
equal-shares cost add1                | exhaustive        |   5 | 8 5         | 01 0                    | -
equal-shares cost add1                | discount-monotone |  11 | 1 8 5 6     | 0 0123 0                | 0 2
equal-shares cost add1                | limit-monotone    |   4 | 6 3         | 0 - 01 0 1              | 1
equal-shares cost add1                | priceable         |   2 | 2           | - 0                     | 0
equal-shares cost add1                | ejr-plus-cardinal |   2 | 2 1         | 01                      | 0
equal-shares cost add1                | ejr-1-cardinal    |  11 | 3 7 2 2 5   | 12 0124 4 01234 0124    | 1
equal-shares cost add1                | pareto-cost       |   6 | 3 6         | 01                      | 0
equal-shares cost add1                | pareto-cardinal   |   5 | 8 5         | 01 0                    | -
equal-shares cost add1-utilitarian    | discount-monotone |  11 | 1 8 5 6     | 0 0123 0                | 0 2
equal-shares cost add1-utilitarian    | limit-monotone    |   7 | 2 6 4       | 012 01                  | 0 2
equal-shares cost add1-utilitarian    | priceable         |   2 | 2           | - 0                     | 0
equal-shares cost add1-utilitarian    | ejr-plus-cardinal |   2 | 2 1         | 01                      | 0
equal-shares cost add1-utilitarian    | pareto-cost       |   6 | 3 6         | 01                      | 0
equal-shares cost add1-utilitarian    | pareto-cardinal   |  10 | 4 8         | - 01 1 01 -             | 0
equal-shares cardinal none            | exhaustive        |   2 | 2           | - 0                     | -
equal-shares cardinal none            | ejr-plus-cost     |  11 | 3 3 3 6     | 03 23                   | 0 2
equal-shares cardinal none            | pareto-cost       |   2 | 2           | - 0                     | -
equal-shares cardinal none            | pareto-cardinal   |   2 | 2           | - 0                     | -
equal-shares cardinal utilitarian     | limit-monotone    |   7 | 2 6 4       | 012 01                  | 0 2
equal-shares cardinal utilitarian     | priceable         |   2 | 2           | - 0                     | 0
equal-shares cardinal utilitarian     | ejr-plus-cost     |  11 | 3 3 3 6     | 03 23                   | 0 2
equal-shares cardinal utilitarian     | pareto-cost       |   2 | 2 1         | 01                      | 1
equal-shares cardinal utilitarian     | pareto-cardinal   |   3 | 2 3         | - 1 01 01               | 0
equal-shares cardinal add1            | exhaustive        |   5 | 8 5         | 01 0                    | -
equal-shares cardinal add1            | support-monotone  |   3 | 2 3 2 1     | 02 3 012 3              | 3 0
equal-shares cardinal add1            | limit-monotone    |   1 | 7 3 1       | 01 01 02                | 2
equal-shares cardinal add1            | priceable         |   2 | 2           | - 0                     | 0
equal-shares cardinal add1            | ejr-plus-cost     |  11 | 3 3 3 6     | 03 23                   | 0 2
equal-shares cardinal add1            | pareto-cost       |   2 | 2 1         | 01                      | 1
equal-shares cardinal add1            | pareto-cardinal   |   5 | 8 5         | 01 0                    | -
equal-shares cardinal add1-utilitarian| limit-monotone    |   7 | 2 6 4       | 012 01                  | 0 2
equal-shares cardinal add1-utilitarian| priceable         |   2 | 2           | - 0                     | 0
equal-shares cardinal add1-utilitarian| ejr-plus-cost     |  11 | 3 3 3 6     | 03 23                   | 0 2
equal-shares cardinal add1-utilitarian| pareto-cost       |   2 | 2 1         | 01                      | 1
equal-shares cardinal add1-utilitarian| pareto-cardinal   |   3 | 2 3         | - 1 01 01               | 0
phragmen                              | exhaustive        |   7 | 2 6 4       | 012 01                  | 0
phragmen                              | priceable         |   2 | 2           | - 0                     | 0
phragmen                              | ejr-plus-cost     |  11 | 3 3 3 6     | 03 23                   | 0 2
phragmen                              | pareto-cost       |   2 | 2 1         | 01                      | 1
phragmen                              | pareto-cardinal   |   3 | 2 3         | - 1 01 01               | 0
equal-shares cost none                | limit-monotone    |  21 | 8 3 5 8 4   | 1234 123 02 04 34       | 2 4 1
equal-shares cost add1-utilitarian    | support-monotone  |  10 | 3 8 3       | 01 12 -                 | 0 2
equal-shares cost add1                | support-monotone  |   5 | 4 3 6       | 1 2 02 01               | 0
greedy cost                           | ejr-1-cost        |   8 | 3 8 1 5     | - 02 1 - 123 3          | 1
"""

OPEN = """
equal-shares cost none                | discount-monotone
equal-shares cost none                | support-monotone
equal-shares cost utilitarian         | discount-monotone
equal-shares cost utilitarian         | support-monotone
equal-shares cost utilitarian         | ejr-1-cardinal
equal-shares cost add1-utilitarian    | ejr-1-cardinal
equal-shares cardinal none            | discount-monotone
equal-shares cardinal none            | support-monotone
equal-shares cardinal none            | limit-monotone
equal-shares cardinal none            | ejr-1-cost
equal-shares cardinal none            | pjr-1-cost
equal-shares cardinal utilitarian     | discount-monotone
equal-shares cardinal utilitarian     | support-monotone
equal-shares cardinal utilitarian     | ejr-1-cost
equal-shares cardinal utilitarian     | pjr-1-cost
equal-shares cardinal add1            | discount-monotone
equal-shares cardinal add1            | ejr-1-cost
equal-shares cardinal add1            | pjr-1-cost
equal-shares cardinal add1-utilitarian| discount-monotone
equal-shares cardinal add1-utilitarian| support-monotone
equal-shares cardinal add1-utilitarian| ejr-1-cost
equal-shares cardinal add1-utilitarian| pjr-1-cost
phragmen                              | discount-monotone
phragmen                              | support-monotone
phragmen                              | ejr-plus-cardinal
phragmen                              | ejr-1-cost
phragmen                              | ejr-1-cardinal
phragmen                              | pjr-1-cost
"""


def pareto(utility: str):
    """No other choice within the envelope gives every voter as much and some voter more."""

    def gains(vote: Vote, chosen: frozenset[str]) -> list[int]:
        worth = vote.costs if utility == "cost" else dict.fromkeys(vote.costs, 1)
        return [sum(worth[project] for project in ballot & chosen) for ballot in vote.ballots]

    def check(vote: Vote, winners: tuple[str, ...], decide: Decide) -> bool:
        held = gains(vote, frozenset(winners))
        for other in subsets(frozenset(vote.costs)):
            if sum(vote.costs[project] for project in other) <= vote.budget:
                better = gains(vote, other)
                if better != held and all(more >= less for more, less in zip(better, held, strict=True)):
                    return False
        return True

    return check


ALL_CHECKS = {**CHECKS, axioms.PARETO_COST: pareto("cost"), axioms.PARETO_CARDINAL: pareto("cardinal")}


def named(text: str) -> tuple[str, dict[str, str | int]]:
    """The method and its parameters, from the words of a row."""
    method, *words = text.split()
    parameters: dict[str, str | int] = dict(zip(("utility", "completion"), words, strict=False))
    if "add1" in text:
        parameters["add1_unit"] = 1
    return method_named(method).id, parameters


def refuted() -> list[tuple[str, str, Vote, tuple[str, ...]]]:
    found = []
    for line in REFUTED.strip().splitlines()[1:]:
        method, axiom, budget, asked, written, winners = (part.strip() for part in line.split("|"))
        vote = Vote(
            int(budget),
            costs(*map(int, asked.split())),
            tuple(frozenset(ballot.strip("-")) for ballot in written.split()),
        )
        found.append((method, axiom, vote, tuple(winners.strip("-").split())))
    return found


def unproved() -> list[tuple[str, str]]:
    return [tuple(part.strip() for part in line.split("|")) for line in OPEN.strip().splitlines()]


@pytest.mark.parametrize(
    ("method", "axiom", "vote", "winners"), refuted(), ids=lambda each: each if isinstance(each, str) else ""
)
def test_what_is_not_claimed_fails_here(method: str, axiom: str, vote: Vote, winners: tuple[str, ...]) -> None:
    known, parameters = named(method)
    assert axiom not in METHODS[known].promises(METHODS[known].completed(parameters))

    def decide(changed: Vote) -> tuple[str, ...]:
        return changed.decided(known, **parameters).winners

    assert decide(vote) == winners
    assert not ALL_CHECKS[axiom](vote, winners, decide)


def test_every_axiom_is_claimed_refuted_or_left_open_for_every_method() -> None:
    rows = [(method, axiom) for method, axiom, _, _ in refuted()]
    told = {*rows, *unproved()}
    assert not set(rows) & set(unproved())
    words = ("", *(f" {utility}" for utility in ("cost", "cardinal")))
    completions = ("none", "utilitarian", "add1", "add1-utilitarian")
    for method in OURS:
        known, name = METHODS[method], METHODS[method].name
        variants = [name] if "utility" not in known.parameters else [name + word for word in words if word]
        if "completion" in known.parameters:
            variants = [f"{variant} {completion}" for variant in variants for completion in completions]
        for variant in variants:
            promised = known.promises(known.completed(named(variant)[1]))
            assert {axiom for axiom in ALL_CHECKS if (variant, axiom) in told} == set(ALL_CHECKS) - promised, variant


def test_a_larger_envelope_may_cost_a_winner_its_award_under_equal_shares() -> None:
    """Limit monotonicity is not promised: with one euro more, the purses meet other prices."""
    vote = Vote(21, costs(8, 3, 5, 8, 4), ballots([1, 2, 3, 4], [1, 2, 3], [0, 2], [0, 4], [3, 4]))
    before = vote.decided("equal-shares", completion="none").winners
    after = replace(vote, budget=22).decided("equal-shares", completion="none").winners
    assert (before, after) == (("2", "4", "1"), ("2", "3", "4"))


@pytest.mark.parametrize("method", ["greedy", "equal-shares"])
def test_no_method_makes_a_false_ballot_useless(method: str) -> None:
    """Strategy-proofness is promised by none: whoever hides a small project may gain a large one."""
    honest = Vote(3, costs(1, 3), ballots([0, 1], []))
    assert honest.decided(method).winners == ("0",)
    assert replace(honest, ballots=ballots([1], [])).decided(method).winners == ("1",)


def test_phragmen_does_not_make_a_false_ballot_useless_either() -> None:
    """Who hides the cheaper of two projects is given the dearer one."""
    honest = Vote(7, costs(5, 3), ballots([0, 1], []))
    assert honest.decided("phragmen").winners == ("1",)
    assert replace(honest, ballots=ballots([0], [])).decided("phragmen").winners == ("0",)
