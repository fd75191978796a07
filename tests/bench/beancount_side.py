"""beancount: a file of the same entries, loaded and checked by its own loader, without its cache."""

import os
from collections import Counter
from pathlib import Path

from beancount import loader
from beancount.core.data import Transaction
from contents import FIRST_DAY, LABEL, chart_of, facts, party_of
from workers import seconds, serve


class Beancount:
    """The check that `load_file` makes: parsed, booked, balanced, every account opened, nothing twice."""

    def __init__(self) -> None:
        loader.initialize(use_cache=False)
        self.folder = Path(os.environ["BENCH_FILE"])
        self.folder.mkdir()
        self.accounts = 0

    def open(self, *, accounts: int) -> None:
        self.accounts = accounts

    def write(self, *, name: str, count: int) -> None:
        opened = (f"{FIRST_DAY} open {account_of(number)} EUR\n" for number in range(self.accounts))
        entries = (
            f'{fact.on} * "{LABEL}" ^{fact.reference}\n'
            f"  {account_of(fact.debit)}  {fact.minor // 100}.{fact.minor % 100:02} EUR\n"
            f"  {account_of(fact.credit)}  -{fact.minor // 100}.{fact.minor % 100:02} EUR\n"
            for fact in facts(0, count, accounts=self.accounts, spread=count)
        )
        with (self.folder / name).open("w", encoding="utf-8") as file:
            file.writelines(opened)
            file.writelines(entries)

    def check(self, *, name: str) -> float:
        faults: list[object] = []
        took = seconds(lambda: faults.extend(loader.load_file(str(self.folder / name))[1]))
        if faults:
            raise ValueError(f"beancount finds {len(faults)} faults, the first: {faults[0]}")
        return took

    def state(self, *, name: str) -> dict[str, object]:
        directives, _, _ = loader.load_file(str(self.folder / name))
        entries = [each for each in directives if isinstance(each, Transaction)]
        held: Counter[str] = Counter()
        for entry in entries:
            for posting in entry.postings:
                held[posting.account] += int(posting.units.number * 100)
        return {
            "entries": len(entries),
            "postings": sum(len(entry.postings) for entry in entries),
            "balances": [held[account_of(number)] for number in range(self.accounts)],
        }


def account_of(number: int) -> str:
    return f"Assets:C{chart_of(number)}:{party_of(number)}"


if __name__ == "__main__":
    serve(Beancount())
