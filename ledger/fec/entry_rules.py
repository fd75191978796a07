"""Rules that an entry answers, and the order of entries: E9, E11, E12, E15."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from ledger.fec.findings import Findings
from ledger.fec.names import date_of
from ledger.fec.values import text_of

_NUMBER: Final = re.compile(r"(.*?)([0-9]{1,18})", re.ASCII | re.DOTALL)
_OPENING_CODES: Final = frozenset({"AN", "ANO", "ANX", "A-N", "RAN", "OUV"})
_OPENING_WORDS: Final = re.compile(r"[aà][\s-]*nouv|report.*nouveau|ouverture", re.I)


@dataclass(slots=True)
class _Block:
    """The entry that is being read: its lines stand together."""

    journal: str = ""
    text: str = ""
    journal_label: str = ""
    on: str = ""
    validated: str = ""
    line: int = 0
    lines: int = 0
    debit: int = 0
    credit: int = 0
    sure: bool = True
    is_opening: bool = False
    has_result: bool = False
    has_income: bool = False
    said: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Numbering:
    """A journal's numbers: all from 1 to `whole` came in sequence; others are kept by their texts."""

    prefix: str = ""
    last: int = 0
    last_text: str = ""
    whole: int = 0
    others: set[str] = field(default_factory=set)


class EntryRules:
    """Follows the entries as their lines come; its state grows with the journals, not with the lines."""

    def __init__(self, findings: Findings, first: date | None, *, is_first_year: bool) -> None:
        self._findings = findings
        self._first = first
        self._is_first_year = is_first_year
        self._block = _Block()
        self._journals: dict[str, _Numbering] = {}
        self._openings: dict[tuple[str, str], bool] = {}
        self._highest: tuple[str, str, int] = ("", "", 0)
        self._has_opening = self._has_other = False
        self.entries = 0

    def is_opening(self, fields: list[str]) -> bool:
        """Whether the line is of a journal of openings: AN, or another that says so in its code or its label."""
        key = (fields[0], fields[1])
        found = self._openings.get(key)
        if found is None:
            code = fields[0].strip().upper()
            found = code in _OPENING_CODES or _OPENING_WORDS.search(fields[1]) is not None
            self._openings[key] = found
        return found

    def take(self, number: int, fields: list[str], debit: int, credit: int, *, sure: bool, is_opening: bool) -> None:
        """Take a line; the entry before it is judged when another begins."""
        block = self._block
        if fields[2] != block.text or fields[0] != block.journal or not block.lines:
            self.finish_entry()
            block = self._begin(number, fields, is_opening=is_opening)
        elif fields[3] != block.on or fields[1] != block.journal_label or fields[15] != block.validated:
            self._differs(number, fields, block)
        block.lines += 1
        block.debit += debit
        block.credit += credit
        if not sure:
            block.sure = False
        account = fields[4]
        if account[:1] in ("6", "7"):
            block.has_income = True
            if is_opening:
                self._findings.add("E12", "opening_income", number, account=account)
        elif account[:2] == "12":
            block.has_result = True

    def _differs(self, number: int, fields: list[str], block: _Block) -> None:
        """Say once of an entry that its lines do not agree on a date or a label."""
        for place, first, rule, code in (
            (3, block.on, "E9", "entry_dates"),
            (1, block.journal_label, "E9", "entry_journal_label"),
            (15, block.validated, "E12", "entry_validations"),
        ):
            if fields[place] != first and code not in block.said and fields[place] and first:
                block.said.add(code)
                self._findings.add(
                    rule, code, number, entry=block.text, journal=block.journal, first=first, text=fields[place]
                )

    def _begin(self, number: int, fields: list[str], *, is_opening: bool) -> _Block:
        self.entries += 1
        block = _Block(fields[0], fields[2], fields[1], fields[3], fields[15], number, is_opening=is_opening)
        self._block = block
        sequence = self._numbered(block)
        if is_opening:
            self._opening(block)
        else:
            self._has_other = True
            self._ordered(block, sequence)
        return block

    def _numbered(self, block: _Block) -> int:
        """Follow the journal's sequence; the entry's number, 0 where it has none."""
        numbering = self._journals.get(block.journal)
        is_first = numbering is None
        if numbering is None:
            numbering = self._journals[block.journal] = _Numbering()
        found = _NUMBER.fullmatch(block.text)
        if found is None:
            known = block.text in numbering.others
            numbering.others.add(block.text)
            if known:
                self._say("E9", "entry_apart", block)
            elif block.text.strip():
                self._say("E11", "no_number", block)
            return 0
        prefix, sequence = found[1], int(found[2])
        if is_first:
            numbering.prefix = prefix
        if sequence == numbering.last + 1 and prefix == numbering.prefix:
            if numbering.whole == numbering.last:
                numbering.whole = sequence
            elif block.text in numbering.others:
                self._say("E9", "entry_apart", block)
            else:
                numbering.others.add(block.text)
        else:
            self._out_of_sequence(block, numbering, prefix, sequence, is_first=is_first)
        if sequence > numbering.last or prefix != numbering.prefix:
            numbering.last, numbering.last_text, numbering.prefix = sequence, block.text, prefix
        return sequence

    def _out_of_sequence(
        self, block: _Block, numbering: _Numbering, prefix: str, sequence: int, *, is_first: bool
    ) -> None:
        is_same = prefix == numbering.prefix
        if block.text in numbering.others or (is_same and 0 < sequence <= numbering.whole):
            self._say("E9", "entry_apart", block)
            return
        numbering.others.add(block.text)
        if is_first:
            self._say("E11", "first_number", block)
        elif not is_same:
            self._say("E11", "number_prefix", block, first=numbering.prefix, text=prefix)
        else:
            code = "number_gap" if sequence > numbering.last else "number_back"
            self._say("E11", code, block, last=numbering.last_text)

    def _say(self, rule: str, code: str, block: _Block, **facts: Any) -> None:
        self._findings.add(rule, code, block.line, entry=block.text, journal=block.journal, **facts)

    def _opening(self, block: _Block) -> None:
        self._has_opening = True
        if block.journal != "AN":
            self._findings.once("N", "opening_journal", block.line, journal=block.journal)
        if self._has_other:
            self._say("E12", "opening_late", block)
        on = date_of(block.on)
        if on is not None and self._first is not None and on != self._first:
            self._say("E12", "opening_day", block, on=on, first=self._first)

    def _ordered(self, block: _Block, sequence: int) -> None:
        place = (block.validated, block.journal, sequence)
        if place < self._highest and date_of(block.validated) is not None:
            self._say("E12", "order", block, text=block.validated)
        elif date_of(block.validated) is not None:
            self._highest = place

    def finish_entry(self) -> None:
        """Judge the entry whose last line was taken."""
        block = self._block
        if not block.lines:
            return
        last = block.line + block.lines - 1
        known: dict[str, Any] = {"entry": block.text, "journal": block.journal}
        if block.lines == 1:
            self._findings.add("E9", "one_line", block.line, **known)
        if block.debit != block.credit and block.sure:
            sides: dict[str, Any] = {"debit": text_of(block.debit), "credit": text_of(block.credit)}
            self._findings.add("E9", "unbalanced", block.line, to=last, **known, **sides)
        if block.has_result and block.has_income and not block.is_opening:
            self._findings.add("E15", "result_closed", block.line, to=last, **known)

    def finish(self) -> None:
        """Judge the last entry, and whether there were openings at all."""
        self.finish_entry()
        if self._has_opening or not self.entries:
            return
        if self._is_first_year:
            self._findings.add("N", "first_year")
        else:
            self._findings.add("E12", "no_opening", 2)
