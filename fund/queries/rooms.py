"""Where the committee is in a call: the steps from interests to notices, what each has reached, and its dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from allocation.debating.debate import not_debated, positions_shown, spoken_in
from allocation.models import Application, Call, Debate, Decision, InterestDeclaration, Vote
from fund.models import AwardNotice, Fund
from fund.queries.debaters import waited_for
from fund.queries.people import committee_of

UNSEEN: Final = (Application.State.DRAFT, Application.State.WITHDRAWN)
"""Applications that the committee does not look at."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a call: `state` is `done`, `now` or `later`; `done` of `of` are through; until when it runs."""

    name: str
    state: str
    done: int
    of: int
    until: date | datetime | None
    doors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """The steps of a call in their order."""

    call: Call
    steps: tuple[Step, ...]

    @property
    def current(self) -> Step | None:
        """The first step that is under way; None when all is done, or nothing has begun."""
        return next((step for step in self.steps if step.state == "now"), None)


def committee_call(fund: Fund, slug: str) -> Call | None:
    """A call of the fund that goes through the committee; one that is counted from a file of ballots does not."""
    return Call.objects.filter(owner=fund.slug, slug=slug).exclude(applications_until=None).first()


def committee_calls(fund: Fund) -> tuple[Call, ...]:
    """The calls of the fund that go through the committee, the first to close first."""
    return tuple(Call.objects.filter(owner=fund.slug).exclude(applications_until=None).order_by("closes", "slug"))


def room_of(fund: Fund, call: Call, now: datetime) -> Room:
    """Where the committee is in a call."""
    today = timezone.localdate(now)
    decision = Decision.objects.filter(call=call).first()
    votes = list(call.votes.filter(round__in=(1, 2)).order_by("number"))
    begun = call.opens <= today
    steps = [
        _interests(fund, call, today, begun),
        _instruction(call, today, begun),
        *_express_and_debate(fund, call, now, votes),
        _scenarios(call, decision),
        _decision(call, decision),
        Step("minutes", "done" if decision else "later", 0, 0, None, _minutes_door(call)),
        _notices(fund, call, decision),
    ]
    return Room(call, tuple(steps))


def _minutes_door(call: Call) -> tuple[str, ...]:
    """Minutes begin with the first vote that is closed; before it their page does not exist."""
    return ("minutes",) if call.votes.filter(closed_at__isnull=False).exists() else ()


def _interests(fund: Fund, call: Call, today: date, begun: bool) -> Step:
    people = set(committee_of(fund, today))
    declared = InterestDeclaration.objects.filter(call=call, person__in=people).values("person").distinct().count()
    return _step("interests", declared, len(people), begun, call.applications_until, ("interests",))


def _instruction(call: Call, today: date, begun: bool) -> Step:
    seen = call.applications.exclude(state__in=UNSEEN)
    through = seen.filter(state__in=(Application.State.ADMITTED, Application.State.INADMISSIBLE)).count()
    over = call.applications_until is not None and call.applications_until < today
    step = _step("instruction", through, seen.count(), begun, None, ("files", "rapporteurs", "call-scores", "scores"))
    if step.state == "done" and not over:  # another may still come
        return Step(step.name, "now" if begun else "later", step.done, step.of, call.applications_until, step.doors)
    return step


def _express_and_debate(fund: Fund, call: Call, now: datetime, votes: Sequence[Vote]) -> list[Step]:
    """Positions, first ballot, debate, second ballot."""
    admitted = call.applications.filter(state=Application.State.ADMITTED)
    debates = list(Debate.objects.filter(application__in=admitted).select_related("application"))
    shown = sum(positions_shown(each, spoken_in(each), waited_for(fund, each), now=now) for each in debates)
    count = admitted.count()
    last = max((each.closes for each in debates), default=None)
    until = max((each.positions_until for each in debates), default=None)
    return [
        _step("positions", shown, count, bool(debates), until, ("debates",)),
        _ballot("first-ballot", [vote for vote in votes if vote.round == 1]),
        _step("debate", count - len(not_debated(call, now=now)), count, bool(shown), last, ("debates",)),
        _ballot("second-ballot", [vote for vote in votes if vote.round == 2]),
    ]


def _ballot(name: str, votes: Sequence[Vote]) -> Step:
    closed = sum(vote.closed_at is not None for vote in votes)
    until = max((vote.closes for vote in votes), default=None)
    return _step(name, closed, len(votes), bool(votes), until, ("votes", "meetings"))


def _scenarios(call: Call, decision: Decision | None) -> Step:
    count = call.scenarios.count()
    return Step("scenarios", "done" if decision else "now" if count else "later", count, count, None, ("scenarios",))


def _decision(call: Call, decision: Decision | None) -> Step:
    begun = call.scenarios.exists()
    state = "done" if decision else "now" if begun else "later"
    until = decision.decided_at if decision else call.closes
    return Step("decision", state, int(decision is not None), 1, until, ("decision",))


def _notices(fund: Fund, call: Call, decision: Decision | None) -> Step:
    awarded = fund.projects.filter(call_slug=call.slug).count()
    told = AwardNotice.objects.filter(project__fund=fund, project__call_slug=call.slug).count()
    return _step("notices", told, awarded, decision is not None, None, ("notices", "decision"))


def _step(name: str, done: int, of: int, begun: bool, until: date | datetime | None, doors: tuple[str, ...]) -> Step:
    state = "done" if of and done >= of else "now" if begun else "later"
    return Step(name, state, done, of, until, doors)
