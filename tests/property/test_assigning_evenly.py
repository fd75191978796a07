"""Whatever the recusals and the readings given already: as even as can be, and refusals that prove themselves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from allocation.instructing.assigning import Readings, assign_evenly
from allocation.instructing.errors import AssignmentImpossible

PEOPLE = ("ana", "bo", "cy", "di")


@st.composite
def readings(draw: st.DrawFn) -> Readings:
    numbers = tuple(range(1, draw(st.integers(1, 4)) + 1))
    people = PEOPLE[: draw(st.integers(1, 4))]
    pairs = [(number, person) for number in numbers for person in people]
    closed = frozenset(draw(st.lists(st.sampled_from(pairs), max_size=8)))
    open_pairs = sorted(set(pairs) - closed)
    held = frozenset(draw(st.lists(st.sampled_from(open_pairs), max_size=3))) if open_pairs else frozenset()
    return Readings(numbers, people, closed, held)


def every_way(asked: Readings, wanted: int) -> Iterator[frozenset[tuple[int, str]]]:
    """All ways to complete the readings, one by one: slow, and plainly right."""
    choices = []
    for number in asked.applications:
        held = {person for given_to, person in asked.given if given_to == number}
        free = [person for person in asked.able(number) if person not in held]
        missing = max(wanted - len(held), 0)
        choices.append([[(number, person) for person in chosen] for chosen in combinations(free, missing)])
    for way in product(*choices):
        yield frozenset(pair for pairs in way for pair in pairs)


def squares(asked: Readings, new: frozenset[tuple[int, str]]) -> int:
    return sum(sum(person == reader for _, reader in asked.given | new) ** 2 for person in asked.people)


@given(readings(), st.integers(1, 3), st.text(max_size=3), st.none() | st.integers(1, 3))
def test_as_even_as_any_way_there_is_and_refused_only_where_there_is_none(
    asked: Readings, wanted: int, seed: str, most: int | None
) -> None:
    ways = [
        way
        for way in every_way(asked, wanted)
        if most is None
        or all(
            sum(person == reader for _, reader in way) == 0
            or sum(person == reader for _, reader in asked.given | way) <= most
            for person in asked.people
        )
    ]
    try:
        new = frozenset(assign_evenly(asked, wanted=wanted, seed=seed, most=most))
    except AssignmentImpossible as refused:
        assert not ways
        figures = refused.figures
        if figures["why"] == "too_many_files":
            assert figures["needed"] > figures["room"]
        else:
            assert figures["able"] < figures["wanted"]
        return
    assert new in ways
    assert squares(asked, new) == min(squares(asked, way) for way in ways)
