"""Whatever somebody puts into an entry, the ladder answers with a refusal in words, or the entry can be hashed."""

from __future__ import annotations

import sys
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import chain
from ledger.errors import CodeInvalid, EntryMalformed, ExchangeInvalid, LedgerError, UnitUnknown
from ledger.journal import AccountKey, Document, Entry, Exchange, Line
from ledger.ladder import check_account, check_code, check_date, check_text, examine
from ledger.money import EUR, Unit
from ledger.usual import is_usual

BANK, MEMBER = AccountKey("512"), AccountKey("411", "M01")
SOUND = Entry(
    journal="OD",
    on=date(2026, 1, 10),
    kind="exchange",
    reference="CHG-1",
    label="Change",
    lines=(
        Line(BANK, 9_000, convention="C34", destination="mission", public_generosity=True),
        Line(MEMBER, -9_000),
        Line(AccountKey("58", unit=Unit("USD", 2)), 10_000),
        Line(AccountKey("512", unit=Unit("USD", 2)), -10_000),
    ),
    document=Document("F 7", date(2026, 2, 28), "ab" * 32),
    validated_on=date(2026, 4, 10),
    exchange=Exchange("USD", "EUR", Fraction(9, 10)),
    reverses="A1",
)


class Word(str):
    """A text of a kind of its own, as web frameworks and enumerations make them."""


JUNK: list[Any] = [
    None, True, False, 0, 1, -1, 2**62, 2**63, 10**5000, -(10**5000), 1.5, float("nan"), float("inf"), Decimal("sNaN"),
    Decimal(1), Fraction(1, 3), 1j, b"", b"512", bytearray(b"5"), "", " ", "\ud800", "A\udfffB", "A\nB", "A\rkind gift",
    "A\x85B", "A\N{LINE SEPARATOR}B", "A\N{PARAGRAPH SEPARATOR}B", "\0", "x" * 100_000, "٣", "convention=C34",
    "public-generosity", Word("512"), (), (1,), [], [1], {}, {"a": 1}, set(), frozenset(), object(), object, date,
    date(2026, 1, 1), datetime(2026, 1, 1), SOUND, SOUND.lines[0], BANK, EUR, Unit("EUR", 10**9), Unit("EUR", -1),
    Unit("E\nR", 2), Unit(None, None), Unit([], 2), AccountKey(None), AccountKey([]), AccountKey("5", 0),
    Line(None, 1), Line(BANK, None), Document(None), Document(0), Document("", "2026"), Document("F", None, b"ab"),
    Exchange("EUR", "USD", float("nan")), Exchange([], {}, None), Exchange("USD", "EUR", Fraction(10**300, 7)),
    [[[[]]]], lambda: None, NotImplemented, ..., range(2), iter([]), memoryview(b"a"), ValueError("x"),
]  # fmt: skip
junk = st.one_of(st.sampled_from(JUNK), st.text(max_size=8), st.integers(), st.floats(), st.binary(max_size=4))

PLACES = [
    *(("entry", f.name) for f in fields(Entry)),
    *(("line", f.name) for f in fields(Line)),
    *(("account", f.name) for f in fields(AccountKey) if f.init),
    *(("unit", f.name) for f in fields(Unit)),
    *(("document", f.name) for f in fields(Document)),
    *(("exchange", f.name) for f in fields(Exchange)),
]


def put(entry: Entry, place: tuple[str, str], value: Any) -> Entry:
    """The entry with this value in one place, on its first line where the place is of a line."""
    part, name = place
    if part == "entry":
        return replace(entry, **{name: value})
    if part == "document":
        return replace(entry, document=replace(entry.document, **{name: value}))
    if part == "exchange":
        assert entry.exchange is not None
        return replace(entry, exchange=replace(entry.exchange, **{name: value}))
    line = entry.lines[0]
    if part == "unit":
        value, name = replace(line.account.unit, **{name: value}), "unit"
    if part in ("unit", "account"):
        value, name = replace(line.account, **{name: value}), "account"
    return replace(entry, lines=(replace(line, **{name: value}), *entry.lines[1:]))


