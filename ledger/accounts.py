"""Accounts as plain keys, and the selection of those that share parts. Reads only."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from ledger.journal import AccountKey
from ledger.models import Account


def matching(
    *,
    chart: str | None = None,
    party: str | None = None,
    project: str | None = None,
    convention: str | None = None,
    unit: str | None = None,
) -> Q:
    """The condition on accounts that these parts make."""
    exact: dict[str, Any] = {"party": party, "project": project, "convention": convention, "unit__code": unit}
    which = Q(**{name: text for name, text in exact.items() if text is not None})
    return which if chart is None else which & Q(chart__startswith=chart)


def account_keys(ids: set[int]) -> dict[int, AccountKey]:
    """The plain keys of these accounts."""
    wanted = sorted(ids)
    parts = (wanted[start : start + 20_000] for start in range(0, len(wanted), 20_000))
    return {
        account.pk: account_key(account)
        for part in parts
        for account in Account.objects.filter(pk__in=part).select_related("unit")
    }


def account_key(account: Account) -> AccountKey:
    """The plain key of an account whose unit is at hand."""
    return AccountKey(account.chart, account.party, account.project, account.convention, account.unit.value)
