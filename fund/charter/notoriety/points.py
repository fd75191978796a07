"""From facts to points: what each fact is worth by the visible table, and what state it is in on a day."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from fund.charter.notoriety.contestation import Position, position
from fund.charter.notoriety.facts import Contest, NotorietyFact
from fund.charter.notoriety.grammar import Notoriety, SamePoints
from fund.charter.notoriety.refusals import (
    ContestOfAnother,
    EvidenceMissing,
    FactDeclaredEarly,
    FactNotInTable,
    FactTwice,
    TownMissing,
)

State = Literal["credited", "credited-before", "waiting", "contested", "withdrawn", "town-counted", "not-in-table"]


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact on a day: as corrected, its state, its points, and the day from which it may be credited.

    `points` is what it gives (`credited`) or what is at stake (`waiting`, `contested`); otherwise 0.
    """

    fact: NotorietyFact
    state: State
    points: int
    from_day: date | None


def worth(notoriety: Notoriety, fact: NotorietyFact) -> int | None:
    """What the table gives such a fact; None when it does not name it."""
    line = notoriety.points.get(fact.kind)
    if line is None:
        return None
    return line.points if isinstance(line, SamePoints) else line.points.get(fact.level)


def points_of(notoriety: Notoriety, fact: NotorietyFact) -> int:
    """What the table says this fact is worth, in points; raises FactNotInTable."""
    points = worth(notoriety, fact)
    if points is None:
        raise FactNotInTable(reference=fact.reference, kind=fact.kind, level=fact.level)
    return points


def check_fact(notoriety: Notoriety, fact: NotorietyFact) -> None:
    """Refuse a fact before it is written: FactNotInTable, EvidenceMissing, TownMissing, FactDeclaredEarly."""
    points_of(notoriety, fact)
    if not fact.evidence.strip():
        raise EvidenceMissing(reference=fact.reference)
    if fact.kind == "town" and not town_key(fact.town):
        raise TownMissing(reference=fact.reference)
    if fact.declared_on < fact.on:
        raise FactDeclaredEarly(reference=fact.reference, on=fact.on, declared_on=fact.declared_on)


def town_key(town: str) -> str:
    """A town's name without what writers do differently: accents, capitals, hyphens, spaces.

    >>> town_key(" Saint-Étienne ") == town_key("SAINT ETIENNE")
    True
    """
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", town) if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in letters.casefold()).split())


def fact_lines(
    notoriety: Notoriety,
    *,
    until: date,
    facts: Iterable[NotorietyFact],
    contests: Iterable[Contest] = (),
    credited: Collection[str] = (),
) -> tuple[FactLine, ...]:
    """Every fact declared up to a day, in the order of their days, with its state and its points.

    `credited` names those that an earlier statement credited. A town counts once a project: for the fact
    that could be credited first. Raises FactTwice, and what `check_contest` refuses.
    """
    by_reference: dict[str, NotorietyFact] = {}
    for fact in facts:
        if fact.reference in by_reference:
            raise FactTwice(reference=fact.reference)
        by_reference[fact.reference] = fact
    by_fact: dict[str, list[Contest]] = {name: [] for name in by_reference}
    for contest in contests:
        if contest.fact not in by_fact:
            raise ContestOfAnother(reference=contest.fact)
        by_fact[contest.fact].append(contest)
    positions = [
        position(notoriety, fact, by_fact[name], until)
        for name, fact in by_reference.items()
        if fact.declared_on <= until
    ]
    before = set(credited)
    towns: set[tuple[str, str]] = set()
    lines = []
    for each in sorted(positions, key=lambda place: _turn(place, before, until)):
        state = _state(notoriety, each, before, until, towns)
        if each.fact.kind == "town" and state in ("credited", "credited-before"):
            towns.add(_town(each.fact))
        at_stake = state in ("credited", "waiting", "contested")
        lines.append(FactLine(each.fact, state, worth(notoriety, each.fact) or 0 if at_stake else 0, each.from_day))
    return tuple(sorted(lines, key=lambda line: (line.fact.on, line.fact.reference)))


def _turn(place: Position, before: Collection[str], until: date) -> tuple[int, date, date, str]:
    """Facts credited before, then by the day from which each may be credited; those that may not, last."""
    fact, day = place.fact, place.from_day
    if fact.reference in before:
        return 0, fact.on, fact.on, fact.reference
    return (1, day, fact.on, fact.reference) if day is not None else (2, until, fact.on, fact.reference)


def _state(
    notoriety: Notoriety, place: Position, before: Collection[str], until: date, towns: Collection[tuple[str, str]]
) -> State:
    fact = place.fact
    if fact.reference in before:
        return "credited-before"
    if place.withdrawn:
        return "withdrawn"
    if worth(notoriety, fact) is None:
        return "not-in-table"
    if fact.kind == "town" and _town(fact) in towns:
        return "town-counted"
    if place.contested:
        return "contested"
    return "waiting" if place.from_day is None or place.from_day > until else "credited"


def _town(fact: NotorietyFact) -> tuple[str, str]:
    return fact.project, town_key(fact.town)
