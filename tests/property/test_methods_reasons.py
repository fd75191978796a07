"""Reasons and their certificates: every change that is said to be enough is made, and the method run again."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from allocation.methods import purses
from allocation.methods.explained import explained
from allocation.methods.reasons import Reason
from allocation.methods.record import reason_of, reason_record
from allocation.methods.registry import solve
from allocation.methods.sentences import sentence
from allocation.methods.trials import with_trials
from tests.method_votes import METHODS, TIE_RULES, Scores, TieRule, Vote, recusing_votes, scored_votes, votes

ANY = st.one_of(votes(), recusing_votes())


def told(vote: Vote | Scores, tie_rule: TieRule, chosen: dict[str, str | int]) -> dict[str, Reason]:
    return explained(vote.problem(), vote.decided(tie_rule=tie_rule, **chosen), tie_rule)


@given(st.one_of(votes(free=True), recusing_votes()), METHODS, TIE_RULES, st.integers(0, 3), st.booleans())
def test_every_project_has_a_reason_that_can_be_said_and_kept(
    vote: Vote, chosen: dict[str, str], tie_rule: TieRule, min_support: int, is_locked: bool
) -> None:
    if is_locked:
        vote = replace(vote, locked_out=frozenset({"A"}))
    parameters = {**chosen, "min_support": min_support}
    result = vote.decided(tie_rule=tie_rule, **parameters)
    all_told = explained(vote.problem(), result, tie_rule)
    assert list(all_told) == list(vote.costs)
    for project, reason in all_told.items():
        assert reason.is_funded == (project in result.winners)
        assert reason_of(project, reason_record(reason)) == reason
        for language in ("fr", "en"):
            said = sentence(reason, language)
            assert said.endswith(".")
            assert "{" not in said
            assert ("recus" in said or "déport" in said) == (project in vote.recused)


@settings(max_examples=120)
@given(ANY, METHODS, TIE_RULES, st.integers(0, 3))
def test_the_smaller_request_of_a_reason_would_have_been_funded(
    vote: Vote, chosen: dict[str, str], tie_rule: TieRule, min_support: int
) -> None:
    parameters = {**chosen, "min_support": min_support}
    for project, reason in told(vote, tie_rule, parameters).items():
        if reason.enough_minor is not None:
            assert 0 < reason.enough_minor < vote.costs[project]
            cheaper = vote.asking(project, reason.enough_minor)
            assert project in cheaper.decided(tie_rule=tie_rule, **parameters).winners


@settings(max_examples=120)
@given(ANY, METHODS, TIE_RULES, st.integers(0, 3))
def test_the_supporters_of_a_reason_would_have_sufficed(
    vote: Vote, chosen: dict[str, str], tie_rule: TieRule, min_support: int
) -> None:
    parameters = {**chosen, "min_support": min_support}
    result = vote.decided(tie_rule=tie_rule, **parameters)
    has_spent = spent(vote, chosen["method"], result)
    for project, reason in told(vote, tie_rule, parameters).items():
        if reason.enough_voters is None:
            continue
        others = [voter for voter, ballot in enumerate(vote.ballots) if project not in ballot]
        fullest = sorted(others, key=lambda voter: has_spent[voter])
        newcomers = (fullest if reason.fullest_purses else others)[: reason.enough_voters]
        assert len(newcomers) == reason.enough_voters > 0
        assert project in vote.joined(project, newcomers).decided(tie_rule=tie_rule, **parameters).winners


def spent(vote: Vote, method: str, result) -> list[Fraction]:
    """What each voter has spent, those who have most left first when it is least."""
    if method == "phragmen":
        loads = {step.project: step.load for step in result.loads}
        return [max((loads[each] for each in ballot & set(loads)), default=Fraction(0)) for ballot in vote.ballots]
    after = purses.after(vote.problem(), result)
    return [-Fraction(after.left[ballot], after.denominator) for ballot in vote.ballots]


@given(scored_votes(), st.sampled_from(["greedy", "equal-shares"]), TIE_RULES, st.integers(1, 2), st.integers(1, 3))
def test_what_reasons_by_scores_say_is_enough_is_enough(
    scores: Scores, method: str, tie_rule: TieRule, min_support: int, points: int
) -> None:
    """However many points the newcomers would give."""
    chosen = {"method": method, "min_support": min_support}
    problem = scores.problem()
    result = scores.decided(tie_rule=tie_rule, **chosen)
    for project, reason in told(scores, tie_rule, chosen).items():
        for language in ("fr", "en"):
            assert "{" not in sentence(reason, language)
        if reason.enough_minor is not None:
            cheaper = replace(scores, costs={**scores.costs, project: reason.enough_minor})
            assert project in cheaper.decided(tie_rule=tie_rule, **chosen).winners
        if reason.enough_voters is None:
            continue
        assert scores.lists is None, "a new name on a list moves the others"
        after = purses.after(problem, result)
        left = [after.left[frozenset(ballot.items())] for ballot in scores.points]
        others = [voter for voter, ballot in enumerate(scores.points) if not ballot.get(project)]
        if reason.fullest_purses:
            others.sort(key=lambda voter: -left[voter])
        newcomers = others[: reason.enough_voters]
        assert len(newcomers) == reason.enough_voters
        joined = tuple(
            {**ballot, project: points} if voter in newcomers else ballot for voter, ballot in enumerate(scores.points)
        )
        assert project in replace(scores, points=joined).decided(tie_rule=tie_rule, **chosen).winners


@settings(max_examples=60)
@given(ANY, METHODS, TIE_RULES)
def test_what_was_tried_funds_the_project(vote: Vote, chosen: dict[str, str], tie_rule: TieRule) -> None:
    result = vote.decided(tie_rule=tie_rule, **chosen)
    problem = vote.problem()
    before = explained(problem, result, tie_rule)
    for project, reason in with_trials(problem, result, before, tie_rule).items():
        if before[project].is_funded:
            assert reason == before[project]
        assert reason_of(project, reason_record(reason)) == reason
        if reason.enough_budget is not None:
            assert reason.enough_budget > vote.budget
            assert project in replace(vote, budget=reason.enough_budget).decided(tie_rule=tie_rule, **chosen).winners
            assert "Essayé" in sentence(reason, "fr")
            assert "Tried" in sentence(reason, "en")
        if reason.tried:
            cheaper = replace(problem, costs={**vote.costs, project: reason.enough_minor})
            parameters = {name: value for name, value in chosen.items() if name != "method"}
            again = solve(cheaper, method=chosen["method"], parameters=parameters, tie_rule=tie_rule)
            assert project in again.winners
