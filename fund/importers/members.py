"""members.csv: who belongs to the fund, and the figures that their contributions are computed from."""

from __future__ import annotations

from dataclasses import dataclass

from fund.charter.grammar import Charter
from fund.importers.cells import Row
from fund.importers.charter_choice import PLEDGE, figure_asked
from fund.importers.faults import Fault, fault_at
from fund.importers.names import Names
from fund.importers.table import rows_of

MEMBERS_FILE = "members.csv"
BUDGET = "annual_production_budget"
COLUMNS = ("id", "name", "category", BUDGET, PLEDGE)
CATEGORIES = Names(("venue", "company", "agency", "festival", "sponsor", "public-funder"))
NAME_LIMIT = 200


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member; its declared budget and its pledge in minor units, None where its category has none."""

    line: int
    id: str
    name: str
    category: str
    annual_production_budget: int | None
    pledge: int | None


def read_members(text: str, scale: int, charter: Charter | None, faults: list[Fault]) -> tuple[MemberRow, ...]:
    """The members; amounts have at most `scale` decimals. A fund has at least one.

    The charter says which category declares a budget and which a pledge; without one nobody is blamed for it.
    """
    lines: dict[str, int] = {}
    members = []
    for row in rows_of(MEMBERS_FILE, text, COLUMNS, faults):
        member = _member(row, scale, charter)
        first = lines.setdefault(member.id, row.line)
        if member.id and first != row.line:
            row.fault("id", "identifier_twice", text=member.id, first=first)
        members.append(member)
    if text and "\n" not in text.strip():
        faults.append(fault_at(MEMBERS_FILE, 1, "rows_none"))
    return tuple(members)


def _member(row: Row, scale: int, charter: Charter | None) -> MemberRow:
    category = row.choice("category", CATEGORIES)
    if category and charter is not None:
        _check_figures(row, category, figure_asked(charter, category))
    return MemberRow(
        line=row.line,
        id=row.identifier("id"),
        name=row.text("name", limit=NAME_LIMIT),
        category=category,
        annual_production_budget=row.minor(BUDGET, scale, zero=True, required=False),
        pledge=row.minor(PLEDGE, scale, required=False),
    )


def _check_figures(row: Row, category: str, asked: str) -> None:
    if asked == PLEDGE and row.raw(PLEDGE) == "":
        row.fault(PLEDGE, "pledge_missing", category=category)
    if asked != PLEDGE and row.raw(PLEDGE):
        row.fault(PLEDGE, "pledge_unexpected", category=category)
    if asked == BUDGET and row.raw(BUDGET) == "":
        row.fault(BUDGET, "budget_missing", category=category)
