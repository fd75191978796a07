"""Lettering: what is proposed settles to nothing, uses no line twice, and codes are never taken twice."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fund.accounting.letterings import OpenItem, next_code, proposed

DAY = date(2026, 1, 1)


@st.composite
def open_items(draw: st.DrawFn) -> list[OpenItem]:
    amounts = draw(st.lists(st.integers(-6, 6).filter(bool), max_size=14))
    papers = st.sampled_from(["", "A", "B", "C"])
    days = st.integers(0, 5)
    return [
        OpenItem(number, DAY + timedelta(draw(days)), minor, draw(papers)) for number, minor in enumerate(amounts, 1)
    ]


@given(items=open_items(), order=st.randoms())
def test_a_proposal_settles_to_nothing_and_does_not_depend_on_the_order(items: list[OpenItem], order: object) -> None:
    groups = proposed(items)
    minor = {item.posting: item.minor for item in items}
    used = [posting for group in groups for posting in group]
    assert len(used) == len(set(used))
    assert all(len(group) > 1 and sum(minor[posting] for posting in group) == 0 for group in groups)
    shuffled = list(items)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert proposed(shuffled) == groups
    left = [item for item in items if item.posting not in set(used)]
    assert proposed(left) == () or len(left) < len(items)
    amounts = [item.minor for item in left]
    assert not any(-amount in amounts for amount in amounts)


def test_an_award_is_settled_by_its_two_payments() -> None:
    items = [
        OpenItem(1, DAY, -800, "NOTIF"),
        OpenItem(2, DAY + timedelta(10), 400, "REL-06"),
        OpenItem(3, DAY + timedelta(20), 400, "REL-11"),
        OpenItem(4, DAY + timedelta(21), -1, "NOTIF-2"),
    ]
    assert proposed(items) == ((1, 2, 3),)


@given(st.integers(0, 800))
def test_codes_follow_each_other_and_are_never_taken_again(count: int) -> None:
    taken: list[str] = []
    for _ in range(min(count, 30)):
        taken.append(next_code(taken))
    assert len(set(taken)) == len(taken)
    assert taken == sorted(taken)


def test_codes_grow_by_a_letter_when_the_short_ones_are_over() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    short = [first + second for first in letters for second in letters]
    assert next_code([]) == "AA"
    assert next_code(short) == "AAA"
    assert next_code([*short, "AAA"]) == "AAB"
    assert next_code(["AC", "AA"]) == "AB"
