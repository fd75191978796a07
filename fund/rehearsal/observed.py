"""A model from a fund's own past: what was observed goes into the bags as it was, and is drawn again.

What the books do not tell (box office, costs) comes from published figures, and its source says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fund.charter.facts import Performance
from fund.rehearsal.models import (
    MONTHS_A_QUARTER,
    NEVER,
    QUARTERS_A_YEAR,
    Bag,
    Exploitation,
    FundModel,
    ModelMember,
    ModelProject,
    Odds,
)
from fund.rehearsal.sourced import MADE_UP, exploitation

BOOKS = "books"
"""The source of a figure that the fund's own books give."""


@dataclass(frozen=True, slots=True)
class PastProject:
    """A project that the fund supported: its award, its première (None before it), and its dates so far."""

    name: str
    award: int
    awarded_on: date
    premiere_on: date | None
    performances: tuple[Performance, ...] = ()


@dataclass(frozen=True, slots=True)
class PastCalls:
    """How many yearly contributions members were called for, and how many of them were never paid."""

    called: int
    unpaid: int


def observed_model(
    *,
    past: Sequence[PastProject],
    members: Sequence[ModelMember],
    calls: PastCalls,
    until: date,
    first_day: date,
    years: int,
    opening_reserve: int,
) -> FundModel:
    """The next `years` of a fund, drawn from what it saw up to `until` (the last day that the books know).

    Projects come as they came: as many a quarter on average, their awards in the order of the past and then again,
    each with its première as many quarters after its award as the middle project of the past.
    """
    known = [project for project in past if project.awarded_on <= until]
    quarters = QUARTERS_A_YEAR * years
    kind = observed_exploitation(known, until)
    return FundModel(
        first_day=first_day,
        quarters=quarters,
        opening_reserve=opening_reserve,
        members=tuple(members),
        projects=tuple(_coming(known, until, quarters, kind)),
        default=Odds(calls.unpaid, calls.called, BOOKS) if calls.called else replace(NEVER),
        sources={"members": BOOKS, "awards": BOOKS, "calendar": BOOKS, "reserve": BOOKS},
    )


def observed_exploitation(past: Iterable[PastProject], until: date) -> Exploitation:
    """How the fund's works were played: dates in each whole quarter since the première, fees, dates at members'."""
    usual = exploitation("theatre")
    counts: dict[int, list[int]] = {}
    played: list[Performance] = []
    for project in past:
        if project.premiere_on is None:
            continue
        ages = [_quarters_between(project.premiere_on, each.date) for each in project.performances]
        # The quarter in which the books end is not over, so it is not counted.
        for age in range(_quarters_between(project.premiere_on, until)):
            counts.setdefault(age, []).append(ages.count(age))
        played += project.performances
    fees = tuple(sorted(each.fee for each in played if each.fee is not None))
    return Exploitation(
        dates=tuple(Bag(tuple(sorted(counts[age])), BOOKS) for age in sorted(counts)) or usual.dates,
        fee=Bag(fees, BOOKS) if fees else usual.fee,
        cost=Bag(tuple(fee * part // 10 for fee in sorted(set(fees)) for part in (7, 9, 11)), MADE_UP)
        if fees
        else usual.cost,
        receipts=usual.receipts,
        net=usual.net,
        recouped=usual.recouped,
        member_date=_odds([each.member_date for each in played], usual.member_date),
        triggered=_odds([each.triggered for each in played], usual.triggered),
    )


def _odds(seen: Sequence[bool], otherwise: Odds) -> Odds:
    return Odds(sum(seen), len(seen), BOOKS) if seen else otherwise


def _quarters_between(first: date, last: date) -> int:
    """Whole quarters from one day to another; negative when it comes before."""
    months = 12 * (last.year - first.year) + last.month - first.month - (last.day < first.day)
    return months // MONTHS_A_QUARTER


def _coming(past: Sequence[PastProject], until: date, quarters: int, kind: Exploitation) -> Iterable[ModelProject]:
    """The projects of the coming quarters."""
    if not past:
        return
    in_order = sorted(past, key=lambda project: (project.awarded_on, project.name))
    seen = max(1, _quarters_between(in_order[0].awarded_on, until))
    lags = sorted(_quarters_between(p.awarded_on, p.premiere_on) for p in in_order if p.premiere_on is not None)
    lag = max(0, lags[(len(lags) - 1) // 2]) if lags else 0
    for number in range(-(-quarters * len(in_order) // seen)):
        quarter = number * seen // len(in_order)
        if quarter < quarters:
            award = in_order[number % len(in_order)].award
            yield ModelProject(f"F{number + 1:03}", award, quarter, quarter + lag, kind)
