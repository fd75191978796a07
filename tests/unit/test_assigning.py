"""Readings are spread evenly, recusals hold, nobody chooses, and what cannot be is named with its figures."""

from __future__ import annotations

from collections import Counter

import pytest

from allocation.instructing.assigning import Readings, assign_evenly
from allocation.instructing.errors import AssignmentImpossible

THREE = ("ana", "bo", "cy")


def loads(pairs: tuple[tuple[int, str], ...]) -> list[int]:
    return sorted(Counter(person for _, person in pairs).values())


def test_every_application_gets_its_readers_and_loads_differ_by_one_at_most() -> None:
    pairs = assign_evenly(Readings((1, 2, 3, 4), THREE), wanted=2, seed="graine")
    assert Counter(number for number, _ in pairs) == {1: 2, 2: 2, 3: 2, 4: 2}
    assert loads(pairs) == [2, 3, 3]
    assert len(set(pairs)) == 8


def test_a_recused_person_reads_nothing_of_it_and_the_loads_stay_even() -> None:
    closed = frozenset({(1, "ana"), (2, "ana"), (3, "ana"), (1, "bo")})
    pairs = assign_evenly(Readings((1, 2, 3, 4), THREE, closed=closed), wanted=1, seed="graine")
    assert dict(pairs)[1] == "cy"
    assert dict(pairs)[4] == "ana"
    assert loads(pairs) == [1, 1, 2]
    assert not closed & set(pairs)


def test_an_earlier_reading_moves_when_that_makes_the_whole_more_even() -> None:
    """Bo alone may read 2 and 3; whoever takes 1 and 4 has to be somebody else, whatever comes first."""
    closed = frozenset({(2, "ana"), (3, "ana"), (2, "cy"), (3, "cy")})
    for seed in ("a", "b", "c", "d", "e"):
        pairs = dict(assign_evenly(Readings((1, 2, 3, 4), THREE, closed=closed), wanted=1, seed=seed))
        assert pairs[2] == pairs[3] == "bo"
        assert {pairs[1], pairs[4]} == {"ana", "cy"}


def test_readings_that_are_given_already_stay_and_count() -> None:
    given = frozenset({(1, "ana"), (2, "ana")})
    pairs = assign_evenly(Readings((1, 2), THREE, given=given), wanted=2, seed="graine")
    assert sorted(person for _, person in pairs) == ["bo", "cy"]
    assert {number for number, _ in pairs} == {1, 2}
    assert assign_evenly(Readings((1, 2), THREE, given=given), wanted=1, seed="graine") == ()


def test_the_seed_settles_what_is_level_and_the_same_seed_the_same_way() -> None:
    readings = Readings((1,), tuple(f"p{number}" for number in range(12)))
    drawn = {assign_evenly(readings, wanted=1, seed=str(seed))[0][1] for seed in range(60)}
    assert len(drawn) > 6
    again = Readings((1,), tuple(reversed(readings.people)))
    assert assign_evenly(readings, wanted=3, seed="s") == assign_evenly(again, wanted=3, seed="s")


@pytest.mark.parametrize(
    ("readings", "wanted", "most", "words"),
    [
        (
            Readings((7,), THREE, closed=frozenset({(7, "ana"), (7, "bo")})),
            2,
            None,
            "application 7 needs 2 rapporteurs and 1 people may read it (2 are recused)",
        ),
        (
            Readings((1, 2, 3), THREE, closed=frozenset({(1, "cy"), (2, "cy"), (3, "cy")})),
            1,
            1,
            "applications 1, 2, 3 need 3 readings between them, and the 2 people who may read them can give 2, with 1",
        ),
        (Readings((1,), THREE), 0, None, "each application gets from 1 to 20 rapporteurs, not 0"),
        (Readings((1,), THREE), 21, None, "each application gets from 1 to 20 rapporteurs, not 21"),
        (Readings((1,), THREE), 1, 0, "from 1 to 1000, not 0"),
        (Readings((1,), ()), 1, None, "application 1 needs 1 rapporteurs and 0 people may read it"),
    ],
)
def test_what_is_impossible_is_named_with_its_figures(
    readings: Readings, wanted: int, most: int | None, words: str
) -> None:
    with pytest.raises(AssignmentImpossible) as refused:
        assign_evenly(readings, wanted=wanted, seed="graine", most=most)
    assert words in refused.value.sentence("en")
    assert "ne peuvent pas être désignés ainsi" in refused.value.sentence("fr")
