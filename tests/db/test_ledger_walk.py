"""The walk gives the very text that was hashed, for any books; and reads on over whatever somebody put in a row."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import chain, guards, walk
from ledger.audit import find_faults
from ledger.entries import book_row, every_entry
from ledger.journal import AccountKey, Document, Entry, Exchange, Line
from ledger.money import EUR, HOUR, Unit, unit_of
from ledger.posting import declare_unit, erase_label, post_many, reverse_entry
from ledger.raw_rows import one_moment
from tests.ledger_varied import a_varied_book
from tests.ledger_words import SEED, an_open_book, posted, run_sql

pytestmark = pytest.mark.django_db

USD = unit_of("USD")
CODES = st.sampled_from(["", "M01", "é-7", "34"])
WORDS = st.text("aé« 芸°-:'\"\\%", min_size=1, max_size=12).filter(lambda text: text.strip() != "")
DAYS = st.integers(0, 364).map(lambda day: date(2026, 1, 1) + timedelta(days=day))


@st.composite
def pairs(draw: st.DrawFn, unit: Unit) -> tuple[Line, Line]:
    """Two lines of one unit that sum to zero."""
    minor = draw(st.integers(1, 10**12))
    sides = [
        AccountKey(chart, party=draw(CODES), project=draw(CODES), convention=draw(CODES), unit=unit)
        for chart in ("411", "756")
    ]
    facts = [(draw(CODES), draw(CODES), draw(st.booleans())) for _ in sides]
    return Line(sides[0], minor, *facts[0]), Line(sides[1], -minor, *facts[1])


@st.composite
def an_entry_of(draw: st.DrawFn, reference: str) -> Entry:
    units = draw(st.lists(st.sampled_from([EUR, HOUR, USD]), min_size=1, max_size=3))
    lines = tuple(line for unit in units for line in draw(pairs(unit)))
    paper = st.builds(Document, WORDS, st.none() | DAYS, st.sampled_from(["", "0f" * 32]))
    rate = st.fractions(Fraction(1, 99), 99)
    exchange = draw(st.none() | rate.map(lambda by: Exchange("USD", "EUR", by))) if {EUR, USD} <= set(units) else None
    document = draw(st.just(Document("")) | paper)
    return Entry(
        journal="BQ", on=draw(DAYS), kind="any", reference=reference, label=draw(WORDS), lines=lines,
        document=document, validated_on=draw(DAYS), exchange=exchange,
    )  # fmt: skip


@st.composite
def batches(draw: st.DrawFn) -> list[list[Entry]]:
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    return [[draw(an_entry_of(f"E:{seal}:{place}")) for place in range(size)] for seal, size in enumerate(sizes)]


def slow_texts(book: str) -> list[bytes]:
    """The slow twin: every entry as a value, and the text that posting hashes."""
    return [
        chain.canonical_text(
            each.entry, book=book, fiscal_year=each.fiscal_year, number=each.number, label_digest=each.label_hash
        )
        for each in every_entry(book_row(book))
    ]


def texts(book: str) -> list[bytes | None]:
    return [entry.text for entry in walk.walked(book_row(book))]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(posted_batches=batches(), data=st.data())
def test_the_walk_reads_the_very_text_that_was_hashed(posted_batches: list[list[Entry]], data: st.DataObject) -> None:
    with transaction.atomic():
        an_open_book()
        for code in ("HOUR", "USD"):
            declare_unit(code)
        for batch in posted_batches:
            post_many("alpha", batch, salt_seed=SEED)
        references = [entry.reference for batch in posted_batches for entry in batch]
        for reference in data.draw(st.sets(st.sampled_from(references)), label="reversed"):
            undone = {"on": date(2026, 12, 31), "reference": f"X:{reference}", "label": "Undone"}
            reverse_entry("alpha", reference_of=reference, **undone)
        for reference in data.draw(st.sets(st.sampled_from(references)), label="erased"):
            erase_label("alpha", reference=reference, by="secretary", why="asked")
        assert texts("alpha") == slow_texts("alpha")
        assert find_faults("alpha") == []
        transaction.set_rollback(True)


def test_the_walk_reads_every_sort_of_entry_in_any_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    book = a_varied_book()
    for chunk in (1, 2, 3, 1_000):
        monkeypatch.setattr(walk, "CHUNK", chunk)
        assert texts(book) == slow_texts(book)


def walked_after(statement: str) -> tuple[list[bytes | None], list[walk.Walked]]:
    """Three entries of two lines: their texts, and what the walk reads after a statement that no guard stopped."""
    an_open_book()
    for reference in ("A1", "A2", "A3"):
        posted("alpha", reference)
    honest = texts("alpha")
    guards.lift(connection)
    if connection.vendor == "sqlite":
        run_sql("PRAGMA ignore_check_constraints = ON")
    try:
        run_sql(statement)
        return honest, list(walk.walked(book_row("alpha")))
    finally:
        if connection.vendor == "sqlite":
            run_sql("PRAGMA ignore_check_constraints = OFF")


SECOND = "WHERE id = (SELECT id FROM ledger_entry WHERE reference = 'A2')"
THIRD_LINE = "WHERE id = (SELECT first_posting FROM ledger_entry WHERE reference = 'A2')"
SPOILT = [
    f"UPDATE ledger_entry SET postings = 1000000000 {SECOND}",
    f"UPDATE ledger_entry SET postings = -1 {SECOND}",
    f"UPDATE ledger_entry SET first_posting = 9223372036854775807 {SECOND}",
    f"UPDATE ledger_entry SET first_posting = first_posting - 1 {SECOND}",
    f"UPDATE ledger_entry SET journal_id = 0 {SECOND}",
    f"UPDATE ledger_entry SET fiscal_year_id = 0 {SECOND}",
    f"DELETE FROM ledger_posting {THIRD_LINE}",
    f"UPDATE ledger_posting SET account_id = 0 {THIRD_LINE}",
]


@pytest.mark.parametrize("statement", SPOILT)
def test_the_walk_goes_on_behind_a_row_that_names_nothing(statement: str) -> None:
    honest, (first, second, third) = walked_after(statement)
    assert (first.text, third.text) == (honest[0], honest[2])
    assert second.text is None or chain.leaf_hash(second.text) != second.row[19]


ONLY_SQLITE = [
    f"UPDATE ledger_entry SET \"on\" = 'soon' {SECOND}",
    f'UPDATE ledger_entry SET "on" = 3.5 {SECOND}',
    f"UPDATE ledger_entry SET validated_on = '20260210' {SECOND}",
    f"UPDATE ledger_entry SET salt = 'text' {SECOND}",
    f"UPDATE ledger_entry SET label = x'ff' {SECOND}",
    f"UPDATE ledger_entry SET kind = CAST(x'ff41' AS TEXT) {SECOND}",
    f"UPDATE ledger_entry SET reference = CAST(x'ff41' AS TEXT) {SECOND}",
    f"UPDATE ledger_entry SET number = 'two' {SECOND}",
    f"UPDATE ledger_entry SET seal_id = 'none' {SECOND}",
    f"UPDATE ledger_entry SET postings = 'two' {SECOND}",
    f"UPDATE ledger_entry SET first_posting = 2.5 {SECOND}",
    f"UPDATE ledger_posting SET account_id = 'none' {THIRD_LINE}",
    f"UPDATE ledger_posting SET \"on\" = 'soon' {THIRD_LINE}",
    f"UPDATE ledger_posting SET entry_id = 'none' {THIRD_LINE}",
    f"UPDATE ledger_posting SET destination = CAST(x'ff41' AS TEXT) {THIRD_LINE}",
    "UPDATE ledger_seal SET entries = 'two', first_entry = 'x', previous = 'text', hash = 3",
    "UPDATE ledger_account SET code = CAST(x'ff' AS TEXT), is_closed = 'maybe' WHERE chart = '512'",
    "UPDATE ledger_balance SET debit = 'much'",
    "UPDATE ledger_balance SET debit = 'much', floor = 'low'",
    "UPDATE ledger_period SET first = 'soon', state = 'x' WHERE first = '2026-03-01'",
    "UPDATE ledger_fiscalyear SET first = 'soon'",
    "UPDATE ledger_fiscalyear SET code = CAST(x'ff' AS TEXT)",
    "UPDATE ledger_unit SET scale = 'two'",
    "UPDATE ledger_head SET last_seal = 'x', hash = 'text'",
    "UPDATE ledger_head SET last_entry = 'x'",
    "DELETE FROM ledger_head",
    "UPDATE ledger_journal SET code = x'00' WHERE code = 'BQ'",
]
WITHOUT_CHECKS = [
    f"UPDATE ledger_posting SET minor = 'much' {THIRD_LINE}",
    f"UPDATE ledger_posting SET minor = 0.5 {THIRD_LINE}",
    f"UPDATE ledger_posting SET minor = 9223372036854775807 {THIRD_LINE}",
    f"UPDATE ledger_posting SET public_generosity = 2 {THIRD_LINE}",
]


@pytest.mark.parametrize("statement", ONLY_SQLITE + WITHOUT_CHECKS)
def test_whatever_sqlite_keeps_in_a_column_is_a_fault_and_no_trace(statement: str) -> None:
    """PostgreSQL refuses each of these by its types; there a value of the right type is all that can be wrong."""
    if connection.vendor == "postgresql":
        return
    walked_after(statement)
    faults = find_faults("alpha")
    assert {fault.kind for fault in faults} - {"guards"}
    for language in ("en", "fr"):
        assert all(fault.sentence(language).encode() for fault in faults)
    if "A2" in statement:
        names = ("A2", "number 2 ", "osting 3 ")
        assert any(name in fault.sentence() for fault in faults for name in names), faults


@pytest.mark.parametrize(
    "spoilt",
    ["\"on\" = 'infinity'", "\"on\" = '12000-01-01'", "\"on\" = '0044-03-15 BC'", "validated_on = '-infinity'"],
)
def test_days_that_python_does_not_know_are_named(spoilt: str) -> None:
    """Only PostgreSQL keeps them as days."""
    if connection.vendor == "sqlite":
        return
    walked_after(f"UPDATE ledger_entry SET {spoilt} {SECOND}")
    assert any("A2" in fault.sentence() for fault in find_faults("alpha"))


def test_days_are_read_alike_whatever_style_the_server_writes() -> None:
    """A setting of PostgreSQL; SQLite has none."""
    book = a_varied_book()
    honest = texts(book)
    if connection.vendor == "postgresql":
        run_sql("SET LOCAL datestyle = 'SQL, DMY'")
    assert texts(book) == honest
    assert find_faults(book) == []


def test_what_is_verified_is_of_one_moment_inside_a_transaction_too() -> None:
    an_open_book()
    with one_moment():
        posted("alpha", "A1")
    assert find_faults("alpha") == []
