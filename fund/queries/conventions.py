"""The conventions of those who fund the fund: the terms that count, for the pages and for the closing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from allocation.amounts import amount_of
from fund.accounting.dedicating import ConventionFacts
from fund.models import Fund, FundingConvention
from ledger.money import Amount


@dataclass(frozen=True, slots=True)
class ConventionShown:
    """The last version of a convention; `shares` are those of later years, by the year in which each ends."""

    code: str
    version: int
    funder_code: str
    funder: str
    kind: str
    purpose: str
    project: str
    amount: Amount
    signed_on: date
    first: date
    last: date
    is_dedicated: bool
    shares: Mapping[int, Amount]
    recorded_on: date
    recorded_by: str


def conventions_of(fund: Fund) -> tuple[ConventionShown, ...]:
    """The conventions of the fund by code, each in its last version."""
    last = {row.code: row for row in FundingConvention.objects.filter(fund=fund).order_by("code", "version")}
    rows = FundingConvention.objects.filter(pk__in=[row.pk for row in last.values()]).select_related("funder")
    return tuple(_shown(row) for row in rows.prefetch_related("shares").order_by("code"))


def _shown(row: FundingConvention) -> ConventionShown:
    return ConventionShown(
        code=row.code,
        version=row.version,
        funder_code=row.funder.code,
        funder=row.funder.name,
        kind=row.kind,
        purpose=row.purpose,
        project=row.project_code,
        amount=amount_of(row.amount),
        signed_on=row.signed_on,
        first=row.first,
        last=row.last,
        is_dedicated=row.is_dedicated,
        shares={share.year: amount_of(share.amount) for share in row.shares.all()},
        recorded_on=row.recorded_on,
        recorded_by=row.recorded_by,
    )


def convention_facts(fund: Fund) -> tuple[ConventionFacts, ...]:
    """The same as the rules of the closing read them."""
    return tuple(
        ConventionFacts(
            code=each.code,
            rubric=each.kind,
            project=each.project,
            signed_on=each.signed_on,
            first=each.first,
            last=each.last,
            is_dedicated=each.is_dedicated,
            amount=each.amount.minor,
            shares={year: share.minor for year, share in each.shares.items()},
        )
        for each in conventions_of(fund)
    )
