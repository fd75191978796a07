"""What the committee takes out of an application as it was filed: its budget, and whom it names.

Plain Python. A filed content is kept for ever and was checked when it was filed; here it is only looked into. What is
missing or of another shape counts as not there, so that an old file never stops a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from unicodedata import normalize

from allocation.budget_checks import Budget, InKindNeed, PrePurchase, Receipt
from ledger.errors import AmountInvalid
from ledger.money import Amount, Unit

_NAMING = (("partners", "name"), ("team", "name"), ("prepurchases", "buyer"))


def budget_of(content: Mapping[str, Any], unit: Unit) -> Budget:
    """The budget and the financing plan of a filed content, in minor units of the call's currency."""
    return Budget(
        charges=tuple(_minor(line, "amount", unit) or 0 for line in _lines(content, "charges")),
        receipts=tuple(
            Receipt(
                _text(line, "source"), _text(line, "kind"), _minor(line, "amount", unit) or 0, _text(line, "certainty")
            )
            for line in _lines(content, "receipts")
        ),
        prepurchases=tuple(
            PrePurchase(_text(line, "buyer"), _count(line, "performances"), _minor(line, "amount", unit) or 0)
            for line in _lines(content, "prepurchases")
        ),
        needs=tuple(
            InKindNeed(_text(line, "what"), _text(line, "quantity"), _text(line, "hours"))
            for line in _lines(content, "needs")
        ),
        minimum=_minor(content, "minimum", unit),
        asked=_minor(content, "target", unit),
    )


def named_parties(content: object) -> frozenset[str]:
    """Whom a content names as its partner, co-producer, buyer or team, written as names are compared.

    A host of a planned date is not among them: dates at members' are what a fund of members is for, and a company
    could otherwise put a member out of the vote by planning a date there.
    """
    found: set[str] = set()
    for table, column in _NAMING:
        found.update(_text(line, column) for line in _lines(content, table))
    found.update(
        _text(line, "source") for line in _lines(content, "receipts") if _text(line, "kind") == "coproduction"
    )
    return frozenset(as_compared(name) for name in found if name.strip())


def as_compared(name: str) -> str:
    """A name as names are compared: without the differences of case, width and spaces."""
    return " ".join(normalize("NFKC", name).casefold().split())


def _lines(content: object, table: str) -> Iterator[Mapping[str, Any]]:
    lines = content.get(table) if isinstance(content, Mapping) else None
    for line in lines if isinstance(lines, list | tuple) else ():
        if isinstance(line, Mapping):
            yield line


def _text(line: Mapping[str, Any], column: str) -> str:
    value = line.get(column)
    return value if isinstance(value, str) else "" if value is None or isinstance(value, bool) else str(value)


def _count(line: Mapping[str, Any], column: str) -> int:
    text = _text(line, column)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _minor(line: Mapping[str, Any], column: str, unit: Unit) -> int | None:
    """An amount: minor units as a whole number, or major units as text."""
    value = line.get(column)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str) or not value:
        return None
    try:
        return Amount.parse(value, unit).minor
    except AmountInvalid:
        return None
