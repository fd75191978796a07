"""entries.csv: a year's entries line by line, gathered entry by entry, every fault with its place.

Plain Python. An entry is the lines that share a number and stand together; it balances in every unit.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from moneyed import CURRENCIES

from fund.accounting.year import IN_KIND_CLASSES, OPENING_JOURNAL
from fund.chart import chart_of
from fund.importers.cells import Row
from fund.importers.charted import chart_name, instead, is_outside
from fund.importers.faults import Fault, fault_at
from fund.importers.names import Names
from fund.importers.names_file import account_misread, code_misread
from fund.importers.table import rows_of
from fund.importers.values import Misread, Year
from ledger.journal import AccountKey, Line
from ledger.money import EUR_INKIND, HOUR, Amount, Unit, unit_of

ENTRIES_FILE = "entries.csv"
COLUMNS = (
    "entry",
    "journal",
    "date",
    "piece",
    "label",
    "account",
    "auxiliary",
    "debit",
    "credit",
    "lettering",
    "lettering_date",
)
OPTIONAL = (
    "validated_on",
    "project",
    "convention",
    "destination",
    "public_generosity",
    "unit",
    "document_date",
    "document_sha256",
)
OF_THE_ENTRY = ("journal", "date", "piece", "label", "validated_on", "document_date", "document_sha256")
"""Columns that say one thing of a whole entry."""

PIECE_LIMIT, LABEL_LIMIT, CONVENTION_LIMIT, LETTERING_LIMIT = 100, 300, 60, 20
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_ANY_DAY = Year(None)


@dataclass(frozen=True, slots=True)
class EntryTerms:
    """What the rows are read against. A closed list of None is not compared with."""

    currency: Unit
    journals: Names | None
    accounts: Callable[[str], bool] | None
    account_names: Names
    auxiliaries: Names | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of an entry as the file gives it."""

    line: int
    posting: Line
    lettering: str
    lettered_on: date | None


@dataclass(slots=True)
class EntryRow:
    """One entry of the file; `line` is that of its first row, `validated_on` None where no column says it."""

    number: str
    line: int
    journal: str
    on: date
    piece: str
    label: str
    validated_on: date | None
    document_on: date | None
    document_sha256: str
    lines: list[LineRow] = field(default_factory=list)


def read_entries(text: str, terms: EntryTerms, faults: list[Fault]) -> list[EntryRow]:
    """The entries of the text in the order of the file; what is wrong with rows and entries is noted."""
    before = len(faults)
    reader = _Reader(terms, faults)
    for row in rows_of(ENTRIES_FILE, text, COLUMNS, faults, optional=OPTIONAL):
        reader.read(row)
    if text and not reader.rows and len(faults) == before:
        faults.append(fault_at(ENTRIES_FILE, 0, "rows_none"))
    if any(fault.code == "column_missing" for fault in faults[before:]):
        return []
    for entry in reader.entries:
        faults.extend(_balance_faults(entry, reader.unsound))
    return reader.entries


