"""Express, then debate: positions that nobody sees before all are in, arguments within a time box, a synthesis.

Who may take part is told by whoever asks, by the codes of the people: `waited_for` are those whose positions are
waited for. Recused people are in none of these sets.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max
from django.utils import timezone

from allocation.debating.errors import (
    AnswerToNothing,
    ApplicationNotDebated,
    ArgumentConflict,
    ArgumentUnknown,
    DebateConflict,
    DebateMomentsInvalid,
    DebateNotBegun,
    DebateOver,
    DebateTextInvalid,
    DebateWordUnknown,
    PositionsOver,
    PositionsShown,
    PositionTaken,
    ResolutionInvalid,
    SynthesisMissing,
)
from allocation.models import Application, Argument, Call, Debate, Position, Synthesis
from allocation.prose import UNFIT, prose

REASON_LIMIT, TEXT_LIMIT, SYNTHESIS_LIMIT, REFERENCE_LIMIT = 5_000, 5_000, 20_000, 100
LONGEST: Final = timedelta(days=366)
"""No debate takes longer than a year: what lies further away is a slip of the pen."""

SETTLED: Final = (Argument.Kind.CONDITION, Argument.Kind.QUESTION)
"""The contributions that a synthesis settles, each by a word of `OUTCOMES`."""
OUTCOMES: Final = ("adopted", "refused")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of a condition or a question, by the number of the contribution; a refusal says why."""

    argument: int
    outcome: str
    why: str = ""


def positions_shown(debate: Debate, spoken: Collection[str], waited_for: Collection[str], *, now: datetime) -> bool:
    """Whether the positions are visible: their moment has come, or everybody has spoken who may."""
    return now >= debate.positions_until or (bool(waited_for) and set(waited_for) <= set(spoken))


def is_over(debate: Debate, *, now: datetime) -> bool:
    """Whether the time box has ended, by itself or by the secretary."""
    return debate.closed_at is not None or now >= debate.closes


def is_debated(application: Application, *, now: datetime) -> bool:
    """Whether an application has had its debate: it was opened, and is closed or its time box is over.

    A debate closes with its positions shown and a synthesis; the end of the time box comes after the positions.
    """
    debate = Debate.objects.filter(application=application).first()
    return debate is not None and is_over(debate, now=now)


def not_debated(call: Call, *, now: datetime, codes: Collection[str] | None = None) -> tuple[Application, ...]:
    """The admitted applications of a call that have not had their debate, by number; empty when all have.

    `codes` are those of the proposals that are asked about; None is every admitted one.
    """
    rows = call.applications.filter(state=Application.State.ADMITTED).select_related("debate", "proposal")
    if codes is not None:
        rows = rows.filter(proposal__code__in=codes)
    return tuple(row for row in rows.order_by("number") if not _had_debate(row, now))


def open_debate(
    application: Application, *, positions_until: datetime, closes: datetime, at: datetime, by: str
) -> Debate:
    """Open the debate on an application; the same moments again find the debate that is open."""
    held = Debate.objects.filter(application=application).first()
    if held is not None:
        if (held.positions_until, held.closes) != (positions_until, closes):
            raise DebateConflict(
                number=application.number, until=_told(held.positions_until), closes=_told(held.closes)
            )
        return held
    if application.state not in (Application.State.COMPLETE, Application.State.ADMITTED):
        raise ApplicationNotDebated(number=application.number, state=application.state)
    check_moments(positions_until=positions_until, closes=closes, at=at)
    return Debate.objects.create(
        application=application, positions_until=positions_until, closes=closes, opened_at=at, opened_by=by
    )


def check_moments(*, positions_until: datetime, closes: datetime, at: datetime) -> None:
    """Refuse a time box that begins in the past, ends before it begins, or lies beyond a year."""
    why = "past" if positions_until <= at else "order" if closes < positions_until else ""
    why = why or ("far" if closes - at > LONGEST else "")
    if why:
        raise DebateMomentsInvalid(why=why, until=_told(positions_until), closes=_told(closes))


def take_position(
    debate: Debate, *, person: str, stance: str, reason: str, at: datetime, waited_for: Collection[str]
) -> Position:
    """Say what one thinks and why, before the others are known; given once, never changed."""
    if stance not in Position.Stance.values:
        raise DebateWordUnknown(word=stance, known=", ".join(Position.Stance.values))
    reason = checked_text(reason, REASON_LIMIT)
    number = debate.application.number
    held = debate.positions.filter(person=person).first()
    if held is not None:
        if (held.stance, held.reason) != (stance, reason):
            raise PositionTaken(number=number)
        return held
    if at >= debate.positions_until:
        raise PositionsOver(number=number, until=_told(debate.positions_until))
    if debate.closed_at is not None or positions_shown(debate, spoken_in(debate), waited_for, now=at):
        raise PositionsShown(number=number)
    return debate.positions.create(person=person, stance=stance, reason=reason, at=at)


