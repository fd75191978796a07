"""Books, years, periods, accounts and letterings: opened once, turned with a reason, read back."""

from __future__ import annotations

from datetime import date

import pytest

from ledger import balances as read
from ledger.errors import (
    AccountClosed,
    AccountNotEmpty,
    AccountUnknown,
    AmountInvalid,
    BookConflict,
    BookUnknown,
    CodeInvalid,
    LetteringRefused,
    LimitsInvalid,
    PeriodClosed,
    PeriodLocked,
    PeriodUnknown,
    SpanInvalid,
    TextInvalid,
    UnitsDiffer,
)
from ledger.journal import AccountKey
from ledger.lettering import letter, lettering_log, letterings, unletter
from ledger.models import PeriodLog
from ledger.money import EUR, HOUR, Amount
from ledger.opening import months_of
from ledger.posting import (
    close_account,
    close_period,
    lock_period,
    open_book,
    open_fiscal_year,
    open_journal,
    set_limits,
    unlock_period,
)
from tests.ledger_words import BANK, HELP, MEMBER, WORK, an_entry, an_open_book, lines, posted

pytestmark = pytest.mark.django_db

YEAR = {"code": "2026", "first": date(2026, 1, 1), "last": date(2026, 12, 31), "chart": "anc-2018-06/1"}
TURN = {"by": "treasurer", "why": "reported"}


@pytest.fixture(autouse=True)
def _book() -> None:
    an_open_book()


def test_opening_twice_changes_nothing() -> None:
    an_open_book()
    assert read.books() == [read.BookRow("alpha", "Fund alpha", EUR)]


def test_opening_with_other_contents_is_refused() -> None:
    for refused in (
        lambda: open_book(slug="alpha", name="Another"),
        lambda: open_book(slug="alpha", name="Fund alpha", functional_unit="USD"),
        lambda: open_fiscal_year("alpha", **{**YEAR, "chart": "other/2"}),
        lambda: open_fiscal_year("alpha", **{**YEAR, "last": date(2026, 6, 30)}),
        lambda: open_journal("alpha", code="BQ", label="Other words"),
    ):
        with pytest.raises(BookConflict):
            refused()


def test_a_book_is_named_by_a_code_and_kept_in_a_currency() -> None:
    with pytest.raises(CodeInvalid):
        open_book(slug="al pha", name="Fund")
    with pytest.raises(TextInvalid):
        open_book(slug="beta", name="Fund\nBeta")
    with pytest.raises(AmountInvalid, match="currency"):
        open_book(slug="beta", name="Fund", functional_unit="HOUR")
    with pytest.raises(BookUnknown):
        open_journal("beta", code="BQ", label="Bank")
    with pytest.raises(BookUnknown):
        read.chain_head("beta")


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (date(2027, 12, 31), date(2027, 1, 1), "ends before it begins"),
        (date(2027, 1, 1), date(2029, 12, 31), "longer than two years"),
        (date(2026, 12, 31), date(2027, 12, 31), "overlaps the fiscal year 2026"),
        (date(9998, 1, 1), date(9999, 12, 31), "longer than two years"),
    ],
)
def test_a_fiscal_year_stands_beside_the_others(first: date, last: date, why: str) -> None:
    with pytest.raises(SpanInvalid, match=why) as refused:
        open_fiscal_year("alpha", code="2027", first=first, last=last, chart="x")
    assert "ne peut pas" in refused.value.sentence("fr")


def test_a_year_has_a_period_for_each_month() -> None:
    months = months_of(date(2026, 11, 16), date(2027, 2, 10))
    assert [(str(first), str(last)) for first, last in months] == [
        ("2026-11-16", "2026-11-30"), ("2026-12-01", "2026-12-31"), ("2027-01-01", "2027-01-31"),
        ("2027-02-01", "2027-02-10"),
    ]  # fmt: skip


def test_a_period_is_locked_unlocked_and_closed_with_a_reason() -> None:
    january = date(2026, 1, 31)
    lock_period("alpha", on=january, **TURN)
    with pytest.raises(PeriodLocked):
        posted("alpha", "A1")
    unlock_period("alpha", on=january, by="treasurer", why="one invoice was late")
    posted("alpha", "A1")
    close_period("alpha", on=january, **TURN)
    close_period("alpha", on=january, **TURN)
    for turn in (lock_period, unlock_period):
        with pytest.raises(PeriodClosed):
            turn("alpha", on=january, **TURN)
    assert list(PeriodLog.objects.order_by("pk").values_list("act", "why")) == [
        ("lock", "reported"), ("unlock", "one invoice was late"), ("close", "reported"),
    ]  # fmt: skip


