"""A year is played to its final close with its traps; on either database the same is refused and the same stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from django.db import DatabaseError, connection, transaction

from fund.accounting.closing_errors import (
    LastMonthWithYear,
    MonthsOutOfOrder,
    MonthUnknown,
    YearClosedForGood,
    YearNotNext,
    YearNotReady,
    YearUnknown,
)
from fund.models import Act
from fund.queries.books import account_page
from fund.queries.closing import closing_act, closing_state, months_of_year, year_named
from fund.services.actors import Actor
from fund.services.closing import close_year, lock_year, open_next_year, unlock_year
from fund.services.draft_entries import Written, delete_draft, write_draft
from fund.services.periods import turn_period
from ledger.audit import find_faults
from ledger.balances import balance, chain_head, entry, sums
from ledger.errors import EntryNotBalanced, PeriodClosed, PeriodLocked
from ledger.journal import AccountKey, Document, Exchange, Line
from ledger.lettering import letter, letterings, unletter
from ledger.money import EUR, EUR_INKIND, Unit
from ledger.posting import declare_unit, open_journal, reverse_entry
from tests.builders import a_fund, a_member, close_until
from tests.closing_years import MARCH, accounts_of, closed, openings, posted, worth_one
from tests.worked_year import import_worked_year

pytestmark = pytest.mark.django_db

JUNE, JANUARY, WINTER = date(2026, 6, 15), date(2026, 1, 20), date(2026, 12, 31)


@pytest.fixture
def actor() -> Actor:
    """A fund with a receivable, an expense and a member, in 2026."""
    actor = a_fund()
    a_member(actor, "A")
    posted(actor, JANUARY, ("411", 50000, "A"), ("7561", -50000), reference="call", journal="AP")
    posted(actor, JUNE, ("512", 30000), ("411", -30000, "A"), reference="paid", journal="BQ")
    posted(actor, JUNE, ("6226", 12000), ("512", -12000), reference="fees", journal="BQ")
    return actor


def blockers(actor: Actor, code: str = "2026", *, on: date = MARCH) -> list[str]:
    year = year_named(actor.fund, code)
    assert year is not None
    return [finding.code for finding in closing_state(actor.fund, year, on, whole=True).blockers]


def test_the_worked_year_is_closed_and_opens_the_next_one_with_its_auxiliaries_apart() -> None:
    actor = Actor(import_worked_year(), "T. Essai (fictif)")
    before = accounts_of(actor.fund, "2026")
    assert blockers(actor) == ["next-missing"]
    done = closed(actor)
    assert dict(done.results) == {EUR: 2395500}
    after = accounts_of(actor.fund, "2027")
    assert not after.is_provisional
    assert accounts_of(actor.fund, "2026").rows == before.rows, "closing a year does not change what it says"
    opened = openings(after)
    assert opened["120000", ""] == -2395500
    assert (opened["458000", "P2407"], opened["458000", "P2602"]) == (80000, -120000)
    assert ("468200", "P2601") not in opened, "a third party that is settled is not carried"
    assert sum(minor for (chart, _), minor in opened.items() if chart[0] in "12345") == 0
    assert not any(row.debit or row.credit for row in after.rows), "à-nouveaux are openings, never movements"
    assert find_faults(actor.fund.slug) == []
    act = Act.objects.get(kind="year-closed")
    assert act.facts["head"] == done.head == chain_head(actor.fund.slug).hash
    opening, empties = entry(actor.fund.slug, "opening:2027"), entry(actor.fund.slug, "closing:2026")
    assert opening.seal == empties.seal
    assert (opening.entry.journal, opening.number, opening.entry.on) == ("AN", 1, date(2027, 1, 1))
    assert not [line for line in opening.entry.lines if line.account.chart[0] in "67"]


def test_a_cent_left_on_a_suspense_account_keeps_the_year_open(actor: Actor) -> None:
    posted(actor, JUNE, ("471", 1), ("512", -1), reference="cent")
    with pytest.raises(YearNotReady) as refused:
        closed(actor)
    assert [finding.code for finding in refused.value.findings] == ["suspense"]
    assert "471 keeps 0.01" in refused.value.sentence("en")
    assert "471 garde 0,01" in refused.value.sentence("fr")
    assert refused.value.findings[0].place.name == "account"
    assert closing_act(actor.fund, accounts_of(actor.fund, "2026").year) is None
    posted(actor, WINTER, ("6278", 1), ("471", -1), reference="cleared")
    assert closed(actor).results == {EUR: 37999}


def test_a_late_entry_takes_the_next_number_and_nothing_is_renumbered(actor: Actor) -> None:
    posted(actor, JUNE, ("411", 100, "A"), ("7561", -100), reference="june", journal="AP")
    late = posted(actor, JANUARY, ("411", 200, "A"), ("7561", -200), reference="late", journal="AP")
    assert [entry(actor.fund.slug, each).number for each in ("call", "june")] == [1, 2]
    assert late.number == 3
    assert accounts_of(actor.fund, "2026").result == 50300 - 12000


def test_a_locked_month_opens_again_and_a_closed_one_never(actor: Actor) -> None:
    def late(reference: str) -> None:
        posted(actor, JANUARY, ("411", 200, "A"), ("7561", -200), reference=reference, journal="AP")

    assert lock_year(actor, "2026", on=MARCH, why="révision", month="2026-01") == 1
    with pytest.raises(PeriodLocked):
        late("late-1")
    assert unlock_year(actor, "2026", on=MARCH, why="une pièce manque", month="2026-01") == 1
    late("late-1")
    assert lock_year(actor, "2026", on=MARCH, why="révision") == 12
    assert lock_year(actor, "2026", on=MARCH, why="révision") == 0
    assert accounts_of(actor.fund, "2026").year.state == "locked"
    assert unlock_year(actor, "2026", on=MARCH, why="à revoir") == 12
    turn_period(actor, act="close", on=JANUARY, why="janvier est définitif")
    with pytest.raises(PeriodClosed):
        late("late-2")
    assert unlock_year(actor, "2026", on=MARCH, why="rien à ouvrir") == 0
    kinds = list(Act.objects.filter(kind__startswith="year-").values_list("kind", flat=True))
    assert kinds == ["year-locked", "year-unlocked"]
    with pytest.raises(MonthUnknown, match="2027-01"):
        lock_year(actor, "2026", on=MARCH, why="révision", month="2027-01")


def test_months_are_closed_in_order_and_the_last_one_with_its_year(actor: Actor) -> None:
    def close(day: date) -> None:
        turn_period(actor, act="close", on=day, why="définitif")

    with pytest.raises(MonthsOutOfOrder, match="2026-01"):
        close(date(2026, 3, 1))
    open_next_year(actor, "2027", on=MARCH, why="la suite")
    close_until(actor, date(2026, 11, 30))
    with pytest.raises(LastMonthWithYear, match="year close"):
        close(WINTER)
    with pytest.raises(MonthsOutOfOrder, match="2026-12"):
        close(date(2027, 1, 31))
    closed(actor)
    close(WINTER)  # it is closed already: nothing happens
    close(date(2027, 1, 31))
    assert [month.state for month in months_of_year(actor.fund, "2027")][:2] == ["closed", "open"]


def test_an_unbalanced_draft_is_no_entry_and_keeps_the_year_open(actor: Actor) -> None:
    with pytest.raises(EntryNotBalanced):
        posted(actor, JUNE, ("6226", 100), ("512", -99), reference="odd")
    lines = (Line(AccountKey("6226"), 100), Line(AccountKey("512"), -99))
    write_draft(actor, Written("D1", "OD", JUNE, "Honoraires", Document("FA-1"), lines))
    open_next_year(actor, "2027", on=MARCH, why="la suite")
    assert blockers(actor) == ["drafts"]
    delete_draft(actor, reference="D1", version=1)
    write_draft(actor, Written("D2", "OD", date(2027, 1, 2), "Honoraires", Document("FA-2"), lines))
    assert blockers(actor) == []


def test_a_currency_without_a_rate_keeps_the_year_open(actor: Actor) -> None:
    declare_unit("USD")
    posted(actor, JUNE, ("512", 900), ("741", -900), reference="usd", journal="SU", unit=Unit("USD", 2))
    open_next_year(actor, "2027", on=MARCH, why="la suite")
    assert blockers(actor) == ["rate-missing"]
    worth_one(actor, "USD")
    assert blockers(actor) == []


def test_a_member_renamed_between_two_statements_changes_names_and_no_hash(actor: Actor) -> None:
    def name() -> str:
        page = account_page(actor.fund, chart="411", unit="EUR", as_of=WINTER)
        assert page is not None
        return page.names["A"]

    old, head = name(), chain_head(actor.fund.slug)
    before = accounts_of(actor.fund, "2026")
    party = actor.fund.parties.get(code="A")
    party.name = "Nouveau nom (fictif)"
    party.save()
    assert (old, name()) == ("Membre A (fictif)", "Nouveau nom (fictif)")
    assert chain_head(actor.fund.slug) == head
    assert accounts_of(actor.fund, "2026") == before
    closed(actor)
    assert find_faults(actor.fund.slug) == []


def test_three_currencies_are_carried_each_in_itself(actor: Actor) -> None:
    dollars, francs = Unit("USD", 2), Unit("CHF", 2)
    for unit in (dollars, francs):
        declare_unit(unit.code)
    worth_one(actor, "USD", "CHF")
    posted(actor, JUNE, ("512", 90000), ("741", -90000), reference="usd-grant", journal="SU", unit=dollars)
    posted(actor, JUNE, ("6226", 4000), ("512", -4000), reference="chf-fees", journal="BQ", unit=francs)
    posted(
        actor,
        JUNE,
        ("512", -9000),
        ("580", 9000),
        reference="exchange",
        journal="BQ",
        exchange=Exchange("EUR", "USD", Fraction(10, 9)),
        lines=[Line(AccountKey("512", unit=dollars), 10000), Line(AccountKey("580", unit=dollars), -10000)],
    )
    posted(actor, JUNE, ("861", 700), ("871", -700), reference="kind", journal="CV", unit=EUR_INKIND)
    done = closed(actor)
    assert dict(done.results) == {EUR: 38000, dollars: 90000, francs: -4000}
    book, morning = actor.fund.slug, date(2027, 1, 1)
    assert balance(book, AccountKey("120", unit=dollars), morning).minor == -90000
    assert balance(book, AccountKey("129", unit=francs), morning).minor == 4000
    assert balance(book, AccountKey("512", unit=francs), morning).minor == -4000
    assert balance(book, AccountKey("580", unit=dollars), morning).minor == -10000
    assert not [each for each in sums(book, chart="8", as_of=morning) if each.closing]
    assert not [each for each in sums(book, chart="7", as_of=morning) if each.closing]


def test_an_exchange_that_left_a_cent_is_told(actor: Actor) -> None:
    posted(actor, JUNE, ("580", 9000), ("512", -9000), reference="on-its-way", journal="BQ")
    assert blockers(actor) == ["next-missing", "suspense"]


def test_a_deficit_stands_on_129_and_a_book_without_an_entry_closes(actor: Actor) -> None:
    posted(actor, JUNE, ("6571", 100000), ("4682", -100000, "CIE"), reference="award", journal="AI")
    assert closed(actor).results == {EUR: -62000}
    assert openings(accounts_of(actor.fund, "2027"))["129", ""] == 62000
    assert closed(actor, "2027", on=date(2028, 3, 31)).results == {}
    empty = a_fund("autre-fonds")
    assert closed(empty).results == {}
    assert not sums(empty.fund.slug, by=("chart",))


def test_a_year_is_closed_once(actor: Actor) -> None:
    closed(actor)
    head = chain_head(actor.fund.slug)
    with pytest.raises(YearClosedForGood, match=r"2027-03-31 by T\. Essai"):
        close_year(actor, "2026", on=MARCH, why="encore")
    for act in (lock_year, unlock_year):
        with pytest.raises(YearClosedForGood):
            act(actor, "2026", on=MARCH, why="encore")
    assert chain_head(actor.fund.slug) == head


def test_the_next_year_may_have_entries_before_this_one_is_closed(actor: Actor) -> None:
    open_next_year(actor, "2027", on=JUNE, why="la saison commence")
    posted(actor, date(2027, 1, 10), ("512", 20000), ("411", -20000, "A"), reference="paid-2", journal="BQ")
    provisional = accounts_of(actor.fund, "2027")
    assert provisional.is_provisional
    closed(actor)
    final = accounts_of(actor.fund, "2027")
    assert not final.is_provisional
    assert final.rows == provisional.rows, "what was shown before the closing is what the closing writes"


def test_a_locked_or_missing_next_year_keeps_this_one_open(actor: Actor) -> None:
    assert blockers(actor) == ["next-missing"]
    open_next_year(actor, "2027", on=MARCH, why="la suite")
    lock_year(actor, "2027", on=MARCH, why="révision", month="2027-01")
    assert blockers(actor) == ["next-locked"]
    assert blockers(actor, "2027") == ["year-running", "before-open", "next-missing"]


def test_opening_entries_that_came_before_are_reversed_first(actor: Actor) -> None:
    open_next_year(actor, "2027", on=MARCH, why="la suite")
    morning = date(2027, 1, 1)
    posted(actor, morning, ("512", 18000), ("110", -18000), reference="early", journal="AN", kind="opening")
    assert blockers(actor) == ["opening-stands"]
    reverse_entry(actor.fund.slug, reference_of="early", on=morning, reference="early-undone", label="Extourne")
    assert blockers(actor) == []
    closed(actor)
    rows = {row.key.chart: row for row in accounts_of(actor.fund, "2027").by_account()}
    assert (rows["512"].opening, rows["512"].debit, rows["512"].credit) == (18000, 0, 0)
    assert "110" not in rows


def test_help_in_kind_on_one_side_keeps_the_year_open(actor: Actor) -> None:
    posted(actor, JUNE, ("861", 700), ("512", -700), reference="kind", unit=EUR_INKIND)
    assert "in-kind-unequal" in blockers(actor)


def test_the_third_party_keeps_its_open_items_over_the_closing(actor: Actor) -> None:
    closed(actor)
    key = AccountKey("411", "A")
    (pair,) = letterings(actor.fund.slug, key)
    assert (pair.code, len(pair.postings)) == ("AN2027", 2)
    paid = posted(actor, date(2027, 2, 1), ("512", 20000), ("411", -20000, "A"), reference="rest", journal="BQ")
    assert paid.number == 1
    first = entry(actor.fund.slug, "call").postings[0]
    others = [entry(actor.fund.slug, "paid").postings[1], entry(actor.fund.slug, "rest").postings[1]]
    letter(actor.fund.slug, key, code="AA", postings=[first, *others], on=date(2027, 2, 1), by="T")
    unletter(actor.fund.slug, key, code="AA", by="T")  # lettering alone may still move in a year that is closed
    assert find_faults(actor.fund.slug) == []


WRITES = {
    "a month that opens again": "UPDATE ledger_period SET state = 'open' WHERE state = 'closed'",
    "a month that goes away": "DELETE FROM ledger_period",
    "an amount": "UPDATE ledger_posting SET minor = minor + 1",
    "a day": "UPDATE ledger_entry SET \"on\" = '2026-12-30'",
    "the log of months": "UPDATE ledger_periodlog SET why = 'other'",
    "the log of acts": "DELETE FROM fund_act",
}


@pytest.mark.parametrize("what", WRITES)
def test_the_database_itself_keeps_a_closed_year(actor: Actor, what: str) -> None:
    closed(actor)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WRITES[what])
    assert find_faults(actor.fund.slug) == []
    with pytest.raises(PeriodClosed):
        posted(actor, WINTER, ("6226", 1), ("512", -1), reference="too-late")


REFUSED: dict[str, tuple[Callable[[Actor], object], type[Exception], str]] = {
    "a year that is not the next": (
        lambda a: open_next_year(a, "2030", on=MARCH, why="w"), YearNotNext, "is 2027, from 2027-01-01 on"),
    "a year that is no year": (
        lambda a: closed(a, "1999"), YearNotNext, "2027"),
    "a year that is unknown": (
        lambda a: close_year(a, "1999", on=MARCH, why="w"), YearUnknown, "no fiscal year 1999"),
    "a year that still runs": (
        lambda a: close_year(a, "2026", on=WINTER, why="w"), YearNotReady, "runs until 31 December 2026"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_acts_of_a_year_are_refused_by_name(actor: Actor, name: str) -> None:
    act, refusal, words = REFUSED[name]
    with pytest.raises(refusal) as caught:
        act(actor)
    assert words in caught.value.sentence("en")  # type: ignore[attr-defined]
    assert caught.value.sentence("fr") != caught.value.sentence("en")  # type: ignore[attr-defined]
    assert not Act.objects.filter(kind__startswith="year-").exists()


def test_a_year_is_opened_once_and_under_the_chart_that_it_follows(actor: Actor) -> None:
    for _ in range(2):
        assert open_next_year(actor, "2027", on=MARCH, why="la suite").chart == "anc-2022-06"
    assert Act.objects.filter(kind="year-opened").count() == 1
    open_journal(actor.fund.slug, code="XX", label="Journal d’un import")
    posted(actor, JUNE, ("622", 1), ("512", -1), reference="x", journal="XX")
