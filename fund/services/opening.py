"""The books are opened with the balances that another program left: one entry, on the first day of a fiscal year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from fund.accounting.year import OPENING_JOURNAL, OPENING_KIND
from fund.models import AccountName, Fund, Party
from fund.queries.accounts_year import years_of
from fund.queries.applications import party_names
from fund.queries.book_names import journal_names, own_account_names
from fund.services.actors import Actor, log, take_turn
from fund.services.founding import open_year
from fund.services.opening_errors import OpeningAfterEntries, OpeningNameConflict, OpeningNotFirstDay
from ledger.balances import journal_entries
from ledger.journal import Document, Entry, Line
from ledger.posting import Posted, open_journal, post

OPENING_LABEL = "À-nouveaux"
"""The books of a French association are kept in French."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Balances as lines, debit positive, that sum to zero.

    `source` names the file (at most 200 characters) and `sha256` is its hash; `accounts` and `parties` give names to
    the codes that the fund does not know yet.
    """

    on: date
    lines: tuple[Line, ...]
    source: str
    sha256: str = ""
    accounts: Mapping[str, str] = field(default_factory=dict)
    parties: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def book_opening(actor: Actor, opening: Opening) -> Posted:
    """Book the opening entry; the same again finds it, other balances for the same year are refused."""
    fund = take_turn(actor.fund)
    reference = opening_reference(opening.on)
    refuse_late_opening(fund, opening.on)
    accounts = own_account_names(fund)
    for number, name in opening.accounts.items():
        if accounts.get(number, name) != name:
            raise OpeningNameConflict(number=number, held=accounts[number], given=name)
    if not any(year.first == opening.on for year in years_of(fund)):
        open_year(actor, opening.on.year)
    if OPENING_JOURNAL not in journal_names(fund):
        open_journal(fund.slug, code=OPENING_JOURNAL, label=OPENING_LABEL)
    AccountName.objects.bulk_create(
        AccountName(fund=fund, number=number, name=name)
        for number, name in opening.accounts.items()
        if number not in accounts
    )
    known = party_names(fund)
    Party.objects.bulk_create(
        Party(fund=fund, code=code, name=name, kind=Party.Kind.ORGANISATION)
        for code, name in opening.parties.items()
        if code not in known
    )
    posted = post(
        fund.slug,
        Entry(
            journal=OPENING_JOURNAL,
            on=opening.on,
            kind=OPENING_KIND,
            reference=reference,
            label=f"{OPENING_LABEL} {opening.on.year}",
            lines=opening.lines,
            document=Document(opening.source, None, opening.sha256),
        ),
    )
    if not posted.replayed:
        log(actor, on=opening.on, kind="books-opened", reference=reference, lines=len(opening.lines))
    return posted


def refuse_late_opening(fund: Fund, on: date) -> None:
    """Refuse a day that opens no fiscal year, and one that the books have reached already."""
    years = years_of(fund)
    is_first = any(year.first == on for year in years)
    inside = any(year.first < on <= year.last for year in years)
    if not is_first and (inside or (on.month, on.day) != (1, 1)):
        raise OpeningNotFirstDay(on=on, year=on.year)
    if not years:  # a book without a year has no entry
        return
    reference = opening_reference(on)
    for stored in journal_entries(fund.slug, last=on, limit=2):
        if stored.entry.reference != reference:
            raise OpeningAfterEntries(fund=fund.name, first=stored.entry.on, reference=stored.entry.reference)


def opening_reference(on: date) -> str:
    """The reference of the entry that opens the year."""
    return f"opening:{on.year}"
