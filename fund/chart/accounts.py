"""The accounts of the chart, by the version that a fiscal year follows. Plain Python.

The two versions differ in what ended with the fiscal years opened in 2024 and what began with those opened in 2025
(regulation ANC 2022-06, and ANC 2023-03 for associations). Some numbers live in both with another meaning: 467 took
both sides and takes receivables alone, 757 was exchange gains and is proceeds of assets sold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from fund.chart import class_1, class_2, class_4, class_6, class_7, class_8

OLD: Final = "anc-2018-06"
NEW: Final = "anc-2022-06"
CHARTS: Final[Mapping[str, str]] = {OLD: "ANC 2018-06", NEW: "ANC 2022-06, ANC 2023-03"}
"""The versions of the chart, with the regulations that make them."""

FIRST_NEW_YEAR: Final = 2025
SHORTEST: Final = 3
"""Headings have one or two digits; what is booked on has three at least."""

_VERSIONS: Final = {"-2024": (OLD,), "2025-": (NEW,)}


def chart_of(fiscal_year: int) -> str:
    """The chart that a fiscal year opened on 1 January follows."""
    return NEW if fiscal_year >= FIRST_NEW_YEAR else OLD


@dataclass(frozen=True, slots=True)
class ChartAccount:
    """One account: its number, its name in French, which is the law's, and in English, and the charts that have it."""

    number: str
    fr: str
    en: str
    charts: tuple[str, ...] = (OLD, NEW)

    @property
    def is_heading(self) -> bool:
        """A class or a group of accounts: nothing is booked on it."""
        return len(self.number) < SHORTEST

    def name(self, language: str) -> str:
        """The name in `fr` or `en`."""
        return self.fr if language == "fr" else self.en


def _rows(text: str) -> Iterator[str]:
    """The rows of a text, those that go on over several lines put together."""
    row = ""
    for line in text.strip("\n").splitlines():
        if line.startswith(" "):
            row = f"{row} {line.strip()}"
            continue
        if row:
            yield row
        row = line
    yield row


def _accounts(texts: Iterable[str]) -> Iterator[ChartAccount]:
    for text in texts:
        for row in _rows(text):
            number, fr, en, *version = (part.strip() for part in row.split("|"))
            yield ChartAccount(number, fr, en, _VERSIONS[version[0]] if version else (OLD, NEW))


ACCOUNTS: Final[tuple[ChartAccount, ...]] = tuple(
    _accounts((class_1.ROWS, class_2.ROWS, class_4.ROWS, class_6.ROWS, class_7.ROWS, class_8.ROWS))
)
"""Every account of both versions, by number; a number that changed its meaning stands there twice."""

_BY_CHART: Final[Mapping[str, Mapping[str, ChartAccount]]] = {
    chart: {account.number: account for account in ACCOUNTS if chart in account.charts} for chart in CHARTS
}

INSTEAD: Final[Mapping[str, tuple[str, ...]]] = {
    "673": ("6573",),
    "675": ("652",),
    "4687": ("467",),
    "6754": ("6521",),
    "740": ("741",),
    "748": ("741", "742"),
    "775": ("757",),
    "7754": ("7571",),
    "777": ("747",),
    "791": (),
}
"""What a number of 2018-06 became in 2022-06. 791 became none: the expense itself is credited, insurance on 7587."""

_BEFORE: Final[Mapping[str, tuple[str, ...]]] = {
    "6573": ("673",),
    "652": ("675",),
    "6521": ("6754",),
    "742": ("748",),
    "747": ("777",),
    "7571": ("7754",),
    "7583": ("757",),
}


def accounts_of(chart: str) -> tuple[ChartAccount, ...]:
    """The accounts of one version, by number, headings among them."""
    return tuple(_BY_CHART[chart].values())


def account_of(number: str, chart: str = NEW) -> ChartAccount | None:
    """The account of this number, or else the one of its longest prefix: 411000 is 411. None where there is none.

    >>> account_of("411000").number
    '411'
    """
    known = _BY_CHART[chart]
    return next((known[number[:size]] for size in range(len(number), 0, -1) if number[:size] in known), None)


def account_name(number: str, language: str, chart: str = NEW) -> str:
    """The name of an account, or of its longest prefix, in `fr` or `en`; the number itself where there is none."""
    found = [account_of(number, chart), account_of(number, OLD if chart == NEW else NEW)]
    known = [account for account in found if account is not None]
    if not known:
        return number
    # What ended is called by its own name in the books that hold it, and not by its group's.
    return next((account for account in known if not account.is_heading), known[0]).name(language)


def is_in_chart(number: str, chart: str) -> bool:
    """Whether one may book on this number: it, or its longest prefix known to any version, is an account of this one.

    What another version alone knows is not: 7583 began in 2025, though 758 was there before.
    """
    known = (account_of(number, each) for each in CHARTS)
    longest = max((account for account in known if account), key=lambda each: len(each.number), default=None)
    found = account_of(number, chart)
    return found is not None and longest is not None and found.number == longest.number and not found.is_heading


def instead_of(number: str, chart: str) -> tuple[str, ...]:
    """The accounts of a version that do what a number of the other one did; empty where there is none."""
    return (INSTEAD if chart == NEW else _BEFORE).get(number, ())
