"""What members would have paid under a draft: the part of the draft's call that each paid of the real call.

A member that paid 60 % of what it was called for pays 60 % of what the draft calls. One that was called for nothing
pays the draft's call whole. Where the draft calls nobody, or lacks a figure, payments stay as they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from fund.charter.contributions import called, payment_for
from fund.charter.facts import MemberFacts
from fund.charter.faults import FactsMissing
from fund.charter.grammar import Charter
from fund.rehearsal.records import Call, MemberRecord, Past, Receipt
from fund.rehearsal.wants import Want
from ledger.money import rounded


@dataclass(frozen=True, slots=True)
class Paid:
    """By member, what it is called for by fiscal year and what it pays; and what the draft needed to know."""

    called: Mapping[str, Mapping[int, int]]
    receipts: Mapping[str, tuple[Receipt, ...]]
    wants: tuple[Want, ...]


def as_they_were(past: Past) -> Paid:
    """The real calls and receipts."""
    calls = {member.code: {year: call.minor for year, call in member.called.items()} for member in past.members}
    return Paid(calls, {member.code: member.receipts for member in past.members}, ())


def under(draft: Charter, past: Past) -> Paid:
    """The draft's calls, and receipts in proportion."""
    real = as_they_were(past)
    if not draft.payments:
        return replace(real, wants=(Want("no-contributions", "", ""),))
    calls = {code: dict(years) for code, years in real.called.items()}
    wants: list[Want] = []
    for year in sorted({year for member in past.members for year in member.called}):
        asked = {member.code: member_facts(member, year, 0) for member in past.members if year in member.called}
        found = called(draft, asked)  # of a member that lacks a figure, nothing: it is given as having paid
        for code, facts in asked.items():
            if code in found:
                calls[code][year] = found[code].minor
            else:
                wants += _wants(draft, code, facts)
    receipts = {member.code: tuple(_receipts(member, calls[member.code])) for member in past.members}
    return Paid(calls, receipts, tuple(wants))


def member_facts(member: MemberRecord, year: int, contribution: int | None = None) -> MemberFacts:
    """A member as a charter asks for it in a fiscal year."""
    return MemberFacts(
        contribution=contribution,
        category=member.category,
        declared=member.declared.get(year, {}),
        pledge=member.pledged.get(year),
    )


def _wants(draft: Charter, code: str, facts: MemberFacts) -> Iterator[Want]:
    """Why a member cannot be called."""
    article = payment_for(draft, facts.category)
    try:
        called(draft, {code: replace(facts, contribution=None)})
    except FactsMissing as refusal:
        for fault in refusal.faults:
            slot = fault.where.rpartition(".")[2]
            if article is None:
                yield Want("category", "", facts.category or "", (code,))
            else:
                yield Want("pledge" if slot == "pledge" else "declared", article[0].name, slot, (code,))


def _receipts(member: MemberRecord, calls: Mapping[int, int]) -> Iterator[Receipt]:
    """Every receipt at its day, the running total of each year scaled and rounded so that the year is exact."""
    so_far: dict[int, int] = {}
    for receipt in member.receipts:
        year = receipt.on.year
        call = member.called.get(year)
        if call is None or call.minor == 0:
            yield receipt
            continue
        before = so_far.get(year, 0)
        so_far[year] = before + receipt.minor
        factor = Fraction(calls[year], call.minor)
        yield replace(receipt, minor=rounded(so_far[year] * factor) - rounded(before * factor))
    for year, call in member.called.items():
        if call.minor == 0 and calls[year]:
            yield _whole(call, calls[year], member)


def _whole(call: Call, minor: int, member: MemberRecord) -> Receipt:
    return Receipt(call.on, minor, member.place)
