"""Scores: each reader gives numbers; a project's mean is over those who scored it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocation.methods.counting.approvals import NOBODY
from allocation.methods.counting.ranking import Ranking, heard

Scores = Mapping[str, Mapping[str, int | Fraction]]
"""The scores of each reader: reader → project → score."""


@dataclass(frozen=True, slots=True)
class ScoreCount:
    """The scores of one project: their sum, how many gave one, and how many may not."""

    total: Fraction
    graders: int
    recused: int

    @property
    def mean(self) -> Fraction | None:
        """The mean over those who scored it; None when nobody did."""
        return self.total / self.graders if self.graders else None


@dataclass(frozen=True, slots=True)
class ScoreTally:
    """Every project's count and the order by mean; projects that nobody scored are last, on one level."""

    counts: Mapping[str, ScoreCount]
    ranking: Ranking


def count_scores(
    projects: Collection[str], ballots: Scores, *, recused: Mapping[str, Collection[str]] = NOBODY
) -> ScoreTally:
    """Sum the scores and divide by those who gave one; a recused reader's score is not counted.

    >>> tally = count_scores("ab", {"ana": {"a": 4, "b": 3}, "bo": {"a": 3}})
    >>> tally.counts["a"].mean, tally.counts["b"].graders, tally.ranking.levels
    (Fraction(7, 2), 1, (('a',), ('b',)))
    """
    counts = {}
    for project, readers in heard(projects, ballots, recused).items():
        given = [Fraction(ballots[reader][project]) for reader in readers if project in ballots[reader]]
        counts[project] = ScoreCount(sum(given, Fraction(0)), len(given), len(ballots) - len(readers))
    means = {project: count.mean for project, count in counts.items() if count.mean is not None}
    return ScoreTally(counts, Ranking.by(means, last=counts.keys() - means.keys()))
