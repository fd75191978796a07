"""The books before and around the entries: books, years, journals, periods, and the limits of accounts.

Opening twice with the same contents changes nothing; with other contents it is refused.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from ledger import chain, guards, rows
from ledger.commits import in_one_commit
from ledger.errors import (
    AccountNotEmpty,
    AccountUnknown,
    AmountInvalid,
    BookConflict,
    LimitsInvalid,
    PeriodClosed,
    PeriodUnknown,
    SpanInvalid,
)
from ledger.journal import AccountKey
from ledger.ladder import check_account, check_code, check_date, check_text
from ledger.models import first_id
from ledger.money import EUR, EUR_INKIND, HOUR, MINOR_LIMIT, NOTORIETY, Amount, unit_of

_HOUSE_UNITS = (EUR, EUR_INKIND, HOUR, NOTORIETY)
_LONGEST_YEAR = timedelta(days=731)


def open_book(*, slug: str, name: str, functional_unit: str = "EUR") -> None:
    """Open the books of a fund, with their own numbering and chain."""
    check_code("The book", slug)
    check_text("The name of the book", name)
    functional = unit_of(functional_unit)
    if functional.kind != "money":
        raise AmountInvalid(text=functional_unit, why="a book is kept in a currency")

    def act() -> None:
        guards.require()
        for unit in (*_HOUSE_UNITS, functional):
            declare_unit(unit.code)
        unit_id = rows.unit_rows()[functional.code][0]
        found = rows.fetched("SELECT name, functional_unit_id FROM ledger_book WHERE slug = %s", [slug])
        if found:
            _refuse_differences("The book", slug, name=(found[0][0], name), functional_unit=(found[0][1], unit_id))
            return
        rows.insert("ledger_book", ("slug", "name", "functional_unit_id"), [[slug, name, unit_id]])
        book_id = rows.fetched("SELECT id FROM ledger_book WHERE slug = %s", [slug])[0][0]
        base = first_id(book_id)
        columns = ("book_id", "last_seal", "last_entry", "last_posting", "hash")
        rows.insert("ledger_head", columns, [[book_id, base, base, base, chain.genesis(slug, functional.code)]])

    in_one_commit(act)


def declare_unit(code: str) -> None:
    """Make a unit known to the books: one of the house's, or an ISO currency before its first entry."""
    unit = unit_of(code)

    def act() -> None:
        if unit.code not in rows.unit_rows():
            rows.insert("ledger_unit", ("code", "scale", "kind"), [[unit.code, unit.scale, unit.kind]])

    in_one_commit(act)


def open_fiscal_year(book: str, *, code: str, first: date, last: date, chart: str) -> None:
    """Open a fiscal year (*exercice*) with the version of its chart, and a period for each of its months."""
    check_code("The fiscal year", code, limit=20)
    check_code("The version of the chart", chart)
    check_date("The first day", first)
    check_date("The last day", last)

    def act() -> None:
        guards.require()
        book_id = rows.locked_head(book).book_id
        found = rows.fetched(
            "SELECT first, last, chart FROM ledger_fiscalyear WHERE book_id = %s AND code = %s", [book_id, code]
        )
        if found:
            known = found[0]
            _refuse_differences(
                "The fiscal year", code, first=(known[0], first), last=(known[1], last), chart=(known[2], chart)
            )
            return
        _check_span(book_id, code, first, last)
        columns = ("book_id", "code", "first", "last", "chart")
        rows.insert("ledger_fiscalyear", columns, [[book_id, code, first.isoformat(), last.isoformat(), chart]])
        year_id = rows.fetched("SELECT id FROM ledger_fiscalyear WHERE book_id = %s AND code = %s", [book_id, code])[0][
            0
        ]
        months = ([year_id, start.isoformat(), end.isoformat(), "open"] for start, end in months_of(first, last))
        rows.insert("ledger_period", ("fiscal_year_id", "first", "last", "state"), months)

    in_one_commit(act)


