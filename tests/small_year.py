"""The small year that was worked out on paper, taken through the books: what its README says, pages must show."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fund.importers.year_folder import read_year_folder
from fund.importers.year_run import run_year
from fund.models import Access, Fund, User
from fund.roles import ROLES

FOLDER = Path(__file__).parent / "acceptance" / "folders" / "small_year"
CLOSING = date(2026, 12, 31)
CALL = "call-2026"
FAR_AWAY = date(9000, 12, 31)
"""The last day of an auditor who is let in for the whole of a test."""


def small_year() -> Fund:
    """The fund of the small year, through its last day."""
    return run_year(read_year_folder(FOLDER), progress=lambda *_: None).fund


def a_user(name: str, fund: Fund, role: str, *, party: str = "", until: date | None = None) -> User:
    """Somebody with one role in one fund, for the party of this code; an auditor until a day far away."""
    user, _ = User.objects.get_or_create(username=name)
    speaks_for = fund.parties.get(code=party) if party else None
    last = until or (FAR_AWAY if role == "auditor" else None)
    Access.objects.create(user=user, fund=fund, role=role, party=speaks_for, since=fund.founded_on, until=last)
    return user


def one_user_a_role(fund: Fund) -> dict[str, User]:
    """A user for each role; the artist is of project A's company, the member is THE."""
    parties = {"artist": fund.projects.get(code="A").company.code, "member": "THE"}
    return {role: a_user(f"{fund.slug}-{role}", fund, role, party=parties.get(role, "")) for role in ROLES}
