"""The books, written and read through their public calls, all guards and the chain on."""

import importlib
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

import django
from contents import FIRST_DAY, LABEL, Fact, chart_of, facts, party_of
from profiles import profilers
from workers import ROOT, seconds, serve

sys.path.insert(0, str(ROOT))


class Ours:
    """A database of its own with as many books as there are comparisons."""

    def __init__(self) -> None:
        self.accounts: dict[str, int] = {}
        self.written: dict[str, int] = {}
        self.clock: Callable[[Callable[[], object]], Any] = seconds

    def prepare(self) -> None:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)

    def open(self, *, book: str, accounts: int) -> None:
        from ledger import posting

        posting.open_book(slug=book, name="Bench")
        posting.open_fiscal_year(book, code="2026", first=FIRST_DAY, last=date(2026, 12, 31), chart="bench")
        posting.open_journal(book, code="BQ", label="Bank")
        self.accounts[book], self.written[book] = accounts, 0

    # Writing

    def singly(self, *, book: str, count: int) -> float:
        return self.clock(self._singly(book, count))

    def at_once(self, *, book: str, count: int) -> float:
        return self.clock(self._at_once(book, count))

    def span(self, *, book: str, count: int) -> tuple[float, float]:
        """When writing one by one began and ended, on the clock that all processes of the machine share."""
        work = self._singly(book, count)
        began = monotonic()
        work()
        return began, monotonic()

    def load(self, *, book: str, entries: int, batch: int) -> None:
        """The first so many entries, spread over the year, a batch under each seal."""
        while (done := self.written[book]) < entries:
            self._at_once(book, min(batch, entries - done), spread=entries)()

    def _singly(self, book: str, count: int) -> Callable[[], None]:
        from ledger import posting

        entries = self._next(book, count)

        def work() -> None:
            for entry in entries:
                posting.post(book, entry)

        return work

    def _at_once(self, book: str, count: int, spread: int = 0) -> Callable[[], object]:
        from ledger import posting

        entries = self._next(book, count, spread)
        return lambda: posting.post_many(book, entries)

    def _next(self, book: str, count: int, spread: int = 0) -> Sequence[Any]:
        found = [
            entry_of(fact) for fact in facts(self.written[book], count, accounts=self.accounts[book], spread=spread)
        ]
        self.written[book] += count
        return found

    # Reading

    def balances(self, *, book: str) -> float:
        from ledger import balances

        return self.clock(lambda: balances.balances(book))

    def trial_balance(self, *, book: str, as_of: str) -> float:
        from ledger import balances

        return self.clock(lambda: balances.trial_balance(book, as_of=date.fromisoformat(as_of)))

    def trial_balance_rows(self, *, book: str, as_of: str) -> dict[str, int]:
        from ledger import balances

        return {row.chart: row.closing.minor for row in balances.trial_balance(book, as_of=date.fromisoformat(as_of))}

    def naive_sums(self, *, as_of: str) -> float:
        """The sum over all postings till the day, as anybody would write it; the database holds one book only."""
        return self.clock(lambda: fetched(NAIVE, [as_of]))

    def naive_rows(self, *, as_of: str) -> dict[str, int]:
        charts = dict(fetched("SELECT id, chart FROM ledger_account", []))
        sums: dict[str, int] = {}
        for account, minor in fetched(NAIVE, [as_of]):
            sums[charts[account]] = sums.get(charts[account], 0) + int(minor)
        return sums

    def find_faults(self, *, book: str) -> float:
        from ledger import audit

        faults: list[object] = []
        took = self.clock(lambda: faults.extend(audit.find_faults(book)))
        if faults:
            raise ValueError(f"verify finds {len(faults)} faults, the first: {faults[0]}")
        return took

    def advance(self, *, book: str) -> None:
        """Bring what is derived up to the head, where the ledger keeps a roll-up."""
        if (ROOT / "ledger" / "rollups.py").exists():
            importlib.import_module("ledger.rollups").advance(book)

    def settle(self) -> None:
        """What a server does by itself after a while: PostgreSQL's statistics and visibility map."""
        from django.db import connection

        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")

    def bytes_on_disk(self) -> int:
        """What the books take: the file on SQLite, the tables of the ledger with their indexes on PostgreSQL."""
        from django.db import connection

        if connection.vendor == "sqlite":
            fetched("PRAGMA wal_checkpoint(TRUNCATE)", [])
            return Path(connection.settings_dict["NAME"]).stat().st_size
        sizes = (
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relname LIKE 'ledger\\_%%' AND relkind = 'r'"
        )
        return int(fetched(sizes, [])[0][0])

    def room(self) -> str:
        """Which tables and indexes take the room; they hold every book of this database."""
        from django.db import connection

        rows = fetched(ROOM[connection.vendor], [])
        total = sum(size for _, size in rows)
        lines = [f"      {size / 1_000_000:9.1f} MB {size / total:5.0%} {name}" for name, size in rows[:14]]
        return "\n".join([f"    Room, of {total / 1_000_000:,.0f} MB:", *lines])

    def state(self, *, book: str) -> dict[str, object]:
        from ledger import balances

        stored = balances.journal_entries(book)
        return {
            "entries": len(stored),
            "postings": sum(len(each.entry.lines) for each in stored),
            "balances": self.held(book=book),
        }

    def held(self, *, book: str) -> list[int]:
        """What every account holds."""
        from ledger import balances

        found = {row.account.party: row.amount.minor for row in balances.balances(book)}
        return [found[party_of(number)] for number in range(self.accounts[book])]

    def profile(self, *, of: str, **arguments: Any) -> str:
        """Where the time of a method goes: what it would be timed for is done again under each profiler."""
        texts = []
        for self.clock in profilers():
            texts.append(getattr(self, of)(**arguments))
        self.clock = seconds
        return "\n".join(texts)


NAIVE = 'SELECT account_id, sum(minor) FROM ledger_posting WHERE "on" <= %s GROUP BY account_id'

ROOM = {
    "sqlite": "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC",
    "postgresql": "SELECT relname, pg_relation_size(oid) FROM pg_class "
    "WHERE relkind IN ('r', 'i') AND relname LIKE 'ledger\\_%%' ORDER BY 2 DESC",
}


def fetched(sql: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def entry_of(fact: Fact) -> Any:
    from ledger.journal import AccountKey, Entry, credit, debit
    from ledger.money import EUR, Amount

    amount = Amount(fact.minor, EUR)
    return Entry(
        journal="BQ",
        on=fact.on,
        kind="contribution",
        reference=fact.reference,
        label=LABEL,
        lines=(
            debit(AccountKey(chart_of(fact.debit), party=party_of(fact.debit)), amount),
            credit(AccountKey(chart_of(fact.credit), party=party_of(fact.credit)), amount),
        ),
    )


def configure() -> None:
    """The ledger as an application by itself, on the database as the product sets it up."""
    from django.conf import settings

    from fund import settings as product

    settings.configure(
        DATABASES=product.DATABASES, INSTALLED_APPS=["ledger"], TIME_ZONE=product.TIME_ZONE, USE_TZ=product.USE_TZ
    )
    django.setup()


if __name__ == "__main__":
    configure()
    serve(Ours())
