"""A debate as somebody may read it on a moment: positions only once they are shown, threads in order, the synthesis."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from allocation.debating.debate import is_over, positions_shown
from allocation.instructing.interests import has_declared, recusals_of, recused_people
from allocation.models import Application, Argument, Call, Debate, Position, Synthesis
from fund.models import Fund, User
from fund.queries.debaters import is_secretary, may_synthesise, waited_for
from fund.queries.people import committee_of

DEEPEST = 3
"""How far answers move to the side on a page; deeper ones say which number they answer."""


@dataclass(frozen=True, slots=True)
class PositionShown:
    """What somebody thought of an application before the debate."""

    person: str
    name: str
    stance: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ArgumentShown:
    """A contribution with how deep it stands in its thread, what it answers, and what the synthesis made of it."""

    number: int
    kind: str
    name: str
    text: str
    at: datetime
    depth: int
    answers: int | None
    has_answer: bool
    recused_since: bool
    outcome: str
    outcome_why: str


@dataclass(frozen=True, slots=True)
class Column:
    """The threads that begin with one kind of contribution."""

    kind: str
    arguments: tuple[ArgumentShown, ...]


@dataclass(frozen=True, slots=True)
class SynthesisShown:
    """A version of the synthesis."""

    version: int
    text: str
    minority: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DebateShown:
    """The debate on an application as one person may read it at a moment.

    `positions` is empty before they are shown; `own` is one's own from the start. `missing` names those who have not
    spoken, for the secretary alone. `set_aside` counts the positions of people who were recused since.
    """

    number: int
    title: str
    positions_until: datetime
    closes: datetime
    opened_at: datetime
    closed_at: datetime | None
    is_shown: bool
    is_over: bool
    spoken: int
    waited_for: int
    missing: tuple[str, ...]
    own: PositionShown | None
    positions: tuple[PositionShown, ...]
    stances: tuple[tuple[str, int], ...]
    set_aside: int
    columns: tuple[Column, ...]
    unanswered: tuple[int, ...]
    syntheses: tuple[SynthesisShown, ...]
    to_settle: tuple[ArgumentShown, ...]
    may_speak: bool
    may_argue: bool
    may_synthesise: bool
    may_close: bool

    @property
    def state(self) -> str:
        """`positions`, `debate`, `over` (its moment has come), `closed` (by the secretary)."""
        if self.closed_at is not None:
            return "closed"
        if self.is_over:
            return "over"
        return "debate" if self.is_shown else "positions"


@dataclass(frozen=True, slots=True)
class DebateLine:
    """An application in the overview: its debate, unless the reader may not know of it (`recused`)."""

    number: int
    title: str
    applicant: str
    state: str
    recused: bool
    debate: DebateShown | None


def debate_shown(fund: Fund, debate: Debate, person: str, now: datetime) -> DebateShown:
    """The debate as a person may read it; whether they may read it at all is asked before."""
    day = timezone.localdate(now)
    application = debate.application
    recused = recused_people(application)
    rows = list(debate.positions.order_by("person"))  # read once, so that what is shown and what is counted agree
    counted = [row for row in rows if row.person not in recused]
    expected = waited_for(fund, debate)
    spoken = {row.person for row in counted}
    shown = positions_shown(debate, spoken, expected, now=now)
    names = names_of({row.person for row in rows} | set(expected))
    own = next((row for row in counted if row.person == person), None)
    secretary = is_secretary(fund, person, day)
    arguments = _arguments(debate, recused) if shown else ()
    is_member = person in committee_of(fund, day) and person not in recused and has_declared(application.call, person)
    over = is_over(debate, now=now)
    stances = Counter(row.stance for row in counted) if shown else Counter()
    return DebateShown(
        number=application.number,
        title=title_of(application),
        positions_until=debate.positions_until,
        closes=debate.closes,
        opened_at=debate.opened_at,
        closed_at=debate.closed_at,
        is_shown=shown,
        is_over=over,
        spoken=len(spoken & expected),
        waited_for=len(expected),
        missing=tuple(names[code] for code in sorted(expected - spoken)) if secretary else (),
        own=_position(own, names) if own else None,
        positions=tuple(_position(row, names) for row in counted) if shown else (),
        stances=tuple((stance, stances[stance]) for stance in Position.Stance.values) if shown else (),
        set_aside=len(rows) - len(counted) if shown else 0,
        columns=_columns(arguments),
        unanswered=tuple(each.number for each in arguments if each.kind == "question" and not each.has_answer),
        syntheses=tuple(map(_synthesis, debate.syntheses.order_by("-version"))) if shown else (),
        to_settle=tuple(each for each in arguments if each.kind in ("condition", "question")),
        may_speak=is_member and own is None and not shown and not over,
        may_argue=is_member and shown and not over,
        may_synthesise=shown and debate.closed_at is None and may_synthesise(fund, application, person, day),
        may_close=secretary and person not in recused and shown and debate.closed_at is None,
    )


def debates_of(fund: Fund, call: Call, person: str, now: datetime) -> tuple[DebateLine, ...]:
    """The applications of a call that are debated or may be, as one person may know of them."""
    day = timezone.localdate(now)
    recused = recusals_of(call).get(person, frozenset())
    closed = person in committee_of(fund, day) and not has_declared(call, person)
    states = (Application.State.COMPLETE, Application.State.ADMITTED)
    rows = call.applications.filter(state__in=states).select_related("debate", "proposal", "call").order_by("number")
    lines = []
    for row in rows:
        debate = getattr(row, "debate", None)
        hidden = closed or row.number in recused
        facts = debate_shown(fund, debate, person, now) if debate and not hidden else None
        lines.append(DebateLine(row.number, title_of(row), row.applicant, row.state, row.number in recused, facts))
    return tuple(lines)


def title_of(application: Application) -> str:
    """How an application is called: by its proposal, else by what the company wrote, else by its number."""
    if application.proposal is not None:
        return application.proposal.name
    title = application.draft.get("title") if isinstance(application.draft, dict) else None
    return title if isinstance(title, str) and title else f"{application.applicant} ({application.number})"


def names_of(codes: set[str]) -> dict[str, str]:
    """How people are called, by their codes; a code that is nobody's any more stands for itself."""
    users = {user.get_username(): user.get_full_name() for user in User.objects.filter(username__in=codes)}
    return {code: users.get(code) or code for code in codes}


