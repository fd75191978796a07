"""The statement of an account (*grand livre*): its postings by date with the balance after each, in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.accounts import account_key, matching
from ledger.entries import Mark, book_row, mark_of
from ledger.journal import AccountKey
from ledger.models import NUMBER_MASK, Account, LetteredPosting, first_id
from ledger.money import EUR, Amount, Unit
from ledger.rows import fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One posting of the statement; `running` is the balance after it, `label` empty when it was erased."""

    posting: int
    account: AccountKey
    on: date
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
    """The postings of one account (`key`), or of all that match, in one unit, by date and order of posting."""
    row = book_row(book)
    unit = key.unit if key else unit
    which = matching(chart=chart, party=party, project=project, convention=convention, unit=unit.code)
    selected = Account.objects.filter(which, book=row).select_related("unit")
    if key:
        selected = selected.filter(code=key.code)
    keys = {account.pk: account_key(account) for account in selected}
    if not keys:
        return AccountStatement(Amount(0, unit), (), None)
    start = _start(row.pk, after) or ((first, 0) if first else None)
    opening = _sum_up_to(keys, start, through=after is not None) if start else 0
    found = _rows(keys, start, last, None if limit is None else limit + 1)
    page = found if limit is None else found[:limit]
    lines = _lines(page, keys, unit, opening)
    return AccountStatement(Amount(opening, unit), lines, lines[-1].posting if len(found) > len(page) else None)


Start = tuple[date, int]


def _start(book_id: int, after: int | None) -> Start | None:
    """The date and identifier of the posting that the page follows."""
    if after is None:
        return None
    found = fetched('SELECT "on", id FROM ledger_posting WHERE id = %s', [first_id(book_id) + after])
    return (found[0][0], found[0][1]) if found else None


def _accounts(keys: dict[int, AccountKey]) -> str:
    return ", ".join(str(int(account_id)) for account_id in keys)


def _sum_up_to(keys: dict[int, AccountKey], start: Start, *, through: bool) -> int:
    """The sum of all before the first line: up to a posting and with it, or before a day."""
    found = fetched(
        f"SELECT sum(minor) FROM ledger_posting WHERE account_id IN ({_accounts(keys)}) "  # noqa: S608 - whole numbers
        f'AND ("on" < %s OR ("on" = %s AND id {"<=" if through else "<"} %s))',
        [start[0].isoformat(), start[0].isoformat(), start[1]],
    )
    return int(found[0][0] or 0)


def _rows(
    keys: dict[int, AccountKey], start: Start | None, last: date | None, limit: int | None
) -> list[tuple[Any, ...]]:
    conditions, parameters = [f"p.account_id IN ({_accounts(keys)})"], []
    if start:
        conditions.append('(p."on" > %s OR (p."on" = %s AND p.id > %s))')
        parameters += [start[0].isoformat(), start[0].isoformat(), start[1]]
    if last:
        conditions.append('p."on" <= %s')
        parameters.append(last.isoformat())
    where = " AND ".join(conditions)
    return fetched(
        'SELECT p.id, p.account_id, p."on", j.code, f.code, e.number, e.reference, e.document, e.label, p.minor, '  # noqa: S608
        "p.convention, p.destination, p.public_generosity FROM ledger_posting p "
        "JOIN ledger_entry e ON e.id = p.entry_id JOIN ledger_journal j ON j.id = e.journal_id "
        "JOIN ledger_fiscalyear f ON f.id = e.fiscal_year_id "
        f'WHERE {where} ORDER BY p."on", p.id' + (f" LIMIT {int(limit)}" if limit is not None else ""),
        parameters,
    )


def _lines(
    page: Sequence[tuple[Any, ...]], keys: dict[int, AccountKey], unit: Unit, opening: int
) -> tuple[StatementLine, ...]:
    marks = _marks(keys)
    running, lines = opening, []
    for posting_id, account_id, on, journal, year, number, reference, document, label, minor, *dimensions in page:
        running += minor
        lines.append(
            StatementLine(
                posting=posting_id & NUMBER_MASK,
                account=keys[account_id],
                on=on,
                journal=journal,
                fiscal_year=year,
                number=number,
                reference=reference,
                document=document,
                label=label or "",
                amount=Amount(minor, unit),
                running=Amount(running, unit),
                convention=dimensions[0],
                destination=dimensions[1],
                public_generosity=bool(dimensions[2]),
                mark=marks.get(posting_id),
            )
        )
    return tuple(lines)


def _marks(keys: dict[int, AccountKey]) -> dict[int, Mark]:
    found = LetteredPosting.objects.filter(lettering__account_id__in=list(keys)).select_related("lettering")
    return {row.posting_id: mark_of(row) for row in found}
