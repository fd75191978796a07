"""The statements of a year, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fund.statements.accounts import (
    advances,
    aged_balance,
    auxiliary_ledger,
    balance_sheet,
    commitments,
    dedicated_funds,
    general_ledger,
    in_kind,
    income_statement,
    journal,
    origin_destination,
    own_funds,
    pooled_fund,
    public_generosity,
    related_parties,
    subsidies,
    trial_balance,
)
from fund.statements.accounts.kinds import StatementKind

KINDS: Final[tuple[StatementKind, ...]] = (
    balance_sheet.KIND,
    income_statement.KIND,
    in_kind.KIND,
    trial_balance.KIND,
    journal.KIND,
    general_ledger.KIND,
    auxiliary_ledger.KIND,
    aged_balance.KIND,
    own_funds.KIND,
    dedicated_funds.KIND,
    origin_destination.KIND,
    public_generosity.KIND,
    commitments.KIND,
    advances.KIND,
    subsidies.KIND,
    related_parties.KIND,
    pooled_fund.KIND,
)

BY_NAME: Final[Mapping[str, StatementKind]] = {kind.name: kind for kind in KINDS}