def _position(row: Position, names: dict[str, str]) -> PositionShown:
    return PositionShown(row.person, names[row.person], row.stance, row.reason, row.at)


def _synthesis(row: Synthesis) -> SynthesisShown:
    return SynthesisShown(row.version, row.text, row.minority, names_of({row.person})[row.person], row.at)


def _arguments(debate: Debate, recused: frozenset[str]) -> tuple[ArgumentShown, ...]:
    """Every contribution under the one that it takes up, threads in the order of their beginnings."""
    rows = list(debate.arguments.order_by("number"))
    names = names_of({row.person for row in rows})
    numbers = {row.pk: row.number for row in rows}
    below: dict[int | None, list[Argument]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    last = debate.syntheses.order_by("-version").first()
    settled = {each["argument"]: each for each in last.resolutions} if last else {}
    shown: list[ArgumentShown] = []
    waiting = [(row, 0) for row in reversed(below.get(None, []))]
    while waiting:  # not by recursion: a thread may be as deep as people are stubborn
        row, depth = waiting.pop()
        answers = below.get(row.pk, [])
        settlement = settled.get(row.number, {})
        shown.append(
            ArgumentShown(
                number=row.number,
                kind=row.kind,
                name=names[row.person],
                text=row.text,
                at=row.at,
                depth=min(depth, DEEPEST),
                answers=numbers[row.parent_id] if row.parent_id else None,
                has_answer=any(each.kind == "answer" for each in answers),
                recused_since=row.person in recused,
                outcome=settlement.get("outcome", ""),
                outcome_why=settlement.get("why", ""),
            )
        )
        waiting += [(each, depth + 1) for each in reversed(answers)]
    return tuple(shown)


def _columns(arguments: tuple[ArgumentShown, ...]) -> tuple[Column, ...]:
    """One column a viewpoint, each with its whole threads; an empty one is there too, so that silence shows."""
    threads: dict[str, list[ArgumentShown]] = {kind: [] for kind in ("for", "condition", "against", "question")}
    kind = "for"
    for each in arguments:
        kind = each.kind if each.answers is None else kind
        threads.setdefault(kind, []).append(each)
    return tuple(Column(kind, tuple(held)) for kind, held in threads.items())
