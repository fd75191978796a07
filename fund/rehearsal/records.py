"""A fund's real past, as a rehearsal needs it: who paid what, what was granted, what was declared and settled.

Plain values, in minor units of the fund's currency, taken from the fund's records; nothing here is computed. `place`
is the position of an act in the fund's log: a statement was settled with what the log held before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from fund.charter.facts import Performance
from fund.charter.grammar import Charter
from ledger.money import Unit


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that reached the bank from a member, and the act that booked it."""

    on: date
    minor: int
    place: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """What a member was called for, for a fiscal year."""

    on: date
    minor: int


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """A member: since when, what it declared and pledged by fiscal year, what it was called for, what it paid.

    Help in kind (`in_kind`, minor units of its own unit) and `hours` (hundredths) are shown and never summed.
    """

    code: str
    name: str
    category: str
    since: date
    place: int = 0
    declared: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    pledged: Mapping[int, int] = field(default_factory=dict)
    called: Mapping[int, Call] = field(default_factory=dict)
    receipts: tuple[Receipt, ...] = ()
    in_kind: int = 0
    hours: int = 0


@dataclass(frozen=True, slots=True)
class Booked:
    """What the books hold of a settled statement: newly due, carried, and each party's part by form."""

    amount: int
    carried: int
    parts: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """A statement that was settled: every date of the project that took place, as was known on that day.

    `points` are the members' points by the last statement of recognition adopted by then.
    """

    reference: str
    last: date
    settled_on: date
    place: int
    played: tuple[Performance, ...]
    booked: Booked
    points: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Payment:
    """A tranche that left the bank, and the condition that released it."""

    on: date
    minor: int
    condition: str


@dataclass(frozen=True, slots=True)
class ProjectRecord:
    """A supported project with its award, its payments and its statements in the order they were settled.

    `charter` is the version that its agreement was made under, and `charter_name` what the fund calls it.
    """

    code: str
    title: str
    company: str
    company_name: str
    awarded: int
    awarded_on: date
    premiere: date | None
    signed_on: date | None
    charter: Charter
    charter_name: str
    payments: tuple[Payment, ...]
    statements: tuple[StatementRecord, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """All of it, from the first day of the records to the last; `opening` is what the bank held before."""

    currency: Unit
    first: date
    last: date
    opening: int
    members: tuple[MemberRecord, ...]
    projects: tuple[ProjectRecord, ...]
