"""Instruction: rapporteurs are assigned and released, they report, readers score; every version is kept.

Nothing here asks who sits on the committee: a person is a code, and the services of the fund know who it is. What is
asked here, each time, is whether the person may read the application at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Max
from django.utils import timezone

from allocation.amounts import amount_of, money_of
from allocation.applying.admissions import filed_content
from allocation.applying.content import Content
from allocation.instructing.assigning import Readings
from allocation.instructing.errors import (
    AssignmentEnded,
    AssignmentEndUnfounded,
    NotInInstruction,
    NotRapporteur,
    RapporteurRecused,
    ReportInvalid,
    ReportsOver,
    ScoresInvalid,
    ScoringOver,
)
from allocation.instructing.interests import check_may_read, listed_rows, recused_people
from allocation.instructing.scoring import Rubric, RubricLine
from allocation.models import Application, Assignment, Call, Debate, Recusal, Report, Score
from allocation.prose import is_prose, prose
from ledger.money import Amount, unit_of

TEXT_LIMIT: Final = 20_000
COMMENT_LIMIT: Final = 2_000
WHY_LIMIT: Final = 300

State = Application.State
IN_INSTRUCTION: Final = (State.FILED, State.RETURNED, State.COMPLETE, State.ADMITTED)
"""States in which the committee may act on an application."""
TO_BE_READ: Final = (State.COMPLETE, State.ADMITTED)
"""States in which an application gets its rapporteurs evenly; by hand it may have one before."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a reader gives on one criterion."""

    points: int
    comment: str = ""


def check_in_instruction(application: Application) -> None:
    """Refuse an application that is not before the committee."""
    if application.state not in IN_INSTRUCTION:
        raise NotInInstruction(number=application.number, state=application.state)


def asked_of(application: Application, content: Content | None = None) -> Amount | None:
    """What is asked: of the admitted proposal, else as it was filed; None where the file does not say."""
    if application.proposal:
        return amount_of(application.proposal.asked)
    target = (content or filed_content(application)).target
    return None if target is None else Amount(target, unit_of(application.call.currency))


# Rapporteurs


def rapporteurs_of(application: Application) -> list[Assignment]:
    """Who is rapporteur of an application now, the first assigned first."""
    return list(application.assignments.filter(ended_on=None).order_by("pk"))


def readings_of(call: Call, people: Iterable[str]) -> Readings:
    """What is to be read in a call: complete and admitted applications, with recusals and present rapporteurs."""
    numbers = dict(listed_rows(call).filter(state__in=TO_BE_READ).values_list("pk", "number"))
    recused = Recusal.objects.filter(application__in=numbers).values_list("application", "person")
    given = Assignment.objects.filter(application__in=numbers, ended_on=None).values_list("application", "person")
    return Readings(
        applications=tuple(numbers.values()),
        people=tuple(sorted(people)),
        closed=frozenset((numbers[row], person) for row, person in recused),
        given=frozenset((numbers[row], person) for row, person in given),
    )


def assign(application: Application, person: str, *, manner: str, on: date, by: str) -> tuple[Assignment, bool]:
    """Make a person the rapporteur of an application; whoever is already is found, and the second value is False."""
    if person in recused_people(application):
        raise RapporteurRecused(person=person, number=application.number)
    check_in_instruction(application)
    return Assignment.objects.get_or_create(
        application=application, person=person, ended_on=None, defaults={"manner": manner, "on": on, "by": by}
    )


def end_assignment(assignment: Assignment, *, why: str, on: date) -> Assignment:
    """Release a rapporteur with a reason; the same reason again finds the task as it ended."""
    number = assignment.application.number
    if not is_prose(why, WHY_LIMIT):
        raise AssignmentEndUnfounded(person=assignment.person, number=number, limit=WHY_LIMIT)
    if assignment.ended_on is not None:
        if assignment.why_ended != prose(why):
            raise AssignmentEnded(person=assignment.person, number=number, on=assignment.ended_on)
        return assignment
    assignment.ended_on, assignment.why_ended = on, prose(why)
    assignment.save(update_fields=["ended_on", "why_ended"])
    return assignment


# Reports


def report_on(
    application: Application, person: str, *, opinion: str, text: str, suggested: Amount | None, on: date
) -> Report:
    """Keep a rapporteur's report as its next version; the same words again find the last version."""
    check_may_read(application, person)
    check_in_instruction(application)
    if on > application.call.closes:
        raise ReportsOver(slug=application.call.slug, closes=application.call.closes)
    if not application.assignments.filter(person=person, ended_on=None).exists():
        raise NotRapporteur(number=application.number)
    _check_report(application, opinion, text, suggested)
    last = application.reports.filter(person=person).order_by("-version").first()
    said = (opinion, prose(text), suggested)
    if last is not None and (last.opinion, last.text, suggested_of(last)) == said:
        return last
    return Report.objects.create(
        application=application,
        person=person,
        version=last.version + 1 if last else 1,
        opinion=opinion,
        text=prose(text),
        suggested=None if suggested is None else money_of(suggested),
        on=on,
    )


