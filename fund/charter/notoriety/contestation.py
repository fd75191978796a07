"""The right to contest: until when, what a contest does to a fact, and from which day a fact may be credited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from fund.charter.notoriety.facts import Amended, Contest, NotorietyFact, Withdrawn
from fund.charter.notoriety.grammar import Notoriety
from fund.charter.notoriety.refusals import ContestOfAnother, ContestTooEarly, ContestTooLate, ResolutionTooEarly


@dataclass(frozen=True, slots=True)
class Position:
    """Where a fact stands on a day: as corrected, contested or withdrawn, and from when it may be credited."""

    fact: NotorietyFact
    contested: bool
    withdrawn: bool
    from_day: date | None


def last_day_to_contest(notoriety: Notoriety, fact: NotorietyFact) -> date:
    """The last day on which the fact may be contested: the delay runs from its declaration."""
    return _days_later(fact.declared_on, notoriety.contestation_days)


def check_contest(notoriety: Notoriety, fact: NotorietyFact, contest: Contest) -> None:
    """Refuse a contest: ContestOfAnother, ContestTooEarly, ContestTooLate, ResolutionTooEarly."""
    if contest.fact != fact.reference:
        raise ContestOfAnother(reference=contest.fact)
    if contest.on < fact.declared_on:
        raise ContestTooEarly(reference=fact.reference, on=contest.on, declared_on=fact.declared_on)
    last_day = last_day_to_contest(notoriety, fact)
    if contest.on > last_day:
        raise ContestTooLate(reference=fact.reference, on=contest.on, last_day=last_day)
    resolution = contest.resolution
    if resolution is not None and resolution.on < contest.on:
        raise ResolutionTooEarly(reference=fact.reference, on=resolution.on, contested_on=contest.on)
    if isinstance(resolution, Amended) and resolution.fact.reference != fact.reference:
        raise ContestOfAnother(reference=resolution.fact.reference)


def position(notoriety: Notoriety, fact: NotorietyFact, contests: Iterable[Contest], until: date) -> Position:
    """Where a fact stands at the end of a day; what is written later is not looked at.

    It may be credited from the day after the delay, or from the day its last contest is settled when that
    is later: until the delay is over somebody else may still speak. One withdrawal takes it out; of several
    corrections the last one counts. Raises what `check_contest` refuses.
    """
    known = sorted((contest for contest in contests if contest.on <= until), key=lambda each: each.on)
    for contest in known:
        check_contest(notoriety, fact, contest)
    settled = [each.resolution for each in known if each.resolution is not None and each.resolution.on <= until]
    settled.sort(key=lambda resolution: resolution.on)
    corrected = fact
    for resolution in settled:
        if isinstance(resolution, Amended):
            corrected = replace(resolution.fact, declared_on=fact.declared_on)
    withdrawn = any(isinstance(resolution, Withdrawn) for resolution in settled)
    contested = len(settled) < len(known)
    after_delay = _days_later(last_day_to_contest(notoriety, fact), 1)
    from_day = None if contested or withdrawn else max([after_delay, *(resolution.on for resolution in settled)])
    return Position(corrected, contested and not withdrawn, withdrawn, from_day)


def _days_later(day: date, days: int) -> date:
    """So many days later, or the last day that calendars have."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
