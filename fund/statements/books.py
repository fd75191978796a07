"""The year's books as documents: trial balance, journal, general ledger, in every unit the books keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from django.utils import translation
from django.utils.translation import gettext as _

from fund.chart import JOURNALS, account_name
from fund.queries.book_year import BookYear
from fund.statements.document import Block, Cell, Column, Document, Language, Paragraph, Row, Section, Span, Table
from fund.statements.render.formats import date_text, unit_text
from ledger.balances import StoredEntry, TrialRow
from ledger.frames import LedgerRecord, ledger_records, sides
from ledger.journal import AccountKey
from ledger.money import Amount, Unit, total_of, unit_of


def trial_balance(books: BookYear, language: Language) -> Document:
    """Opening, movements and closing of every account, one table for each unit."""
    with translation.override(language):
        units = _in_order({row.opening.unit for row in books.rows}, books)
        found = {unit: [row for row in books.rows if row.opening.unit == unit] for unit in units}
        told = (
            _("In every unit the debits equal the credits.")
            if all(_is_balanced(rows) for rows in found.values())
            else _("The debits do not equal the credits: the books are to be verified before anything else.")
        )
        if any(row.opening for row in books.rows):
            told += " " + _("Openings are above zero for a debit balance, below zero for a credit balance.")
        sections = tuple(
            Section(_("Accounts in %(unit)s") % {"unit": unit_text(unit, language)}, (_trial_table(rows, language),))
            for unit, rows in found.items()
        )
        return _document(books, language, _("Trial balance"), "trial-balance", (Paragraph(told),), sections)


def journal(books: BookYear, language: Language) -> Document:
    """Every entry with its lines, by journal and number, after the totals of the journals."""
    with translation.override(language):
        by_journal: dict[str, list[StoredEntry]] = defaultdict(list)
        for stored in books.entries:
            by_journal[stored.entry.journal].append(stored)
        sections = tuple(
            Section(
                f"{code} — {journal_name(code, language)}",
                (_journal_table(sorted(found, key=lambda each: (each.fiscal_year, each.number)), books, language),),
            )
            for code, found in sorted(by_journal.items())
        )
        totals = _journal_totals(by_journal, books, language)
        return _document(books, language, _("Journal"), "journal", (totals,), sections)


def general_ledger(books: BookYear, language: Language) -> Document:
    """One section for each account and unit: opening, lines with the balance after each, closing."""
    with translation.override(language):
        records = ledger_records(books.entries, books.openings, first=books.first)
        sections = tuple(
            _account_section(chart, unit_of(unit), list(lines), books, language)
            for (chart, unit), lines in groupby(records, key=lambda line: (line.account, line.unit))
        )
        told = Paragraph(_("A balance above zero is a debit balance, one below zero a credit balance."))
        return _document(books, language, _("General ledger"), "general-ledger", (told,), sections)


def journal_name(code: str, language: Language) -> str:
    """The name of a journal; its code where the fund keeps no such journal."""
    return JOURNALS[code][language] if code in JOURNALS else code


def _in_order(units: Iterable[Unit], books: BookYear) -> list[Unit]:
    """The fund's currency first, then the others by code."""
    return sorted(units, key=lambda unit: (unit.code != books.fund.currency, unit.code))


def _document(
    books: BookYear,
    language: Language,
    title: str,
    name: str,
    summary: tuple[Block, ...],
    sections: tuple[Section, ...],
) -> Document:
    return Document(
        title=title,
        number=f"{books.first.year}-{name}",
        fund=books.fund.name,
        language=language,
        issued_on=books.last,
        covers=Span(books.first, books.last),
        chain_head=books.head.hash,
        summary=summary,
        sections=sections,
        notes=(
            _(
                "Money, valued help in kind and hours are kept in units of their own, each balanced by itself: "
                "they are never added to each other."
            ),
            _(
                "The fingerprint is the end of the books’ hash chain, after %(entries)d entries: whoever keeps it can "
                "check later that none of them was changed or removed."
            )
            % {"entries": books.head.entries},
        ),
    )


def _is_balanced(rows: Sequence[TrialRow]) -> bool:
    return not sum(row.debit.minor - row.credit.minor for row in rows)


def _trial_table(rows: Sequence[TrialRow], language: Language) -> Table:
    """Accounts of one unit; without a column of openings when none of them was ever used before."""
    unit = rows[0].opening.unit
    opened = any(row.opening for row in rows)

    def cells(opening: Amount, moved: tuple[Amount, Amount], closings: tuple[Cell, Cell]) -> tuple[Cell, ...]:
        return (*((opening,) if opened else ()), *moved, *closings)

    both = [sides(row.closing) for row in rows]
    total = cells(
        total_of((row.opening for row in rows), unit),
        (total_of((row.debit for row in rows), unit), total_of((row.credit for row in rows), unit)),
        (total_of((debit for debit, _credit in both), unit), total_of((credit for _debit, credit in both), unit)),
    )
    return Table(
        _("Movements and balances"),
        (
            Column(_("Account"), "code"),
            Column(_("Name")),
            *((Column(_("Opening"), "amount", unit),) if opened else ()),
            Column(_("Debit"), "amount", unit),
            Column(_("Credit"), "amount", unit),
            Column(_("Debit balance"), "amount", unit),
            Column(_("Credit balance"), "amount", unit),
        ),
        tuple(
            Row(
                (
                    row.chart,
                    account_name(row.chart, language),
                    *cells(row.opening, (row.debit, row.credit), _shown(row.closing)),
                )
            )
            for row in rows
        ),
        _("Nothing was booked."),
        total=("", _("Total"), *total),
        name=unit.code,
    )


