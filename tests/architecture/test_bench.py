"""The bench measures what its goals name, and its own sides still run: small counts, no clock, nothing of others."""

from pathlib import Path

import pytest

from tests.bench import (
    allocation_pairs,
    bench,
    charter_growth,
    contents,
    elections,
    fec_pairs,
    pabutools_pairs,
    parallel,
    reading,
    rehearsal_pairs,
    spoilt_reading,
    statement_pairs,
    writing,
)
from tests.bench.goals import GOALS, Goal
from tests.bench.measure import NotTheSameWork, Pair, require_same
from tests.bench.others import LOCK, PABUTOOLS_LOCK
from tests.bench.workers import SideFailed
from tests.bench.workshop import OTHERS, SHARES, Workshop

SCALE = 0.002
OF_OTHERS = {"sqlite_single_vs_django_ledger", "postgresql_single_vs_hordak", "postgresql_bulk_vs_hordak"}

OF_THE_LEDGER = {key for part, keys, _ in bench.COMPARISONS if part == "ledger" for key in keys}


def test_the_keys_are_those_of_the_goals() -> None:
    measured = [key for _, keys, _ in bench.COMPARISONS for key in keys]
    assert set(measured) - set(GOALS) == {"rehearsal_columns_vs_one_by_one", "equal_shares_vs_obvious"}  # without goals
    assert set(GOALS) <= set(measured)
    assert len(measured) == len(set(measured))
    assert sorted(GOALS) == [
        "add1_64_6586_vs_two_seconds",
        "as_of_vs_sum",
        "balances_1m_vs_100k",
        "bytes_per_entry",
        "committee_reasons_vs_5_ms",
        "equal_shares_20000_voters_vs_pabutools",
        "equal_shares_2000_voters_vs_pabutools",
        "equal_shares_memory_vs_300_mb",
        "fec_check_memory_vs_300_mb",
        "fec_check_vs_plain_reading",
        "fec_write_vs_plain_writing",
        "four_books_vs_one",
        "postgresql_bulk_vs_copy",
        "postgresql_bulk_vs_hordak",
        "postgresql_single_vs_hordak",
        "postgresql_single_vs_raw",
        "rehearsal_10000_paths_vs_a_minute",
        "run_100000_vs_10000_events",
        "run_10000_events_1000_members_vs_a_second",
        "run_10000_vs_1000_events",
        "run_10000_vs_1000_members",
        "slowest_spoilt_charter_vs_two_seconds",
        "sqlite_bulk_vs_raw",
        "sqlite_single_vs_django_ledger",
        "sqlite_single_vs_raw",
        "statements_200_vs_plain_pages",
        "thousand_reruns_vs_a_second",
        "verify_vs_beancount",
    ]


@pytest.mark.parametrize(
    ("goal", "figure", "met"),
    [
        (Goal("a", "speed", at_least=0.4), 0.4, True),
        (Goal("a", "speed", at_least=0.4), 0.39, False),
        (Goal("b", "room", at_most=600), 600, True),
        (Goal("b", "room", at_most=600), 601, False),
    ],
)
def test_a_goal_is_a_floor_or_a_ceiling(goal: Goal, figure: float, met: bool) -> None:
    assert goal.is_met(figure) is met


def test_every_goal_has_one_bound() -> None:
    assert [key for key, goal in GOALS.items() if (goal.at_least is None) is (goal.at_most is None)] == []


def test_entries_in_a_row_touch_every_account_and_sum_to_zero() -> None:
    written = list(contents.facts(30, 10, accounts=10))
    assert {fact.debit for fact in written} == set(range(10))
    assert all(fact.debit != fact.credit for fact in written)
    assert sum(contents.totals(30, accounts=10)) == 0


@pytest.mark.parametrize(
    ("text", "scale"), [("1", 1), ("0.05", 0.05), ("0", None), ("2", None), ("nan", None), ("half", None)]
)
def test_a_scale_is_a_part_of_one(text: str, scale: float | None) -> None:
    assert bench.scale_of(text) == scale


def test_an_unknown_key_is_answered_with_the_known_ones() -> None:
    assert str(bench.main(["speed"])).startswith("No such key: speed. The keys: sqlite_single_vs_raw, ")