def months_of(first: date, last: date) -> list[tuple[date, date]]:
    """The calendar months of a span, the outer ones cut where the span begins and ends.

    >>> months_of(date(2026, 1, 15), date(2026, 2, 28))
    [(datetime.date(2026, 1, 15), datetime.date(2026, 1, 31)), (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))]
    """
    months = []
    start = first
    while start <= last:
        next_month = date(start.year + start.month // 12, start.month % 12 + 1, 1)
        months.append((start, min(next_month - timedelta(days=1), last)))
        start = next_month
    return months


def _check_span(book_id: int, code: str, first: date, last: date) -> None:
    span = {"fiscal_year": code, "first": first.isoformat(), "last": last.isoformat()}
    if first > last:
        raise SpanInvalid(**span, why="it ends before it begins")
    if last - first > _LONGEST_YEAR or last.year > 9998:
        raise SpanInvalid(**span, why="it is longer than two years")
    met = rows.fetched(
        "SELECT code FROM ledger_fiscalyear WHERE book_id = %s AND first <= %s AND last >= %s",
        [book_id, last.isoformat(), first.isoformat()],
    )
    if met:
        raise SpanInvalid(**span, why=f"it overlaps the fiscal year {met[0][0]}")


def open_journal(book: str, *, code: str, label: str) -> None:
    """Open a journal of the book."""
    check_code("The journal", code, limit=20)
    check_text("The label of the journal", label)

    def act() -> None:
        guards.require()
        book_id = rows.locked_head(book).book_id
        found = rows.fetched("SELECT label FROM ledger_journal WHERE book_id = %s AND code = %s", [book_id, code])
        if found:
            _refuse_differences("The journal", code, label=(found[0][0], label))
            return
        rows.insert("ledger_journal", ("book_id", "code", "label"), [[book_id, code, label]])

    in_one_commit(act)


def _refuse_differences(what: str, name: str, /, **known_and_asked: tuple[object, object]) -> None:
    differing = [field for field, (known, asked) in known_and_asked.items() if known != asked]
    if differing:
        raise BookConflict(what=what, name=name, differing=", ".join(differing))


def lock_period(book: str, *, on: date, by: str, why: str) -> None:
    """Lock the period that holds this day: no entry is dated in it until it is unlocked."""
    _turn_period(book, on=on, to="locked", act_name="lock", by=by, why=why)


def unlock_period(book: str, *, on: date, by: str, why: str) -> None:
    """Open a locked period again; a closed one stays closed."""
    _turn_period(book, on=on, to="open", act_name="unlock", by=by, why=why)


def close_period(book: str, *, on: date, by: str, why: str) -> None:
    """Close the period that holds this day for ever."""
    _turn_period(book, on=on, to="closed", act_name="close", by=by, why=why)


def _turn_period(book: str, *, on: date, to: str, act_name: str, by: str, why: str) -> None:
    check_date("The day", on)
    check_text("The name of who decides", by)
    check_text("The reason", why, limit=500)

    def act() -> None:
        guards.require()
        book_id = rows.locked_head(book).book_id
        found = rows.fetched(
            "SELECT p.id, p.state, p.first, p.last FROM ledger_period p JOIN ledger_fiscalyear f "
            "ON f.id = p.fiscal_year_id WHERE f.book_id = %s AND p.first <= %s AND p.last >= %s",
            [book_id, on.isoformat(), on.isoformat()],
        )
        if not found:
            raise PeriodUnknown(book=book, on=on.isoformat())
        period_id, state, first, last = found[0]
        if state == to:
            return
        if state == "closed":
            raise PeriodClosed(first=first.isoformat(), last=last.isoformat(), reference=act_name)
        moment = connection.ops.adapt_datetimefield_value(timezone.now())
        columns = ("period_id", "act", "by", "why", "moment")
        rows.insert("ledger_periodlog", columns, [[period_id, act_name, by, why, moment]])
        rows.changed("UPDATE ledger_period SET state = %s WHERE id = %s", [to, period_id])

    in_one_commit(act)


def close_account(book: str, key: AccountKey) -> None:
    """Close an account that is at zero: it takes no more postings. Closing it twice changes nothing."""

    def act() -> None:
        account = _known_account(book, key)
        if account.is_closed:
            return
        if account.debit != account.credit:
            balance = str(Amount(account.debit - account.credit, key.unit))
            raise AccountNotEmpty(account=key.code, balance=balance)
        rows.changed("UPDATE ledger_account SET is_closed = %s WHERE id = %s", [True, account.id])

    in_one_commit(act)


def set_limits(book: str, key: AccountKey, *, floor: Amount | None = None, ceiling: Amount | None = None) -> None:
    """Set how low and how high the balance of an account may go (debit positive); None takes a limit away."""
    bounds = [None if limit is None else Amount(0, key.unit)._with(limit) for limit in (floor, ceiling)]

    def act() -> None:
        account = _known_account(book, key)
        balance = account.debit - account.credit
        low, high = bounds
        out = any(bound is not None and abs(bound) >= MINOR_LIMIT for bound in bounds)
        if out or (low is not None and balance < low) or (high is not None and balance > high):
            shown = str(Amount(balance, key.unit))
            raise LimitsInvalid(account=key.code, floor=floor, ceiling=ceiling, balance=shown)
        rows.changed(
            "UPDATE ledger_balance SET floor = %s, ceiling = %s WHERE account_id = %s", [low, high, account.id]
        )

    in_one_commit(act)


def _known_account(book: str, key: AccountKey) -> rows.AccountRow:
    """The account under the lock of its book's head."""
    check_account(key)
    guards.require()
    book_id = rows.locked_head(book).book_id
    account = rows.accounts(book_id, [key.code]).get(key.leaf)
    if account is None:
        raise AccountUnknown(book=book, account=key.code, unit=key.unit.code)
    return account
