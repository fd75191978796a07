"""Small elections voter by voter, and methods with what they are told, as Hypothesis makes them up."""

from __future__ import annotations

from hypothesis import strategies as st

from allocation.errors import AllocationError
from allocation.methods.auditing.choices import Choice
from allocation.methods.auditing.voices import Election, Voice
from allocation.methods.parameters import Parameter
from allocation.methods.problem import BALLOTS, Problem, Result
from allocation.methods.registry import METHODS
from allocation.methods.ties import TieRule

SEED = TieRule(seed="graine")
NAMES = "ABCDE"


def voice(kind: str, marks: dict[str, int], recused: frozenset[str]) -> Voice:
    """A ballot of a kind out of marks from 0 to 6."""
    if kind == "approval":
        return Voice.naming((project for project, mark in marks.items() if mark > 3), recused)
    if kind == "points":
        return Voice({project: mark for project, mark in marks.items() if mark < 6}, recused)
    listed = sorted((project for project, mark in marks.items() if mark < 6), key=lambda project: marks[project])
    return Voice({project: len(listed) - place for place, project in enumerate(listed, start=1)}, recused)


@st.composite
def elections(draw: st.DrawFn, *, kinds: tuple[str, ...] = BALLOTS, most: int = 6) -> Election:
    """A few voters, a few projects, some recusals, and now and then a project that may not be chosen."""
    bounds = draw(st.lists(st.tuples(st.integers(1, 12), st.integers(0, 6)), min_size=1, max_size=5))
    names = NAMES[: len(bounds)]
    costs = {name: cost for name, (cost, _) in zip(names, bounds, strict=True)}
    targets = {name: cost + more for name, (cost, more) in zip(names, bounds, strict=True)}
    size = len(names)
    ballots = draw(st.lists(st.lists(st.integers(0, 6), min_size=size, max_size=size), min_size=1, max_size=most))
    kind, budget = draw(st.sampled_from(kinds)), draw(st.integers(0, 30))
    recused = draw(st.lists(st.sampled_from("-" + NAMES), min_size=most, max_size=most))
    locked = frozenset(draw(st.sampled_from("---" + NAMES))) & set(names)
    voices = tuple(
        voice(kind, dict(zip(names, marks, strict=True)), frozenset(off) & set(names))
        for marks, off in zip(ballots, recused, strict=False)
    )
    return Election(budget, costs, voices, kind, targets, locked)


def values(parameter: Parameter) -> st.SearchStrategy[str | int]:
    if parameter.choices:
        return st.sampled_from(parameter.choices)
    return st.integers(0, min(3, parameter.limit)) if isinstance(parameter.default, int) else st.just("1")


@st.composite
def choices(draw: st.DrawFn, methods: tuple[str, ...] = tuple(METHODS)) -> Choice:
    method = METHODS[draw(st.sampled_from(methods))]
    told: dict[str, str | int] = {}
    for name, parameter in method.parameters.items():
        if parameter.exists_with({**method.completed({}), **told}):
            told[name] = draw(values(parameter))
    return Choice(method.id, told)


def solved(problem: Problem, choice: Choice) -> Result | AllocationError:
    """What a method answers: a result, or its refusal."""
    try:
        return choice.solve(problem, SEED)
    except AllocationError as refusal:
        return refusal
