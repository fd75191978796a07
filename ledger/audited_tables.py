"""What stands beside the entries, checked from its rows: balances, accounts, units, periods, letterings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from ledger.balances import GROSS_SUMS
from ledger.errors import AmountInvalid
from ledger.faults import Findings
from ledger.models import NUMBER_MASK, Book, first_id
from ledger.money import Unit, unit_of
from ledger.raw_rows import UNREADABLE, Query, Row, day_of, read
from ledger.rows import fetched_among


def _bounds(book: Book) -> list[int]:
    return [first_id(book.pk), first_id(book.pk + 1)]


# Units


def check_units(_: Book, findings: Findings) -> None:
    """A unit's code says its scale and its kind: another scale would change what every amount means."""
    for code, scale, kind in read("SELECT code, scale, kind FROM ledger_unit ORDER BY id", []):
        try:
            known: Unit | None = unit_of(code)
        except (*UNREADABLE, AmountInvalid):
            known = None
        if known != Unit(code, scale, kind):
            findings.note("unit", unit=code, scale=scale, kind=kind)


# Accounts and their balances


def check_balances(book: Book, findings: Findings) -> None:
    """Compare every stored balance with the sum of its postings, every account with its code, every unit with zero."""
    sums = _sums(book)
    seals = dict(fetched_among("SELECT id, seal_id FROM ledger_entry WHERE id IN (MARKS)", [], _last_entries(sums)))
    totals: dict[str, int] = defaultdict(int)
    expected = first_id(book.pk) + 1
    for row in read(_ACCOUNTS, _bounds(book)):
        account_id, *_, unit, _, _ = row[:10]
        if account_id != expected:
            findings.note("account-gap", number=expected & NUMBER_MASK)
        expected = account_id + 1
        debit, credit, count, last_entry = sums.pop(account_id, (0, 0, 0, None))
        totals[unit] += debit - credit
        last_seal = first_id(book.pk) if last_entry is None else seals.get(last_entry)
        _check_account(book, row, (debit, credit, count, last_seal), findings)
    for account_id in sorted(sums):
        findings.note("account", account=account_id & NUMBER_MASK)
    for (account_id,) in read(_STRAY_BALANCE, _bounds(book)):
        findings.note("stored-balance", account=account_id & NUMBER_MASK)
    for unit, total in sorted(totals.items()):
        if total:
            findings.note("unit-sum", unit=unit, total=total)


_ACCOUNTS = (
    "SELECT a.id, a.book_id, a.code, a.chart, a.party, a.project, a.convention, coalesce(u.code, '?'), a.is_closed, "
    "b.account_id, b.debit, b.credit, b.count, b.last_seal, b.floor, b.ceiling FROM ledger_account a "
    "LEFT JOIN ledger_unit u ON u.id = a.unit_id LEFT JOIN ledger_balance b ON b.account_id = a.id "
    "WHERE a.id > %s AND a.id < %s ORDER BY a.id"
)
_STRAY_BALANCE = (
    "SELECT b.account_id FROM ledger_balance b LEFT JOIN ledger_account a ON a.id = b.account_id "
    "WHERE b.account_id > %s AND b.account_id < %s AND a.id IS NULL ORDER BY b.account_id LIMIT 1"
)


def _sums(book: Book) -> dict[int, tuple[int, int, int, int]]:
    """Both gross sides of each account, its postings, and the last entry among them, from the postings themselves."""
    found = read(
        f"SELECT +account_id, {GROSS_SUMS}, count(*), max(entry_id) FROM ledger_posting "  # noqa: S608 - a constant
        "WHERE id > %s AND id < %s GROUP BY +account_id",
        _bounds(book),
    )
    return {account_id: (int(debit), int(credit), count, last) for account_id, debit, credit, count, last in found}


def _last_entries(sums: dict[int, tuple[int, int, int, int]]) -> set[int]:
    return {last for _, _, _, last in sums.values()}


def _check_account(book: Book, row: Row, computed: tuple[Any, ...], findings: Findings) -> None:
    _, book_id, code, *parts, _, is_closed, balance_of, debit, credit, count, last_seal, floor, ceiling = row
    if ":".join(map(str, parts)).rstrip(":") != code or book_id != book.pk:
        findings.note("account", account=code)
    if balance_of is None or (debit, credit, count) != computed[:3]:
        findings.note("stored-balance", account=code)
        return
    if last_seal != computed[3]:
        findings.note("last-seal", account=code)
    amount = debit - credit
    if is_closed and amount:
        findings.note("account-closed", account=code, amount=amount)
    if (floor is not None and amount < floor) or (ceiling is not None and amount > ceiling):
        findings.note("limit", account=code)


# Years and periods

_YEARS = Query("SELECT id, code, [day: first], [day: last] FROM ledger_fiscalyear WHERE book_id = %s ORDER BY 3, id")
_PERIODS = Query(
    "SELECT p.fiscal_year_id, p.id, [day: p.first], [day: p.last], p.state FROM ledger_period p "
    "JOIN ledger_fiscalyear f ON f.id = p.fiscal_year_id WHERE f.book_id = %s ORDER BY p.fiscal_year_id, 3, p.id"
)
_TURNS = {
    ("open", "lock"): "locked",
    ("locked", "unlock"): "open",
    ("open", "close"): "closed",
    ("locked", "close"): "closed",
}
"""What an act makes of a period; any other act cannot happen."""


