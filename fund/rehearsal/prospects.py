"""A fund's own records as the model from which its futures are drawn.

The last year goes on: its members pay as they paid, its projects are supported again each year at the same time, and
their tours are drawn from all the tours that the fund has seen. Where that is too little, tours and fees come from
published or made-up figures, and each bag says which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from fund.rehearsal.contributions import member_facts
from fund.rehearsal.models import (
    MONTHS_A_QUARTER,
    QUARTERS_A_YEAR,
    Exploitation,
    FundModel,
    ModelMember,
    ModelProject,
    Odds,
)
from fund.rehearsal.observed import BOOKS, PastProject, observed_exploitation
from fund.rehearsal.records import MemberRecord, Past
from fund.rehearsal.sourced import MADE_UP, exploitation

YEARS: Final = 4
"""How far the futures go."""

LEAST_DATES, LEAST_TOURS, LEAST_CALLS = 30, 3, 10
"""Fewer dates, tours, or calls for contributions than these are too few to draw from."""


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
        sources=dict.fromkeys(("members", "awards", "calendar", "reserve"), BOOKS),
    )


def is_short(past: Past) -> bool:
    """Whether the fund has seen too few dates and tours to draw from them."""
    tours = [project for project in _tours(past) if project.premiere_on and project.performances]
    return len(tours) < LEAST_TOURS or sum(len(project.performances) for project in tours) < LEAST_DATES


def _tours(past: Past) -> list[PastProject]:
    """Every project with its dates, as its last statement has them."""
    return [
        PastProject(
            name=project.code,
            award=project.awarded,
            awarded_on=project.awarded_on,
            premiere_on=project.premiere,
            performances=project.statements[-1].played if project.statements else (),
        )
        for project in past.projects
    ]


def _exploitation(past: Past) -> Exploitation:
    """How the fund's works are played; quarters of a tour that nobody has lived through yet are the usual ones."""
    usual = exploitation("theatre")
    if is_short(past):
        return usual
    seen = observed_exploitation(_tours(past), past.last + timedelta(days=1))
    return replace(seen, dates=seen.dates + usual.dates[len(seen.dates) :])


def _member(member: MemberRecord, year: int) -> ModelMember:
    last = max(member.called, default=year)
    paid = sum(receipt.minor for receipt in member.receipts if receipt.on.year == last)
    whole = sum(receipt.minor for receipt in member.receipts)
    return ModelMember(member.code, member_facts(member, last, paid), already_paid=whole)


def _projects(past: Past) -> Iterator[ModelProject]:
    """The projects of the last year with awards, again each year at the same time of the year."""
    if not past.projects:
        return
    latest = max(project.awarded_on.year for project in past.projects)
    tour = _exploitation(past)
    for project in past.projects:
        if project.awarded_on.year != latest:
            continue
        award = _quarter(project.awarded_on, latest)
        premiere = max(award, _quarter(project.premiere or project.awarded_on, latest))
        for year in range(YEARS):
            start = QUARTERS_A_YEAR * year
            name = f"{project.code}+{year + 1}"
            yield ModelProject(name, project.awarded, start + award, start + premiere, tour)


def _quarter(day: date, year: int) -> int:
    """Quarters since the beginning of a year."""
    return QUARTERS_A_YEAR * (day.year - year) + (day.month - 1) // MONTHS_A_QUARTER


def _default(past: Past) -> Odds:
    """How often a member that was called paid nothing that year."""
    called = [(member, year) for member in past.members for year, call in member.called.items() if call.minor]
    if len(called) < LEAST_CALLS:
        return Odds(1, 20, MADE_UP)
    unpaid = sum(all(receipt.on.year != year for receipt in member.receipts) for member, year in called)
    return Odds(unpaid, len(called), BOOKS)
