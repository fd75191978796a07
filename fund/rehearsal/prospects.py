"""A fund's own history as the bags from which its futures are drawn.

The last year of the records is what goes on: its members pay as they paid, its projects are supported again each
year, and their tours are drawn from all the tours that the fund has seen. Where the history is too short, figures
come from elsewhere, and each says from where.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from fund.charter.facts import Performance
from fund.rehearsal.contributions import member_facts
from fund.rehearsal.models import (
    MONTHS_A_QUARTER,
    QUARTERS_A_YEAR,
    Bag,
    Exploitation,
    FundModel,
    ModelMember,
    ModelProject,
    Odds,
)
from fund.rehearsal.records import MemberRecord, Past, ProjectRecord

YEARS: Final = 4
"""How far the futures go."""

LEAST_DATES, LEAST_TOURS, LEAST_CALLS = 30, 3, 10
"""Fewer dates, tours, or calls for contributions than these are no history to draw from."""

HISTORY: Final = "books"
"""The source of what was observed: the fund's own records."""

MADE_UP: Final = "made-up"
ATTENDANCE: Final = (
    "https://tmnlab.com/2024/01/15/billetterie-du-spectacle-vivant-par-le-deps-un-premier-pas-encourageant-qui-incite-"
    "les-professionnel-les-a-se-mobiliser"
)
"""France 2022, theatre: 130 spectators a performance, 24 EUR a ticket."""

_RECEIPTS = 130 * 24_00
_NET, _RECOUPED = 700, 100
_COST_OF_FEE = (9, 10)
_FEE = 2_000_00
_TOUR = ((0, 1, 2, 3, 4), (0, 0, 1, 2, 4), (0, 0, 0, 1, 2), (0,))


def model_of(past: Past, *, reserve: int) -> FundModel:
    """The fund from the first day of the year after its records, with what its reserve holds then."""
    year = past.last.year
    return FundModel(
        first_day=date(year + 1, 1, 1),
        quarters=QUARTERS_A_YEAR * YEARS,
        opening_reserve=reserve,
        members=tuple(_member(member, year) for member in past.members),
        projects=tuple(_projects(past)),
        default=_default(past),
        currency=past.currency,
        sources={"members": HISTORY, "projects": HISTORY, "opening_reserve": HISTORY},
    )


def is_short(past: Past) -> bool:
    """Whether the fund has seen too few dates and tours to draw from them."""
    tours = [project for project in past.projects if project.statements and project.premiere]
    return len(tours) < LEAST_TOURS or len(_dates(tours)) < LEAST_DATES


def _member(member: MemberRecord, year: int) -> ModelMember:
    last = max(member.called, default=year)
    paid = sum(receipt.minor for receipt in member.receipts if receipt.on.year == last)
    return ModelMember(
        name=member.code,
        facts=member_facts(member, last, paid),
        already_paid=sum(receipt.minor for receipt in member.receipts),
    )


def _projects(past: Past) -> Iterator[ModelProject]:
    """The projects of the last year with awards, again each year, at the same time of the year."""
    if not past.projects:
        return
    latest = max(project.awarded_on.year for project in past.projects)
    exploitation = _exploitation(past)
    for project in past.projects:
        if project.awarded_on.year != latest:
            continue
        award = _quarter_of(project.awarded_on) - QUARTERS_A_YEAR * latest
        premiere = _quarter_of(project.premiere or project.awarded_on) - QUARTERS_A_YEAR * latest
        for year in range(YEARS):
            start = QUARTERS_A_YEAR * year
            if start + max(award, premiere) < QUARTERS_A_YEAR * YEARS:
                yield ModelProject(
                    name=f"{project.code}+{year + 1}",
                    award=project.awarded,
                    award_quarter=start + award,
                    premiere_quarter=start + max(award, premiere),
                    exploitation=exploitation,
                )


def _exploitation(past: Past) -> Exploitation:
    tours = [project for project in past.projects if project.statements and project.premiere]
    played = _dates(tours)
    short = is_short(past)
    fees = (_FEE,) if short else tuple(sorted(each.fee or 0 for each in played))
    source = MADE_UP if short else HISTORY
    cost = sum(fees) * _COST_OF_FEE[0] // (_COST_OF_FEE[1] * len(fees))
    return Exploitation(
        dates=tuple(Bag(bag, MADE_UP) for bag in _TOUR) if short else tuple(_tour(tours)),
        fee=Bag(fees, source),
        cost=Bag((cost,), MADE_UP),
        receipts=Bag((_RECEIPTS,), ATTENDANCE),
        net=Bag((_NET,), MADE_UP),
        recouped=Bag((_RECOUPED,), MADE_UP),
        member_date=Odds(0, 1, MADE_UP) if short else Odds(sum(d.member_date for d in played), len(played), HISTORY),
        triggered=Odds(1, 1, MADE_UP) if short else Odds(sum(d.triggered for d in played), len(played), HISTORY),
    )


def _tour(tours: Sequence[ProjectRecord]) -> Iterator[Bag]:
    """Dates by quarter after the première, each tour as far as it was declared; then none, which nobody has seen."""
    counts: list[list[int]] = []
    for project in tours:
        if project.premiere is None:
            continue
        first, last = _quarter_of(project.premiere), _quarter_of(project.statements[-1].last)
        seen = [0] * max(0, last - first + 1)
        for each in project.statements[-1].played:
            place = _quarter_of(each.date) - first
            if 0 <= place < len(seen):
                seen[place] += 1
        for place, count in enumerate(seen):
            if place == len(counts):
                counts.append([])
            counts[place].append(count)
    yield from (Bag(tuple(sorted(bag)), HISTORY) for bag in counts)
    yield Bag((0,), MADE_UP)


def _dates(tours: Sequence[ProjectRecord]) -> list[Performance]:
    """Every date that took place, as the last statement of each tour has it."""
    return [each for project in tours for each in project.statements[-1].played]


def _default(past: Past) -> Odds:
    """How often a member that was called paid nothing that year."""
    called = [(member, year) for member in past.members for year, call in member.called.items() if call.minor]
    if len(called) < LEAST_CALLS:
        return Odds(1, 20, MADE_UP)
    unpaid = sum(all(receipt.on.year != year for receipt in member.receipts) for member, year in called)
    return Odds(unpaid, len(called), HISTORY)


def _quarter_of(day: date) -> int:
    """Quarters since the year nought."""
    return QUARTERS_A_YEAR * day.year + (day.month - 1) // MONTHS_A_QUARTER
