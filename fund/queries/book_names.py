"""What the books of a fund call their journals, accounts and auxiliaries."""

from __future__ import annotations

from fund.models import AccountName, Fund
from ledger.errors import BookUnknown
from ledger.journals import journal_labels


def journal_names(fund: Fund) -> dict[str, str]:
    """The label of each journal, by code; none before the books are opened."""
    try:
        return journal_labels(fund.slug)
    except BookUnknown:
        return {}


def own_account_names(fund: Fund) -> dict[str, str]:
    """The names that the fund itself gave to accounts, by number."""
    return dict(AccountName.objects.filter(fund=fund).values_list("number", "name"))
