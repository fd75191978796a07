"""The rules change: a draft is proposed, and a decision of the members adopts it from a day on.

What was done keeps the version under which it was done. So a version takes effect after everything that already
rests on the charter before it, and only when nobody has to look back: not before the day of its decision, unless
the minutes say so, and then only over days on which nothing was computed yet.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from fund.charter.grammar import Charter, Head
from fund.charter.legal_form import LegalQuestion, legal_questions
from fund.charter.reading.reader import read_charter
from fund.errors import (
    CharterBeforeAct,
    CharterCurrencyDiffers,
    CharterDayDiffers,
    CharterLegalFormDiffers,
    CharterRetroactive,
    DraftAdopted,
    DraftChangesNothing,
    DraftReplaced,
    LegalBasisMissing,
)
from fund.models import CharterDecision, CharterDraft, CharterVersion, Fund
from fund.queries.charters import charter_in_force
from fund.queries.last_acts import last_act
from fund.services.actors import Actor, log, refuse_conflict, refuse_foreign, take_turn
from fund.services.decisions import Decided, Decision, as_row, check_decision

_DONE = {
    "version": ("the version before it", "la version précédente"),
    "call": ("the last call for contributions", "le dernier appel de contributions"),
    "award": ("the last award", "la dernière aide votée"),
    "agreement": ("the last agreement", "la dernière convention"),
    "return": ("the last settled return", "le dernier retour arrêté"),
    "statement": ("the last issued statement", "le dernier relevé émis"),
    "recognition": ("the last adopted year of recognition", "la dernière année de notoriété adoptée"),
    "period": ("the end of the last month that is locked or closed", "la fin du dernier mois verrouillé ou clos"),
}


@transaction.atomic
def propose_draft(
    actor: Actor, *, text: str, title: str, on: date, replaces: CharterDraft | None = None
) -> CharterDraft:
    """Keep a charter as a draft; an empty title takes the charter's own. Raises CharterInvalid with every fault.

    The same text proposed again while it waits is the draft that is there; a draft that is replaced or adopted is
    not replaced again.
    """
    charter = read_charter(text)
    fund = take_turn(actor.fund)
    if replaces is not None:
        refuse_foreign(fund, replaces.fund)
    waiting = fund.drafts.filter(sha256=charter.sha256, replaced_by=None, decision=None).first()
    if waiting is not None:
        return waiting
    if replaces is not None:
        _refuse_past(replaces)
    draft = fund.drafts.create(
        number=fund.drafts.count() + 1,
        title=(title.strip() or charter.head.title)[: CharterDraft._meta.get_field("title").max_length],
        text=text,
        sha256=charter.sha256,
        proposed_on=on,
        proposed_by=actor.by,
        replaces=replaces,
    )
    told: dict[str, object] = {"replaces": replaces.number} if replaces else {}
    log(actor, on=on, kind="charter-proposed", reference=f"draft-{draft.number}", sha256=draft.sha256, **told)
    return draft


@transaction.atomic
def adopt_draft(
    actor: Actor, draft: CharterDraft, *, on: date, effective_from: date, decision: Decision
) -> CharterVersion:
    """Adopt a draft from a day on by a decision; the same decision again finds the version that it made."""
    fund = take_turn(actor.fund)
    refuse_foreign(fund, draft.fund)
    taken = CharterDecision.objects.select_related("version").filter(draft=draft).first()
    if taken is not None:
        given = as_row(decision) | {"effective_from": effective_from}
        held = {name: getattr(taken.version if name == "effective_from" else taken, name) for name in given}
        refuse_conflict(what="decision", reference=str(draft.number), held=held, given=given)
        return taken.version
    _refuse_past(draft)
    _refuse_unchanged(fund, draft, effective_from)
    name = read_charter(draft.text).head.title
    return _adopt(
        actor, fund, name=name, text=draft.text, on=on, effective_from=effective_from, decision=decision, draft=draft
    )


def check_adoption(actor: Actor, draft: CharterDraft, *, on: date, effective_from: date, decision: Decision) -> None:
    """Refuse what `adopt_draft` would refuse, and write nothing: for the page that is looked at before."""
    fund = actor.fund
    refuse_foreign(fund, draft.fund)
    _refuse_past(draft)
    _refuse_unchanged(fund, draft, effective_from)
    _check(fund, read_charter(draft.text), on=on, effective_from=effective_from, decision=decision)


@transaction.atomic
def adopt_charter(
    actor: Actor, *, name: str, text: str, on: date, effective_from: date, decision: Decided
) -> CharterVersion:
    """Adopt a text from a day on by a decision; the text that is in force already stays the version it is.

    `on` is the day on which the decision is recorded. Raises a refusal by name when the text is not of the fund's
    legal form or currency, when its legal bases are missing, when the decision decides nothing, or when the version
    would take effect before something that was already done.
    """
    fund = take_turn(actor.fund)
    current = charter_in_force(fund, effective_from)
    if current is not None and current.sha256 == read_charter(text).sha256:
        return current
    return _adopt(
        actor, fund, name=name, text=text, on=on, effective_from=effective_from, decision=decision, draft=None
    )


def _adopt(
    actor: Actor,
    fund: Fund,
    *,
    name: str,
    text: str,
    on: date,
    effective_from: date,
    decision: Decided,
    draft: CharterDraft | None,
) -> CharterVersion:
    charter = read_charter(text)
    bases = _check(fund, charter, on=on, effective_from=effective_from, decision=decision)
    version = fund.charters.create(
        number=fund.charters.count() + 1,
        name=name[: CharterVersion._meta.get_field("name").max_length],
        text=text,
        sha256=charter.sha256,
        effective_from=effective_from,
        adopted_on=decision.held_on,
    )
    row = as_row(decision)
    CharterDecision.objects.create(
        version=version, draft=draft, **row, legal_bases=bases, recorded_on=on, recorded_by=actor.by
    )
    told: dict[str, Any] = {"draft": draft.number} if draft else {}
    told |= {key: row[key] for key in ("body", "manner", "votes_for", "votes_against", "votes_abstained") if key in row}
    log(
        actor,
        on=on,
        kind="charter-adopted",
        reference=f"charter-{version.number}",
        sha256=charter.sha256,
        effective_from=effective_from.isoformat(),
        held_on=decision.held_on.isoformat(),
        minutes=row["reference"],
        **told,
    )
    return version


def _check(fund: Fund, charter: Charter, *, on: date, effective_from: date, decision: Decided) -> list[dict[str, str]]:
    """Refuse what cannot be adopted; the answers to the legal form of what can."""
    _check_charter(fund, charter)
    check_decision(decision, on=on)
    _check_day(fund, charter, effective_from, decision)
    return _legal_bases(charter, decision)


def _refuse_unchanged(fund: Fund, draft: CharterDraft, effective_from: date) -> None:
    """Refuse a draft whose text is in force already."""
    current = charter_in_force(fund, effective_from)
    if current is not None and current.sha256 == draft.sha256:
        raise DraftChangesNothing(draft=draft.number, version=current.number, on=effective_from)


def _refuse_past(draft: CharterDraft) -> None:
    """Refuse a draft that something came after."""
    successor = CharterDraft.objects.filter(replaces=draft).first()
    if successor is not None:
        raise DraftReplaced(draft=draft.number, by=successor.number)
    taken = CharterDecision.objects.select_related("version").filter(draft=draft).first()
    if taken is not None:
        raise DraftAdopted(draft=draft.number, version=taken.version.number)


def _check_charter(fund: Fund, charter: Charter) -> None:
    if charter.head.legal_form != fund.legal_form:
        raise CharterLegalFormDiffers(charter=charter.head.legal_form, fund=fund.legal_form)
    if charter.head.currency.code != fund.currency:
        raise CharterCurrencyDiffers(charter=charter.head.currency.code, fund=fund.currency)


def _check_day(fund: Fund, charter: Charter, effective_from: date, decision: Decided) -> None:
    """Nothing that was done is judged by rules that came after it."""
    held = fund.charters.filter(effective_from=effective_from).first()
    if held is not None:
        refuse_conflict(
            what="charter",
            reference=effective_from.isoformat(),
            held={"sha256": held.sha256},
            given={"sha256": charter.sha256},
        )
    _check_span(charter.head, effective_from)
    done = last_act(fund)
    if done is not None and effective_from <= done.on:
        what, quoi = _DONE[done.what]
        raise CharterBeforeAct(on=effective_from, act=done.on, what=what, quoi=quoi)
    said = isinstance(decision, Decision) and decision.retroactive
    if effective_from < decision.held_on and not said:
        raise CharterRetroactive(on=effective_from, held_on=decision.held_on)


def _check_span(head: Head, effective_from: date) -> None:
    """A text that says itself when it applies takes effect within that."""
    first, last = head.effective_from, head.effective_until
    if first is None or first <= effective_from <= (last or date.max):
        return
    span = f"from {first} to {last}" if last else f"from {first} on"
    laps = f"du {first:%d/%m/%Y} au {last:%d/%m/%Y}" if last else f"à partir du {first:%d/%m/%Y}"
    raise CharterDayDiffers(span=span, laps=laps, on=effective_from)


def _legal_bases(charter: Charter, decision: Decided) -> list[dict[str, str]]:
    """Each question of the legal form with its answer.

    Where files name the charter, nobody is there to be asked: what the text does not answer itself stays open, and
    the page of the version says so.
    """
    questions = legal_questions(charter)
    if isinstance(decision, Decision):
        answers = {question.key: decision.legal_bases.get(question.key, "").strip() for question in questions}
        if unanswered := [question for question in questions if not answers[question.key]]:
            raise LegalBasisMissing(form=charter.head.legal_form, articles=_listed(unanswered))
    else:
        answers = {question.key: question.named for question in questions}
    return [
        {"code": question.code, "article": question.article, "basis": answers[question.key]} for question in questions
    ]


def _listed(questions: list[LegalQuestion]) -> str:
    return ", ".join(f"{question.article} ({question.code})" for question in questions)
