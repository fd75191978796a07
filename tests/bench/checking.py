"""Checking everything: `verify` beside beancount's own check of the same entries."""

from collections.abc import Iterator
from functools import partial

from tests.bench.goals import GOALS
from tests.bench.measure import Pair, require_same, speeds_by
from tests.bench.workshop import Workshop

KEY = "verify_vs_beancount"
ENTRIES, BATCH = 100_000, 1_000
WARM = 1_000
ACCOUNTS = 1_000


def measure(shop: Workshop, wanted: set[str]) -> Iterator[Pair]:
    ours, beancount = shop.ours("sqlite", "checked"), shop.other("beancount_side.py")
    count, accounts = shop.scaled(ENTRIES), shop.scaled(ACCOUNTS)
    beancount.call("open", accounts=accounts)
    for name, entries in (("warm", WARM), ("whole", count)):
        beancount.call("write", name=name, count=entries)
        ours.call("open", book=name, accounts=accounts)
        ours.call("load", book=name, entries=entries, batch=BATCH)
    ours.call("find_faults", book="warm")
    beancount.call("check", name="warm")
    pair = speeds_by(
        KEY,
        f"{GOALS[KEY].says}, {count:,} entries",
        ours=partial(ours.call, "find_faults", book="whole"),
        other=partial(beancount.call, "check", name="whole"),
    )
    require_same(KEY, ours.call("state", book="whole"), beancount.call("state", name="whole"))
    yield pair.profiled(partial(ours.call, "profile", of="find_faults", book="whole"))
