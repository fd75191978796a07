"""The lines of a fiscal year's file of accounting entries, in a stream, and what the file is checked against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from fund.accounting.currencies import is_foreign
from fund.accounting.fec_rules import (
    JOURNALS_LEFT_OUT,
    is_in_file,
    lettering_code,
    names_auxiliary,
    number_of,
)
from fund.accounting.year import OPENING_JOURNAL, OPENING_KIND, FiscalYear, YearAccounts
from fund.chart import account_name
from fund.models import Fund, Project
from fund.queries.accounts_year import year_accounts, year_before
from fund.queries.valuation import ForeignRow, Rates, foreign_entries, foreign_rows
from ledger.balances import StoredEntry
from ledger.by_validation import entries_by_validation, journal_labels, open_letterings
from ledger.entries import Mark
from ledger.fec.expected import Expected
from ledger.fec.fields import FecLine
from ledger.fec.writing import scaled_text
from ledger.journal import AccountKey, Line
from ledger.money import Unit

BALANCE_SHEET = ("1", "2", "3", "4", "5", "80")
"""The classes that the openings of a year carry over."""


@dataclass(frozen=True, slots=True)
class FecBooks:
    """What every line of the file asks for beside its entry: names, rates, letterings, the openings in currencies."""

    fund: Fund
    year: FiscalYear
    journals: Mapping[str, str]
    names: Mapping[str, str]
    rates: Rates
    open_letterings: frozenset[tuple[str, str]]
    foreign_openings: tuple[ForeignRow, ...]
    accounts: dict[str, str] = field(default_factory=dict)

    def account_label(self, chart: str) -> str:
        """The account's name in French, the language of the books."""
        if chart not in self.accounts:
            self.accounts[chart] = account_name(chart, "fr")
        return self.accounts[chart]


def fec_books(fund: Fund, year: FiscalYear) -> FecBooks:
    """Read what the lines need once; refused when an amount in another currency has no rate."""
    foreign = foreign_rows(fund, year, year.last)
    entries = foreign_entries(fund, year.last)
    rates = Rates(fund, entries)
    names = dict(Project.objects.filter(fund=fund).values_list("code", "title"))
    names.update(fund.parties.values_list("code", "name"))
    open_ = open_letterings(fund.slug, year.code, without=JOURNALS_LEFT_OUT)
    open_ |= _open_by_value(fund, year, rates, entries)
    openings = tuple(row for row in foreign if row.opening or row.opening_minor)
    return FecBooks(fund, year, journal_labels(fund.slug), names, rates, frozenset(open_), openings)


def _open_by_value(fund: Fund, year: FiscalYear, rates: Rates, entries: list[StoredEntry]) -> set[tuple[str, str]]:
    """The letterings that settle in their own currency and leave a difference of exchange in the fund's."""
    rest: dict[tuple[str, str], int] = defaultdict(int)
    for stored in entries:
        if stored.fiscal_year == year.code:
            for line, mark, value in zip(stored.entry.lines, stored.marks, rates.values(stored.entry), strict=True):
                if mark and value and is_foreign(line.account.unit, fund.currency):
                    rest[line.account.leaf, mark.code] += value
    return {key for key, value in rest.items() if value}


def fec_lines(books: FecBooks) -> Iterator[FecLine]:
    """The lines in the order of the file: openings first, then by day of validation, journal and number."""
    slug, code = books.fund.slug, books.year.code
    carried_foreign = list(books.foreign_openings)
    for stored in entries_by_validation(slug, code, journals=(OPENING_JOURNAL,)):
        if stored.entry.kind == OPENING_KIND:
            yield from _opening_lines(books, stored, carried_foreign)
            carried_foreign = []
        else:
            yield from _entry_lines(books, stored)
    for stored in entries_by_validation(slug, code, without=(OPENING_JOURNAL, *JOURNALS_LEFT_OUT)):
        yield from _entry_lines(books, stored)


def _entry_lines(books: FecBooks, stored: StoredEntry) -> Iterator[FecLine]:
    values = books.rates.values(stored.entry)
    for line, mark, value in zip(stored.entry.lines, stored.marks, values, strict=True):
        if value and is_in_file(line.account.chart):
            yield _line(books, stored, line, value, mark, _is_partial(books, mark, [line]))


