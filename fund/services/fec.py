"""Handing out a year's file of accounting entries: made, checked by the fund's own check, then logged. Never before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Final

from django.db import transaction

from fund.accounting.year import FiscalYear
from fund.models import FecExport, Fund
from fund.queries.accounts_year import year_accounts, year_before, year_of, years_of
from fund.queries.fec import fec_books, fec_expected, fec_lines
from fund.queries.fec_description import FecDescription, described
from fund.services.actors import Actor
from fund.services.fec_errors import FecRefused, FecSirenInvalid, FecYearBeforeOpen, FecYearEmpty, FecYearUnknown
from ledger.by_validation import entry_count
from ledger.fec.checking import check
from ledger.fec.fields import EXTRA_HEADER, FecLine
from ledger.fec.findings import Report
from ledger.fec.names import file_name, is_siren
from ledger.fec.texts import Encoding
from ledger.fec.writing import Separator, Written, write

Describe = Callable[[FecDescription], bytes]

LOOKED_AT: Final = 10_000
"""Entries of a year whose file is made and checked each time somebody opens its page."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was handed out: its log line, what its check says (no fault, perhaps warnings), its description."""

    export: FecExport
    report: Report
    description: bytes


def year_to_export(fund: Fund, year: int) -> FiscalYear:
    """The fiscal year whose file can be made; refused when it cannot, with how to mend it."""
    if not is_siren(fund.siren):
        raise FecSirenInvalid(fund=fund.name, siren=fund.siren)
    found = year_of(fund, year)
    if found is None:
        raise FecYearUnknown(fund=fund.slug, year=year, known=[each.code for each in years_of(fund)])
    before = year_before(fund, found)
    if before is not None and before.state != "closed":
        raise FecYearBeforeOpen(fund=fund.slug, year=found.code, before=before.code)
    return found


def export_fec(
    actor: Actor,
    year: int,
    out: BinaryIO,
    *,
    describe: Describe,
    today: date,
    encoding: Encoding = "iso-8859-15",
    separator: Separator = "tab",
    language: str = "fr",
) -> Exported:
    """Write the year's file into `out`, which can seek, check it, and log it with its SHA-256 and its description's.

    `describe` draws the description that goes with the file. What is refused leaves no line in the log; what stands in
    `out` then is not to be handed out.
    """
    fund = actor.fund
    found = year_to_export(fund, year)
    with transaction.atomic():  # one state of the books for the lines, the result and the openings
        made = _make(fund, found, out, today=today, encoding=encoding, separator=separator)
        if not made.report.is_accepted:
            faults = [each for each in made.report.findings if each.is_error]
            raise FecRefused(count=made.report.errors, findings=faults)
        export = FecExport(
            fund=fund,
            year=found.code,
            name=made.report.name,
            encoding=encoding,
            separator=separator,
            lines=made.written.lines,
            sha256=made.written.sha256,
            language=language,
            facts=made.facts,
            by=actor.by,
        )
        description = describe(described(export))
        export.description_sha256 = sha256(description).hexdigest()
        export.save()
    return Exported(export, made.report, description)


def look_at_fec(fund: Fund, year: int, *, today: date) -> Report | None:
    """What the check says of the year's file as it would be now; nothing is handed out, nothing is logged.

    None where the year has more than `LOOKED_AT` entries: its file is checked when it is made.
    """
    found = year_to_export(fund, year)
    if entry_count(fund.slug, found.code) > LOOKED_AT:
        return None
    with transaction.atomic(), TemporaryFile() as out:
        return _make(fund, found, out, today=today, encoding="iso-8859-15", separator="tab").report


@dataclass(frozen=True, slots=True)
class _Made:
    written: Written
    report: Report
    facts: dict[str, Any]


def _make(
    fund: Fund, year: FiscalYear, out: BinaryIO, *, today: date, encoding: Encoding, separator: Separator
) -> _Made:
    """Write the file and check it; refused when there is nothing in it."""
    tally = _Tally()
    lines = tally.counted(fec_lines(fec_books(fund, year)))
    written = write(out, lines, encoding=encoding, separator=separator, extra=EXTRA_HEADER)
    if not written.lines:
        raise FecYearEmpty(fund=fund.slug, year=year.code)
    expected = fec_expected(fund, year, year_accounts(fund, year), exported_on=today)
    report = check(out, file_name(fund.siren, year.last), expected)
    return _Made(written, report, tally.facts(year, today))


class _Tally:
    """What the description tells of the lines, counted while they pass."""

    def __init__(self) -> None:
        self._journals: dict[str, str] = {}
        self._accounts: dict[str, str] = {}
        self._entries: Counter[str] = Counter()
        self._last: dict[str, str] = {}
        self._currencies: set[str] = set()

    def counted(self, lines: Iterable[FecLine]) -> Iterator[FecLine]:
        """The same lines."""
        for line in lines:
            self._journals[line.journal] = line.journal_label
            self._accounts[line.account] = line.account_label
            if line.currency:
                self._currencies.add(line.currency)
            if self._last.get(line.journal) != line.entry:
                self._last[line.journal] = line.entry
                self._entries[line.journal] += 1
            yield line

    def facts(self, year: FiscalYear, today: date) -> dict[str, Any]:
        """The same facts, as the log keeps them."""
        return {
            "first": year.first.isoformat(),
            "last": year.last.isoformat(),
            "state": year.state,
            "on": today.isoformat(),
            "entries": self._entries.total(),
            "journals": [[code, label, self._entries[code]] for code, label in sorted(self._journals.items())],
            "accounts": [list(each) for each in sorted(self._accounts.items())],
            "currencies": sorted(self._currencies),
        }
