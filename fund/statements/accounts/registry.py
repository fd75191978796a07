"""The statements of a year, in the order in which they are offered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fund.statements.accounts.kinds import StatementKind

KINDS: Final[tuple[StatementKind, ...]] = ()

BY_NAME: Final[Mapping[str, StatementKind]] = {kind.name: kind for kind in KINDS}
