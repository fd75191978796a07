"""How ties are settled: by a rule known beforehand, and written down each time it decides.

The committee's chain: more supporters, then the smaller amount, then a public lottery. The lottery
orders projects by SHA-256 of the seed followed by the project's identifier, smallest first, so that
anyone can check it with `printf %s SEEDID | sha256sum`. The seed's own SHA-256 is published before
the ballots open, which stops anyone from choosing the seed once the ballots are known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from allocation.errors import TieRuleUnknown
from allocation.methods.problem import Problem, Tie

LEXICOGRAPHIC = "lexicographic"
LOTTERY = "lottery:"


def commitment(seed: str) -> str:
    """The SHA-256 of a lottery seed, published before the seed is."""
    return sha256(_bytes(seed)).hexdigest()


@lru_cache(maxsize=10_000)
def lot(seed: str, project: str) -> str:
    """The project's lot in the lottery of this seed; the smallest is drawn first."""
    return sha256(_bytes(seed + project)).hexdigest()


def _bytes(text: str) -> bytes:
    """UTF-8; a terminal may pass bytes that are none, and they count as they are."""
    return text.encode("utf-8", "surrogateescape")


@dataclass(frozen=True, slots=True)
class TieRule:
    """Settles ties: by identifier as text when there is no seed, else by the committee's chain."""

    seed: str | None = None

    @classmethod
    def named(cls, text: str) -> TieRule:
        """Read `lexicographic` or `lottery:SEED`."""
        if text == LEXICOGRAPHIC:
            return cls()
        if text.startswith(LOTTERY) and len(text) > len(LOTTERY):
            return cls(seed=text.removeprefix(LOTTERY))
        raise TieRuleUnknown(text=text)

    def criteria(self, problem: Problem, project: str, supporters: int) -> dict[str, str | int]:
        """What is compared, criterion by criterion, smaller first."""
        if self.seed is None:
            return {"identifier": project}
        return {
            "support": -supporters,
            "amount": problem.costs[project],
            "lottery": lot(self.seed, project),
            "identifier": project,
        }

    def order(self, problem: Problem, project: str, supporters: int) -> tuple[str | int, ...]:
        """The key of a project with so many supporters, in an order that has no ties left."""
        return tuple(self.criteria(problem, project, supporters).values())

    def settle(self, problem: Problem, tied: Sequence[str], support: Mapping[str, int] | None = None) -> Tie:
        """Choose one of two or more tied projects, and say which criterion decided.

        `support` counts supporters as the method does, where that is not how many ballots name a project.
        """
        counted = problem.support if support is None else support
        first, second = sorted(tied, key=lambda project: self.order(problem, project, counted[project]))[:2]
        taken = self.criteria(problem, first, counted[first])
        next_best = self.criteria(problem, second, counted[second])
        by = next(name for name, value in taken.items() if value != next_best[name])
        return Tie(candidates=tuple(sorted(tied)), chosen=first, by=by)
