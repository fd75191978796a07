"""What is open, fast and slow, on random accounts and letterings; nothing of a balance is ever lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fund.accounting.lines import BookLine
from fund.accounting.open_items import AGED, aged, open_items
from tests.book_lines import a_line, day
from tests.slow_open_items import slowly_open

LINES = st.builds(
    lambda chart, minor, on, party, code, lettered: a_line(
        chart, minor, on=on, party=party, lettering=code, lettered=lettered if code else 0, is_partial=True
    ),
    st.sampled_from(["411", "4682", "401000"]),
    st.integers(-60, 60).filter(bool),
    st.integers(1, 40),
    st.sampled_from(["A", "B"]),
    st.sampled_from(["", "X", "Y"]),
    st.integers(1, 45),
)


@given(st.lists(LINES, max_size=14), st.integers(1, 50))
def test_the_twin_agrees(lines: list[BookLine], on: int) -> None:
    found = {item.line.posting: item.minor for item in open_items(lines, day(on))}
    assert found == slowly_open(lines, day(on))


@given(st.lists(LINES, max_size=30), st.integers(1, 50))
def test_what_is_open_is_the_balance(lines: list[BookLine], on: int) -> None:
    items = open_items(lines, day(on))
    rows = aged(items, day(on))
    for chart in {line.chart for line in lines}:
        balance = sum(line.minor for line in lines if line.chart == chart and line.on <= day(on))
        assert sum(row.total for row in rows if row.chart == chart) == balance
        assert chart.startswith(AGED)


@given(st.lists(LINES, max_size=30))
def test_what_is_open_of_a_line_never_exceeds_it(lines: list[BookLine]) -> None:
    for item in open_items(lines, day(60)):
        assert 0 < abs(item.minor) <= abs(item.line.minor)
        assert (item.minor > 0) == (item.line.minor > 0)
