"""What waits for somebody: each task with its last moment, the most pressing first; done ones are not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Q
from django.utils import timezone

from allocation.debating.debate import is_over, positions_shown, spoken_in
from allocation.instructing.interests import has_declared, recusals_of
from allocation.models import Application, Assignment, Call, Debate, Decision, Vote
from fund.models import Fund, OutgoingMail
from fund.queries.debaters import waited_for
from fund.queries.debates import title_of
from fund.queries.rooms import UNSEEN, committee_calls


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: `kind` says what, `about` on what, `count` how many times, `until` when it is too late.

    `door` is the name of the page's address, `place` what comes after the fund in it.
    """

    kind: str
    call: str
    about: str
    until: datetime | None
    door: str
    place: tuple[str | int, ...]
    count: int = 1


def committee_tasks(fund: Fund, person: str, now: datetime, call: Call | None = None) -> tuple[Task, ...]:
    """What waits for a member of the committee: interests, reports and scores, positions, votes."""
    return _pressing(each for held in _undecided(fund, call) for each in _of_member(fund, held, person, now))


def secretary_tasks(fund: Fund, now: datetime, call: Call | None = None) -> tuple[Task, ...]:
    """What waits for the secretary: files to look at, debates to open and to close, votes to close, mails."""
    tasks = [each for held in _undecided(fund, call) for each in _of_secretary(fund, held, now)]
    if call is None:
        stuck = OutgoingMail.objects.filter(fund=fund, sent_at=None).count()
        tasks += [Task("mails", "", "", None, "mails", (), stuck)] if stuck else []
    return _pressing(tasks)


def _undecided(fund: Fund, call: Call | None) -> list[Call]:
    calls = [call] if call is not None else committee_calls(fund)
    decided = set(Decision.objects.filter(call__in=calls).values_list("call_id", flat=True))
    return [each for each in calls if each.pk not in decided]


def _pressing(tasks: Iterator[Task] | list[Task]) -> tuple[Task, ...]:
    return tuple(
        sorted(tasks, key=lambda task: (task.until is None, task.until or datetime.min, task.call, task.about))
    )


def _of_member(fund: Fund, call: Call, person: str, now: datetime) -> Iterator[Task]:
    filed = call.applications.exclude(state__in=UNSEEN)
    if call.opens <= timezone.localdate(now) and filed.exists() and not has_declared(call, person):
        asked = Debate.objects.filter(application__call=call, positions_until__gt=now)
        first = asked.order_by("positions_until").values_list("positions_until", flat=True).first()
        yield Task("interests", call.name, "", first or _end_of(call), "interests", (call.slug,))
        return  # nothing else opens before
    recused = recusals_of(call).get(person, frozenset())
    yield from _reports(call, person, recused)
    debates = Debate.objects.filter(application__call=call, positions_until__gt=now, closed_at=None)
    for debate in debates.select_related("application", "application__call", "application__proposal"):
        application = debate.application
        spoken = spoken_in(debate)
        if application.number in recused or person in spoken:
            continue
        if not positions_shown(debate, spoken, waited_for(fund, debate), now=now):
            place = (call.slug, application.number)
            yield Task("position", call.name, title_of(application), debate.positions_until, "debate", place)
    yield from _votes(call, person, now)


def _reports(call: Call, person: str, recused: frozenset[int]) -> Iterator[Task]:
    """Reports and scores that somebody owes, until the positions on the application are asked for."""
    criteria = set(call.criteria.values_list("pk", flat=True))
    rows = Assignment.objects.filter(application__call=call, person=person, ended_on=None)
    rows = rows.exclude(application__state__in=UNSEEN).exclude(application__number__in=recused)
    rows = rows.exclude(application__state=Application.State.INADMISSIBLE)
    for row in rows.select_related("application", "application__call", "application__proposal", "application__debate"):
        application = row.application
        debate = getattr(application, "debate", None)
        until = debate.positions_until if debate else _end_of(call)
        place = (call.slug, application.number)
        if not application.reports.filter(person=person).exists():
            yield Task("report", call.name, title_of(application), until, "file", place)
        if criteria - set(application.scores.filter(person=person).values_list("criterion_id", flat=True)):
            yield Task("scores", call.name, title_of(application), until, "file", place)


def _votes(call: Call, person: str, now: datetime) -> Iterator[Task]:
    """Votes in which somebody has not voted for themselves, or for whoever gave them their proxy."""
    votes = Vote.objects.filter(call=call, closed_at=None, opened_at__lte=now, closes__gt=now)
    for vote in votes.order_by("number"):
        mine = vote.electors.filter(has_voted=False).filter(Q(person=person, holder="") | Q(holder=person)).count()
        if mine:
            yield Task("vote", call.name, vote.question, vote.closes, "vote", (call.slug, vote.number), mine)


def _of_secretary(fund: Fund, call: Call, now: datetime) -> Iterator[Task]:
    states = Application.State
    filed = call.applications.filter(state=states.FILED).count()
    end = _end_of(call)
    if filed:
        yield Task("filed", call.name, "", end, "files", (call.slug,), filed)
    closed = call.applications_until is not None and call.applications_until < timezone.localdate(now)
    unopened = call.applications.filter(state=states.ADMITTED, debate=None).count()
    if unopened and closed:
        yield Task("open-debates", call.name, "", end, "debates", (call.slug,), unopened)
    for debate in Debate.objects.filter(application__call=call, closed_at=None).select_related(
        "application", "application__call", "application__proposal"
    ):
        place = (call.slug, debate.application.number)
        missing = waited_for(fund, debate) - spoken_in(debate)
        title = title_of(debate.application)
        if now < debate.positions_until and missing:
            yield Task("missing", call.name, title, debate.positions_until, "debate", place, len(missing))
        elif is_over(debate, now=now):
            kind = "close-debate" if debate.syntheses.exists() else "synthesis"
            yield Task(kind, call.name, title, end, "debate", place)
    for vote in Vote.objects.filter(call=call, closed_at=None, closes__lte=now).order_by("number"):
        yield Task("close-vote", call.name, vote.question, vote.closes, "vote", (call.slug, vote.number))


def _end_of(call: Call) -> datetime:
    """The end of the call's last day."""
    return timezone.make_aware(datetime.combine(call.closes, time(23, 59)))
