"""Public subsidies by nature and by the kind of authority that grants them (ANC 2018-06, art. 431-9).

Plain Python. A line of income rarely names the authority: its entry does, on the receivable. Amounts are whole minor
units, at or above zero unless a correction turned a side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fund.accounting.lines import BookLine, by_entry
from fund.accounting.year import YearAccounts

CATEGORIES: Final[Mapping[str, Mapping[str, str]]] = {
    "eu": {"fr": "Union européenne", "en": "European Union"},
    "state": {"fr": "État", "en": "State"},
    "local": {"fr": "Collectivités territoriales", "en": "Local authorities"},
    "caf": {"fr": "CAF", "en": "Family allowance funds (CAF)"},
    "other": {"fr": "Autres", "en": "Others"},
}
"""The kinds of authority, in the order of the regulation's table."""

UNKNOWN: Final = ""
"""An authority that nobody has classified, or an entry that names none."""

NATURES: Final[Mapping[str, Mapping[str, str]]] = {
    "73": {"fr": "Concours publics", "en": "Public contributions"},
    "741": {"fr": "Subventions d’exploitation", "en": "Operating subsidies"},
    "742": {"fr": "Subventions d’équilibre", "en": "Balancing subsidies"},
    "747": {
        "fr": "Quote-part des subventions d’investissement virée au résultat",
        "en": "Share of investment subsidies taken to income",
    },
    "74": {"fr": "Autres subventions", "en": "Other subsidies"},
    "13": {"fr": "Subventions d’investissement reçues dans l’exercice", "en": "Investment subsidies of the year"},
}
"""By the beginning of the account, the longest first among 74x; 13 is on the balance sheet, not income."""

RECEIVABLES: Final = ("441",)


def nature_of(chart: str) -> str:
    """The nature of an account, or an empty word where it is none of a subsidy."""
    if chart.startswith("139"):
        return ""
    return max((nature for nature in NATURES if chart.startswith(nature)), key=len, default="")


@dataclass(frozen=True, slots=True)
class Subsidy:
    """What one authority granted on one account in the year; `party` is empty where no entry names one."""

    chart: str
    party: str
    minor: int

    @property
    def nature(self) -> str:
        return nature_of(self.chart)


@dataclass(frozen=True, slots=True)
class Receivable:
    """What an authority owes on an account: notified before and in the year, received, still to come."""

    chart: str
    party: str
    opening: int
    notified: int
    received: int

    @property
    def closing(self) -> int:
        return self.opening + self.notified - self.received


def subsidies(lines: Iterable[BookLine]) -> tuple[Subsidy, ...]:
    """The subsidies of the year by account and authority; `lines` are its movements in order."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for entry in by_entry(lines):
        for line in entry:
            if nature_of(line.chart):
                for party, minor in _by_party(line, entry).items():
                    found[line.chart, party] += minor
    return tuple(Subsidy(*key, minor) for key, minor in sorted(found.items()) if minor)


def _by_party(line: BookLine, entry: Sequence[BookLine]) -> dict[str, int]:
    """The line's credit by authority: its own party, or those of the receivables when they explain it whole."""
    if line.party:
        return {line.party: -line.minor}
    owed: dict[str, int] = defaultdict(int)
    for other in entry:
        if other.chart.startswith(RECEIVABLES) and other.party:
            owed[other.party] += other.minor
    income = sum(-other.minor for other in entry if nature_of(other.chart))
    if len(owed) == 1:
        return {next(iter(owed)): -line.minor}
    if owed and sum(owed.values()) == income == -line.minor:
        return dict(owed)
    return {UNKNOWN: -line.minor}


def receivables(accounts: YearAccounts) -> tuple[Receivable, ...]:
    """What each authority owes on 441, by account and code."""
    found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in accounts.of(*RECEIVABLES):
        figures = found[row.key.chart, row.key.auxiliary]
        figures[0], figures[1], figures[2] = (
            figures[0] + row.opening,
            figures[1] + row.debit,
            figures[2] + row.credit,
        )
    return tuple(Receivable(*key, *figures) for key, figures in sorted(found.items()) if any(figures))
