"""Two people close a year at the same moment, or one closes while another books: one of the two is first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest

from fund.accounting.closing_errors import YearClosedForGood
from fund.models import Act
from fund.services.actors import Actor
from fund.services.closing import Closed, close_year, open_next_year
from ledger.audit import find_faults
from ledger.balances import journal_entries
from ledger.errors import LedgerError
from tests.builders import a_fund
from tests.closing_years import MARCH, posted
from tests.soak import rivals
from tests.sqlite_files import ON_SQLITE, copied, worked_on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared_database(tmp_path: Path) -> Iterator[None]:
    """A database that several connections share."""
    with worked_on(copied(tmp_path / "closing.sqlite3")) if ON_SQLITE else nullcontext():
        yield


@pytest.fixture
def actor(_shared_database: None) -> Actor:
    actor = a_fund()
    posted(actor, date(2026, 6, 1), ("512", 500), ("7561", -500), reference="income", journal="BQ")
    open_next_year(actor, "2027", on=MARCH, why="la suite")
    return actor


def test_a_year_that_two_people_close_at_once_is_closed_once(actor: Actor) -> None:
    met = rivals.at_once(*[lambda: close_year(actor, "2026", on=MARCH, why="arrêté") for _ in range(3)])
    assert sorted(type(answer).__name__ for answer in met) == ["Closed", "YearClosedForGood", "YearClosedForGood"]
    assert Act.objects.filter(kind="year-closed").count() == 1
    assert [each.entry.journal for each in journal_entries(actor.fund.slug)] == ["BQ", "CL", "AN"]
    assert find_faults(actor.fund.slug) == []
    assert isinstance(next(each for each in met if not isinstance(each, YearClosedForGood)), Closed)


def test_an_entry_of_the_last_day_is_in_the_closing_or_refused(actor: Actor) -> None:
    def book() -> object:
        return posted(actor, date(2026, 12, 31), ("512", 7), ("7561", -7), reference="last", journal="BQ")

    shut, booked = rivals.at_once(lambda: close_year(actor, "2026", on=MARCH, why="arrêté"), book)
    assert isinstance(shut, Closed)
    result = sum(shut.results.values())
    assert result == (500 if isinstance(booked, LedgerError) else 507)
    assert find_faults(actor.fund.slug) == []
