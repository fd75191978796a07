"""Applications as the committee reads them: the list with what is left to do, and one application whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from allocation.amounts import amount_of
from allocation.applying.applications import reading_of, reading_of_version
from allocation.applying.content import Reading
from allocation.applying.fit_questions import SideBySide
from allocation.calls import call_of
from allocation.errors import CallUnknown
from allocation.instructing.budget_checks import BudgetCheck, budget_checks
from allocation.instructing.instruction import asked_of, suggested_of
from allocation.instructing.interests import listed, listed_rows
from allocation.instructing.scoring import Spread
from allocation.models import Application, Assignment, Call, Recusal, Report
from fund.charter.rules import Deficits
from fund.models import Fund
from fund.queries.applications import DocumentShown, DocumentWanted, compared, documents_shown, documents_wanted
from fund.queries.eligibility import rules_of_call
from fund.queries.interests import Reader, title_of
from fund.queries.people import names_of
from fund.queries.scores import FileScores, call_file_scores, file_scores
from ledger.money import Amount, unit_of

TO_DO = ("to-declare", "to-report", "to-score")
"""What a member may have left to do with an application."""


@dataclass(frozen=True, slots=True)
class OpinionShown:
    """What one rapporteur thinks, last."""

    name: str
    opinion: str
    suggested: Amount | None


@dataclass(frozen=True, slots=True)
class FileLine:
    """One application in the list. Whoever may not open it reads number, title and company, and `mine` says why.

    `mine` is recused, to-declare, to-report, to-score, done, or empty for whoever has nothing to do with it.
    """

    number: int
    title: str
    company: str
    mine: str
    state: str = ""
    asked: Amount | None = None
    rapporteurs: tuple[str, ...] = ()
    opinions: tuple[OpinionShown, ...] = ()
    spread: Spread | None = None
    sealed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the reader may open it."""
        return bool(self.state)


def committee_call(fund: Fund, slug: str) -> Call | None:
    """The fund's call of this slug to which companies apply; None where there is none."""
    try:
        call = call_of(fund.slug, slug)
    except CallUnknown:
        return None
    return call if call.applications_until else None


def application_of(call: Call, number: int) -> Application | None:
    """The application of this number, where the committee knows of it."""
    return listed_rows(call).filter(number=number).first() if number < 2**31 else None


def file_lines(fund: Fund, call: Call, reader: Reader, on: date) -> tuple[FileLine, ...]:
    """The applications of a call by number, with what the reader may see of each."""
    applications = listed(call)
    companies = dict(fund.parties.values_list("code", "name"))
    opened = [each for each in applications if reader.may_open(each.number)]
    scores = call_file_scores(opened, reader, on)
    tasks: dict[int, list[str]] = {}
    for row in Assignment.objects.filter(application__in=opened, ended_on=None).order_by("pk"):
        tasks.setdefault(row.application_id, []).append(row.person)
    reports = latest_reports(opened)
    names = names_of(
        {person for people in tasks.values() for person in people}
        | {report.person for each in reports.values() for report in each}
    )
    lines = []
    for each in applications:
        head = (each.number, title_of(each), companies.get(each.applicant, each.applicant))
        if not reader.may_open(each.number):
            lines.append(FileLine(*head, "recused" if each.number in reader.recused else "to-declare"))
            continue
        found, seen = reports.get(each.pk, []), scores[each.number]
        lines.append(
            FileLine(
                *head,
                _mine(reader, each, tasks.get(each.pk, []), found, seen),
                state=each.state,
                asked=asked_of(each),
                rapporteurs=tuple(names[person] for person in tasks.get(each.pk, [])),
                opinions=tuple(
                    OpinionShown(names[report.person], report.opinion, suggested_of(report)) for report in found
                ),
                spread=seen.spread,
                sealed=not seen.seen,
            )
        )
    return tuple(lines)


def latest_reports(applications: Iterable[Application]) -> dict[int, list[Report]]:
    """The last report of every rapporteur by the application's primary key, without those who are recused since."""
    applications = list(applications)
    recused = set(Recusal.objects.filter(application__in=applications).values_list("application", "person"))
    latest: dict[int, dict[str, Report]] = {}
    for row in Report.objects.filter(application__in=applications).order_by("version"):
        if (row.application_id, row.person) not in recused:
            latest.setdefault(row.application_id, {})[row.person] = row
    return {key: [people[person] for person in sorted(people)] for key, people in latest.items()}


