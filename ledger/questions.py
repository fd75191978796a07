"""What may be asked of the books: days, pages and parts, checked before a question reaches the database.

Plain Python. A question that cannot be answered is refused by name; it never becomes an error of the database.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from ledger.errors import DateInvalid, LedgerError

MOST_LINES = 2**31
"""No page is longer: a larger limit means “all of them”."""


class DaysReversed(LedgerError):
    """A span of days runs from its first day to its last."""

    code = "days_reversed"
    en = "The days from {first} to {last} end before they begin; give the earlier one first."
    fr = "Les jours du {first} au {last} finissent avant de commencer ; donnez d’abord le premier."


class PageLimitInvalid(LedgerError):
    """A page has one line at least."""

    code = "page_limit_invalid"
    en = "A page of {limit} lines cannot be read; ask for a whole number above zero, or for no limit."
    fr = "Une page de {limit} lignes ne se lit pas ; demandez un nombre entier supérieur à zéro, ou aucune limite."


class PageUnknown(LedgerError):
    """A page follows a posting of the same book."""

    code = "page_unknown"
    en = "Book “{book}” has no posting {after}, so no page follows it; begin with the first page."
    fr = "Le livre « {book} » n’a pas de ligne {after}, donc aucune page ne la suit ; commencez par la première page."


class PartUnknown(LedgerError):
    """Sums are made by parts that accounts and postings have."""

    code = "part_unknown"
    en = "Sums cannot be made by {part}; choose among {known}, each once."
    fr = "On ne peut pas totaliser par {part} ; choisissez parmi {known}, chacun une fois."


def check_days(*, first: date | None = None, last: date | None = None) -> None:
    """Refuse what is not a day, a moment included, and days in the wrong order."""
    for what, day in (("The first day", first), ("The last day", last)):
        # A moment is a date for Python, and compares as another text for SQLite.
        if day is not None and type(day) is not date:
            raise DateInvalid(what=what, text=str(day)[:40])
    if first is not None and last is not None and first > last:
        raise DaysReversed(first=first, last=last)


def lines_of_page(limit: object) -> int | None:
    """How many lines a page has at most; None for all."""
    if limit is None:
        return None
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise PageLimitInvalid(limit=str(limit)[:40])
    return min(limit, MOST_LINES)


def check_parts(by: Collection[str], known: Collection[str]) -> None:
    """Refuse parts that nothing has, and parts named twice."""
    seen: set[str] = set()
    for part in by:
        if part not in known or part in seen:
            raise PartUnknown(part=str(part)[:40], known=", ".join(known))
        seen.add(part)
