"""Transactions with related parties (ANC 2018-06, art. 431-12): by counterparty and nature, with what remains.

Plain Python. Which parties are related is the register's to say; the books say what passed between them and the fund.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from fund.accounting.year import YearAccounts

Side = Literal["debit", "credit"]

NATURES: Final[tuple[tuple[str, Side, str, str], ...]] = (
    ("4682", "credit", "Aides financières octroyées", "Aids granted"),
    ("274", "debit", "Avances remboursables et prêts consentis", "Advances and loans made"),
    ("268", "debit", "Apports en coproduction", "Coproduction stakes"),
    ("411", "debit", "Cotisations et appels", "Membership contributions and calls"),
    ("4671", "debit", "Contributions financières", "Financial contributions"),
    ("4672", "debit", "Recours sur garanties appelées", "Claims on guarantees called"),
    ("467", "debit", "Retours et autres créances", "Returns and other claims"),
    ("441", "debit", "Subventions", "Subsidies"),
    ("455", "credit", "Apports remboursables reçus", "Refundable contributions received"),
    ("168", "credit", "Emprunts reçus", "Loans received"),
    ("458", "debit", "Opérations faites en commun", "Joint operations"),
    ("468", "credit", "Autres dettes", "Other debts"),
    ("401", "credit", "Achats de biens et de services", "Goods and services bought"),
    ("8011", "credit", "Garanties données", "Guarantees given"),
    ("801", "credit", "Autres engagements donnés", "Other commitments given"),
    ("87", "credit", "Contributions volontaires en nature", "Contributions in kind"),
)
"""The beginning of the account, the side on which the transaction stands, and its name in French and in English."""

_PREFIXES: Final = {prefix: place for place, (prefix, *_rest) in enumerate(NATURES)}


def nature_of(chart: str) -> int | None:
    """The place in `NATURES` of an account: the longest beginning that it has; None where it is no such account."""
    found = max((prefix for prefix in _PREFIXES if chart.startswith(prefix)), key=len, default="")
    return _PREFIXES.get(found)


def is_owed(chart: str) -> bool:
    """Whether what an account holds at the end can be owed: a contribution in kind is given and used, never due."""
    return not chart.startswith("87")


@dataclass(frozen=True, slots=True)
class Transaction:
    """What passed with one counterparty on one account: `amount` of the year, gross, on its side; `balance` at the end.

    The balance is debit positive. `nature` is a place in `NATURES`.
    """

    party: str
    nature: int
    chart: str
    amount: int
    balance: int


def transactions(
    accounts: YearAccounts, related: Collection[str], companies: Mapping[str, str]
) -> tuple[Transaction, ...]:
    """The transactions of the year with these parties, in the order of the parties and of `NATURES`.

    `companies` says by project whose it is: what is booked on a project is its company's. What neither moved nor
    remains is left out.
    """
    found: dict[tuple[str, int, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in accounts.rows:
        who = row.key.party if row.key.party in related else companies.get(row.key.project or row.key.party, "")
        place = nature_of(row.key.chart)
        if place is None or who not in related:
            continue
        figures = found[who, place, row.key.chart]
        figures[0] += row.debit if NATURES[place][1] == "debit" else row.credit
        figures[1] += row.closing if is_owed(row.key.chart) else 0
    return tuple(Transaction(*key, *figures) for key, figures in sorted(found.items()) if any(figures))
