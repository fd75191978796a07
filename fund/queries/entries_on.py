"""The entries of a year that touch some accounts, and the postings that make a line of a statement. Reads only."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from fund.accounting.year import CARRYING_KIND, OPENING_KIND, FiscalYear, YearKey, YearRow
from fund.models import Fund
from ledger.account_statements import StatementLine, account_statement
from ledger.balances import StoredEntry, balances, entry, journal_entries
from ledger.journal import AccountKey
from ledger.money import EUR_INKIND, Amount, Unit, unit_of

MOST_LINES = 200
"""Postings of a line of a statement shown on one page; all of them stand on the pages of the accounts."""


def entries_on(fund: Fund, year: FiscalYear, as_of: date, chart: str) -> list[StoredEntry]:
    """The entries of the year till the day, without its openings, that touch accounts beginning with `chart`."""
    unit = unit_of(fund.currency)
    found = account_statement(fund.slug, chart=chart, unit=unit, first=year.first, last=as_of)
    references = list(dict.fromkeys(line.reference for line in found.lines))
    entries = [entry(fund.slug, reference) for reference in references]
    return [each for each in entries if each.entry.kind not in (OPENING_KIND, CARRYING_KIND)]


def allocations(fund: Fund, year: FiscalYear, as_of: date) -> list[tuple[str, int]]:
    """The lines, as account and minor, of the entries that move a result from account 12 to other own funds."""
    unit = unit_of(fund.currency)
    return [
        (line.account.chart, line.minor)
        for stored in entries_on(fund, year, as_of, "12")
        for line in stored.entry.lines
        if line.account.unit == unit
    ]


def transfers(fund: Fund, year: FiscalYear, as_of: date) -> list[tuple[YearKey, int]]:
    """The lines of the entries that move dedicated funds between accounts 19 alone, as keys and minor."""
    unit = unit_of(fund.currency)
    found = []
    for stored in entries_on(fund, year, as_of, "19"):
        lines = [line for line in stored.entry.lines if line.account.unit == unit]
        if all(line.account.chart.startswith("19") for line in lines):
            found += [
                (
                    YearKey(
                        line.account.chart,
                        line.account.party,
                        line.account.project,
                        line.convention or line.account.convention,
                    ),
                    line.minor,
                )
                for line in lines
            ]
    return found


@dataclass(frozen=True, slots=True)
class AccountOfLine:
    """An account and auxiliary of a line: its year, its name, and the codes of the leaves that it is kept in."""

    row: YearRow
    unit: Unit
    name: str
    leaves: tuple[AccountKey, ...]

    @property
    def opening(self) -> Amount:
        return Amount(self.row.opening, self.unit)

    @property
    def debit(self) -> Amount:
        return Amount(self.row.debit, self.unit)

    @property
    def credit(self) -> Amount:
        return Amount(self.row.credit, self.unit)

    @property
    def closing(self) -> Amount:
        return Amount(self.row.closing, self.unit)


@dataclass(frozen=True, slots=True)
class LinePostings:
    """What a line is made of: its accounts, then the postings of the year on them, `is_whole` when all are there."""

    accounts: tuple[AccountOfLine, ...]
    lines: tuple[StatementLine, ...]
    is_whole: bool


def line_postings(fund: Fund, year: FiscalYear, as_of: date, rows: Sequence[YearRow]) -> LinePostings:
    """The accounts behind the rows (by account and auxiliary), and their postings by date, `MOST_LINES` at most."""
    names = dict(fund.parties.values_list("code", "name")) | dict(fund.projects.values_list("code", "title"))
    accounts = [
        AccountOfLine(row, _unit(fund, row), names.get(row.key.party, ""), _leaves(fund, row, as_of)) for row in rows
    ]
    lines: list[StatementLine] = []
    is_whole = True
    for account in accounts:
        for leaf in account.leaves:
            left = MOST_LINES - len(lines)
            if left <= 0:
                is_whole = False
                break
            page = account_statement(fund.slug, key=leaf, first=year.first, last=as_of, limit=left)
            lines += page.lines
            is_whole = is_whole and page.next_after is None
    return LinePostings(tuple(accounts), tuple(sorted(lines, key=lambda line: (line.on, line.posting))), is_whole)


def _unit(fund: Fund, row: YearRow) -> Unit:
    return EUR_INKIND if row.key.chart.startswith(("86", "87")) else unit_of(fund.currency)


def _leaves(fund: Fund, row: YearRow, as_of: date) -> tuple[AccountKey, ...]:
    """The leaves of the account that are kept for the auxiliary."""
    found = balances(fund.slug, chart=row.key.chart, unit=_unit(fund, row).code, as_of=as_of)
    return tuple(
        each.account
        for each in found
        if each.account.chart == row.key.chart and (each.account.party or each.account.project) == row.key.party
    )


def last_known_day(fund: Fund, year: FiscalYear, today: date) -> date:
    """The day on which a year is shown where none is named: its last, or today while nothing later is booked."""
    if year.last <= today or journal_entries(fund.slug, first=max(today, year.first), last=year.last, limit=1):
        return year.last
    return max(today, year.first)


def names_of(fund: Fund, codes: Collection[str]) -> dict[str, str]:
    """The names of parties and the titles of projects, by the codes that the books use."""
    wanted = set(codes)
    parties = fund.parties.filter(code__in=wanted).values_list("code", "name")
    projects = fund.projects.filter(code__in=wanted).values_list("code", "title")
    return dict(projects) | dict(parties)
