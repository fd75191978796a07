"""django-hordak on PostgreSQL: `Account.transfer_to` for one entry, `bulk_create` of transactions and legs for many."""

import os
from datetime import date
from typing import Any

import django
from contents import LABEL, chart_of, facts, party_of
from django.conf import settings
from psycopg.conninfo import conninfo_to_dict
from workers import seconds, serve


def configure() -> None:
    address = conninfo_to_dict(os.environ["DATABASE_URL"])
    settings.configure(
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": address["dbname"],
                "USER": address["user"],
                "HOST": address["host"],
            }
        },
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "mptt", "hordak"],
        DEFAULT_CURRENCY="EUR",
        CURRENCIES=["EUR"],
        USE_TZ=True,
        SECRET_KEY="bench",
    )
    django.setup()


class Hordak:
    """Its own guards are on: a trigger of the database checks each transaction when it commits."""

    def __init__(self) -> None:
        self.accounts: list[Any] = []
        self.written = 0

    def open(self, *, accounts: int) -> None:
        from django.core.management import call_command
        from hordak.models import Account, AccountType

        call_command("migrate", verbosity=0)
        for number in range(accounts):
            name = f"{chart_of(number)}:{party_of(number)}"
            Account.objects.create(name=name, code=f"{number:04}", type=AccountType.asset, currencies=["EUR"])
        self.accounts = list(Account.objects.order_by("code"))

    def singly(self, *, count: int) -> float:
        from django.db import transaction

        transfers = self._next(count)

        def work() -> None:
            for debit, credit, amount, on in transfers:
                with transaction.atomic():  # without it the trigger refuses the first leg, which is alone
                    credit.transfer_to(debit, amount, date=on, description=LABEL)

        return seconds(work)

    def at_once(self, *, count: int) -> float:
        from django.db import transaction
        from hordak.models import Leg, Transaction

        transactions, legs = [], []
        for debit, credit, amount, on in self._next(count):
            booking = Transaction(date=on, description=LABEL)
            transactions.append(booking)
            legs.append(Leg(transaction=booking, account=debit, debit=amount))
            legs.append(Leg(transaction=booking, account=credit, credit=amount))

        def work() -> None:
            with transaction.atomic():
                Transaction.objects.bulk_create(transactions)
                Leg.objects.bulk_create(legs)

        return seconds(work)

    def _next(self, count: int) -> list[tuple[Any, Any, Any, date]]:
        from moneyed import Money

        found = [
            (self.accounts[fact.debit], self.accounts[fact.credit], Money(fact.minor, "EUR") / 100, fact.on)
            for fact in facts(self.written, count, accounts=len(self.accounts))
        ]
        self.written += count
        return found

    def state(self) -> dict[str, object]:
        from django.db.models import DecimalField, Sum, Value
        from django.db.models.functions import Coalesce
        from hordak.models import Leg, Transaction

        zero = Value(0, output_field=DecimalField())
        sums = Leg.objects.values_list("account_id").annotate(
            debit=Coalesce(Sum("debit"), zero), credit=Coalesce(Sum("credit"), zero)
        )
        held = {account_id: int((debit - credit) * 100) for account_id, debit, credit in sums}
        return {
            "entries": Transaction.objects.count(),
            "postings": Leg.objects.count(),
            "balances": [held.get(account.pk, 0) for account in self.accounts],
        }


if __name__ == "__main__":
    configure()
    serve(Hordak())
