"""The lines of the statement by origin and destination: their names in addresses, and what each is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fund.accounting.origin_destination import (
    GIVEN_IN_KIND,
    ORIGINS,
    USED_IN_KIND,
    USES,
    Texts,
    destination_of,
    given_of,
    origin_of,
    use_of,
)
from fund.accounting.year import YearKey, summed
from fund.queries.accounts_year import year_accounts
from fund.queries.annexes import authorities_of
from fund.statements.accounts.kinds import Asked, LineRows

Parts = tuple[tuple[str, str, str], ...]
"""The beginning of the codes of a part, its words in French and in English."""

_ORIGIN_PARTS: Parts = (
    ("1", "1 - Produits liés à la générosité du public", "1 - Income linked to the public’s generosity"),
    ("2", "2 - Produits non liés à la générosité du public", "2 - Income not linked to it"),
)
_USE_PARTS: Parts = (
    ("1", "1 - Missions sociales", "1 - The fund’s missions"),
    ("2", "2 - Frais de recherche de fonds", "2 - Costs of fundraising"),
)
TABLES: Final[Mapping[str, tuple[Mapping[str, Texts], Parts]]] = {
    "income": (ORIGINS, _ORIGIN_PARTS),
    "expenses": (USES, _USE_PARTS),
    "given": (GIVEN_IN_KIND, ()),
    "used": (USED_IN_KIND, ()),
}
"""By the beginning of the names of lines in addresses: the lines of a table, and what they are parts of."""


def address_of(which: str, code: str) -> str:
    """The name of a line in addresses: `income-1-2a`."""
    return f"{which}-{code.replace('.', '-')}"


def line_rows(asked: Asked, code: str) -> LineRows | None:
    """What a line of either part is made of: the accounts of its rubric, till the day."""
    which = code.partition("-")[0]
    if which not in TABLES:
        return None
    texts, parts = TABLES[which]
    chosen = {each: texts[each] for each in texts if address_of(which, each) == code}
    for start, fr, en in parts:
        if code == f"{which}-{start}":
            chosen = {each: {"fr": fr, "en": en} for each in texts if each.startswith(f"{start}.")}
    if not chosen:
        return None
    accounts = year_accounts(asked.fund, asked.year, asked.as_of)
    authorities = set(authorities_of(asked.fund))
    rubric = {
        "income": origin_of,
        "expenses": use_of,
        "given": lambda row: given_of(row, authorities),
        "used": destination_of,
    }[which]
    prefix, sign = {"income": ("7", -1), "expenses": ("6", 1), "given": ("87", -1), "used": ("86", 1)}[which]
    rows = summed(
        (row for row in accounts.of(prefix) if rubric(row) in chosen),
        lambda key: YearKey(key.chart, party=key.auxiliary),
    )
    title = next(iter(chosen.values()))
    return LineRows(title["fr"], title["en"], sign * sum(row.movement for row in rows), rows, is_movement=True)


def marked_rows(asked: Asked, code: str) -> LineRows | None:
    """The same of the lines that carry the mark of the public's generosity: `uses-2-1`, `resources-1-2a`."""
    which = code.partition("-")[0]
    texts, rubric, prefix, sign = {
        "uses": (USES, use_of, "6", 1),
        "resources": (ORIGINS, origin_of, "7", -1),
    }.get(which, ({}, origin_of, "7", -1))
    named = next((each for each in texts if address_of(which, each) == code), None)
    if named is None:
        return None
    accounts = year_accounts(asked.fund, asked.year, asked.as_of)
    rows = summed(
        (row for row in accounts.of(prefix) if row.key.public_generosity and rubric(row) == named),
        lambda key: YearKey(key.chart, party=key.auxiliary),
    )
    title = texts[named]
    return LineRows(title["fr"], title["en"], sign * sum(row.movement for row in rows), rows, is_movement=True)
