"""A fund on its way to a closing: entries of any kind, and what a year looks like on both sides of its close."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fund.accounting.year import YearAccounts, YearKey
from fund.models import Fund
from fund.queries.accounts_year import year_accounts
from fund.queries.closing import year_named
from fund.services.actors import Actor, open_journals
from fund.services.closing import Closed, close_year, open_next_year
from ledger.journal import AccountKey, Entry, Exchange, Line
from ledger.money import EUR, Unit
from ledger.posting import Posted, post

MARCH = date(2027, 3, 31)
"""When the year 2026 is closed."""

Row = tuple[str, int] | tuple[str, int, str]
"""An account, cents (debit positive), and the party where there is one."""


def posted(
    actor: Actor,
    on: date,
    *rows: Row,
    reference: str,
    journal: str = "OD",
    unit: Unit = EUR,
    lines: Iterable[Line] = (),
    exchange: Exchange | None = None,
    kind: str = "test",
    validated_on: date | None = None,
) -> Posted:
    """An entry in a journal, with the rows in one unit and any other lines."""
    open_journals(actor.fund.slug, [journal])
    made = tuple(Line(AccountKey(row[0], row[2] if len(row) > 2 else "", unit=unit), row[1]) for row in rows)
    return post(
        actor.fund.slug,
        Entry(
            journal=journal,
            on=on,
            kind=kind,
            reference=reference,
            label=f"Écriture {reference}",
            lines=(*made, *lines),
            exchange=exchange,
            validated_on=validated_on,
        ),
    )


def accounts_of(fund: Fund, code: str) -> YearAccounts:
    """The accounts of a whole fiscal year."""
    year = year_named(fund, code)
    assert year is not None
    return year_accounts(fund, year)


def closed(actor: Actor, code: str = "2026", *, on: date = MARCH) -> Closed:
    """The year closed for good, the next one opened before it where it is not."""
    if year_named(actor.fund, str(int(code) + 1)) is None:
        open_next_year(actor, str(int(code) + 1), on=on, why="l’exercice suivant commence")
    return close_year(actor, code, on=on, why="arrêté des comptes")


def openings(accounts: YearAccounts) -> dict[tuple[str, str], int]:
    """What a year opened with, by account and auxiliary; zeros are left out."""
    return {(row.key.chart, row.key.auxiliary): row.opening for row in accounts.by_auxiliary() if row.opening}


def expected_openings(accounts: YearAccounts) -> dict[YearKey, int]:
    """What the next year has to open with: the closings, with income and expenses folded into 120 or 129."""
    found: dict[YearKey, int] = {}
    result = 0
    for row in accounts.rows:
        if row.key.chart[0] in "67":
            result += row.closing
        elif row.key.chart[:2] not in ("86", "87"):
            found[row.key] = found.get(row.key, 0) + row.closing
    if result:
        key = YearKey("129" if result > 0 else "120")
        found[key] = found.get(key, 0) + result
    return {key: minor for key, minor in found.items() if minor}
