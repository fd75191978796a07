"""What a charter declares beside its amounts: things to book, baskets, projects of some members, phases.

No amount depends on any of it. It is written so that the rules of a fund stand in one text, and it is read and
checked as the rest is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ResourceKind = Literal["premises", "equipment", "skills"]
BookingUnit = Literal["hour", "half-day", "day"]
Choosers = Literal["artists", "subscribers", "artists-and-subscribers"]
Participation = Literal["all-members", "members-who-join"]
Work = Literal["diagnosis", "meetings", "proposals"]
Adopter = Literal["plenary", "committee"]


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that members book in turn; whoever comes second waits, on a list where there is one.

    `longest` is the most units that one booking takes; None when nothing is said.
    """

    name: str
    what: ResourceKind
    unit: BookingUnit
    longest: int | None
    waiting_list: bool
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Baskets:
    """What a basket holds, not known to subscribers beforehand, and who composes it."""

    physical: int
    immaterial: int
    chosen_by: Choosers
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Projects:
    """Who takes part in a project: every member, or those who join; votes, costs and credit are theirs alone."""

    members: Participation


@dataclass(frozen=True, slots=True)
class Phase:
    """A step of a concertation: what is done, and who adopts its result, if anybody does."""

    name: str
    work: Work
    adopted_by: Adopter | None


@dataclass(frozen=True, slots=True)
class Declared:
    """Everything that a charter declares; empty for most."""

    resources: tuple[Resource, ...] = ()
    baskets: Baskets | None = None
    projects: Projects | None = None
    phases: tuple[Phase, ...] = ()


NOTHING = Declared()
