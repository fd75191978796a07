"""Two years of entries of any kind, closed: the next year opens with what the year held, for any year and any day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fund.models import Fund
from fund.queries.accounts_year import year_accounts, years_of
from fund.services.actors import Actor
from fund.services.closing import open_next_year
from ledger.audit import find_faults
from ledger.balances import journal_entries, sums
from ledger.journal import AccountKey, Entry, Line
from ledger.money import EUR, EUR_INKIND, HOUR, Unit
from ledger.posting import declare_unit, post_many, reverse_entry
from tests.builders import a_fund
from tests.closing_years import MARCH, closed, expected_openings, worth_one
from tests.slow_closing import slow_year

pytestmark = pytest.mark.django_db

USD = Unit("USD", 2)
SETTINGS = settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
CHARTS = ("1068", "1518", "2742", "411", "4682", "512", "6571", "6226", "741", "7561", "80181", "8091")
CODES = st.sampled_from(["", "M1", "P1"])
DIMENSIONS = st.tuples(st.sampled_from(["", "C1"]), st.sampled_from(["", "missions-sociales"]), st.booleans())


@st.composite
def legs(draw: st.DrawFn, unit: Unit, charts: tuple[str, ...]) -> tuple[Line, ...]:
    """Lines of one unit that sum to zero."""
    found, rest = [], 0
    for _ in range(draw(st.integers(1, 3))):
        account = AccountKey(draw(st.sampled_from(charts)), draw(CODES), draw(CODES), draw(DIMENSIONS)[0], unit)
        minor = draw(st.integers(-(10**6), 10**6).filter(bool))
        found.append(Line(account, minor, *draw(DIMENSIONS)))
        rest += minor
    return (*found, Line(AccountKey(charts[-1], "LAST", unit=unit), -rest)) if rest else (*found, *_nothing(unit))


def _nothing(unit: Unit) -> tuple[Line, Line]:
    return Line(AccountKey("512", "ONE", unit=unit), 1), Line(AccountKey("512", "TWO", unit=unit), -1)


@st.composite
def bookings(draw: st.DrawFn) -> list[tuple[date, tuple[Line, ...]]]:
    days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
    found = []
    for _ in range(draw(st.integers(1, 12))):
        lines = draw(legs(EUR, CHARTS))
        if draw(st.booleans()):
            lines += draw(legs(USD, ("411", "512", "741", "6226")))
        if minor := draw(st.integers(0, 500)):
            kind = {"unit": EUR_INKIND}
            lines += (Line(AccountKey("861", **kind), minor), Line(AccountKey("871", "M1", **kind), -minor))  # type: ignore[arg-type]
            lines += (Line(AccountKey("911", unit=HOUR), minor), Line(AccountKey("912", unit=HOUR), -minor))
        found.append((draw(days), lines))
    return found


def entries(found: list[tuple[date, tuple[Line, ...]]]) -> list[Entry]:
    return [
        Entry(journal="BQ", on=on, kind="test", reference=f"e{number}", label="Essai", lines=lines)
        for number, (on, lines) in enumerate(found)
    ]


def a_book() -> Actor:
    actor = a_fund("tirage")
    declare_unit("USD")
    worth_one(actor, "USD")
    open_next_year(actor, "2027", on=MARCH, why="la suite")
    return actor


def agree_with_a_slow_twin(fund: Fund, days: list[date]) -> None:
    units = {fund.currency, "EUR-INKIND", "USD"}
    stored = [each.entry for each in journal_entries(fund.slug)]
    for year in years_of(fund):
        for day in days:
            accounts = year_accounts(fund, year, day)
            shown = {row.key: (row.opening, row.debit, row.credit) for row in accounts.rows}
            slow, is_provisional = slow_year(stored, first=year.first, day=accounts.as_of, units=units)
            assert shown == slow
            assert accounts.is_provisional == is_provisional
            assert [row.key for row in accounts.rows] == sorted(shown)


def held(fund: Fund, on: date) -> dict[Any, int]:
    """What every leaf of classes 1 to 5, 80 and 9 holds, by the dimensions of its postings."""
    parts = ("account", "funder", "destination", "public_generosity")
    return {
        (each.unit.code, *each.parts): each.closing.minor
        for each in sums(fund.slug, by=parts, as_of=on)
        if each.closing.minor and str(each.parts[0]).startswith(("1", "2", "3", "4", "5", "80", "9"))
    }


@SETTINGS
@given(bookings(), st.lists(st.dates(date(2025, 12, 1), date(2028, 2, 1)), min_size=1, max_size=3), st.data())
def test_a_closed_year_opens_the_next_one_with_what_it_held(
    found: list[tuple[date, tuple[Line, ...]]], days: list[date], data: st.DataObject
) -> None:
    with transaction.atomic():
        actor = a_book()
        fund, posted = actor.fund, entries(found)
        post_many(fund.slug, posted)
        undone = data.draw(st.sampled_from(posted))
        reverse_entry(
            fund.slug, reference_of=undone.reference, on=date(2027, 6, 1), reference="undone", label="Extourne"
        )
        first, second = years_of(fund)
        morning = date(2027, 1, 1)
        before, last = year_accounts(fund, first), held(fund, morning)
        provisional = year_accounts(fund, second)
        agree_with_a_slow_twin(fund, days)
        done = closed(actor)
        after = year_accounts(fund, second)
        assert year_accounts(fund, first).rows == before.rows
        assert {row.key: row.opening for row in after.rows if row.opening} == expected_openings(before, done.results)
        assert after.rows == provisional.rows
        assert not after.is_provisional
        now = held(fund, morning)
        results = [key for key in now if str(key[1]).startswith(("120", "129"))]
        assert {key: minor for key, minor in now.items() if key not in results} == last
        agree_with_a_slow_twin(fund, days)
        assert find_faults(fund.slug) == []
        transaction.set_rollback(True)
