"""A line of the bank as a file gives it, and what it is known by so that it is kept once. Plain Python."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class BankRow:
    """A line of a file of the bank: `minor` above zero for what came in; `balance_minor` where the bank gives it."""

    account: str
    on: date
    minor: int
    reference: str = ""
    counterparty: str = ""
    label: str = ""
    balance_minor: int | None = None


def fingerprints(rows: Iterable[BankRow]) -> list[str]:
    """What each line is known by: all that it says but the balance, and its rank among equal lines of the file."""
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        said = json.dumps(
            [row.account, row.on.isoformat(), row.minor, row.reference, row.counterparty, row.label],
            ensure_ascii=False,
        )
        seen[said] += 1
        found.append(sha256(f"{said}\n{seen[said]}".encode()).hexdigest())
    return found
