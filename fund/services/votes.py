"""The committee votes: opened by the charter's rules, closed in time, a tie settled by who may settle it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from allocation.debating.debate import not_debated
from allocation.models import Application, Call, Elector, Meeting, Objection, Vote
from allocation.voting import objections
from allocation.voting import votes as voting
from allocation.voting.errors import CastingVoteNotDue, ObjectionRefused, QuestionInvalid, VotingTextInvalid
from allocation.voting.links import link_of, make_link, use_up
from allocation.voting.meetings import check_open, check_reference, locked
from allocation.voting.objections import Resolution
from allocation.voting.papers import is_said
from allocation.voting.results import vote_result
from allocation.voting.votes import VoteDraft
from fund.charter.governance import may_open_vote
from fund.models import Fund
from fund.queries.committee_rules import CommitteeRules
from fund.queries.people import committee_of
from fund.services.actors import Actor, log, take_turn
from fund.services.committee_errors import (
    BallotKindDiffers,
    ChairActsAlone,
    ChairUnnamed,
    DebateMissing,
    NotOnCommittee,
    PartsNameVoters,
)
from fund.services.committee_mails import mail_ballot
from fund.services.interests import apply_rules
from fund.services.meetings import day_of, rules_on
from fund.services.vote_openings import (
    Asked,
    Electorate,
    check_quorum,
    check_somebody,
    electorate,
    parts,
)

QUESTION_LIMIT = 500
BEST_SCALE, MOST_GRADES = 100, 10
_PER_PROPOSAL = frozenset({"approval", "scores", "judgment", "ranking", "buckets"})
_SUBJECTS = frozenset({"proposals", "scenario", "otherwise", "fallback_of"})
"""What a question may be about; `otherwise` is what differs from the scenario that it adopts."""


@transaction.atomic
def open_vote(
    actor: Actor,
    call: Call,
    draft: VoteDraft,
    *,
    at: datetime,
    meeting: Meeting | None = None,
    chair: str = "",
    scale: int = 0,
    grades: int = 0,
) -> Vote:
    """Open a vote and mail each of its voters the link to their ballot.

    The electorate, the recusals, the proxies that count, the quorum with its figures and the charter's words are
    frozen with it. At a meeting the quorum has to be there now; at a distance it is what will have taken part. The
    same reference that asks the same finds the first vote.

    `draft.subject` is `{"proposals": [codes]}`, `{"scenario": number}` or `{}`; a round is always on proposals, all
    that are admitted when none is named. `chair` is needed where no meeting names one and the charter asks. Whoever
    runs the vote chooses `scale` and `grades` where the charter does not.
    """
    fund = take_turn(actor.fund)
    on = day_of(at)
    rules = rules_on(fund, on)
    asked, subject = _asked(call, draft)
    draft = replace(draft, subject=subject)
    held = voting.found_vote(call, draft)
    if held is not None:
        return held
    _check_draft(draft, at)
    _check_kind(rules, draft)
    if meeting is not None:
        meeting = locked(meeting)
        check_open(meeting)
    presides = meeting.chair if meeting else chair
    _check_chair(fund, rules, presides, at)
    late = [] if draft.round == 1 or not subject else _not_debated(call, asked, at)
    emergency = meeting.emergency if meeting else ""
    if not may_open_vote(rules.governance, debated=not late, emergency=bool(emergency)):
        raise DebateMissing(names=late)
    apply_rules(call, on=on)
    found = electorate(fund, call, rules, asked, meeting=meeting, chair=presides, on=on)
    if meeting is not None:
        check_quorum(found)
    check_somebody(found)
    secret = rules.governance.secret_ballots
    ballot = _ballot(rules, draft.kind, scale, grades)
    if secret and ballot.get("key") == "contribution":
        raise PartsNameVoters()
    words = {
        **_charter_words(rules, presides, meeting),
        **found.words(),
        "ballot": ballot,
        "not_debated": late,
        "emergency": emergency if late else "",
        "parts": parts(fund, call, found.voices, committee_of(fund, on), ballot["key"]) if "key" in ballot else {},
    }
    vote = voting.add_vote(
        call, draft, meeting=meeting, rules=words, secret=secret, voices=found.voices, at=at, by=actor.by
    )
    _mail(fund, vote, found, at)
    _log(actor, vote, "vote-opened", at, ballot=vote.kind, round=vote.round, voices=len(found.voices))
    return vote


def _asked(call: Call, draft: VoteDraft) -> tuple[Asked, dict[str, Any]]:
    """What is put, and the subject with the proposals spelled out."""
    subject = dict(draft.subject)
    if draft.kind not in Vote.Kind.values:
        raise QuestionInvalid(why="kind_unknown", kind=draft.kind)
    if draft.round not in (0, 1, 2):
        raise QuestionInvalid(why="round_unknown", round=draft.round)
    if not set(subject) <= _SUBJECTS or {"proposals", "scenario"} <= set(subject):
        raise QuestionInvalid(why="subject_unclear")
    if "otherwise" in subject and "scenario" not in subject:
        raise QuestionInvalid(why="subject_unclear")
    admitted = list(
        Application.objects.filter(call=call, state=Application.State.ADMITTED, proposal__isnull=False)
        .order_by("number")
        .values_list("proposal__code", flat=True)
    )
    if draft.round and "scenario" in subject:
        raise QuestionInvalid(why="subject_unclear")
    if draft.round and "proposals" not in subject:
        subject["proposals"] = admitted
    if "scenario" in subject and not call.scenarios.filter(number=_number(subject["scenario"])).exists():
        raise QuestionInvalid(why="scenario_unknown", scenario=subject["scenario"])
    named = subject.get("proposals", [])
    if not isinstance(named, list):
        raise QuestionInvalid(why="subject_unclear")
    for code in named:
        if code not in admitted or named.count(code) > 1:
            raise QuestionInvalid(why="proposal_unknown", proposal=code)
    if not named and (draft.kind in _PER_PROPOSAL or "proposals" in subject):
        raise QuestionInvalid(why="no_proposals", kind=draft.kind)
    about = tuple(named) or (tuple(admitted) if "scenario" in subject else ())
    if "fallback_of" in subject:
        failed = call.votes.filter(number=_number(subject["fallback_of"])).first()
        if failed is None or named:
            raise QuestionInvalid(why="subject_unclear")
        about = about or tuple(failed.subject.get("proposals", ()))
    return Asked(draft.kind, tuple(named), about), subject


def _not_debated(call: Call, asked: Asked, at: datetime) -> list[str]:
    """The proposals that it is about and that had no debate."""
    rows = not_debated(call, now=at, codes=asked.about)
    return [row.proposal.code for row in rows if row.proposal is not None]


def _number(value: object) -> int:
    return value if type(value) is int and 0 < value < 2**31 else 0


def _check_draft(draft: VoteDraft, at: datetime) -> None:
    check_reference(draft.reference)
    if not is_said(draft.question, QUESTION_LIMIT):
        raise VotingTextInvalid(
            what="The question", quoi="La question", limit=QUESTION_LIMIT, count=len(draft.question.strip())
        )
    if draft.closes <= at:
        raise QuestionInvalid(
            why="closes_before", closes=f"{draft.closes:%Y-%m-%d %H:%M}", opens=f"{at:%Y-%m-%d %H:%M}"
        )


def _check_kind(rules: CommitteeRules, draft: VoteDraft) -> None:
    if draft.round and draft.kind != rules.ruled_kind:
        raise BallotKindDiffers(ruled=rules.ruled_kind, given=draft.kind)


def _check_chair(fund: Fund, rules: CommitteeRules, chair: str, at: datetime) -> None:
    if not chair and rules.governance.chair != "votes":
        raise ChairUnnamed(chair=rules.governance.chair)
    if chair and chair not in committee_of(fund, day_of(at)):
        raise NotOnCommittee(person=chair, on=day_of(at))


def _ballot(rules: CommitteeRules, kind: str, scale: int, grades: int) -> dict[str, Any]:
    """The charter's words on this kind, with the bounds that it leaves to whoever opens the vote."""
    words = rules.ballot_words(kind)
    for name, given, least, most in (("scale", scale, 1, BEST_SCALE), ("grades", grades, 2, MOST_GRADES)):
        if name not in words or not given or kind == rules.ruled_kind:
            continue
        if type(given) is not int or not least <= given <= most:
            raise QuestionInvalid(why="number_invalid", name=name, least=least, most=most, value=given)
        words[name] = given
    return words


