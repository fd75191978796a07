"""What one application says: the facts that gates look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Commitment = Literal["production", "diffusion"]


@dataclass(frozen=True, slots=True)
class Sponsor:
    """A member that stands for a project, and what it commits to."""

    member: str
    commits_to: frozenset[Commitment] = frozenset()


@dataclass(frozen=True, slots=True)
class Partner:
    """A structure that carries the project with its lead."""

    name: str
    specialised: bool = False


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """A performance to come; its host may be a member, a partner, both or neither."""

    on: date
    by_member: bool = False
    by_partner: bool = False


@dataclass(frozen=True, slots=True)
class Engagement:
    """A co-production or a performance that the company already holds, and the region where."""

    name: str
    region: str


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """The report on an earlier aid: when it was due, and when it came."""

    project: str
    due_on: date
    delivered_on: date | None = None


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """What one application says, amounts in minor units.

    `applications_in_call` and `files_in_season` count this one. `covered_in_season` counts the performances that
    the fund already covers this season, `to_cover` those of this file. `own_part` is what the applicant holds
    of the `production`; `receipts` and `costs` are those expected without any aid.
    """

    filed_on: date
    meeting_on: date | None = None
    first_date_on: date | None = None
    announced_on: date | None = None
    adviser_met_on: date | None = None
    last_aided_on: date | None = None
    region: str | None = None
    overseas: bool = False
    lead_category: str | None = None
    sponsors: tuple[Sponsor, ...] = ()
    partners: tuple[Partner, ...] = ()
    planned: tuple[PlannedDate, ...] = ()
    coproductions: tuple[Engagement, ...] = ()
    performances: tuple[Engagement, ...] = ()
    documents: frozenset[str] = frozenset()
    reports: tuple[EarlierReport, ...] = ()
    applications_in_call: int = 1
    files_in_season: int = 1
    covered_in_season: int = 0
    to_cover: int = 0
    own_part: int = 0
    production: int = 0
    receipts: int = 0
    costs: int = 0
