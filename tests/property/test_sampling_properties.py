"""Every entry's chance by trying every draw of small populations; quotas; certainty; and the slow twin's answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from fund.accounting.sampling import Item, Plan, Sample, drawn, sample_of, stratum_of
from tests.slow_sampling import slow_monetary, slow_quotas, slow_simple

HEAD = "0f" * 32
amounts = st.lists(st.integers(min_value=0, max_value=60), min_size=0, max_size=12)


def items_of(values: list[int]) -> list[Item]:
    return [
        Item(
            f"E{place}",
            value,
            journal="ABC"[value % 3],
            month=f"2026-{place % 12 + 1:02}",
            account_class="567"[place % 3],
        )
        for place, value in enumerate(values)
    ]


def every_draw(draw: Callable[[Callable[[int], int]], Sample]) -> Iterator[tuple[Fraction, Sample]]:
    """Each way that the numbers may fall, with its exact chance."""
    waiting: list[list[int]] = [[]]
    while waiting:
        begun = waiting.pop()
        asked: list[int] = []

        def below(count: int, begun: list[int] = begun, asked: list[int] = asked) -> int:
            asked.append(count)
            return begun[len(asked) - 1] if len(asked) <= len(begun) else 0

        sample = draw(below)
        chance = Fraction(1)
        for count in asked:
            chance /= count
        yield chance, sample
        # What was taken to be 0 beyond the numbers begun may fall otherwise too.
        for place in range(len(begun), len(asked)):
            stem = [*begun, *([0] * (place - len(begun)))]
            waiting += [[*stem, number] for number in range(1, asked[place])]


def chances(items: list[Item], plan: Plan) -> dict[str, Fraction]:
    found: dict[str, Fraction] = dict.fromkeys((item.reference for item in items), Fraction(0))
    total = Fraction(0)
    for chance, sample in every_draw(lambda below: drawn(items, plan, below)):
        total += chance
        for each in sample.drawn:
            found[each.item.reference] += chance
    assert total == 1
    return found


def test_every_entry_has_the_same_chance_in_a_simple_sample() -> None:
    for population in range(1, 6):
        items = items_of([5] * population)
        for size in range(1, population + 1):
            assert set(chances(items, Plan("simple", size)).values()) == {Fraction(size, population)}


def test_every_pair_has_the_same_chance_in_a_simple_sample() -> None:
    items = items_of([5] * 5)
    pairs: Counter[tuple[str, ...]] = Counter()
    for chance, sample in every_draw(lambda below: drawn(items, Plan("simple", 2), below)):
        pairs[tuple(each.item.reference for each in sample.drawn)] += chance  # type: ignore[assignment]
    assert len(pairs) == 10
    assert set(pairs.values()) == {Fraction(1, 10)}


def test_every_entry_of_a_stratum_has_the_same_chance() -> None:
    items = items_of([0, 1, 2, 3, 4, 6])
    plan = Plan("stratified", 3, by="journal")
    of_stratum: dict[str, set[Fraction]] = {}
    found = chances(items, plan)
    for item in items:
        of_stratum.setdefault(stratum_of(item, plan), set()).add(found[item.reference])
    counts = Counter(stratum_of(item, plan) for item in items)
    quotas = dict(zip(sorted(counts), slow_quotas([counts[name] for name in sorted(counts)], 3), strict=True))
    assert of_stratum == {name: {Fraction(quotas[name], counts[name])} for name in counts}


def test_every_cent_has_the_same_chance_in_monetary_units() -> None:
    items = items_of([0, 1, 3, 4, 7, 20])
    for interval in range(1, 25):
        expected = {item.reference: min(Fraction(item.amount, interval), Fraction(1)) for item in items}
        assert chances(items, Plan("monetary-unit", interval=interval)) == expected


@settings(max_examples=60)
@given(amounts, st.integers(1, 12), st.text("ab", min_size=1, max_size=4))
def test_the_slow_twin_draws_the_same_simple_sample(values: list[int], size: int, seed: str) -> None:
    items = items_of(values)
    numbers: list[int] = []

    def below(count: int) -> int:
        numbers.append(len(numbers) * 7919 % count)
        return numbers[-1]

    fast = drawn(items, Plan("simple", size), below)
    again = iter(numbers)
    slow = slow_simple(items, min(size, len(items)), lambda _count: next(again))
    assert {each.item.reference for each in fast.drawn} == {item.reference for item in slow}


@settings(max_examples=60)
@given(amounts.filter(any), st.integers(1, 10), st.integers(0, 30), st.integers(0, 10**6))
def test_the_slow_twin_takes_the_same_cents(values: list[int], size: int, interval: int, number: int) -> None:
    items = items_of(values)
    plan = Plan("monetary-unit", size, interval=interval)
    fast = drawn(items, plan, lambda count: number % count)
    assert {each.item.reference for each in fast.drawn} == slow_monetary(items, plan, lambda count: number % count)
    assert all(each.item.amount for each in fast.drawn), "what holds no cent is never drawn"
    certain = {item.reference for item in items if item.amount >= fast.interval}
    assert certain <= {each.item.reference for each in fast.drawn}


@settings(max_examples=60)
@given(amounts, st.integers(1, 15), st.sampled_from(["journal", "class", "month"]))
def test_the_strata_share_the_size(values: list[int], size: int, by: str) -> None:
    items = items_of(values)
    plan = Plan("stratified", size, by=by)  # type: ignore[arg-type]
    sample = sample_of(items, plan, seed="s", head=HEAD)
    counts = Counter(stratum_of(item, plan) for item in items)
    assert [stratum.name for stratum in sample.strata] == sorted(counts)
    assert [stratum.drawn for stratum in sample.strata] == slow_quotas([counts[name] for name in sorted(counts)], size)
    assert Counter(each.stratum for each in sample.drawn) == Counter(
        {stratum.name: stratum.drawn for stratum in sample.strata if stratum.drawn}
    )
    equal = sample_of(items, Plan("stratified", size, by=by, division="equal"), seed="s", head=HEAD)  # type: ignore[arg-type]
    assert all(stratum.drawn == min(size, stratum.count) for stratum in equal.strata)


@settings(max_examples=40)
@given(amounts, st.integers(1, 8), st.integers(1, 60))
def test_whatever_the_method_nothing_above_the_threshold_is_left_out(values: list[int], size: int, above: int) -> None:
    items = items_of(values)
    for plan in (
        Plan("simple", size, above=above),
        Plan("stratified", size, by="journal", above=above),
        Plan("monetary-unit", size, above=above),
        Plan("threshold", above=above),
    ):
        sample = sample_of(items, plan, seed="s", head=HEAD)
        found = [each.item.reference for each in sample.drawn]
        assert {item.reference for item in items if item.amount >= above} <= set(found)
        order = [item.reference for item in items]
        assert found == sorted(set(found), key=order.index)


def test_another_seed_head_or_size_draws_otherwise() -> None:
    items = items_of(list(range(1, 61)))
    base = sample_of(items, Plan("simple", 10), seed="a", head=HEAD)
    others = [
        sample_of(items, Plan("simple", 10), seed="b", head=HEAD),
        sample_of(items, Plan("simple", 10), seed="a", head="00" * 32),
        sample_of(items, Plan("simple", 11), seed="a", head=HEAD),
    ]
    assert all(other.drawn != base.drawn for other in others)