def _mine(
    reader: Reader, application: Application, people: list[str], reports: list[Report], scores: FileScores
) -> str:
    if not reader.sits:
        return ""
    if application.state not in (Application.State.FILED, Application.State.COMPLETE, Application.State.ADMITTED):
        return "done"
    if reader.person in people and reader.person not in {report.person for report in reports}:
        return "to-report"
    scored = reader.person in {line.person for line in scores.lines}
    return "done" if scored or scores.is_over or not scores.rubric else "to-score"


@dataclass(frozen=True, slots=True)
class ReportShown:
    """One version of a report; `is_last` tells the one that stands."""

    person: str
    name: str
    version: int
    opinion: str
    text: str
    suggested: Amount | None
    on: date
    is_last: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class TaskShown:
    """A rapporteur, now or before."""

    pk: int
    person: str
    name: str
    manner: str
    on: date
    ended_on: date | None
    why_ended: str


@dataclass(frozen=True, slots=True)
class FileShown:
    """One application as it was filed, with everything that the committee made of it so far."""

    number: int
    title: str
    company: str
    state: str
    version: int
    filed_on: date | None
    asked: Amount | None
    minimum: Amount | None
    reading: Reading
    documents: tuple[DocumentShown, ...]
    wanted: tuple[DocumentWanted, ...]
    checks: tuple[BudgetCheck, ...]
    tasks: tuple[TaskShown, ...]
    reports: tuple[ReportShown, ...]
    scores: FileScores
    fit: tuple[SideBySide, ...]
    previous: int | None
    next: int | None

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing of what the call asks."""
        return not self.reading.missing


def file_shown(fund: Fund, application: Application, reader: Reader, on: date) -> FileShown:
    """The application as this reader, who may open it, sees it."""
    call = application.call
    version = application.versions.select_related("application__call").last()
    unit = unit_of(call.currency)
    reading = reading_of_version(version) if version else reading_of(application)
    minimum = reading.content.minimum
    if application.proposal and application.proposal.minimum is not None:
        minimum = amount_of(application.proposal.minimum).minor
    companies = dict(fund.parties.values_list("code", "name"))
    previous, following = _neighbours(call, application.number, reader)
    return FileShown(
        number=application.number,
        title=title_of(application),
        company=companies.get(application.applicant, application.applicant),
        state=application.state,
        version=version.number if version else 0,
        filed_on=version.filed_on if version else None,
        asked=asked_of(application, reading.content),
        minimum=None if minimum is None else Amount(minimum, unit),
        reading=reading,
        documents=documents_shown(application),
        wanted=documents_wanted(application),
        checks=budget_checks(reading.content, ceiling=aid_ceiling(fund, call)),
        tasks=tasks_shown([application]),
        reports=reports_shown(application),
        scores=file_scores(application, reader, on),
        fit=compared(fund, application),
        previous=previous,
        next=following,
    )


def _neighbours(call: Call, number: int, reader: Reader) -> tuple[int | None, int | None]:
    """The numbers before and after, among those that the reader may open."""
    numbers = [each for each in listed_rows(call).values_list("number", flat=True) if reader.may_open(each)]
    before = [each for each in numbers if each < number]
    after = [each for each in numbers if each > number]
    return (before[-1] if before else None), (after[0] if after else None)


def aid_ceiling(fund: Fund, call: Call) -> Fraction | None:
    """The largest share of its costs that a project may get of all aid together, where the call's charter has one."""
    charter = rules_of_call(fund, call)
    counted = [rule.counts for rule in charter.rules] if charter else []
    ceilings = [each.aid_ceiling for each in counted if isinstance(each, Deficits) and each.aid_ceiling is not None]
    return min(ceilings, default=None)


def tasks_shown(applications: Iterable[Application]) -> tuple[TaskShown, ...]:
    """Everybody who is or was rapporteur of these applications, in the order of the assignments."""
    rows = list(Assignment.objects.filter(application__in=list(applications)).order_by("application", "pk"))
    names = names_of(row.person for row in rows)
    return tuple(
        TaskShown(row.pk, row.person, names[row.person], row.manner, row.on, row.ended_on, row.why_ended)
        for row in rows
    )


def reports_shown(application: Application) -> tuple[ReportShown, ...]:
    """Every version of every report, each rapporteur's last one first."""
    recused = set(Recusal.objects.filter(application=application).values_list("person", flat=True))
    rows = list(application.reports.order_by("person", "-version"))
    names = names_of(row.person for row in rows)
    last = {row.person: row.version for row in reversed(rows)}
    return tuple(
        ReportShown(
            row.person,
            names[row.person],
            row.version,
            row.opinion,
            row.text,
            suggested_of(row),
            row.on,
            row.version == last[row.person],
            row.person not in recused,
        )
        for row in rows
    )
