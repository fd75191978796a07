"""What notoriety is made of: facts with their evidence, and the contests that set them aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from fund.charter.notoriety.grammar import FactKind, Level


@dataclass(frozen=True, slots=True)
class NotorietyFact:
    """One dated thing that happened to a project: a date played, a town reached, an article, a prize.

    `on` is the day of the fact, `declared_on` the day the members could first read it: the delay to contest it
    runs from there. `evidence` is a file or an address. `town` is said for a town reached.
    """

    reference: str
    kind: FactKind
    level: Level
    on: date
    declared_on: date
    project: str
    company: str
    evidence: str
    town: str = ""


@dataclass(frozen=True, slots=True)
class Upheld:
    """The contest is settled: the fact stands as it was declared."""

    on: date


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The contest is settled: the fact is taken out, and credits nobody."""

    on: date


@dataclass(frozen=True, slots=True)
class Amended:
    """The contest is settled: the fact counts as corrected here, under the same reference."""

    on: date
    fact: NotorietyFact


Resolution: TypeAlias = Upheld | Withdrawn | Amended


@dataclass(frozen=True, slots=True)
class Contest:
    """Somebody disputes a fact, on a day, for a reason; None while nobody has settled it."""

    fact: str
    on: date
    by: str
    reason: str
    resolution: Resolution | None = None