def _charter_words(rules: CommitteeRules, chair: str, meeting: Meeting | None) -> dict[str, Any]:
    version = rules.version
    return {
        "charter": {"version": version.number, "name": version.name, "sha256": version.sha256},
        "debate_first": rules.governance.debate_first,
        "chair": chair,
        "chair_role": rules.governance.chair,
        "proxies_each": rules.governance.proxies,
        "quorum_at": "opening" if meeting else "close",
        "second_meeting": bool(meeting and meeting.second_of_id),
    }


def _mail(fund: Fund, vote: Vote, found: Electorate, at: datetime) -> None:
    """A link for each elector who casts, with the names of those whose votes they hold."""
    people = committee_of(fund, day_of(at))
    for elector in vote.electors.filter(holder=""):
        held = [people[voice.person].name for voice in found.voices if voice.holder == elector.person]
        mail_ballot(fund, vote, elector.person, make_link(elector, at=at), held=held, at=at)


def cast(elector: Elector, said: Mapping[str, Any], *, by: str, receipt: str, at: datetime) -> str:
    """Cast a voice that one holds; answers its receipt. Nothing is logged: the papers alone tell, once closed."""
    return voting.cast_paper(elector, said, by=by, receipt=receipt, at=at)


@transaction.atomic
def cast_by_link(token: str, voice: int, said: Mapping[str, Any], *, receipt: str, at: datetime) -> str | None:
    """Cast the voice of this key by the link of a mail, which is used up with the last; None for no such link."""
    link = link_of(token)
    if link is None:
        return None
    person = link.elector.person
    elector = next((each for each in voting.voices_of(link.elector.vote, person) if each.pk == voice), None)
    if elector is None:
        return None
    receipt = voting.cast_paper(elector, said, by=person, receipt=receipt, at=at)
    use_up(link, at=at)
    return receipt


