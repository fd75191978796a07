"""How a committee decides: convocation, quorum, proxies, the chair's vote, the ballot and what settles a tie.

One class for each ballot method, with the slots that it knows and no others. The electorate that the functions
ask for is the number of those who may vote, as it was frozen when the vote opened.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Literal, TypeAlias

from fund.charter.awarding import (
    ADD1,
    RANKED,
    ApprovalMethod,
    AverageSplits,
    EqualShares,
    ScoreMethod,
    parameters_of,
)
from ledger.money import EUR, Unit

Chair = Literal["votes", "never-votes", "casting-vote"]
MajorityOf = Literal["cast", "present"]
YesNoTie = Literal["rejected", "casting-vote"]
GradesTie = Literal["remove-median", "nearest-grade"]
AllocationTie = Literal["lottery", "lexicographic"]
PotKey = Literal["equal", "contribution"]
Answer = Literal["yes", "no"]

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Quorum:
    """The share of the electorate that has to be there: whether the recused and those given by proxy count."""

    share: Fraction
    counts_recused: bool = True
    counts_proxies: bool = True


@dataclass(frozen=True, slots=True)
class SecondMeeting:
    """Without quorum, a new convocation on the same agenda, for a meeting that needs none."""

    notice_days: int


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes, no or abstain: more than half where `majority` is 1/2, at least that share where it is more.

    `of` says of what: of the votes cast for or against, or of everyone present or represented.
    """

    majority: Fraction = HALF
    of: MajorityOf = "cast"
    tie: YesNoTie = "rejected"


@dataclass(frozen=True, slots=True)
class MajorityJudgment:
    """So many grades, the best median wins, the lower one of an even number.

    A tie takes one median grade away from each and looks again, or asks which median is nearest to the next grade.
    """

    grades: int
    tie: GradesTie = "remove-median"


@dataclass(frozen=True, slots=True)
class Consent:
    """Adopted when no valid objection stands; when that fails, the fallback decides, or nothing does."""

    fallback: YesNo | None = None


@dataclass(frozen=True, slots=True)
class Buckets:
    """Each member distributes a part of the pot, equal or by what it contributed.

    Without a method the parts that a project was given are added up, and that is all.
    """

    key: PotKey = "equal"
    method: AverageSplits | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """Each names the projects that they support; the allocation method turns that into awards."""

    method: ApprovalMethod
    tie: AllocationTie = "lottery"


@dataclass(frozen=True, slots=True)
class Scores:
    """Each gives every project a score from 0 to `top`; the allocation method turns that into awards."""

    top: int
    method: ScoreMethod
    tie: AllocationTie = "lottery"


@dataclass(frozen=True, slots=True)
class Ranking:
    """Each puts the projects in an order; they are funded in Schulze's order of all ballots, as far as each fits."""

    min_support: int = 1
    tie: AllocationTie = "lottery"


Ballot: TypeAlias = YesNo | MajorityJudgment | Consent | Buckets | Approval | Scores | Ranking


@dataclass(frozen=True, slots=True)
class Governance:
    """The rules of a decision. What is None is not ruled; `sources` slot by slot, as everywhere.

    `emergency` lets a declared emergency shorten the notice and skip the debate. A person holds at most `proxies`
    of others; that a recused person neither votes nor lends their vote is no slot: it is so in every fund.
    """

    ballot: Ballot
    chair: Chair
    sources: Mapping[str, str]
    notice_days: int | None = None
    quorum: Quorum | None = None
    second_meeting: SecondMeeting | None = None
    proxies: int = 0
    secret_ballots: bool = False
    secret_debates: bool = False
    debate_first: bool = False
    emergency: bool = False


def quorum_needed(governance: Governance, *, electorate: int, recused: int = 0) -> int:
    """How many have to be there, rounded up to a whole person; 0 without a quorum.

    Half of 7 is 4, half of 11 or 12 is 6. Where the recused are not counted, they are taken off first.

    >>> rule = Governance(YesNo(), "votes", {}, quorum=Quorum(HALF, counts_recused=False))
    >>> [quorum_needed(rule, electorate=size) for size in (7, 11, 12)], quorum_needed(rule, electorate=12, recused=3)
    ([4, 6, 6], 5)
    """
    if governance.quorum is None:
        return 0
    counted = electorate if governance.quorum.counts_recused else max(electorate - recused, 0)
    return ceil(governance.quorum.share * counted)


