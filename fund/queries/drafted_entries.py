"""Entries in draft, with what each still lacks to balance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fund.accounting.leaves import leaf_of
from fund.accounting.year import FiscalYear
from fund.models import DraftEntry, Fund
from ledger.journal import Line, sums_per_unit
from ledger.money import Amount, unit_of


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft: `excess` is debit minus credit of each unit in which they differ."""

    reference: str
    version: int
    journal: str
    on: date
    label: str
    document: str
    document_on: date | None
    document_sha256: str
    written_by: str
    lines: tuple[Line, ...]
    excess: tuple[Amount, ...]

    @property
    def is_balanced(self) -> bool:
        """Whether it may be validated."""
        return not self.excess

    @property
    def totals(self) -> tuple[Amount, ...]:
        """The debit of each unit."""
        units = sorted({line.account.unit for line in self.lines})
        return tuple(
            Amount(sum(line.minor for line in self.lines if line.account.unit == unit and line.minor > 0), unit)
            for unit in units
        )


def draft_lines(row: DraftEntry) -> tuple[Line, ...]:
    """The lines of a draft as the books would hold them."""
    return tuple(
        Line(
            leaf_of(
                line.account,
                party=line.party,
                project=line.project,
                convention=line.convention,
                unit=unit_of(line.unit),
            ),
            line.minor,
            line.convention,
            line.destination,
            line.public_generosity,
        )
        for line in row.lines.all()
    )


def drafted_entries(fund: Fund) -> tuple[Drafted, ...]:
    """Every draft of the fund, by date."""
    rows = DraftEntry.objects.filter(fund=fund).prefetch_related("lines").order_by("on", "pk")
    return tuple(_drafted(row) for row in rows)


def drafted_entry(fund: Fund, reference: str) -> Drafted | None:
    """One draft; None where there is none of this reference."""
    if not (reference.isascii() and reference.isprintable()):
        return None  # an address may hold anything, a database does not
    row = DraftEntry.objects.filter(fund=fund, reference=reference).prefetch_related("lines").first()
    return _drafted(row) if row else None


def drafts_in(fund: Fund, year: FiscalYear) -> int:
    """How many drafts are dated in a fiscal year, which is not closed while any is."""
    return DraftEntry.objects.filter(fund=fund, on__gte=year.first, on__lte=year.last).count()


def _drafted(row: DraftEntry) -> Drafted:
    lines = draft_lines(row)
    excess = tuple(Amount(minor, unit) for unit, minor in sorted(sums_per_unit(lines).items()) if minor)
    return Drafted(
        reference=row.reference,
        version=row.version,
        journal=row.journal,
        on=row.on,
        label=row.label,
        document=row.document,
        document_on=row.document_on,
        document_sha256=row.document_sha256,
        written_by=row.written_by,
        lines=lines,
        excess=excess,
    )