def test_a_period_that_does_not_exist_is_not_locked() -> None:
    with pytest.raises(PeriodUnknown, match="2031"):
        lock_period("alpha", on=date(2031, 1, 1), **TURN)
    with pytest.raises(TextInvalid):
        lock_period("alpha", on=date(2026, 1, 1), by="treasurer", why="")


def test_an_account_is_closed_when_it_is_empty() -> None:
    posted("alpha", "A1", 100)
    with pytest.raises(AccountNotEmpty, match=r"1\.00 EUR"):
        close_account("alpha", BANK)
    posted("alpha", "A2", 100, lines=lines(100, MEMBER, BANK))
    close_account("alpha", BANK)
    with pytest.raises(AccountClosed):
        posted("alpha", "A3")
    with pytest.raises(AccountUnknown):
        close_account("alpha", AccountKey("606"))


def test_limits_hold_the_balance_that_stands() -> None:
    posted("alpha", "A1", 100)
    for floor, ceiling in [(101, None), (None, 99), (50, 40), (None, 2**62)]:
        with pytest.raises(LimitsInvalid):
            set_limits(
                "alpha", BANK, floor=None if floor is None else Amount(floor),
                ceiling=None if ceiling is None else Amount(ceiling),
            )  # fmt: skip
    with pytest.raises(UnitsDiffer):
        set_limits("alpha", BANK, floor=Amount(0, HOUR))
    set_limits("alpha", BANK, floor=Amount(0), ceiling=Amount(100))
    set_limits("alpha", BANK)
    posted("alpha", "A2", 999)


def test_balances_are_read_as_of_any_date() -> None:
    posted("alpha", "A1", 100)
    posted("alpha", "A2", 50, on=date(2026, 5, 1))
    posted("alpha", "A3", 25, lines=lines(25, AccountKey("411", "M02"), BANK), on=date(2026, 3, 1))
    posted("alpha", "T1", 90, lines=lines(90, WORK, HELP))
    assert read.balance("alpha", BANK) == Amount(125)
    assert read.balance("alpha", BANK, date(2026, 3, 1)) == Amount(75)
    assert read.balance("alpha", BANK, date(2025, 12, 31)) == Amount(0)
    members = {held.account.party: held.amount for held in read.balances("alpha", chart="411")}
    assert members == {"M01": Amount(-150), "M02": Amount(25)}
    in_march = {held.account.code: held.amount for held in read.balances("alpha", party="M01", as_of=date(2026, 3, 31))}
    assert in_march == {"411:M01": Amount(-100)}
    assert [held.account.code for held in read.balances("alpha", unit="HOUR")] == ["864", "875"]
    assert [held.account.code for held in read.balances("alpha", party="", project="", convention="")] == [
        "512", "864", "875",
    ]  # fmt: skip


def test_the_trial_balance_opens_moves_and_closes() -> None:
    posted("alpha", "A1", 100)
    posted("alpha", "A2", 50, on=date(2026, 5, 1))
    posted("alpha", "A3", 25, lines=lines(25, MEMBER, BANK), on=date(2026, 6, 1))
    table = [
        (row.chart, row.opening.minor, row.debit.minor, row.credit.minor, row.closing.minor)
        for row in read.trial_balance("alpha", first=date(2026, 2, 1), as_of=date(2026, 5, 31))
    ]
    assert table == [("411", -100, 0, 50, -150), ("512", 100, 50, 0, 150)]
    whole = [(row.chart, row.debit.minor, row.credit.minor) for row in read.trial_balance("alpha")]
    assert whole == [("411", 25, 150), ("512", 150, 25)]


def test_a_statement_is_read_in_pages_with_the_balance_after_each_line() -> None:
    days = [10, 3, 10, 20, 1]
    for number, day in enumerate(days):
        posted("alpha", f"A{number}", 10**number, on=date(2026, 1, day))
    whole = read.account_statement("alpha", key=BANK)
    assert [(line.on.day, line.amount.minor, line.running.minor) for line in whole.lines] == [
        (1, 10_000, 10_000), (3, 10, 10_010), (10, 1, 10_011), (10, 100, 10_111), (20, 1_000, 11_111),
    ]  # fmt: skip
    pages, after = [], None
    while True:
        page = read.account_statement("alpha", key=BANK, after=after, limit=2)
        assert page.opening == (pages[-1].running if pages else Amount(0))
        pages += page.lines
        if (after := page.next_after) is None:
            break
    assert tuple(pages) == whole.lines
    part = read.account_statement("alpha", chart="512", first=date(2026, 1, 3), last=date(2026, 1, 10))
    assert (part.opening, part.closing, len(part.lines)) == (Amount(10_000), Amount(10_111), 3)
    assert read.account_statement("alpha", key=AccountKey("606")).lines == ()


