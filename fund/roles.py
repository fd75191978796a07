"""Who may see what: plain predicates over the seats that a person holds on a day.

Plain Python. A seat is an access in force: a role in a fund, on behalf of a party where the role has one.
The same predicates serve the pages and the services, so that a door that is closed on a page is closed
behind it too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

RoleName = Literal["committee", "artist", "member", "treasurer", "auditor", "administrator"]

ROLES: Final[tuple[RoleName, ...]] = ("committee", "artist", "member", "treasurer", "auditor", "administrator")

# The auditor reads everything and acts on nothing; the treasurer and the administrator run the fund.
_READERS_OF_BOOKS: Final = frozenset({"treasurer", "auditor", "administrator"})
_KEEPERS_OF_BOOKS: Final = frozenset({"treasurer", "administrator"})
_READERS_OF_PROJECTS: Final = frozenset({"committee", "treasurer", "auditor", "administrator"})
_READERS_OF_BALLOTS: Final = _READERS_OF_PROJECTS
_READERS_OF_DRAFTS: Final = frozenset({"committee", "member", "treasurer", "auditor", "administrator"})
_WRITERS_OF_RULES: Final = frozenset({"administrator"})


@dataclass(frozen=True, slots=True)
class Seat:
    """A role in the fund of slug `fund`; `party` is the code of the party it speaks for, or empty."""

    fund: str
    role: str
    party: str = ""


def roles_in(seats: Iterable[Seat], fund: str) -> frozenset[str]:
    """The roles that these seats give in one fund."""
    return frozenset(seat.role for seat in seats if seat.fund == fund)


def may_see_books(seats: Iterable[Seat], fund: str) -> bool:
    """Trial balance, accounts, entries, documents and chain of the fund."""
    return bool(roles_in(seats, fund) & _READERS_OF_BOOKS)


def may_keep_books(seats: Iterable[Seat], fund: str) -> bool:
    """Record, letter, open and close in the books: the treasurer and the administrator."""
    return bool(roles_in(seats, fund) & _KEEPERS_OF_BOOKS)


def may_audit(seats: Iterable[Seat], fund: str) -> bool:
    """Draw samples, tick entries and write notes, beside the books and never in them: the auditor."""
    return "auditor" in roles_in(seats, fund)


def acting_seats(seats: Iterable[Seat]) -> tuple[Seat, ...]:
    """The seats that act on a fund; an auditor's acts on nothing outside the auditor's own desk."""
    return tuple(seat for seat in seats if seat.role != "auditor")


def may_see_ballots(seats: Iterable[Seat], fund: str) -> bool:
    """The ballots of a call, once its outcome is published."""
    return bool(roles_in(seats, fund) & _READERS_OF_BALLOTS)


def may_see_member(seats: Iterable[Seat], fund: str, member: str) -> bool:
    """The account of one member: the member itself and those who keep or check the books."""
    seats = tuple(seats)
    return may_see_books(seats, fund) or Seat(fund, "member", member) in seats


def may_see_project_account(seats: Iterable[Seat], fund: str, company: str) -> bool:
    """The account of a project led by `company`; everybody sees its title and award."""
    seats = tuple(seats)
    return bool(roles_in(seats, fund) & _READERS_OF_PROJECTS) or Seat(fund, "artist", company) in seats


def may_see_drafts(seats: Iterable[Seat], fund: str) -> bool:
    """Drafts of the fund's charter, and what they would change: those who will vote on them, and those who check."""
    return bool(roles_in(seats, fund) & _READERS_OF_DRAFTS)


def may_change_rules(seats: Iterable[Seat], fund: str) -> bool:
    """Propose a draft of the charter, and record the decision that adopts it."""
    return bool(roles_in(seats, fund) & _WRITERS_OF_RULES)


def may_declare_notoriety(seats: Iterable[Seat], fund: str, company: str) -> bool:
    """A fact of a project led by `company`: that company, any member of the fund, and its administrator."""
    seats = tuple(seats)
    return bool(roles_in(seats, fund) & {"member", "administrator"}) or Seat(fund, "artist", company) in seats


def may_contest_notoriety(seats: Iterable[Seat], fund: str) -> bool:
    """Whoever may be credited: the members and the companies. Whoever decides contests makes none."""
    roles = roles_in(seats, fund)
    return bool(roles & {"member", "artist"}) and "administrator" not in roles


def may_adopt_notoriety(seats: Iterable[Seat], fund: str) -> bool:
    """Decide on contests and adopt the yearly statement: the administrator."""
    return "administrator" in roles_in(seats, fund)


def may_see_committee(seats: Iterable[Seat], fund: str) -> bool:
    """Files, debates, meetings, votes, scenarios and draft minutes: its members, the secretary, the auditor."""
    return bool(roles_in(seats, fund) & {"committee", "auditor", "administrator"})


def may_see_mails(seats: Iterable[Seat], fund: str) -> bool:
    """What the fund writes to people, and whether it left: the administrator."""
    return "administrator" in roles_in(seats, fund)


def companies_of(seats: Iterable[Seat], fund: str) -> frozenset[str]:
    """The companies for which these seats apply in a fund: those of its artists."""
    return frozenset(seat.party for seat in seats if seat.fund == fund and seat.role == "artist" and seat.party)


def members_of(seats: Iterable[Seat], fund: str) -> frozenset[str]:
    """The members for which these seats speak in a fund."""
    return frozenset(seat.party for seat in seats if seat.fund == fund and seat.role == "member" and seat.party)


def sits_on_committee(seats: Iterable[Seat], fund: str) -> bool:
    """Whoever may have a voice in a vote, and a minority opinion in the minutes; that they had one, services check."""
    return "committee" in roles_in(seats, fund)


def may_run_committee(seats: Iterable[Seat], fund: str) -> bool:
    """Open calls, admit, assign, convene, open and close debates and votes, record: the administrator, as secretary."""
    return "administrator" in roles_in(seats, fund)


def may_see_minutes(seats: Iterable[Seat], fund: str) -> bool:
    """The minutes of a decision, once final: everybody who sits somewhere in the fund except the artists."""
    return bool(roles_in(seats, fund) & {"committee", "member", "treasurer", "auditor", "administrator"})


def may_read_letter(seats: Iterable[Seat], fund: str, company: str) -> bool:
    """The letter to a company: whoever sees scenarios, and the company itself once it was told."""
    seats = tuple(seats)
    return may_see_committee(seats, fund) or Seat(fund, "artist", company) in seats
