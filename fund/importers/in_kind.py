"""in_kind.csv: premises, work and other help given without a payment, valued with a stated method."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from fund.chart import IN_KIND_ACCOUNTS
from fund.importers.cells import Row
from fund.importers.faults import Fault
from fund.importers.names import Names
from fund.importers.table import rows_of
from fund.importers.terms import Terms

IN_KIND_FILE = "in_kind.csv"
COLUMNS = ("date", "member", "kind", "quantity", "unit", "unit_value", "method", "project", "reference")
KINDS = Names(IN_KIND_ACCOUNTS)
UNITS = Names(("day", "hour"))
QUANTITY_SCALE = 2
METHOD_LIMIT = 100


@dataclass(frozen=True, slots=True)
class InKindRow:
    """One help in kind: `quantity` days or hours at `unit_value` (minor units) each; `project` may be empty."""

    line: int
    on: date
    member: str
    kind: str
    quantity: Fraction
    unit: str
    unit_value: int
    method: str
    project: str
    reference: str


def read_in_kind(text: str, terms: Terms, faults: list[Fault]) -> tuple[InKindRow, ...]:
    """The help received, in the order of the file."""
    return tuple(_help(row, terms) for row in rows_of(IN_KIND_FILE, text, COLUMNS, faults))


def _help(row: Row, terms: Terms) -> InKindRow:
    return InKindRow(
        line=row.line,
        on=row.day("date", terms.year),
        member=terms.member(row, "member"),
        kind=row.choice("kind", KINDS),
        quantity=Fraction(row.minor("quantity", QUANTITY_SCALE) or 0, 10**QUANTITY_SCALE),
        unit=row.choice("unit", UNITS),
        unit_value=row.minor("unit_value", terms.unit.scale) or 0,
        method=row.text("method", limit=METHOD_LIMIT),
        project=terms.project(row, "project", required=False),
        reference=terms.reference(row, "reference"),
    )
