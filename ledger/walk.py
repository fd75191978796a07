"""The books read in their order: each entry's row, its lines, and the text that its leaf must be the hash of.

`verify` reads millions of rows, so nothing is built here but that text: rows come a chunk at a time in one pass over
entries and one over postings, and what a line says of its account is looked up, not read again. The text is that of
`chain.canonical_text`, byte for byte; a property test holds the two together.

No row is believed: a value that is not what its column holds leaves the entry without a text, and the reason with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from typing import Any, NamedTuple

from ledger.chain import VERSION
from ledger.models import Book, first_id
from ledger.raw_rows import UNREADABLE, Query, Row, day_of, read

CHUNK = 2_000
"""Entries that are read at once."""

LONGEST = 1_000_000
"""Lines of one entry that are read at most: a spoilt count must not fill the memory."""

Lines = Sequence[Row]
"""Rows of postings: identifier, entry, account, day, minor, convention, destination, public generosity."""


class Walked(NamedTuple):
    """An entry whose rows were read.

    `text` is None when they cannot be read, and `why` says what is wrong. `excess` holds the units that do not sum to
    zero. `stray` is the first line in the entry's range that is missing, or names another entry or day.
    """

    row: Row
    text: bytes | None
    excess: dict[str, int] | None = None
    stray: int | None = None
    why: str = ""


@dataclass(slots=True)
class Codes:
    """What entries name by identifiers of this book; nothing of another book is there."""

    journals: dict[int, str]
    years: dict[int, str]
    accounts: dict[int, tuple[str, str]]
    days: Mapping[Any, str]


class _Days(dict[Any, str]):
    """The days met so far: each is looked at once, and must be one."""

    def __missing__(self, written: Any) -> str:
        day_of(written)
        self[written] = written
        return str(written)


def codes_of(book: Book) -> Codes:
    """The codes of journals and years, and of each account with its unit as a line of the text begins."""
    accounts = read(
        "SELECT a.id, a.chart, a.party, a.project, a.convention, u.code FROM ledger_account a "
        "JOIN ledger_unit u ON u.id = a.unit_id WHERE a.id > %s AND a.id < %s",
        [first_id(book.pk), first_id(book.pk + 1)],
    )
    return Codes(
        journals=dict(read("SELECT id, code FROM ledger_journal WHERE book_id = %s", [book.pk])),
        years=dict(read("SELECT id, code FROM ledger_fiscalyear WHERE book_id = %s", [book.pk])),
        days=_Days(),
        accounts={
            account_id: (f"{f'{chart}:{party}:{project}:{convention}'.rstrip(':')} {unit} ", unit)
            for account_id, chart, party, project, convention, unit in accounts
        },
    )


def walked(book: Book) -> Iterator[Walked]:
    """Every entry of the book in its order, with its text."""
    codes = codes_of(book)
    sums: dict[str, int] = dict.fromkeys((unit for _, unit in codes.accounts.values()), 0)
    opening = f"{VERSION}\nbook {book.slug}\nreference "
    for row, lines in _rows_with_lines(book):
        try:
            said, stray = _lines_said(row, lines, codes, sums)
            text = _text(opening, row, said, len(lines), codes)
        except UNREADABLE as error:
            sums = dict.fromkeys(sums, 0)
            yield Walked(row, None, stray=_first_missing(row, lines), why=_reason(error))
            continue
        if any(sums.values()):
            yield Walked(row, text, {unit: total for unit, total in sums.items() if total}, stray)
            sums = dict.fromkeys(sums, 0)
        else:
            yield Walked(row, text, None, stray)


def _first_missing(row: Row, lines: Lines) -> int | None:
    first, count = row[-2:]
    if type(first) is not int or type(count) is not int:
        return None
    present = {line[0] for line in lines}
    return next((number for number in range(first, first + min(count, len(lines) + 1)) if number not in present), None)


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"{error} is not of this book"
    return str(error)


def _lines_said(row: Row, lines: Lines, codes: Codes, sums: dict[str, int]) -> tuple[str, int | None]:
    """The lines of the text, and the first line that bears another entry's mark or day; adds them up in `sums`."""
    entry_id, on, accounts, said, stray = row[0], row[6], codes.accounts, "", None
    for posting_id, owner, account_id, day, minor, convention, destination, is_generous in lines:
        account, unit = accounts[account_id]
        sums[unit] += minor
        if convention == "" and destination == "" and is_generous == 0:
            said += f"{account}{minor}\n"
        else:
            said += f"{account}{minor}{_dimensions(convention, destination, is_generous)}\n"
        if (owner != entry_id or day != on) and stray is None:
            stray = posting_id
    return said, stray


