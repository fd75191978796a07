"""The year that an accountant wrote entry by entry, imported: what its README says, statements and files must show.

The folder `acceptance/folders/fund_year_2026` is the worked case of this name; figures stand in its tests.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from fund.importers.entries_folder import read_entries_folder
from fund.importers.entries_run import ImportTerms, import_entries, known_names
from fund.models import Fund

WORKED_YEAR = Path(__file__).parent / "acceptance" / "folders" / "fund_year_2026"
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
SIREN = "123456782"


def import_worked_year(
    folder: Path = WORKED_YEAR,
    *,
    slug: str = "fund-year-2026",
    name: str = "Fonds des essais",
    batch_day: int = 10,
    inventory_on: date | None = None,
    years: tuple[int, ...] = (),
) -> Fund:
    """The fund of the worked year, founded and with its 42 entries booked; needs the database."""
    terms = ImportTerms(slug=slug, name=name, batch_day=batch_day, inventory_on=inventory_on)
    return import_entries(read_entries_folder(folder, known=known_names(slug), years=years), terms).fund
