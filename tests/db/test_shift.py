"""The shift between both ballots: figures of each kind by hand, who moved in open votes, nothing before the close."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest

from allocation.models import Call, Elector, Paper, Vote
from fund.queries.shift import Figure, Shift, shift_of
from fund.statements.shift import shift_rows
from tests.committees import PEOPLE, a_call_to_decide, at

pytestmark = pytest.mark.django_db

CODES = ["P1", "P2"]
CLOSED = at(20)


@pytest.fixture
def call() -> Call:
    return a_call_to_decide()[1]


def vote(
    call: Call,
    number: int,
    kind: str,
    said: dict[str, dict[str, Any] | None],
    *,
    secret: bool = False,
    codes: list[str] = CODES,
    recused: dict[str, list[str]] | None = None,
    closed_at: datetime | None = CLOSED,
) -> Vote:
    """A vote of a round with what each person's paper says; None is somebody who did not vote."""
    held = Vote.objects.create(
        call=call, number=call.votes.count() + 1, reference=f"v{call.votes.count()}", round=number, kind=kind,
        question="Que soutenez-vous ?", subject={"proposals": codes}, rules={}, secret=secret, opened_at=at(10),
        opened_by="secretary", closes=at(20),
    )  # fmt: skip
    for person, content in said.items():
        elector = Elector.objects.create(
            vote=held, person=person, recused=(recused or {}).get(person, []), has_voted=content is not None
        )
        if content is not None:
            receipt = f"{held.number}-{person}"
            Paper.objects.create(receipt=receipt, vote=held, elector=None if secret else elector, content=content)
    held.closed_at = closed_at
    held.save()
    return held


def both(call: Call, kind: str, before: list[Any], after: list[Any], key: str, **options: Any) -> Shift:
    """Two ballots by the first people of the committee, the key of the content given once."""
    for number, contents in ((1, before), (2, after)):
        said = {p: None if c is None else {key: c} for p, c in zip(PEOPLE, contents, strict=False)}
        vote(call, number, kind, said, **options)
    found = shift_of(call)
    assert found is not None
    return found


# kind, key, papers before, papers after; of P1: value before, of, value after, of, direction
FIGURES: list[tuple[str, str, list[Any], list[Any], tuple[Any, ...]]] = [
    ("approval", "approved", [["P1"], ["P2"], []], [["P1", "P2"], ["P1"], None], (1, 3, 2, 2, "up")),
    ("scores", "scores", [{"P1": 3}, {"P1": 4}, {}], [{"P1": 1}, {"P2": 5}, None], (Fraction(7, 2), 2, 1, 1, "down")),
    ("judgment", "grades", [{"P1": 0}, {"P1": 3}], [{"P1": 0}, {"P1": 1}, {"P1": 4}], (0, 2, 1, 3, "up")),
    ("ranking", "levels", [[["P2"], ["P1"]], [["P1", "P2"]]], [[["P1"]], [["P1"], ["P2"]]],
     (Fraction(3, 2), 2, 1, 2, "up")),
    ("yes-no", "answer", ["yes", "no", "abstain"], ["no", "yes", "no"], (1, 3, 1, 3, "same")),
    ("consent", "answer", ["consent", "object"], ["consent", "consent"], (1, 2, 2, 2, "up")),
    ("buckets", "amounts", [{"P1": 500}, {"P2": 400}], [{"P1": 100}, {"P1": 50}], (500, 2, 150, 2, "down")),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "key", "before", "after", "told"), FIGURES, ids=lambda value: str(value)[:12])
@pytest.mark.parametrize("secret", [False, True])
def test_each_kind_has_its_figure(
    call: Call, kind: str, key: str, before: list[Any], after: list[Any], told: tuple[Any, ...], secret: bool
) -> None:
    line = both(call, kind, before, after, key, secret=secret).lines[0]
    assert (line.code, line.name) == ("P1", "Projet P1 (fictif)")
    assert line.before is not None
    assert line.after is not None
    assert (line.before.value, line.before.of, line.after.value, line.after.of, line.direction) == told
    assert not (secret and (line.moved_for or line.moved_against)), "a secret vote has totals alone"


def test_open_votes_say_who_moved(call: Call) -> None:
    shift = both(call, "approval", [["P1"], [], ["P2"], None], [[], ["P1"], ["P2"], ["P1"]], "approved")
    first, second = shift.lines
    assert (first.moved_for, first.moved_against) == (("Basile (fictif)",), ("Alix (fictif)",))
    assert (second.moved_for, second.moved_against) == ((), ())
    assert shift_rows(shift, "fr")[0] == (
        "Projet P1 (fictif)", "soutiens : 1 sur 3", "soutiens : 2 sur 4", "mieux soutenu après le débat",
        "plus favorables : Basile (fictif) ; moins favorables : Alix (fictif)",
    )  # fmt: skip
    assert shift_rows(shift, "en")[1][1:4] == ("1 of 3 support it", "1 of 4 support it", "unchanged")


def test_recused_people_are_in_no_denominator(call: Call) -> None:
    recused = {"alix": ["P1"]}
    shift = both(call, "approval", [["P2"], ["P1"]], [["P2"], []], "approved", recused=recused)
    assert [(line.before.of, line.after.of) for line in shift.lines if line.before and line.after] == [(1, 1), (2, 2)]


def test_nothing_is_read_before_both_votes_are_closed(call: Call) -> None:
    assert shift_of(call) is None
    vote(call, 1, "approval", {"alix": {"approved": ["P1"]}})
    assert shift_of(call) is None
    running = vote(call, 2, "approval", {"alix": {"approved": []}}, closed_at=None)
    assert shift_of(call) is None
    running.closed_at = at(21)
    running.save()
    assert shift_of(call) is not None
    vote(call, 2, "approval", {"alix": {"approved": ["P1"]}}, closed_at=None)
    again = shift_of(call)
    assert again is not None
    assert again.lines[0].after == Figure("approval", Fraction(0), 1), "the running vote is not read"


def test_ballots_of_two_kinds_stand_side_by_side_and_are_not_subtracted(call: Call) -> None:
    vote(call, 1, "yes-no", {"alix": {"answer": "yes"}}, codes=["P1"])
    vote(call, 2, "scores", {"alix": {"scores": {"P1": 4}}})
    vote(call, 0, "yes-no", {"alix": {"answer": "no"}}, codes=["P2"])
    shift = shift_of(call)
    assert shift is not None
    assert [(line.direction, line.before is None, line.after is None) for line in shift.lines] == [
        ("unknown", False, False), ("unknown", True, True),
    ]  # fmt: skip
    assert shift_rows(shift, "fr")[0][1:4] == (
        "pour : 1, contre : 0, abstention : 0", "note moyenne 4 (notes : 1)", "les deux tours ne se comparent pas",
    )  # fmt: skip
    assert shift_rows(shift, "en")[1][1:3] == ("–", "–")
