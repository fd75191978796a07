"""From facts to points: what each is worth, from which day it counts, and the statement of a year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from fund.charter.facts import MemberFacts
from fund.charter.notoriety.facts import Contest, NotorietyFact
from fund.charter.notoriety.grammar import Notoriety
from fund.charter.trace import Step

ALGORITHM = "notoriety/1"

State = Literal["credited", "credited-before", "waiting", "contested", "withdrawn", "town-counted", "not-in-table"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a party has between two statements: whole points, as booked, and the two fractions carried.

    `decay_carried` is the exact balance less the points (half a point at most, either way). `credit_carried`
    is what the party was exactly entitled to, in all statements, less what it was credited.
    """

    points: int = 0
    decay_carried: Fraction = Fraction(0)
    credit_carried: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One party's year, in points: opening − decayed + credited = closing.

    A party is `fund`, `company:ID` or `member:ID`. `contested` is what the facts set aside would give it.
    `standing` is what to give the next statement as this party's opening.
    """

    party: str
    opening: int
    decayed: int
    credited: int
    contested: int
    closing: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact in a statement (as amended), its state, and what it gives; `from_day` is when it may be credited."""

    fact: NotorietyFact
    state: State
    points: int
    from_day: date | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A year of notoriety, computed and not yet adopted: by party, fact by fact, with the steps that made it."""

    until: date
    lines: tuple[StatementLine, ...]
    facts: tuple[FactLine, ...]
    steps: tuple[Step, ...]
    algorithm: str = ALGORITHM


def points_of(notoriety: Notoriety, fact: NotorietyFact) -> int:
    """What the table says this fact is worth; raises FactNotInTable."""
    raise NotImplementedError


def check_fact(notoriety: Notoriety, fact: NotorietyFact) -> None:
    """Refuse a fact before it is written: FactNotInTable, EvidenceMissing, TownMissing."""
    raise NotImplementedError


def last_day_to_contest(notoriety: Notoriety, fact: NotorietyFact) -> date:
    """The last day on which the fact may be contested."""
    raise NotImplementedError


def check_contest(notoriety: Notoriety, fact: NotorietyFact, contest: Contest) -> None:
    """Refuse a contest: ContestTooLate, ContestTooEarly, ResolutionTooEarly, ContestOfAnother."""
    raise NotImplementedError


def creditable_from(notoriety: Notoriety, fact: NotorietyFact, contests: Iterable[Contest]) -> date | None:
    """The first day on which the fact may be credited; None while a contest is open, or when it was withdrawn."""
    raise NotImplementedError


def statement(
    notoriety: Notoriety,
    *,
    until: date,
    facts: Iterable[NotorietyFact],
    contests: Iterable[Contest] = (),
    members: Mapping[str, MemberFacts],
    opening: Mapping[str, Standing] | None = None,
    credited: Collection[str] = (),
    years: int = 1,
) -> Statement:
    """The statement up to a day: balances decay, then the facts that may be credited are shared.

    Give all the facts of the fund so far, the standings of the last statement (`standings_of`), and the
    references it and the earlier ones credited (`credited_of`, all years together). `years` is how many
    years have passed since: 0 for a second statement of one year. Raises FactsMissing when a member's
    figure in the key is not known or all are zero.
    """
    raise NotImplementedError


def standings_of(made: Statement) -> dict[str, Standing]:
    """Each party's standing at the end of a statement: the opening of the next one."""
    raise NotImplementedError


def credited_of(made: Statement) -> tuple[str, ...]:
    """The references of the facts that this statement credits."""
    raise NotImplementedError


def member_points(standings: Mapping[str, Standing]) -> dict[str, int]:
    """Each member's points, by its id: the figures of the key `notoriety`."""
    raise NotImplementedError
