"""What a book calls its journals. Reads only."""

from __future__ import annotations

from ledger.entries import book_row
from ledger.models import Journal


def journal_labels(book: str) -> dict[str, str]:
    """The label of each journal of the book, by code in order; refused when there is no such book."""
    return dict(sorted(Journal.objects.filter(book=book_row(book)).values_list("code", "label")))
