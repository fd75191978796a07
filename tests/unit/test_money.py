"""Amounts and splits, in cents written by hand."""

from __future__ import annotations

import doctest
from fractions import Fraction

import pytest

from ledger import money
from ledger.errors import AmountInvalid, LedgerError, SplitImpossible, UnitsDiffer
from ledger.money import (
    EUR_INKIND,
    HOUR,
    MINOR_LIMIT,
    NOTORIETY,
    Amount,
    Unit,
    rounded,
    share_out,
    split,
    total_of,
    unit_of,
)

WRITTEN = """
# text                  unit       minor
  0                     EUR        0
  12                    EUR        1200
  12.5                  EUR        1250
  12.50                 EUR        1250
  -0.05                 EUR        -5
  +7.01                 EUR        701
  007                   EUR        700
  36                    NOTORIETY  36
  1.25                  HOUR       125
  46116860184273879.04  EUR        4611686018427387904
  1.234                 KWD        1234
  500                   JPY        500
"""

UNWRITABLE = """
# text                  unit       because
  12,50                 EUR        digits and a decimal point
  1.234                 EUR        2 decimals at most
  1.5                   NOTORIETY  0 decimals at most
  1e3                   EUR        digits and a decimal point
  .5                    EUR        digits and a decimal point
  5.                    EUR        digits and a decimal point
  --5                   EUR        digits and a decimal point
  ١٢                    EUR        digits and a decimal point
  NaN                   EUR        digits and a decimal point
  46116860184273879.05  EUR        larger than the books can hold
  99999999999999999999  EUR        larger than the books can hold
"""

# total, weights, what each receives, in minor units
SPLITS = """
  10000  a=1 b=1 c=1          a=3334 b=3333 c=3333   the first name takes the cent that is left
  100    a=1 b=2              a=33 b=67              a third and two thirds
  1      a=1 b=1 c=1          a=1 b=0 c=0            one cent for three
  0      a=1 b=1              a=0 b=0                nothing to share
  -10000 a=1 b=1 c=1          a=-3334 b=-3333 c=-3333  a loss is shared like a gain
  7      a=0 b=1              a=0 b=7                who has no weight has nothing
  5      a=50 b=30 c=20       a=3 b=1 c=1            2.5 1.5 1.0: a's third falls due at 6, b's second at 6.67
  2      a=3 b=1              a=2 b=0                1.5 and 0.5: a falls due at 2.67, b at 4
"""


def rows(table: str) -> list[list[str]]:
    return [line.split(None, 2) for line in table.splitlines() if line.strip() and not line.strip().startswith("#")]


def unit(code: str) -> Unit:
    return unit_of(code)


@pytest.mark.parametrize(("text", "code", "minor"), rows(WRITTEN))
def test_an_amount_is_read_exactly(text: str, code: str, minor: str) -> None:
    amount = Amount.parse(text, unit(code))
    assert amount == Amount(int(minor), unit(code))
    assert Amount.parse(amount.major, unit(code)) == amount


@pytest.mark.parametrize(("text", "code", "because"), rows(UNWRITABLE))
def test_what_is_no_amount_is_refused(text: str, code: str, because: str) -> None:
    with pytest.raises(AmountInvalid, match=because):
        Amount.parse(text, unit(code))


@pytest.mark.parametrize("text", ["", " 5", "5\n", "5 ", "1_000", "0x10"])
def test_spaces_and_tricks_are_refused(text: str) -> None:
    with pytest.raises(AmountInvalid):
        Amount.parse(text)


def test_amounts_are_written_in_major_units() -> None:
    written = [str(Amount(1250)), str(Amount(-5)), str(Amount(36, NOTORIETY)), str(Amount(0, HOUR))]
    assert written == ["12.50 EUR", "-0.05 EUR", "36 NOTORIETY", "0.00 HOUR"]


