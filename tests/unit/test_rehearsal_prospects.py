"""What the futures of a fund are drawn from: its own history, or figures that say where they come from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fund.charter.facts import Performance
from fund.rehearsal.models import FundModel
from fund.rehearsal.observed import BOOKS
from fund.rehearsal.prospects import is_short, model_of
from fund.rehearsal.records import Past, ProjectRecord, Receipt
from fund.rehearsal.sourced import MADE_UP, S31
from tests.rehearsals import YEAR, a_member, a_past, a_project, a_statement


def a_tour(code: str, summer: int, autumn: int) -> ProjectRecord:
    """Dates of 1,000.00 after a première on 1 July: so many from July to September, so many from October on."""
    days = [date(YEAR, 7, 1 + day) for day in range(summer)] + [date(YEAR, 10, 1 + day) for day in range(autumn)]
    played = tuple(Performance(day, fee=100_000 + place, triggered=place > 0) for place, day in enumerate(days))
    return replace(a_project(replace(a_statement(), played=played), code=code))


def with_history() -> Past:
    return a_past(projects=(a_tour("P1", 12, 4), a_tour("P2", 8, 0), a_tour("P3", 10, 2)))


def sources(model: FundModel) -> dict[str, str]:
    return {name: source for name, _values, source in model.figures()}


def test_a_long_history_is_drawn_from_as_it_was_seen() -> None:
    past = with_history()
    assert not is_short(past)
    tour = model_of(past, reserve=107_200).projects[0].exploitation
    assert [bag.values for bag in tour.dates[:2]] == [(8, 10, 12), (0, 2, 4)]
    assert [bag.source for bag in tour.dates] == [BOOKS, BOOKS, MADE_UP, MADE_UP, MADE_UP]
    assert len(tour.fee.values) == 36
    assert (tour.fee.source, min(tour.fee.values), max(tour.fee.values)) == (BOOKS, 100_000, 100_015)
    assert (tour.triggered.times, tour.triggered.of) == (33, 36)
    assert (tour.member_date.times, tour.member_date.source) == (0, BOOKS)


def test_a_short_history_gives_way_to_figures_that_say_so() -> None:
    model = model_of(a_past(), reserve=0)
    assert is_short(a_past())
    found = sources(model)
    assert found["1.fee"] == found["1.dates.1"] == found["default"] == MADE_UP
    assert found["1.receipts"] == S31
    assert 130 * 2400 in model.projects[0].exploitation.receipts.values


def test_the_last_year_goes_on_for_four() -> None:
    model = model_of(with_history(), reserve=107_200)
    assert (model.first_day, model.quarters, model.opening_reserve) == (date(YEAR + 1, 1, 1), 16, 107_200)
    assert len(model.projects) == 12
    first, second = model.projects[:2]
    assert (first.name, first.award, first.award_quarter, first.premiere_quarter) == ("P1+1", 300_000, 1, 2)
    assert (second.name, second.award_quarter, second.premiere_quarter) == ("P1+2", 5, 6)


def test_members_go_on_paying_what_they_paid_last() -> None:
    model = model_of(a_past(), reserve=0)
    first = model.members[0]
    assert (first.name, first.facts.contribution, first.already_paid) == ("A", 300_000, 300_000)
    assert first.facts.declared == {"annual_production_budget": 3_000_000}


def test_how_often_members_did_not_pay_is_counted_over_enough_calls() -> None:
    members = tuple(a_member(f"M{number}", 0 if number < 3 else 100_000, called=100_000) for number in range(12))
    default = model_of(a_past(members=members), reserve=0).default
    assert (default.times, default.of, default.source) == (3, 12, BOOKS)
    late = replace(members[0], receipts=(Receipt(date(YEAR + 1, 1, 5), 100_000, 3),))
    assert model_of(a_past(members=(late, *members[1:])), reserve=0).default.times == 3


def test_a_fund_without_projects_has_no_tours() -> None:
    past = replace(a_past(), projects=())
    assert model_of(past, reserve=0).projects == ()
