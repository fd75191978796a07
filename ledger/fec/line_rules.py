"""Rules that one line answers alone: E6, E7, E8, E14 (pairs), W1 to W5, and the labels of E13."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from ledger.fec.expected import Expected, year_after
from ledger.fec.fields import FIRST_ACCOUNTS, REQUIRED
from ledger.fec.findings import Findings
from ledger.fec.header import Layout
from ledger.fec.values import SIDES, Days, amount_of, text_of

FAR_DAYS: Final = 366
"""A voucher further from its entry than a year is asked about (W3)."""

_ACCOUNT: Final = re.compile(rf"[{FIRST_ACCOUNTS}][0-9]{{2}}[0-9A-Za-z]*", re.ASCII)
_PAIRS: Final = ((6, 7), (13, 14), (16, 17))
_FOREIGN: Final = re.compile(r"[+-]?[0-9]{1,18}(?:,[0-9]{1,9})?[+-]?", re.ASCII)


class LineRules:
    """Judges one line after the other; keeps the labels of accounts and journals, and the days it has understood."""

    def __init__(self, findings: Findings, layout: Layout, expected: Expected, closing: date | None) -> None:
        self._findings = findings
        self._names = layout.names
        self._sided = layout.sided
        self._required = [place for place in REQUIRED if layout.places[place] >= 0]
        self._has_bars = layout.separator == "\t"
        self._days = Days()
        self._exported = expected.exported_on
        self._last = closing
        self._first = expected.first(closing)
        self._limit = None if closing is None else year_after(closing)
        self._accounts: dict[str, str] = {}
        self._journals: dict[str, str] = {}

    def judge(self, number: int, fields: list[str], *, is_opening: bool) -> tuple[int, int, bool]:
        """Judge the line; its debit and credit in cents, and whether both could be read."""
        for place in self._required:
            text = fields[place]
            if not text or text.isspace():
                self._findings.add("E6", "empty_field", number, field=self._names[place])
        self._labels(number, fields)
        self._dates(number, fields, is_opening=is_opening)
        if fields[6] or fields[7] or fields[13] or fields[14] or fields[16] or fields[17]:
            self._pairs(number, fields)
        if self._has_bars and "|" in fields[10]:
            self._findings.add("W4", "bar", number, field=self._names[10])
        return self._sides(number, fields) if self._sided else self._two_columns(number, fields)

    def _labels(self, number: int, fields: list[str]) -> None:
        journal, journal_label, account, label = fields[0], fields[1], fields[4], fields[5]
        known = self._accounts.get(account)
        if known is None:
            if account and not _ACCOUNT.fullmatch(account):
                self._findings.add("E13", "account_form", number, account=account)
            self._accounts[account] = label
        elif known != label and account:
            self._findings.add("E13", "account_labels", number, account=account, first=known, text=label)
        if self._journals.setdefault(journal, journal_label) != journal_label and journal:
            self._findings.add(
                "E13", "journal_labels", number, journal=journal, first=self._journals[journal], text=journal_label
            )

    def _day(self, number: int, fields: list[str], place: int) -> date | None:
        text = fields[place]
        day = self._days.day(text)
        if day is None and text and not text.isspace():
            is_form = not (len(text) == 8 and text.isascii() and text.isdigit())
            code = "date_form" if is_form else "date_unreal"
            self._findings.add("E7", code, number, field=self._names[place], text=text)
        return day

    def _dates(self, number: int, fields: list[str], *, is_opening: bool) -> None:
        on = self._day(number, fields, 3)
        document_on = self._day(number, fields, 9)
        validated_on = self._day(number, fields, 15)
        if fields[14]:
            lettered_on = self._day(number, fields, 14)
            if lettered_on and self._exported and lettered_on > self._exported:
                self._findings.add("W5", "lettered_late", number, text=fields[14], exported=self._exported)
        if validated_on and self._limit and validated_on > self._limit:
            self._findings.add("W2", "validated_late", number, text=fields[15], limit=self._limit)
        if on is None:
            return
        if self._last and self._first and not self._first <= on <= self._last and not is_opening:
            self._findings.add("E7", "date_outside", number, on=on, first=self._first, last=self._last)
        if validated_on and validated_on < on:
            self._findings.add("W1", "validated_early", number, text=fields[15], on=fields[3])
        if document_on and not is_opening and abs((document_on - on).days) > FAR_DAYS:
            self._findings.add("W3", "document_far", number, text=fields[9], on=fields[3])

    def _pairs(self, number: int, fields: list[str]) -> None:
        for first, second in _PAIRS:
            one, other = bool(fields[first].strip()), bool(fields[second].strip())
            if one != other:
                filled, empty = (first, second) if one else (second, first)
                self._findings.add("E14", "pair", number, filled=self._names[filled], empty=self._names[empty])
        if fields[16].strip() and not _FOREIGN.fullmatch(fields[16].strip()):
            self._findings.add("E8", "amount_form", number, field=self._names[16], text=fields[16])

    def _amount(self, number: int, fields: list[str], place: int) -> int | None:
        text = fields[place]
        if not text or text.isspace():
            return 0  # said by E6 already
        minor, fault = amount_of(text)
        if fault == "signed":
            self._findings.once("N", "signed", number)
        elif fault:
            code = "amount_large" if fault == "large" else "amount_form"
            self._findings.add("E8", code, number, field=self._names[place], text=text)
        return minor

    def _two_columns(self, number: int, fields: list[str]) -> tuple[int, int, bool]:
        debit, credit = self._amount(number, fields, 11), self._amount(number, fields, 12)
        if debit is None or credit is None:
            return debit or 0, credit or 0, False
        if debit and credit:
            self._findings.add("E8", "both_sides", number, debit=text_of(debit), credit=text_of(credit))
        elif not debit and not credit:
            self._findings.add("E8", "no_side", number)
        return debit, credit, True

    def _sides(self, number: int, fields: list[str]) -> tuple[int, int, bool]:
        minor = self._amount(number, fields, 11)
        sign = SIDES.get(fields[12].strip())
        if sign is None and fields[12].strip():
            self._findings.add("E8", "side", number, text=fields[12])
        if minor is None or sign is None:
            return 0, 0, False
        if not minor:
            self._findings.add("E8", "no_side", number)
        return (minor, 0, True) if sign > 0 else (0, minor, True)
