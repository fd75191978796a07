"""A model from a fund's past holds what was seen, and says what was not."""

from __future__ import annotations

from datetime import date

from fund.charter.facts import Performance
from fund.charter.shipped import shipped
from fund.rehearsal.models import Bag, FundModel, Odds
from fund.rehearsal.observed import BOOKS, PastCalls, PastProject, observed_exploitation, observed_model
from fund.rehearsal.rehearsing import rehearsed
from fund.rehearsal.sourced import MADE_UP, S31, exploitation, sourced_model
from tests.rehearsal_models import members

UNTIL = date(2026, 12, 31)


def shown(day: str, fee: int | None = 100_000, *, member: bool = False, triggered: bool = True) -> Performance:
    return Performance(date.fromisoformat(day), fee, member_date=member, triggered=triggered)


PAST = (
    PastProject(
        "A", 900_000, date(2026, 1, 10), date(2026, 4, 1),
        (shown("2026-04-01"), shown("2026-05-02", 120_000, member=True), shown("2026-07-01", 90_000, triggered=False)),
    ),
    PastProject("B", 700_000, date(2026, 3, 1), date(2026, 7, 1), (shown("2026-08-01"),)),
    PastProject("C", 500_000, date(2026, 11, 1), None),
    PastProject("later", 1, date(2027, 1, 1), None),
)  # fmt: skip


def model(past: tuple[PastProject, ...] = PAST, calls: PastCalls = PastCalls(12, 3)) -> FundModel:  # noqa: B008
    return observed_model(
        past=past,
        members=members(),
        calls=calls,
        until=UNTIL,
        first_day=date(2027, 1, 1),
        years=2,
        opening_reserve=5_000_000,
    )


def test_dates_are_counted_by_whole_quarters_since_the_premiere() -> None:
    """A was played for two whole quarters and B for one; the quarter in which the books end counts for neither."""
    seen = observed_exploitation(PAST[:3], UNTIL)
    assert seen.dates == (Bag((1, 2), BOOKS), Bag((1,), BOOKS))
    assert seen.fee == Bag((90_000, 100_000, 100_000, 120_000), BOOKS)
    assert (seen.member_date, seen.triggered) == (Odds(1, 4, BOOKS), Odds(3, 4, BOOKS))


def test_what_the_books_do_not_tell_keeps_its_own_source() -> None:
    seen, usual = observed_exploitation(PAST, UNTIL), exploitation("theatre")
    assert seen.receipts == usual.receipts
    assert (seen.receipts.source, seen.cost.source) == (S31, MADE_UP)
    assert observed_exploitation((), UNTIL) == usual


def test_projects_come_as_they_came() -> None:
    """Three in the three quarters up to the end of 2026: one a quarter, awards in turn, premières a quarter later."""
    coming = model().projects
    assert [project.award_quarter for project in coming] == list(range(8))
    assert [project.award for project in coming[:4]] == [900_000, 700_000, 500_000, 900_000]
    assert {project.premiere_quarter - project.award_quarter for project in coming} == {0}


def test_members_default_as_they_did() -> None:
    assert model().default == Odds(3, 12, BOOKS)
    assert model(calls=PastCalls(0, 0)).default.ratio == 0


def test_a_fund_without_a_past_has_no_projects_to_come() -> None:
    assert model(past=()).projects == ()


def test_a_model_of_the_past_can_be_rehearsed_and_tells_its_figures() -> None:
    futures = rehearsed(model(), shipped("creafonds"), paths=5)
    assert futures.paths == 5
    told = {name: source for name, _, source in model().figures()}
    assert told["1.fee"] == BOOKS
    assert told["1.receipts"] == S31
    assert told["default"] == BOOKS


def test_the_sourced_model_tells_a_source_for_every_figure() -> None:
    told = list(sourced_model().figures())
    assert {source for _, _, source in told} == {MADE_UP, S31}
    assert ("1.receipts", "124800–499200", S31) in told
    assert (len(sourced_model().members), len(sourced_model().projects), sourced_model().quarters) == (10, 20, 16)
