"""A year of entries, taken into the books in one commit: names, fiscal years, entries, letterings, or none of it.

What is booked is known by its reference, `imported:YEAR:ENTRY`: the same files again change nothing, other contents
under the same number are refused. Salts follow from the files, so the chain is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from fund.accounting.year import OPENING_JOURNAL, OPENING_KIND
from fund.importers.entries_folder import EntriesFolder, KnownNames
from fund.importers.entry_letterings import LetteringRow
from fund.importers.entry_rows import COLUMNS, ENTRIES_FILE, EntryRow, validation_day
from fund.importers.faults import Fault, FolderInvalid, fault_at
from fund.importers.names_file import NAMES_FILE
from fund.models import AccountName, Fund, Party
from fund.queries.accounts_year import years_of
from fund.queries.applications import party_names
from fund.queries.book_names import journal_names, own_account_names
from fund.queries.horizon import IMPORTED_ENTRIES
from fund.services.actors import Actor, log, take_turn
from fund.services.founding import found_fund, open_year
from ledger.balances import journal_entries
from ledger.entries import StoredEntry
from ledger.errors import EntriesRefused, LedgerError
from ledger.journal import Document, Entry
from ledger.lettering import letter, letterings
from ledger.money import unit_of
from ledger.posting import declare_unit, open_journal, post_many

IMPORTED_KIND = "imported"
IMPORT_ACT = "entries-imported"


@dataclass(frozen=True, slots=True)
class ImportTerms:
    """How the entries are validated, who imports them, and what a fund that does not exist yet is called."""

    slug: str
    name: str
    by: str = "import"
    batch_day: int = 10
    inventory_on: date | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: nothing where the books held all of it (`changed` is False)."""

    fund: Fund
    founded: bool
    entries: int
    lines: int
    letterings: int
    partial: int
    years: tuple[int, ...]
    changed: bool


def known_names(slug: str) -> KnownNames:
    """What the fund of this slug names already."""
    fund = Fund.objects.filter(slug=slug).first()
    if fund is None:
        return KnownNames()
    return KnownNames(
        is_founded=True,
        currency=unit_of(fund.currency),
        journals=journal_names(fund),
        accounts=own_account_names(fund),
        auxiliaries=party_names(fund),
    )


def import_entries(folder: EntriesFolder, terms: ImportTerms, *, dry_run: bool = False) -> Imported:
    """Book a checked folder in one transaction; raises FolderInvalid with every fault that the books find.

    With `dry_run` all of it is done and taken back, so that the books have their say and nothing is kept.
    """
    with transaction.atomic():
        outcome = _Import(folder, terms).done()
        if dry_run:
            transaction.set_rollback(True)
    return outcome


