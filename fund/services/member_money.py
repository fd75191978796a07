"""How the money of members is booked when it arrives: by the treatment of the day, what was called before it first."""

from __future__ import annotations

from datetime import date

from fund import entries
from fund.accounting.account_keys import bank, receivable
from fund.chart import TREATMENTS, BookingOption
from fund.models import Fund
from fund.queries.treatments import TreatmentsOf
from ledger.balances import balance
from ledger.journal import AccountKey, Line, debit
from ledger.money import Amount


class MemberMoney:
    """The receipts of one act, one after the other: what an earlier one settled, a later one does not settle again."""

    def __init__(self, fund: Fund) -> None:
        self._fund = fund
        self._treatments = TreatmentsOf.read(fund)
        self._settled: dict[AccountKey, Amount] = {}

    def option(self, category: str, on: date) -> BookingOption:
        """The treatment of a category on a day."""
        return self._treatments.of("member-money", on=on, category=category).option

    def received(self, member: str, category: str, amount: Amount, on: date) -> tuple[Line, ...]:
        """The lines of a receipt. After a change of treatment, what is still owed from before is settled first."""
        option = self.option(category, on)
        parts: list[Line] = []
        left = amount
        for earlier in self._earlier(category, on):
            if left and earlier.receivable not in ("", option.receivable):
                key = receivable(earlier, member, amount)
                part = min(max(self._owed(key, on), Amount(0, amount.unit)), left)
                if part:
                    parts += entries.contribution_received(member=member, option=earlier, amount=part)[1:]
                    self._settled[key] = self._settled.get(key, Amount(0, amount.unit)) + part
                    left -= part
        if left:
            parts += entries.contribution_received(member=member, option=option, amount=left)[1:]
        return (debit(bank(amount), amount), *parts)

    def _owed(self, key: AccountKey, on: date) -> Amount:
        return balance(self._fund.slug, key, on) - self._settled.get(key, Amount(0, key.unit))

    def _earlier(self, category: str, on: date) -> list[BookingOption]:
        """The treatments that the category had before the one of the day, each account once."""
        if not self._treatments.has_chosen("member-money"):
            return []
        chosen = [
            row.option
            for row in self._treatments.rows
            if row.subject == "member-money" and row.category in ("", category) and row.decided_on <= on
        ]
        return list({option.receivable: option for option in (TREATMENTS[category], *chosen)}.values())