def suggested_of(report: Report) -> Amount | None:
    """The amount that a report suggests, where it suggests one."""
    return None if report.suggested is None else amount_of(report.suggested)


def _check_report(application: Application, opinion: str, text: str, suggested: Amount | None) -> None:
    number, currency = application.number, application.call.currency
    if opinion not in Report.Opinion.values:
        raise ReportInvalid(number=number, why="opinion_unknown", text=opinion)
    if not is_prose(text, TEXT_LIMIT):
        raise ReportInvalid(number=number, why="text_unfit", limit=TEXT_LIMIT)
    if suggested is None:
        return
    if suggested.unit != unit_of(currency):
        raise ReportInvalid(number=number, why="amount_in_another_currency", text=str(suggested), currency=currency)
    if suggested.minor < 0:
        raise ReportInvalid(number=number, why="amount_negative", text=str(suggested))
    asked = asked_of(application)
    if asked is not None and suggested > asked:
        raise ReportInvalid(number=number, why="amount_above_what_is_asked", text=str(suggested), asked=str(asked))


# Scores


def rubric_of(call: Call) -> Rubric:
    """The criteria of a call, in the order in which they were written."""
    return tuple(RubricLine(each.code, each.name, each.weight, each.scale) for each in call.criteria.order_by("pk"))


def scored_until(application: Application) -> date:
    """The last day on which scores are taken: that on which the debate opened, else that on which the call closes.

    Scores are given before the debate, one by one; so those that are kept are those of before it.
    """
    opened = Debate.objects.filter(application=application).values_list("opened_at", flat=True).first()
    return timezone.localdate(opened) if opened else application.call.closes


def is_scoring_over(application: Application, on: date) -> bool:
    """Whether no more scores are taken: the debate is open, or the call is closed."""
    return Debate.objects.filter(application=application).exists() or on > application.call.closes


def score(application: Application, person: str, given: Mapping[str, Given], *, on: date) -> tuple[Score, ...]:
    """Keep a reader's points on every criterion as their next version; the same again find the last ones."""
    check_may_read(application, person)
    check_in_instruction(application)
    if is_scoring_over(application, on):
        raise ScoringOver(number=application.number, until=scored_until(application))
    criteria = {each.code: each for each in application.call.criteria.order_by("pk")}
    _check_scores(application, given)
    held = {row.criterion.code: row for row in latest_scores([application]) if row.person == person}
    kept = {code: (row.points, row.comment) for code, row in held.items()}
    if kept == {code: (each.points, prose(each.comment)) for code, each in given.items()}:
        return tuple(held[code] for code in criteria)
    last = application.scores.filter(person=person).aggregate(last=Max("version"))["last"] or 0
    return tuple(
        Score.objects.create(
            application=application,
            criterion=criterion,
            person=person,
            version=last + 1,
            points=given[code].points,
            comment=prose(given[code].comment),
            on=on,
        )
        for code, criterion in criteria.items()
    )


def _check_scores(application: Application, given: Mapping[str, Given]) -> None:
    number, rubric = application.number, rubric_of(application.call)
    if not rubric:
        raise ScoresInvalid(number=number, why="no_rubric")
    known = {line.code for line in rubric}
    for code in given:
        if code not in known:
            raise ScoresInvalid(number=number, why="criterion_unknown", text=code)
    for line in rubric:
        if line.code not in given:
            raise ScoresInvalid(number=number, why="criterion_missing", text=line.name)
        each = given[line.code]
        if not 0 <= each.points <= line.scale:
            raise ScoresInvalid(
                number=number, why="points_out_of_scale", text=line.name, points=each.points, limit=line.scale
            )
        if not is_prose(each.comment, COMMENT_LIMIT, least=0):
            raise ScoresInvalid(number=number, why="comment_unfit", text=line.name, limit=COMMENT_LIMIT)


def latest_scores(applications: Iterable[Application]) -> list[Score]:
    """The last version of every reader's score on every criterion, of these applications."""
    rows = Score.objects.filter(application__in=list(applications)).select_related("criterion", "application")
    latest: dict[tuple[int, str, int], Score] = {}
    for row in rows.order_by("version"):
        latest[row.application_id, row.person, row.criterion_id] = row
    return sorted(latest.values(), key=lambda row: (row.application.number, row.person, row.criterion_id))
