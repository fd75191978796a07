"""Pictures of a rehearsal: bars before and after, and amounts over time, each with the table of its figures."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from fund.statements.document import Language
from fund.statements.render import bars, courses
from ledger.money import Amount

HOSTILE = '<script>alert("1")</script>&'


def pairs(*amounts: tuple[int, int]) -> bars.Bars:
    return bars.Bars(
        "Title",
        "Description",
        "Before",
        "After",
        "Name",
        tuple(bars.Pair(f"Name {n}", Amount(b), Amount(a)) for n, (b, a) in enumerate(amounts)),
        "Nobody",
    )


def a_course(*curves: courses.Curve, points: tuple[str, ...] = ("Q1", "Q2", "Q3")) -> courses.Course:
    return courses.Course("Title", "Description", "Quarter", points, curves, low="low", high="high", empty="Nothing")


def amounts(*minor: int) -> tuple[Amount, ...]:
    return tuple(map(Amount, minor))


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def test_bars_grow_with_their_amounts_from_one_zero() -> None:
    root = parsed(bars.svg(pairs((1000, 500), (-250, 1000)), "en"))
    drawn = [each for each in root.iter("rect") if float(each.get("height", "0")) == 8 and each.get("width") != "12"]
    found = [(each.get("class"), float(each.get("x", "0")), float(each.get("width", "0"))) for each in drawn]
    assert [name for name, _x, _width in found] == ["bars-before", "bars-less", "bars-before", "bars-more"]
    (_, zero, full), (_, start, half), (_, left, quarter), (_, last, whole) = found
    assert (start, last) == (zero, zero)
    assert half == pytest.approx(full / 2, abs=0.2)
    assert quarter == pytest.approx(full / 4, abs=0.2)
    assert left == pytest.approx(zero - quarter, abs=0.2)
    assert whole == full


@pytest.mark.parametrize(("language", "said"), [("en", "€10.00 → €5.00 ▼"), ("fr", "10,00\xa0€ → 5,00\xa0€ ▼")])
def test_bars_say_their_amounts_and_their_turn(language: Language, said: str) -> None:
    text = "".join(parsed(bars.svg(pairs((1000, 500)), language)).itertext())
    assert said in text
    assert all(word in text for word in ("Before", "After", "Name 0"))
    assert "→ €5.00 =" in bars.svg(pairs((500, 500)), "en")
    assert "→ €7.00 ▲" in bars.svg(pairs((500, 700)), "en")


def test_the_table_of_bars_has_the_same_figures() -> None:
    table = bars.table_of(pairs((1000, 500), (0, 20)))
    assert table.rows[0].cells == ("Name 0", Amount(1000), Amount(500))
    assert table.rows[1].cells == ("Name 1", Amount(0), Amount(20))


def test_a_course_goes_down_as_its_amounts_do() -> None:
    drawn = a_course(courses.Curve("Fact", amounts(0, 500, 1000)), courses.Curve("Draft", amounts(1000, 0, -500)))
    lines = [each.get("points", "") for each in parsed(courses.svg(drawn, "en")).iter("polyline")]
    heights = [[float(point.split(",")[1]) for point in line.split()] for line in lines]
    assert heights[0] == sorted(heights[0], reverse=True)
    assert heights[1] == sorted(heights[1])
    assert heights[0][0] == heights[1][1]  # both at zero
    assert heights[0][2] == heights[1][0]


def test_a_band_lies_around_its_line_and_in_the_table() -> None:
    curve = courses.Curve("Draft", amounts(10, 20, 30), low=amounts(0, 5, 10), high=amounts(20, 40, 60))
    root = parsed(courses.svg(a_course(curve), "en"))
    (band,) = root.iter("polygon")
    assert len(band.get("points", "").split()) == 6
    table = courses.table_of(a_course(curve))
    assert [column.label for column in table.columns] == ["Quarter", "Draft", "Draft, low", "Draft, high"]
    assert table.rows[1].cells == ("Q2", Amount(20), Amount(5), Amount(40))


def test_lines_differ_by_more_than_colour() -> None:
    drawn = a_course(courses.Curve("Fact", amounts(1, 2, 3)), courses.Curve("Draft", amounts(3, 2, 1)))
    dashes = [each.get("stroke-dasharray") for each in parsed(courses.svg(drawn, "en")).iter("polyline")]
    assert dashes == ["6 4", None]


def test_one_point_is_a_line_too() -> None:
    drawn = a_course(courses.Curve("Fact", amounts(5)), points=("Q1",))
    (line,) = parsed(courses.svg(drawn, "en")).iter("polyline")
    assert len(line.get("points", "").split()) == 2


@pytest.mark.parametrize("value", [0, 1, 10**15, -(10**15)])
def test_any_amount_can_be_drawn(value: int) -> None:
    parsed(courses.svg(a_course(courses.Curve("Fact", amounts(value, 0, -value))), "fr"))
    parsed(bars.svg(pairs((value, -value)), "fr"))


def test_nothing_gives_no_picture() -> None:
    assert bars.svg(pairs(), "en") == ""
    assert courses.svg(a_course(points=()), "en") == ""
    assert bars.table_of(pairs()).rows == ()


def test_hostile_words_stay_words() -> None:
    drawn = bars.Bars(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, (bars.Pair(HOSTILE, Amount(1), Amount(2)),), "")
    line = courses.Course(HOSTILE, HOSTILE, HOSTILE, (HOSTILE,), (courses.Curve(HOSTILE, amounts(1)),))
    for svg in (bars.svg(drawn, "en"), courses.svg(line, "en")):
        assert "<script" not in svg
        assert "alert" in "".join(parsed(svg).itertext())


@pytest.mark.parametrize(
    ("points", "most"), [(("Q1", "Q2", "Q3"), 3), (tuple(f"2026-{n:02}-31" for n in range(17)), 4)]
)
def test_names_of_points_have_room(points: tuple[str, ...], most: int) -> None:
    drawn = a_course(courses.Curve("Fact", amounts(*range(len(points)))), points=points)
    root = parsed(courses.svg(drawn, "en"))
    places = sorted(float(each.get("x", "0")) for each in root.iter("text") if each.text in points)
    assert len(places) in (most - 1, most)
    assert all(right - left > 7 * len(points[0]) for left, right in pairwise(places))
