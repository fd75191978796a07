"""What the books' lines of other currencies are worth in the fund's own: by entry, and by account over a year."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from fund.accounting.currencies import foreign_units, is_foreign, rate_within, valued
from fund.accounting.currency_errors import ExchangeRateMissing
from fund.accounting.year import CARRYING_KIND, OPENING_JOURNAL, OPENING_KIND, FiscalYear, YearKey
from fund.models import ExchangeRate, Fund
from ledger.balances import StoredEntry
from ledger.by_validation import entries_of_units, units_of
from ledger.errors import BookUnknown
from ledger.journal import Entry, Line
from ledger.money import Unit, unit_of


class Rates:
    """The rates recorded for a fund, by currency and day: the latest on or before a day counts.

    `entries` are those in other currencies: a reversal among them is worth what it undoes.
    """

    def __init__(self, fund: Fund, entries: Iterable[StoredEntry] = ()) -> None:
        self.currency = unit_of(fund.currency)
        self._origins: dict[str, date] = {}
        for stored in entries:
            self._origins[stored.entry.reference] = self._origins.get(stored.entry.reverses, stored.entry.on)
        latest: dict[str, dict[date, Fraction]] = defaultdict(dict)
        for row in ExchangeRate.objects.filter(fund=fund).order_by("unit", "on", "pk"):
            latest[row.unit][row.on] = row.rate  # the last one recorded of a day corrects those before
        self._days = {unit: sorted(days) for unit, days in latest.items()}
        self._rates = {unit: [days[on] for on in self._days[unit]] for unit, days in latest.items()}

    def on(self, unit: str, day: date) -> Fraction | None:
        """What one unit is worth on a day; None when nothing is recorded till then."""
        place = bisect_right(self._days.get(unit, []), day)
        return self._rates[unit][place - 1] if place else None

    def of_entry(self, entry: Entry) -> dict[str, Fraction] | None:
        """The rate of each other currency of an entry, its own exchange first; None when one is missing."""
        found: dict[str, Fraction] = {}
        day = self._origins.get(entry.reference, entry.on)
        for unit in foreign_units(entry, self.currency.code):
            rate = rate_within(entry.exchange, unit.code, self.currency.code) or self.on(unit.code, day)
            if rate is None:
                return None
            found[unit.code] = rate
        return found

    def values(self, entry: Entry) -> tuple[int | None, ...]:
        """Each line's value in the fund's currency, debit positive; refused when a rate is missing."""
        rates = self.of_entry(entry)
        if rates is None:
            raise ExchangeRateMissing(currency=self.currency.code, entries=[entry.reference])
        return valued(entry.lines, self.currency, rates)


@dataclass(slots=True)
class ForeignRow:
    """An account in another currency over a year, in minor units of the fund's own; `opening_minor` in its unit."""

    key: YearKey
    unit: Unit
    opening: int = 0
    opening_minor: int = 0
    debit: int = 0
    credit: int = 0


def other_currencies(fund: Fund) -> tuple[Unit, ...]:
    """The currencies that the books have accounts in beside the fund's own; none before they are opened."""
    try:
        return tuple(unit for unit in units_of(fund.slug) if is_foreign(unit, fund.currency))
    except BookUnknown:
        return ()


def foreign_entries(fund: Fund, last: date) -> list[StoredEntry]:
    """The entries till a day that have lines in another currency, without those that carry a year over to the next.

    What is carried keeps the value it had: it is not booked again at another rate.
    """
    units = other_currencies(fund)
    if not units:
        return []
    found = entries_of_units(fund.slug, [unit.code for unit in units], last)
    carried = {stored.entry.on for stored in found if stored.entry.kind == CARRYING_KIND}
    return [stored for stored in found if not _is_carried(stored, carried)]


def _is_carried(stored: StoredEntry, carried: set[date]) -> bool:
    kind, on = stored.entry.kind, stored.entry.on
    return kind == CARRYING_KIND or (kind == OPENING_KIND and on in carried)


def foreign_rows(fund: Fund, year: FiscalYear, as_of: date) -> tuple[ForeignRow, ...]:
    """The accounts in other currencies from the first day of the year to `as_of`, in the order of their keys.

    What income and expenses of the years before were worth stands on 120 or 129 of the same currency, as the closing
    leaves it. Refused when an entry has no rate, with all the entries that have none.
    """
    entries = foreign_entries(fund, as_of)
    if not entries:
        return ()
    rates = Rates(fund, entries)
    without = [stored.entry.reference for stored in entries if rates.of_entry(stored.entry) is None]
    if without:
        raise ExchangeRateMissing(currency=fund.currency, entries=without)
    rows: dict[tuple[YearKey, Unit], ForeignRow] = {}
    for stored in entries:
        is_before = stored.entry.on < year.first or _opens(stored, year)
        for line, value in zip(stored.entry.lines, rates.values(stored.entry), strict=True):
            if value is not None and is_foreign(line.account.unit, fund.currency):
                _add(rows, line, value, is_before=is_before)
    return tuple(_result_moved(rows.values()))


def _opens(stored: StoredEntry, year: FiscalYear) -> bool:
    entry = stored.entry
    return entry.kind == OPENING_KIND and entry.journal == OPENING_JOURNAL and entry.on >= year.first


def _add(rows: dict[tuple[YearKey, Unit], ForeignRow], line: Line, value: int, *, is_before: bool) -> None:
    place = key_of_line(line), line.account.unit
    row = rows.setdefault(place, ForeignRow(*place))
    if is_before:
        row.opening += value
        row.opening_minor += line.minor
    elif value > 0:
        row.debit += value
    else:
        row.credit -= value


def _result_moved(rows: Iterable[ForeignRow]) -> Iterator[ForeignRow]:
    """The rows with the openings of income and expenses on the result, each currency by itself."""
    results: dict[Unit, list[int]] = defaultdict(lambda: [0, 0])
    kept: list[ForeignRow] = []
    for row in rows:
        if row.key.chart.startswith(("6", "7")):
            results[row.unit][0] += row.opening
            results[row.unit][1] += row.opening_minor
            row.opening = row.opening_minor = 0
        kept.append(row)
    for unit, (value, minor) in results.items():
        if value or minor:
            kept.append(ForeignRow(YearKey("129" if value > 0 else "120"), unit, value, minor))
    merged: dict[tuple[YearKey, Unit], ForeignRow] = {}
    for row in kept:
        known = merged.setdefault((row.key, row.unit), ForeignRow(row.key, row.unit))
        known.opening += row.opening
        known.opening_minor += row.opening_minor
        known.debit += row.debit
        known.credit += row.credit
    yield from (merged[place] for place in sorted(merged))


def key_of_line(line: Line) -> YearKey:
    """What a line shares with others in the accounts of a year."""
    account = line.account
    return YearKey(
        account.chart,
        account.party,
        account.project,
        line.convention or account.convention,
        line.destination,
        line.public_generosity,
    )
