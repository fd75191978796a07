"""The use of what the public gave (CER, *compte d'emploi des ressources*, ANC 2018-06 art. 432-17 to 432-19).

Plain Python. Everything here is made of the lines that carry the mark of the public's generosity, read by
themselves and not taken from the statement by origin and destination, so that the two can be compared (art. 432-18).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from fund.accounting.origin_destination import destination_of, origin_of, use_of
from fund.accounting.year import YearAccounts, YearRow

DEDICATED: Final = ("19",)
INVESTMENTS: Final = ("20", "21", "23", "26", "27")


@dataclass(frozen=True, slots=True)
class RollForward:
    """Dedicated funds of the public's generosity: what was there, what was used, what was added."""

    opening: int
    used: int
    added: int

    @property
    def closing(self) -> int:
        return self.opening - self.used + self.added


@dataclass(frozen=True, slots=True)
class PublicGenerosity:
    """The statement of one year, in whole minor units at or above zero.

    `uses` and `resources` are by the codes of the statement by origin and destination. `opening` is what was carried
    over and not dedicated; `invested` what the year put into assets, less what it took out.
    """

    uses: Mapping[str, int]
    resources: Mapping[str, int]
    opening: int
    invested: int
    dedicated: RollForward
    given_in_kind: int
    used_in_kind: Mapping[str, int]

    @property
    def result(self) -> int:
        """What the year leaves of the public's generosity: above zero a surplus."""
        return sum(self.resources.values()) - sum(self.uses.values())

    @property
    def closing(self) -> int:
        """What is carried over and not dedicated."""
        return self.opening + self.result - self.invested


def public_generosity(accounts: YearAccounts, before: Iterable[YearAccounts] = ()) -> PublicGenerosity:
    """The statement of a year; `before` are the years that went before it, from which the opening is made."""
    opening = 0
    for year in before:
        marked = _marked(year)
        opening -= sum(row.movement for row in marked if row.key.chart.startswith(("6", "7")))
        opening -= sum(row.movement for row in marked if row.key.chart.startswith(INVESTMENTS))
    uses: dict[str, int] = defaultdict(int)
    resources: dict[str, int] = defaultdict(int)
    used_in_kind: dict[str, int] = defaultdict(int)
    marked = _marked(accounts)
    for row in marked:
        if row.key.chart.startswith("6"):
            uses[use_of(row)] += row.movement
        elif row.key.chart.startswith("7"):
            resources[origin_of(row)] -= row.movement
        elif row.key.chart.startswith("86"):
            used_in_kind[destination_of(row)] += row.movement
    dedicated = [row for row in marked if row.key.chart.startswith(DEDICATED)]
    return PublicGenerosity(
        dict(sorted(uses.items())),
        dict(sorted(resources.items())),
        opening,
        sum(row.movement for row in marked if row.key.chart.startswith(INVESTMENTS)),
        RollForward(
            -sum(row.opening for row in dedicated),
            sum(row.debit for row in dedicated),
            sum(row.credit for row in dedicated),
        ),
        -sum(row.movement for row in marked if row.key.chart.startswith("87")),
        dict(used_in_kind),
    )


def _marked(accounts: YearAccounts) -> list[YearRow]:
    return [row for row in accounts.rows if row.key.public_generosity]
