"""Sums by party, project and funder, statements in pages, frames: exact, and deaf to hostile questions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import balances as read
from ledger import frames, rollups
from ledger.errors import BookUnknown, DateInvalid
from ledger.journal import AccountKey, Line
from ledger.lettering import letter
from ledger.money import EUR, HOUR, Amount, Unit
from ledger.posting import post_many
from ledger.questions import DaysReversed, PageLimitInvalid, PageUnknown, PartUnknown
from tests.ledger_words import BANK, HELP, MEMBER, SEED, WORK, an_entry, an_open_book, lines, posted
from tests.sqlite_files import ON_SQLITE, copied, worked_on

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 10)
AWARD = AccountKey("6571", project="P1")
OWED = AccountKey("4682", party="C1", project="P1", convention="CONV-1")
OTHER = AccountKey("411", party="M02")


@pytest.fixture
def year() -> None:
    """A contribution of each of two members, an award that one agreement pays for, and an hour of help."""
    an_open_book()
    posted("alpha", "IN1", 300, on=date(2026, 1, 5))
    posted("alpha", "IN2", lines=(Line(BANK, 200, "DRAC"), Line(OTHER, -200, "DRAC")), on=date(2026, 2, 5))
    award = (
        Line(AWARD, 80, "DRAC", destination="MISSIONS", public_generosity=True),
        Line(AWARD, 40, "CITY", destination="MISSIONS"),
        Line(OWED, -120),
    )
    posted("alpha", "AWARD", lines=award, on=date(2026, 3, 5))
    posted("alpha", "HELP", lines=(Line(WORK, 30), Line(HELP, -30)), on=date(2026, 3, 6))


# Sums by parts


@pytest.mark.parametrize("is_rolled_up", [False, True])
@pytest.mark.parametrize(
    ("by", "selected", "expected"),
    [
        (["party"], {"chart": "4"}, [(("C1",), 0, 0, 120), (("M01",), -300, 0, 0), (("M02",), 0, 0, 200)]),
        (["project"], {"unit": "EUR"}, [(("",), 0, 200, 200), (("P1",), 0, 120, 120)]),
        (["convention"], {"chart": "468"}, [(("CONV-1",), 0, 0, 120)]),
        (["chart", "party"], {"party": "M01"}, [(("411", "M01"), -300, 0, 0)]),
        (["account"], {"project": "P1"}, [(("4682:C1:P1:CONV-1",), 0, 0, 120), (("6571::P1",), 0, 120, 0)]),
        (["funder"], {"chart": "6"}, [(("CITY",), 0, 40, 0), (("DRAC",), 0, 80, 0)]),
        (["funder"], {"chart": "4"}, [(("",), -300, 0, 0), (("CONV-1",), 0, 0, 120), (("DRAC",), 0, 0, 200)]),
        (["destination"], {"project": "P1"}, [(("",), 0, 0, 120), (("MISSIONS",), 0, 120, 0)]),
        (
            ["public_generosity", "destination"],
            {"chart": "6"},
            [((False, "MISSIONS"), 0, 40, 0), ((True, "MISSIONS"), 0, 80, 0)],
        ),
        ([], {}, [((), 0, 320, 320), ((), 0, 30, 30)]),
        (["party"], {"party": "nobody"}, []),
    ],
)
def test_sums_are_made_by_parts(
    year: None, by: list[str], selected: dict[str, str], expected: list[Any], is_rolled_up: bool
) -> None:
    if is_rolled_up:
        rollups.advance("alpha")
    found = read.sums("alpha", by=by, first=date(2026, 2, 1), as_of=date(2026, 3, 31), **selected)
    assert [(each.parts, each.opening.minor, each.debit.minor, each.credit.minor) for each in found] == expected


@pytest.mark.parametrize("first", [None, date(2026, 2, 1)])
@pytest.mark.parametrize("as_of", [None, date(2026, 3, 5)])
def test_sums_by_chart_are_the_trial_balance(year: None, first: date | None, as_of: date | None) -> None:
    table = [
        ((row.chart,), row.opening, row.debit, row.credit, row.closing)
        for row in read.trial_balance("alpha", first=first, as_of=as_of)
        if row.opening or row.debit or row.credit
    ]
    for by in (["chart"], ["chart", "funder"]):
        merged: dict[tuple[Any, Unit], list[Amount]] = {}
        for each in read.sums("alpha", by=by, first=first, as_of=as_of):
            figures = [each.opening, each.debit, each.credit, each.closing]
            known = merged.setdefault((each.parts[:1], each.unit), [Amount(0, each.unit)] * 4)
            known[:] = [left + right for left, right in zip(known, figures, strict=True)]
        assert [(parts, *figures) for (parts, _), figures in merged.items()] == table


def test_sums_of_units_are_never_added(year: None) -> None:
    found = read.sums("alpha", by=["public_generosity"])
    assert {(each.parts, each.unit) for each in found} == {((False,), EUR), ((True,), EUR), ((False,), HOUR)}


def test_totals_beyond_64_bits_are_exact() -> None:
    """Each account stays within ±2^62; all of them together do not, and are summed all the same."""
    an_open_book()
    for number in range(3):
        pair = lines(2**62, AccountKey("411", f"L{number}"), AccountKey("412", f"R{number}"))
        posted("alpha", f"A{number}", lines=pair)
    rollups.advance("alpha")
    for by in (["chart"], ["destination", "chart"]):
        assert [each.debit.minor for each in read.sums("alpha", by=by, chart="411", as_of=DAY)] == [3 * 2**62]
    assert read.trial_balance("alpha", as_of=DAY)[0].debit.minor == 3 * 2**62
    assert read.account_statement("alpha", chart="411", first=DAY + timedelta(days=1)).opening.minor == 3 * 2**62
    assert read.units_sum_to_zero("alpha") == {"EUR": 0}


@pytest.mark.parametrize("by", [["name"], ["chart", "chart"], ["minor; DROP TABLE ledger_posting"], ["unit"], "chart"])
def test_sums_by_what_nothing_has_are_refused(year: None, by: Any) -> None:
    with pytest.raises(PartUnknown, match="choose among account, chart") as refused:
        read.sums("alpha", by=by)
    assert "choisissez parmi account" in refused.value.sentence("fr")


# Hostile questions


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800", "%", "_", "'; --", "É", "4" * 10_000, "m01"])
def test_a_text_that_no_account_has_matches_nothing(year: None, text: str) -> None:
    for part in ("chart", "party", "project", "convention", "unit"):
        assert read.balances("alpha", **{part: text}) == []
        assert read.sums("alpha", by=["funder"], **{part: text}) == []
    assert read.balance("alpha", AccountKey(text), DAY) == read.balance("alpha", AccountKey(text)) == Amount(0)
    assert read.account_statement("alpha", party=text).lines == ()


def test_a_moment_or_a_text_is_no_day(year: None) -> None:
    for wrong in (datetime(2026, 1, 10, 12), "2026-01-10", 20260110):
        for ask in (
            lambda day: read.balance("alpha", BANK, day),
            lambda day: read.balances("alpha", as_of=day),
            lambda day: read.trial_balance("alpha", first=day),
            lambda day: read.sums("alpha", as_of=day),
            lambda day: read.account_statement("alpha", first=day),
            lambda day: read.journal_entries("alpha", last=day),
        ):
            with pytest.raises(DateInvalid):
                ask(wrong)


def test_days_are_asked_for_in_their_order(year: None) -> None:
    for ask in (
        lambda first, last: read.trial_balance("alpha", first=first, as_of=last),
        lambda first, last: read.sums("alpha", first=first, as_of=last),
        lambda first, last: read.account_statement("alpha", key=BANK, first=first, last=last),
        lambda first, last: read.journal_entries("alpha", first=first, last=last),
    ):
        with pytest.raises(DaysReversed, match="2026-01-11 to 2026-01-10") as refused:
            ask(date(2026, 1, 11), DAY)
        assert "avant de commencer" in refused.value.sentence("fr")
        ask(date.min, date.max)


def test_the_first_and_the_last_day_of_the_calendar_are_days(year: None) -> None:
    rollups.advance("alpha")
    assert read.balance("alpha", BANK, date.min) == Amount(0)
    assert read.balance("alpha", BANK, date.max) == Amount(500)
    assert read.trial_balance("alpha", first=date.min, as_of=date.max) == read.trial_balance("alpha")
    assert all(not row.debit and not row.credit for row in read.trial_balance("alpha", first=date.max))


def test_a_book_that_is_not_there_is_named() -> None:
    for ask in (read.balances, read.trial_balance, read.sums, read.account_statement, read.units_sum_to_zero):
        with pytest.raises(BookUnknown, match="nowhere"):
            ask("nowhere")


# Statements in pages


def pages(limit: int, **asked: Any) -> list[read.AccountStatement]:
    """Every page of a statement, one after the other."""
    found = [read.account_statement("alpha", limit=limit, **asked)]
    while (after := found[-1].next_after) is not None:
        assert len(found[-1].lines) == limit
        found.append(read.account_statement("alpha", limit=limit, after=after, **{**asked, "first": None}))
    return found


accounts = st.permutations([BANK, MEMBER, OTHER])
days = st.sampled_from([DAY + timedelta(days=number) for number in (0, 0, 1, 2, 40, 300)])


@given(
    drawn=st.lists(st.tuples(accounts, days, st.integers(1, 99)), min_size=1, max_size=12),
    limit=st.integers(1, 5),
    moments=st.sets(st.integers(0, 12)),
    first=st.one_of(st.none(), days),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_put_together_are_the_statement(
    drawn: list[Any], limit: int, moments: set[int], first: date | None
) -> None:
    with transaction.atomic():
        an_open_book()
        for number, ((left, right, _), on, minor) in enumerate(drawn):
            if number in moments:
                rollups.advance("alpha")
            posted("alpha", f"A{number}", lines=lines(minor, left, right), on=on)
        every = [
            (stored.entry.on, posting, line)
            for stored in read.journal_entries("alpha")
            for posting, line in zip(stored.postings, stored.entry.lines, strict=True)
        ]
        selections = [({"key": BANK}, {BANK}), ({"chart": "411"}, {MEMBER, OTHER}), ({}, {BANK, MEMBER, OTHER})]
        for asked, chosen in selections:
            mine = sorted((on, posting, line.minor) for on, posting, line in every if line.account in chosen)
            running = sum(minor for on, _, minor in mine if first and on < first)
            found = pages(limit, **asked, first=first)
            assert found[0].opening.minor == running
            told = []
            for page in found:
                assert page.opening.minor == running
                for line in page.lines:
                    running += line.amount.minor
                    assert line.running.minor == running
                    told.append((line.on, line.posting, line.amount.minor))
            assert told == [line for line in mine if first is None or line[0] >= first]
        transaction.set_rollback(True)


def a_long_account() -> None:
    an_open_book()
    sides = [AccountKey("411", f"M{number}") for number in range(20)]
    entries = [
        an_entry(f"A{n}", lines=lines(1 + n, BANK, sides[n % 20]), on=date(2026, 1 + n % 12, 1 + n % 28))
        for n in range(400)
    ]
    post_many("alpha", entries, salt_seed=SEED)


@pytest.mark.parametrize("asked", [{"key": BANK}, {"chart": "411"}])
def test_every_page_asks_alike(asked: dict[str, Any]) -> None:
    """The first page, one in the middle and the last take the same statements and read no more marks than lines."""
    a_long_account()
    rollups.advance("alpha")
    letter("alpha", BANK, code="AA", postings=[1, 3], on=DAY, by="treasurer", is_partial=True)
    befores = [None, *(page.next_after for page in pages(20, **asked))][:-1]
    assert len(befores) == 20
    counts = []
    for after in (befores[0], befores[1], befores[10], befores[-1]):
        with CaptureQueriesContext(connection) as queries:
            assert len(read.account_statement("alpha", after=after, limit=20, **asked).lines) == 20
        counts.append(len(queries))
    assert max(counts) <= {"key": 6, "chart": 14}[next(iter(asked))], counts


def test_a_page_follows_a_posting_of_the_book_and_nothing_else(year: None) -> None:
    an_open_book("beta")
    posted("beta", "B1", 7)
    for after in (0, -1, 99, 2**40, 2**40 + 1, 2**63, 10**30, True, "1", 1.0, "' OR 1=1"):
        with pytest.raises(PageUnknown, match="begin with the first page") as refused:
            read.account_statement("alpha", key=BANK, after=after)  # type: ignore[arg-type]
        assert "première page" in refused.value.sentence("fr")
        with pytest.raises(PageUnknown):
            read.account_statement("alpha", key=AccountKey("606"), after=after)  # type: ignore[arg-type]


def test_a_page_after_a_posting_of_another_account_follows_its_day_and_place(year: None) -> None:
    of_the_member = read.account_statement("alpha", key=MEMBER).lines[0].posting
    page = read.account_statement("alpha", key=BANK, after=of_the_member)
    assert (page.opening, [line.reference for line in page.lines]) == (Amount(300), ["IN2"])
    last = read.account_statement("alpha", key=OWED).lines[0].posting
    nothing = read.account_statement("alpha", key=BANK, after=last)
    assert (nothing.opening, nothing.lines, nothing.closing, nothing.next_after) == (Amount(500), (), Amount(500), None)


def test_a_page_holds_one_line_at_least(year: None) -> None:
    for limit in (0, -1, -(2**70), True, "5", 2.5):
        for ask in (read.account_statement, read.journal_entries):
            with pytest.raises(PageLimitInvalid, match="above zero") as refused:
                ask("alpha", limit=limit)
            assert "supérieur à zéro" in refused.value.sentence("fr")
    whole = read.account_statement("alpha", key=BANK)
    for huge in (2, 3, 2**31, 2**63, 10**30):
        assert read.account_statement("alpha", key=BANK, limit=huge) == whole
    assert len(read.journal_entries("alpha", limit=10**30)) == 4


def test_the_journal_begins_at_its_start_and_ends_at_its_end(year: None) -> None:
    for after in (0, -1, -(2**70)):
        assert len(read.journal_entries("alpha", after=after)) == 4
    for after in (4, 2**40, 10**30):
        assert read.journal_entries("alpha", after=after) == []


# Frames


def test_the_frame_of_balances_has_a_column_for_each_part(year: None) -> None:
    rollups.advance("alpha")
    days_ = {"first": date(2026, 2, 1), "last": date(2026, 3, 31)}
    frame = frames.balances_frame("alpha", by=["party", "funder"], chart="4", **days_)
    assert list(frame.columns) == ["party", "funder", *frames.SUM_COLUMNS]
    assert frame.to_dict("records")[1:] == [
        {
            "party": "M01", "funder": "", "unit": "EUR", "opening_minor": -300, "debit_minor": 0, "credit_minor": 0,
            "closing_minor": -300, "opening": Decimal("-3.00"), "debit": Decimal("0.00"), "credit": Decimal("0.00"),
            "closing": Decimal("-3.00"),
        },
        {
            "party": "M02", "funder": "DRAC", "unit": "EUR", "opening_minor": 0, "debit_minor": 0, "credit_minor": 200,
            "closing_minor": -200, "opening": Decimal("0.00"), "debit": Decimal("0.00"), "credit": Decimal("2.00"),
            "closing": Decimal("-2.00"),
        },
    ]  # fmt: skip
    assert {str(kind) for kind in frame.dtypes} == {"object"}
    assert list(frames.balances_frame("alpha")["account"]) == [
        "411:M01", "411:M02", "4682:C1:P1:CONV-1", "512", "6571::P1", "864", "875",
    ]  # fmt: skip


def test_the_frame_of_a_statement_is_its_lines(year: None) -> None:
    frame = frames.account_statement_frame("alpha", key=BANK, first=date(2026, 2, 1))
    assert list(frame.columns) == list(frames.StatementRecord._fields)
    told = frame[["posting", "line", "on", "reference", "convention", "debit_minor", "credit_minor", "running"]]
    assert told.values.tolist() == [
        [0, "opening", date(2026, 2, 1), "", "", 300, 0, Decimal("3.00")],
        [3, "posting", date(2026, 2, 5), "IN2", "DRAC", 200, 0, Decimal("5.00")],
    ]
    assert {str(kind) for kind in frame.dtypes} == {"object"}
    assert len(frames.account_statement_frame("alpha", chart="4", unit=HOUR)) == 0
    assert list(frames.account_statement_frame("alpha", project="P1")["account"]) == ["6571::P1"] * 2 + [
        "4682:C1:P1:CONV-1"
    ]


# One state, whatever moves beside the reader


@pytest.fixture
def _shared_database(tmp_path: Path) -> Iterator[None]:
    """SQLite in memory is shared by a cache that knows no queue: there the test gets a file of its own."""
    with worked_on(copied(tmp_path / "books.sqlite3")) if ON_SQLITE else nullcontext():
        yield


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_shared_database")
def test_a_reader_sees_one_state_while_the_rollup_moves() -> None:
    """Two threads advance and rebuild; what is held on a day never changes, and no page loses its opening."""
    a_long_account()
    on = date(2026, 6, 15)
    asked = {
        "balance": lambda: read.balance("alpha", BANK, on),
        "balances": lambda: read.balances("alpha", as_of=on),
        "trial balance": lambda: read.trial_balance("alpha", first=date(2026, 3, 1), as_of=on),
        "statement": lambda: read.account_statement("alpha", chart="411", first=on, limit=5),
        "faults": lambda: list(rollups.rollup_faults("alpha")),
    }
    expected = {name: ask() for name, ask in asked.items()}
    failures: list[BaseException] = []

    def move() -> None:
        try:
            for _ in range(15):
                rollups.rebuild("alpha")
                rollups.advance("alpha")
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=move) for _ in range(2)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert {name: ask() for name, ask in asked.items()} == expected
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert {name: ask() for name, ask in asked.items()} == expected