def quorum_reached(
    governance: Governance,
    *,
    electorate: int,
    present: int,
    represented: int = 0,
    recused: int = 0,
    recused_present: int = 0,
    second: bool = False,
) -> bool:
    """Whether enough are there; a second meeting, where the charter has one, needs no quorum.

    `present` are those in the room or on the line who may vote, `represented` those who gave a proxy that counts.
    Of the `recused`, those who came count only where the charter counts them.
    """
    if governance.quorum is None or (second and governance.second_meeting is not None):
        return True
    there = present + (represented if governance.quorum.counts_proxies else 0)
    there += recused_present if governance.quorum.counts_recused else 0
    return there >= quorum_needed(governance, electorate=electorate, recused=recused)


def convened_in_time(
    governance: Governance, *, convened_on: date, meeting_on: date, second: bool = False, emergency: bool = False
) -> bool:
    """Whether the convocation left the days that the charter asks for, the day of the meeting not counted.

    A declared emergency needs no days where the charter allows it; a meeting is never convened after it took place.
    """
    days = (meeting_on - convened_on).days
    if emergency and governance.emergency:
        return days >= 0
    second_notice = governance.second_meeting.notice_days if second and governance.second_meeting else None
    notice = governance.notice_days if second_notice is None else second_notice
    return days >= (notice or 0)


def may_open_vote(governance: Governance, *, debated: bool, emergency: bool = False) -> bool:
    """Whether the vote may open: after the debate where one is due, or in an emergency that the charter allows."""
    return debated or not governance.debate_first or (emergency and governance.emergency)


def chair_votes(governance: Governance) -> bool:
    """Whether the chair has a ballot like the others; a casting vote comes on top of it."""
    return governance.chair != "never-votes"


def counted_proxies(
    governance: Governance, proxies: Mapping[str, str], *, recused: Collection[str] = (), present: Collection[str]
) -> dict[str, str]:
    """The proxies that count, {who gave it: who holds it}, out of those given, in the order they were given.

    A recused person neither gives nor holds one; who is present votes in person; a holder has to be present, and
    holds no more than the charter allows: what comes later does not count.
    """
    held: dict[str, int] = {}
    counted: dict[str, str] = {}
    for giver, holder in proxies.items():
        absent = giver not in present and giver != holder and holder in present
        full = held.get(holder, 0) >= governance.proxies
        if absent and not full and giver not in recused and holder not in recused:
            held[holder] = held.get(holder, 0) + 1
            counted[giver] = holder
    return counted


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes on one question, proxies included and the casting vote not."""

    yes: int
    no: int
    abstentions: int = 0


def majority_reached(ballot: YesNo, tally: Tally, *, casting: Answer | None = None) -> bool:
    """Whether a yes-or-no question is adopted; `casting` is what the chair answered, and settles a tie alone.

    Nobody for it is no majority, whatever the rule. A tie is as many for as against.

    >>> majority_reached(YesNo(Fraction(2, 3)), Tally(4, 2)), majority_reached(YesNo(), Tally(3, 3))
    (True, False)
    """
    if ballot.tie == "casting-vote" and tally.yes == tally.no and tally.yes > 0:
        return casting == "yes"
    whole = tally.yes + tally.no + (tally.abstentions if ballot.of == "present" else 0)
    if tally.yes == 0:
        return False
    return 2 * tally.yes > whole if ballot.majority == HALF else tally.yes >= ballot.majority * whole


def allocation_method(governance: Governance, *, unit: Unit = EUR) -> tuple[str, dict[str, str | int]] | None:
    """The identifier of the method that turns the ballots into awards, and what it is told; None when nothing does.

    A yes or no and a consent adopt a proposal that stands already; buckets without a method are only added up.
    `unit` is the currency of the fund: the steps of Add1 are counted in it.

    >>> rule = Governance(Approval(EqualShares("cost", "none", 2)), "votes", {})
    >>> allocation_method(rule)
    ('equal-shares/1', {'utility': 'cost', 'completion': 'none', 'min_support': 2})
    """
    match governance.ballot:
        case Approval(method) | Scores(_, method) | Buckets(_, AverageSplits() as method):
            told = dict(parameters_of(method))
            if isinstance(method, EqualShares) and method.completion in ADD1:
                told["add1_unit"] = 10**unit.scale
            return method.id, told
        case Ranking(min_support):
            return RANKED, {"order": "schulze", "min_support": min_support}
        case MajorityJudgment(_, tie):
            return RANKED, {"order": "majority-judgment", "median_tie": tie}
    return None
