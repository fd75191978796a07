"""The fund's own public tables as CSV and JSON, field for field as the dictionary says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from fund.models import Fund
from fund.queries.open_data import award_rows, call_rows, contribution_rows, payment_rows, return_rows
from fund.statements.open_data.dictionary import DICTIONARY, TABLES, Field, OpenTable, dictionary_rows
from fund.statements.open_data.writing import Cell, csv_pieces, json_pieces

Row = tuple[Cell, ...]


def _awards(fund: Fund, day: date) -> Iterator[Row]:
    for row in award_rows(fund, day):
        to = row.recipient
        yield (
            *(row.project, row.title, row.call, to.kind, to.id, to.name, to.siret, to.rna, row.awarded_on, row.awarded),
            *(row.agreement, row.signed_on, row.paid, row.to_pay, fund.currency),
        )


def _projects(fund: Fund, day: date) -> Iterator[Row]:
    for row in award_rows(fund, day):
        sums = (row.awarded, row.paid, row.returned, fund.currency)
        yield (row.project, row.title, row.premiere_on, row.played, *sums)


def _payments(fund: Fund, day: date) -> Iterator[Row]:
    for row in payment_rows(fund, day):
        yield (row.project, row.tranche, row.due_on, row.paid_on, row.amount, fund.currency)


def _returns(fund: Fund, day: date) -> Iterator[Row]:
    for row in return_rows(fund, day):
        yield (row.project, row.first, row.last, row.settled_on, row.amount, fund.currency)


def _calls(fund: Fund, day: date) -> Iterator[Row]:
    for row in call_rows(fund, day):
        said = (row.slug, row.name, row.opens, row.applications_until, row.closes, row.method)
        yield (*said, row.budget, row.decided_on, row.awards, row.awarded, row.budget.unit.code)


def _contributions(fund: Fund, day: date) -> Iterator[Row]:
    for row in contribution_rows(fund, day):
        said = (row.year, row.contributor, row.shown_as, row.contributions)
        yield (*said, row.gave.cash, row.gave.in_kind, row.gave.hours, fund.currency)


_ROWS: Final[Mapping[str, Callable[[Fund, date], Iterator[Row]]]] = {
    "awards": _awards,
    "projects": _projects,
    "payments": _payments,
    "returns": _returns,
    "calls": _calls,
    "contributions": _contributions,
}


def table_rows(table: OpenTable, fund: Fund, day: date) -> Iterator[Row]:
    """The rows of a table, cell by field."""
    return iter(dictionary_rows()) if table is DICTIONARY else _ROWS[table.name](fund, day)


def csv_of(table: OpenTable, fund: Fund, day: date, *, guarded: bool = True) -> Iterator[bytes]:
    """The table as CSV; without `guarded` text is written as it is, for machines that run no formulas."""
    header = [field.name for field in table.fields]
    rows = table_rows(table, fund, day)
    return csv_pieces(header, rows, guarded=[guarded and _is_typed(field) for field in table.fields])


def json_of(table: OpenTable, fund: Fund, day: date, licence: Mapping[str, str], last: date) -> Iterator[bytes]:
    """The table as JSON: what it is, its licence and the day of the last fact, then its rows as objects."""
    head = {
        "table": table.name,
        "about": {"fr": table.fr, "en": table.en},
        "fund": {"slug": fund.slug, "name": fund.name, "siren": fund.siren},
        "last_day": last,
        "licence": dict(licence),
    }
    names = [field.name for field in table.fields]
    rows = (dict(zip(names, row, strict=True)) for row in table_rows(table, fund, day))
    return json_pieces(head, "rows", rows)


def _is_typed(field: Field) -> bool:
    """Whether people chose what stands in the column: only figures and days are never guarded."""
    return field.type not in ("amount", "integer", "date")


def table_named(name: str) -> OpenTable | None:
    """The table of this name, the dictionary among them."""
    return next((table for table in (*TABLES, DICTIONARY) if table.name == name), None)
