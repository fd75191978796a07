"""The statements of a year, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fund.statements.accounts import (
    balance_sheet,
    in_kind,
    income_statement,
    own_funds,
    trial_balance,
)
from fund.statements.accounts.kinds import StatementKind

KINDS: Final[tuple[StatementKind, ...]] = (
    balance_sheet.KIND,
    income_statement.KIND,
    in_kind.KIND,
    trial_balance.KIND,
    own_funds.KIND,
)

BY_NAME: Final[Mapping[str, StatementKind]] = {kind.name: kind for kind in KINDS}
