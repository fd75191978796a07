"""Rules that the whole year answers: E10, the letterings of E14, the openings of E12 beside the year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from ledger.fec.expected import Expected
from ledger.fec.fields import is_partial
from ledger.fec.findings import Findings
from ledger.fec.values import text_of


class YearRules:
    """Adds up what the whole file must show; a lettering that is settled is forgotten."""

    def __init__(self, findings: Findings, expected: Expected) -> None:
        self._findings = findings
        self._expected = expected
        self.debit = self.credit = self.result = 0
        self._used = self._given = 0
        self._open: dict[str, int] = {}
        self._openings: dict[tuple[str, str], int] = defaultdict(int)
        self._opening_line = 0
        self._sure = True

    def take(self, number: int, fields: list[str], debit: int, credit: int, *, sure: bool, is_opening: bool) -> None:
        """Take a line."""
        self.debit += debit
        self.credit += credit
        if not sure:
            self._sure = False
        account, minor = fields[4], debit - credit
        first = account[:1]
        if first in ("6", "7"):
            self.result -= minor
        elif first == "8":
            if account[:2] == "86":
                self._used += minor
            elif account[:2] == "87":
                self._given -= minor
        code = fields[13]
        if code:
            self._letter(number, account, fields[6], code, minor)
        if is_opening and self._expected.previous is not None:
            self._opening_line = self._opening_line or number
            self._openings[account, fields[6]] += minor

    def _letter(self, number: int, account: str, auxiliary: str, code: str, minor: int) -> None:
        if is_partial(code):
            self._findings.once("N", "partial", number)
            return
        key = "\t".join((account, auxiliary, code))
        rest = self._open.get(key, 0) + minor
        if rest:
            self._open[key] = rest
        else:
            self._open.pop(key, None)

    def finish(self) -> None:
        """Judge the sums."""
        if self._sure and self.debit != self.credit:
            sides: dict[str, Any] = {"debit": text_of(self.debit), "credit": text_of(self.credit)}
            self._findings.add("E10", "file_unbalanced", gap=text_of(abs(self.debit - self.credit)), **sides)
        wanted = self._expected.result
        if wanted is not None and wanted != self.result and self._sure:
            self._findings.add("E10", "result_differs", found=text_of(self.result), wanted=text_of(wanted))
        if self._used != self._given and self._sure:
            self._findings.add("E10", "in_kind_differs", used=text_of(self._used), given=text_of(self._given))
        for key, rest in sorted(self._open.items()):
            account, auxiliary, code = key.split("\t", 2)
            named = f"{account} {auxiliary}".strip()
            self._findings.add("E14", "lettering_open", account=named, code=code, rest=text_of(rest))
        if self._expected.previous is not None:
            self._compare(self._expected.previous)

    def _compare(self, previous: Mapping[tuple[str, str], int]) -> None:
        """The openings are the closings of the year before, account by account; the result as one."""
        wanted, found = _by_account(previous), _by_account(self._openings)
        for key in sorted(wanted.keys() | found.keys()):
            if wanted.get(key, 0) != found.get(key, 0):
                account = " ".join(part for part in key if part)
                self._findings.add(
                    "E12",
                    "opening_differs",
                    self._opening_line,
                    account=account,
                    found=text_of(found.get(key, 0)),
                    wanted=text_of(wanted.get(key, 0)),
                )


def _by_account(balances: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """The balances with trailing zeros off the accounts' numbers, and accounts 120 and 129 as one."""
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for (account, auxiliary), minor in balances.items():
        is_result = account[:2] == "12"
        number = "12" if is_result else account[:3] + account[3:].rstrip("0")
        totals[number, "" if is_result else auxiliary] += minor
    return {key: minor for key, minor in totals.items() if minor}
