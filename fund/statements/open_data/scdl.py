"""The awards as the French schema of grants wants them: SCDL “subventions” 2.1.1, sixteen columns.

A row needs a signed agreement and the recipient's SIRET or RNA number; natural persons are left out, and so is a fund
without a SIRET or whose currency is not the euro. What is left out is counted, never invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from stdnum.fr import siret as siret_number

from fund.models import Fund
from fund.queries.open_data import AwardRow, award_rows
from fund.statements.open_data.writing import Cell, csv_pieces, cut, one_line
from fund.statements.render.csv import guarded_text

VERSION: Final = "2.1.1"
COLUMNS: Final = (
    "nomAttribuant",
    "idAttribuant",
    "dateConvention",
    "referenceDecision",
    "nomBeneficiaire",
    "idBeneficiaire",
    "rnaBeneficiaire",
    "objet",
    "montant",
    "nature",
    "conditionsVersement",
    "datesPeriodeVersement",
    "idRAE",
    "notificationUE",
    "pourcentageSubvention",
    "dispositifAide",
)
LONGEST_OBJECT: Final = 256
_RNA = re.compile(r"W[0-9]{9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ScdlCount:
    """How many awards stand in the file, and how many do not and why. `file_lacks` names what stops the whole file."""

    written: int
    unsigned: int
    persons: int
    unidentified: int
    file_lacks: str = ""

    @property
    def left_out(self) -> int:
        """The awards that are not in the file."""
        return self.unsigned + self.persons + self.unidentified


def file_lacks(fund: Fund) -> str:
    """`siret` or `currency` where the fund can have no such file, else nothing."""
    if fund.currency != "EUR":
        return "currency"
    return "" if is_siret(fund.siret) else "siret"


def scdl_count(fund: Fund, day: date) -> ScdlCount:
    """What stands in the file and what does not."""
    counts = {"": 0, "unsigned": 0, "persons": 0, "unidentified": 0}
    for row in award_rows(fund, day):
        counts[why_left_out(row)] += 1
    return ScdlCount(counts[""], counts["unsigned"], counts["persons"], counts["unidentified"], file_lacks(fund))


def why_left_out(row: AwardRow) -> str:
    """`unsigned`, `persons`, `unidentified`, or nothing for an award that stands in the file."""
    if row.signed_on is None:
        return "unsigned"
    if row.recipient.is_person:
        return "persons"
    return "" if is_siret(row.recipient.siret) or is_rna(row.recipient.rna) else "unidentified"


def is_siret(text: str) -> bool:
    """Fourteen digits that pass the check."""
    return len(text) == 14 and text.isascii() and text.isdigit() and bool(siret_number.is_valid(text))


def is_rna(text: str) -> bool:
    """W and nine digits, the only form that the schema takes."""
    return bool(_RNA.fullmatch(text))


def scdl_csv(fund: Fund, day: date, *, guarded: bool = True) -> Iterator[bytes]:
    """The file in pieces: its header alone where no award can stand in it."""
    return csv_pieces(COLUMNS, scdl_rows(fund, day, guarded=guarded), guarded=[False] * len(COLUMNS))


def scdl_rows(fund: Fund, day: date, *, guarded: bool = True) -> Iterator[tuple[Cell, ...]]:
    """The rows, in the order of the awards; texts that people chose are guarded within the schema's lengths."""
    if file_lacks(fund):
        return
    guard = guarded_text if guarded else str

    def text(said: str) -> str:
        return guard(one_line(said))

    for row in award_rows(fund, day):
        if why_left_out(row):
            continue
        to = row.recipient
        yield (
            text(fund.name),
            fund.siret,
            row.signed_on,
            text(row.agreement),
            text(to.name),
            to.siret if is_siret(to.siret) else "",
            to.rna if is_rna(to.rna) else "",
            cut(text(row.title) or row.project, LONGEST_OBJECT),
            row.awarded,
            "aide en numéraire",
            "unique" if row.tranches <= 1 else "échelonné",
            _period(row),
            "",
            "non",
            "1",
            "",
        )


def _period(row: AwardRow) -> str:
    """The day of a single payment, or the first and the last day on which one is due."""
    first, last = row.first_due or row.signed_on, row.last_due or row.signed_on
    if first is None or last is None or first == last:
        return (first or row.awarded_on).isoformat()
    return f"{first.isoformat()}/{last.isoformat()}"
