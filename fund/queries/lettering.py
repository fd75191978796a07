"""The lines of a third party: those that settle each other, those that are open, and what is proposed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fund.accounting.letterings import OpenItem, proposed
from fund.models import Fund
from fund.queries.identities import FundIdentity, fund_identity
from ledger.account_statements import StatementLine, account_statement
from ledger.balances import AccountBalance, balances
from ledger.errors import BookUnknown
from ledger.journal import AccountKey
from ledger.money import Amount, total_of

MOST_OPEN = 300
"""Open lines on one page: the oldest are shown, and the others once those are lettered."""


@dataclass(frozen=True, slots=True)
class LetteredGroup:
    """Lines under one code, newest group first."""

    code: str
    on: date
    is_partial: bool
    lines: tuple[StatementLine, ...]
    rest: Amount


@dataclass(frozen=True, slots=True)
class LetteringPage:
    """The lines of one leaf of an account; `groups` says to which proposal an open line belongs, from 1."""

    fund: FundIdentity
    key: AccountKey
    name: str
    open: tuple[StatementLine, ...]
    left_out: int
    groups: Mapping[int, int]
    lettered: tuple[LetteredGroup, ...]
    balance: Amount

    @property
    def proposals(self) -> int:
        """How many groups are proposed."""
        return max(self.groups.values(), default=0)


@dataclass(frozen=True, slots=True)
class LeafToLetter:
    """A third party of an account that moved."""

    balance: AccountBalance
    name: str


def leaves_to_letter(fund: Fund, *, chart: str, unit: str) -> tuple[LeafToLetter, ...]:
    """The third parties of an account in one unit, by code; none where nothing is kept there."""
    try:
        near = balances(fund.slug, chart=chart, unit=unit)
    except BookUnknown:
        return ()
    leaves = [each for each in near if each.account.chart == chart and (each.debit or each.credit)]
    names = dict(fund.parties.filter(code__in=[each.account.party for each in leaves]).values_list("code", "name"))
    return tuple(LeafToLetter(each, names.get(each.account.party, "")) for each in leaves)


def lettering_page(fund: Fund, *, chart: str, unit: str, leaf: str) -> LetteringPage | None:
    """The lines of the leaf of this code; None when there is none."""
    found = next(
        (each for each in leaves_to_letter(fund, chart=chart, unit=unit) if each.balance.account.code == leaf), None
    )
    if found is None:
        return None
    key = found.balance.account
    lines = account_statement(fund.slug, key=key).lines
    opened = tuple(line for line in lines if line.mark is None)
    shown = opened[:MOST_OPEN]
    items = [OpenItem(line.posting, line.on, line.amount.minor, line.document) for line in shown]
    groups = {posting: number for number, group in enumerate(proposed(items), start=1) for posting in group}
    return LetteringPage(
        fund=fund_identity(fund),
        key=key,
        name=found.name,
        open=shown,
        left_out=len(opened) - len(shown),
        groups=groups,
        lettered=_lettered(lines, key),
        balance=found.balance.amount,
    )


def _lettered(lines: tuple[StatementLine, ...], key: AccountKey) -> tuple[LetteredGroup, ...]:
    by_code: dict[str, list[StatementLine]] = defaultdict(list)
    for line in lines:
        if line.mark is not None:
            by_code[line.mark.code].append(line)
    groups = []
    for code, members in by_code.items():
        mark = members[0].mark
        assert mark is not None
        rest = total_of((line.amount for line in members), key.unit)
        groups.append(LetteredGroup(code, mark.on, mark.is_partial, tuple(members), rest))
    return tuple(sorted(groups, key=lambda group: (group.on, group.code), reverse=True))
