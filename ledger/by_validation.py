"""Entries in the order of their validation, as the file of accounting entries wants them. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Q, Sum

from ledger.accounts import account_keys
from ledger.entries import StoredEntry, book_row, stored_entries
from ledger.models import Account, Entry, Journal, LetteredPosting, Posting, first_id
from ledger.models import Unit as UnitRow
from ledger.money import Unit

_AT_ONCE = 500  # entries of one round of queries; SQLite takes 32,766 parameters in one statement


def journal_labels(book: str) -> dict[str, str]:
    """The journals of a book with their labels."""
    return dict(Journal.objects.filter(book=book_row(book)).order_by("code").values_list("code", "label"))


def entries_by_validation(
    book: str, fiscal_year: str, *, journals: Collection[str] = (), without: Collection[str] = ()
) -> Iterator[StoredEntry]:
    """The entries of a fiscal year by day of validation, journal and number, in a stream.

    `journals` takes these alone, `without` leaves some out. Numbers of entries are held in memory, entries are not.
    """
    row = book_row(book)
    found = Entry.objects.filter(book=row, fiscal_year__code=fiscal_year, fiscal_year__book=row)
    if journals:
        found = found.filter(journal__code__in=list(journals))
    if without:
        found = found.exclude(journal__code__in=list(without))
    keys = list(found.order_by("validated_on", "journal__code", "number").values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        stored = {each.id: each for each in stored_entries(row, Q(pk__in=part))}
        yield from (stored[key] for key in part)


def entry_count(book: str, fiscal_year: str) -> int:
    """How many entries a fiscal year has."""
    row = book_row(book)
    return Entry.objects.filter(book=row, fiscal_year__code=fiscal_year, fiscal_year__book=row).count()


def entries_of_units(book: str, units: Collection[str], last: date) -> list[StoredEntry]:
    """The entries till a day with a line in one of these units, by date and order of posting."""
    row = book_row(book)
    accounts = Account.objects.filter(book=row, unit__code__in=list(units)).values_list("pk", flat=True)
    if not accounts.exists():
        return []
    legs = Posting.objects.filter(account_id__in=accounts, on__lte=last)
    keys = sorted(set(legs.values_list("entry_id", flat=True)))
    found: list[StoredEntry] = []
    for start in range(0, len(keys), _AT_ONCE):
        found += stored_entries(row, Q(pk__in=keys[start : start + _AT_ONCE]))
    return sorted(found, key=lambda stored: (stored.entry.on, stored.position))


def units_of(book: str) -> tuple[Unit, ...]:
    """The units in which the book has accounts, by code."""
    used = Account.objects.filter(book=book_row(book)).values("unit_id")
    return tuple(unit.value for unit in UnitRow.objects.filter(pk__in=used).order_by("code"))


def open_letterings(book: str, fiscal_year: str, *, without: Collection[str] = ()) -> set[tuple[str, str]]:
    """The letterings that the entries of a fiscal year alone do not settle: partial, or settled in another year.

    Each as the account's leaf (`411:M03 EUR`) and the code.
    """
    row = book_row(book)
    entries = Entry.objects.filter(book=row, fiscal_year__code=fiscal_year, fiscal_year__book=row)
    if without:
        entries = entries.exclude(journal__code__in=list(without))
    found = (
        LetteredPosting.objects.filter(
            posting_id__gt=first_id(row.pk),
            posting_id__lt=first_id(row.pk + 1),
            posting__entry_id__in=entries.values("pk"),
        )
        .values("lettering__account_id", "lettering__code", "lettering__is_partial")
        .annotate(rest=Sum("posting__minor"))
    )
    open_: dict[int, set[str]] = defaultdict(set)
    for each in found:
        if each["rest"] or each["lettering__is_partial"]:
            open_[each["lettering__account_id"]].add(each["lettering__code"])
    keys = account_keys(set(open_))
    return {(keys[account].leaf, code) for account, codes in open_.items() if account in keys for code in codes}
