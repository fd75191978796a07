"""Reading the file of any program, line after line: what can be read is given, what cannot is said."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from ledger.fec.fields import HEADER, FecLine
from ledger.fec.findings import Finding, Findings
from ledger.fec.header import Layout, layout_of
from ledger.fec.names import date_of
from ledger.fec.shape import survey
from ledger.fec.values import SIDES, Days, amount_of

LONGEST_LINE: Final = 65_536
"""A line that is longer holds no entry: the eighteen fields never need as much."""

_ALL: Final = 1 << 62

RESULT_ACCOUNTS: Final = ("120", "129")


@dataclass(slots=True)
class Opened:
    """A file whose header is read: `records()` gives its lines once, in order."""

    stream: BinaryIO
    findings: Findings
    encoding: str = ""
    layout: Layout | None = None
    _text: io.TextIOWrapper | None = field(default=None, repr=False)

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Each line's number and its eighteen fields in the article's order, then the fields after them.

        Lines of another number of fields are found (E5) and left out.
        """
        layout, text = self.layout, self._text
        if layout is None or text is None:
            return
        separator, width, is_plain = layout.separator, layout.width, layout.is_plain
        for number, line in enumerate(_lines(text, self.findings, 2), 2):
            if line is None:
                continue
            fields = line.split(separator)
            if len(fields) != width:
                if line.strip(" "):
                    self.findings.add("E5", "field_count", number, found=len(fields), wanted=width)
                else:
                    self.findings.add("E5", "blank_line", number)
                continue
            yield number, fields if is_plain else self._ordered(fields)
        text.detach()
        self._text = None

    def _ordered(self, fields: list[str]) -> list[str]:
        assert self.layout is not None
        return [fields[place] if place >= 0 else "" for place in self.layout.places] + fields[len(HEADER) :]


def opened(stream: BinaryIO, findings: Findings) -> Opened:
    """Survey the bytes and read the header; `layout` is None when nothing can be read after it."""
    shape = survey(stream, findings)
    if shape is None:
        return Opened(stream, findings)
    stream.seek(shape.start)
    text = io.TextIOWrapper(stream, encoding=shape.encoding, errors="replace", newline=None)
    first = next(_lines(text, findings, 1), None)
    layout = None if first is None else layout_of(first, findings)
    if layout is None:
        text.detach()
        return Opened(stream, findings, shape.name)
    return Opened(stream, findings, shape.name, layout, text)


def _lines(text: io.TextIOWrapper, findings: Findings, number: int) -> Iterator[str | None]:
    """The lines without their ends; None for one that is too long, whose rest is passed over."""
    while line := text.readline(LONGEST_LINE):
        if line[-1] == "\n":
            yield line[:-1]
        elif len(line) < LONGEST_LINE:
            yield line  # the last line, without an end
        else:
            findings.add("E5", "long_line", number, limit=LONGEST_LINE)
            while line and line[-1] != "\n":
                line = text.readline(LONGEST_LINE)
            yield None
        number += 1


def read_lines(stream: BinaryIO) -> Iterator[FecLine | Finding]:
    """Every line that can be read, and a finding for whatever cannot; the stream can seek.

    A line needs its account, its date and its amount; what else it lacks is left empty. Nothing of the contents ever
    raises. Faults that only a whole check finds (order, numbering, balance) are not told here.
    """
    findings = Findings(keep=_ALL)
    file = opened(stream, findings)
    sided = file.layout is not None and file.layout.sided
    days = Days()
    for number, fields in file.records():
        if findings.kept:
            yield from _drained(findings)
        yield _line(number, fields, days, sided=sided)
    yield from _drained(findings)


def _drained(findings: Findings) -> list[Finding]:
    """What was found since the last time; forgotten once told, so that a file of faults needs no room."""
    told, findings.kept = findings.kept, []
    return told


