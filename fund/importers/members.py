"""members.csv: who belongs to the fund, and the figures that their contributions are computed from."""

from __future__ import annotations

from dataclasses import dataclass

from fund.importers.cells import Row
from fund.importers.faults import Fault, fault_at
from fund.importers.names import Names
from fund.importers.table import rows_of

MEMBERS_FILE = "members.csv"
COLUMNS = ("id", "name", "category", "annual_production_budget", "pledge")
PUBLIC_FUNDER = "public-funder"
CATEGORIES = Names(("venue", "company", "agency", "festival", "sponsor", PUBLIC_FUNDER))


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member; its declared budget and its pledge in minor units, None where its category has none."""

    line: int
    id: str
    name: str
    category: str
    annual_production_budget: int | None
    pledge: int | None


def read_members(text: str, scale: int, faults: list[Fault]) -> tuple[MemberRow, ...]:
    """The members; amounts have at most `scale` decimals. A fund has at least one."""
    lines: dict[str, int] = {}
    members = []
    for row in rows_of(MEMBERS_FILE, text, COLUMNS, faults):
        member = _member(row, scale)
        first = lines.setdefault(member.id, row.line)
        if member.id and first != row.line:
            row.fault("id", "identifier_twice", text=member.id, first=first)
        members.append(member)
    if text and "\n" not in text.strip():
        faults.append(fault_at(MEMBERS_FILE, 1, "rows_none"))
    return tuple(members)


def _member(row: Row, scale: int) -> MemberRow:
    category = row.choice("category", CATEGORIES)
    budget, pledge = row.raw("annual_production_budget"), row.raw("pledge")
    if category == PUBLIC_FUNDER:
        if pledge == "":
            row.fault("pledge", "pledge_missing")
    elif category:
        if pledge:
            row.fault("pledge", "pledge_unexpected", category=category)
        if budget == "":
            row.fault("annual_production_budget", "budget_missing")
    return MemberRow(
        line=row.line,
        id=row.identifier("id"),
        name=row.text("name"),
        category=category,
        annual_production_budget=row.minor("annual_production_budget", scale, zero=True, required=False),
        pledge=row.minor("pledge", scale, required=False),
    )
