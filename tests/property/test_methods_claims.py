"""What the methods claim in the registry, axiom by axiom, on elections that Hypothesis makes up."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocation.methods import axioms
from allocation.methods.registry import METHODS
from allocation.methods.ties import TieRule
from tests import slow_methods
from tests.method_votes import Vote, votes

SEEDED = TieRule(seed="graine")
Decide = Callable[[Vote], tuple[str, ...]]


def subsets(projects: frozenset[str]) -> Iterator[frozenset[str]]:
    ordered = sorted(projects)
    found = (combinations(ordered, size) for size in range(1, len(ordered) + 1))
    return map(frozenset, chain.from_iterable(found))


def groups(vote: Vote) -> Iterator[tuple[frozenset[str], list[int]]]:
    """Sets of projects with all voters who support them, where these could pay for them with their shares."""
    for wanted in subsets(frozenset(vote.costs)):
        group = [voter for voter, ballot in enumerate(vote.ballots) if wanted <= ballot]
        cost = sum(vote.costs[project] for project in wanted)
        # With fewer members the same set asks more of each: a part of the group is checked by its poorest served.
        if group and cost * len(vote.ballots) <= len(group) * vote.budget:
            yield wanted, group


def worth(vote: Vote, projects: frozenset[str], utility: str) -> int:
    return sum(vote.costs[project] for project in projects) if utility == "cost" else len(projects)


def justified(vote: Vote, winners: tuple[str, ...], utility: str, *, together: bool) -> bool:
    """EJR up to one project, or PJR where the members are served together, for every group of enough members."""
    won = frozenset(winners)
    for wanted, group in groups(vote):
        cost = sum(vote.costs[project] for project in wanted)
        enough = -(-cost * len(vote.ballots) // max(1, vote.budget)) if vote.budget else len(group)
        served = sorted((vote.ballots[voter] & won for voter in group), key=lambda each: worth(vote, each, utility))
        if together:
            # The members who are served together the least: all choices of them are tried, the group is small.
            choices = [frozenset().union(*each) for each in combinations(served, max(1, enough))]
        else:
            choices = [served[max(1, enough) - 1]]
        for gained in choices:
            value = worth(vote, gained, utility)
            best = max((worth(vote, gained | {project}, utility) for project in wanted - gained), default=value)
            if value < worth(vote, wanted, utility) and best <= worth(vote, wanted, utility):
                return False
    return True


def exhaustive(vote: Vote, winners: tuple[str, ...], decide: Decide) -> bool:
    left = vote.budget - sum(vote.costs[project] for project in winners)
    support = vote.problem().support
    return not [each for each in vote.costs if each not in winners and support[each] and vote.costs[each] <= left]


def discount_monotone(vote: Vote, winners: tuple[str, ...], decide: Decide) -> bool:
    return all(
        winner in decide(vote.asking(winner, vote.costs[winner] - 1)) for winner in winners if vote.costs[winner] > 1
    )


def support_monotone(vote: Vote, winners: tuple[str, ...], decide: Decide) -> bool:
    changes = product(winners, range(len(vote.ballots)))
    return all(winner in decide(vote.joined(winner, [voter])) for winner, voter in changes)


def limit_monotone(vote: Vote, winners: tuple[str, ...], decide: Decide) -> bool:
    if vote.budget + 1 in vote.costs.values():
        return True
    return set(winners) <= set(decide(replace(vote, budget=vote.budget + 1)))


def priceable(vote: Vote, winners: tuple[str, ...], decide: Decide) -> bool:
    """Equal parts of the envelope, spent on what is supported, can pay for the winners: a flow of money exists.

    Checked by Hall's condition: any set of winners is within the shares of those who support some of it.
    """
    share = Fraction(vote.budget, len(vote.ballots))
    for bought in subsets(frozenset(winners)):
        payers = sum(1 for ballot in vote.ballots if ballot & bought)
        if sum(vote.costs[project] for project in bought) > payers * share:
            return False
    return True


def unserved(utility: str) -> Callable[[Vote, tuple[str, ...], Decide], bool]:
    return lambda vote, winners, decide: (
        slow_methods.unserved_group(vote.budget, vote.costs, vote.ballots, winners, utility) is None
    )


CHECKS: dict[str, Callable[[Vote, tuple[str, ...], Decide], bool]] = {
    axioms.EXHAUSTIVE: exhaustive,
    axioms.DISCOUNT_MONOTONE: discount_monotone,
    axioms.SUPPORT_MONOTONE: support_monotone,
    axioms.LIMIT_MONOTONE: limit_monotone,
    axioms.PRICEABLE: priceable,
    axioms.EJR_PLUS_COST: unserved("cost"),
    axioms.EJR_PLUS_CARDINAL: unserved("cardinal"),
    axioms.EJR1_COST: lambda vote, winners, decide: justified(vote, winners, "cost", together=False),
    axioms.EJR1_CARDINAL: lambda vote, winners, decide: justified(vote, winners, "cardinal", together=False),
    axioms.PJR1_COST: lambda vote, winners, decide: justified(vote, winners, "cost", together=True),
}

OURS = ("greedy/1", "equal-shares/1", "phragmen/1")


def variants() -> Iterator[tuple[str, dict[str, str | int], str]]:
    """Every method with every combination of its words that these ballots allow, and what it claims then."""
    for method in OURS:
        known = METHODS[method].parameters
        words = {
            name: [choice for choice in known[name].choices if choice not in ("score", "borda")]
            for name in ("utility", "completion", "add1_stop")
            if name in known
        }
        for values in product(*words.values()):
            given = dict(zip(words, values, strict=True))
            if not given.get("completion", "").startswith("add1"):
                if given.pop("add1_stop", "exhaustive") != "exhaustive":
                    continue
            else:
                given["add1_step"] = "10%"
            for axiom in sorted(METHODS[method].promises(METHODS[method].completed(given))):
                yield method, given, axiom


VARIANTS = list(variants())


@pytest.mark.parametrize(
    ("method", "given_parameters", "axiom"),
    VARIANTS,
    ids=[" ".join([method, *map(str, given.values()), axiom]) for method, given, axiom in VARIANTS],
)
def test_a_method_keeps_what_it_claims(method: str, given_parameters: dict[str, str], axiom: str) -> None:
    @settings(max_examples=25, database=None)
    @given(votes(voters=6, projects=5), st.sampled_from([TieRule(), SEEDED]))
    def kept(vote: Vote, tie_rule: TieRule) -> None:
        def decide(changed: Vote) -> tuple[str, ...]:
            return changed.decided(method, tie_rule, **given_parameters).winners

        assert CHECKS[axiom](vote, decide(vote), decide)

    kept()


def test_every_claim_of_these_methods_has_a_check_and_is_said_in_both_languages() -> None:
    claimed = {claim.axiom for method in OURS for claim in METHODS[method].claims}
    assert claimed <= set(CHECKS)
    assert {axiom for _, _, axiom in VARIANTS} == claimed
    for method in METHODS.values():
        assert {claim.axiom for claim in method.claims} <= set(axioms.AXIOMS)
    for words in axioms.AXIOMS.values():
        assert words["fr"].endswith(".")
        assert words["en"].endswith(".")


def test_a_check_can_fail() -> None:
    """Each check refuses an outcome made up for it."""
    vote = Vote(4, {"A": 1, "B": 2, "C": 4}, (frozenset("A"), frozenset("AB"), frozenset("C"), frozenset("B")))
    for axiom in (axioms.EXHAUSTIVE, axioms.EJR_PLUS_COST, axioms.EJR_PLUS_CARDINAL):
        assert not CHECKS[axiom](vote, (), lambda _: ())
    for axiom in (axioms.EJR1_COST, axioms.EJR1_CARDINAL, axioms.PJR1_COST):
        two = Vote(4, {"A": 1, "B": 1, "C": 4}, (frozenset("AB"), frozenset("AB"), frozenset("C"), frozenset()))
        assert not CHECKS[axiom](two, (), lambda _: ())
    for axiom in (axioms.DISCOUNT_MONOTONE, axioms.SUPPORT_MONOTONE, axioms.LIMIT_MONOTONE):
        assert not CHECKS[axiom](vote, ("B",), lambda _: ())
    assert not CHECKS[axioms.PRICEABLE](vote, ("C",), lambda _: ())
