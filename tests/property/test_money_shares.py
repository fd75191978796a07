"""Splits to the cent: exact, fair over any number of instalments, and equal to a slow, obvious twin."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.money import Amount, Unit, rounded, share_out

weights = st.dictionaries(
    st.sampled_from("abcdefg"),
    st.one_of(st.integers(0, 1000), st.fractions(0, 10, max_denominator=60)),
    min_size=1,
    max_size=6,
).filter(lambda known: any(known.values()))
totals = st.integers(-(10**7), 10**7)


def twin(total: int, known: dict[str, Fraction | int]) -> dict[str, int]:
    """One unit at a time: at each total, the next unit goes to whoever has waited longest for it.

    Whoever has had `n` units waits for the next since the total at which their exact share reached `n`; it
    must be given before their exact share reaches `n + 1`. So among those whose exact share is ahead of what
    they have, the one whose next whole unit falls due at the smallest total comes first.
    """
    whole = sum(known.values())
    parts = dict.fromkeys(known, 0)
    for reached in range(1, total + 1):
        ahead = [name for name in known if Fraction(reached) * known[name] / whole > parts[name]]
        due = {name: (parts[name] + 1) * Fraction(whole) / known[name] for name in ahead}
        parts[
            min(ahead, key=lambda name: (due[name], parts[name] - Fraction(reached) * known[name] / whole, name))
        ] += 1
    return parts


@given(totals, weights)
def test_parts_sum_to_the_total_and_stay_within_a_unit(total: int, known: dict[str, Fraction | int]) -> None:
    parts = share_out(total, known)
    assert sum(parts.values()) == total
    whole = sum(known.values())
    for name, part in parts.items():
        assert abs(part - Fraction(total) * known[name] / whole) < 1


@given(totals, weights, st.randoms(use_true_random=False))
def test_the_order_of_names_changes_nothing(total: int, known: dict[str, Fraction | int], random: object) -> None:
    mixed = list(known.items())
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert share_out(total, dict(mixed)) == share_out(total, known)


@given(totals, weights, st.integers(1, 50))
def test_only_the_ratio_of_weights_counts(total: int, known: dict[str, Fraction | int], factor: int) -> None:
    assert share_out(total, {name: factor * weight for name, weight in known.items()}) == share_out(total, known)


@given(totals, weights)
def test_a_loss_is_the_mirror_of_a_gain(total: int, known: dict[str, Fraction | int]) -> None:
    assert share_out(-total, known) == {name: -part for name, part in share_out(total, known).items()}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 400), min_size=1, max_size=25), weights)
def test_instalments_are_fair_for_ever(instalments: list[int], known: dict[str, Fraction | int]) -> None:
    """Whatever comes and in whatever parts: nothing is taken back, and nobody is ever a whole unit off."""
    whole, total, held = sum(known.values()), 0, dict.fromkeys(known, 0)
    for instalment in instalments:
        total += instalment
        parts = share_out(total, known, held=held)
        assert sum(parts.values()) == total
        for name, part in parts.items():
            assert part >= held[name]
            assert abs(part - Fraction(total) * known[name] / whole) < 1
        held = parts


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 300), weights)
def test_unit_by_unit_agrees_with_the_obvious_twin(total: int, known: dict[str, Fraction | int]) -> None:
    held = dict.fromkeys(known, 0)
    for reached in range(total + 1):
        held = share_out(reached, known, held=held)
    assert held == twin(total, known)


@given(st.integers(-(2**62), 2**62), st.integers(0, 9))
def test_what_is_written_is_read_back(minor: int, scale: int) -> None:
    unit = Unit("XXX", scale)
    assert Amount.parse(Amount(minor, unit).major, unit) == Amount(minor, unit)


@given(st.fractions(-(10**6), 10**6, max_denominator=1000))
def test_rounding_is_to_the_nearest(exact: Fraction) -> None:
    assert abs(rounded(exact) - exact) <= Fraction(1, 2)
    assert rounded(-exact) == -rounded(exact)
