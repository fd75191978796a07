"""Reading a million postings, and the room they take: on both engines, and the worse figure counts."""

from collections.abc import Callable, Iterator
from functools import partial

from tests.bench import contents
from tests.bench.goals import GOALS
from tests.bench.measure import Pair, durations_by, require_same
from tests.bench.workers import Worker
from tests.bench.workshop import Workshop

ENGINES = ("sqlite", "postgresql")
MANY, FEW = 500_000, 50_000
"""Entries of two postings each."""

BATCH = 1_000
ACCOUNTS = 1_000
AS_OF = "2026-09-30"
KEYS = ("bytes_per_entry", "as_of_vs_sum", "balances_1m_vs_100k")


def measure(shop: Workshop, wanted: set[str]) -> Iterator[Pair]:
    found: dict[str, list[Pair]] = {key: [] for key in KEYS if key in wanted}
    for engine in ENGINES:
        for pair in of_engine(shop, engine, set(found)):
            found[pair.key].append(pair)
            print(f"  {'':32} {pair.figure:8.2f}   {pair.says}", flush=True)
    for pairs in found.values():
        yield max(pairs, key=lambda pair: pair.figure)


def of_engine(shop: Workshop, engine: str, wanted: set[str]) -> Iterator[Pair]:
    """The size first, while the database holds one book; the naive sum has no other book to leave out either."""
    ours, accounts = shop.ours(engine, "million"), shop.scaled(ACCOUNTS)
    load(ours, "many", shop.scaled(MANY), accounts)
    if "bytes_per_entry" in wanted:
        yield size(ours, engine, shop.scaled(MANY))
    ours.call("advance", book="many")
    ours.call("settle")
    if "as_of_vs_sum" in wanted:
        yield as_of(ours, engine)
    if "balances_1m_vs_100k" in wanted:
        load(ours, "few", shop.scaled(FEW), accounts)
        ours.call("settle")
        yield compared(
            ours, "balances_1m_vs_100k", engine, partial(ours.call, "balances", book="few"), "balances", book="many"
        )
        for book, count in (("many", shop.scaled(MANY)), ("few", shop.scaled(FEW))):
            held = contents.totals(count, accounts=accounts)
            require_same("balances_1m_vs_100k", ours.call("held", book=book), held)


def load(ours: Worker, book: str, entries: int, accounts: int) -> None:
    ours.call("open", book=book, accounts=accounts)
    ours.call("load", book=book, entries=entries, batch=BATCH)


def size(ours: Worker, engine: str, entries: int) -> Pair:
    """What an entry takes once the roll-up has come up to the head; beside it, what it takes without one."""
    before = ours.call("bytes_on_disk") / entries
    ours.call("advance", book="many")
    after = ours.call("bytes_on_disk") / entries
    says = f"{engine}, {entries:,} entries, with the roll-up / without"
    pair = Pair("bytes_per_entry", says, (after,), (before,), after, unit="bytes")
    return pair.profiled(partial(ours.call, "room"))


def as_of(ours: Worker, engine: str) -> Pair:
    key, day = "as_of_vs_sum", {"as_of": AS_OF}
    pair = compared(ours, key, engine, partial(ours.call, "naive_sums", **day), "trial_balance", book="many", **day)
    require_same(key, ours.call("trial_balance_rows", book="many", **day), ours.call("naive_rows", **day))
    return pair


def compared(ours: Worker, key: str, engine: str, other: Callable[[], float], method: str, **arguments: object) -> Pair:
    """Our reading beside the other, after one round of each that does not count."""
    reading = partial(ours.call, method, **arguments)
    reading()
    other()
    pair = durations_by(key, f"{engine}: {GOALS[key].says}", ours=reading, other=other)
    return pair.profiled(partial(ours.call, "profile", of=method, **arguments))