def test_the_journal_is_read_in_pages() -> None:
    for number in range(5):
        posted("alpha", f"A{number}", journal="OD" if number % 2 else "BQ", on=date(2026, 1, 1 + number))
    assert [stored.entry.reference for stored in read.journal_entries("alpha", limit=2)] == ["A0", "A1"]
    assert [stored.entry.reference for stored in read.journal_entries("alpha", after=2, limit=2)] == ["A2", "A3"]
    assert [stored.entry.reference for stored in read.journal_entries("alpha", journal="OD")] == ["A1", "A3"]
    middle = read.journal_entries("alpha", first=date(2026, 1, 2), last=date(2026, 1, 3))
    assert [stored.entry.reference for stored in middle] == ["A1", "A2"]


def test_reading_takes_few_queries_whatever_the_number(django_assert_max_num_queries: object) -> None:
    for number in range(30):
        posted("alpha", f"A{number}", lines=lines(5, BANK, AccountKey("411", f"M{number}")))
    for answer in (
        lambda: read.journal_entries("alpha"),
        lambda: read.balances("alpha"),
        lambda: read.trial_balance("alpha", first=date(2026, 1, 5)),
        lambda: read.account_statement("alpha", chart="411"),
    ):
        with django_assert_max_num_queries(6):  # type: ignore[operator]
            assert answer()


def test_postings_are_lettered_and_unlettered() -> None:
    posted("alpha", "A1", 100)
    posted("alpha", "A2", 100, lines=lines(100, MEMBER, BANK))
    letter("alpha", MEMBER, code="AA", postings=[2, 3], on=date(2026, 2, 1), by="treasurer")
    assert [(done.code, done.postings) for done in letterings("alpha", MEMBER)] == [("AA", (2, 3))]
    marks = read.entry("alpha", "A1").marks
    assert [mark and mark.code for mark in marks] == [None, "AA"]
    assert [line.mark and line.mark.on for line in read.account_statement("alpha", key=MEMBER).lines] == [
        date(2026, 2, 1), date(2026, 2, 1),
    ]  # fmt: skip
    unletter("alpha", MEMBER, code="AA", by="treasurer")
    assert letterings("alpha", MEMBER) == []
    letter("alpha", MEMBER, code="AA", postings=[2, 3], on=date(2026, 2, 2), by="secretary")
    assert [(log.act, log.by, log.postings) for log in lettering_log("alpha")] == [
        ("done", "treasurer", (2, 3)), ("undone", "treasurer", (2, 3)), ("done", "secretary", (2, 3)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "postings", "why"),
    [
        ("AB", [2], "two postings at least"),
        ("AB", [2, 5], "leave -0.40 EUR"),
        ("AB", [1, 2], "not of this account"),
        ("AB", [2, 99], "not of this account"),
        ("AA", [2, 5], "the code is taken"),
        ("AB", [3, 5], "already lettered"),
    ],
)
def test_what_does_not_settle_is_not_lettered(code: str, postings: list[int], why: str) -> None:
    posted("alpha", "A1", 100)
    posted("alpha", "A2", 100, lines=lines(100, MEMBER, BANK))
    posted("alpha", "A3", 60, lines=lines(60, MEMBER, BANK))
    posted("alpha", "A4", 100)
    letter("alpha", MEMBER, code="AA", postings=[3, 8], on=date(2026, 2, 1), by="treasurer")
    with pytest.raises(LetteringRefused, match=why) as refused:
        letter("alpha", MEMBER, code=code, postings=postings, on=date(2026, 2, 1), by="treasurer")
    assert refused.value.sentence("fr").startswith(f"Le lettrage {code}")


def test_a_partial_lettering_says_so() -> None:
    posted("alpha", "A1", 100)
    posted("alpha", "A2", 60, lines=lines(60, MEMBER, BANK))
    letter("alpha", MEMBER, code="AB", postings=[2, 3], on=date(2026, 2, 1), by="treasurer", is_partial=True)
    assert letterings("alpha", MEMBER)[0].is_partial
    with pytest.raises(LetteringRefused, match="does not exist"):
        unletter("alpha", MEMBER, code="ZZ", by="treasurer")
    with pytest.raises(AccountUnknown):
        unletter("alpha", AccountKey("606"), code="AB", by="treasurer")


def test_books_do_not_meet() -> None:
    an_open_book("beta")
    posted("alpha", "A1", 100)
    posted("beta", "A1", 7)
    assert read.balance("alpha", BANK) == Amount(100)
    assert read.balance("beta", BANK) == Amount(7)
    assert [stored.entry for stored in read.journal_entries("beta")] == [an_entry("A1", 7)]
    assert read.chain_head("alpha").hash != read.chain_head("beta").hash
