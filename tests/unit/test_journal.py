"""Entries as values: codes, lines, sums per unit, reversals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from ledger.errors import UnitsDiffer
from ledger.journal import (
    AccountKey,
    Document,
    Entry,
    Exchange,
    Line,
    credit,
    debit,
    is_balanced,
    reversal_of,
    sums_per_unit,
    turned,
)
from ledger.money import EUR, HOUR, Amount

BANK, MEMBER, WORK = AccountKey("512"), AccountKey("411", "M03"), AccountKey("864", unit=HOUR)

ENTRY = Entry(
    journal="BQ",
    on=date(2026, 1, 10),
    kind="contribution-received",
    reference="A1",
    label="Contribution",
    lines=(debit(BANK, Amount(100), convention="C34"), credit(MEMBER, Amount(100))),
    document=Document("P1"),
    validated_on=date(2026, 2, 10),
    exchange=Exchange("USD", "EUR", Fraction(9, 10)),
)


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (AccountKey("512"), "512"),
        (AccountKey("411", "M03"), "411:M03"),
        (AccountKey("4682", "C34", "34"), "4682:C34:34"),
        (AccountKey("194", convention="K7"), "194:::K7"),
        (AccountKey("194", project="34"), "194::34"),
        (AccountKey("194", "M03", "", "K7"), "194:M03::K7"),
    ],
)
def test_a_code_is_read_back_to_one_account(key: AccountKey, code: str) -> None:
    assert key.code == code
    assert AccountKey(*code.split(":")) == key


def test_debit_is_positive_and_credit_negative() -> None:
    assert (ENTRY.lines[0].minor, ENTRY.lines[1].minor) == (100, -100)
    assert ENTRY.lines[0].convention == "C34"
    assert credit(MEMBER, Amount(-5)) == Line(MEMBER, 5)
    assert ENTRY.lines[1].amount == Amount(-100)


def test_a_line_has_the_unit_of_its_account() -> None:
    with pytest.raises(UnitsDiffer):
        debit(WORK, Amount(100))
    with pytest.raises(UnitsDiffer):
        credit(BANK, Amount(100, HOUR))


def test_an_entry_balances_unit_by_unit() -> None:
    assert is_balanced(ENTRY.lines)
    hours_for_euros = (debit(WORK, Amount(100, HOUR)), credit(MEMBER, Amount(100)))
    assert sums_per_unit(hours_for_euros) == {HOUR: 100, EUR: -100}
    assert not is_balanced(hours_for_euros)


def test_a_reversal_turns_every_line_and_nothing_else() -> None:
    undone = reversal_of(ENTRY, on=date(2026, 3, 1), reference="X1", label="Undone")
    assert undone == replace(
        ENTRY,
        on=date(2026, 3, 1),
        reference="X1",
        label="Undone",
        kind="reversal",
        reverses="A1",
        validated_on=None,
        lines=(Line(BANK, -100, "C34"), Line(MEMBER, 100)),
    )
    assert sums_per_unit((*ENTRY.lines, *undone.lines)) == {EUR: 0}
    assert turned(turned(ENTRY.lines)) == ENTRY.lines
