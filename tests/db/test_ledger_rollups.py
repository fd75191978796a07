"""The roll-up of balances is a shadow of the postings: wherever it stands, every answer is the same sum."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import balances as read
from ledger import rollups
from ledger.errors import BookUnknown
from ledger.journal import AccountKey, Line
from ledger.money import HOUR, Amount
from ledger.posting import post_many
from tests.ledger_words import (
    BANK,
    GIFTS,
    HELP,
    MEMBER,
    SEED,
    WORK,
    account_id,
    an_entry,
    an_open_book,
    lines,
    one,
    posted,
    run_sql,
)

pytestmark = pytest.mark.django_db

OTHER = AccountKey("411", party="M02")
DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(6)]
ADVANCE, REBUILD = "advance", "rebuild"

sides = st.one_of(st.permutations([BANK, MEMBER, OTHER, GIFTS]), st.permutations([WORK, HELP]))
postings = st.tuples(sides, st.sampled_from([1, 7, 900, 2**60]), st.sampled_from(DAYS))
acts = st.lists(st.one_of(postings, st.sampled_from([ADVANCE, ADVANCE, REBUILD])), min_size=1, max_size=14)


def slow_sums(book: str, first: date, last: date) -> dict[AccountKey, list[int]]:
    """Opening, debit and credit of each account over some days, added up from the entries themselves."""
    sums: dict[AccountKey, list[int]] = {}
    for stored in read.journal_entries(book):
        for line in stored.entry.lines:
            held = sums.setdefault(line.account, [0, 0, 0])
            if stored.entry.on < first:
                held[0] += line.minor
            elif stored.entry.on <= last:
                held[1 if line.minor > 0 else 2] += abs(line.minor)
    return sums


def rows_of_the_rollup() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute('SELECT account_id, "on", debit, credit FROM ledger_daybalance ORDER BY account_id, "on"')
        return cursor.fetchall()


def faults(book: str = "alpha") -> list[tuple[str, dict[str, object]]]:
    return [(kind, dict(facts)) for kind, facts in rollups.rollup_faults(book)]


def check_every_day(book: str) -> None:
    """Balances and movements of every day, against the slow twin."""
    early = date.min
    for last in [DAYS[0] - timedelta(days=1), *DAYS, DAYS[-1] + timedelta(days=1)]:
        expected = slow_sums(book, early, last)
        found = {held.account: [0, held.debit.minor, held.credit.minor] for held in read.balances(book, as_of=last)}
        assert found == expected
        for key, (_, debit, credit) in expected.items():
            assert read.balance(book, key, last) == Amount(debit - credit, key.unit)
    for first, last in [(DAYS[1], DAYS[3]), (DAYS[2], DAYS[2]), (DAYS[0], DAYS[5])]:
        sums: dict[tuple[str, str], list[int]] = {}
        for key, held in slow_sums(book, first, last).items():
            total = sums.setdefault((key.chart, key.unit.code), [0, 0, 0])
            total[:] = map(int.__add__, total, held)
        assert {
            (row.chart, row.opening.unit.code): [row.opening.minor, row.debit.minor, row.credit.minor]
            for row in read.trial_balance(book, first=first, as_of=last)
        } == sums


@given(acts=acts)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_as_of_answers_are_sums_wherever_the_rollup_stands(acts: list[Any]) -> None:
    with transaction.atomic():
        an_open_book()
        an_open_book("beta")
        posted("beta", "B1", 5, on=DAYS[2])
        for number, act in enumerate(acts):
            if act == ADVANCE:
                rollups.advance("alpha")
            elif act == REBUILD:
                rollups.rebuild("alpha")
            else:
                (left, right, *_), minor, on = act
                posted("alpha", f"A{number}", lines=(Line(left, minor), Line(right, -minor)), on=on)
        check_every_day("alpha")
        check_every_day("beta")
        assert faults() == faults("beta") == []
        rollups.advance("alpha")
        check_every_day("alpha")
        assert faults() == []
        transaction.set_rollback(True)


def a_book_with_days(book: str = "alpha", entries: int = 6) -> None:
    an_open_book(book)
    for number in range(entries):
        posted(book, f"A{number}", 10**number, on=DAYS[number % len(DAYS)])


def test_advancing_twice_is_advancing_once() -> None:
    a_book_with_days()
    assert rollups.advance("alpha") == 12
    once = rows_of_the_rollup()
    assert len(once) == 12
    assert rollups.advance("alpha") == 0
    assert rows_of_the_rollup() == once
    posted("alpha", "LATE", 5, on=DAYS[0])
    assert rollups.advance("alpha") == 2
    assert [row[2] for row in rows_of_the_rollup()[:6]] == [6, 16, 116, 1116, 11116, 111116]
    assert faults() == []


def test_a_long_way_is_gone_in_several_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    a_book_with_days()
    whole = (rollups.advance("alpha"), rows_of_the_rollup())
    monkeypatch.setattr(rollups, "_AT_ONCE", 3)
    assert (rollups.rebuild("alpha"), rows_of_the_rollup()) == whole


def test_rebuilding_gives_the_same_rows_again() -> None:
    a_book_with_days()
    rollups.advance("alpha")
    honest = rows_of_the_rollup()
    run_sql("UPDATE ledger_daybalance SET debit = debit + 1")
    assert rollups.rebuild("alpha") == 12
    assert rows_of_the_rollup() == honest


@pytest.mark.parametrize("statement", ["WITH", "UPDATE", "INSERT INTO ledger_rollup"])
def test_a_crash_in_the_middle_leaves_the_old_mark(monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    a_book_with_days()
    if statement != "INSERT INTO ledger_rollup":
        rollups.advance("alpha")
        posted("alpha", "LATE", 5, on=DAYS[0])
    before, honest = rows_of_the_rollup(), rollups.changed

    def crash(sql: str, parameters: Any) -> int:
        done = honest(sql, parameters)
        if sql.strip().startswith(statement):
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(rollups, "changed", crash)
    with pytest.raises(KeyboardInterrupt):
        rollups.advance("alpha")
    monkeypatch.undo()
    assert rows_of_the_rollup() == before
    check_every_day("alpha")
    assert rollups.advance("alpha") == (12 if statement == "INSERT INTO ledger_rollup" else 2)
    assert faults() == []


def test_two_books_do_not_mix() -> None:
    a_book_with_days()
    a_book_with_days("beta", entries=3)
    rollups.advance("beta")
    alpha_mark = "SELECT count(*) FROM ledger_rollup r JOIN ledger_book b ON b.id = r.book_id WHERE b.slug = 'alpha'"
    assert one(alpha_mark) == 0
    assert len(rows_of_the_rollup()) == 6
    rollups.advance("alpha")
    beta = [row for row in rows_of_the_rollup() if row[0] >> 40 == account_id("beta", "512") >> 40]
    rollups.rebuild("alpha")
    assert [row for row in rows_of_the_rollup() if row in beta] == beta
    for book in ("alpha", "beta"):
        check_every_day(book)
    with pytest.raises(BookUnknown):
        rollups.advance("gamma")


TAMPERINGS: dict[str, Callable[[], None]] = {
    "an amount": lambda: run_sql('UPDATE ledger_daybalance SET debit = debit + 1 WHERE "on" = %s', [DAYS[2]]),
    "both sides alike": lambda: run_sql(
        'UPDATE ledger_daybalance SET debit = debit + 1, credit = credit + 1 WHERE "on" = %s', [DAYS[2]]
    ),
    "a row taken away": lambda: run_sql('DELETE FROM ledger_daybalance WHERE "on" = %s', [DAYS[2]]),
    "a row too many": lambda: run_sql(
        'INSERT INTO ledger_daybalance (account_id, "on", debit, credit) '
        "SELECT account_id, %s, debit, credit FROM ledger_daybalance WHERE \"on\" = %s",
        [DAYS[2].replace(month=3), DAYS[5]],
    ),
    "a row moved": lambda: run_sql('UPDATE ledger_daybalance SET "on" = %s WHERE "on" = %s',
                                   [DAYS[2].replace(month=4), DAYS[2]]),
}  # fmt: skip


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_a_day_that_was_tampered_with_is_found(tampering: str) -> None:
    a_book_with_days()
    rollups.advance("alpha")
    assert faults() == []
    TAMPERINGS[tampering]()
    (kind, facts), *_ = faults()
    assert kind == "roll-up"
    assert facts["account"] in ("512", "411:M01")
    assert str(facts["on"]) in ("2026-01-03", "2026-03-03")
    rollups.rebuild("alpha")
    assert faults() == []


@pytest.mark.parametrize(("step", "said"), [(1, 13), (-13, -1), (2**41, 2**41 + 12)])
def test_a_mark_outside_the_book_is_found(step: int, said: int) -> None:
    a_book_with_days()
    rollups.advance("alpha")
    run_sql("UPDATE ledger_rollup SET last_posting = last_posting + %s", [step])
    assert faults() == [("roll-up-mark", {"posting": said, "last": 12})]
    rollups.rebuild("alpha")
    assert faults() == []


def test_a_mark_moved_inside_the_book_is_found() -> None:
    a_book_with_days()
    rollups.advance("alpha")
    run_sql("UPDATE ledger_rollup SET last_posting = last_posting - 2")
    assert faults()[0] == ("roll-up", {"account": "512", "on": "2026-01-06"})


def test_a_commit_knows_whether_it_made_the_rollup_due() -> None:
    base = 3 << 40
    crossings = [(0, 0, False), (0, 1, False), (0, 32_768, True), (32_767, 32_768, True), (32_768, 65_535, False)]
    assert [rollups.is_due(base + before, base + after) for before, after, _ in crossings] == [
        due for *_, due in crossings
    ]


# What a reading costs


def many_entries(book: str, number: int = 600) -> None:
    an_open_book(book)
    post_many(
        book,
        [
            an_entry(f"{book}{n}", lines=lines(5, BANK, AccountKey("411", f"M{n % 40}")),
                     on=date(2026, 1 + n % 3, 1 + n % 28))
            for n in range(number)
        ],
        salt_seed=SEED,
    )  # fmt: skip


READINGS: dict[str, tuple[int, Callable[[], object]]] = {
    "balance": (2, lambda: read.balance("alpha", BANK, date(2026, 2, 10))),
    "balances": (2, lambda: read.balances("alpha", as_of=date(2026, 2, 10))),
    "trial balance": (2, lambda: read.trial_balance("alpha", first=date(2026, 2, 1), as_of=date(2026, 2, 10))),
    "sums by party": (2, lambda: read.sums("alpha", by=["party"], as_of=date(2026, 2, 10))),
}


@pytest.mark.parametrize("name", READINGS)
def test_a_reading_as_of_a_day_never_scans_the_postings(name: str) -> None:
    """Two statements: the book, and one of all the figures, which reaches postings by their key after the mark."""
    many_entries("alpha")
    rollups.advance("alpha")
    if connection.vendor == "postgresql":
        run_sql("ANALYZE ledger_posting")
        run_sql("ANALYZE ledger_daybalance")
        run_sql("ANALYZE ledger_account")
    most, reading = READINGS[name]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert reading()
    assert len(asked) == most
    (statement,) = [query["sql"] for query in asked if "ledger_posting" in query["sql"]]
    plan = "\n".join(str(row) for row in explained(statement))
    assert {
        "sqlite": "SCAN ledger_posting" in plan or "SCAN p" in plan or "SCAN ledger_daybalance" in plan,
        "postgresql": "Seq Scan on ledger_posting" in plan,
    }[connection.vendor] is False, plan
    assert {"sqlite": "SEARCH ledger_posting USING INTEGER PRIMARY KEY", "postgresql": "using ledger_posting_pkey"}[
        connection.vendor
    ] in plan, plan


def explained(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + statement)
        return cursor.fetchall()


def test_units_stay_apart_in_the_rollup() -> None:
    an_open_book()
    posted("alpha", "A1", lines=(Line(WORK, 30), Line(HELP, -30)), on=DAYS[0])
    rollups.advance("alpha")
    assert read.balance("alpha", WORK, DAYS[0]) == Amount(30, HOUR)
    assert read.balance("alpha", AccountKey("864"), DAYS[0]) == Amount(0)
