"""The shift between both ballots, cast through the services: figures of each kind by hand, who moved, nothing before
the close."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from allocation.models import Call, Vote
from allocation.voting.results import vote_result
from fund.models import Fund
from fund.queries.shift import Figure, Shift, shift_of
from fund.statements.shift import shift_rows
from tests.committees import PEOPLE, a_call_to_decide, at
from tests.evenings import a_vote, closed, debated_all, governed, recused, say

pytestmark = pytest.mark.django_db

GOVERNANCE = {
    "approval": 'ballot = "approval"\nallocation_method = "equal-shares/1"',
    "scores": 'ballot = "scores"\ntop = 5\nallocation_method = "equal-shares/1"',
    "judgment": 'ballot = "majority-judgment"\ngrades = 5',
    "ranking": 'ballot = "ranking"',
    "yes-no": 'ballot = "yes-no"\nmajority = "1/2"',
    "consent": 'ballot = "consent"',
    "buckets": 'ballot = "buckets"',
}
Papers = list[dict[str, Any] | None]


@pytest.fixture
def fund() -> Fund:
    fund, call = a_call_to_decide()
    debated_all(call)
    return fund


@pytest.fixture
def call(fund: Fund) -> Call:
    return Call.objects.get(owner=fund.slug)


def ruled(fund: Fund, kind: str, *, secret: bool = False) -> None:
    governed(fund, f'chair = "votes"\n{GOVERNANCE[kind]}\nsecret_ballots = {str(secret).lower()}')


def polled(fund: Fund, call: Call, number: int, kind: str, papers: Papers, *, closes: bool = True) -> Vote:
    """A round in which the first people of the committee say this, and None is somebody who does not vote."""
    vote = a_vote(fund, call, kind=kind, round=number, reference=f"v{call.votes.count()}")
    for person, said in zip(PEOPLE, papers, strict=False):
        if said is not None:
            say(vote, person, said)
    return closed(fund, vote) if closes else vote


def both(fund: Fund, call: Call, kind: str, before: Papers, after: Papers, *, secret: bool = False) -> Shift:
    ruled(fund, kind, secret=secret)
    for number, papers in ((1, before), (2, after)):
        polled(fund, call, number, kind, papers)
    found = shift_of(call)
    assert found is not None
    return found


def approve(*people: str) -> Papers:
    """Approval papers, each the codes that one person supports."""
    return [{"approved": codes.split()} for codes in people]


def cast(key: str, *contents: Any) -> Papers:
    return [{key: content, "leaves_rest": True} if key == "amounts" else {key: content} for content in contents]


# kind, papers before, papers after; of P1: value before, of, value after, of, direction
FIGURES: dict[str, tuple[Papers, Papers, tuple[Any, ...]]] = {
    "approval": (approve("P1", "P2", ""), [*approve("P1 P2", "P1"), None], (1, 3, 2, 2, "up")),
    "scores": (
        cast("scores", {"P1": 3}, {"P1": 4}, {}), [*cast("scores", {"P1": 1}, {"P2": 5}), None],
        (Fraction(7, 2), 2, 1, 1, "down"),
    ),
    "judgment": (
        cast("grades", {"P1": 4}, {"P1": 2}), cast("grades", {"P1": 4}, {"P1": 3}, {}), (2, 2, 3, 3, "up"),
    ),
    "ranking": (
        cast("levels", [["P2"], ["P1"]], [["P2"], ["P1"]]), cast("levels", [["P1"]], [["P1"], ["P2"]]),
        (2, 2, 1, 2, "up"),
    ),
    "yes-no": (
        cast("answers", {"P1": "yes"}, {"P1": "no"}, {}), cast("answers", {"P1": "no"}, {"P1": "yes"}, {"P1": "no"}),
        (1, 3, 1, 3, "same"),
    ),
    "consent": (
        [{"answer": "consent"}, {"answer": "object", "reason": "Trop cher"}], cast("answer", "consent", "consent"),
        (1, 2, 2, 2, "up"),
    ),
    "buckets": (
        cast("amounts", {"P1": 50_000}, {"P2": 40_000}), cast("amounts", {"P1": 10_000}, {"P1": 5_000}),
        (50_000, 2, 15_000, 2, "down"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FIGURES)
@pytest.mark.parametrize("secret", [False, True])
def test_each_kind_has_its_figure(fund: Fund, call: Call, kind: str, secret: bool) -> None:
    before, after, told = FIGURES[kind]
    shift = both(fund, call, kind, before, after, secret=secret)
    line = shift.lines[0]
    assert (line.code, line.name, shift.secret) == ("P1", "Projet P1 (fictif)", secret)
    assert line.before is not None
    assert line.after is not None
    assert (line.before.value, line.before.of, line.after.value, line.after.of, line.direction) == told
    moved = {each for line in shift.lines for each in (*line.moved_for, *line.moved_against)}
    assert bool(moved) is not secret, "a secret vote has totals alone"
    for vote, figure in zip(call.votes.order_by("number"), (line.before, line.after), strict=True):
        assert vote_result(vote).figures.get("P1", figure.value) == figure.value, "as the vote's own page counts"


def test_open_votes_say_who_moved(fund: Fund, call: Call) -> None:
    before: Papers = [*approve("P1", "", "P2"), None]
    shift = both(fund, call, "approval", before, approve("", "P1", "P2", "P1"))
    first, second, *_ = shift.lines
    assert (first.moved_for, first.moved_against) == (("Basile (fictif)",), ("Alix (fictif)",))
    assert (second.moved_for, second.moved_against) == ((), ())
    assert shift_rows(shift, "fr")[0] == (
        "Projet P1 (fictif)", "soutiens : 1 sur 3", "soutiens : 2 sur 4", "mieux soutenu après le débat",
        "plus favorables : Basile (fictif) ; moins favorables : Alix (fictif)",
    )  # fmt: skip
    assert shift_rows(shift, "en")[1][1:4] == ("1 of 3 support it", "1 of 4 support it", "unchanged")


@pytest.mark.parametrize("secret", [False, True])
def test_recused_people_are_in_no_denominator(fund: Fund, call: Call, secret: bool) -> None:
    recused(call, "alix", "P1")
    shift = both(fund, call, "approval", approve("P2", "P1"), approve("P2", ""), secret=secret)
    assert [(line.before.of, line.after.of) for line in shift.lines[:2] if line.before and line.after] == [
        (1, 1), (2, 2),
    ]  # fmt: skip
    assert [line.code for line in shift_of(call, without=["P1", "P3"]).lines] == ["P2", "P4"]  # type: ignore[union-attr]


def test_nothing_is_read_before_both_votes_are_closed(fund: Fund, call: Call) -> None:
    ruled(fund, "approval")
    assert shift_of(call) is None
    polled(fund, call, 1, "approval", approve("P1"))
    assert shift_of(call) is None
    running = polled(fund, call, 2, "approval", approve(""), closes=False)
    assert shift_of(call) is None
    closed(fund, running)
    assert shift_of(call) is not None
    polled(fund, call, 2, "approval", approve("P1"), closes=False)
    again = shift_of(call)
    assert again is not None
    assert again.lines[0].after == Figure("approval", Fraction(0), 1), "the running vote is not read"


def test_ballots_of_two_kinds_stand_side_by_side_and_are_not_subtracted(fund: Fund, call: Call) -> None:
    ruled(fund, "yes-no")
    polled(fund, call, 1, "yes-no", cast("answers", {"P1": "yes"}))
    governed(fund, f'chair = "votes"\n{GOVERNANCE["scores"]}', on=at(9).date())
    polled(fund, call, 2, "scores", cast("scores", {"P1": 4}))
    shift = shift_of(call)
    assert shift is not None
    assert [(line.direction, line.after is None) for line in shift.lines[:2]] == [("unknown", False), ("unknown", True)]
    assert shift_rows(shift, "fr")[0][1:4] == (
        "pour : 1, contre : 0, abstention : 0", "note moyenne 4 (notes : 1)", "les deux tours ne se comparent pas",
    )  # fmt: skip
    assert shift_rows(shift, "en")[1][2:4] == ("–", "the ballots do not compare")
