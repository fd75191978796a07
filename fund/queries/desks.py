"""What one person may open: the seats that a user holds on a day, with what each leads to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from fund.models import Access, Fund, Party, Project
from fund.queries.identities import (
    CallIdentity,
    FundIdentity,
    PartyIdentity,
    call_identities,
    fund_identity,
    party_identity,
)
from fund.queries.rooms import committee_calls
from fund.queries.tasks import Task, committee_tasks, secretary_tasks
from fund.roles import Seat, may_see_books, may_see_committee, may_see_drafts


@dataclass(frozen=True, slots=True)
class Seated:
    """One seat: the role in a fund, the party it speaks for, the projects and the calls it leads to."""

    fund: FundIdentity
    role: str
    party: PartyIdentity | None
    projects: tuple[PartyIdentity, ...]
    calls: tuple[CallIdentity, ...]
    members: tuple[PartyIdentity, ...]
    rooms: tuple[CallIdentity, ...] = ()

    @property
    def keeps_books(self) -> bool:
        """Whether the seat opens the books."""
        return may_see_books([Seat(self.fund.slug, self.role)], self.fund.slug)

    @property
    def sees_drafts(self) -> bool:
        """Whether the seat opens the drafts of the rules."""
        return may_see_drafts([Seat(self.fund.slug, self.role)], self.fund.slug)

    @property
    def sees_committee(self) -> bool:
        """Whether the seat opens the committee's room."""
        return may_see_committee([Seat(self.fund.slug, self.role)], self.fund.slug)


@dataclass(frozen=True, slots=True)
class Desk:
    """All the seats of a user, by fund and role."""

    on: date
    seats: tuple[Seated, ...]


def desk_of(user: int | None, on: date) -> Desk:
    """The desk of the user of this primary key; empty for nobody."""
    rows = (
        Access.objects.select_related("fund", "party")
        .filter(Q(until=None) | Q(until__gte=on), user=user, since__lte=on)
        .order_by("fund__name", "role", "party__code")
    )
    return Desk(on, tuple(_seated(row) for row in rows))


def _seated(row: Access) -> Seated:
    projects = Project.objects.filter(fund=row.fund).order_by("title", "code")
    if row.role == Access.Role.ARTIST:
        projects = projects.filter(company=row.party)
    elif row.role == Access.Role.MEMBER:
        projects = projects.none()
    keeps_books = may_see_books([Seat(row.fund.slug, row.role)], row.fund.slug)
    members = Party.objects.filter(fund=row.fund, memberships__isnull=False).distinct().order_by("code")
    return Seated(
        fund=fund_identity(row.fund),
        role=row.role,
        party=party_identity(row.party) if row.party else None,
        projects=tuple(PartyIdentity(project.code, project.title) for project in projects),
        calls=call_identities(row.fund),
        members=tuple(map(party_identity, members)) if keeps_books else (),
        rooms=rooms_of(row.fund, row.role),
    )


def rooms_of(fund: Fund, role: str) -> tuple[CallIdentity, ...]:
    """The calls that go through the committee, for whoever may see where it is in them."""
    if not may_see_committee([Seat(fund.slug, role)], fund.slug):
        return ()
    return tuple(CallIdentity(call.slug, call.name) for call in committee_calls(fund))


def waiting(seat: Seated, person: str, now: datetime) -> tuple[Task, ...]:
    """What waits for somebody in one seat: a member of the committee, or the administrator as its secretary."""
    fund = Fund.objects.get(slug=seat.fund.slug)
    if seat.role == Access.Role.COMMITTEE:
        return committee_tasks(fund, person, now)
    return secretary_tasks(fund, now) if seat.role == Access.Role.ADMINISTRATOR else ()