def _shown(signed: Amount) -> tuple[Amount | None, Amount | None]:
    """The debit and the credit column of a balance; an empty cell where there is nothing."""
    debit, credit = sides(signed)
    return debit or None, credit or None


def _journal_totals(by_journal: dict[str, list[StoredEntry]], books: BookYear, language: Language) -> Table:
    rows = []
    for code, entries in sorted(by_journal.items()):
        sums: dict[Unit, Amount] = {}
        for stored in entries:
            for line in stored.entry.lines:
                unit = line.account.unit
                sums[unit] = sums.get(unit, Amount(0, unit)) + sides(line.amount)[0]
        for unit in _in_order(sums, books):
            # The entries balance in every unit, so both columns of a journal are equal.
            rows.append(Row((code, journal_name(code, language), len(entries), sums[unit], sums[unit])))
    return Table(
        _("Totals of the journals"),
        (
            Column(_("Journal"), "code"),
            Column(_("Name")),
            Column(_("Entries"), "number"),
            Column(_("Debit"), "amount"),
            Column(_("Credit"), "amount"),
        ),
        tuple(rows),
        _("Nothing was booked."),
    )


def _journal_table(entries: Sequence[StoredEntry], books: BookYear, language: Language) -> Table:
    units = {line.account.unit for stored in entries for line in stored.entry.lines}
    unit = units.pop() if len(units) == 1 else None
    rows = [row for stored in entries for row in _entry_rows(stored, books, language)]
    debit = [sides(line.amount)[0] for stored in entries for line in stored.entry.lines]
    total: tuple[Cell, ...] = ()
    if unit is not None:
        total = ("", None, "", _("Total"), total_of(debit, unit), total_of(debit, unit))
    return Table(
        _("Entries of the journal %(journal)s") % {"journal": entries[0].entry.journal},
        (
            Column(_("No."), "code"),
            Column(_("Date"), "date"),
            Column(_("Account"), "code"),
            Column(_("Label · document")),
            Column(_("Debit"), "amount", unit),
            Column(_("Credit"), "amount", unit),
        ),
        tuple(rows),
        _("Nothing was booked."),
        total=total,
    )


def _entry_rows(stored: StoredEntry, books: BookYear, language: Language) -> Iterator[Row]:
    """The entry's own line with its label and its document, then its legs."""
    entry = stored.entry
    told = [entry.label or _("(words erased)"), entry.document.reference]
    if entry.reverses:
        told.append(_("reversal of %(entry)s") % {"entry": entry.reverses})
    yield Row((str(stored.number), entry.on, "", " · ".join(filter(None, told)), None, None), strong=True)
    for line in entry.lines:
        about = " · ".join([account_name(line.account.chart, language), *_about(line.account, books)])
        yield Row(("", None, line.account.chart, about, *_shown(line.amount)))


def _about(account: AccountKey, books: BookYear) -> list[str]:
    """What tells a leaf from the others of its account: its party by name, its project."""
    told = [f"{books.names.get(account.party, '')} ({account.party})".strip()] if account.party else []
    return [*told, _("project %(code)s") % {"code": account.project}] if account.project else told


def _account_section(
    chart: str, unit: Unit, lines: Sequence[LedgerRecord], books: BookYear, language: Language
) -> Section:
    title = f"{chart} — {account_name(chart, language)}"
    opening = next((Amount(line.running_minor, unit) for line in lines if line.line == "opening"), Amount(0, unit))
    moved = [line for line in lines if line.line == "posting"]
    debit = Amount(sum(line.debit_minor for line in moved), unit)
    credit = Amount(sum(line.credit_minor for line in moved), unit)
    rows = []
    if opening:
        told = _("Opening on %(date)s") % {"date": date_text(books.first, language)}
        rows.append(Row((books.first, "", told, None, None, opening), strong=True))
    for line in moved:
        rows.append(
            Row(
                (
                    line.on,
                    f"{line.journal} {line.number}",
                    " · ".join(filter(None, (line.label, line.party, line.project, line.document))),
                    Amount(line.debit_minor, unit) if line.debit_minor else None,
                    Amount(line.credit_minor, unit) if line.credit_minor else None,
                    Amount(line.running_minor, unit),
                )
            )
        )
    table = Table(
        _("Account %(account)s in %(unit)s") % {"account": chart, "unit": unit_text(unit, language)},
        (
            Column(_("Date"), "date"),
            Column(_("Entry"), "code"),
            Column(_("Label · party · project · document")),
            Column(_("Debit"), "amount", unit),
            Column(_("Credit"), "amount", unit),
            Column(_("Balance"), "amount", unit),
        ),
        tuple(rows),
        _("Nothing was booked."),
        total=(None, "", _("Total and closing balance"), debit, credit, opening + debit - credit),
    )
    return Section(title, (table,), anchor=f"{chart}-{unit.code}")
