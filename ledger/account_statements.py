"""The statement of an account (*grand livre*): its postings by date with the balance after each, in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Min

from ledger.accounts import matching, matching_keys
from ledger.entries import Mark, book_row, mark_of
from ledger.journal import AccountKey
from ledger.models import NUMBER_MASK, Book, FiscalYear, LetteredPosting, first_id
from ledger.money import EUR, Amount, Unit
from ledger.questions import PageUnknown, check_days, lines_of_page
from ledger.readings import AFTER_MARK, after_mark, by_day
from ledger.rows import fetched, fetched_among


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One posting of the statement; `running` is the balance after it, `label` empty when it was erased."""

    posting: int
    account: AccountKey
    on: date
    validated_on: date
    journal: str
    fiscal_year: str
    number: int
    reference: str
    document: str
    label: str
    amount: Amount
    running: Amount
    convention: str
    destination: str
    public_generosity: bool
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class AccountStatement:
    """A page of the statement: what stood before its first line, its lines, and where the next page starts.

    `next_after` is None on the last page; else pass it as `after` to read on.
    """

    opening: Amount
    lines: tuple[StatementLine, ...]
    next_after: int | None

    @property
    def closing(self) -> Amount:
        return self.lines[-1].running if self.lines else self.opening


def account_statement(
    book: str,
    *,
    key: AccountKey | None = None,
    chart: str | None = None,
    party: str | None = None,
    project: str | None = None,
    convention: str | None = None,
    unit: Unit = EUR,
    first: date | None = None,
    last: date | None = None,
    after: int | None = None,
    limit: int | None = None,
) -> AccountStatement:
    """The postings of one account (`key`), or of all that match, in one unit, by date and order of posting.

    Every page costs the same, wherever it stands: what its first day holds, the tail of the roll-up, and its lines.
    `after` is the number of a posting of the book, usually `next_after`. The page follows its day and place, also
    when it is on another account, and then `first` says nothing. A `limit` beyond all lines means all. Raises
    `PageUnknown` for a posting that the book does not have, `PageLimitInvalid` for a limit below one, `DateInvalid`
    and `DaysReversed` for days.
    """
    check_days(first=first, last=last)
    limit = lines_of_page(limit)
    row = book_row(book)
    place = _place(row, after) if after is not None else (first, 0) if first else None
    unit = key.unit if key else unit
    which = matching(row, key=key, chart=chart, party=party, project=project, convention=convention, unit=unit.code)
    keys = matching_keys(which)
    if not keys:
        return AccountStatement(Amount(0, unit), (), None)
    if limit is not None and len(keys) > 1:
        last = _last_day_of_page(row, keys, place, last, limit + 1)
    opening, found = _opening_and_rows(row, keys, place, last, None if limit is None else limit + 1)
    page = found if limit is None else found[:limit]
    lines = _lines(page, keys, unit, opening)
    return AccountStatement(Amount(opening, unit), lines, lines[-1].posting if len(found) > len(page) else None)


Place = tuple[date, int]
"""The day and identifier that a page begins after; identifier 0 is before all postings of the day."""

Row = tuple[Any, ...]
"""A posting of the page: identifier, account, day, minor amount."""


def _place(book: Book, after: object) -> Place:
    """Where a posting of the book stands."""
    is_number = isinstance(after, int) and not isinstance(after, bool) and 0 < after <= NUMBER_MASK
    found = (
        fetched('SELECT "on", id FROM ledger_posting WHERE id = %s', [first_id(book.pk) + after])  # type: ignore[operator]
        if is_number
        else []
    )
    if not found:
        raise PageUnknown(book=book.slug, after=str(after)[:40])
    return found[0][0], found[0][1]


def _among(keys: dict[int, AccountKey]) -> str:
    return "account_id IN (" + ", ".join(str(int(account_id)) for account_id in keys) + ")"


def _after(place: Place | None, last: date | None) -> tuple[str, list[Any]]:
    """The condition on the day and identifier of postings between a place and a day, in the order of the index."""
    conditions, parameters = [], []
    if place:
        day = place[0].isoformat()
        conditions.append('"on" >= %s AND ("on" > %s OR id > %s)')
        parameters += [day, day, place[1]]
    if last:
        conditions.append('"on" <= %s')
        parameters.append(last.isoformat())
    return "".join(f" AND {condition}" for condition in conditions), parameters


