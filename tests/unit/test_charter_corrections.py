"""What a correction undoes, and where a rank begins, in figures that can be checked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from fund.charter.apportionment import first_followed
from fund.charter.facts import AllocationFacts, Facts, Period, RecipientFacts, Recouped, Result
from fund.charter.outcomes import Outcome, run
from fund.charter.reading.reader import read_charter
from ledger.money import share_out
from tests.charters import LIFTED, TWO_GUARANTEES, a_rule

DAY = date(2026, 6, 30)


def due(outcome: Outcome, rule: str = "rule") -> int:
    return sum(each.minor for each in outcome.due if each.rule == rule)


@pytest.mark.parametrize(
    ("why", "amounts", "expected"),
    [
        ("the cap", (200,), 100),
        ("a correction takes off what was above the cap first", (200, -50), 100),
        ("and then what is due", (200, -150), 50),
        ("all of it", (200, -200), 0),
        ("three times half a unit is three units, item by item", (1, 1, 1), 3),
        ("and each is undone as it was rounded", (1, 1, 1, -1), 2),
    ],
)
@pytest.mark.parametrize("base", ["recouped"])
def test_a_cap_over_items_that_are_rounded_each(why: str, amounts: tuple[int, ...], expected: int, base: str) -> None:
    """200 at 100 % with a cap of 100; the small ones at 50 %."""
    rate = "50 %" if max(amounts) == 1 else "100 %"
    charter = read_charter(a_rule(f'base = "{base}"', f'rate = "{rate}"', 'cap = "1.00"', 'rounding = "per-item"'))
    events = tuple(Recouped(DAY + timedelta(days=at), minor) for at, minor in enumerate(amounts))
    assert due(run(charter, Facts(events=events))) == expected, why


@pytest.mark.parametrize(
    ("deficit", "first", "second"),
    [
        (10_000, 3_000, 0),  # 60 % of 100 less 30 of aid already paid
        (12_000, 4_200, 0),  # above 100, where half a deficit would be 50, the guarantee is still short
        (13_333, 5_000, 0),  # 60 % of 133.33 less 30 is 49.998
        (13_334, 5_000, 0),
        (23_334, 5_000, 1_000),  # 10 % of the 100.00 above 133.34
    ],
)
def test_a_rank_begins_where_the_ceiling_of_aid_leaves_room_for_the_cap(deficit: int, first: int, second: int) -> None:
    facts = Facts(allocation=AllocationFacts(other_aid=3_000), events=(Result(DAY, -deficit),))
    outcome = run(read_charter(TWO_GUARANTEES), facts)
    assert (due(outcome), due(outcome, "second")) == (first, second)


def test_no_more_goes_out_than_is_due_while_points_are_lifted() -> None:
    """Week after week of 0.31: the points have 0.30 of each, the fund 0.01, and never a cent too many."""
    charter, shares = read_charter(LIFTED), ()
    for count in range(1, 12):
        events = tuple(Period(DAY + timedelta(days=at), profit=31) for at in range(count))
        outcome = run(charter, Facts({}, {"a": RecipientFacts(Fraction(1))}, events=events), received=shares)
        shares = outcome.shares
        assert outcome.carried == {}
        assert {share.party: share.minor for share in shares} == {"recipient:a": 30 * count, "fund": count}


def test_what_the_others_hold_is_not_taken_for_the_points() -> None:
    """Two weeks are corrected and lifted: nobody gives back, and nothing more goes out before it is due."""
    charter, people = read_charter(LIFTED), {"a": RecipientFacts(Fraction(1))}
    first = run(charter, Facts({}, people, events=(Period(DAY, profit=300),)))
    assert {share.party: share.minor for share in first.shares} == {"recipient:a": 100, "fund": 200}
    later = (Period(DAY, profit=300), Period(DAY, profit=-120), Period(DAY, profit=30))
    second = run(charter, Facts({}, people, events=later), received=first.shares)
    assert {share.party: share.minor for share in second.shares} == {"recipient:a": 100, "fund": 200}
    assert second.carried == {"rule": 90}


@pytest.mark.parametrize(
    ("least", "held", "expected"),
    [
        (100, {"A": 50, "B": 50}, 100),
        (70, {"A": 10, "B": 50}, 99),  # 50 is within a unit of half of 99
        (98, {"A": 10, "B": 50}, 99),
        (120, {"A": 10, "B": 50}, 120),
        (0, {"A": 0, "B": 0}, 0),
        (0, {"A": 0, "B": 1}, 1),
    ],
)
def test_the_first_total_that_what_is_held_follows(least: int, held: dict[str, int], expected: int) -> None:
    halves = {"A": Fraction(1, 2), "B": Fraction(1, 2)}
    assert first_followed(least, halves, held=held) == expected
    assert sum(share_out(expected, halves, held=held).values()) == expected


def test_the_first_total_is_found_at_once_however_heavy_the_part_that_was_cut_off() -> None:
    weights = {"A": Fraction(999_999), "B": Fraction(1)}
    assert first_followed(1_000, weights, held={"A": 0, "B": 1_000_000}) == 999_999_000_001