@transaction.atomic
def close_vote(actor: Actor, vote: Vote, *, at: datetime) -> Vote:
    """Close the vote at its moment, or once everybody voted."""
    was_open = vote.closed_at is None
    row = voting.close_vote(vote, at=at, by=actor.by)
    if was_open:
        cast = voting.turnout(row)
        _log(actor, row, "vote-closed", at, cast=cast.cast, voices=cast.voices)
    return row


@transaction.atomic
def settle_tie(actor: Actor, vote: Vote, *, answer: str, at: datetime) -> Vote:
    """The chair's casting vote, where the charter gives one and there is a tie."""
    row = Vote.objects.select_for_update(of=("self",)).get(pk=vote.pk)
    chair = row.rules.get("chair", "")
    if actor.by != chair:
        raise ChairActsAlone(chair=chair, by=actor.by)
    if row.casting == answer:
        return row
    if row.casting or answer not in ("yes", "no") or not vote_result(row).casting_due:
        raise CastingVoteNotDue(number=row.number, chair=chair)
    row.casting = answer
    row.save(update_fields=["casting"])
    _log(actor, row, "casting-vote", at, answer=answer)
    return row


@transaction.atomic
def open_fallback(
    actor: Actor, failed: Vote, *, reference: str, closes: datetime, at: datetime, meeting: Meeting | None = None
) -> Vote:
    """Open the vote of yes or no that decides where consent failed and the charter has a fall-back."""
    if failed.kind != Vote.Kind.CONSENT or failed.closed_at is None or not vote_result(failed).fallback_due:
        raise QuestionInvalid(why="fallback_not_due", vote=failed.number)
    subject = {name: value for name, value in failed.subject.items() if name != "proposals"}
    draft = VoteDraft(
        reference=reference,
        round=0,
        kind=Vote.Kind.YES_NO,
        question=failed.question,
        subject={**subject, "fallback_of": failed.number},
        closes=closes,
    )
    return open_vote(actor, failed.call, draft, at=at, meeting=meeting, chair=failed.rules.get("chair", ""))


def raise_objection(actor: Actor, vote: Vote, *, reference: str, text: str, at: datetime) -> Objection:
    """Say an objection in a vote by consent, by name."""
    return objections.raise_objection(vote, reference=reference, person=actor.by, text=text, at=at)


@transaction.atomic
def resolve_objection(
    actor: Actor, objection: Objection, resolution: Resolution, *, keeps_minutes: bool, at: datetime
) -> Objection:
    """Answer an objection, with the reason: its author withdraws it, the rest is for who `keeps_minutes` or chairs."""
    if not keeps_minutes and (resolution.state != Objection.State.WITHDRAWN or objection.person != actor.by):
        raise ObjectionRefused(why="not_yours")
    row = objections.resolve_objection(objection, resolution, by=actor.by, at=at)
    _log(actor, row.vote, "objection-answered", at, objection=row.number, state=row.state)
    return row


def _log(actor: Actor, vote: Vote, kind: str, at: datetime, **facts: object) -> None:
    reference = f"{vote.call.slug}:vote:{vote.number}"
    log(actor, on=day_of(at), kind=kind, reference=reference, **facts)
