"""The books checked from their rows: nothing stored is believed that can be computed again.

`find_faults` names the first bad row of each kind in a sentence. It never relies on the guards: it works,
and says so, when somebody lifted them. Entries are read in one pass (`ledger.walk`), what stands beside them by
`ledger.audited_tables`; all of it at one moment of the books, whoever writes meanwhile, and in bounded memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from ledger import guards, written_once
from ledger.audited_seals import Seals
from ledger.audited_tables import check_balances, check_letterings, check_periods, check_units
from ledger.checkpoints import Published, check_published
from ledger.entries import book_row
from ledger.errors import LedgerError
from ledger.faults import Fault, Findings
from ledger.models import NUMBER_MASK, Book, first_id
from ledger.raw_rows import UNREADABLE, Query, apart, one_moment, read
from ledger.rollups import rollup_faults
from ledger.stored_tree import tree_faults
from ledger.walk import Walked, walked

Part = Callable[[Book, Findings], None]


def find_faults(book: str, published: Sequence[Published] = ()) -> list[Fault]:
    """Recompute leaves, chain, numbering, sums, balances, periods and lettering of a book from its rows.

    Checkpoints that were `published` are compared with it too: only they show that the whole chain was made anew, or
    its end cut off. Rows that were spoilt may stop any part from reading on; that is a fault too, and the others go on.
    """
    findings = Findings()
    with one_moment():
        row = book_row(book)
        if not hasattr(row, "head"):
            return [Fault("no-head", {"book": book})]
        for difference in guards.differences(connections[DEFAULT_DB_ALIAS]):
            findings.note("guards", difference=difference)
        for name in written_once.missing():
            findings.note("guards", difference=f"{name} is missing")
        for part in _PARTS:
            _try(part, row, findings)
        _try(lambda of, into: check_published(of, published, into), row, findings, name="checkpoints")
    return list(findings.faults.values())


def _try(part: Part, book: Book, findings: Findings, *, name: str = "") -> None:
    try:
        with apart():
            part(book, findings)
    except (*UNREADABLE, LedgerError, DatabaseError) as error:
        if isinstance(error, DatabaseError) and not connections[DEFAULT_DB_ALIAS].is_usable():
            raise  # the connection is gone: that says nothing of the books
        said = (str(error).splitlines() or [type(error).__name__])[0]
        findings.note("unreadable", part=name or part.__name__.strip("_").removeprefix("check_"), error=said)


# Entries: each one read again as it was posted


class _Entries:
    """What is remembered from one entry to the next: where the next one must stand."""

    def __init__(self, book: Book, findings: Findings) -> None:
        self.findings, self.book_id = findings, book.pk
        self.place = self.posting = first_id(book.pk) + 1
        self.numbers: dict[tuple[int, int], int] = {}
        spans = _YEARS.rows([book.pk])
        self.spans = {year_id: (str(first), str(last)) for year_id, first, last in spans}
        self.names: dict[str, dict[int, str]] = {
            "journal": dict(read("SELECT id, code FROM ledger_journal", [])),
            "fiscal_year": dict(read("SELECT id, code FROM ledger_fiscalyear", [])),
        }

    def look_at(self, entry: Walked, leaf: bytes) -> None:
        """Find in one comparison that everything is as it must be, or name what is not."""
        row = entry.row
        lane = row[3:5]
        number = self.numbers.get(lane, 0) + 1
        first, last = self.spans.get(lane[1], ("~", ""))
        is_in_year = isinstance(row[6], str) and first <= row[6] <= last
        expected = (self.place, self.book_id, number, leaf, self.posting)
        if (row[0], row[1], row[5], row[19], row[20]) != expected or not is_in_year or entry[2:] != _NOTHING:
            self._name(entry, leaf, number, is_in_year=is_in_year)
        self.numbers[lane] = row[5] if type(row[5]) is int else number
        self.place = row[0] + 1
        if type(row[20]) is int and type(row[21]) is int:
            self.posting = row[20] + row[21]

    def _name(self, entry: Walked, leaf: bytes, number: int, *, is_in_year: bool) -> None:
        row, note = entry.row, self.findings.note
        reference, position = row[9], row[0] & NUMBER_MASK
        if row[0] != self.place:
            note("gap", missing=self.place & NUMBER_MASK, reference=reference, position=position)
        if entry.why:
            note("row", reference=reference, position=position, why=entry.why)
        if row[1] != self.book_id:
            note("place", reference=reference)
        if row[5] != number:
            lane = {what: names.get(key, key) for (what, names), key in zip(self.names.items(), row[3:5], strict=True)}
            note("numbering", reference=reference, number=row[5], expected=number, **lane)
        for unit, total in (entry.excess or {}).items():
            note("balance", reference=reference, total=total, unit=unit)
        if leaf != row[19]:
            note("leaf", reference=reference)
        if row[20] != self.posting:
            note("lines", reference=reference, posting=self.posting & NUMBER_MASK)
        if entry.stray is not None:
            note("posting", posting=entry.stray & NUMBER_MASK)
        if not is_in_year:
            note("period-date", reference=reference, on=row[6])


_NOTHING = (None, None, "")
_YEARS = Query("SELECT id, [day: first], [day: last] FROM ledger_fiscalyear WHERE book_id = %s")


def _check_chain(book: Book, findings: Findings) -> None:
    """Walk over every entry; each seal is closed over the leaves that were computed again."""
    entries, seals = _Entries(book, findings), Seals(book, findings)
    for entry in walked(book):
        leaf = b"" if entry.text is None else sha256(b"\0" + entry.text).digest()
        entries.look_at(entry, leaf)
        seals.take(entry.row, leaf)
    seals.finish()
    extra = read(
        "SELECT min(id) FROM ledger_posting WHERE id >= %s AND id < %s",
        [min(entries.posting, first_id(book.pk + 1)), first_id(book.pk + 1)],
    )
    if extra[0][0] is not None:
        findings.note("posting", posting=extra[0][0] & NUMBER_MASK)


# Rows that belong nowhere


def _check_rows(book: Book, findings: Findings) -> None:
    """Find what the walk over entries cannot see: rows behind the head's back, words without an erasure."""
    low, high = first_id(book.pk), first_id(book.pk + 1)
    extra = read(
        "SELECT reference FROM ledger_entry WHERE id > %s AND id < %s ORDER BY id LIMIT 1", [book.head.last_entry, high]
    )
    for (reference,) in extra:
        findings.note("unsealed", reference=reference)
    for (reference,) in read(_LOST_WORDS, [low, high]):
        findings.note("label", reference=reference)
    for reference, reverses in [*read(_INEXACT, [low, high]), *read(_AGAIN, [low, high])]:
        findings.note("reversal", reference=reference, reverses=reverses)
    for (entry_id,) in read(_ERASED_NOTHING, [low, high]):
        findings.note("label", reference=entry_id & NUMBER_MASK)