def check_periods(book: Book, findings: Findings) -> None:
    """Years do not meet, the periods of each fill it, and every period is what its log ends with."""
    periods = _PERIODS.rows([book.pk])
    of_year = {year_id: list(found) for year_id, found in groupby(periods, key=itemgetter(0))}
    ended = None
    for year_id, code, first, last in _YEARS.rows([book.pk]):
        try:
            follows = ended is None or ended < day_of(first)
            ended = day_of(last)
            end = _check_spans(code, first, of_year.get(year_id, ()), findings)
            if not follows or end != last:
                findings.note("year-span", fiscal_year=code)
        except UNREADABLE:
            findings.note("year-span", fiscal_year=code)
    acts = read(
        "SELECT l.period_id, l.act FROM ledger_periodlog l JOIN ledger_period p ON p.id = l.period_id "
        "JOIN ledger_fiscalyear f ON f.id = p.fiscal_year_id WHERE f.book_id = %s ORDER BY l.id",
        [book.pk],
    )
    log: dict[int, list[str]] = defaultdict(list)
    for period_id, act in acts:
        log[period_id].append(act)
    for _, period_id, first, _, state in periods:
        _check_turns(first, state, log[period_id], findings)


def _check_spans(year: str, first: str, periods: Sequence[Row], findings: Findings) -> str | None:
    """The last day of the last period, when each begins on the day after the one before it."""
    expected, before, last = day_of(first), first, None
    for _, _, begins, ends, _ in periods:
        if day_of(begins) > expected:
            findings.note("period-gap", fiscal_year=year, on=expected.isoformat())
        elif day_of(begins) < expected or day_of(ends) < day_of(begins):
            findings.note("period-span", first=before, next=begins)
        expected, before, last = day_of(ends) + timedelta(days=1), begins, ends
    return last


def _check_turns(first: str, state: str, acts: Sequence[str], findings: Findings) -> None:
    logged = "open"
    for act in acts:
        turned = _TURNS.get((logged, act))
        if turned is None:
            findings.note("period-log", first=first, act=act, state=logged)
            return
        logged = turned
    if logged != state:
        findings.note("period-state", first=first, state=state)


# Letterings

_LETTERINGS = Query(
    'SELECT account_id, code, id, [day: "on"], [truth: is_partial] FROM ledger_lettering '
    "WHERE account_id > %s AND account_id < %s ORDER BY account_id, code"
)
_LETTERED = (
    "SELECT l.account_id, x.lettering_id, x.posting_id, p.account_id, p.minor FROM ledger_letteredposting x "
    "LEFT JOIN ledger_lettering l ON l.id = x.lettering_id LEFT JOIN ledger_posting p ON p.id = x.posting_id "
    "WHERE x.posting_id > %s AND x.posting_id < %s ORDER BY l.account_id, x.posting_id"
)
_LOG = Query(
    'SELECT account_id, code, act, [day: "on"], [truth: is_partial], postings FROM ledger_letteringlog '
    "WHERE account_id > %s AND account_id < %s ORDER BY account_id, id"
)
Facts = tuple[Any, ...]
"""Day, whether it is partial, and postings of a lettering."""


def check_letterings(book: Book, findings: Findings) -> None:
    """What is lettered is what the log says, of one account, and sums to zero unless it is partial."""
    log, standing, lettered = (
        _by_account(rows)
        for rows in (_LOG.rows(_bounds(book)), _LETTERINGS.rows(_bounds(book)), read(_LETTERED, _bounds(book)))
    )
    codes: dict[int, str] = dict(read("SELECT id, code FROM ledger_account WHERE id > %s AND id < %s", _bounds(book)))
    for account_id in sorted({*log, *standing, *lettered} - {None}):
        account = codes.get(account_id, str(account_id & NUMBER_MASK))
        logged = _logged(account, log.get(account_id, ()), findings)
        rows = lettered.get(account_id, ())
        for code in _differing(account_id, logged, standing.get(account_id, ()), rows):
            findings.note("lettering", lettering=code)
    for row in lettered.get(None, ()):  # of a lettering that is not there
        findings.note("lettering", lettering=row[1])


def _by_account(rows: Sequence[Row]) -> dict[Any, list[Row]]:
    return {account_id: list(found) for account_id, found in groupby(rows, key=itemgetter(0))}


def _logged(account: str, log: Sequence[Row], findings: Findings) -> dict[str, Facts]:
    """What stands at the end of the log; an act is undone as it was done, and neither happens twice."""
    logged: dict[str, Facts] = {}
    for _, code, act, *facts in log:
        stands = logged.pop(code, None)
        if (act, stands) == ("done", None):
            logged[code] = tuple(facts)
        elif act != "undone" or stands != tuple(facts):
            findings.note("lettering-log", act=act, lettering=code, account=account)
    return logged


def _differing(
    account_id: int, logged: dict[str, Facts], rows: Sequence[Row], lettered: Sequence[Row]
) -> Iterator[str]:
    """The letterings that are not as logged, or do not settle their account."""
    of_lettering: dict[int, list[Row]] = defaultdict(list)
    for row in lettered:
        of_lettering[row[1]].append(row)
    for _, code, lettering_id, day, is_partial in rows:
        found = of_lettering.pop(lettering_id, [])
        numbers = " ".join(str(posting_id & NUMBER_MASK) for _, _, posting_id, _, _ in found)
        is_own = all(owner == account_id for *_, owner, _ in found)
        settles = is_partial or sum(minor or 0 for *_, minor in found) == 0
        if logged.pop(code, None) != (day, is_partial, numbers) or not is_own or not settles:
            yield code
    yield from sorted(logged)
