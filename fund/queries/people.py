"""Who sits on a committee on a day, by the names that ballots, reports and minutes use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from fund.models import Access, Fund, User


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the committee: the code they are known by, how they are called, where they are reached, for whom."""

    code: str
    name: str
    email: str
    party: str


def committee_of(fund: Fund, on: date) -> dict[str, Person]:
    """The committee of a fund on a day by code, in the order of the codes."""
    rows = Access.objects.select_related("user", "party").filter(
        Q(until=None) | Q(until__gte=on), fund=fund, role=Access.Role.COMMITTEE, since__lte=on
    )
    people = {
        row.user.get_username(): Person(
            code=row.user.get_username(),
            name=row.user.get_full_name() or row.user.get_username(),
            email=row.user.email,
            party=row.party.code if row.party else "",
        )
        for row in rows.order_by("user__username", "pk")
    }
    return people


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """How people are called, by the code they are known by; whoever signs in no more is called by it."""
    codes = set(codes)
    names = {user.get_username(): user.get_full_name() for user in User.objects.filter(username__in=codes)}
    return {code: names.get(code) or code for code in codes}
