"""Amounts and splits, in cents written by hand."""

from __future__ import annotations

import doctest
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from fractions import Fraction

import pytest

from ledger import money
from ledger.errors import AmountInvalid, LedgerError, SplitImpossible, UnitsDiffer
from ledger.money import (
    EUR,
    EUR_INKIND,
    HOUR,
    MINOR_LIMIT,
    NO_CURRENCY,
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
  -46116860184273879.04 EUR        -4611686018427387904
  4611686018427387904   NOTORIETY  4611686018427387904
  1.234                 KWD        1234
  500                   JPY        500
"""

UNWRITABLE = """
# text                  unit       because
  12,50                 EUR        write digits and a decimal point, like 1234.56
  1.234                 EUR        EUR has 2 decimals at most
  1.5                   NOTORIETY  NOTORIETY has 0 decimals at most
  1e3                   EUR        write digits and a decimal point, like 1234.56
  .5                    EUR        write digits and a decimal point, like 1234.56
  5.                    EUR        write digits and a decimal point, like 1234.56
  --5                   EUR        write digits and a decimal point, like 1234.56
  ١٢                    EUR        write digits and a decimal point, like 1234.56
  NaN                   EUR        write digits and a decimal point, like 1234.56
  46116860184273879.05  EUR        it is larger than the books can hold
  4611686018427387905   NOTORIETY  it is larger than the books can hold
  99999999999999999999  EUR        it is larger than the books can hold
"""

# A long text is shown by its beginning, whatever is wrong with it.
LONG = {
    "x" * 41: ("x" * 40, "write digits and a decimal point, like 1234.56"),
    "0." + "1" * 39: ("0." + "1" * 38, "EUR has 2 decimals at most"),
    "7" * 41: ("7" * 40, "it is larger than the books can hold"),
    "00" + "9" * 17 + ".99": ("00" + "9" * 17 + ".99", "it is larger than the books can hold"),
}

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
  1      b=1 a=1              b=0 a=1                a tie goes by name, not by the order of writing
  3      a=2 b=1 c=1          a=1 b=1 c=1            1.5 0.75 0.75: all next units fall due at 4, b and c lack less
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
    with pytest.raises(AmountInvalid) as refused:
        Amount.parse(text, unit(code))
    assert str(refused.value) == f"“{text}” is not an amount: {because}."


@pytest.mark.parametrize(("text", "shown", "because"), [(text, *said) for text, said in LONG.items()])
def test_a_long_text_is_shown_by_its_beginning(text: str, shown: str, because: str) -> None:
    with pytest.raises(AmountInvalid) as refused:
        Amount.parse(text)
    assert (refused.value.text, refused.value.why) == (shown, because)


@pytest.mark.parametrize("text", ["", " 5", "5\n", "5 ", "1_000", "0x10"])
def test_spaces_and_tricks_are_refused(text: str) -> None:
    with pytest.raises(AmountInvalid):
        Amount.parse(text)


def test_amounts_are_written_in_major_units() -> None:
    written = [str(Amount(1250)), str(Amount(-5)), str(Amount(36, NOTORIETY)), str(Amount(0, HOUR))]
    assert written == ["12.50 EUR", "-0.05 EUR", "36 NOTORIETY", "0.00 HOUR"]
    assert [Amount(minor, Unit("KWD", 3)).major for minor in (7, 70, 700, 7000, -70)] == [
        "0.007", "0.070", "0.700", "7.000", "-0.070",
    ]  # fmt: skip


# Each meeting of two units, and the two that the refusal names.
MEETINGS = [
    (lambda: Amount(1) + Amount(1, HOUR), "EUR", "HOUR"),
    (lambda: Amount(1) - Amount(1, EUR_INKIND), "EUR", "EUR-INKIND"),
    (lambda: Amount(1, HOUR) < Amount(1, NOTORIETY), "HOUR", "NOTORIETY"),
    (lambda: total_of([Amount(1, HOUR)]), "EUR", "HOUR"),
    (lambda: Amount(1) + Amount(1, Unit("EUR", 3)), "EUR", "EUR"),
]


@pytest.mark.parametrize(("meeting", "left", "right"), MEETINGS)
def test_units_never_meet(meeting: Callable[[], object], left: str, right: str) -> None:
    with pytest.raises(UnitsDiffer) as refused:
        meeting()
    assert (refused.value.left, refused.value.right) == (left, right)
    assert Amount(1) != Amount(1, HOUR)


@pytest.mark.parametrize("unit", [EUR, EUR_INKIND, HOUR, NOTORIETY])
def test_amounts_of_one_unit_add_and_compare(unit: Unit) -> None:
    def some(minor: int) -> Amount:
        return Amount(minor, unit)

    assert some(5) + some(7) - some(2) == some(10)
    assert (-some(5), -some(-5), abs(some(-5)), abs(some(5))) == (some(-5), some(5), some(5), some(5))
    assert sorted([some(3), some(-4), some(0)]) == [some(-4), some(0), some(3)]
    assert [some(4) < some(5), some(5) < some(5), some(5) <= some(5), some(5) > some(4)] == [True, False, True, True]
    assert [bool(some(0)), bool(some(1)), bool(some(-1))] == [False, True, True]
    assert total_of([], unit) == some(0)
    assert total_of([some(1), some(2), some(-7)], unit) == some(-4)
    assert total_of(iter([some(1)]), unit) == some(1)


def test_an_amount_is_in_euros_unless_another_unit_is_said() -> None:
    assert Amount(5) == Amount(5, EUR)
    assert Amount.parse("5") == Amount(500, EUR)
    assert total_of([]) == Amount(0, EUR)


def test_units_and_amounts_never_change() -> None:
    with pytest.raises(FrozenInstanceError):
        EUR.scale = 3  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        Amount(5).minor = 6  # type: ignore[misc]
    assert len({Amount(5), Amount(5, EUR), Amount(5, HOUR)}) == 2


# Code, scale and kind; the scales that are not 2 are those of ISO 4217, list one.
UNITS = """
  EUR         2  money
  EUR-INKIND  2  kind
  HOUR        2  time
  NOTORIETY   0  points
  USD         2  money
  BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF   0  money
  BHD IQD JOD KWD LYD OMR TND   3  money
  CLF UYW     4  money
"""


@pytest.mark.parametrize("line", UNITS.strip().splitlines())
def test_a_unit_knows_its_scale_and_its_kind(line: str) -> None:
    *codes, scale, kind = line.split()
    for code in codes:
        assert unit_of(code) == Unit(code, int(scale), kind)
        assert str(unit_of(code)) == code


def test_the_units_of_the_house_are_those_of_their_codes() -> None:
    assert [unit_of(unit.code) for unit in (EUR, EUR_INKIND, HOUR, NOTORIETY)] == [EUR, EUR_INKIND, HOUR, NOTORIETY]
    assert NO_CURRENCY == "XXX"


def test_a_unit_has_a_code_that_the_house_or_iso_knows() -> None:
    for code in ("eur", "EURO", "", "E1R", "ÉUR", "EUR\n"):
        with pytest.raises(AmountInvalid) as refused:
            unit_of(code)
        assert str(refused.value) == f"“{code}” is not an amount: no unit has this code."


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


def test_no_later_instalment_gives_a_lost_cent_back() -> None:
    """The same three parts as losses: the mirror, cent for cent."""
    weights = {"company": 2, "fund": 1}
    first = share_out(-3_334, weights)
    second = share_out(-6_667, weights, held=first)
    third = share_out(-10_000, weights, held=second)
    assert [first, second, third] == [
        {"company": -2_223, "fund": -1_111},
        {"company": -4_445, "fund": -2_222},
        {"company": -6_667, "fund": -3_333},
    ]


def test_what_is_held_is_kept_and_the_rest_is_given_to_the_others() -> None:
    assert share_out(10, {"a": 1, "b": 1, "c": 1}, held={"c": 4}) == {"a": 3, "b": 3, "c": 4}
    assert share_out(-10, {"a": 1, "b": 1, "c": 1}, held={"c": -4}) == {"a": -3, "b": -3, "c": -4}


@pytest.mark.parametrize(
    ("total", "weights", "held", "why"),
    [
        (10, {}, None, "there is nobody to share with"),
        (10, {"a": 0}, None, "all weights are zero"),
        (0, {"a": 0}, {"a": 1}, "all weights are zero"),
        (10, {"a": 1, "b": -1}, None, "a weight is negative"),
        (-10, {"a": -1}, None, "a weight is negative"),
        (10, {"a": 1, "b": 1}, {"a": 9}, "more is held than the total gives under this key"),
        (-10, {"a": 1, "b": 1}, {"a": -9}, "more is held than the total gives under this key"),
    ],
)
def test_an_impossible_split_is_refused(
    total: int, weights: dict[str, int], held: dict[str, int] | None, why: str
) -> None:
    with pytest.raises(SplitImpossible) as refused:
        share_out(total, weights, held=held)
    assert str(refused.value) == f"The amount cannot be shared out: {why}."


def test_nothing_is_shared_among_the_weightless() -> None:
    assert share_out(0, {"a": 0, "b": 0}) == {"a": 0, "b": 0}
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
