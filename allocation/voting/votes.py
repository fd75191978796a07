"""A vote: opened on a frozen electorate, cast paper by paper, sealed until it is closed.

The charter's words stand in `Vote.rules` since the opening (`fund/services/votes.py` writes them):
`voices` (how many), `ballot` (the kind with its bounds, the majority and what settles a tie), `chair`, `quorum`.
In a secret vote nothing links an elector and a paper: no moment, no order, no log; and since a database knows which
rows were written together, casting touches all electors of the vote alike.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Case, F, Max, Value, When

from allocation.models import Call, Elector, Meeting, Objection, Paper, Vote
from allocation.voting.errors import (
    PaperInvalid,
    VoiceAlreadyCast,
    VoiceNotHeld,
    VoteOver,
    VoteSealed,
    VoteStillOpen,
    VotingReferenceTaken,
)
from allocation.voting.papers import Question, checked_paper
from ledger.money import unit_of

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Of a receipt: digits and letters that nobody takes for another when reading it aloud."""
_GROUPS, _GROUP = 4, 4


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who may vote, who casts for them, and the codes of the proposals on which this voice is silent."""

    person: str
    holder: str = ""
    recused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VoteDraft:
    """A question as it is put; `subject` names `proposals`, a `scenario`, or nothing but the question itself."""

    reference: str
    round: int
    kind: str
    question: str
    subject: Mapping[str, Any]
    closes: datetime


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many voices are cast, of how many."""

    cast: int
    voices: int

    @property
    def is_full(self) -> bool:
        """Whether nobody is missing."""
        return self.cast == self.voices


@dataclass(frozen=True, slots=True)
class CastPaper:
    """A paper of a closed vote. `person` is empty in a secret one; `recused` is what this voice is silent on.

    In a secret vote that is known of the votes together, not of each paper: among the papers that do not speak of a
    proposal, the first by receipt stand for the recused. Every count is the same whichever they are.
    """

    receipt: str
    person: str
    content: Mapping[str, Any]
    recused: frozenset[str]


def found_vote(call: Call, draft: VoteDraft) -> Vote | None:
    """The vote of this reference, when it asks the same; refuses another one."""
    held = call.votes.filter(reference=draft.reference).first()
    if held is None:
        return None
    asks = (held.round, held.kind, held.question, held.closes)
    if asks != (draft.round, draft.kind, draft.question, draft.closes) or not (
        draft.subject.items() <= held.subject.items()
    ):
        raise VotingReferenceTaken(reference=draft.reference, what="vote")
    return held


@transaction.atomic
def add_vote(
    call: Call,
    draft: VoteDraft,
    *,
    meeting: Meeting | None,
    rules: Mapping[str, Any],
    secret: bool,
    voices: Sequence[Voice],
    at: datetime,
    by: str,
) -> Vote:
    """Open the vote: the question, the rules and the electorate stand from now on."""
    Call.objects.select_for_update().get(pk=call.pk)
    vote = Vote.objects.create(
        call=call,
        meeting=meeting,
        number=(call.votes.aggregate(last=Max("number"))["last"] or 0) + 1,
        reference=draft.reference,
        round=draft.round,
        kind=draft.kind,
        question=draft.question,
        subject=dict(draft.subject),
        rules={**rules, "voices": len(voices)},
        secret=secret,
        opened_at=at,
        opened_by=by,
        closes=draft.closes,
    )
    Elector.objects.bulk_create(
        Elector(vote=vote, person=voice.person, holder=voice.holder, recused=list(voice.recused)) for voice in voices
    )
    return vote


def voices_of(vote: Vote, person: str) -> tuple[Elector, ...]:
    """The voices that a person casts: their own, unless they lent it, then those they hold, by who lent them."""
    own = vote.electors.filter(person=person, holder="")
    held = vote.electors.filter(holder=person).order_by("person")
    return (*own, *held)


def turnout(vote: Vote) -> Turnout:
    """How many voices are cast; whoever asks learns no more before the close."""
    return Turnout(vote.electors.filter(has_voted=True).count(), vote.electors.count())


def question_of(vote: Vote, elector: Elector) -> Question:
    """What this voice is asked."""
    ballot, proposals = vote.rules.get("ballot", {}), vote.subject.get("proposals", [])
    whole = Question(kind=vote.kind, proposals=tuple(proposals))
    spoken = () if whole.is_whole else tuple(code for code in proposals if code not in elector.recused)
    return Question(
        kind=vote.kind,
        proposals=spoken,
        scale=ballot.get("scale", whole.scale),
        grades=ballot.get("grades", whole.grades),
        part_minor=vote.rules.get("parts", {}).get(elector.person, 0),
        unit=unit_of(vote.call.currency),
    )