def _line(number: int, fields: list[str], days: Days, *, sided: bool) -> FecLine | Finding:
    on = days.day(fields[3])
    if on is None:
        code = "date_form" if date_of(fields[3]) is None and not _eight(fields[3]) else "date_unreal"
        return Finding("E7", code, number, {"field": HEADER[3], "text": fields[3]})
    if not fields[4].strip():
        return Finding("E6", "empty_field", number, {"field": HEADER[4]})
    debit, credit, wrong = sides_of(fields, sided=sided)
    if debit is None or credit is None:
        return Finding("E8", "amount_form", number, {"field": wrong, "text": fields[HEADER.index("Debit")]})
    journal, journal_label, entry, _, account, account_label, auxiliary, auxiliary_label, document = fields[:9]
    return FecLine(
        journal=journal.strip(),
        journal_label=journal_label.strip(),
        entry=entry.strip(),
        on=on,
        account=account.strip(),
        account_label=account_label.strip(),
        auxiliary=auxiliary.strip(),
        auxiliary_label=auxiliary_label.strip(),
        document=document.strip(),
        document_on=days.day(fields[9]),
        label=fields[10].strip(),
        debit=debit,
        credit=credit,
        lettering=fields[13].strip(),
        lettered_on=days.day(fields[14]),
        validated_on=days.day(fields[15]),
        foreign=fields[16].strip(),
        currency=fields[17].strip(),
        extra=tuple(fields[len(HEADER) :]),
        number=number,
    )


def _eight(text: str) -> bool:
    return len(text) == 8 and text.isascii() and text.isdigit()


def sides_of(fields: list[str], *, sided: bool) -> tuple[int | None, int | None, str]:
    """Debit and credit in cents, and the name of the field that cannot be read where one is None."""
    first = amount_of(fields[11])[0]
    if not sided:
        second = amount_of(fields[12])[0]
        return first, second, "Debit" if first is None else "Credit"
    sign = SIDES.get(fields[12])
    if first is None or sign is None:
        return None, None, "Montant" if first is None else "Sens"
    return (first, 0, "") if sign > 0 else (0, first, "")


@dataclass(frozen=True, slots=True)
class Closings:
    """What a file leaves to the next year, in cents by (account, auxiliary), debit positive; zeros are left out.

    Classes 6 and 7 are gone, their result stands on 120 or 129; classes 86 and 87 begin again at zero. `findings` are
    the faults of reading: with any, the balances are not to be trusted.
    """

    balances: dict[tuple[str, str], int]
    labels: dict[str, str]
    auxiliary_labels: dict[str, str]
    result: int
    findings: tuple[Finding, ...]


def closing_balances(stream: BinaryIO) -> Closings:
    """The closing balances of a whole year's file, as the openings of the next year take them."""
    totals: dict[tuple[str, str], int] = defaultdict(int)
    labels: dict[str, str] = {}
    auxiliaries: dict[str, str] = {}
    found: list[Finding] = []
    result = 0
    for each in read_lines(stream):
        if isinstance(each, Finding):
            if each.is_error:
                found.append(each)
        elif each.account[:1] in ("6", "7"):
            result -= each.minor
        elif each.account[:2] not in ("86", "87"):
            totals[each.account, each.auxiliary] += each.minor
            labels.setdefault(each.account, each.account_label)
            if each.auxiliary:
                auxiliaries.setdefault(each.auxiliary, each.auxiliary_label)
    if result:
        totals[_result_account(result, labels), ""] -= result
    balances = {key: minor for key, minor in sorted(totals.items()) if minor}
    return Closings(balances, labels, auxiliaries, result, tuple(found))


def _result_account(result: int, labels: dict[str, str]) -> str:
    """Account 120 for a surplus, 129 for a deficit, in the length that the file gives its accounts."""
    width = min((len(account) for account in labels if account.isdigit()), default=3)
    return RESULT_ACCOUNTS[0 if result > 0 else 1].ljust(width, "0")
