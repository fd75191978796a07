"""The shift: what the debate changed, proposal by proposal, between the first ballot and the second.

Only closed votes are read. Of secret ones there are totals; of open ones, also who moved.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from allocation.models import Call, Vote
from allocation.voting.results import vote_result
from allocation.voting.votes import CastPaper, closed_papers
from fund.queries.debates import names_of

_ANSWERS: Final = {"yes-no": ("yes", "no", "abstain"), "consent": ("consent", "abstain", "object")}
"""The answers that are counted, the favourable one first."""
LOWER_IS_BETTER: Final = frozenset({"ranking"})
"""Kinds whose figure counts from the best: a place of 1 leads."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What one vote says of one proposal.

    `value` by kind: approvals (a count), scores (the mean), judgment (the median grade, 0 the lowest),
    ranking (the place, 1 the first), yes-no and consent (those for), buckets (minor units). `of` is how many
    papers could say something of it, the recused not among them. `parts` are the answers counted, word by word,
    where there are some.
    """

    kind: str
    value: Fraction
    of: int
    parts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A proposal in both ballots; None where one of them did not ask about it, or nobody said anything of it.

    `moved_for` and `moved_against` name who thinks better or worse of it after the debate, in open votes alone.
    """

    code: str
    name: str
    before: Figure | None
    after: Figure | None
    moved_for: tuple[str, ...] = ()
    moved_against: tuple[str, ...] = ()

    @property
    def change(self) -> Fraction | None:
        """The second figure less the first one, where both are of the same kind."""
        if self.before is None or self.after is None or self.before.kind != self.after.kind:
            return None
        return self.after.value - self.before.value

    @property
    def direction(self) -> str:
        """`up` where the committee thinks better of it after the debate, `down`, `same`, or `unknown`."""
        if self.change is None:
            return "unknown"
        better = -self.change if self.after and self.after.kind in LOWER_IS_BETTER else self.change
        return "up" if better > 0 else "down" if better < 0 else "same"


@dataclass(frozen=True, slots=True)
class Shift:
    """Both ballots of a call side by side, the proposals by code; `secret` where one of them was."""

    currency: str
    secret: bool
    lines: tuple[ShiftLine, ...]


def shift_of(call: Call, *, without: Collection[str] = ()) -> Shift | None:
    """What the debate changed; None until a vote before it and one after it are both closed.

    The proposals `without` are left out: those from which the reader is recused.
    """
    before, after = _closed(call, 1), _closed(call, 2)
    if not before or not after:
        return None
    names = {proposal.code: proposal.name for proposal in call.proposals.all()}
    read = {vote.pk: _Box(vote) for vote in (*before.values(), *after.values())}
    lines = []
    for code in sorted((set(before) | set(after)).difference(without)):
        first = read[before[code].pk] if code in before else None
        second = read[after[code].pk] if code in after else None
        moved = _moved(first, second, code) if first and second else ((), ())
        lines.append(
            ShiftLine(
                code=code,
                name=names.get(code, code),
                before=first.figure(code) if first else None,
                after=second.figure(code) if second else None,
                moved_for=moved[0],
                moved_against=moved[1],
            )
        )
    return Shift(call.currency, any(box.vote.secret for box in read.values()), tuple(lines))


def _closed(call: Call, number: int) -> dict[str, Vote]:
    """The last closed vote of a round by the proposals that it asks about."""
    votes: dict[str, Vote] = {}
    for vote in call.votes.filter(round=number).exclude(closed_at=None).order_by("number"):
        votes |= dict.fromkeys(vote.subject.get("proposals", ()), vote)
    return votes


class _Box:
    """The papers of one closed vote, read once, and what they come to."""

    def __init__(self, vote: Vote) -> None:
        self.vote = vote
        self.papers: tuple[CastPaper, ...] = closed_papers(vote)
        self.result = vote_result(vote)

    def figure(self, code: str) -> Figure | None:
        """What the vote says of a proposal; the figure is that of the vote's own count."""
        kind = self.vote.kind
        heard = [paper for paper in self.papers if code not in paper.recused]
        said = [_said(kind, paper.content, code) for paper in heard]
        if kind in _ANSWERS:
            parts = tuple((word, said.count(word)) for word in _ANSWERS[kind])
            return Figure(kind, Fraction(parts[0][1]), len(heard), parts)
        value = self.result.figures.get(code)
        return None if value is None else Figure(kind, value, sum(each is not None for each in said))

    def by_person(self, code: str) -> dict[str, Fraction]:
        """What each person's paper says of a proposal, the more the better; nothing of a secret vote."""
        found = {}
        for paper in self.papers:
            said = _said(self.vote.kind, paper.content, code)
            if paper.person and said is not None and code not in paper.recused:
                found[paper.person] = _liking(self.vote.kind, said)
        return found


def _moved(first: _Box, second: _Box, code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if first.vote.kind != second.vote.kind:
        return (), ()
    before, after = first.by_person(code), second.by_person(code)
    both = sorted(before.keys() & after.keys())
    names = names_of(set(both))
    better = tuple(names[person] for person in both if after[person] > before[person])
    return better, tuple(names[person] for person in both if after[person] < before[person])


def _said(kind: str, content: Mapping[str, Any], code: str) -> Any:
    """What a paper (`allocation.voting.papers`) says of a proposal: a number, or a word of the answers; None: nothing.

    A grade that is not given counts as the lowest, an amount as nothing; a score that is not given is none.
    """
    if kind == "approval":
        return int(code in content["approved"])
    if kind == "ranking":
        return _rank(content["levels"], code)
    if kind == "yes-no" and "answers" in content:
        return content["answers"].get(code, "abstain")
    if kind in _ANSWERS:
        return content["answer"]
    if kind == "scores":
        return content["scores"].get(code)
    return content["grades" if kind == "judgment" else "amounts"].get(code, 0)


def _rank(levels: list[list[str]], code: str) -> int | None:
    above = 0
    for level in levels:
        if code in level:
            return above + 1
        above += len(level)
    return None


def _liking(kind: str, said: Any) -> Fraction:
    if kind in _ANSWERS:
        return Fraction({"yes": 2, "consent": 2, "abstain": 1, "no": 0, "object": 0}[said])
    return Fraction(-said if kind in LOWER_IS_BETTER else said)