def _opening_and_rows(
    book: Book, keys: dict[int, AccountKey], place: Place | None, last: date | None, limit: int | None
) -> tuple[int, list[Row]]:
    """What stood before the first line, and the lines, in one statement: both are of one state of the books.

    The opening is that of the roll-up on the days before, with its tail, and what its own day holds up to the place.
    """
    among, (between, bounds) = _among(keys), _after(place, last)
    page = f'SELECT id, account_id, "on", minor FROM ledger_posting WHERE {among}{between}'  # noqa: S608
    if limit is not None:
        page += f' ORDER BY "on", id LIMIT {int(limit)}'
    parts, parameters = [f"SELECT * FROM ({page}) page"], list(bounds)  # noqa: S608
    if place:
        day = place[0].isoformat()
        parts += [
            f"SELECT 0, a.id, NULL, {by_day('x.debit - x.credit', '<')} FROM ledger_account a "  # noqa: S608
            f"WHERE a.{among.replace('account_id', 'id')}",
            f'SELECT 0, +account_id, NULL, sum(minor) FROM ledger_posting WHERE {AFTER_MARK} AND "on" < %s '  # noqa: S608
            f"AND +{among} GROUP BY +account_id",
            "SELECT 0, account_id, NULL, sum(minor) FROM ledger_posting "  # noqa: S608
            f'WHERE {among} AND "on" = %s AND id <= %s GROUP BY account_id',
        ]
        parameters += [day, *after_mark(book), day, day, place[1]]
    found = fetched(" UNION ALL ".join(parts), parameters)
    opening = sum(int(row[3]) for row in found if row[0] == 0)
    return opening, sorted((row for row in found if row[0]), key=lambda row: (str(row[2]), row[0]))


def _last_day_of_page(
    book: Book, keys: dict[int, AccountKey], place: Place | None, last: date | None, lines: int
) -> date | None:
    """A day by which these accounts have so many lines after the place, or the last day there is.

    Accounts are each in the order of days, but not together: so a span of days that holds the page is looked for,
    twice as long each time, instead of sorting all that follows.
    """
    years = FiscalYear.objects.filter(book=book).aggregate(first=Min("first"), last=Max("last"))
    if years["first"] is None:
        return last
    start = place[0] if place else years["first"]
    end = min(years["last"], last) if last else years["last"]
    span = 1
    while start.toordinal() + span <= end.toordinal():
        until = date.fromordinal(start.toordinal() + span - 1)
        between, bounds = _after(place, until)
        some = f"SELECT 1 FROM ledger_posting WHERE {_among(keys)}{between} LIMIT {int(lines)}"  # noqa: S608
        if fetched(f"SELECT count(*) FROM ({some}) lines", bounds)[0][0] == lines:  # noqa: S608
            return until
        span *= 2
    return last


def _day(value: date | str) -> date:
    """A day that SQLite computed comes back as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def _details(posting_ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """What the entry says around each posting, and the posting's own dimensions; none of it ever changes."""
    found = fetched_among(
        "SELECT p.id, j.code, f.code, e.number, e.reference, e.document, e.label, p.convention, p.destination, "
        "p.public_generosity, e.validated_on FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id "
        "JOIN ledger_journal j ON j.id = e.journal_id JOIN ledger_fiscalyear f ON f.id = e.fiscal_year_id "
        "WHERE p.id IN (MARKS)",
        [],
        posting_ids,
    )
    return {row[0]: row[1:] for row in found}


def _marks(posting_ids: Sequence[int]) -> dict[int, Mark]:
    parts = (posting_ids[start : start + 10_000] for start in range(0, len(posting_ids), 10_000))
    found = (
        row for part in parts for row in LetteredPosting.objects.filter(posting_id__in=part).select_related("lettering")
    )
    return {row.posting_id: mark_of(row) for row in found}


def _lines(page: Sequence[Row], keys: dict[int, AccountKey], unit: Unit, opening: int) -> tuple[StatementLine, ...]:
    posting_ids = [row[0] for row in page]
    details, marks = _details(posting_ids), _marks(posting_ids)
    running, lines = opening, []
    for posting_id, account_id, on, minor in page:
        journal, year, number, reference, document, label, *dimensions, validated_on = details[posting_id]
        running += int(minor)
        lines.append(
            StatementLine(
                posting=posting_id & NUMBER_MASK,
                account=keys[account_id],
                on=_day(on),
                validated_on=_day(validated_on),
                journal=journal,
                fiscal_year=year,
                number=number,
                reference=reference,
                document=document,
                label=label or "",
                amount=Amount(int(minor), unit),
                running=Amount(running, unit),
                convention=dimensions[0],
                destination=dimensions[1],
                public_generosity=bool(dimensions[2]),
                mark=marks.get(posting_id),
            )
        )
    return tuple(lines)
