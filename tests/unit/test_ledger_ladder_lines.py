"""The first rungs of the ladder, one by one: an entry that is wrong by itself, whatever the books say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

from ledger.errors import (
    AmountOutOfRange,
    AmountZero,
    CodeInvalid,
    DateInvalid,
    DocumentHashInvalid,
    EntryNotBalanced,
    ExchangeInvalid,
    LedgerError,
    TextInvalid,
    TooFewLines,
)
from ledger.journal import AccountKey, Document, Entry, Exchange, Line
from ledger.ladder import examine
from ledger.money import HOUR, MINOR_LIMIT, Unit

USD = Unit("USD", 2)
BANK, MEMBER = AccountKey("512"), AccountKey("411", party="M01")
DOLLARS, OWED = AccountKey("512", unit=USD), AccountKey("467", unit=USD)
SHA256 = "0123456789abcdef" * 4

SOUND = Entry(
    journal="BQ",
    on=date(2026, 1, 10),
    kind="contribution-received",
    reference="A9",
    label="Contribution of Mme Untel",
    lines=(Line(BANK, 100), Line(MEMBER, -100)),
    validated_on=date(2026, 2, 10),
)


def two(minor: Any, left: AccountKey = BANK, right: AccountKey = MEMBER, **said: Any) -> tuple[Line, ...]:
    """Debit left, credit right, with what else the first line says."""
    return (Line(left, minor, **said), Line(right, -minor))


EXCHANGED = (*two(90), *two(-100, DOLLARS, OWED))
NOT_A_TEXT = "is not one line of visible characters, or is too long or empty"
NO_EXCHANGE = "The exchange of entry A9 needs two different units that its lines move, and a positive rate."
NO_SHA256 = "The document of entry A9 has no SHA-256 of 64 lower-case hexadecimal digits."


def no_code(what: str, limit: int = 64) -> str:
    return f"{what} is not a code: write 1 to {limit} characters without space, colon or invisible character."


def too_large(what: str) -> str:
    return f"{what} of entry A9 is not a whole number of minor units within ±2^62."


# From the lowest rung to the highest: what is spoilt, how it is refused, and in which words.
RUNGS: list[tuple[dict[str, Any], type[LedgerError], str]] = [
    ({"lines": ()}, TooFewLines, "Entry A9 has 0 line(s); it needs two at least."),
    ({"lines": (Line(BANK, 1),)}, TooFewLines, "Entry A9 has 1 line(s); it needs two at least."),
    ({"lines": (Line(BANK, 0), Line(MEMBER, 0))}, AmountZero, "Line 1 of entry A9 is zero; leave it out."),
    ({"lines": (*two(5), Line(BANK, 0))}, AmountZero, "Line 3 of entry A9 is zero; leave it out."),
    ({"lines": (Line(BANK, "5"), Line(BANK, 0))}, AmountZero, "Line 2 of entry A9 is zero; leave it out."),
    ({"lines": two(MINOR_LIMIT + 1)}, AmountOutOfRange, too_large("Line 1")),
    ({"lines": (Line(BANK, 1), Line(MEMBER, -MINOR_LIMIT - 1))}, AmountOutOfRange, too_large("Line 2")),
    ({"lines": (Line(BANK, 1), Line(MEMBER, "1"))}, AmountOutOfRange, too_large("Line 2")),
    ({"lines": (Line(BANK, True), Line(MEMBER, -1))}, AmountOutOfRange, too_large("Line 1")),
    ({"lines": (Line(BANK, Fraction(1)), Line(MEMBER, -1))}, AmountOutOfRange, too_large("Line 1")),
    ({"lines": (*two(MINOR_LIMIT), *two(1))}, AmountOutOfRange, too_large("The debit in EUR")),
    ({"lines": (*two(1), *two(MINOR_LIMIT, DOLLARS, OWED), *two(1, DOLLARS, OWED))}, AmountOutOfRange,
     too_large("The debit in USD")),
    ({"lines": (Line(BANK, 100), Line(MEMBER, -99))}, EntryNotBalanced,
     "Entry A9 does not balance in EUR: debit minus credit is 0.01 EUR."),
    ({"lines": (*two(1), Line(DOLLARS, 100), Line(OWED, -350))}, EntryNotBalanced,
     "Entry A9 does not balance in USD: debit minus credit is -2.50 USD."),
    ({"reference": "A 9"}, CodeInvalid, no_code("The reference “A 9”", 200)),
    ({"reference": "x" * 201}, CodeInvalid, no_code(f"The reference “{'x' * 40}”", 200)),
    ({"journal": "B\nQ"}, CodeInvalid, no_code("The journal “B\\nQ”", 20)),
    ({"journal": "B:Q"}, CodeInvalid, no_code("The journal “B:Q”", 20)),
    ({"journal": "B" * 21}, CodeInvalid, no_code(f"The journal “{'B' * 21}”", 20)),
    ({"kind": ""}, CodeInvalid, no_code("The kind “”")),
    ({"kind": "a:b"}, CodeInvalid, no_code("The kind “a:b”")),
    ({"lines": two(5, AccountKey(""))}, CodeInvalid, no_code("The account “”")),
    ({"lines": two(5, BANK, AccountKey("4 1"))}, CodeInvalid, no_code("The account “4 1”")),
    ({"lines": two(5, *2 * [AccountKey("512", unit=Unit("E R", 2))])}, CodeInvalid,
     no_code("The unit “E R”", 20)),
    ({"lines": two(5, *2 * [AccountKey("512", unit=Unit("E" * 21, 2))])}, CodeInvalid,
     no_code(f"The unit “{'E' * 21}”", 20)),
    ({"lines": two(5, AccountKey("411", party="M:1"))}, CodeInvalid, no_code("The party “M:1”")),
    ({"lines": two(5, AccountKey("411", project="\t"))}, CodeInvalid, no_code("The project “\\t”")),
    ({"lines": two(5, AccountKey("194", convention="K 7"))}, CodeInvalid,
     no_code("The convention “K 7”")),
    ({"lines": two(5, convention="C 34")}, CodeInvalid, no_code("The convention “C 34”")),
    ({"lines": two(5, destination="x" * 65)}, CodeInvalid, no_code(f"The destination “{'x' * 40}”")),
    ({"reverses": "A 1"}, CodeInvalid, no_code("The reversed reference “A 1”", 200)),
    ({"on": datetime(2026, 1, 10, 12, 0)}, DateInvalid,
     "The date of the fact is not a calendar date: 2026-01-10 12:00:00."),
    ({"on": "2026-01-10"}, DateInvalid, "The date of the fact is not a calendar date: 2026-01-10."),
    ({"validated_on": "2026-02-10"}, DateInvalid, "The validation date is not a calendar date: 2026-02-10."),
    ({"document": Document("Facture\n7")}, TextInvalid, f"The document's reference {NOT_A_TEXT}: “Facture\\n7”."),
    ({"document": Document("F" * 201)}, TextInvalid, f"The document's reference {NOT_A_TEXT}: “{'F' * 40}”."),
    ({"document": Document("F7", 20260110)}, DateInvalid,  # type: ignore[arg-type]
     "The document's date is not a calendar date: 20260110."),
    ({"document": Document("F7", None, SHA256.upper())}, DocumentHashInvalid, NO_SHA256),
    ({"document": Document("F7", None, SHA256[1:])}, DocumentHashInvalid, NO_SHA256),
    ({"document": Document("F7", None, SHA256 + "0")}, DocumentHashInvalid, NO_SHA256),
    ({"lines": EXCHANGED, "exchange": Exchange("EUR", "EUR", Fraction(1))}, ExchangeInvalid, NO_EXCHANGE),
    ({"lines": EXCHANGED, "exchange": Exchange("USD", "GBP", Fraction(1))}, ExchangeInvalid, NO_EXCHANGE),
    ({"lines": EXCHANGED, "exchange": Exchange("GBP", "EUR", Fraction(1))}, ExchangeInvalid, NO_EXCHANGE),
    ({"lines": EXCHANGED, "exchange": Exchange("USD", "EUR", Fraction(0))}, ExchangeInvalid, NO_EXCHANGE),
    ({"lines": EXCHANGED, "exchange": Exchange("USD", "EUR", Fraction(-9, 10))}, ExchangeInvalid, NO_EXCHANGE),
    ({"label": " "}, TextInvalid, f"The label {NOT_A_TEXT}: “ ”."),
    ({"label": "Mme Untel\tBanque"}, TextInvalid, f"The label {NOT_A_TEXT}: “Mme Untel\\tBanque”."),
    ({"label": "x" * 501}, TextInvalid, f"The label {NOT_A_TEXT}: “{'x' * 40}”."),
]  # fmt: skip


@pytest.mark.parametrize(("spoilt", "refusal", "sentence"), RUNGS, ids=[refusal.code for _, refusal, _ in RUNGS])
def test_each_rung_refuses_by_name_and_in_words(
    spoilt: dict[str, Any], refusal: type[LedgerError], sentence: str
) -> None:
    with pytest.raises(refusal) as refused:
        examine(replace(SOUND, **spoilt))
    assert refused.type is refusal
    assert str(refused.value) == sentence


@pytest.mark.parametrize("rung", range(len(RUNGS) - 1))
def test_the_lower_rung_comes_first(rung: int) -> None:
    """An entry spoilt in two ways is refused for the lower rung, when both can stand in one entry."""
    spoilt, _, _ = RUNGS[rung]
    with pytest.raises(LedgerError) as alone:
        examine(replace(SOUND, **spoilt))
    for other, _, _ in RUNGS[rung + 1 :]:
        if not spoilt.keys() & other.keys():
            with pytest.raises(type(alone.value)) as both:
                examine(replace(SOUND, **spoilt, **other))
            assert {**both.value.facts, "reference": ""} == {**alone.value.facts, "reference": ""}


# What an entry may say at most, or without more ado.
PASSES: dict[str, dict[str, Any]] = {
    "as it is": {},
    "the largest amount": {"lines": two(MINOR_LIMIT)},
    "the largest amount, the other way round": {"lines": two(-MINOR_LIMIT)},
    "the largest debit, in parts": {"lines": (*two(MINOR_LIMIT - 1), *two(1))},
    "the largest debit in two units": {"lines": (*two(MINOR_LIMIT), *two(MINOR_LIMIT, DOLLARS, OWED))},
    "hours": {"lines": two(5, AccountKey("864", unit=HOUR), AccountKey("875", unit=HOUR))},
    "one cent": {"lines": two(1)},
    "a long reference": {"reference": "é" * 200},
    "a reference of the bank": {"reference": "bank:2026-01:17", "reverses": "bank:2026-01:16"},
    "a long reversed reference": {"reverses": "é" * 200},
    "a long journal": {"journal": "é" * 20},
    "a long kind": {"kind": "é" * 64},
    "one letter": {"kind": "é", "label": "é"},
    "every part of an account": {"lines": two(5, AccountKey("411", "é" * 64, "34", "K7"))},
    "a long unit": {"lines": two(5, *2 * [AccountKey("512", unit=Unit("É" * 20, 2))])},
    "dimensions": {"lines": two(5, convention="C34", destination="é" * 64, public_generosity=True)},
    "not validated yet": {"validated_on": None},
    "a document": {"document": Document("é" * 200, date(2026, 1, 9), SHA256)},
    "a document's hash alone": {"document": Document("", None, SHA256)},
    "a small rate": {"lines": EXCHANGED, "exchange": Exchange("USD", "EUR", Fraction(1, 1000))},
    "a long label": {"label": "é" * 500},
}


@pytest.mark.parametrize("said", PASSES.values(), ids=PASSES)
def test_what_is_sound_passes(said: dict[str, Any]) -> None:
    examine(replace(SOUND, **said))  # raises nothing
