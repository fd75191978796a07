"""Reads `[governance]`: the ballot's own slots by method, and what does not hold together between the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import get_args

from fund.charter.governance import (
    HALF,
    AllocationTie,
    Approval,
    Ballot,
    Buckets,
    Chair,
    Consent,
    Governance,
    GradesTie,
    MajorityJudgment,
    MajorityOf,
    PotKey,
    Quorum,
    Ranking,
    Scores,
    SecondMeeting,
    YesNo,
    YesNoTie,
)
from fund.charter.reading.awarding import METHOD_SLOTS, approval_method, bucket_method, min_support, score_method
from fund.charter.reading.slots import Table

_LONGEST_NOTICE = 365
_MOST_PROXIES = 100
_MOST_GRADES = 10
_HIGHEST_SCORE = 100

_WITH_METHOD = ("approval", "scores")
_BALLOT_SLOTS = {
    "tie_break": ("yes-no", "majority-judgment", "consent", "approval", "scores", "ranking"),
    "majority": ("yes-no", "consent"),
    "majority_of": ("yes-no", "consent"),
    "grades": ("majority-judgment",),
    "fallback": ("consent",),
    "pot_key": ("buckets",),
    "top": ("scores",),
    "allocation_method": (*_WITH_METHOD, "buckets"),
    **dict.fromkeys(METHOD_SLOTS, _WITH_METHOD),
    "min_support": (*_WITH_METHOD, "buckets", "ranking"),
}
"""Each slot of a ballot, and the methods that know it."""


def read_governance(top: Table) -> Governance | None:
    """How the charter's committee decides; None when the charter does not say."""
    table = top.table("governance")
    if table is None:
        return None
    ballot = _ballot(table)
    governance = Governance(
        ballot=ballot,
        chair=table.choice("chair", get_args(Chair), required=True) or "votes",
        notice_days=table.whole("notice_days", least=1, most=_LONGEST_NOTICE),
        quorum=_quorum(table),
        second_meeting=_second_meeting(table),
        proxies=table.whole("proxies", least=0, most=_MOST_PROXIES) or 0,
        secret_ballots=table.flag("secret_ballots"),
        secret_debates=table.flag("secret_debates"),
        debate_first=table.flag("debate_first"),
        emergency=table.flag("emergency"),
        sources=table.sources(),
    )
    table.close()
    _check(table, governance)
    return governance


def _ballot(table: Table) -> Ballot:
    method = table.choice("ballot", BALLOTS, required=True)
    for slot, methods in _BALLOT_SLOTS.items():
        if method is None:
            table.ignore(slot)
        elif not table.has(slot):
            continue
        elif method not in methods or (method == "consent" and slot != "fallback" and not table.has("fallback")):
            table.ignore(slot)
            table.note("ballot-slot", slot, ballot=method, methods=", ".join(methods))
    return BALLOTS[method](table) if method is not None else YesNo()


def _yes_no(table: Table) -> YesNo:
    majority = table.rate("majority", required=True) or HALF
    if majority < HALF:
        table.note("majority-low", "majority", found=str(table.data["majority"])[:40])
    return YesNo(
        majority=majority,
        of=table.choice("majority_of", get_args(MajorityOf)) or "cast",
        tie=table.choice("tie_break", get_args(YesNoTie)) or "rejected",
    )


def _grades(table: Table) -> MajorityJudgment:
    return MajorityJudgment(
        grades=table.whole("grades", least=2, most=_MOST_GRADES, required=True) or 2,
        tie=table.choice("tie_break", get_args(GradesTie)) or "remove-median",
    )


def _consent(table: Table) -> Consent:
    return Consent(_yes_no(table) if table.choice("fallback", ("yes-no",)) else None)


def _approval(table: Table) -> Approval:
    return Approval(approval_method(table), _allocation_tie(table))


def _scores(table: Table) -> Scores:
    top = table.whole("top", least=1, most=_HIGHEST_SCORE, required=True) or 1
    return Scores(top, score_method(table), _allocation_tie(table))


def _allocation_tie(table: Table) -> AllocationTie:
    tie: AllocationTie | None = table.choice("tie_break", get_args(AllocationTie))
    return tie or "lottery"


def _ranking(table: Table) -> Ranking:
    return Ranking(min_support(table), _allocation_tie(table))


BALLOTS: Mapping[str, Callable[[Table], Ballot]] = {
    "yes-no": _yes_no,
    "majority-judgment": _grades,
    "consent": _consent,
    "buckets": lambda table: Buckets(table.choice("pot_key", get_args(PotKey)) or "equal", bucket_method(table)),
    "approval": _approval,
    "scores": _scores,
    "ranking": _ranking,
}
"""How each ballot is read; the keys are the words of `ballot`."""


def _quorum(table: Table) -> Quorum | None:
    share = table.rate("quorum")
    counts = [table.flag(slot, default=True) for slot in ("quorum_counts_recused", "quorum_counts_proxies")]
    if not table.has("quorum"):
        for slot in ("quorum_counts_recused", "quorum_counts_proxies", "second_meeting_days"):
            if table.has(slot):
                table.note("quorum-absent", slot)
    return None if share is None else Quorum(share, *counts)


def _second_meeting(table: Table) -> SecondMeeting | None:
    days = table.whole("second_meeting_days", least=1, most=_LONGEST_NOTICE)
    return None if days is None else SecondMeeting(days)


def _check(table: Table, governance: Governance) -> None:
    """The chair's vote and the tie that it settles, and an emergency that would change nothing."""
    ballot = governance.ballot.fallback if isinstance(governance.ballot, Consent) else governance.ballot
    settles = isinstance(ballot, YesNo) and ballot.tie == "casting-vote"
    if table.faults.spare((*table.path, "chair")) and table.has("chair"):
        if settles and governance.chair != "casting-vote":
            table.note("tie-without-casting", "tie_break", chair=governance.chair)
        if not settles and governance.chair == "casting-vote":
            table.note("casting-without-tie", "chair")
    if settles and isinstance(ballot, YesNo) and ballot.majority > HALF:
        table.note("casting-majority", "tie_break", majority=_written(ballot.majority))
    if governance.emergency and governance.notice_days is None and not governance.debate_first:
        table.note("emergency-nothing", "emergency")


def _written(rate: Fraction) -> str:
    hundred = rate * 100
    return f"{hundred} %" if hundred.denominator == 1 else str(rate)