class _Reader:
    """Rows become lines, lines join their entries."""

    def __init__(self, terms: EntryTerms, faults: list[Fault]) -> None:
        self.entries: list[EntryRow] = []
        self.unsound: set[int] = set()
        self.rows = 0
        self._terms, self._faults = terms, faults
        self._known: dict[str, EntryRow] = {}
        self._first: dict[str, str | None] = {}
        self._told: set[tuple[str, str]] = set()

    def read(self, row: Row) -> None:
        """One row: its entry when it begins one, and its line."""
        self.rows += 1
        before = len(self._faults)
        number = _code(row, "entry", required=True)
        current = self.entries[-1] if self.entries else None
        if current is None or current.number != number:
            current = self._begin(row, number)
        else:
            self._compare(row, current)
        line = self._line(row)
        current.lines.append(line)
        if len(self._faults) > before:
            self.unsound.add(id(current))

    def _begin(self, row: Row, number: str) -> EntryRow:
        known = self._known.get(number)
        if known is not None and number:
            row.fault("entry", "entry_twice", text=number, first=known.line)
        entry = EntryRow(
            number=number,
            line=row.line,
            journal=self._named(row, "journal", _code(row, "journal", required=True), self._terms.journals),
            on=row.day("date", _ANY_DAY),
            piece=row.text("piece", limit=PIECE_LIMIT),
            label=row.text("label", limit=LABEL_LIMIT),
            validated_on=_day(row, "validated_on"),
            document_on=_day(row, "document_date"),
            document_sha256=_sha256(row),
        )
        if entry.validated_on and entry.on != date.min and entry.validated_on < entry.on:
            found, first = entry.validated_on.isoformat(), entry.on.isoformat()
            row.fault("validated_on", "validated_before", found=found, first=first)
        self._known.setdefault(number, entry)
        self._first = {column: row.raw(column) for column in OF_THE_ENTRY}
        self.entries.append(entry)
        return entry

    def _compare(self, row: Row, entry: EntryRow) -> None:
        for column, first in self._first.items():
            found = row.raw(column)
            if found != first:
                row.fault(column, "entry_differs", number=entry.number, first=first or "", found=found or "")

    def _line(self, row: Row) -> LineRow:
        account = self._account(row)
        unit = self._unit(row, account)
        key = AccountKey(
            account,
            party=self._named(row, "auxiliary", _code(row, "auxiliary"), self._terms.auxiliaries),
            project=_code(row, "project"),
            unit=unit,
        )
        posting = Line(
            key,
            _minor(row, unit),
            convention=_code(row, "convention", limit=CONVENTION_LIMIT),
            destination=_code(row, "destination"),
            public_generosity=_yes(row, "public_generosity"),
        )
        lettering = _code(row, "lettering", limit=LETTERING_LIMIT)
        lettered_on = _day(row, "lettering_date")
        if lettering and not row.raw("lettering_date"):
            row.fault("lettering_date", "lettering_undated", text=lettering)
        if lettered_on and not row.raw("lettering"):
            row.fault("lettering", "lettering_without_code")
        return LineRow(row.line, posting, lettering, lettered_on)

    def _account(self, row: Row) -> str:
        text = row.text("account")
        if not text or _spoilt(row, "account", account_misread(text)):
            return ""
        if self._terms.accounts is not None and not self._terms.accounts(text):
            self._tell(row, "account", text, "account_unnamed", self._terms.account_names)
        return text

    def _named(self, row: Row, column: str, text: str, known: Names | None) -> str:
        if text and known is not None and text not in known:
            self._tell(row, column, text, f"{column}_unnamed", known)
        return text

    def _tell(self, row: Row, column: str, text: str, code: str, known: Names) -> None:
        """Say once of each name that nobody knows it."""
        if (column, text) not in self._told:
            self._told.add((column, text))
            row.fault(column, code, text=text, near=known.nearest(text))

    def _unit(self, row: Row, account: str) -> Unit:
        text = row.text("unit", required=False)
        usual = EUR_INKIND if account.startswith(IN_KIND_CLASSES) else self._terms.currency
        if text in ("", usual.code) or (usual is EUR_INKIND and text == "EUR"):
            return usual
        if account.startswith("9") and text == HOUR.code:
            return HOUR
        if usual is not EUR_INKIND and text in CURRENCIES:
            return unit_of(text)
        row.fault("unit", "unit_unknown_here", text=text, like=usual.code)
        return usual


def year_faults(entries: Iterable[EntryRow], years: Iterable[int]) -> Iterator[Fault]:
    """Entries dated outside the fiscal years, and à-nouveaux that are not what opens one."""
    known = sorted(years)
    place = COLUMNS.index("date") + 1
    told: set[tuple[str, str]] = set()
    for entry in entries:
        if entry.on == date.min:
            continue
        if entry.on.year not in known:
            facts: dict[str, str | int] = {"text": entry.on.isoformat(), "year": "–".join(map(str, known))}
            yield fault_at(ENTRIES_FILE, entry.line, "date_outside_year", "date", place, **facts)
        yield from _chart_faults(entry, chart_of(entry.on.year), told)
        if entry.journal == OPENING_JOURNAL:
            if (entry.on.month, entry.on.day) != (1, 1):
                text = entry.on.isoformat()
                yield fault_at(ENTRIES_FILE, entry.line, "opening_not_first_day", "date", place, text=text)
            for line in entry.lines:
                chart = line.posting.account.chart
                if chart.startswith(("6", "7")):
                    yield fault_at(ENTRIES_FILE, line.line, "opening_of_results", "account", 6, text=chart)


