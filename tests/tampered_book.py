"""A book of every sort of row, large enough to hide in: for acts that `verify` must find."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection

from ledger import proofs, rollups
from ledger.journal import AccountKey, Document, Entry, Line
from ledger.lettering import letter, unletter
from ledger.money import EUR, EUR_INKIND, HOUR, NOTORIETY, Amount
from ledger.posting import (
    close_account,
    close_period,
    declare_unit,
    erase_label,
    lock_period,
    open_book,
    open_fiscal_year,
    open_journal,
    post_many,
    reverse_entry,
    set_limits,
    unlock_period,
)
from ledger.rows import fetched
from tests.ledger_words import SEED

ENTRIES = 22_000
"""With their postings, seals and all else it has more than a hundred thousand rows."""

BANK, TRANSIT = AccountKey("512"), AccountKey("580")


def make_books(entries: int = ENTRIES) -> None:
    """Two books: `alpha` of so many entries, with every sort of row, and a small `beta` to confuse it with."""
    for slug, count in (("alpha", entries), ("beta", 30)):
        open_book(slug=slug, name=f"Fund {slug}")
        declare_unit("HOUR")
        for year in (2025, 2026):
            open_fiscal_year(slug, code=str(year), first=date(year, 1, 1), last=date(year, 12, 31), chart="c/1")
        for code in ("BQ", "OD"):
            open_journal(slug, code=code, label=code)
        _post(slug, count)
        _settle(slug)
        _lock(slug)
        rollups.advance(slug)
        proofs.grow_tree(slug)


def _tell_the_sizes(posted: int) -> None:
    """PostgreSQL looks at tables by itself after a commit; here nothing is committed, and it would plan for a few rows.

    Otherwise a thousand entries at once may be compared with all the others, and a book takes minutes.
    """
    if connection.vendor == "postgresql" and posted in (1, 303, 606, 1_515, 5_515, 11_515):
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _post(slug: str, count: int) -> None:
    """Seals of a thousand entries and of a few; some entries reversed, some words erased."""
    entries = [an_entry(number) for number in range(count)]
    for size in [1, 2, 300] * (1 + count // 5_000) + [1_000] * (count // 1_000 + 1):
        post_many(slug, entries[:size], salt_seed=SEED)
        del entries[:size]
        _tell_the_sizes(count - len(entries))
    for number in range(3, min(count, 3_000), 97):
        undone = {"on": date(2026, 12, 30), "reference": f"X:{number}", "label": "Undone"}
        reverse_entry(slug, reference_of=f"E:{number}", **undone)
    for number in range(5, min(count, 3_000), 101):
        erase_label(slug, reference=f"E:{number}", by="secretary", why="asked")


def an_entry(number: int) -> Entry:
    """Three lines, of one of two units, on some two hundred accounts, over two years; a paper with every fourth."""
    unit, party = (HOUR if number % 7 == 3 else EUR), f"M{number * 7 % 75:02}"
    minor = 100 + number * number % 1_000_003
    member, gifts = AccountKey("411", party=party, unit=unit), AccountKey("756", project=f"p{number % 5}", unit=unit)
    return Entry(
        journal=("BQ", "OD")[number % 2],
        on=date(2025, 1, 1) + timedelta(days=number * 37 % 730),
        kind="gift",
        reference=f"E:{number}",
        label=f"Gift {number}",
        lines=(
            Line(member, minor),
            Line(gifts, -(minor // 2), convention="c1" if number % 3 else ""),
            Line(AccountKey("512", unit=unit), minor // 2 - minor, destination="aid" if number % 2 else ""),
        ),
        validated_on=date(2026, 12, 31),
        document=Document(f"D-{number}", date(2025, 1, 1), "0f" * 32) if number % 4 == 0 else Document(""),
    )


def _settle(slug: str) -> None:
    """Letterings, two of them undone; limits; an account that moved, came to zero and was closed."""
    member = AccountKey("411", party="M21")
    found = fetched(
        "SELECT p.id FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id JOIN ledger_book b "
        "ON b.id = a.book_id JOIN ledger_unit u ON u.id = a.unit_id "
        "WHERE b.slug = %s AND a.code = %s AND u.code = 'EUR' ORDER BY p.id LIMIT 20",
        [slug, member.code],
    )
    numbers = [posting_id & ((1 << 40) - 1) for (posting_id,) in found]
    for place in range(0, len(numbers) - 1, 2):
        fact = {"on": date(2026, 2, 1), "by": "treasurer", "is_partial": True}
        letter(slug, member, code=f"L{place}", postings=numbers[place : place + 2], **fact)
    for place in (0, 2) if len(numbers) > 3 else ():
        unletter(slug, member, code=f"L{place}", by="treasurer")
    set_limits(slug, BANK, floor=Amount(-(10**15), EUR), ceiling=Amount(10**15, EUR))
    for minor in (500, -500):
        lines = (Line(TRANSIT, minor), Line(BANK, -minor))
        fact = {"journal": "BQ", "on": date(2026, 6, 1), "kind": "move", "label": "Move", "lines": lines}
        post_many(slug, [Entry(reference=f"move:{minor}", **fact)], salt_seed=SEED)
    close_account(slug, TRANSIT)
    for unit in (EUR_INKIND, NOTORIETY):
        fact = {"journal": "OD", "on": date(2026, 6, 1), "kind": "given", "label": "Given"}
        given = (Line(AccountKey("861", unit=unit), 7), Line(AccountKey("871", unit=unit), -7))
        post_many(slug, [Entry(reference=f"given:{unit}", lines=given, **fact)], salt_seed=SEED)


def _lock(slug: str) -> None:
    """All months of the first year but its last are locked, two of them after a mistake; the last is closed."""
    for month in range(1, 12):
        lock_period(slug, on=date(2025, month, 2), by="treasurer", why="reported")
    for month in (3, 4):
        unlock_period(slug, on=date(2025, month, 2), by="treasurer", why="a mistake")
        lock_period(slug, on=date(2025, month, 2), by="treasurer", why="mended")
    close_period(slug, on=date(2025, 12, 2), by="treasurer", why="audited")
