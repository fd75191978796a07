"""django-ledger on SQLite, as durable as ours: `commit_txs` saves, verifies and posts one journal entry."""

import os
from decimal import Decimal
from typing import Any

import django
from contents import LABEL, chart_of, facts, party_of
from django.conf import settings
from workers import seconds, serve


def configure() -> None:
    settings.configure(
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": os.environ["BENCH_FILE"],
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY",
                },
            }
        },
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django_ledger"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DJANGO_LEDGER_USE_DEPRECATED_BEHAVIOR=False,
        USE_TZ=True,
        SECRET_KEY="bench",
    )
    django.setup()


class DjangoLedger:
    """One entity with one ledger. Its balances are sums; it keeps no balance rows."""

    def __init__(self) -> None:
        self.accounts: list[Any] = []
        self.ledger: Any = None
        self.written = 0

    def open(self, *, accounts: int) -> None:
        from django.contrib.auth import get_user_model
        from django.core.management import call_command
        from django_ledger.io.roles import ASSET_CA_CASH
        from django_ledger.models import EntityModel

        call_command("migrate", verbosity=0)
        admin = get_user_model().objects.create_user(username="bench")
        entity = EntityModel.create_entity(name="Bench", use_accrual_method=True, admin=admin, fy_start_month=1)
        entity.create_chart_of_accounts(assign_as_default=True, commit=True)
        self.accounts = [
            entity.create_account(
                code=f"1{number:04}",  # the role asks for a 1 in front
                role=ASSET_CA_CASH,
                name=f"{chart_of(number)}:{party_of(number)}",
                balance_type="debit",
                active=True,
            )
            for number in range(accounts)
        ]
        self.ledger = entity.create_ledger(name="Bench", posted=True)

    def singly(self, *, count: int) -> float:
        journal_entries = [
            (
                fact.on,
                [
                    self._line(fact.debit, fact.minor, "debit"),
                    self._line(fact.credit, fact.minor, "credit"),
                ],
            )
            for fact in facts(self.written, count, accounts=len(self.accounts))
        ]
        self.written += count

        def work() -> None:
            for on, lines in journal_entries:
                self.ledger.commit_txs(je_timestamp=on, je_txs=lines, je_posted=True, je_desc=LABEL)

        return seconds(work)

    def _line(self, account: int, minor: int, side: str) -> dict[str, object]:
        amount = Decimal(minor) / 100
        return {"account": self.accounts[account], "amount": amount, "tx_type": side, "description": ""}

    def state(self) -> dict[str, object]:
        from django.db.models import Sum
        from django_ledger.models import JournalEntryModel, TransactionModel

        sums = TransactionModel.objects.order_by().values_list("account_id", "tx_type").annotate(Sum("amount"))
        held = {(account_id, side): round(amount * 100) for account_id, side, amount in sums}
        return {
            "entries": JournalEntryModel.objects.filter(posted=True).count(),
            "postings": TransactionModel.objects.count(),
            "balances": [held.get((a.pk, "debit"), 0) - held.get((a.pk, "credit"), 0) for a in self.accounts],
        }


if __name__ == "__main__":
    configure()
    serve(DjangoLedger())
