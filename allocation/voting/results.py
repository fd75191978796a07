"""What a closed vote comes to: counted from its papers by the rules that were frozen with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, cast

from allocation.methods.counting.answers import (
    AnswerCount,
    AnswerTie,
    MajorityOf,
    Verdict,
    count_answers,
    verdict,
)
from allocation.methods.counting.approvals import ApprovalTally, count_approvals
from allocation.methods.counting.buckets import BucketTally, fill_buckets
from allocation.methods.counting.consent import ConsentTally, consent
from allocation.methods.counting.consent import Objection as Said
from allocation.methods.counting.majority_judgment import GradesTie, JudgmentTally, judge
from allocation.methods.counting.ranking import Ranking
from allocation.methods.counting.schulze import SchulzeTally, schulze
from allocation.methods.counting.scores import ScoreTally, count_scores
from allocation.models import Vote
from allocation.voting.votes import CastPaper, check_closed, closed_papers, turnout

Tally = ApprovalTally | ScoreTally | JudgmentTally | SchulzeTally | BucketTally | ConsentTally


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """The answers to one question, and whether they adopt it; `tied` when the chair's answer would decide."""

    count: AnswerCount
    verdict: Verdict
    tied: bool


@dataclass(frozen=True, slots=True)
class VoteResult:
    """A closed vote, counted.

    `answers` holds what yes-or-no came to, by proposal, or under the empty code for one question; `tally` the count of
    the other kinds. `figures` is one number a proposal: supporters, mean, median grade, place or minor
    units. `missing` names the proposals that lack their quorum, the empty code the vote itself; nothing is
    adopted on them.
    """

    kind: str
    cast: int
    voices: int
    missing: tuple[str, ...] = ()
    answers: Mapping[str, AnswerResult] = field(default_factory=dict)
    tally: Tally | None = None
    ranking: Ranking | None = None
    figures: Mapping[str, Fraction] = field(default_factory=dict)
    fallback_due: bool = False

    @property
    def adopted(self) -> bool | None:
        """Whether the one question is adopted; None where there is none, or where nothing is decided yet."""
        if self.casting_due or self.fallback_due:
            return None
        if "" in self.answers:
            return self.answers[""].verdict.adopted and not self.missing
        return self.tally.adopted and not self.missing if isinstance(self.tally, ConsentTally) else None

    @property
    def casting_due(self) -> bool:
        """Whether the chair has a tie to settle."""
        return any(result.tied for result in self.answers.values()) and not self.missing


def vote_result(vote: Vote) -> VoteResult:
    """Count a closed vote; refuses one that is sealed."""
    check_closed(vote)
    papers = closed_papers(vote)
    proposals = tuple(vote.subject.get("proposals", ()))
    there = turnout(vote)
    counted = _COUNTS[vote.kind](vote, papers, proposals)
    return VoteResult(
        kind=vote.kind, cast=there.cast, voices=there.voices, missing=lacking_quorum(vote, proposals), **counted
    )


def lacking_quorum(vote: Vote, proposals: Collection[str]) -> tuple[str, ...]:
    """The proposals on which too few took part, in a vote that has its quorum at the close; empty code: the vote."""
    if vote.rules.get("quorum_at") != "close":
        return ()
    cast = list(vote.electors.filter(has_voted=True).values_list("recused", flat=True))
    lacking = [""] if len(cast) < vote.rules["quorum"]["needed"] else []
    for code, figures in vote.rules["quorum_by_proposal"].items():
        if code in proposals and sum(code not in recused for recused in cast) < figures["needed"]:
            lacking.append(code)
    return tuple(lacking)


def _recused(papers: Sequence[CastPaper]) -> dict[str, frozenset[str]]:
    return {paper.receipt: paper.recused for paper in papers}


def _answer(vote: Vote, answers: Mapping[str, str], recused: Collection[str], missing: int) -> AnswerResult:
    """`missing` is how many voices that may answer were not used: of everyone present, they are abstentions."""
    rule = vote.rules.get("ballot", {})
    count = count_answers(answers, recused=recused)
    of = cast(MajorityOf, rule.get("of", "cast"))
    whole = AnswerCount(count.yes, count.no, count.abstentions + (missing if of == "present" else 0), count.recused)
    tie = cast(AnswerTie, rule.get("tie", "rejected"))
    majority = Fraction(rule.get("majority", "1/2"))
    settled = verdict(whole, majority=majority, of=of, tie=tie, casting=vote.casting or None)
    return AnswerResult(count, settled, settled.by == "casting-vote" and not vote.casting and _chair_may(vote))


