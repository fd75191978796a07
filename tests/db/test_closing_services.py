"""Conventions, dedicated funds, inventory and the allocation of a result: acts that happen once, with their figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.db import DatabaseError, connection, transaction

from fund.accounting.closing_errors import (
    AllocationDiffers,
    AllocationTooEarly,
    AllowanceInvalid,
    AllowanceKindUnknown,
    ConventionKindUnknown,
    ConventionSharesInvalid,
    ConventionSpanInvalid,
    FunderUnknown,
    MinutesMissing,
    NothingToBook,
    ReserveTooSmall,
    ResultMissing,
    YearClosedForGood,
    YearNotClosed,
)
from fund.accounting.year import FiscalYear
from fund.errors import AmountNotPositive, CurrencyDiffers, RecordConflict
from fund.models import FundingConvention
from fund.queries.closing import closing_state, year_named
from fund.queries.conventions import conventions_of
from fund.queries.dedicated_funds import dedicated_funds, proposals
from fund.queries.inventory import doubtful
from fund.services.actors import Actor
from fund.services.closing import open_next_year
from fund.services.conventions import ConventionTerms, book_dedicated_funds, record_convention
from fund.services.inventory import book_allowance
from fund.services.results import allocate_result
from ledger.balances import StoredEntry, balance, entry, journal_entries
from ledger.journal import AccountKey, Line
from ledger.money import Amount, Unit
from tests.builders import a_fund, a_member
from tests.closing_years import MARCH, closed, posted
from tests.worked_year import import_worked_year

pytestmark = pytest.mark.django_db

SIGNED, SPENT = date(2026, 3, 20), date(2026, 9, 1)
TERMS = ConventionTerms(
    code="REG-118",
    funder="A",
    kind="subsidies",
    purpose="Itinérance en zone rurale",
    amount=Amount(2_000_000),
    signed_on=SIGNED,
    first=date(2026, 1, 1),
    last=date(2027, 12, 31),
    is_dedicated=True,
    project="P1",
    shares={2027: Amount(500_000)},
)


@pytest.fixture
def actor() -> Actor:
    actor = a_fund()
    a_member(actor, "A")
    return actor


def spend(actor: Actor, minor: int, *, reference: str, on: date = SPENT) -> None:
    """An expense of the project P1, which names no convention."""
    posted(
        actor, on, ("512", -minor), reference=reference, journal="BQ",
        lines=[_line("6571", minor, project="P1")],
    )  # fmt: skip


def _line(chart: str, minor: int, *, party: str = "", project: str = "") -> Line:
    return Line(AccountKey(chart, party, project), minor)


def year(actor: Actor, code: str = "2026") -> FiscalYear:
    found = year_named(actor.fund, code)
    assert found is not None
    return found


def test_a_convention_is_recorded_once_booked_and_amended(actor: Actor) -> None:
    for _ in range(2):
        row = record_convention(actor, TERMS, on=SIGNED, books_income=True)
    assert FundingConvention.objects.count() == 1
    booked = entry(actor.fund.slug, "convention:REG-118").entry
    assert [(line.account.code, line.minor, line.convention) for line in booked.lines] == [
        ("4417:A", 2_000_000, "REG-118"),
        ("741", -2_000_000, "REG-118"),
    ]
    with pytest.raises(RecordConflict, match="purpose"):
        record_convention(actor, replace(TERMS, purpose="Autre chose"), on=SIGNED)
    record_convention(actor, replace(TERMS, purpose="Autre chose"), on=SPENT, books_income=True, amends=True)
    (shown,) = conventions_of(actor.fund)
    assert (shown.version, shown.purpose, shown.shares) == (2, "Autre chose", {2027: Amount(500_000)})
    assert len(journal_entries(actor.fund.slug)) == 1, "an amendment books nothing again"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE fund_fundingconvention SET purpose = 'x' WHERE id = %s", [row.pk])


REFUSED_TERMS: dict[str, tuple[dict[str, object], type[Exception], str]] = {
    "an unknown kind": ({"kind": "lottery"}, ConventionKindUnknown, "“lottery”"),
    "an unknown funder": ({"funder": "NOBODY"}, FunderUnknown, "“NOBODY”"),
    "a period that ends first": ({"last": date(2025, 1, 1), "shares": {}}, ConventionSpanInvalid, "2025-01-01"),
    "shares beyond the amount": ({"shares": {2027: Amount(2_000_001)}}, ConventionSharesInvalid, "more than"),
    "a share of its first year": ({"shares": {2026: Amount(1)}}, ConventionSharesInvalid, "later year"),
    "a share after the period": ({"shares": {2028: Amount(1)}}, ConventionSharesInvalid, "after the funded"),
    "another currency": ({"amount": Amount(1, Unit("USD", 2)), "shares": {}}, CurrencyDiffers, "USD"),
    "nothing": ({"amount": Amount(0), "shares": {}}, AmountNotPositive, "0.00"),
}


@pytest.mark.parametrize("name", REFUSED_TERMS)
def test_terms_that_do_not_hold_are_refused_by_name(actor: Actor, name: str) -> None:
    changes, refusal, words = REFUSED_TERMS[name]
    with pytest.raises(refusal) as caught:
        record_convention(actor, replace(TERMS, **changes), on=SIGNED, books_income=True)  # type: ignore[arg-type]
    assert words in caught.value.sentence("en")  # type: ignore[attr-defined]
    assert caught.value.sentence("fr") != caught.value.sentence("en")  # type: ignore[attr-defined]
    assert not FundingConvention.objects.exists()
    assert not journal_entries(actor.fund.slug)


def test_dedicated_funds_are_booked_computed_again_and_used_in_the_next_year(actor: Actor) -> None:
    book = actor.fund.slug
    record_convention(actor, TERMS, on=SIGNED, books_income=True)
    spend(actor, 900_000, reference="spent-1")
    assert book_dedicated_funds(actor, "2026", on=MARCH) == 2  # 5 000 to 487, 15 000 − 9 000 to 194
    with pytest.raises(NothingToBook):
        book_dedicated_funds(actor, "2026", on=MARCH)
    key = AccountKey("194", project="P1", convention="REG-118")
    assert balance(book, key).minor == -600_000
    assert balance(book, AccountKey("487")).minor == -500_000
    spend(actor, 100_000, reference="spent-2")
    assert book_dedicated_funds(actor, "2026", on=MARCH) == 1
    assert balance(book, key).minor == -500_000
    assert closed(actor).results == {}, "what is unused or of later years makes no result"
    spend(actor, 300_000, reference="spent-3", on=date(2027, 5, 1))
    assert book_dedicated_funds(actor, "2027", on=date(2028, 3, 1)) == 3
    (plan,) = proposals(actor.fund, year(actor, "2027"))
    assert (plan.use, plan.report, plan.unused, plan.is_booked) == (300_000, 500_000, 700_000, True)
    table = dedicated_funds(actor.fund, year(actor, "2027"))
    (row,) = table.rows
    assert (row.opening, row.reports, row.uses, row.closing) == (500_000, 500_000, 300_000, 700_000)
    assert (row.code, row.idle, row.difference) == ("REG-118", 0, 0)
    assert table.names == {"REG-118": TERMS.purpose}
    assert table.table.unsound() == []
    assert balance(book, AccountKey("487")).minor == 0


def test_money_without_expense_for_two_years_is_told(actor: Actor) -> None:
    record_convention(actor, replace(TERMS, shares={}), on=SIGNED, books_income=True)
    spend(actor, 500_000, reference="spent-1")
    book_dedicated_funds(actor, "2026", on=MARCH)
    closed(actor)
    closed(actor, "2027", on=date(2028, 3, 1))
    idle = {code: dedicated_funds(actor.fund, year(actor, code)).total().idle for code in ("2026", "2027", "2028")}
    assert idle == {"2026": 0, "2027": 0, "2028": 1_500_000}


def test_the_table_of_the_worked_year() -> None:
    actor = Actor(import_worked_year(), "T. Essai (fictif)")
    table = dedicated_funds(actor.fund, year(actor))
    figures = {
        name: (total.opening, total.reports, total.uses, total.transfers, total.closing)
        for name in ("subsidies", "contributions", "generosity")
        for total in [table.total(name)]
    }
    assert figures == {
        "subsidies": (600_000, 650_000, 400_000, 0, 850_000),
        "contributions": (0, 400_000, 0, 0, 400_000),
        "generosity": (0, 0, 0, 0, 0),
    }
    assert table.table.unsound() == []


# Inventory


def allowance(actor: Actor, **changes: object) -> StoredEntry:
    facts: dict[str, object] = {
        "kind": "loan", "party": "A", "project": "P1", "to": Fraction(1, 2), "why": "retard de dix mois",
        "reference": "r1", "on": MARCH,
    }  # fmt: skip
    return book_allowance(actor, "2026", **(facts | changes))  # type: ignore[arg-type]


@pytest.fixture
def lender(actor: Actor) -> Actor:
    """A fund that lent 3 000, is owed 3 000 by a recourse, and guarantees 2 000."""
    posted(actor, SPENT, ("512", -600_000), reference="lent", journal="AV", lines=[
        _line("2742", 300_000, party="A", project="P1"), _line("4672", 300_000, party="A")])  # fmt: skip
    posted(actor, SPENT, ("8091", 200_000), reference="guaranteed", journal="HB", lines=[
        _line("8011", -200_000, party="A", project="P1")])  # fmt: skip
    return actor


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [("68662::P1", 150_000), ("2974:A:P1", -150_000)]),
        (
            {"kind": "receivable", "project": "", "to": Fraction(4, 5)},
            [("68174", 240_000), ("496:A", -240_000)],
        ),
        ({"kind": "guarantee", "to": Amount(100_000)}, [("6815::P1", 100_000), ("1518:A:P1", -100_000)]),
    ],
)
def test_what_is_doubtful_is_written_down_on_the_last_day(
    lender: Actor, changes: dict[str, object], expected: list[tuple[str, int]]
) -> None:
    stored = allowance(lender, **changes)
    assert (stored.entry.journal, stored.entry.on) == ("IN", date(2026, 12, 31))
    lines = [(line.account.code, line.minor) for line in stored.entry.lines]
    assert lines == expected


def test_an_allowance_is_what_it_is_to_be_in_all(lender: Actor) -> None:
    first = allowance(lender)
    assert allowance(lender) == first, "a second click finds the first entry"
    with pytest.raises(NothingToBook):
        allowance(lender, reference="r2")
    less = allowance(lender, reference="r3", to=Amount(90_000))
    lines = [(line.account.chart, line.minor) for line in less.entry.lines]
    assert lines == [("2974", 60_000), ("78662", -60_000)]
    with pytest.raises(RecordConflict):
        allowance(lender, reference="r3", to=Amount(80_000))
    assert {(row.kind, row.base.minor, row.allowance.minor) for row in doubtful(lender.fund, date(2026, 12, 31))} == {
        ("loan", 300_000, 90_000),
        ("receivable", 300_000, 0),
        ("guarantee", 200_000, 0),
    }


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"to": Amount(300_001)}, AllowanceInvalid),
        ({"party": "NOBODY"}, NothingToBook),
        ({"party": "NOBODY", "to": Amount(1)}, AllowanceInvalid),
        ({"kind": "lottery"}, AllowanceKindUnknown),
    ],
)
def test_an_allowance_that_does_not_hold_is_refused(
    lender: Actor, changes: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as caught:
        allowance(lender, **changes)
    assert caught.value.sentence("fr") != caught.value.sentence("en")  # type: ignore[attr-defined]


def test_nothing_is_written_down_in_a_closed_year(lender: Actor) -> None:
    closed(lender)
    for act in (lambda: allowance(lender), lambda: book_dedicated_funds(lender, "2026", on=MARCH)):
        with pytest.raises(YearClosedForGood):
            act()


# The result


ASSEMBLY, DOLLARS = date(2027, 6, 12), Unit("USD", 2)


def allocate(actor: Actor, reserve: int, carried: int, **changes: object) -> StoredEntry:
    facts: dict[str, object] = {"on": ASSEMBLY, "minutes": "PV-AG-2027"}
    parts = {"reserve": Amount(reserve), "carried": Amount(carried)}
    return allocate_result(actor, "2026", **(facts | parts | changes))  # type: ignore[arg-type]


def lines_of(stored: StoredEntry) -> list[tuple[str, int]]:
    return [(line.account.chart, line.minor) for line in stored.entry.lines]


@pytest.fixture
def in_surplus(actor: Actor) -> Actor:
    posted(actor, SPENT, ("512", 80_000), ("7561", -80_000), reference="income", journal="BQ")
    closed(actor)
    return actor


def test_a_surplus_goes_to_the_reserve_and_forward(in_surplus: Actor) -> None:
    for _ in range(2):
        stored = allocate(in_surplus, 50_000, 30_000)
    assert lines_of(stored) == [("120", 80_000), ("1068", -50_000), ("110", -30_000)]
    assert (stored.entry.document.reference, stored.entry.on) == ("PV-AG-2027", ASSEMBLY)
    with pytest.raises(RecordConflict):
        allocate(in_surplus, 80_000, 0)


def test_a_deficit_is_covered_by_the_reserve_and_then_carried_forward(actor: Actor) -> None:
    posted(actor, SPENT, ("512", 30_000), ("1068", -20_000), ("110", -10_000), reference="funds", journal="BQ")
    posted(actor, SPENT, ("6226", 80_000), ("512", -80_000), reference="fees", journal="BQ")
    closed(actor)
    with pytest.raises(ReserveTooSmall, match=r"200\.00"):
        allocate(actor, 50_000, 30_000)
    stored = allocate(actor, 20_000, 60_000)
    assert lines_of(stored) == [("129", -80_000), ("1068", 20_000), ("110", 10_000), ("119", 50_000)]
    posted(actor, date(2027, 7, 1), ("512", 90_000), ("7561", -90_000), reference="better", journal="BQ")
    closed(actor, "2027", on=date(2028, 3, 31))
    good = allocate_result(
        actor, "2027", on=date(2028, 6, 1), reserve=Amount(10_000), carried=Amount(80_000), minutes="PV-AG-2028"
    )
    assert lines_of(good) == [("120", 90_000), ("1068", -10_000), ("119", -50_000), ("110", -30_000)]


REFUSED_ALLOCATIONS: dict[str, tuple[Callable[[Actor], object], type[Exception], str]] = {
    "not the whole": (lambda a: allocate(a, 1, 2), AllocationDiffers, "the surplus of 2026 is 800.00"),
    "too early": (lambda a: allocate(a, 80_000, 0, on=date(2026, 12, 31)), AllocationTooEarly, "2026-12-31"),
    "without minutes": (lambda a: allocate(a, 80_000, 0, minutes=" "), MinutesMissing, "minutes"),
    "below zero": (lambda a: allocate(a, 80_001, -1), AmountNotPositive, "-0.01"),
    "of a year that is open": (
        lambda a: allocate_result(
            a, "2027", on=ASSEMBLY, reserve=Amount(1), carried=Amount(0), minutes="PV"
        ), YearNotClosed, "2027 is not closed"),
    "in a currency without result": (
        lambda a: allocate_result(
            a, "2026", on=ASSEMBLY, reserve=Amount(0, DOLLARS), carried=Amount(0, DOLLARS), minutes="PV"
        ), ResultMissing, "in USD"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED_ALLOCATIONS)
def test_an_allocation_that_does_not_hold_is_refused_by_name(in_surplus: Actor, name: str) -> None:
    act, refusal, words = REFUSED_ALLOCATIONS[name]
    with pytest.raises(refusal) as caught:
        act(in_surplus)
    assert words in caught.value.sentence("en")  # type: ignore[attr-defined]
    assert caught.value.sentence("fr") != caught.value.sentence("en")  # type: ignore[attr-defined]


def test_a_result_that_nobody_allocated_is_told_at_the_next_closing(in_surplus: Actor) -> None:
    open_next_year(in_surplus, "2028", on=ASSEMBLY, why="la suite")
    state = closing_state(in_surplus.fund, year(in_surplus, "2027"), date(2028, 3, 1))
    assert "allocation" in {finding.code for finding in state.remarks}
