"""Which statements are issued as of a day: their numbers, the head of the chain they rest on, what they correct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from allocation.models import Outcome
from fund.models import Fund, IssuedStatement, Membership, Project
from fund.queries.books import chain_head
from ledger.balances import balances
from ledger.money import Amount, total_of, unit_of

RETURNS_RECEIVABLE = "4673"
"""The account of the chart that keeps what projects owe of their receipts."""


@dataclass(frozen=True, slots=True)
class Issue:
    """The number of a statement, its day, the head of the chain it rests on, and the number it corrects.

    Without a number it is a draft: what the books say today, which nobody has issued.
    """

    number: str
    on: date
    head: str
    corrects: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether it was never issued."""
        return not self.number


@dataclass(frozen=True, slots=True)
class YearSubjects:
    """Of whom and of what a year has statements, by their codes in order."""

    members: tuple[str, ...]
    projects: tuple[str, ...]
    calls: tuple[str, ...]


def issues(fund: Fund, as_of: date) -> Mapping[tuple[str, str], Issue]:
    """The statements issued as of the day by kind and subject; a correction has taken the place of what it corrects."""
    rows = IssuedStatement.objects.select_related("corrects").filter(fund=fund, as_of=as_of, corrected_by__isnull=True)
    return {
        (row.kind, row.subject): Issue(row.number, row.issued_on, row.head, row.corrects.number if row.corrects else "")
        for row in rows
    }


def draft(fund: Fund, as_of: date) -> Issue:
    """What a statement that was not issued rests on: the books as they stand."""
    head = chain_head(fund)
    return Issue("", as_of, head.hash if head else "")


def year_subjects(fund: Fund, year: int, as_of: date | None = None) -> YearSubjects:
    """The members and projects known on the day, the year's last where none is named; the calls decided in the year."""
    last = as_of or date(year, 12, 31)
    members = Membership.objects.filter(fund=fund, term_from__lte=last).values_list("party__code", flat=True)
    projects = Project.objects.filter(fund=fund, awarded_on__lte=last).values_list("code", flat=True)
    calls = Outcome.objects.filter(call__owner=fund.slug, published_on__year=year).values_list("call__slug", flat=True)
    return YearSubjects(*(tuple(sorted(set(codes))) for codes in (members, projects, calls)))


def returns_receivable(fund: Fund, project: str, as_of: date) -> Amount:
    """What the books still await from a project of its returns."""
    held = balances(fund.slug, chart=RETURNS_RECEIVABLE, project=project, unit=fund.currency, as_of=as_of)
    return total_of((each.amount for each in held), unit_of(fund.currency))