class _Import:
    """One import under way, inside its transaction."""

    def __init__(self, folder: EntriesFolder, terms: ImportTerms) -> None:
        self.folder, self.terms = folder, terms
        self.salt = bytes.fromhex(folder.digest)
        self.changed = False

    def done(self) -> Imported:
        held = Fund.objects.filter(slug=self.terms.slug).first()
        actor = self._founded() if held is None else Actor(take_turn(held), self.terms.by, self.salt)
        if held is not None and (faults := [*self._name_faults(held), *self._opening_faults(held)]):
            raise FolderInvalid(faults)
        self._name(actor)
        for year in self.folder.years:
            if not any(each.code == str(year) for each in years_of(actor.fund)):
                open_year(actor, year)
                self.changed = True
        for code in sorted({row.posting.account.unit.code for entry in self.folder.entries for row in entry.lines}):
            declare_unit(code)
        self._post(actor)
        self._letter(actor)
        if self.changed:
            facts = {"entries": len(self.folder.entries), "letterings": len(self.folder.letterings)}
            last = max(entry.on for entry in self.folder.entries)
            log(actor, on=last, kind=IMPORT_ACT, reference=IMPORTED_ENTRIES, digest=self.folder.digest, **facts)
        return Imported(
            fund=actor.fund,
            founded=held is None,
            entries=len(self.folder.entries),
            lines=sum(len(entry.lines) for entry in self.folder.entries),
            letterings=len(self.folder.letterings),
            partial=len(self.folder.notes),
            years=self.folder.years,
            changed=self.changed,
        )

    def _founded(self) -> Actor:
        self.changed = True
        names = self.folder.names
        return found_fund(
            slug=self.terms.slug,
            name=self.terms.name or names.name or self.terms.slug,
            legal_form=Fund.LegalForm.ASSOCIATION.value,
            siren=names.siren,
            currency="EUR",
            on=date(self.folder.years[0], 1, 1),
            by=self.terms.by,
            files_digest=self.salt,
            journals=names.journals,
        )

    # What the books of a fund that exists say against the files

    def _name_faults(self, fund: Fund) -> Iterator[Fault]:
        names = self.folder.names
        if names.siren and names.siren != fund.siren:
            line = names.lines.get("siren", 0)
            yield fault_at(NAMES_FILE, line, "siren_other", "siren", first=fund.siren, found=names.siren)
        held: Mapping[str, Mapping[str, str]] = {
            "journals": journal_names(fund),
            "accounts": own_account_names(fund),
        }
        for section, given in (("journals", names.journals), ("accounts", names.accounts)):
            for code, said in given.items():
                known = held[section].get(code, said)
                if known != said:
                    line = names.line_of(section, code)
                    facts = {"text": code, "first": known, "found": said}
                    yield fault_at(NAMES_FILE, line, "name_other", f"{section}.{code}", 0, **facts)

    def _opening_faults(self, fund: Fund) -> Iterator[Fault]:
        """À-nouveaux where the books hold the past already, and entries before the day that sums it up."""
        references = {_reference(entry) for entry in self.folder.entries}
        held = [stored.entry for stored in journal_entries(fund.slug) if stored.entry.reference not in references]
        first = min((entry.on for entry in held), default=None)
        opened = max((entry.on for entry in held if entry.kind == OPENING_KIND), default=None)
        place = COLUMNS.index("date") + 1
        for entry in self.folder.entries:
            if entry.journal == OPENING_JOURNAL and first is not None and first <= entry.on:
                yield fault_at(ENTRIES_FILE, entry.line, "opening_again", "journal", 2, year=entry.on.year)
            if opened is not None and entry.on < opened:
                facts = {"text": entry.on.isoformat(), "first": opened.isoformat()}
                yield fault_at(ENTRIES_FILE, entry.line, "before_opening", "date", place, **facts)

    # What is written

    def _name(self, actor: Actor) -> None:
        names = self.folder.names
        labels, accounts = journal_names(actor.fund), own_account_names(actor.fund)
        for code, label in names.journals.items():
            if code not in labels:
                open_journal(actor.fund.slug, code=code, label=label)
                self.changed = True
        new = [
            AccountName(fund=actor.fund, number=code, name=name)
            for code, name in names.accounts.items()
            if code not in accounts
        ]
        AccountName.objects.bulk_create(new)
        parties = party_names(actor.fund)  # a name in the register may have been corrected since: it stays
        people = [
            Party(fund=actor.fund, code=code, name=name, kind=Party.Kind.ORGANISATION)
            for code, name in names.auxiliaries.items()
            if code not in parties
        ]
        Party.objects.bulk_create(people)
        self.changed = self.changed or bool(new or people)

    def _post(self, actor: Actor) -> None:
        entries = self._in_order()
        lines = {_reference(entry): entry for entry in self.folder.entries}
        try:
            posted = post_many(actor.fund.slug, entries, salt_seed=self.salt)
        except EntriesRefused as refused:
            raise FolderInvalid(_refusals(refused.faults, lines)) from None
        self.changed = self.changed or any(not each.replayed for each in posted)

    def _in_order(self) -> list[Entry]:
        """The entries in the order of validation, then of their dates, then of their numbers."""
        entries = [
            (validation_day(row, batch_day=self.terms.batch_day, inventory_on=self.terms.inventory_on), row)
            for row in self.folder.entries
        ]
        entries.sort(key=lambda each: (each[0], each[1].on, _counted(each[1].number)))
        return [_entry(row, validated_on) for validated_on, row in entries]

    def _letter(self, actor: Actor) -> None:
        groups = self.folder.letterings
        if not groups:
            return
        book = actor.fund.slug
        span = date(self.folder.years[0], 1, 1), date(self.folder.years[-1], 12, 31)
        stored = {each.entry.reference: each for each in journal_entries(book, first=span[0], last=span[1])}
        rows = {entry.number: entry for entry in self.folder.entries}
        for group in groups:
            numbers = tuple(sorted(_posting(stored, rows, each) for each in group.lines))
            held = next((each for each in letterings(book, group.account) if each.code == group.code), None)
            if held is not None:
                if (held.on, held.postings) != (group.on, numbers):
                    raise FolderInvalid([_lettering_fault(group, "lettering_other")])
                continue
            try:
                letter(
                    book,
                    group.account,
                    code=group.code,
                    postings=numbers,
                    on=group.on,
                    by=actor.by,
                    is_partial=group.is_partial,
                )
            except LedgerError as refusal:
                raise FolderInvalid([_refusal(refusal, group.code, group.line)]) from None
            self.changed = True


def _posting(stored: Mapping[str, StoredEntry], rows: Mapping[str, EntryRow], line: tuple[str, int]) -> int:
    number, place = line
    return stored[_reference(rows[number])].postings[place]


def _reference(entry: EntryRow) -> str:
    return f"{IMPORTED_KIND}:{entry.on.year}:{entry.number}"


def _counted(number: str) -> tuple[int, int, str]:
    """Numbers in the order in which people count: 2 before 10, and words after them."""
    return (0, int(number), "") if number.isdecimal() else (1, 0, number)


def _entry(row: EntryRow, validated_on: date) -> Entry:
    return Entry(
        journal=row.journal,
        on=row.on,
        kind=OPENING_KIND if row.journal == OPENING_JOURNAL else IMPORTED_KIND,
        reference=_reference(row),
        label=row.label,
        lines=tuple(line.posting for line in row.lines),
        document=Document(row.piece, row.document_on, row.document_sha256),
        validated_on=validated_on,
    )


def _refusals(refused: Iterable[LedgerError], rows: Mapping[str, EntryRow]) -> Iterator[Fault]:
    for refusal in refused:
        row = rows.get(str(refusal.facts.get("reference", "")))
        yield _refusal(refusal, row.number if row else "", row.line if row else 0)


def _refusal(refusal: LedgerError, text: str, line: int) -> Fault:
    said, dit = refusal.sentence("en"), refusal.sentence("fr")
    return fault_at(ENTRIES_FILE, line, "entry_refused", text=text, said=said, dit=dit)


def _lettering_fault(group: LetteringRow, code: str) -> Fault:
    return replace(group.note, code=code)