def _opening_lines(books: FecBooks, stored: StoredEntry, foreign: list[ForeignRow]) -> Iterator[FecLine]:
    """One line for each account, auxiliary and lettering; other currencies at the value that they have kept."""
    groups: dict[tuple[str, str, Mark | None], list[Line]] = defaultdict(list)
    for line, mark in zip(stored.entry.lines, stored.marks, strict=True):
        unit = line.account.unit
        if is_in_file(line.account.chart) and (unit.code == books.fund.currency or unit.kind == "kind"):
            groups[line.account.chart, _auxiliary(line.account), mark].append(line)
    for (_, _, mark), lines in sorted(groups.items(), key=lambda item: (item[0][:2], str(item[0][2]))):
        total = sum(line.minor for line in lines)
        if total:
            yield _line(books, stored, _shared(lines), total, mark, _is_partial(books, mark, lines))
    totals: dict[tuple[str, str, Unit], list[int]] = defaultdict(lambda: [0, 0])
    for row in foreign:
        auxiliary = row.key.auxiliary if names_auxiliary(row.key.chart) else ""
        total_of = totals[row.key.chart, auxiliary, row.unit]
        total_of[0] += row.opening
        total_of[1] += row.opening_minor
    for (chart, auxiliary, unit), (value, minor) in sorted(totals.items()):
        if value:
            line = Line(AccountKey(chart, party=auxiliary, unit=unit), minor)
            yield _line(books, stored, line, value, None, False)


def _shared(lines: list[Line]) -> Line:
    """A line with what all these share: a project or an agreement that only some have is left out."""
    first = lines[0].account
    projects = {line.account.project for line in lines}
    conventions = {line.convention or line.account.convention for line in lines}
    project = first.project if len(projects) == 1 else ""
    party = first.party or ("" if project else first.project)
    key = AccountKey(first.chart, party, project, "", first.unit)
    return Line(key, lines[0].minor, conventions.pop() if len(conventions) == 1 else "")


def _auxiliary(account: AccountKey) -> str:
    return (account.party or account.project) if names_auxiliary(account.chart) else ""


def _is_partial(books: FecBooks, mark: Mark | None, lines: list[Line]) -> bool:
    """Whether the lettering leaves something in this file: it is partial, or settled in another year."""
    if mark is None:
        return False
    return mark.is_partial or any((line.account.leaf, mark.code) in books.open_letterings for line in lines)


def _line(books: FecBooks, stored: StoredEntry, line: Line, value: int, mark: Mark | None, is_partial: bool) -> FecLine:
    entry, account = stored.entry, line.account
    auxiliary = _auxiliary(account)
    has_currency = is_foreign(account.unit, books.fund.currency) and line.minor
    return FecLine(
        journal=entry.journal,
        journal_label=books.journals.get(entry.journal) or entry.journal,
        entry=number_of(entry.journal, stored.number),
        on=entry.on,
        account=account.chart,
        account_label=books.account_label(account.chart),
        auxiliary=auxiliary,
        auxiliary_label=books.names.get(auxiliary, "").strip() or auxiliary,
        document=entry.document.reference or entry.reference,
        document_on=entry.document.on or entry.on,
        label=entry.label.strip() or entry.reference,
        debit=max(value, 0),
        credit=max(-value, 0),
        lettering=lettering_code(mark.code, is_partial=is_partial) if mark else "",
        lettered_on=mark.on if mark else None,
        validated_on=entry.validated_on,
        foreign=scaled_text(abs(line.minor), account.unit.scale) if has_currency else "",
        currency=account.unit.code if has_currency else "",
        extra=(account.project, line.convention or account.convention, stored.leaf.hex()),
    )


def fec_expected(fund: Fund, year: FiscalYear, accounts: YearAccounts, *, exported_on: date) -> Expected:
    """What the file must say: the result of the statements, and the closings of the year before, where it is known."""
    before = year_before(fund, year)
    return Expected(
        closing=year.last,
        opening=year.first,
        result=accounts.result,
        previous=None if before is None else closings_of(year_accounts(fund, before)),
        exported_on=exported_on,
        is_first_year=before is None,
    )


def closings_of(accounts: YearAccounts) -> dict[tuple[str, str], int]:
    """What a year leaves to the next by account and auxiliary, its result on 120 or 129."""
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for row in accounts.rows:
        chart = row.key.chart
        if chart.startswith(BALANCE_SHEET):
            totals[chart, row.key.auxiliary if names_auxiliary(chart) else ""] += row.closing
    totals["129" if accounts.result < 0 else "120", ""] -= accounts.result
    return {key: minor for key, minor in totals.items() if minor}
