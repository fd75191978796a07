"""Audits of every method on elections that Hypothesis makes up: nothing that is promised is ever found missing."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from allocation.errors import AllocationError
from allocation.methods.auditing.audits import audits
from allocation.methods.auditing.choices import Choice
from allocation.methods.auditing.sentences import audit_sentence
from allocation.methods.auditing.voices import Election, Voice
from allocation.methods.parameters import Parameter
from allocation.methods.problem import BALLOTS
from allocation.methods.registry import METHODS
from allocation.methods.ties import TieRule

SEED = TieRule(seed="graine")
NAMES = "ABCDEF"


@st.composite
def voices(draw: st.DrawFn, kind: str, names: str) -> Voice:
    recused = draw(st.frozensets(st.sampled_from(names), max_size=1))
    if kind == "ranks":
        listed = draw(st.lists(st.sampled_from(names), unique=True))
        return Voice({project: len(listed) - place for place, project in enumerate(listed, start=1)}, recused)
    score = st.just(1) if kind == "approval" else st.integers(0, 5)
    return Voice(draw(st.dictionaries(st.sampled_from(names), score)), recused)


@st.composite
def elections(draw: st.DrawFn, *, kinds: tuple[str, ...] = BALLOTS, most: int = 7, largest: int = 30) -> Election:
    names = NAMES[: draw(st.integers(1, len(NAMES)))]
    costs = {name: draw(st.integers(1, 12)) for name in names}
    targets = {name: cost + draw(st.integers(0, 6)) for name, cost in costs.items()}
    kind = draw(st.sampled_from(kinds))
    locked = draw(st.frozensets(st.sampled_from(names), max_size=1))
    everyone = draw(st.lists(voices(kind, names), min_size=1, max_size=most))
    return Election(draw(st.integers(0, largest)), costs, tuple(everyone), kind, targets, locked)


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


@settings(max_examples=200)
@given(elections(), choices())
def test_no_method_breaks_what_it_promises(election: Election, choice: Choice) -> None:
    problem = election.problem()
    try:
        result = choice.solve(problem, SEED)
    except AllocationError:
        assume(False)
    found = audits(problem, result, voices=election.voices)
    assert [audit_sentence(audit, "en") for audit in found if audit.alarms] == []
    for audit in found:
        assert audit_sentence(audit, "fr") != audit_sentence(audit, "en")
