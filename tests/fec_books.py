"""Books in words for the tests of the file of accounting entries, and their files."""

from __future__ import annotations

import io
from datetime import date
from fractions import Fraction
from typing import Any

from fund.accounting.carrying_over import carried
from fund.models import Fund
from fund.queries.closing import held_at
from fund.services.actors import Actor
from fund.services.exchange_rates import record_rate
from fund.services.fec import Exported, export_fec
from fund.services.founding import found_fund, open_year
from fund.statements.fec_description import description_pdf
from ledger.fec.fields import FecLine
from ledger.fec.reading import read_lines
from ledger.journal import AccountKey, Entry, Line, credit, debit
from ledger.money import EUR, Amount, Unit
from ledger.opening import declare_unit
from ledger.posting import close_period, post_many

EXPORTED = date(2027, 6, 30)
USD = Unit("USD", 2)
YEN = Unit("JPY", 0)


def export(fund: Fund, year: int = 2026, **options: Any) -> tuple[Exported, bytes]:
    out = io.BytesIO()
    done = export_fec(Actor(fund, "T. Essai (fictif)"), year, out, describe=description_pdf, today=EXPORTED, **options)
    return done, out.getvalue()


def lines_of(content: bytes) -> list[FecLine]:
    read = list(read_lines(io.BytesIO(content)))
    assert all(isinstance(each, FecLine) for each in read)
    return [each for each in read if isinstance(each, FecLine)]


def a_book(slug: str = "fonds", *, siren: str = "123456782", years: tuple[int, ...] = (2026,)) -> Fund:
    """A fund with nothing in its books but years and journals."""
    actor = found_fund(
        slug=slug, name="Fonds d’essai", legal_form="association-1901", siren=siren, currency="EUR",
        on=date(2025, 1, 1), by="T.",
    )  # fmt: skip
    for year in years:
        open_year(actor, year)
    for unit in ("USD", "JPY", "CHF"):
        declare_unit(unit)
    return actor.fund


def an_entry(reference: str, on: date, *lines: Line, **facts: Any) -> Entry:
    given = {"journal": "BQ", "kind": "test", "label": f"Écriture {reference}", "validated_on": on, **facts}
    return Entry(on=on, reference=reference, lines=lines, **given)


def moved(chart: str, other: str, minor: int, unit: Unit = EUR, *, party: str = "") -> tuple[Line, Line]:
    amount = Amount(minor, unit)
    return debit(AccountKey(chart, party, unit=unit), amount), credit(AccountKey(other, unit=unit), amount)


def a_closed_year() -> Fund:
    """2025 with a member's debt, a dollar account and a surplus, closed; 2026 begins with what it left."""
    fund = a_book(years=(2025, 2026))
    record_rate(Actor(fund, "T."), unit="USD", on=date(2025, 1, 1), rate=Fraction(9, 10), source="BCE")
    entries = [
        an_entry("euro", date(2025, 3, 1), *moved("411", "7561", 1000, party="M01")),
        an_entry("usd", date(2025, 3, 2), *moved("512", "7542", 500, USD)),
        an_entry("fee", date(2025, 4, 2), *moved("622", "512", 100, USD)),
    ]
    post_many(fund.slug, entries)
    carry_over(fund, 2025)
    return fund


def carry_over(fund: Fund, year: int) -> None:
    first = date(year + 1, 1, 1)
    both = carried(held_at(fund, date(year, 12, 31)))
    facts: dict[str, Any] = {"validated_on": date(year + 1, 6, 1)}
    post_many(
        fund.slug,
        [
            an_entry(f"closing:{year}", first, *both.empties, journal="CL", kind="carrying", **facts),
            an_entry(f"opening:{year + 1}", first, *both.opens, journal="AN", kind="opening", **facts),
        ],
    )
    for month in range(1, 13):
        close_period(fund.slug, on=date(year, month, 1), by="T.", why="test")
