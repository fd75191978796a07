"""Recognition: what facts are worth is credited, and fades with the years. Kept in its own unit, on class 9."""

from __future__ import annotations

from collections.abc import Mapping

from fund.accounting.account_keys import notoriety_held, notoriety_produced
from ledger.journal import AccountKey, Line, credit, debit
from ledger.money import NOTORIETY, Amount, total_of


def notoriety_credited(*, produced: Mapping[str, Amount], recognised: Mapping[str, Amount]) -> tuple[Line, ...]:
    """A yearly statement is adopted: what each project's facts are worth is credited to those the charter names."""
    worth = ((notoriety_produced(project), points) for project, points in produced.items() if points)
    parts = ((notoriety_held(party), points) for party, points in recognised.items() if points)
    return (
        *(debit(account, points) for account, points in worth),
        *(credit(account, points) for account, points in parts),
    )


def notoriety_decayed(*, recognised: Mapping[str, Amount]) -> tuple[Line, ...]:
    """A year has passed: of what each party had, the charter lets a part fade."""
    parts = {party: points for party, points in recognised.items() if points}
    total = total_of(parts.values(), NOTORIETY)
    faded = (credit(AccountKey("923", unit=NOTORIETY), total),) if parts else ()
    return (*(debit(notoriety_held(party), points) for party, points in parts.items()), *faded)
