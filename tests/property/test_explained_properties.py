"""Whatever the method, every project has one reason that can be said and kept, and its certificate is true."""

from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from allocation.methods.explained import EXPLAINED, explained
from allocation.methods.problem import Problem
from allocation.methods.reasons import Reason
from allocation.methods.record import reason_of, reason_record, result_record
from allocation.methods.registry import METHODS, solve
from allocation.methods.sentences import sentence
from allocation.methods.ties import TieRule

TIE_RULE = TieRule(seed="graine")

CHOICES: list[tuple[str, dict[str, str | int]]] = [
    ("proportional/1", {"weight": "support"}),
    ("proportional/1", {"weight": "points", "min_support": 2}),
    ("water-filling/1", {}),
    ("water-filling/1", {"min_support": 0}),
    ("average-splits/1", {}),
    ("tranche-shares/1", {"completion": "none"}),
    ("tranche-shares/1", {"completion": "utilitarian", "utility": "score-cost", "increments": 2}),
    ("knapsack/1", {"utility": "cost"}),
    ("knapsack/1", {"utility": "cardinal", "min_support": 2}),
    ("knapsack/1", {"utility": "score"}),
    ("lottery-band/1", {"sure_percent": 60, "draw_percent": 20}),
    ("ranked/1", {"order": "schulze"}),
    ("ranked/1", {"order": "majority-judgment", "median_tie": "nearest-grade"}),
    ("quadratic/1", {}),
]


@dataclass(frozen=True)
class Call:
    """A small call; each voter gives points, some projects may be locked out."""

    budget: int
    costs: dict[str, int]
    targets: dict[str, int]
    ballots: tuple[dict[str, int], ...]
    locked_out: frozenset[str] = frozenset()
    recused: tuple[tuple[str, int], ...] = ()

    def problem(self) -> Problem:
        return Problem.scored(
            budget=self.budget,
            costs=self.costs,
            targets=self.targets,
            ballots=self.ballots,
            locked_out=self.locked_out,
            recused=dict(self.recused),
        )


@st.composite
def calls(draw: st.DrawFn) -> Call:
    names = "ABCDE"[: draw(st.integers(1, 5))]
    costs = {name: draw(st.integers(1, 12)) for name in names}
    targets = {name: costs[name] + draw(st.integers(1, 9)) for name in names if draw(st.booleans())}
    ballots = draw(st.lists(st.dictionaries(st.sampled_from(names), st.integers(1, 4)), min_size=1, max_size=6))
    locked_out = draw(st.frozensets(st.sampled_from(names), max_size=1))
    recused = tuple((name, draw(st.integers(0, sum(name not in ballot for ballot in ballots)))) for name in names)
    return Call(draw(st.integers(0, 30)), costs, targets, tuple(ballots), locked_out, recused)


def suited(call: Call, parameters: dict[str, str | int]) -> Problem:
    """The problem; Schulze's order does not take recusals that are only counted."""
    return (replace(call, recused=()) if parameters.get("order") == "schulze" else call).problem()


def told(call: Call, method: str, parameters: dict[str, str | int]) -> tuple[tuple[str, ...], dict[str, Reason]]:
    problem = suited(call, parameters)
    result = solve(problem, method=method, parameters=parameters, tie_rule=TIE_RULE)
    return result.winners, explained(problem, result, TIE_RULE)


def test_every_method_beside_purses_and_greedy_has_an_account_of_its_own() -> None:
    assert {method for method, _ in CHOICES} == set(EXPLAINED) - {"phragmen/1"}, "Phragmén's: test_methods_reasons.py"
    assert set(EXPLAINED) <= set(METHODS)


@settings(max_examples=200)
@given(calls(), st.sampled_from(CHOICES))
def test_every_project_has_a_reason_that_can_be_said_and_kept(
    call: Call, choice: tuple[str, dict[str, str | int]]
) -> None:
    method, parameters = choice
    winners, reasons = told(call, method, parameters)
    assert list(reasons) == list(call.costs)
    for project, reason in reasons.items():
        if method != "quadratic/1":
            assert reason.is_funded == (project in winners)
        assert reason_of(project, reason_record(reason)) == reason
        said = {sentence(reason, language) for language in ("fr", "en")}
        assert len(said) == 2
        assert all(each.endswith(".") and "{" not in each for each in said)


@settings(max_examples=400)
@given(calls(), st.sampled_from(CHOICES))
def test_the_smaller_request_of_a_reason_would_have_been_funded(
    call: Call, choice: tuple[str, dict[str, str | int]]
) -> None:
    method, parameters = choice
    for project, reason in told(call, method, parameters)[1].items():
        if reason.enough_minor is not None:
            assert 0 < reason.enough_minor < call.costs[project]
            smaller = replace(call, costs={**call.costs, project: reason.enough_minor})
            assert project in told(smaller, method, parameters)[0]


@given(calls(), st.sampled_from(CHOICES))
def test_a_result_can_be_kept_whole(call: Call, choice: tuple[str, dict[str, str | int]]) -> None:
    method, parameters = choice
    problem = suited(call, parameters)
    result = solve(problem, method=method, parameters=parameters, tie_rule=TIE_RULE)
    kept = result_record(result, explained(problem, result, TIE_RULE))
    assert kept["spent_minor"] + kept["left_minor"] == call.budget
    assert sum(step["cost_minor"] for step in kept["steps"]) == kept["spent_minor"]
