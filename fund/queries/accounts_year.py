"""The fiscal years of a fund, and the accounts of one of them up to a day, as the statements need them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from fund.accounting.year import (
    CARRYING_JOURNAL,
    CARRYING_KIND,
    OPENING_JOURNAL,
    OPENING_KIND,
    FiscalYear,
    YearAccounts,
    YearKey,
    YearRow,
    YearState,
    carried_over,
    summed,
)
from fund.models import Fund
from fund.queries.valuation import foreign_rows, key_of_line
from ledger.balances import StoredEntry, journal_entries, sums
from ledger.errors import BookUnknown
from ledger.money import EUR_INKIND
from ledger.periods import fiscal_years

_PARTS = ("chart", "party", "project", "funder", "destination", "public_generosity")


def years_of(fund: Fund) -> tuple[FiscalYear, ...]:
    """The fiscal years of the fund's books, oldest first; none before the books are opened."""
    try:
        found = fiscal_years(fund.slug)
    except BookUnknown:
        return ()
    return tuple(FiscalYear(row.code, row.first, row.last, row.chart, _state(row.state)) for row in found)


def _state(state: str) -> YearState:
    return "closed" if state == "closed" else "locked" if state == "locked" else "open"


def year_of(fund: Fund, year: int) -> FiscalYear | None:
    """The fiscal year that is named by the calendar year, or else that ends in it; None when there is none."""
    years = years_of(fund)
    named = next((each for each in years if each.code == str(year)), None)
    return named or next((each for each in years if each.last.year == year), None)


def year_before(fund: Fund, year: FiscalYear) -> FiscalYear | None:
    """The fiscal year that ends on the eve of this one; None for the first."""
    eve = year.first - timedelta(days=1)
    return next((each for each in years_of(fund) if each.last == eve), None)


def year_accounts(fund: Fund, year: FiscalYear, as_of: date | None = None) -> YearAccounts:
    """The accounts of the year from its first day to `as_of`, its last day when none is named; a day outside it is
    brought to the nearest one within.

    Lines of other currencies are valued in the fund's own as they were booked; refused when an entry has no rate.
    """
    day = max(year.first, min(as_of or year.last, year.last))
    totals: dict[YearKey, list[int]] = defaultdict(lambda: [0, 0, 0])
    units = {fund.currency, EUR_INKIND.code}
    for found in sums(fund.slug, by=_PARTS, first=year.first, as_of=day):
        if found.unit.code in units:
            total = totals[_key(found.parts)]
            total[0] += found.opening.minor
            total[1] += found.debit.minor
            total[2] += found.credit.minor
    for stored in opening_entries(fund, year, day):
        for line in stored.entry.lines:
            if line.account.unit.code in units:
                total = totals[key_of_line(line)]
                total[0] += line.minor
                total[1 if line.minor > 0 else 2] -= abs(line.minor)
    for foreign in foreign_rows(fund, year, day):
        total = totals[foreign.key]
        total[0] += foreign.opening
        total[1] += foreign.debit
        total[2] += foreign.credit
    rows = [YearRow(key, *total) for key, total in totals.items() if not key.chart.startswith("9")]
    is_provisional = any(row.opening for row in rows if row.key.chart.startswith(("6", "7")))
    return YearAccounts(year, day, fund.currency, carried_over(summed(rows, _itself)), is_provisional)


def opening_entries(fund: Fund, year: FiscalYear, as_of: date) -> list[StoredEntry]:
    """The à-nouveaux of the year, and what empties the accounts of the year before, up to a day.

    With the reversals of either: à-nouveaux that were wrong and are reversed open nothing, and moved nothing either.
    """
    found = []
    for journal, kind in ((CARRYING_JOURNAL, CARRYING_KIND), (OPENING_JOURNAL, OPENING_KIND)):
        openings: set[str] = set()
        for stored in journal_entries(fund.slug, first=year.first, last=as_of, journal=journal):
            if stored.entry.kind == kind or stored.entry.reverses in openings:
                openings.add(stored.entry.reference)
                found.append(stored)
    return found


def _itself(key: YearKey) -> YearKey:
    return key


def _key(parts: tuple[str | bool, ...]) -> YearKey:
    chart, party, project, convention, destination, generosity = parts
    return YearKey(str(chart), str(party), str(project), str(convention), str(destination), bool(generosity))
