"""What the rows of one folder are read against: its year, its unit, its members, projects and references."""

from __future__ import annotations

from dataclasses import dataclass, field

from fund.importers.cells import Row
from fund.importers.names import Names
from fund.importers.values import Year
from ledger.money import Amount, Unit

REFERENCE_LIMIT = 80


@dataclass(frozen=True, slots=True)
class Terms:
    """`members` and `projects` are None where their own file could not be read: then no row is blamed for it.

    `references` holds each reference with the first place that gave it, over all the files of the folder.
    """

    year: Year
    unit: Unit
    members: Names | None
    projects: Names | None
    ballots_file: str
    references: dict[str, tuple[str, int]] = field(default_factory=dict)

    def amount(self, row: Row, column: str, *, zero: bool = False) -> Amount:
        """An amount of the fund's currency."""
        return Amount(row.minor(column, self.unit.scale, zero=zero) or 0, self.unit)

    def member(self, row: Row, column: str) -> str:
        """The id of a member."""
        text = row.text(column)
        if text and self.members is not None and text not in self.members:
            row.fault(column, "member_unknown", text=text, near=self.members.nearest(text))
        return text

    def project(self, row: Row, column: str, *, required: bool = True) -> str:
        """A project of the ballots."""
        text = row.text(column, required=required)
        if text and self.projects is not None and text not in self.projects:
            near = self.projects.nearest(text)
            row.fault(column, "project_unknown", text=text, near=near, ballots=self.ballots_file)
        return text

    def reference(self, row: Row, column: str) -> str:
        """A reference that no other row of the folder has."""
        text = row.text(column, limit=REFERENCE_LIMIT)
        if text:
            file, line = self.references.setdefault(text, (row.file, row.line))
            if (file, line) != (row.file, row.line):
                row.fault(column, "reference_twice", text=text, first=f"{file}:{line}")
        return text
