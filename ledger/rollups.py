"""The roll-up of balances: for each account and day on which it moved, both gross sides of all dated till then.

It covers the postings up to a mark and is exact, because identifiers are dense and in the order of commit: nothing
is ever written below the mark. Readings add the tail, the postings after the mark (`ledger.readings`). Everything
here is derived: thrown away, it is computed again, and `verify` compares it with the postings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from ledger.commits import in_one_commit
from ledger.entries import book_row
from ledger.models import NUMBER_MASK, Account, first_id
from ledger.rows import changed, fetched, locked_head

TAIL = 32_768
"""Postings after which the roll-up is due: no reading adds up many more than these by itself."""

_AT_ONCE = 8 * TAIL
"""Postings that one commit moves the mark by at most: other writers of the book wait for it."""

_GROSS = (
    "sum(CASE WHEN minor > 0 THEN minor ELSE 0 END) AS debit, sum(CASE WHEN minor < 0 THEN -minor ELSE 0 END) AS credit"
)


def is_due(before: int, after: int) -> bool:
    """Whether a commit that brought the book from one last posting to another crossed a multiple of `TAIL`.

    >>> is_due(32_766, 32_767), is_due(32_767, 32_768), is_due(32_768, 32_769)
    (False, True, False)
    """
    return before // TAIL != after // TAIL


def advance(book: str) -> int:
    """Move the mark to the head of the book; how many postings it moved by, 0 when it stood there.

    It may run at any time, also twice at once: it takes the head's lock like every writer. A large distance is
    covered in several commits, each exact by itself, so whoever stops it loses nothing.
    """
    moved = 0
    while step := in_one_commit(lambda: _step(book)):
        moved += step
    return moved


def rebuild(book: str) -> int:
    """Throw the roll-up of the book away and compute it again from the postings; how many it covers."""
    in_one_commit(lambda: _discard(book))
    return advance(book)


def _step(book: str) -> int:
    head = locked_head(book)
    mark = _mark(head.book_id)
    last = min(head.last_posting, mark + _AT_ONCE)
    if mark >= last:
        return 0
    ((earliest,),) = fetched('SELECT min("on") FROM ledger_posting WHERE id > %s AND id <= %s', [mark, last])
    changed(_ADD, [mark, last, earliest])
    if not changed("UPDATE ledger_rollup SET last_posting = %s WHERE book_id = %s", [last, head.book_id]):
        changed("INSERT INTO ledger_rollup (book_id, last_posting) VALUES (%s, %s)", [head.book_id, last])
    return last - mark


def _mark(book_id: int) -> int:
    found = fetched("SELECT last_posting FROM ledger_rollup WHERE book_id = %s", [book_id])
    return int(found[0][0]) if found else first_id(book_id)


def _discard(book: str) -> None:
    book_id = locked_head(book).book_id
    changed(
        "DELETE FROM ledger_daybalance WHERE account_id > %s AND account_id < %s",
        [first_id(book_id), first_id(book_id + 1)],
    )
    changed("DELETE FROM ledger_rollup WHERE book_id = %s", [book_id])


# `moved` sums the new postings by account and day; beside them stand the account's own rows: its last one up to its
# first new day, and all later ones. Gross totals never fall, so on each day the largest row till then is what stood,
# and the new sums till then are what comes on top. Everything is read as it was before the statement. The plus sign
# keeps SQLite from walking a whole index to spare itself a sort, and the day given as a figure shows PostgreSQL how
# few rows are later.
_ADD = f"""
WITH moved AS (
  SELECT +account_id AS account_id, "on", {_GROSS}
  FROM ledger_posting WHERE id > %s AND id <= %s GROUP BY +account_id, "on"
), touched AS (
  SELECT account_id, min("on") AS "first" FROM moved GROUP BY account_id
), placed AS (
  SELECT account_id, "on", debit AS new_debit, credit AS new_credit, 0 AS debit, 0 AS credit FROM moved
  UNION ALL
  SELECT t.account_id, t."first", 0, 0,
    coalesce((SELECT b.debit FROM ledger_daybalance b
      WHERE b.account_id = t.account_id AND b."on" <= t."first" ORDER BY b."on" DESC LIMIT 1), 0),
    coalesce((SELECT b.credit FROM ledger_daybalance b
      WHERE b.account_id = t.account_id AND b."on" <= t."first" ORDER BY b."on" DESC LIMIT 1), 0)
  FROM touched t
  UNION ALL
  SELECT b.account_id, b."on", 0, 0, b.debit, b.credit
  FROM touched t JOIN ledger_daybalance b ON b.account_id = t.account_id AND b."on" > t."first" AND b."on" > %s
)
INSERT INTO ledger_daybalance (account_id, "on", debit, credit)
  SELECT account_id, "on", max(max(debit)) OVER days + sum(sum(new_debit)) OVER days,
    max(max(credit)) OVER days + sum(sum(new_credit)) OVER days
  FROM placed WHERE true GROUP BY account_id, "on" WINDOW days AS (PARTITION BY account_id ORDER BY "on")
ON CONFLICT (account_id, "on") DO UPDATE SET debit = excluded.debit, credit = excluded.credit
"""  # noqa: S608 - constants


def rollup_faults(book: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Where the roll-up is not what the postings say, as kinds and facts of `ledger.faults`, by account and day.

    The slow twin of `advance`: plain sums by account and day, added up here. Mark, rows and postings are read in
    one statement, so that an advance at the same time is no fault.
    """
    row = book_row(book)
    low, high = first_id(row.pk), first_id(row.pk + 1)
    found = fetched(_COMPARED, [row.pk, low, high, low, row.pk, low, high])
    mark = next((int(number) for what, _, _, number, _ in found if what == 0), low)
    head = book_row(book).head.last_posting  # read last: an advance may have come with a newer one
    if not low <= mark <= head:
        yield "roll-up-mark", {"posting": mark - low, "last": head & NUMBER_MASK}
        return
    stored: dict[tuple[int, str], tuple[int, int]] = {}
    moved: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    for what, account_id, day, debit, credit in found:
        if what == 1:
            stored[account_id, str(day)] = (int(debit), int(credit))
        elif what == 2:
            moved[account_id].append((str(day), int(debit), int(credit)))
    wrong = [place for place, sums in _cumulative(moved) if stored.pop(place, None) != sums]
    codes = dict(Account.objects.filter(book=row).values_list("pk", "code"))
    for account_id, day in sorted([*wrong, *stored]):
        yield "roll-up", {"account": codes.get(account_id, account_id & NUMBER_MASK), "on": day}


def _cumulative(moved: Mapping[int, list[tuple[str, int, int]]]) -> Iterator[tuple[tuple[int, str], tuple[int, int]]]:
    for account_id, days in moved.items():
        debit = credit = 0
        for day, more_debit, more_credit in sorted(days):
            debit, credit = debit + more_debit, credit + more_credit
            yield (account_id, day), (debit, credit)


_COMPARED: Any = f"""
SELECT 0 AS what, 0 AS account_id, '' AS day, last_posting AS debit, 0 AS credit FROM ledger_rollup WHERE book_id = %s
UNION ALL
SELECT 1, account_id, CAST("on" AS varchar(10)), debit, credit FROM ledger_daybalance
  WHERE account_id > %s AND account_id < %s
UNION ALL
SELECT 2, +account_id, CAST("on" AS varchar(10)), {_GROSS} FROM ledger_posting
  WHERE id > %s AND id <= (SELECT last_posting FROM ledger_rollup WHERE book_id = %s) AND id > %s AND id < %s
  GROUP BY +account_id, "on"
"""  # noqa: S608 - constants
