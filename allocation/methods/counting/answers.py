"""Yes, no or an abstention on one question, and whether that adopts it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

from allocation.methods.refusals import BallotsUncountable

Answer = Literal["yes", "no", "abstain"]
MajorityOf = Literal["cast", "present"]
AnswerTie = Literal["rejected", "casting-vote"]
DecidedBy = Literal["majority", "casting-vote", "tie"]

ANSWERS: tuple[Answer, ...] = ("yes", "no", "abstain")
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """The answers to one question, proxies included; `recused` ballots are not among them."""

    yes: int
    no: int
    abstentions: int
    recused: int = 0

    @property
    def cast(self) -> int:
        """Those for or against."""
        return self.yes + self.no


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a question is adopted: `yes` out of `whole` where `needed` were needed, and what decided."""

    adopted: bool
    yes: int
    whole: int
    needed: int
    by: DecidedBy


def count_answers(ballots: Mapping[str, str], *, recused: Collection[str] = ()) -> AnswerCount:
    """Count the answers, one per voter or per voter represented; a recused voter's is not counted.

    >>> count_answers({"ana": "yes", "bo": "no", "cy": "yes", "di": "abstain"}, recused=["cy"])
    AnswerCount(yes=1, no=1, abstentions=1, recused=1)
    """
    for voter, answer in ballots.items():
        if answer not in ANSWERS:
            raise BallotsUncountable(voter=voter, why="answer_unknown", value=answer)
    counted = [answer for voter, answer in ballots.items() if voter not in recused]
    yes, no, abstentions = (counted.count(answer) for answer in ANSWERS)
    return AnswerCount(yes, no, abstentions, len(ballots) - len(counted))


def verdict(
    count: AnswerCount,
    *,
    majority: Fraction = HALF,
    of: MajorityOf = "cast",
    tie: AnswerTie = "rejected",
    casting: str | None = None,
) -> Verdict:
    """Whether it is adopted: more than half where `majority` is 1/2, at least that share where it is more.

    `of` says of what: of those for or against, or of everyone present, abstentions included. Nobody for it is no
    majority. As many for as against is a tie: rejected, or settled by the chair's `casting` answer.

    >>> verdict(AnswerCount(4, 2, 3), majority=Fraction(2, 3))
    Verdict(adopted=True, yes=4, whole=6, needed=4, by='majority')
    >>> verdict(AnswerCount(3, 3, 0), tie="casting-vote", casting="yes").by
    'casting-vote'
    """
    if not HALF <= majority <= 1:
        raise BallotsUncountable(voter="", why="majority_impossible", value=majority)
    whole = count.cast + (count.abstentions if of == "present" else 0)
    needed = whole // 2 + 1 if majority == HALF else max(1, ceil(majority * whole))
    tied = count.yes == count.no and count.yes > 0
    if tied and tie == "casting-vote":
        return Verdict(casting == "yes", count.yes, whole, needed, "casting-vote")
    adopted = count.yes >= needed
    return Verdict(adopted, count.yes, whole, needed, "tie" if tied and not adopted else "majority")
