"""A fund on its way to a closing: entries of any kind, and what a year looks like on both sides of its close."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from fund.accounting.year import YearAccounts, YearKey
from fund.models import Fund
from fund.queries.accounts_year import year_accounts
from fund.queries.closing import year_named
from fund.services.actors import Actor, open_journals
from fund.services.closing import Closed, close_year, open_next_year
from fund.services.exchange_rates import record_rate
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


def expected_openings(accounts: YearAccounts, results: Mapping[Unit, int]) -> dict[YearKey, int]:
    """What the next year has to open with: the closings, and the result of each currency on 120 or 129.

    Other currencies are worth one of the fund's own for one.
    """
    found: dict[YearKey, int] = {}
    for row in accounts.rows:
        if row.key.chart[0] not in "67" and row.key.chart[:2] not in ("86", "87"):
            found[row.key] = found.get(row.key, 0) + row.closing
    for minor in results.values():
        key = YearKey("120" if minor > 0 else "129")
        found[key] = found.get(key, 0) - minor
    return {key: minor for key, minor in found.items() if minor}


def worth_one(actor: Actor, *currencies: str) -> None:
    """Each of these currencies is worth one of the fund's own, from the first day of the books on."""
    for unit in currencies:
        record_rate(actor, unit=unit, on=date(2026, 1, 1), rate=Fraction(1), source="essai")
