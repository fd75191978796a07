"""What lettering leaves open on a day, and how old it is."""

from __future__ import annotations

import pytest

from fund.accounting.open_items import aged, bucket_of, open_items
from tests.book_lines import a_line, day


def left(lines: list[object], on: int) -> list[int]:
    return [item.minor for item in open_items(lines, day(on))]  # type: ignore[arg-type]


def test_a_lettering_counts_from_its_own_day() -> None:
    lines = [
        a_line("411", 500, on=1, lettering="A", lettered=40),
        a_line("411", -500, on=30, lettering="A", lettered=40),
    ]
    assert left(lines, 39) == [500, -500]
    assert left(lines, 40) == []


def test_a_partial_lettering_settles_the_oldest_lines_first() -> None:
    facts = {"lettering": "A", "lettered": 50, "is_partial": True}
    lines = [
        a_line("411", 300, on=10, **facts),
        a_line("411", 200, on=20, **facts),
        a_line("411", -350, on=50, **facts),
    ]
    assert [(item.line.minor, item.minor) for item in open_items(lines, day(60))] == [(200, 150)]


def test_a_line_of_a_lettering_that_comes_after_the_day_settles_nothing_yet() -> None:
    facts = {"lettering": "A", "lettered": 10}
    lines = [a_line("411", 300, on=10, **facts), a_line("411", -300, on=20, **facts)]
    assert left(lines, 15) == [300]


def test_one_code_on_two_accounts_is_two_letterings() -> None:
    lines = [
        a_line("411", 300, on=1, party="A", lettering="X", lettered=5),
        a_line("411", -300, on=1, party="B", lettering="X", lettered=5),
    ]
    assert left(lines, 9) == [300, -300]


def a_closed_year(*, opening_lettered: bool, original_lettered: bool = False) -> list[object]:
    """Two old lines carried over on day 100, and a payment of both on day 120, lettered on the side that is said."""
    of_opening = {"lettering": "P", "lettered": 120} if opening_lettered else {}
    of_original = {"lettering": "P", "lettered": 120} if original_lettered else {}
    payment = {"lettering": "P", "lettered": 120} if opening_lettered or original_lettered else {}
    return [
        a_line("411", 300, on=10, **of_original),
        a_line("411", 200, on=20, **of_original),
        a_line("411", -500, on=100, kind="carrying", journal="CL"),
        a_line("411", 500, on=100, kind="opening", journal="AN", **of_opening),
        a_line("411", -500, on=120, **payment),
    ]


@pytest.mark.parametrize("side", ["opening", "original"])
def test_old_lines_are_settled_whichever_side_is_lettered(side: str) -> None:
    lines = a_closed_year(opening_lettered=side == "opening", original_lettered=side == "original")
    assert left(lines, 110) == [300, 200]  # the old lines keep their age: what carried them cancels
    assert left(lines, 130) == []


def test_without_lettering_the_payment_stands_beside_the_old_lines() -> None:
    assert left(a_closed_year(opening_lettered=False), 130) == [300, 200, -500]


def test_what_an_imported_year_began_with_is_an_old_line() -> None:
    lines = [a_line("411", 100, on=1, kind="opening"), a_line("411", 50, on=9)]
    assert left(lines, 365) == [100, 50]


def test_two_closings_follow_each_other() -> None:
    lines = [
        a_line("411", 300, on=10),
        a_line("411", -300, on=100, kind="carrying"),
        a_line("411", 300, on=100, kind="opening", lettering="P", lettered=120),
        a_line("411", -100, on=120, lettering="P", lettered=120, is_partial=True),
        a_line("411", -200, on=200, kind="carrying"),
        a_line("411", 200, on=200, kind="opening"),
    ]
    assert sum(left(lines, 90)) == 300
    assert sum(left(lines, 150)) == 200
    assert sum(left(lines, 250)) == 200


@pytest.mark.parametrize(
    ("days", "column"), [(-1, 0), (0, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (4000, 4)]
)
def test_the_columns_of_ages(days: int, column: int) -> None:
    assert bucket_of(days) == column


def test_age_counts_from_the_paper() -> None:
    line = a_line("411", 500, on=100, document_on=day(10))
    late = a_line("411", 700, on=100, document_on=day(300))
    (row,) = aged(open_items([line, late], day(101)), day(101))
    assert row.buckets == (700, 0, 0, 0, 500)
    assert row.total == 1200
