"""Whom an application names as its partner, co-producer, buyer or team: the parties that it pays or works with."""

from __future__ import annotations

from unicodedata import normalize

from allocation.applying.content import Content


def named_parties(content: Content) -> frozenset[str]:
    """The names, written as names are compared.

    A host of a planned date is not among them: dates at members' are what a fund of members is for, and a company
    could otherwise put a member out of the vote by planning a date there.
    """
    named = [
        *(partner.name for partner in content.partners),
        *(somebody.name for somebody in content.team),
        *(bought.buyer for bought in content.prepurchases),
        *(receipt.source for receipt in content.receipts if receipt.kind == "coproduction"),
    ]
    return frozenset(as_compared(name) for name in named if name.strip())


def as_compared(name: str) -> str:
    """A name as names are compared: without the differences of case, width and spaces."""
    return " ".join(normalize("NFKC", name).casefold().split())
