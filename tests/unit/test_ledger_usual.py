"""What is usual: told quickly, and never of an entry that the rungs refuse."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from ledger.journal import AccountKey, Document, Entry, Exchange, Line
from ledger.ladder import examine
from ledger.money import EUR, HOUR, MINOR_LIMIT, Unit
from ledger.usual import is_usual

BANK, MEMBER = AccountKey("512"), AccountKey("411", party="M01")
USUAL = Entry(
    journal="BQ",
    on=date(2026, 1, 10),
    kind="contribution-received",
    reference="bank:REL-2026/0009",
    label="Contribution 2026 de Mme Untel, théâtre n° 7",
    lines=(Line(BANK, 50_400), Line(MEMBER, -50_400)),
)


def of(minor: int, left: AccountKey = BANK, right: AccountKey = MEMBER) -> tuple[Line, ...]:
    return (Line(left, minor), Line(right, -minor))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"validated_on": date(2026, 2, 10)},
        {"document": Document("Facture n° 7", date(2026, 1, 9), "ab" * 32)},
        {"document": Document("")},
        {"lines": of(MINOR_LIMIT)},
        {"lines": (Line(BANK, 100, "C34", "mission", True), Line(MEMBER, -60), Line(MEMBER, -40))},
        {"lines": of(5, AccountKey("864", unit=HOUR), AccountKey("875", unit=HOUR))},
        {"journal": "x" * 20, "kind": "x" * 64, "reference": "x" * 200, "label": "x" * 500},
        {"reference": "1:2"},
        {"document": Document("x" * 200)},
    ],
)
def test_most_entries_are_usual(changes: dict[str, Any]) -> None:
    entry = replace(USUAL, **changes)
    assert is_usual(entry)
    examine(entry)


@pytest.mark.parametrize(
    "changes",
    [
        # refused by the rungs
        {"lines": ()},
        {"lines": (Line(BANK, 1),)},
        {"lines": list(USUAL.lines)},
        {"lines": of(0)},
        {"lines": of(MINOR_LIMIT + 1)},
        {"lines": (*of(MINOR_LIMIT), *of(1))},
        {"lines": (Line(BANK, 1), Line(MEMBER, -2))},
        {"lines": (Line(BANK, True), Line(MEMBER, -1))},
        {"lines": of(5, AccountKey("5 12"))},
        {"lines": of(5, AccountKey(512))},
        {"lines": (Line(BANK, 5, "C 34"), Line(MEMBER, -5))},
        {"lines": (Line(BANK, 5, "C:34"), Line(MEMBER, -5))},
        {"lines": (Line(BANK, 5, "", "a\nb"), Line(MEMBER, -5))},
        {"lines": (Line(BANK, 5, "", "x" * 65), Line(MEMBER, -5))},
        {"lines": (Line(BANK, 5, 0), Line(MEMBER, -5))},
        {"lines": (Line(BANK, 5, "", None), Line(MEMBER, -5))},
        {"lines": (Line(BANK, 5, "", "", 1), Line(MEMBER, -5))},
        {"journal": ""},
        {"journal": "x" * 21},
        {"kind": "x" * 65},
        {"kind": "a:b"},
        {"reference": "A 1"},
        {"reference": ""},
        {"reference": "x" * 201},
        {"on": datetime(2026, 1, 10)},
        {"validated_on": "2026-02-10"},
        {"document": Document("a\tb")},
        {"document": Document(" ")},
        {"document": Document("x" * 201)},
        {"document": Document("F", "2026-01-09")},
        {"document": Document("F", None, "AB" * 32)},
        {"document": None},
        {"label": ""},
        {"label": " "},
        {"label": "x" * 501},
        {"label": "a\nb"},
        {"label": None},
        # left to the rungs, which let some of them pass
        {"exchange": Exchange("USD", "EUR", Fraction(9, 10))},
        {"reverses": "A1"},
        {"reverses": None},
        {"lines": of(5, AccountKey("512", unit=Unit("EUR", 3)), AccountKey("411", unit=Unit("EUR", 3)))},
        {"lines": of(5, BANK, AccountKey("411", unit=HOUR))},
        {"lines": of(5, BANK, AccountKey("411", unit=None))},
        {"label": "1\N{NARROW NO-BREAK SPACE}200,00"},
        {"reference": ":::"},
    ],
)
def test_what_is_not_is_left_to_the_rungs(changes: dict[str, Any]) -> None:
    assert not is_usual(replace(USUAL, **changes))


@pytest.mark.parametrize("entry", [None, 5, "entry", Line(BANK, 1), (USUAL,)])
def test_what_is_no_entry_is_not_usual(entry: Any) -> None:
    assert not is_usual(entry)


def test_one_unit_is_one_object() -> None:
    """Units that only look alike are left to the rungs: it is a quick question that is asked."""
    assert is_usual(replace(USUAL, lines=of(5, AccountKey("512", unit=EUR), AccountKey("411", unit=EUR))))
    assert not is_usual(replace(USUAL, lines=of(5, BANK, AccountKey("411", unit=Unit("EUR", 2)))))
