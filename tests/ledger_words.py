"""Small books for tests of the ledger, in words; and a commit written by hand in SQL, to spoil in one place."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from ledger import chain, rows
from ledger.journal import AccountKey, Entry, Line
from ledger.models import first_id
from ledger.money import EUR, HOUR, Unit
from ledger.posting import Posted, open_book, open_fiscal_year, open_journal, post

SEED = b"a seed, so that heads are the same everywhere"
BANK = AccountKey("512")
MEMBER = AccountKey("411", party="M01")
GIFTS = AccountKey("756")
WORK, HELP = AccountKey("864", unit=HOUR), AccountKey("875", unit=HOUR)


def an_open_book(slug: str = "alpha") -> str:
    """A book with the year 2026, by months, and two journals."""
    open_book(slug=slug, name=f"Fund {slug}")
    open_fiscal_year(slug, code="2026", first=date(2026, 1, 1), last=date(2026, 12, 31), chart="anc-2018-06/1")
    open_journal(slug, code="BQ", label="Bank")
    open_journal(slug, code="OD", label="Other operations")
    return slug


def an_entry(reference: str, minor: int = 10_000, **changes: Any) -> Entry:
    """Money of a member that reached the bank on 10 January, validated a month later."""
    facts: dict[str, Any] = {
        "journal": "BQ",
        "on": date(2026, 1, 10),
        "kind": "contribution-received",
        "reference": reference,
        "label": f"Contribution {reference}",
        "lines": lines(minor),
        "validated_on": date(2026, 2, 10),
    }
    return Entry(**{**facts, **changes})


def lines(minor: int, left: AccountKey = BANK, right: AccountKey = MEMBER) -> tuple[Line, ...]:
    """Debit left, credit right."""
    return (Line(left, minor), Line(right, -minor))


def posted(book: str, reference: str, minor: int = 10_000, **changes: Any) -> Posted:
    """Post such an entry with a salt that follows from its reference."""
    return post(book, an_entry(reference, minor, **changes), salt_seed=SEED)


def other_unit(scale: int = 3) -> Unit:
    """A unit of the same code that the books know with another scale."""
    return Unit(EUR.code, scale)


def run_sql(statement: str, parameters: list[Any] | None = None) -> None:
    """One statement as somebody with a shell on the database would type it."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def one(statement: str) -> Any:
    """The single value that a query answers."""
    return rows.fetched(statement, [])[0][0]


def account_id(book: str, code: str, unit: str = "EUR") -> int:
    """The row of an account."""
    return rows.accounts(rows.locked_head(book).book_id, [code])[f"{code} {unit}"].id


def commit_by_hand(book: str, *, opened: bool = True, **changes: Any) -> None:
    """Write an honest commit of one entry row by row, but for the changes: `entry__number=9`, `seal=None`.

    `second` is its second posting; `third`, when there is one, a third. With `opened=False` no commit is opened.
    """
    head = rows.locked_head(book)
    base = first_id(head.book_id)
    entry_id, posting_id, seal_id = head.last_entry + 1, head.last_posting + 1, head.last_seal + 1
    leaf = chain.leaf_hash(b"by hand")
    written: dict[str, dict[str, Any] | None] = {
        "entry": {
            "id": entry_id, "book_id": head.book_id, "seal_id": seal_id,
            "journal_id": rows.journal_ids(head.book_id)["BQ"],
            "fiscal_year_id": one("SELECT id FROM ledger_fiscalyear WHERE book_id = " + str(head.book_id)),
            "number": (entry_id - base), "on": "2026-01-10", "validated_on": "2026-01-10", "kind": "by-hand",
            "reference": "BY-HAND", "document": "", "document_on": None, "document_sha256": "", "exchange": "",
            "reverses_id": None, "first_posting": posting_id, "postings": 2, "label": "By hand", "salt": b"s" * 16,
            "leaf": leaf,
        },
        "first": _posting(posting_id, entry_id, base + 1, 500),
        "second": _posting(posting_id + 1, entry_id, base + 2, -500),
        "third": None,
        "seal": {
            "id": seal_id, "book_id": head.book_id, "first_entry": entry_id, "entries": 1,
            "first_posting": posting_id, "postings": 2, "previous": head.hash,
            "hash": chain.seal_hash(head.hash, [leaf]),
            "moment": connection.ops.adapt_datetimefield_value(timezone.now()),
        },
    }  # fmt: skip
    for path, value in changes.items():
        row, _, column = path.partition("__")
        if column:
            target = written[row]
            assert target is not None
            target[column] = value
        else:
            written[row] = value
    if opened:
        run_sql("UPDATE ledger_head SET pending_id = last_seal + 1 WHERE book_id = %s", [head.book_id])
    for table, names in (("entry", ["entry"]), ("posting", ["first", "second", "third"]), ("seal", ["seal"])):
        present = [row for name in names if (row := written[name]) is not None]
        if present:
            rows.insert(f"ledger_{table}", list(present[0]), [list(row.values()) for row in present])


def _posting(posting_id: int, entry_id: int, account: int, minor: int) -> dict[str, Any]:
    return {
        "id": posting_id, "entry_id": entry_id, "account_id": account, "on": "2026-01-10", "minor": minor,
        "convention": "", "destination": "", "public_generosity": False,
    }  # fmt: skip
