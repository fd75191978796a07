"""A sample worked out by hand, plans that are refused, and a recipe that anybody can follow."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from fund.accounting.sampling import Item, Plan, Stream, drawn, sample_of, stratum_of
from fund.accounting.sampling_errors import SamplePlanInvalid

HEAD = "ab" * 32
ITEMS = [
    Item("A", 100, journal="BQ", month="2026-01", account_class="5", party="M01"),
    Item("B", 250, journal="BQ", month="2026-01", account_class="5", party="M02"),
    Item("C", 50, journal="OD", month="2026-02", account_class="6"),
    Item("D", 900, journal="AC", month="2026-02", account_class="6", party="M01"),
    Item("E", 300, journal="BQ", month="2026-03", account_class="7", party="M03"),
]


def test_the_numbers_are_those_of_sha_256_over_a_text_that_anybody_writes() -> None:
    plan = Plan("simple", 2)
    parameters = (
        '{"above":0,"accounts":[],"bounds":[],"by":"","division":"proportional",'
        '"interval":0,"method":"simple","size":2}'
    )
    assert plan.text == parameters
    key = sha256(json.dumps(["tresse-sample/1", "dé", HEAD, parameters], separators=(",", ":"), ensure_ascii=False)
                 .encode()).digest()  # fmt: skip
    expected = [int.from_bytes(sha256(key + place.to_bytes(8, "big")).digest(), "big") % 1000 for place in range(5)]
    stream = Stream("dé", HEAD, plan)
    assert [stream.below(1000) for _ in range(5)] == expected  # 2^256 leaves so little that none is passed over


def test_a_block_that_would_favour_some_numbers_is_passed_over() -> None:
    half = (1 << 255) + 1
    stream = Stream("x", HEAD, Plan("simple", 1))
    found = [stream.below(half) for _ in range(20)]
    assert all(number < half for number in found)
    assert stream._next > 20, "nearly every second block is beyond the largest fair number"


# plan → what is drawn when every number of the stream is 0
BY_HAND = [
    (Plan("simple", 2), ["A", "B"], 0),
    (Plan("simple", 9), ["A", "B", "C", "D", "E"], 0),
    (Plan("threshold", above=300), ["D", "E"], 0),
    (Plan("simple", 1, above=300), ["A", "D", "E"], 0),
    (Plan("stratified", 2, by="class"), ["A", "C"], 0),
    (Plan("stratified", 1, by="class", division="equal"), ["A", "C", "E"], 0),
    (Plan("stratified", 1, by="party", division="equal"), ["A", "B", "C", "E"], 0),
    (Plan("stratified", 1, by="month", division="equal"), ["A", "C", "E"], 0),
    (Plan("stratified", 1, by="amount", division="equal", bounds=(100, 300)), ["A", "C", "D"], 0),
    # 700 without the certain entry, cents 1, 401: the first of A, the 51st of E
    (Plan("monetary-unit", interval=400), ["A", "D", "E"], 400),
    # 1,600 shared in four: an interval of 400
    (Plan("monetary-unit", 4), ["A", "D", "E"], 400),
]


@pytest.mark.parametrize(("plan", "references", "interval"), BY_HAND)
def test_a_sample_is_drawn_in_the_order_of_the_books(plan: Plan, references: list[str], interval: int) -> None:
    sample = drawn(ITEMS, plan, lambda count: 0)
    assert [each.item.reference for each in sample.drawn] == references
    assert (sample.population, sample.amount, sample.interval) == (5, 1600, interval)


def test_an_entry_says_why_it_is_in_the_sample() -> None:
    sample = sample_of(ITEMS, Plan("monetary-unit", interval=280, above=900), seed="x", head=HEAD)
    why = {each.item.reference: each.why for each in sample.drawn}
    assert why["D"] == "above"
    assert why["E"] == "certain"
    assert set(why.values()) <= {"above", "certain", "drawn"}


@pytest.mark.parametrize(
    ("amount", "name"), [(0, "0-99"), (99, "0-99"), (100, "100-299"), (299, "100-299"), (300, "300-"), (999, "300-")]
)
def test_a_band_takes_its_lower_bound(amount: int, name: str) -> None:
    assert stratum_of(Item("X", amount), Plan("stratified", 1, by="amount", bounds=(100, 300))) == name


REFUSED = [
    (Plan("simple", 0), "0 entries"),
    (Plan("simple", 10_001), "10001 entries"),
    (Plan("simple", -1), "-1 entries"),
    (Plan("by-eye", 1), "the method is one of"),  # type: ignore[arg-type]
    (Plan("stratified", 1), "strata are made by"),
    (Plan("stratified", 1, by="colour"), "the method is one of"),  # type: ignore[arg-type]
    (Plan("stratified", 1, by="journal", division="half"), "the method is one of"),  # type: ignore[arg-type]
    (Plan("stratified", 1, by="amount"), "need the bounds"),
    (Plan("stratified", 1, by="amount", bounds=(5, 5)), "rise"),
    (Plan("stratified", 1, by="amount", bounds=(7, 5)), "rise"),
    (Plan("stratified", 1, by="amount", bounds=tuple(range(1, 30))), "20 at most"),
    (Plan("stratified", 1, by="amount", bounds=(0, 5)), "below zero"),
    (Plan("monetary-unit", 0), "0 entries"),
    (Plan("monetary-unit", interval=-5), "below zero"),
    (Plan("monetary-unit", interval=10**16), "beyond any books"),
    (Plan("threshold"), "is missing"),
]


@pytest.mark.parametrize(("plan", "says"), REFUSED)
def test_a_plan_by_which_nothing_can_be_drawn_is_refused(plan: Plan, says: str) -> None:
    with pytest.raises(SamplePlanInvalid, match=says) as refused:
        sample_of(ITEMS, plan, seed="x", head=HEAD)
    assert refused.value.sentence("fr").startswith("Aucun échantillon n’est tiré")


def test_nothing_is_drawn_out_of_nothing() -> None:
    for plan in (Plan("simple", 3), Plan("stratified", 3, by="journal"), Plan("monetary-unit", 3)):
        assert sample_of([], plan, seed="x", head=HEAD).drawn == ()