def test_units_never_meet() -> None:
    for meeting in (
        lambda: Amount(1) + Amount(1, HOUR),
        lambda: Amount(1) - Amount(1, EUR_INKIND),
        lambda: Amount(1) < Amount(1, NOTORIETY),
        lambda: total_of([Amount(1, HOUR)]),
    ):
        with pytest.raises(UnitsDiffer):
            meeting()
    assert Amount(1) != Amount(1, HOUR)


def test_amounts_of_one_unit_add_and_compare() -> None:
    assert Amount(5) + Amount(7) - Amount(2) == Amount(10)
    assert -Amount(5) == Amount(-5)
    assert abs(Amount(-5)) == Amount(5)
    assert Amount(5) > Amount(4)
    assert not Amount(0)
    assert total_of([]) == Amount(0)
    assert total_of([Amount(1), Amount(2)]) == Amount(3)


def test_a_unit_has_a_code_that_the_house_or_iso_knows() -> None:
    assert [unit_of(code).scale for code in ("EUR", "JPY", "KWD", "CLF", "HOUR", "NOTORIETY")] == [2, 0, 3, 4, 2, 0]
    for code in ("eur", "EURO", "", "E1R", "ÉUR"):
        with pytest.raises(AmountInvalid, match="no unit has this code"):
            unit_of(code)


def test_half_a_unit_rounds_away_from_zero() -> None:
    halves = [rounded(Fraction(numerator, 2)) for numerator in (-5, -3, -1, 0, 1, 3, 5)]
    assert halves == [-3, -2, -1, 0, 1, 2, 3]


@pytest.mark.parametrize("line", [line for line in SPLITS.splitlines() if line.strip()])
def test_a_total_is_shared_to_the_cent(line: str) -> None:
    words = line.split()
    pairs = [word.split("=") for word in words[1:] if "=" in word]
    half = len(pairs) // 2
    weights = {name: int(number) for name, number in pairs[:half]}
    expected = {name: int(number) for name, number in pairs[half:]}
    assert share_out(int(words[0]), weights) == expected


def test_no_later_instalment_takes_a_cent_back() -> None:
    """100.00 in three parts of 33.34, 33.33, 33.33, each shared 2 : 1 as the running total grows."""
    weights = {"company": 2, "fund": 1}
    first = share_out(3_334, weights)
    second = share_out(6_667, weights, held=first)
    third = share_out(10_000, weights, held=second)
    assert [first, second, third] == [
        {"company": 2_223, "fund": 1_111},
        {"company": 4_445, "fund": 2_222},
        {"company": 6_667, "fund": 3_333},
    ]


@pytest.mark.parametrize(
    ("total", "weights", "held", "why"),
    [
        (10, {}, None, "nobody"),
        (10, {"a": 0}, None, "all weights are zero"),
        (10, {"a": 1, "b": -1}, None, "negative"),
        (10, {"a": 1, "b": 1}, {"a": 9}, "more is held"),
    ],
)
def test_an_impossible_split_is_refused(
    total: int, weights: dict[str, int], held: dict[str, int] | None, why: str
) -> None:
    with pytest.raises(SplitImpossible, match=why):
        share_out(total, weights, held=held)


def test_nothing_is_shared_among_the_weightless() -> None:
    assert share_out(0, {"a": 0}) == {"a": 0}
    assert split(Amount(5, HOUR), {"a": Fraction(1, 3)}) == {"a": Amount(5, HOUR)}


def test_the_limit_is_written_down_once() -> None:
    assert MINOR_LIMIT == 2**62


def test_a_refusal_speaks_both_languages() -> None:
    refusal = UnitsDiffer(left="EUR", right="HOUR")
    assert (refusal.code, refusal.left) == ("units_differ", "EUR")
    assert str(refusal) == "An amount in EUR and an amount in HOUR cannot be put together."
    assert refusal.sentence("fr") == "Un montant en EUR et un montant en HOUR ne se mêlent pas."
    with pytest.raises(AttributeError):
        _ = refusal.nothing
    assert isinstance(refusal, LedgerError)


def test_the_examples_in_the_words_are_right() -> None:
    assert doctest.testmod(money).failed == 0
