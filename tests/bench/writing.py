"""Writing, one by one and in bulk: ours beside raw rows and beside the books that others wrote with Django."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from tests.bench.goals import GOALS
from tests.bench.measure import Pair, require_same, speeds_by
from tests.bench.workshop import Workshop

SINGLY, AT_ONCE = "singly", "at_once"
COUNTS = {SINGLY: 300, AT_ONCE: 1_000}
WARM = 50


@dataclass(frozen=True, slots=True)
class Against:
    """Whom we are compared with, on which engine, with how many accounts, and the key of each way to write."""

    script: str
    engine: str
    accounts: int
    keys: Mapping[str, str]


AGAINST = (
    Against("raw_sqlite.py", "sqlite", 1_000, {SINGLY: "sqlite_single_vs_raw", AT_ONCE: "sqlite_bulk_vs_raw"}),
    Against("django_ledger_side.py", "sqlite", 100, {SINGLY: "sqlite_single_vs_django_ledger"}),
    Against(
        "raw_postgresql.py",
        "postgresql",
        1_000,
        {SINGLY: "postgresql_single_vs_raw", AT_ONCE: "postgresql_bulk_vs_copy"},
    ),
    Against(
        "hordak_side.py",
        "postgresql",
        1_000,
        {SINGLY: "postgresql_single_vs_hordak", AT_ONCE: "postgresql_bulk_vs_hordak"},
    ),
)


def measure(against: Against, shop: Workshop, wanted: set[str]) -> Iterator[Pair]:
    """Both sides write the same entries from the first on; what they hold at the end must be the same."""
    ours, other = shop.ours(against.engine), shop.other(against.script, engine=against.engine)
    book, accounts = against.script.removesuffix(".py").replace("_", "-"), shop.scaled(against.accounts)
    ours.call("open", book=book, accounts=accounts)
    other.call("open", accounts=accounts)
    # Every account is used and every statement prepared before the first measure.
    for way, count in ((AT_ONCE, accounts), (SINGLY, WARM)) if AT_ONCE in against.keys else ((SINGLY, accounts),):
        ours.call(way, book=book, count=count)
        other.call(way, count=count)
    pairs = []
    for way, key in against.keys.items():
        if key in wanted:
            count = shop.scaled(COUNTS[way])
            says = f"{GOALS[key].says}, {count} entries"
            our_way = partial(ours.call, way, book=book, count=count)
            pair = speeds_by(key, says, ours=our_way, other=partial(other.call, way, count=count))
            pairs.append(pair.profiled(partial(ours.call, "profile", of=way, book=book, count=count)))
    require_same(book, ours.call("state", book=book), other.call("state"))
    yield from pairs
