"""What the description of a file of accounting entries tells, and the log of those handed out. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fund.models import FecExport, Fund
from fund.queries.identities import FundIdentity, fund_identity


@dataclass(frozen=True, slots=True)
class JournalDescribed:
    """A journal of the file: its code, its label, how many entries it has."""

    code: str
    label: str
    entries: int


@dataclass(frozen=True, slots=True)
class FecDescription:
    """A file that was handed out, as its description tells it; `accounts` are numbers with their labels."""

    fund: FundIdentity
    year: str
    first: date
    last: date
    is_closed: bool
    on: date
    name: str
    encoding: str
    separator: str
    lines: int
    entries: int
    sha256: str
    language: str
    journals: tuple[JournalDescribed, ...]
    accounts: tuple[tuple[str, str], ...]
    currencies: tuple[str, ...]


def described(export: FecExport) -> FecDescription:
    """The description of an export, from what the log keeps of it: the same each time it is asked for."""
    facts = export.facts
    return FecDescription(
        fund=fund_identity(export.fund),
        year=export.year,
        first=date.fromisoformat(facts["first"]),
        last=date.fromisoformat(facts["last"]),
        is_closed=facts["state"] == "closed",
        on=date.fromisoformat(facts["on"]),
        name=export.name,
        encoding=export.encoding,
        separator=export.separator,
        lines=export.lines,
        entries=facts["entries"],
        sha256=export.sha256,
        language=export.language,
        journals=tuple(JournalDescribed(*each) for each in facts["journals"]),
        accounts=tuple((number, label) for number, label in facts["accounts"]),
        currencies=tuple(facts["currencies"]),
    )


def exports_of(fund: Fund, year: str) -> tuple[FecExport, ...]:
    """The files handed out of a year, the latest first."""
    return tuple(FecExport.objects.filter(fund=fund, year=year).select_related("fund").order_by("-pk"))


def export_of(fund: Fund, pk: int) -> FecExport | None:
    """One of the files handed out."""
    return FecExport.objects.filter(fund=fund, pk=pk).select_related("fund").first()
