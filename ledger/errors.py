"""The refusals of the ledger: each has a code that never changes and a sentence with its figures."""

from __future__ import annotations


class LedgerError(Exception):
    """The ledger refuses; `code` is stable and stored in logs, the sentence is for people."""

    code = "ledger_error"


class AmountInvalid(LedgerError):
    """A written amount is not an exact number of the unit's smallest part."""

    code = "amount_invalid"

    def __init__(self, *, text: str, why: str) -> None:
        self.text, self.why = text, why
        super().__init__(f"“{text}” is not an amount: {why}.")


class UnitsDiffer(LedgerError):
    """Amounts of two units are never added or compared."""

    code = "units_differ"

    def __init__(self, *, left: str, right: str) -> None:
        self.left, self.right = left, right
        super().__init__(f"An amount in {left} and an amount in {right} cannot be put together.")


class SplitImpossible(LedgerError):
    """There is nobody to share with, or no weight to share by."""

    code = "split_impossible"

    def __init__(self, *, why: str) -> None:
        self.why = why
        super().__init__(f"The amount cannot be shared out: {why}.")