def add_argument(
    debate: Debate,
    *,
    reference: str,
    person: str,
    kind: str,
    text: str,
    at: datetime,
    waited_for: Collection[str],
    answers: int | None = None,
) -> Argument:
    """Contribute to the debate; `answers` is the number of the contribution that this one takes up.

    The same reference with the same contribution finds it.
    """
    if kind not in Argument.Kind.values:
        raise DebateWordUnknown(word=kind, known=", ".join(Argument.Kind.values))
    text = checked_text(text, TEXT_LIMIT)
    reference = checked_text(reference, REFERENCE_LIMIT)
    if kind == Argument.Kind.ANSWER and answers is None:
        raise AnswerToNothing()
    parent = _argument(debate, answers) if answers is not None else None
    held = debate.arguments.filter(reference=reference).first()
    if held is not None:
        if (held.person, held.kind, held.text, held.parent_id) != (person, kind, text, parent and parent.pk):
            raise ArgumentConflict()
        return held
    check_begun(debate, waited_for, now=at)
    if is_over(debate, now=at):
        raise DebateOver(number=debate.application.number, closed=_told(debate.closed_at or debate.closes))
    return debate.arguments.create(
        number=(debate.arguments.aggregate(last=Max("number"))["last"] or 0) + 1,
        reference=reference,
        parent=parent,
        person=person,
        kind=kind,
        text=text,
        at=at,
    )


def synthesise(
    debate: Debate,
    *,
    person: str,
    text: str,
    at: datetime,
    waited_for: Collection[str],
    minority: str = "",
    resolutions: Sequence[Resolution] = (),
) -> Synthesis:
    """Write what the debate came to, with what a minority holds and what became of each condition and question.

    A new version each time, until the secretary closes the debate; what the last version says already adds none.
    """
    text = checked_text(text, SYNTHESIS_LIMIT)
    minority = checked_text(minority, SYNTHESIS_LIMIT) if minority.strip() else ""
    settled = _checked_resolutions(debate, resolutions)
    last = debate.syntheses.order_by("-version").first()
    if last and (last.person, last.text, last.minority, last.resolutions) == (person, text, minority, settled):
        return last
    check_begun(debate, waited_for, now=at)
    if debate.closed_at is not None:
        raise DebateOver(number=debate.application.number, closed=_told(debate.closed_at))
    version = last.version + 1 if last else 1
    return debate.syntheses.create(
        version=version, text=text, minority=minority, resolutions=settled, person=person, at=at
    )


def close_debate(debate: Debate, *, at: datetime, waited_for: Collection[str]) -> Debate:
    """Close a debate: nothing is added to it any more. It needs its positions shown, and a synthesis."""
    if debate.closed_at is not None:
        return debate
    check_begun(debate, waited_for, now=at)
    if not debate.syntheses.exists():
        raise SynthesisMissing(number=debate.application.number)
    debate.closed_at = at
    debate.save(update_fields=["closed_at"])
    return debate


def check_begun(debate: Debate, waited_for: Collection[str], *, now: datetime) -> None:
    """Refuse whatever comes before the positions are shown."""
    if not positions_shown(debate, spoken_in(debate), waited_for, now=now):
        raise DebateNotBegun(number=debate.application.number, until=_told(debate.positions_until))


def checked_text(text: str, limit: int) -> str:
    """The text without what surrounds it, its lines ended in one manner; refused when empty, long or unprintable."""
    kept = prose(text)
    if not kept:
        raise DebateTextInvalid(why="empty")
    if len(kept) > limit:
        raise DebateTextInvalid(why="long", length=len(kept), limit=limit)
    if UNFIT.search(kept):
        raise DebateTextInvalid(why="unprintable")
    return kept


def spoken_in(debate: Debate) -> frozenset[str]:
    """Who has taken a position. Which one is read only where the positions are shown."""
    return frozenset(debate.positions.values_list("person", flat=True))


def _had_debate(application: Application, now: datetime) -> bool:
    debate = getattr(application, "debate", None)
    return debate is not None and is_over(debate, now=now)


def _checked_resolutions(debate: Debate, resolutions: Sequence[Resolution]) -> list[dict[str, object]]:
    kinds = dict(debate.arguments.values_list("number", "kind")) if resolutions else {}
    settled: dict[int, dict[str, object]] = {}
    for each in resolutions:
        why = ""
        if kinds.get(each.argument) not in SETTLED:
            why = "kind"
        elif each.outcome not in OUTCOMES:
            why = "outcome"
        elif each.argument in settled:
            why = "twice"
        elif each.outcome == "refused" and not each.why.strip():
            why = "reason"
        if why:
            raise ResolutionInvalid(argument=each.argument, why=why)
        kept = checked_text(each.why, TEXT_LIMIT) if each.why.strip() else ""
        settled[each.argument] = asdict(Resolution(each.argument, each.outcome, kept))
    return [settled[number] for number in sorted(settled)]


def _argument(debate: Debate, number: int) -> Argument:
    small = 0 < number < 2**31
    found = debate.arguments.filter(number=number).first() if small else None
    if found is None:
        raise ArgumentUnknown(argument=number)
    return found


def _told(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
