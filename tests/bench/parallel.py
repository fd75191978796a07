"""Four writers on four books beside one writer on one book, on PostgreSQL: books do not wait for each other."""

from collections.abc import Iterator
from functools import partial

from tests.bench import contents
from tests.bench.goals import GOALS
from tests.bench.measure import Pair, require_same, speeds_by
from tests.bench.workers import Worker
from tests.bench.workshop import Workshop

KEY = "four_books_vs_one"
WRITERS = 4
ENTRIES = 300
ACCOUNTS = 100


def measure(shop: Workshop, wanted: set[str]) -> Iterator[Pair]:
    """Each round writes as many entries in a book; the figure is the entries of all books in a second."""
    address = shop.server.database("four-books")
    writers = {f"book-{number}": shop.writer(f"four-books-{number}", address) for number in range(WRITERS)}
    count, accounts = shop.scaled(ENTRIES), shop.scaled(ACCOUNTS)
    next(iter(writers.values())).call("prepare")
    for book, writer in writers.items():
        writer.call("open", book=book, accounts=accounts)
        writer.call("singly", book=book, count=accounts)
    alone = dict(list(writers.items())[:1])

    says = f"{GOALS[KEY].says}, {count} entries a book, seconds for an equal number"
    pair = speeds_by(KEY, says, ours=lambda: together(writers, count) / WRITERS, other=partial(together, alone, count))
    for book, writer in writers.items():
        state = writer.call("state", book=book)
        held = contents.totals(state["entries"], accounts=accounts)
        require_same(KEY, (state["balances"], state["postings"]), (held, 2 * state["entries"]))
    yield pair.profiled(lambda: profile_beside_others(writers, count))


def together(writers: dict[str, Worker], count: int) -> float:
    """The seconds from the first writer's begin to the last one's end."""
    for book, writer in writers.items():
        writer.ask("span", book=book, count=count)
    spans = [writer.answer() for writer in writers.values()]
    return max(end for _, end in spans) - min(begin for begin, _ in spans)


def profile_beside_others(writers: dict[str, Worker], count: int) -> str:
    """One writer under the profiler while the others write."""
    (book, first), *others = writers.items()
    for other, writer in others:
        writer.ask("span", book=other, count=3 * count)
    first.ask("profile", of="singly", book=book, count=count)
    for _, writer in others:
        writer.answer()
    return str(first.answer())
