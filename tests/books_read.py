"""The statements of the books asked of the worked year: their kinds, their figures, their documents and tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fund.models import Fund
from fund.statements.accounts import (
    advances,
    aged_balance,
    auxiliary_ledger,
    commitments,
    general_ledger,
    journal,
    origin_destination,
    pooled_fund,
    public_generosity,
    related_parties,
    subsidies,
)
from fund.statements.accounts.kinds import StatementKind
from fund.statements.document import Document, Language, Table, blocks_of
from tests.posted_year import asked

MODULES = (
    advances,
    aged_balance,
    auxiliary_ledger,
    commitments,
    general_ledger,
    journal,
    origin_destination,
    pooled_fund,
    public_generosity,
    related_parties,
    subsidies,
)
KINDS: dict[str, StatementKind] = {module.KIND.name: module.KIND for module in MODULES}


def figures(fund: Fund, name: str, **terms: Any) -> Any:
    """What a program is given."""
    kind = KINDS[name]
    return kind.figures(kind.read(asked(fund, **terms)))


def arranged(fund: Fund, name: str, language: Language = "fr", **terms: Any) -> Document:
    """The document of a statement."""
    kind = KINDS[name]
    return kind.arrange(kind.read(asked(fund, **terms)), language)


def euros(rows: list[dict[str, Any]], *names: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """The figures of these names by account and auxiliary, without cents that are nothing but zeros."""
    return {(row["account"], row["auxiliary"]): tuple(row[name].removesuffix(".00") for name in names) for row in rows}


def tables(document: Document) -> Iterator[Table]:
    """Every table of a document in reading order."""
    return (block for block in blocks_of(document) if isinstance(block, Table))
