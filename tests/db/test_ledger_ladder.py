"""The ladder of refusals: each by name and in its order, and nothing half written behind any of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest

from ledger.balances import balances, chain_head
from ledger.errors import (
    AccountClosed,
    AlreadyReversed,
    AmountOutOfRange,
    AmountZero,
    BookUnknown,
    CodeInvalid,
    DateInvalid,
    DocumentHashInvalid,
    EntriesRefused,
    EntryMalformed,
    EntryNotBalanced,
    EntryUnknown,
    ExchangeInvalid,
    JournalUnknown,
    LedgerError,
    LimitPassed,
    NoPeriodForDate,
    PeriodClosed,
    PeriodLocked,
    ReferenceConflict,
    ReversalNotExact,
    ReversalOfReversal,
    ReversalUnknown,
    TextInvalid,
    TooFewLines,
    UnitUnknown,
)
from ledger.journal import AccountKey, Document, Entry, Exchange, Line, turned
from ledger.money import MINOR_LIMIT, Amount
from ledger.posting import (
    close_account,
    close_period,
    lock_period,
    post,
    post_many,
    reverse_entry,
    set_limits,
)
from tests.ledger_words import BANK, MEMBER, an_entry, an_open_book, lines, other_unit, posted

pytestmark = pytest.mark.django_db

CLOSED = AccountKey("471")
CAPPED = AccountKey("530")


@pytest.fixture(autouse=True)
def _book() -> None:
    """February is locked, March closed, 471 closed, 530 never below zero; A1 stands, A2 is reversed by X2."""
    an_open_book()
    posted("alpha", "A1")
    posted("alpha", "A2", 700)
    reverse_entry("alpha", reference_of="A2", on=date(2026, 1, 12), reference="X2", label="Undone")
    posted("alpha", "C1", 10, lines=lines(10, CLOSED, BANK))
    posted("alpha", "C2", 10, lines=lines(10, BANK, CLOSED))
    posted("alpha", "C3", 10, lines=lines(10, CAPPED, BANK))
    close_account("alpha", CLOSED)
    set_limits("alpha", CAPPED, floor=Amount(0), ceiling=Amount(5_000))
    lock_period("alpha", on=date(2026, 2, 1), by="treasurer", why="reported")
    close_period("alpha", on=date(2026, 3, 1), by="treasurer", why="approved")


WRONG_UNIT = AccountKey("512", unit=other_unit())

# Each rung spoils an entry in one more way; the refusal of a lower rung always comes first.
LADDER: list[tuple[type[LedgerError], dict[str, object]]] = [
    (EntryMalformed, {"lines": [Line(BANK, 1), Line(MEMBER, -1)]}),
    (TooFewLines, {"lines": (Line(BANK, 1),)}),
    (AmountZero, {"lines": (Line(BANK, 0), Line(MEMBER, 0))}),
    (AmountOutOfRange, {"lines": lines(MINOR_LIMIT + 1)}),
    (EntryNotBalanced, {"lines": (Line(BANK, 100), Line(MEMBER, -99))}),
    (CodeInvalid, {"reference": "A 9"}),
    (CodeInvalid, {"journal": "B\nQ"}),
    (CodeInvalid, {"lines": lines(5, AccountKey("512", party="M01:34"))}),
    (CodeInvalid, {"lines": lines(5, AccountKey("512", project="\N{ZERO WIDTH SPACE}"))}),
    (DateInvalid, {"on": datetime(2026, 1, 10, 12, 0)}),
    (DateInvalid, {"validated_on": "2026-02-10"}),
    (TextInvalid, {"document": Document("Facture\n7")}),
    (DocumentHashInvalid, {"document": Document("F7", None, "AB" * 32)}),
    (ExchangeInvalid, {"exchange": Exchange("USD", "EUR", Fraction(9, 10))}),
    (TextInvalid, {"label": "Mme Untel\tBanque"}),
    (TextInvalid, {"label": " "}),
    (ReferenceConflict, {"reference": "A1", "lines": lines(7)}),
    (JournalUnknown, {"journal": "ZZ"}),
    (UnitUnknown, {"lines": lines(5, WRONG_UNIT, WRONG_UNIT)}),
    (AccountClosed, {"lines": lines(5, CLOSED, BANK)}),
    (NoPeriodForDate, {"on": date(2025, 12, 31)}),
    (PeriodLocked, {"on": date(2026, 2, 28)}),
    (PeriodClosed, {"on": date(2026, 3, 31)}),
    (ReversalUnknown, {"reverses": "A404"}),
    (ReversalOfReversal, {"reverses": "X2"}),
    (AlreadyReversed, {"reverses": "A2"}),
    (ReversalNotExact, {"reverses": "A1"}),
    (AmountOutOfRange, {"lines": lines(MINOR_LIMIT)}),
    (LimitPassed, {"lines": lines(10_000, BANK, CAPPED)}),
    (LimitPassed, {"lines": lines(10_000, CAPPED, BANK)}),
]


@pytest.mark.parametrize(("refusal", "spoilt"), LADDER, ids=lambda value: getattr(value, "code", None))
def test_each_refusal_has_its_name_and_leaves_nothing(refusal: type[LedgerError], spoilt: dict[str, object]) -> None:
    before = chain_head("alpha"), balances("alpha")
    with pytest.raises(refusal) as refused:
        post("alpha", replace(an_entry("A9"), **spoilt))
    assert refused.type is refusal
    assert refused.value.sentence("fr") != str(refused.value) != ""
    assert (chain_head("alpha"), balances("alpha")) == before


def _merged(lower: dict[str, object], upper: dict[str, object]) -> dict[str, object]:
    return {**upper, **lower}


@pytest.mark.parametrize("rung", range(len(LADDER) - 1))
def test_the_cheaper_refusal_comes_first(rung: int) -> None:
    """An entry spoilt in two ways is refused for the lower rung, when both can stand in one entry."""
    refusal, spoilt = LADDER[rung]
    for _, other in LADDER[rung + 1 :]:
        if spoilt.keys() & other.keys():
            continue
        with pytest.raises(refusal) as refused:
            post("alpha", replace(an_entry("A9"), **_merged(spoilt, other)))
        assert refused.type is refusal


def test_an_unknown_book_is_refused() -> None:
    with pytest.raises(BookUnknown, match="nowhere"):
        post("nowhere", an_entry("A9"))


def test_an_unknown_entry_is_not_reversed() -> None:
    with pytest.raises(EntryUnknown, match="A404"):
        reverse_entry("alpha", reference_of="A404", on=date(2026, 1, 12), reference="X9", label="Undone")


@pytest.mark.parametrize("minor", [True, "100", 100.0, None])
def test_an_amount_is_a_whole_number(minor: object) -> None:
    with pytest.raises((AmountOutOfRange, AmountZero)):
        post("alpha", an_entry("A9", lines=(Line(BANK, minor), Line(MEMBER, minor))))  # type: ignore[arg-type]


def test_an_exchange_moves_both_units_at_a_rate() -> None:
    entry = an_entry("A9", exchange=Exchange("EUR", "EUR", Fraction(1)))
    with pytest.raises(ExchangeInvalid):
        post("alpha", entry)


def test_all_refusals_of_a_batch_are_listed_and_none_is_posted() -> None:
    before = chain_head("alpha")
    batch = [an_entry("B1"), an_entry("B2", 0), an_entry("B3"), an_entry("B4", on=date(2026, 2, 1)), an_entry("A1", 5)]
    with pytest.raises(EntriesRefused) as refused:
        post_many("alpha", batch)
    assert [type(fault) for fault in refused.value.faults] == [AmountZero, PeriodLocked, ReferenceConflict]
    assert [fault.reference for fault in refused.value.faults] == ["B2", "B4", "A1"]
    assert str(refused.value).startswith("3 of 5 entries are refused")
    assert refused.value.sentence("fr").startswith("3 écritures sur 5")
    assert chain_head("alpha") == before


Reversal = Callable[[], Entry]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda entry: replace(entry, lines=tuple(reversed(entry.lines))),
        lambda entry: replace(entry, lines=lines(-9_999)),
        lambda entry: replace(entry, lines=(*entry.lines, Line(BANK, 1), Line(MEMBER, -1))),
        lambda entry: replace(entry, lines=(replace(entry.lines[0], convention="C34"), entry.lines[1])),
    ],
    ids=["order", "amount", "more lines", "dimension"],
)
def test_a_reversal_is_exact(spoil: Callable[[Entry], Entry]) -> None:
    exact = an_entry("X1", reverses="A1", lines=turned(lines(10_000)), kind="reversal")
    with pytest.raises(ReversalNotExact):
        post("alpha", spoil(exact))
    assert post("alpha", exact).replayed is False


def test_a_batch_may_reverse_its_own_entry_once() -> None:
    undone = an_entry("B2", reverses="B1", lines=turned(lines(10_000)), kind="reversal")
    with pytest.raises(EntriesRefused) as refused:
        post_many("alpha", [an_entry("B1"), undone, replace(undone, reference="B3")])
    assert [type(fault) for fault in refused.value.faults] == [AlreadyReversed]
    assert [posted.replayed for posted in post_many("alpha", [an_entry("B1"), undone])] == [False, False]


def test_the_limits_are_those_of_the_whole_commit() -> None:
    """Two entries of one batch that pass a limit only between them are fine together."""
    post_many(
        "alpha", [an_entry("B1", lines=lines(9_000, CAPPED, BANK)), an_entry("B2", lines=lines(9_000, BANK, CAPPED))]
    )
    with pytest.raises(LimitPassed, match="530"):
        post("alpha", an_entry("B3", lines=lines(9_000, CAPPED, BANK)))
