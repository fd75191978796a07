"""Amounts: what is read is exact or refused, what meets is of one unit; and a single split beside its slow twin."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from operator import add, ge, gt, le, lt, sub
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import AmountInvalid, SplitImpossible, UnitsDiffer
from ledger.money import EUR, HOUR, MINOR_LIMIT, NOTORIETY, Amount, Unit, share_out, split, total_of

minors = st.integers(-MINOR_LIMIT, MINOR_LIMIT)
units = st.sampled_from([EUR, HOUR, NOTORIETY, Unit("KWD", 3), Unit("XXX", 9)])
written = st.from_regex(r"\A[+-]?[0-9]{1,22}(\.[0-9]{1,11})?\Z")
names = st.sampled_from("abcdef")
weights = st.dictionaries(names, st.integers(0, 50), min_size=1).filter(lambda known: any(known.values()))


@given(written, units)
def test_digits_are_read_exactly_or_refused(text: str, unit: Unit) -> None:
    exact = Fraction(text) * 10**unit.scale
    part = text.partition(".")[2]
    try:
        amount = Amount.parse(text, unit)
    except AmountInvalid:
        assert len(part) > unit.scale or abs(exact) > MINOR_LIMIT or len(text.partition(".")[0].lstrip("+-")) > 19
        return
    assert (amount.minor, amount.unit) == (exact, unit)
    assert Fraction(amount.major) == Fraction(text)


@given(st.text(max_size=12) | st.text("0123456789+-., e_٣", max_size=12), units)
def test_no_other_text_is_an_amount(text: str, unit: Unit) -> None:
    try:
        amount = Amount.parse(text, unit)
    except AmountInvalid as refusal:
        refusal.sentence("fr").encode(errors="surrogatepass")
        return
    assert set(text) <= set("0123456789+-.")
    assert Amount.parse(amount.major, unit) == amount


@given(st.integers(MINOR_LIMIT + 1, 10 * MINOR_LIMIT), st.sampled_from([1, -1]), units)
def test_what_the_books_cannot_hold_is_not_read(minor: int, sign: int, unit: Unit) -> None:
    with pytest.raises(AmountInvalid, match="larger than the books can hold"):
        Amount.parse(Amount(sign * minor, unit).major, unit)


@given(minors, minors, units)
def test_amounts_are_ordered_and_added_as_their_minor_units(left: int, right: int, unit: Unit) -> None:
    one, other = Amount(left, unit), Amount(right, unit)
    for compare in (lt, le, gt, ge):
        assert compare(one, other) is compare(left, right)
    assert (one + other, one - other, -one, abs(one)) == (
        Amount(left + right, unit), Amount(left - right, unit), Amount(-left, unit), Amount(abs(left), unit),
    )  # fmt: skip
    assert bool(one) is (left != 0)
    assert total_of([one, other, -one], unit) == other


@given(minors, minors, st.lists(units, min_size=2, max_size=2, unique=True))
@pytest.mark.parametrize("act", [add, sub, lt, le, gt, ge])
def test_two_units_never_meet(act: Callable[[Any, Any], Any], left: int, right: int, pair: list[Unit]) -> None:
    with pytest.raises(UnitsDiffer, match=pair[1].code):
        act(Amount(left, pair[0]), Amount(right, pair[1]))
    assert Amount(left, pair[0]) != Amount(left, pair[1])


def slow_split(total: int, known: dict[str, int]) -> dict[str, int]:
    """Each has the whole part of what is exactly theirs; then one unit at a time, to whoever's next is due first."""
    whole = sum(known.values())
    exact = {name: Fraction(total * weight, whole) for name, weight in known.items()}
    parts = {name: int(share) for name, share in exact.items()}
    while sum(parts.values()) < total:
        waiting = [name for name in known if parts[name] < exact[name]]
        parts[
            min(
                waiting,
                key=lambda name: (Fraction((parts[name] + 1) * whole, known[name]), parts[name] - exact[name], name),
            )
        ] += 1
    return parts


@given(st.integers(0, 10**6), weights)
def test_a_single_split_agrees_with_its_slow_twin(total: int, known: dict[str, int]) -> None:
    assert share_out(total, known) == slow_split(total, known)


@given(minors, weights, units, st.randoms(use_true_random=False))
def test_a_split_is_whole_whatever_the_order_of_names(
    total: int, known: dict[str, int], unit: Unit, random: Any
) -> None:
    mixed = list(known.items())
    random.shuffle(mixed)
    parts = split(Amount(total, unit), known)
    assert parts == split(Amount(total, unit), dict(mixed))
    assert total_of(parts.values(), unit) == Amount(total, unit)
    assert all(not parts[name] for name, weight in known.items() if weight == 0)
    assert all(part.minor * total >= 0 for part in parts.values())


@given(st.integers(0, 10**4), st.integers(0, 10**4), weights)
def test_more_never_gives_anyone_less(first: int, more: int, known: dict[str, int]) -> None:
    """A second instalment is added to the first; asked again with nothing new, nothing moves."""
    held = share_out(first, known)
    parts = share_out(first + more, known, held=held)
    assert all(parts[name] >= held[name] for name in known)
    assert share_out(first + more, known, held=parts) == parts


@given(st.integers(-(10**6), 10**6), st.dictionaries(names, st.integers(-3, 3)))
def test_a_key_that_shares_nothing_is_refused_by_name(total: int, known: dict[str, int]) -> None:
    possible = total == 0 or any(known.values())
    if any(weight < 0 for weight in known.values()) or not possible:
        with pytest.raises(SplitImpossible):
            share_out(total, known)
    else:
        assert sum(share_out(total, known).values()) == total