def _chart_faults(entry: EntryRow, chart: str, told: set[tuple[str, str]]) -> Iterator[Fault]:
    """Accounts that the chart of the entry's year has not, once each; those that no chart has are the fund's own."""
    for line in entry.lines:
        number = line.posting.account.chart
        if (number, chart) not in told and is_outside(number, chart):
            told.add((number, chart))
            facts = {"text": number, "chart": chart_name(chart), "near": instead(number, chart)}
            year = entry.on.year
            yield fault_at(ENTRIES_FILE, line.line, "account_outside_chart", "account", 6, year=year, **facts)


def years_written(entries: Iterable[EntryRow]) -> list[int]:
    """The fiscal year that most entries are dated in, in a list; none when there is none."""
    counted = Counter(entry.on.year for entry in entries if entry.on != date.min)
    return [min(counted, key=lambda year: (-counted[year], year))] if counted else []


def validation_day(entry: EntryRow, *, batch_day: int, inventory_on: date | None) -> date:
    """The day an entry became final: as the file says, else with its batch.

    A month's entries are validated together on `batch_day` of the next month, those of the last day of the year on
    `inventory_on`, 31 March of the next year when it is None.
    """
    if entry.validated_on is not None:
        return entry.validated_on
    on = entry.on
    if (on.month, on.day) == (12, 31):
        return inventory_on or date(on.year + 1, 3, 31)
    year, month = on.year + on.month // 12, on.month % 12 + 1
    return date(year, month, min(batch_day, monthrange(year, month)[1]))


def _balance_faults(entry: EntryRow, unsound: set[int]) -> Iterator[Fault]:
    if id(entry) in unsound:  # a cell that could not be read would only be told twice
        return
    sides: dict[Unit, list[int]] = defaultdict(lambda: [0, 0])
    for line in entry.lines:
        minor = line.posting.minor
        sides[line.posting.account.unit][0 if minor > 0 else 1] += abs(minor)
    for unit, (debit, credit) in sorted(sides.items()):
        if debit != credit:
            yield fault_at(
                ENTRIES_FILE,
                entry.line,
                "entry_unbalanced",
                text=entry.number,
                unit=unit.code,
                debit=Amount(debit, unit).major,
                credit=Amount(credit, unit).major,
                difference=Amount(abs(debit - credit), unit).major,
            )


def _minor(row: Row, unit: Unit) -> int:
    """The amount of the line, debit positive; 0 where it is a fault."""
    written = [row.raw(column) or "" for column in ("debit", "credit")]
    sides = [row.minor(column, unit.scale, zero=True, required=False) for column in ("debit", "credit")]
    if any(text and side is None for text, side in zip(written, sides, strict=True)):
        return 0
    debit, credit = sides[0] or 0, sides[1] or 0
    if debit and credit:
        row.fault("credit", "sides_both")
        return 0
    if not debit and not credit and row.raw("debit") is not None and row.raw("credit") is not None:
        row.fault("debit", "sides_none")
    return debit - credit


def _code(row: Row, column: str, *, required: bool = False, limit: int = 40) -> str:
    text = row.text(column, required=required)
    return "" if not text or _spoilt(row, column, code_misread(text, limit)) else text


def _day(row: Row, column: str) -> date | None:
    """A day of any year; None where the column is empty, absent or a fault."""
    if not row.raw(column):
        return None
    day = row.day(column, _ANY_DAY)
    return None if day == date.min else day


def _sha256(row: Row) -> str:
    text = row.text("document_sha256", required=False)
    if text and not _SHA256.fullmatch(text):
        row.fault("document_sha256", "sha256_form", text=text)
        return ""
    return text


def _yes(row: Row, column: str) -> bool:
    return bool(row.raw(column)) and row.yes_no(column)


def _spoilt(row: Row, column: str, misread: Misread | None) -> bool:
    if misread is None:
        return False
    row.fault(column, misread.code, **misread.facts)
    return True
