"""notoriety.csv: what happened to the projects in public beside their dates, with where it can be checked.

The one file of the folder that may be absent: a fund whose charter counts no recognition has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import cast, get_args

from fund.charter.grammar import Charter
from fund.charter.notoriety.facts import NotorietyFact
from fund.charter.notoriety.grammar import FactKind, Level
from fund.charter.notoriety.points import worth
from fund.importers.cells import Row
from fund.importers.faults import Fault, fault_at
from fund.importers.names import Names
from fund.importers.table import rows_of
from fund.importers.terms import Terms

NOTORIETY_FILE = "notoriety.csv"
COLUMNS = ("date", "project", "kind", "level", "place", "evidence", "url", "reference")
KINDS = Names(("press", "broadcast", "prize", "invitation"))
LEVELS = Names(get_args(Level))
PLACE_LIMIT, EVIDENCE_LIMIT, URL_LIMIT = 100, 300, 500
_URL = re.compile(r"https?://[^\s/]+\.[^\s]+")


@dataclass(frozen=True, slots=True)
class NotorietyRow:
    """One fact: `evidence` in words, `url` where it has an address; one of the two is there."""

    line: int
    on: date
    project: str
    kind: str
    level: str
    place: str
    evidence: str
    url: str
    reference: str


def read_notoriety_facts(
    text: str, terms: Terms, charter: Charter | None, faults: list[Fault]
) -> tuple[NotorietyRow, ...]:
    """The facts, in the order of the file; a charter that gives them no points is a fault of their rows."""
    rows = tuple(_fact(row, terms) for row in rows_of(NOTORIETY_FILE, text, COLUMNS, faults))
    if charter is not None:
        faults.extend(fault for row in rows for fault in _uncounted(row, charter))
    return rows


def not_awarded(row: NotorietyRow) -> Fault:
    """The fault of a fact of a project that the committee did not award."""
    return fault_at(NOTORIETY_FILE, row.line, "not_awarded", "project", _place("project"), text=row.project)


def _fact(row: Row, terms: Terms) -> NotorietyRow:
    evidence = row.text("evidence", required=False, limit=EVIDENCE_LIMIT)
    url = row.text("url", required=False, limit=URL_LIMIT)
    if url and not _URL.fullmatch(url):
        row.fault("url", "url_form", text=url)
    if not row.raw("evidence") and not row.raw("url"):
        row.fault("evidence", "evidence_missing")
    return NotorietyRow(
        line=row.line,
        on=row.day("date", terms.year),
        project=terms.project(row, "project"),
        kind=row.choice("kind", KINDS),
        level=row.choice("level", LEVELS),
        place=row.text("place", required=False, limit=PLACE_LIMIT),
        evidence=evidence,
        url=url,
        reference=terms.reference(row, "reference"),
    )


def _uncounted(row: NotorietyRow, charter: Charter) -> list[Fault]:
    if charter.notoriety is None:
        return [fault_at(NOTORIETY_FILE, row.line, "notoriety_not_counted")]
    if not row.kind or not row.level:
        return []  # its own fault says so
    kind, level = cast(FactKind, row.kind), cast(Level, row.level)
    fact = NotorietyFact(row.reference, kind, level, row.on, row.on, row.project, "", row.url or row.evidence)
    if worth(charter.notoriety, fact) is not None:
        return []
    return [
        fault_at(
            NOTORIETY_FILE,
            row.line,
            "notoriety_without_points",
            "level",
            _place("level"),
            kind=row.kind,
            level=row.level,
        )
    ]


def _place(column: str) -> int:
    return COLUMNS.index(column) + 1