def test_sides_that_wrote_something_else_are_not_compared() -> None:
    with pytest.raises(NotTheSameWork, match="some_key"):
        require_same("some_key", {"entries": 2}, {"entries": 3})


def test_the_lock_of_the_others_pins_what_it_names_and_knows_no_address() -> None:
    text = LOCK.read_text(encoding="utf-8")
    pinned = [line.split("==")[0] for line in text.splitlines() if not line.startswith(" ")]
    assert {"beancount", "django-hordak", "django-ledger"} <= set(pinned)
    assert text.count("==") == len(pinned)
    assert text.count(" --hash=sha256:") >= len(pinned)
    assert "://" not in text


def test_the_lock_of_pabutools_pins_it_without_the_solver_that_is_not_free() -> None:
    text = PABUTOOLS_LOCK.read_text(encoding="utf-8")
    pinned = [line.split("==")[0] for line in text.splitlines() if not line.startswith(" ")]
    assert "pabutools==1.2.3" in text
    assert "gurobipy" not in text
    assert text.count(" --hash=sha256:") >= len(pinned) == text.count("==")
    assert "://" not in text


def test_the_files_of_entries_are_the_same_on_both_sides_and_fit_into_little_room() -> None:
    """Two sides that differ would raise; the room of the check does not grow with the lines."""
    pairs = {pair.key: pair for pair in fec_pairs.measure(SCALE)}
    assert tuple(pairs) == fec_pairs.KEYS
    assert pairs["fec_check_memory_vs_300_mb"].figure < 0.5


def test_our_sides_write_and_read_the_same_as_raw_rows(tmp_path: Path) -> None:
    """Each comparison without the others' software, on both engines; two sides that differ would raise."""
    with Workshop(tmp_path, scale=SCALE, durable=False) as shop:
        pairs: list[Pair] = []
        for against in writing.AGAINST:
            if against.script not in OTHERS:
                pairs += writing.measure(against, shop, set(GOALS))
        pairs += parallel.measure(shop, set(GOALS))
        pairs += reading.measure(shop, set(GOALS))
        profiles = [pair.profile() for pair in pairs if pair.profile is not None]
        with pytest.raises(SideFailed, match="unheard_of"):
            shop.ours("sqlite").call("singly", book="unheard_of", count=1)
    assert {pair.key for pair in pairs} == OF_THE_LEDGER - OF_OTHERS - {"verify_vs_beancount"}
    assert all(pair.figure > 0 for pair in pairs)
    assert all("Statements" in profile or "Room" in profile for profile in profiles)


def test_the_methods_sides_run_and_choose_the_same(tmp_path: Path) -> None:
    """A committee, and our side of the elections; beside itself in the place of pabutools, so nothing is installed."""
    pairs = [*allocation_pairs.measure(0.001)]
    with Workshop(tmp_path, scale=SCALE, durable=False) as shop:
        pairs += pabutools_pairs.measure(shop, {pabutools_pairs.MEMORY, pabutools_pairs.ADDING})
        found = elections.cases(tmp_path, scale=SCALE)
        sides = pabutools_pairs.compared(
            found, shop.other(SHARES), shop.other(SHARES), rounds=lambda case: pabutools_pairs.rounds_of(case, 100)
        )
    pairs.append(pabutools_pairs.least(pabutools_pairs.SPEED, sides))
    assert {pair.key for pair in pairs} == {*allocation_pairs.KEYS, *pabutools_pairs.KEYS} - {
        pabutools_pairs.SPEED_OF_LARGEST
    }
    assert all(pair.figure > 0 for pair in pairs)
    assert [len(other) for _, _, other in sides] == [3, 3, 3, 1]


def test_the_charter_s_sides_run_and_do_the_same_work() -> None:
    pairs = [*charter_growth.measure(0.001), *rehearsal_pairs.measure(0.0005, processes=1)]
    pairs += spoilt_reading.measure(0.001)
    assert [pair.key for pair in pairs] == [*charter_growth.KEYS, *rehearsal_pairs.KEYS, spoilt_reading.KEY]
    assert all(pair.figure > 0 for pair in pairs)


def test_statements_are_written_beside_as_many_plain_pages() -> None:
    (pair,) = statement_pairs.measure(SCALE)
    assert pair.key == statement_pairs.KEY
    assert pair.figure > 0