def _dimensions(convention: str, destination: str, is_generous: int) -> str:
    if convention is None or destination is None or is_generous not in (0, 1):
        raise ValueError("a dimension of a line is missing")
    said = f" convention={convention}" if convention else ""
    if destination:
        said += f" destination={destination}"
    return f"{said} public-generosity" if is_generous else said


def _text(opening: str, row: Row, said: str, count: int, codes: Codes) -> bytes:
    (
        _, _, _, journal_id, year_id, number, on, validated_on, kind, reference, document, document_on, sha,
        exchange, reverses_id, reverses, label, salt, erased, _, _, postings,
    ) = row  # fmt: skip
    days = codes.days
    digest = sha256(salt + label.encode()).hexdigest() if salt is not None else (erased or b"").hex()
    facts, extra = "", 9 + count
    if document != "" or document_on is not None or sha != "" or exchange != "" or reverses_id is not None:
        facts, more = _rare_facts(document, document_on, sha, exchange, reverses_id, reverses, days)
        extra += more
    text = (
        f"{opening}{reference}\njournal {codes.journals[journal_id]}\nnumber {codes.years[year_id]} {number}\n"
        f"on {days[on]}\nvalidated {days[validated_on]}\nkind {kind}\n{facts}label {digest}\n{said}"
    )
    if text.count("\n") != extra or "\r" in text:
        raise ValueError("a word holds a line break")
    if count != postings:
        raise ValueError(f"{count} of its {postings} lines are there")
    return text.encode()


def _rare_facts(
    document: str,
    document_on: str | None,
    sha: str,
    exchange: str,
    reverses_id: int | None,
    reverses: str,
    days: Mapping[Any, str],
) -> tuple[str, int]:
    """The lines of the text that most entries do not have, and how many they are."""
    facts = []
    if document:
        facts.append(f"document {document}\n")
    if document_on is not None:
        facts.append(f"document-on {days[document_on]}\n")
    if sha:
        facts.append(f"document-sha256 {sha}\n")
    if exchange:
        facts.append(f"exchange {exchange}\n")
    if reverses_id is not None:
        facts.append(f"reverses {reverses}\n")
    if None in (document, sha, exchange):
        raise ValueError("a word is missing")
    return "".join(facts), len(facts)


# Rows


def _rows_with_lines(book: Book) -> Iterator[tuple[Row, Lines]]:
    """The rows of entries in their order, each with the postings of the range that it names."""
    after, high = first_id(book.pk), first_id(book.pk + 1)
    while rows := _ENTRIES.rows([after, high, CHUNK]):
        after = rows[-1][0]
        lines = _lines_side_by_side(rows)
        if lines is None:
            for row in rows:
                yield row, _lines_of(row)
            continue
        place = 0
        for row in rows:
            end = place + row[-1]
            yield row, lines[place:end]
            place = end


def _lines_side_by_side(rows: Sequence[Row]) -> list[Row] | None:
    """The postings of all these entries when their ranges follow each other and nothing is missing, else None."""
    counts, first = [row[-1] for row in rows], rows[0][-2]
    if not all(type(count) is int and 0 < count <= LONGEST for count in counts) or type(first) is not int:
        return None
    starts = list(accumulate(counts, initial=first))
    end = starts.pop()
    if starts != [row[-2] for row in rows] or end - first > LONGEST:
        return None
    lines = _POSTINGS.rows([first, end, LONGEST])
    is_whole = len(lines) == end - first and (lines[0][0], lines[-1][0]) == (first, end - 1)
    return lines if is_whole else None


def _lines_of(row: Row) -> Lines:
    first, count = row[-2:]
    if type(first) is not int or type(count) is not int or not 0 <= first < 2**63 - LONGEST:
        return ()
    return _POSTINGS.rows([first, first + min(max(count, 0), LONGEST), LONGEST])


_ENTRIES = Query(
    'SELECT e.id, e.book_id, e.seal_id, e.journal_id, e.fiscal_year_id, e.number, [day: e."on"], '
    "[day: e.validated_on], e.kind, e.reference, e.document, [day: e.document_on], e.document_sha256, e.exchange, "
    "e.reverses_id, CASE WHEN e.reverses_id IS NOT NULL THEN "
    "(SELECT o.reference FROM ledger_entry o WHERE o.id = e.reverses_id) END, e.label, e.salt, "
    "CASE WHEN e.salt IS NULL THEN (SELECT x.label_hash FROM ledger_labelerasure x WHERE x.entry_id = e.id) END, "
    "e.leaf, e.first_posting, e.postings "
    "FROM ledger_entry e WHERE e.id > %s AND e.id < %s ORDER BY e.id LIMIT %s"
)
_POSTINGS = Query(
    'SELECT id, entry_id, account_id, [day: "on"], minor, convention, destination, [truth: public_generosity] '
    "FROM ledger_posting WHERE id >= %s AND id < %s ORDER BY id LIMIT %s"
)
