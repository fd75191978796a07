"""Entries as values: codes, lines, sums per unit, reversals."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
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
from ledger.money import EUR, HOUR, Amount, Unit

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
    with pytest.raises(UnitsDiffer) as refused:
        debit(WORK, Amount(100))
    assert (refused.value.left, refused.value.right) == ("EUR", "HOUR")
    with pytest.raises(UnitsDiffer) as refused:
        credit(BANK, Amount(100, HOUR))
    assert (refused.value.left, refused.value.right) == ("HOUR", "EUR")
    assert debit(WORK, Amount(100, HOUR)).amount == Amount(100, HOUR)


def test_a_line_says_what_it_was_told_and_no_more() -> None:
    line = debit(BANK, Amount(5), destination="mission", public_generosity=True)
    assert line == Line(BANK, 5, "", "mission", True)
    bare = credit(BANK, Amount(5))
    assert (bare.minor, bare.convention, bare.destination, bare.public_generosity) == (-5, "", "", False)


def test_what_is_not_said_is_empty() -> None:
    assert (BANK.party, BANK.project, BANK.convention, BANK.unit) == ("", "", "", Unit("EUR", 2))
    assert Document("P1") == Document("P1", None, "")
    bare = Entry(journal="BQ", on=date(2026, 1, 10), kind="gift", reference="A2", label="Gift", lines=())
    assert (bare.document, bare.validated_on, bare.exchange, bare.reverses) == (Document(""), None, None, "")


def test_values_never_change_and_are_known_by_their_contents() -> None:
    for value, name in ((BANK, "chart"), (ENTRY, "label"), (ENTRY.lines[0], "minor"), (Document("P1"), "reference")):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, "9")
    assert {BANK, AccountKey("512"), AccountKey("512", unit=HOUR)} == {BANK, AccountKey("512", unit=HOUR)}
    assert sorted([AccountKey("512"), AccountKey("411", "M2"), AccountKey("411", "M1")]) == [
        AccountKey("411", "M1"),
        AccountKey("411", "M2"),
        AccountKey("512"),
    ]


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
