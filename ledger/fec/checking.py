"""The whole check of a file: E1 to E15 refuse it, W1 to W5 ask, N says what the regulation allows."""

from __future__ import annotations

from datetime import date
from typing import BinaryIO

from ledger.fec.entry_rules import EntryRules
from ledger.fec.expected import Expected
from ledger.fec.findings import Findings, Report
from ledger.fec.line_rules import LineRules
from ledger.fec.names import is_siren, name_of
from ledger.fec.reading import opened
from ledger.fec.year_rules import YearRules

_EXAMPLE = "123456782FEC20261231.txt"

NOTHING_KNOWN = Expected()


def check(stream: BinaryIO, name: str = "", expected: Expected = NOTHING_KNOWN) -> Report:
    """Check a file from its bytes; `name` is the file's own name without folders, empty when there is none.

    The stream can seek and is read twice: once for its bytes, once for its lines. Room is needed for journals,
    accounts, letterings still open, and findings up to a limit, never for the lines. Nothing of the contents raises.
    """
    findings = Findings()
    closing = _named(name, expected, findings)
    file = opened(stream, findings)
    layout = file.layout
    if layout is None:
        return _report(name, findings, file.encoding, "", 0, None, None)
    first = expected.first(closing)
    lines = LineRules(findings, layout, expected, closing)
    entries = EntryRules(findings, first, is_first_year=expected.is_first_year)
    year = YearRules(findings, expected)
    count = 0
    for number, fields in file.records():
        count += 1
        is_opening = entries.is_opening(fields)
        debit, credit, sure = lines.judge(number, fields, is_opening=is_opening)
        entries.take(number, fields, debit, credit, sure=sure, is_opening=is_opening)
        year.take(number, fields, debit, credit, sure=sure, is_opening=is_opening)
    if not count:
        findings.add("E5", "no_line")
    entries.finish()
    year.finish()
    separator = "tab" if layout.separator == "\t" else layout.separator
    return _report(name, findings, file.encoding, separator, count, entries, year)


def _named(name: str, expected: Expected, findings: Findings) -> date | None:
    """Judge the name (E1); the closing day: the one that is told, else the name's."""
    if not name:
        return expected.closing
    found = name_of(name)
    if found is None:
        findings.add("E1", "name_form", name=name, example=_EXAMPLE)
        return expected.closing
    if not is_siren(found.siren):
        findings.add("E1", "name_siren", siren=found.siren)
    if found.closing is None:
        findings.add("E1", "name_day", day=name[12:20])
    elif expected.closing is not None and found.closing != expected.closing:
        findings.add("E1", "name_closing", named=found.closing, closing=expected.closing)
    if found.part:
        findings.add("N", "name_part", part=found.part)
    return expected.closing or found.closing


def _report(
    name: str,
    findings: Findings,
    encoding: str,
    separator: str,
    lines: int,
    entries: EntryRules | None,
    year: YearRules | None,
) -> Report:
    return Report(
        name=name,
        lines=lines,
        entries=entries.entries if entries else 0,
        debit=year.debit if year else 0,
        credit=year.credit if year else 0,
        result=year.result if year else 0,
        encoding=encoding,
        separator=separator,
        findings=tuple(findings.kept),
        counts=dict(findings.counts),
    )
