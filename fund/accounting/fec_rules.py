"""What of the books stands in the file of accounting entries, and which accounts name third parties. Plain Python."""

from __future__ import annotations

from typing import Final

from fund.accounting.year import CARRYING_JOURNAL

JOURNALS_LEFT_OUT: Final = (CARRYING_JOURNAL, "HE", "NO")
"""The technical journal that carries a year over, hours, and recognition."""

AUXILIARY_CLASSES: Final = ("1", "2", "3", "4", "80")
"""The accounts whose lines name their third party: balance sheet and commitments, but neither bank nor result.

An auxiliary on a bank or income account makes programs that read the file replace the account itself.
"""


def names_auxiliary(chart: str) -> bool:
    """Whether the file writes the auxiliary of this account."""
    return chart.startswith(AUXILIARY_CLASSES)


def is_in_file(chart: str) -> bool:
    """Whether the file holds the account: classes 1 to 8."""
    return chart[:1] in "12345678"


def number_of(journal: str, number: int) -> str:
    """The number of an entry, continuous within its journal: `BQ000012`."""
    return f"{journal}{number:06d}"


def lettering_code(code: str, *, is_partial: bool) -> str:
    """The code in capitals when its lines settle each other in this file, else in small letters, which says partial.

    >>> lettering_code("AB", is_partial=True), lettering_code("12", is_partial=True)
    ('ab', '12p')
    """
    if not is_partial:
        return code.upper()
    small = code.lower()
    return small if small != small.upper() else f"{small}p"
