"""The eighteen fields of the file, in their order, and a line of it as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

HEADER: Final = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib",
    "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate", "Montantdevise",
    "Idevise",
)  # fmt: skip
"""The names of article A.47 A-1, VII-1°: capital M and small d in `Montantdevise`."""

SIDED_HEADER: Final = (*HEADER[:11], "Montant", "Sens", *HEADER[13:])
"""The variant that the article allows: one amount, and its side (D or C, +1 or -1)."""

REQUIRED: Final = (0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 15)
"""The places of the fields that are never empty."""

EXTRA_HEADER: Final = ("Projet", "Convention", "Sceau")
"""The fields that Tresse adds after the eighteen: project, convention, and the entry's leaf of the chain of hashes."""

FIRST_ACCOUNTS: Final = "12345678"
"""The classes that the file holds: class 9 is kept for management and stays out."""


@dataclass(frozen=True, slots=True)
class FecLine:
    """One line: amounts are whole cents; `number` counts the file's lines, the header being 1.

    `foreign` is the amount in `currency` as the file writes it, with a decimal comma. `partial` lettering has a code in
    small letters. A date that the file leaves out, or writes wrongly, is None.
    """

    journal: str
    journal_label: str
    entry: str
    on: date
    account: str
    account_label: str
    auxiliary: str
    auxiliary_label: str
    document: str
    document_on: date | None
    label: str
    debit: int
    credit: int
    lettering: str = ""
    lettered_on: date | None = None
    validated_on: date | None = None
    foreign: str = ""
    currency: str = ""
    extra: tuple[str, ...] = ()
    number: int = 0

    @property
    def minor(self) -> int:
        """The amount, debit positive."""
        return self.debit - self.credit


def is_partial(lettering: str) -> bool:
    """Whether a lettering's code says that its lines settle each other in part: it holds a small letter, no capital."""
    return lettering != lettering.upper() and lettering == lettering.lower()
