"""What may be doubtful at the end of a year: the third parties and projects that owe, and what is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fund.accounting.inventory import ALLOWANCES
from fund.models import Fund, Party, Project
from ledger.balances import sums
from ledger.money import Amount, unit_of


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A third party or project with what it owes (or what is guaranteed for it), and the allowance kept for it."""

    kind: str
    party: str
    project: str
    name: str
    base: Amount
    allowance: Amount

    @property
    def key(self) -> str:
        """The word by which a form names it; no code holds a colon."""
        return f"{self.kind}:{self.party}:{self.project}"


def base_held(fund: Fund, kind: str, party: str, project: str, on: date) -> int:
    """What the accounts of this kind hold for a third party and project at the end of a day, in minor units."""
    words = ALLOWANCES[kind]
    side = -1 if words.is_commitment else 1
    return side * sum(_held(fund, prefix, party, project, on) for prefix in words.bases)


def allowance_held(fund: Fund, kind: str, party: str, project: str, on: date) -> int:
    """The allowance that stands for them."""
    return -_held(fund, ALLOWANCES[kind].allowance, party, project, on)


def _held(fund: Fund, prefix: str, party: str, project: str, on: date) -> int:
    found = sums(fund.slug, chart=prefix, party=party, project=project, unit=fund.currency, as_of=on)
    return sum(each.closing.minor for each in found)


def doubtful(fund: Fund, on: date) -> tuple[Doubtful, ...]:
    """Everything that could be written down at the end of a day, kind by kind, by code."""
    unit = unit_of(fund.currency)
    names = dict(Party.objects.filter(fund=fund).values_list("code", "name"))
    names |= dict(Project.objects.filter(fund=fund).values_list("code", "title"))
    found: dict[tuple[str, str, str], list[int]] = {}
    for kind, words in ALLOWANCES.items():
        side = -1 if words.is_commitment else 1
        for prefixes, at, sign in ((words.bases, 0, side), ((words.allowance,), 1, -1)):
            for prefix in prefixes:
                for each in sums(fund.slug, by=("party", "project"), chart=prefix, unit=fund.currency, as_of=on):
                    party, project = map(str, each.parts)
                    if party or project:
                        found.setdefault((kind, party, project), [0, 0])[at] += sign * each.closing.minor
    return tuple(
        Doubtful(
            kind, party, project, names.get(project, names.get(party, "")), Amount(base, unit), Amount(allowance, unit)
        )
        for (kind, party, project), (base, allowance) in sorted(found.items())
        if base > 0 or allowance > 0
    )
