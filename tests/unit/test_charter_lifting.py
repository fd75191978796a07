"""The minimum per point by hand: `royalty-pool` has 15 points, 200.00 each a week, 35 % of the profit to the pool."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from fund.charter.facts import AllocationFacts, Facts, Period, RecipientFacts
from fund.charter.lifting import Lift
from fund.charter.outcomes import Outcome, run
from fund.charter.shipped import shipped
from fund.charter.trace import Quantity, Recorder

DAY = date(2026, 1, 4)
POINTS = {"author": 6, "rights": 1, "director": 2, "choreographer": Fraction(1, 2), "designers": Fraction(3, 2),
          "theatre": 1, "producer": 3}  # fmt: skip
RECIPIENTS = {name: RecipientFacts(Fraction(points)) for name, points in POINTS.items()}


def weeks(*profits: int, before: Outcome | None = None) -> Outcome:
    """Weeks of these profits in whole pounds, with 700,000 to recoup."""
    events = tuple(Period(DAY + timedelta(days=7 * at), profit=profit * 100) for at, profit in enumerate(profits))
    facts = Facts({}, RECIPIENTS, AllocationFacts(70_000_000), events)
    return run(shipped("royalty-pool"), facts, received=() if before is None else before.shares)


def pool(outcome: Outcome) -> tuple[int, int, int]:
    """What the pool and the investors have, and what is carried, in minor units."""
    points = sum(share.minor for share in outcome.shares if share.party.startswith("recipient:"))
    investors = sum(share.minor for share in outcome.shares if share.party == "investors")
    return points, investors, sum(outcome.carried.values())


@pytest.mark.parametrize(
    ("why", "profits", "points", "investors"),
    [
        ("35 % of a good week", (50_000,), 1_750_000, 3_250_000),
        ("35 % of 5,000 is 1,750: lifted to 15 × 200", (5_000,), 300_000, 200_000),
        ("each week for itself", (50_000, 5_000), 2_050_000, 3_450_000),
        ("the order of the weeks does not matter", (5_000, 50_000), 2_050_000, 3_450_000),
        ("just the minimum", (3_000,), 300_000, 0),
        ("less than the minimum goes to the points alone", (2_000,), 200_000, 0),
        ("35 % of 8,571 is 2,999.85", (8_571,), 300_000, 557_100),
        ("35 % of 8,572 is 3,000.20: not lifted", (8_572,), 300_020, 557_180),
        ("a losing week gives nothing, and no minimum", (50_000, -2_000), 1_680_000, 3_120_000),
        ("a losing week alone", (-2_000,), 0, 0),
        ("a week and its reversal give nothing", (5_000, -5_000), 0, 0),
        ("no more than is left of it", (5_000, -4_000), 100_000, 0),
    ],
)
def test_the_pool_of_some_weeks(why: str, profits: tuple[int, ...], points: int, investors: int) -> None:
    outcome = weeks(*profits)
    assert pool(outcome) == (points, investors, 0), why
    assert points + investors == sum(due.minor for due in outcome.due)


def test_the_minimum_is_shared_by_points() -> None:
    parts = {share.party: share.minor for share in weeks(5_000).shares if share.minor}
    assert parts["recipient:author"] == 120_000
    assert parts["recipient:choreographer"] == 10_000


def test_a_reversal_in_a_later_statement_is_carried() -> None:
    """What lifted a week stays: 35 % of 50,000, and the 1,250 by which the points were short of their minimum."""
    first = weeks(5_000)
    second = weeks(5_000, -5_000, before=first)
    assert pool(second) == (300_000, 200_000, 500_000)
    assert pool(weeks(5_000, -5_000, 1_000, before=second)) == (300_000, 200_000, 400_000)
    assert pool(weeks(5_000, -5_000, 50_000, before=second)) == (1_875_000, 3_125_000, 0)


def test_recoupment_counts_what_the_investors_have_received() -> None:
    """The whole reaches 700,000 ÷ 65 % = 1,076,923.07 before they have recouped, and 1,923.08 later after a week of
    5,000 in which they had 2,000 instead of 3,250; of what follows they have 60 %.
    """
    assert pool(weeks(1_077_000)) == (107_700_000 - 70_004_616, 70_004_616, 0)
    assert pool(weeks(5_000, 1_077_000)) == (108_200_000 - 70_189_231, 70_189_231, 0)


def lifted(floor: int, share: Fraction, *items: int, cap: int | None = None) -> Fraction:
    lift, pen, due = Lift(Quantity(floor), share), Recorder().pen("returns.pool"), 0
    for item in items:
        lift.take(Quantity(item), Quantity(due), None if cap is None else Quantity(cap), pen)
        due += item
    return Fraction(lift.lifted.value)


@pytest.mark.parametrize(
    ("items", "cap", "expected"),
    [
        # 30 are wanted and 20 % of 100 is 20: 10 short. With 12.5 off the top, 12.5 + 20 % of 87.5 is 30.
        ((100,), None, Fraction(25, 2)),
        ((150,), None, Fraction(0)),
        ((20,), None, Fraction(20)),
        ((100, 100), None, Fraction(25)),
        ((100, -50), None, Fraction(25, 2)),
        ((100,), 100, Fraction(0)),
        ((50, 60), 100, Fraction(25)),
    ],
)
def test_what_is_taken_off_the_top(items: tuple[int, ...], cap: int | None, expected: Fraction) -> None:
    assert lifted(30, Fraction(1, 5), *items, cap=cap) == expected
