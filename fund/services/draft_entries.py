"""Entries in draft (*brouillard*): written, changed, deleted; then validated together, and final."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from fund.accounting.destinations import DESTINATIONS
from fund.chart import CHARTS, is_in_chart
from fund.entries import entry_reference
from fund.models import DraftEntry, DraftLine, Fund
from fund.queries.drafted_entries import draft_lines
from fund.services.actors import Actor, book, log, take_turn
from fund.services.bookkeeping_errors import (
    DraftChangedMeanwhile,
    DraftNotBalanced,
    DraftsNotChosen,
    TextMissing,
)
from fund.services.bookkeeping_words import check_code, check_reference, check_words
from ledger.balances import entry as entry_of
from ledger.errors import EntryUnknown
from ledger.journal import Document, Entry, Line, sums_per_unit
from ledger.money import MINOR_LIMIT, Amount
from ledger.posting import Posted

LABEL_LIMIT = 200
DOCUMENT_LIMIT = 100
MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Written:
    """A draft as somebody writes it: its lines need not balance yet."""

    reference: str
    journal: str
    on: date
    label: str
    document: Document
    lines: tuple[Line, ...]


@transaction.atomic
def write_draft(actor: Actor, written: Written, *, version: int = 0) -> DraftEntry:
    """Keep a draft, or what somebody changed of it; `version` is that of the draft which was changed, 0 for a new one.

    Writing the same again finds what is kept.
    """
    fund = take_turn(actor.fund)
    _check(written)
    held = DraftEntry.objects.filter(fund=fund, reference=written.reference).first()
    if held is not None and _is_same(held, written):
        return held
    if (held.version if held else 0) != version or (held is None and _is_posted(fund, written.reference)):
        raise DraftChangedMeanwhile(reference=written.reference)
    row = held or DraftEntry(fund=fund, reference=written.reference, version=0)
    row.journal, row.on, row.label = written.journal, written.on, written.label
    row.document, row.document_on = written.document.reference, written.document.on
    row.document_sha256, row.written_by, row.version = written.document.sha256, actor.by, row.version + 1
    row.save()
    row.lines.all().delete()
    DraftLine.objects.bulk_create(_row(row, position, line) for position, line in enumerate(written.lines, start=1))
    return row


@transaction.atomic
def delete_draft(actor: Actor, *, reference: str, version: int) -> None:
    """Throw a draft away; one that is gone already is gone."""
    fund = take_turn(actor.fund)
    held = DraftEntry.objects.filter(fund=fund, reference=reference).first()
    if held is None:
        return
    if held.version != version:
        raise DraftChangedMeanwhile(reference=reference)
    held.delete()


@transaction.atomic
def validate_drafts(actor: Actor, *, chosen: Sequence[tuple[str, int]], on: date) -> tuple[Posted, ...]:
    """Post the chosen drafts (reference, version as it was read) in one commit, by date; they leave the drafts.

    Each takes the next number of its journal, so that numbers have no gap. All or none. What the second click of the
    same choice finds validated is passed over.
    """
    fund = take_turn(actor.fund)
    if not chosen:
        raise DraftsNotChosen()
    rows = {row.reference: row for row in DraftEntry.objects.filter(fund=fund).prefetch_related("lines")}
    drafts = []
    for reference, version in dict(chosen).items():
        row = rows.get(check_reference(reference))
        if row is None and _is_posted(fund, reference):
            continue
        if row is None or row.version != version:
            raise DraftChangedMeanwhile(reference=reference)
        drafts.append(row)
    entries = [_entry(row) for row in sorted(drafts, key=lambda row: (row.on, row.pk))]
    for entry, row in zip(entries, sorted(drafts, key=lambda row: (row.on, row.pk)), strict=True):
        _refuse_unbalanced(row, entry)
    posted = book(actor, entries)
    for row in drafts:
        row.delete()
    if entries:
        log(
            actor,
            on=on,
            kind="drafts-validated",
            reference=entries[0].reference,
            entries=[entry.reference for entry in entries],
        )
    return posted


def _entry(row: DraftEntry) -> Entry:
    return Entry(
        journal=row.journal,
        on=row.on,
        kind="free-entry",
        reference=_posted_as(row.reference),
        label=row.label,
        lines=draft_lines(row),
        document=Document(row.document, row.document_on, row.document_sha256),
    )


def _posted_as(reference: str) -> str:
    return entry_reference("draft", reference)


def _is_posted(fund: Fund, reference: str) -> bool:
    try:
        entry_of(fund.slug, _posted_as(reference))
    except EntryUnknown:
        return False
    return True


def _refuse_unbalanced(row: DraftEntry, entry: Entry) -> None:
    for unit, minor in sums_per_unit(entry.lines).items():
        if minor:
            raise DraftNotBalanced(reference=f"{row.journal} {row.document}", excess=str(Amount(minor, unit)))


def _check(written: Written) -> None:
    check_reference(written.reference)
    check_words(written.label, LABEL_LIMIT)
    check_words(written.document.reference, DOCUMENT_LIMIT)
    if written.journal not in DraftEntry.Journal:
        raise _unfit("the journal is OD or IN", "le journal est OD ou IN")
    if not 2 <= len(written.lines) <= MOST_LINES:
        raise _unfit(f"write 2 to {MOST_LINES} lines", f"écrivez de 2 à {MOST_LINES} lignes")
    for number, line in enumerate(written.lines, start=1):
        account = line.account
        if not account.chart.isascii() or not any(is_in_chart(account.chart, chart) for chart in CHARTS):
            raise _unfit(
                f"line {number}: the chart has no account {account.chart[:20]}",
                f"ligne {number} : le plan n’a pas de compte {account.chart[:20]}",
            )
        for code in filter(None, (account.party, account.project, line.convention)):
            check_code(code)
        if not line.minor or abs(line.minor) > MINOR_LIMIT:
            raise _unfit(f"line {number}: the amount is nothing", f"ligne {number} : le montant est nul")
        if line.destination and line.destination not in DESTINATIONS:
            raise _unfit(f"line {number}: unknown destination", f"ligne {number} : destination inconnue")


def _unfit(why: str, pourquoi: str) -> TextMissing:
    return TextMissing(why=why, pourquoi=pourquoi)


def _row(row: DraftEntry, position: int, line: Line) -> DraftLine:
    return DraftLine(
        draft=row,
        position=position,
        account=line.account.chart,
        party=line.account.party,
        project=line.account.project,
        convention=line.convention,
        unit=line.account.unit.code,
        minor=line.minor,
        destination=line.destination,
        public_generosity=line.public_generosity,
    )


def _is_same(row: DraftEntry, written: Written) -> bool:
    document = Document(row.document, row.document_on, row.document_sha256)
    held = Written(row.reference, row.journal, row.on, row.label, document, draft_lines(row))
    return held == written