_LOST_WORDS = (
    "SELECT e.reference FROM ledger_entry e LEFT JOIN ledger_labelerasure x ON x.entry_id = e.id "
    "WHERE e.id > %s AND e.id < %s AND ((e.salt IS NULL) <> (x.entry_id IS NOT NULL) "
    "OR (e.label = '') <> (e.salt IS NULL)) ORDER BY e.id LIMIT 1"
)
_ERASED_NOTHING = (
    "SELECT x.entry_id FROM ledger_labelerasure x LEFT JOIN ledger_entry e ON e.id = x.entry_id "
    "WHERE x.entry_id > %s AND x.entry_id < %s AND e.id IS NULL ORDER BY x.entry_id LIMIT 1"
)
# `coalesce` makes a comparison with what is not there a difference, in both databases. Each posting is looked for by
# its number, none joined: with statistics from before a large import, a join may compare all rows with all.
_INEXACT = (
    "SELECT e.reference, coalesce(o.reference, '?') FROM ledger_entry e LEFT JOIN ledger_entry o "
    "ON o.id = e.reverses_id WHERE e.id > %s AND e.id < %s AND e.reverses_id IS NOT NULL "
    "AND (o.id IS NULL OR o.id >= e.id OR o.id / 1099511627776 <> e.id / 1099511627776 OR o.reverses_id IS NOT NULL "
    "OR o.postings <> e.postings OR (SELECT count(*) FROM ledger_posting x "
    "WHERE x.id >= e.first_posting AND x.id < e.first_posting + e.postings AND NOT coalesce("
    "(SELECT y.account_id = x.account_id AND y.minor = -x.minor AND y.convention = x.convention "
    "AND y.destination = x.destination AND y.public_generosity = x.public_generosity FROM ledger_posting y "
    "WHERE y.id = o.first_posting + (x.id - e.first_posting)), FALSE)) > 0) ORDER BY e.id LIMIT 1"
)
_AGAIN = (
    "SELECT e.reference, o.reference FROM (SELECT id, reverses_id FROM (SELECT id, reverses_id, "
    "lag(id) OVER (PARTITION BY reverses_id ORDER BY id) AS earlier FROM ledger_entry "
    "WHERE id > %s AND id < %s AND reverses_id IS NOT NULL) reversals WHERE earlier IS NOT NULL ORDER BY id LIMIT 1) "
    "again JOIN ledger_entry e ON e.id = again.id JOIN ledger_entry o ON o.id = again.reverses_id"
)


# What is derived


def _check_rollup(book: Book, findings: Findings) -> None:
    for kind, facts in rollup_faults(book.slug):
        findings.note(kind, **facts)


def _check_tree(book: Book, findings: Findings) -> None:
    for fault in tree_faults(book.slug):
        findings.note("tree", **fault)


_PARTS: tuple[Part, ...] = (
    _check_chain,
    _check_rows,
    check_balances,
    check_units,
    check_periods,
    check_letterings,
    _check_rollup,
    _check_tree,
)
"""What is checked, in this order; a part that cannot read its rows does not keep the others from theirs."""