def _chair_may(vote: Vote) -> bool:
    """Whether the chair settles ties here: not when they are recused from any of it, then a tie adopts nothing."""
    chair = vote.rules.get("chair", "")
    return bool(chair) and chair not in vote.rules.get("recusals", {})


def _yes_no(vote: Vote, papers: Sequence[CastPaper], proposals: Sequence[str]) -> dict[str, Any]:
    electors = list(vote.electors.values_list("has_voted", "recused"))
    if not proposals:
        unused = sum(not voted for voted, _ in electors)
        said = {paper.receipt: str(paper.content["answer"]) for paper in papers}
        return {"answers": {"": _answer(vote, said, (), unused)}}
    answers = {}
    for code in proposals:
        said = {paper.receipt: str(paper.content["answers"].get(code, "abstain")) for paper in papers}
        recused = [paper.receipt for paper in papers if code in paper.recused]
        unused = sum(not voted and code not in silent for voted, silent in electors)
        answers[code] = _answer(vote, said, recused, unused)
    figures = {code: Fraction(result.count.yes) for code, result in answers.items()}
    return {"answers": answers, "figures": figures, "ranking": Ranking.by(figures)}


def _approval(_vote: Vote, papers: Sequence[CastPaper], proposals: Sequence[str]) -> dict[str, Any]:
    ballots = {paper.receipt: paper.content["approved"] for paper in papers}
    tally = count_approvals(proposals, ballots, recused=_recused(papers))
    figures = {code: Fraction(count.approvals) for code, count in tally.counts.items()}
    return {"tally": tally, "ranking": tally.ranking, "figures": figures}


def _scores(_vote: Vote, papers: Sequence[CastPaper], proposals: Sequence[str]) -> dict[str, Any]:
    tally = count_scores(
        proposals, {paper.receipt: paper.content["scores"] for paper in papers}, recused=_recused(papers)
    )
    figures = {code: count.mean for code, count in tally.counts.items() if count.mean is not None}
    return {"tally": tally, "ranking": tally.ranking, "figures": figures}


def _judgment(vote: Vote, papers: Sequence[CastPaper], proposals: Sequence[str]) -> dict[str, Any]:
    rule = vote.rules["ballot"]
    ballots = {paper.receipt: paper.content["grades"] for paper in papers}
    tie = cast(GradesTie, rule["tie"])
    tally = judge(proposals, ballots, grades=rule["grades"], tie=tie, recused=_recused(papers))
    figures = {
        code: Fraction(each.majority_grade) for code, each in tally.judgments.items() if each.majority_grade is not None
    }
    return {"tally": tally, "ranking": tally.ranking, "figures": figures}


def _ranking(_vote: Vote, papers: Sequence[CastPaper], proposals: Sequence[str]) -> dict[str, Any]:
    ballots = {paper.receipt: paper.content["levels"] for paper in papers}
    tally = schulze(proposals, ballots, recused=_recused(papers))
    figures = {code: Fraction(place) for code, place in tally.ranking.places.items()}
    return {"tally": tally, "ranking": tally.ranking, "figures": figures}


def _buckets(_vote: Vote, papers: Sequence[CastPaper], proposals: Sequence[str]) -> dict[str, Any]:
    splits = {paper.receipt: paper.content["amounts"] for paper in papers}
    parts = {paper.receipt: sum(paper.content["amounts"].values()) + int(paper.content["left"]) for paper in papers}
    tally = fill_buckets(proposals, splits, parts=parts)
    figures = {code: Fraction(bucket.minor) for code, bucket in tally.buckets.items()}
    return {"tally": tally, "ranking": tally.ranking, "figures": figures}


def _consent(vote: Vote, _papers: Sequence[CastPaper], _proposals: Sequence[str]) -> dict[str, Any]:
    said = [
        Said(str(each.number), each.person, each.text, each.state, each.resolution)
        for each in vote.objections.order_by("number")
    ]
    has_fallback = bool(vote.rules.get("ballot", {}).get("fallback"))
    held = vote.call.votes.filter(subject__fallback_of=vote.number, closed_at__isnull=False).order_by("number").last()
    decided = vote_result(held) if held else None
    settled = decided.answers[""].verdict if decided and decided.adopted is not None else None
    tally = consent(said, has_fallback=has_fallback, fallback=settled)
    return {"tally": tally, "fallback_due": tally.outcome == "fallback-due"}


_COUNTS = {
    "yes-no": _yes_no,
    "approval": _approval,
    "scores": _scores,
    "judgment": _judgment,
    "ranking": _ranking,
    "buckets": _buckets,
    "consent": _consent,
}
