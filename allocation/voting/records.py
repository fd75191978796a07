"""A vote as plain data, whole: its rules, its electorate, its papers and what they say together.

An open vote shows whose paper is whose. A secret one shows its papers in the order of what they say, without names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from allocation.methods.counting.consent import ConsentTally
from allocation.methods.inputs import KINDS, canonical, points_of
from allocation.models import Meeting, Vote
from allocation.voting.results import vote_result


def moment(at: datetime | None) -> str:
    """A moment as text, in universal time; empty where there is none."""
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else ""


def vote_record(vote: Vote) -> dict[str, Any]:
    """Everything that a closed vote says."""
    electors = sorted(vote.electors.all(), key=lambda each: each.person)
    papers = list(vote.papers.select_related("elector"))
    if vote.secret:
        told: list[Any] = sorted((paper.content for paper in papers), key=canonical)
    else:
        told = sorted(
            ({"person": paper.elector.person if paper.elector else "", "content": paper.content} for paper in papers),
            key=canonical,
        )
    return {
        "number": vote.number,
        "round": vote.round,
        "kind": vote.kind,
        "question": vote.question,
        "subject": vote.subject,
        "rules": vote.rules,
        "secret": vote.secret,
        "meeting": vote.meeting.number if vote.meeting else None,
        "opened_at": moment(vote.opened_at),
        "opened_by": vote.opened_by,
        "closed_at": moment(vote.closed_at),
        "casting": vote.casting,
        "electorate": [
            {
                "person": each.person,
                "holder": each.holder,
                "recused": sorted(each.recused),
                "has_voted": each.has_voted,
            }
            for each in electors
        ],
        "papers": told,
        "count": count_record(vote, [paper.content for paper in papers]),
        "objections": [
            {
                "number": each.number,
                "person": each.person,
                "text": each.text,
                "state": each.state,
                "resolution": each.resolution,
            }
            for each in vote.objections.order_by("number")
        ],
    }


def count_record(vote: Vote, contents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the papers say together: answers to one question, or by project its supporters and its points."""
    if is_one_question(vote):
        given = answers_of(contents)
        return {"yes": given["yes"], "no": given["no"], "abstentions": given["abstain"]}
    worth = [points_of(vote.kind, each) for each in contents]
    codes = sorted({code for each in worth for code in each})
    return {
        code: {"supporters": sum(code in each for each in worth), "points": sum(each.get(code, 0) for each in worth)}
        for code in codes
    }


def is_one_question(vote: Vote) -> bool:
    """Whether one answer is asked, not one for each proposal."""
    return vote.kind == "consent" or (vote.kind == "yes-no" and not vote.subject.get("proposals"))


def answers_of(contents: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many papers say yes, no, or neither; in a vote by consent an objection is a no."""
    words = {"yes": "yes", "no": "no", "consent": "yes", "object": "no"}
    counted = [words.get(str(each.get("answer")), "abstain") for each in contents]
    return {answer: counted.count(answer) for answer in ("yes", "no", "abstain")}


def verdict_of(vote: Vote) -> dict[str, Any]:
    """Whether a closed vote by yes or no, or by consent, adopts its question, with its figures.

    `needed` is how many had to be for it; by consent none, as long as no objection stands.
    """
    result = vote_result(vote)
    count = count_record(vote, list(vote.papers.values_list("content", flat=True)))
    found = {"adopted": result.adopted is True, **count, "needed": 0, "by": "consent", "objections_standing": 0}
    if "" in result.answers:
        verdict = result.answers[""].verdict
        return found | {"needed": verdict.needed, "by": verdict.by}
    if isinstance(result.tally, ConsentTally):
        return found | {"by": result.tally.by, "objections_standing": len(result.tally.standing)}
    return found


def meeting_record(meeting: Meeting, until: datetime) -> dict[str, Any]:
    """A meeting as it stood at a moment: convocation, who came, who was represented, whether it had its quorum."""
    return {
        "number": meeting.number,
        "convened_on": meeting.convened_on.isoformat(),
        "convened_by": meeting.convened_by,
        "held_on": meeting.held_on.isoformat(),
        "place": meeting.place,
        "agenda": meeting.agenda,
        "chair": meeting.chair,
        "emergency": meeting.emergency,
        "second_of": meeting.second_of.number if meeting.second_of else None,
        "lacked_quorum": meeting.lacked_quorum,
        "attendances": [
            {
                "person": each.person,
                "manner": each.manner,
                "at": moment(each.at),
                "left_at": moment(each.left_at if each.left_at and each.left_at <= until else None),
            }
            for each in sorted(meeting.attendances.all(), key=lambda each: each.person)
            if each.at <= until
        ],
        "proxies": [
            {
                "giver": each.giver,
                "holder": each.holder,
                "given_at": moment(each.given_at),
                "revoked_at": moment(each.revoked_at if each.revoked_at and each.revoked_at <= until else None),
            }
            for each in sorted(meeting.proxies.all(), key=lambda each: (each.given_at, each.giver, each.holder))
            if each.given_at <= until
        ],
    }


def shift_between(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """By project, what it had at the first ballot and at the second; empty for ballots of two kinds."""
    if first["kind"] != second["kind"] or first["kind"] not in KINDS or first["kind"] == "yes-no":
        return {}
    before, after = first["count"], second["count"]
    nothing = {"supporters": 0, "points": 0}
    return {
        code: {"before": before.get(code, nothing), "after": after.get(code, nothing)}
        for code in sorted({*before, *after})
    }