def new_receipt() -> str:
    """A receipt that nobody can guess, in four groups that can be copied by hand."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def is_receipt(text: str) -> bool:
    """Whether the text has the form of a receipt."""
    groups = text.split("-")
    return len(groups) == _GROUPS and all(len(group) == _GROUP and set(group) <= set(LETTERS) for group in groups)


def check_takes_papers(vote: Vote, at: datetime) -> None:
    """Refuse a vote that is closed, or whose moment is over."""
    if vote.closed_at is not None or at >= vote.closes:
        raise VoteOver(number=vote.number, closes=vote.closes, at=at)


@transaction.atomic
def cast_paper(elector: Elector, said: Mapping[str, Any], *, by: str, receipt: str, at: datetime) -> str:
    """Cast one voice, once and for all; answers its receipt.

    `receipt` was made with the form, so that the same form sent twice finds its paper: whoever clicked twice reads
    the receipt all the same. Casting writes no log: in a secret vote its order would tell.
    """
    vote = Vote.objects.select_for_update(of=("self",)).select_related("call").get(pk=elector.vote_id)
    voice = vote.electors.get(pk=elector.pk)
    if by != (voice.holder or voice.person):
        raise VoiceNotHeld(person=by, number=vote.number)
    if not is_receipt(receipt):
        raise PaperInvalid(why="receipt")
    if voice.has_voted:
        check_same_paper(vote, voice, said, receipt)
        return receipt
    check_takes_papers(vote, at)
    content = checked_paper(question_of(vote, voice), said)
    if Paper.sealed.filter(receipt=receipt).exists():
        raise PaperInvalid(why="receipt")
    if vote.secret:
        vote.electors.update(has_voted=Case(When(pk=voice.pk, then=Value(True)), default=F("has_voted")))
    else:
        vote.electors.filter(pk=voice.pk).update(has_voted=True)
    Paper.sealed.create(receipt=receipt, vote=vote, elector=None if vote.secret else voice, content=content)
    return receipt


def check_same_paper(vote: Vote, voice: Elector, said: Mapping[str, Any], receipt: str) -> None:
    """Refuse a second paper of a voice; the first one sent again passes, by its receipt and what it says."""
    held = Paper.sealed.filter(vote=vote, receipt=receipt, elector=None if vote.secret else voice).first()
    if held is None or held.content != checked_paper(question_of(vote, voice), said):
        raise VoiceAlreadyCast(number=vote.number)


@transaction.atomic
def close_vote(vote: Vote, *, at: datetime, by: str) -> Vote:
    """Close the vote: at its moment, or before when all voices are cast. From now on everybody may count.

    In a vote by consent each paper that objects enters the log of objections. Closing it again changes nothing.
    """
    row = Vote.objects.select_for_update(of=("self",)).get(pk=vote.pk)
    if row.closed_at is not None:
        return row
    cast = turnout(row)
    if at < row.closes and not cast.is_full:
        raise VoteStillOpen(number=row.number, closes=row.closes, cast=cast.cast, voices=cast.voices)
    row.closed_at, row.closed_by = at, by
    row.save(update_fields=["closed_at", "closed_by"])
    if row.kind == Vote.Kind.CONSENT:
        _enter_objections(row, at)
    return row


def _enter_objections(vote: Vote, at: datetime) -> None:
    number = vote.objections.count()
    for paper in Paper.objects.filter(vote=vote).select_related("elector").order_by("receipt"):
        if paper.content["answer"] == "object":
            number += 1
            Objection.objects.create(
                vote=vote,
                number=number,
                reference=f"paper:{paper.receipt}",
                person=paper.elector.person if paper.elector else "",
                text=paper.content["reason"],
                at=at,
            )


def check_closed(vote: Vote) -> None:
    """Refuse a vote that is still sealed."""
    if vote.closed_at is None:
        raise VoteSealed(number=vote.number)


def closed_papers(vote: Vote) -> tuple[CastPaper, ...]:
    """The papers of a closed vote, by receipt; refuses one that is sealed."""
    check_closed(vote)
    rows = list(Paper.objects.filter(vote=vote).select_related("elector").order_by("receipt"))
    silent = {row.receipt: frozenset(row.elector.recused) if row.elector else frozenset() for row in rows}
    if vote.secret:
        silent = _silent(vote, rows)
    return tuple(
        CastPaper(row.receipt, row.elector.person if row.elector else "", row.content, silent[row.receipt])
        for row in rows
    )


def _silent(vote: Vote, rows: Sequence[Paper]) -> dict[str, frozenset[str]]:
    """Which secret papers stand for the recused of each proposal."""
    found: dict[str, set[str]] = {row.receipt: set() for row in rows}
    electors = list(vote.electors.filter(has_voted=True).values_list("recused", flat=True))
    for code in vote.subject.get("proposals", []):
        count = sum(code in recused for recused in electors)
        silent = [row.receipt for row in rows if code not in _spoken(row.content)]
        for receipt in silent[:count]:
            found[receipt].add(code)
    return {receipt: frozenset(codes) for receipt, codes in found.items()}


def _spoken(content: Mapping[str, Any]) -> set[str]:
    """The proposals that a paper names."""
    named = {code for level in content.get("levels", []) for code in level}
    return named.union(*(content.get(name, ()) for name in ("answers", "approved", "scores", "grades", "amounts")))
