"""Audits of every method on elections that Hypothesis makes up: nothing that is promised is ever found missing."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allocation.errors import AllocationError
from allocation.methods.auditing.audits import audits
from allocation.methods.auditing.choices import Choice
from allocation.methods.auditing.sentences import audit_sentence
from allocation.methods.auditing.voices import Election
from allocation.methods.auditing.witnesses import UTILITIES, witness
from allocation.methods.problem import Result
from tests import slow_methods
from tests.audited_elections import SEED, choices, elections, solved


@settings(max_examples=100)
@given(elections(), choices())
def test_no_method_breaks_what_it_promises(election: Election, choice: Choice) -> None:
    problem = election.problem()
    result = solved(problem, choice)
    assume(not isinstance(result, AllocationError))
    assert isinstance(result, Result)
    found = audits(problem, result, voices=election.voices)
    assert [audit_sentence(audit, "en") for audit in found if audit.alarms] == []
    for audit in found:
        assert audit_sentence(audit, "fr") != audit_sentence(audit, "en")


@settings(max_examples=60)
@given(elections(), choices(), st.sampled_from(UTILITIES))
def test_a_witness_is_found_when_there_is_a_group_that_is_one(election: Election, choice: Choice, utility: str) -> None:
    """Every group of supporters of every project is tried, one after another."""
    problem = election.problem()
    result = solved(problem, choice)
    assume(not isinstance(result, AllocationError))
    assert isinstance(result, Result)
    min_support = int(result.parameters["min_support"])
    names = [frozenset(voice.heard(election.kind)) for voice in election.voices]
    groups = slow_methods.unserved_groups(
        election.budget, {each: election.costs[each] for each in problem.eligible(min_support)}, names, result.amounts,
        utility,
    )  # fmt: skip
    found = witness(problem, result, utility, voices=election.voices)
    assert (found is not None) == bool(groups)
    if found is not None:
        assert (found.project, found.positions) in groups
        assert found.members == len(found.positions) == max(len(group) for _, group in groups)
        assert found.owed * len(election.voices) == found.members * election.budget


@settings(max_examples=60)
@given(elections(), choices(("equal-shares/1",)), st.sampled_from(UTILITIES))
def test_equal_shares_leaves_no_group_unserved_by_its_own_utility(
    election: Election, choice: Choice, utility: str
) -> None:
    """Whatever the completion, as long as purses begin with a share: rounding the first one down may leave a group."""
    told = {**choice.parameters, "utility": utility}
    if "add1_start" in told:
        told["add1_start"] = "exact"
    problem = election.problem()
    assert witness(problem, Choice("equal-shares/1", told).solve(problem, SEED), utility) is None