def answered(entry: Any) -> bool:
    """Whether the entry is refused, in two sentences of one line that can be written; else it can be hashed."""
    usual = is_usual(entry)
    try:
        examine(entry)
    except LedgerError as refusal:
        assert not usual, "the short answer passes what the rungs refuse"
        for language in ("en", "fr"):
            sentence = refusal.sentence(language)
            sentence.encode()
            assert len(sentence.splitlines()) == 1
            assert len(sentence) < 1000
        return True
    entry = replace(entry, validated_on=entry.validated_on or date(2026, 1, 1))
    text = chain.canonical_text(entry, book="alpha", fiscal_year="2026", number=1, label_digest=bytes(32))
    assert text.decode().split("\n") == [*text.decode().splitlines(), ""]
    chain.label_hash(entry.label, bytes(16))
    return False


@pytest.mark.parametrize("place", PLACES, ids=".".join)
def test_junk_in_one_place_is_refused_in_words(place: tuple[str, str]) -> None:
    for value in JUNK:
        answered(put(SOUND, place, value))


@pytest.mark.parametrize("place", PLACES, ids=".".join)
def test_no_value_of_another_type_passes(place: tuple[str, str]) -> None:
    """What is falsy is not nothing said: `0` for a convention would be stored as the text `0` and hashed as none."""
    part, name = place
    owner = {"entry": SOUND, "line": SOUND.lines[0], "account": BANK, "unit": EUR, "document": SOUND.document,
             "exchange": SOUND.exchange}[part]  # fmt: skip
    allowed = {"rate": (Fraction, int)}.get(name, (type(getattr(owner, name)),))
    nothing_said = {("entry", "validated_on"), ("entry", "exchange"), ("document", "on")}
    for value in JUNK:
        wrong = not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed)
        if wrong and not (value is None and place in nothing_said):
            assert answered(put(SOUND, place, value)), (place, value)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(PLACES), junk), min_size=2, max_size=4))
def test_junk_in_several_places_is_refused_in_words(spoilt: list[tuple[tuple[str, str], Any]]) -> None:
    """In the order of the places from the inside out, so that each finds the place it goes to."""
    entry = SOUND
    for place, value in sorted(spoilt, key=lambda pair: PLACES.index(pair[0]), reverse=True):
        entry = put(entry, place, value)
    answered(entry)


@pytest.mark.parametrize("value", JUNK, ids=lambda value: type(value).__name__)
def test_anything_is_an_answer_to_what_is_not_an_entry(value: Any) -> None:
    assert answered(value) is (value is not SOUND)
    for check in (check_code, check_text, check_date):
        try:
            check("The word", value)
        except LedgerError as refusal:
            refusal.sentence("fr").encode()
    try:
        check_account(value)
    except LedgerError as refusal:
        refusal.sentence("fr").encode()


def test_the_refusal_names_the_part() -> None:
    with pytest.raises(EntryMalformed, match=r"Line 1 of entry CHG-1 is of type str"):
        examine(replace(SOUND, lines=("512 EUR 5", *SOUND.lines)))  # type: ignore[arg-type]
    with pytest.raises(EntryMalformed, match="is of type NoneType"):
        examine(None)  # type: ignore[arg-type]
    with pytest.raises(CodeInvalid, match="The convention"):
        examine(put(SOUND, ("line", "convention"), 0))
    with pytest.raises(UnitUnknown):
        examine(put(SOUND, ("unit", "scale"), 10))
    with pytest.raises(ExchangeInvalid):
        examine(put(SOUND, ("exchange", "rate"), 0.9))


def test_a_number_too_long_to_write_is_refused_all_the_same() -> None:
    assert sys.get_int_max_str_digits() < 5000
    with pytest.raises(CodeInvalid):
        check_code("The code", 10**5000)  # type: ignore[arg-type]
