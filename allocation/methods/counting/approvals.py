"""Approvals: each voter names the projects that they support."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocation.methods.counting.ranking import Ranking, heard

NOBODY: Mapping[str, Collection[str]] = {}


@dataclass(frozen=True, slots=True)
class ApprovalCount:
    """The approvals of one project out of the voters who could give one; the recused stand apart."""

    approvals: int
    voters: int
    recused: int

    @property
    def share(self) -> Fraction:
        """The part of those who could approve it that did; nothing when nobody could."""
        return Fraction(self.approvals, self.voters) if self.voters else Fraction(0)


@dataclass(frozen=True, slots=True)
class ApprovalTally:
    """Every project's count, and the order by share of those who could approve."""

    counts: Mapping[str, ApprovalCount]
    ranking: Ranking


def count_approvals(
    projects: Collection[str],
    ballots: Mapping[str, Collection[str]],
    *,
    recused: Mapping[str, Collection[str]] = NOBODY,
) -> ApprovalTally:
    """Count the approvals; `recused` gives the projects that a voter may not speak of.

    Projects are compared by their share of those who could approve them, so a recusal neither helps nor harms.

    >>> tally = count_approvals("ab", {"ana": "ab", "bo": "b", "cy": ""}, recused={"cy": "a", "bo": "a"})
    >>> tally.counts["a"], tally.counts["b"].share, tally.ranking.levels
    (ApprovalCount(approvals=1, voters=1, recused=2), Fraction(2, 3), (('a',), ('b',)))
    """
    counts = {
        project: ApprovalCount(
            approvals=sum(project in ballots[voter] for voter in voters),
            voters=len(voters),
            recused=len(ballots) - len(voters),
        )
        for project, voters in heard(projects, ballots, recused).items()
    }
    return ApprovalTally(counts, Ranking.by({project: count.share for project, count in counts.items()}))
