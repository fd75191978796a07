"""What an auditor's tools need to know of an entry: plain facts, in the fund's currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

OWN_CLASSES: Final = tuple("1234567")
"""The classes of the balance sheet and of the income statement; class 8 stands off them, class 9 is analytic."""


@dataclass(frozen=True, slots=True)
class BookedLine:
    """One leg in the fund's currency, in minor units, debit positive; help in kind (86, 87) is valued one for one."""

    account: str
    party: str
    project: str
    minor: int

    @property
    def auxiliary(self) -> str:
        """The third party that the account is kept for: a party, or a project where no party is named."""
        return self.party or self.project


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """An entry as it was posted: `number` as accountants quote it, `document_sha256` of the file behind it."""

    reference: str
    number: str
    journal: str
    kind: str
    on: date
    validated_on: date
    lines: tuple[BookedLine, ...]
    document: str = ""
    document_on: date | None = None
    document_sha256: str = ""
    reverses: str = ""

    @property
    def amount(self) -> int:
        """What the entry is about: its debits on classes 1 to 7, or else those of its commitments and help in kind.

        An entry that turns a commitment into a debt counts once.
        """
        own = [line for line in self.lines if line.account.startswith(OWN_CLASSES)]
        return sum(line.minor for line in own or self.lines if line.minor > 0)

    def amount_on(self, *accounts: str) -> int:
        """What it moves on the accounts that begin with these numbers: the larger of its two sides there."""
        moved = [line.minor for line in self.lines if line.account.startswith(accounts)]
        return max(sum(minor for minor in moved if minor > 0), -sum(minor for minor in moved if minor < 0))

    @property
    def account_class(self) -> str:
        """The highest class that it touches: 7 for income, 6 for an expense, 5 for a payment, 4 for a bare debt."""
        return max((line.account[:1] for line in self.lines), default="")

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties of its lines, in order."""
        return tuple(sorted({line.party for line in self.lines if line.party}))
