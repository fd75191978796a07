"""Buckets: each member distributes a part of the pot among the projects, and the parts add up.

The part of a member is the pot divided equally, or by given weights (what each contributed). What a member leaves
undistributed stays in the pot. Two ways to fill the buckets: amounts in minor units, or points that say in what
proportions the whole part is to be split; the average of members' splits is the second one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from allocation.methods.counting.approvals import NOBODY
from allocation.methods.counting.ranking import Ranking, heard
from allocation.methods.refusals import BallotsUncountable
from ledger.money import share_out

Weights = Mapping[str, Fraction | int]
Splits = Mapping[str, Mapping[str, int]]
"""What each member gives to each project: member → project → minor units, or points."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """What one project received: in minor units, from how many members, and the exact sum before rounding."""

    minor: int
    givers: int
    exact: Fraction


@dataclass(frozen=True, slots=True)
class BucketTally:
    """Every project's bucket, every member's part, and what stays in the pot."""

    buckets: Mapping[str, Bucket]
    parts: Mapping[str, int]
    undistributed: Mapping[str, int]
    left: int
    ranking: Ranking


def parts_of(pot: int, members: Collection[str], weights: Weights | None = None) -> dict[str, int]:
    """The part of each member in minor units, equal or by weights; they sum to the pot.

    >>> parts_of(100, ["ana", "bo", "cy"])
    {'ana': 34, 'bo': 33, 'cy': 33}
    """
    keys = {member: Fraction(1) if weights is None else Fraction(weights.get(member, 0)) for member in members}
    return share_out(pot, keys) if keys else {}


def fill_buckets(
    projects: Collection[str],
    splits: Splits,
    *,
    parts: Mapping[str, int],
    recused: Mapping[str, Collection[str]] = NOBODY,
) -> BucketTally:
    """Add up what members give in minor units; nobody gives more than their part.

    What a recused member gives to a project that they may not speak of stays in the pot.

    >>> tally = fill_buckets("xy", {"ana": {"x": 30, "y": 20}, "bo": {"y": 10}}, parts={"ana": 50, "bo": 50})
    >>> {project: bucket.minor for project, bucket in tally.buckets.items()}, tally.left
    ({'x': 30, 'y': 30}, 40)
    """
    _check(splits, parts)
    for member, given in splits.items():
        if (total := sum(given.values())) > parts[member]:
            raise BallotsUncountable(voter=member, why="part_exceeded", value=total, limit=parts[member])
    buckets = {}
    used = dict.fromkeys(parts, 0)
    for project, members in heard(projects, splits, recused).items():
        given_by = {member: splits[member].get(project, 0) for member in members}
        for member, minor in given_by.items():
            used[member] += minor
        total = sum(given_by.values())
        buckets[project] = Bucket(total, sum(minor > 0 for minor in given_by.values()), Fraction(total))
    unused = {member: parts[member] - used[member] for member in parts}
    return _tally(buckets, parts, unused, pot=sum(parts.values()))


def average_splits(
    projects: Collection[str],
    points: Splits,
    *,
    pot: int,
    weights: Weights | None = None,
    recused: Mapping[str, Collection[str]] = NOBODY,
) -> BucketTally:
    """The average of members' splits of the whole pot, in proportion to the points that each gives.

    The pot is divided, equally or by weights, among all members of `points`. The part of a member without any points
    stays in the pot; points for a project that they may not speak of do not count. Exact until the end, then rounded
    once: the buckets sum to the part of those who split, cut to the minor unit.

    >>> tally = average_splits("xy", {"ana": {"x": 1}, "bo": {"x": 1, "y": 2}}, pot=100)
    >>> {project: bucket.minor for project, bucket in tally.buckets.items()}, tally.buckets["x"].exact
    ({'x': 67, 'y': 33}, Fraction(200, 3))
    """
    parts = parts_of(pot, points.keys(), weights)
    _check(points, parts)
    voters_of = heard(projects, points, recused)
    whole = sum((Fraction(1 if weights is None else weights.get(member, 0)) for member in points), Fraction(0))
    exact = dict.fromkeys(sorted(projects), Fraction(0))
    givers = dict.fromkeys(exact, 0)
    undistributed = {}
    for member, given in points.items():
        counted = {project: value for project, value in given.items() if value and member in voters_of[project]}
        weight = Fraction(1 if weights is None else weights.get(member, 0))
        undistributed[member] = 0 if counted else parts[member]
        if not weight:
            continue
        for project, value in counted.items():
            exact[project] += pot * weight / whole * Fraction(value, sum(counted.values()))
            givers[project] += 1
    total = sum(exact.values(), Fraction(0))
    spent = total.numerator // total.denominator
    minor = share_out(spent, exact) if spent else dict.fromkeys(exact, 0)
    buckets = {project: Bucket(minor[project], givers[project], exact[project]) for project in exact}
    return _tally(buckets, parts, undistributed, pot=pot)


def _check(splits: Splits, parts: Mapping[str, int]) -> None:
    for member, given in splits.items():
        if member not in parts:
            raise BallotsUncountable(voter=member, why="voter_without_part")
        for project, value in given.items():
            if value < 0:
                raise BallotsUncountable(voter=member, why="amount_negative", project=project, value=value)


def _tally(
    buckets: Mapping[str, Bucket], parts: Mapping[str, int], undistributed: Mapping[str, int], *, pot: int
) -> BucketTally:
    left = pot - sum(bucket.minor for bucket in buckets.values())
    ranking = Ranking.by({project: bucket.exact for project, bucket in buckets.items()})
    return BucketTally(buckets, dict(parts), dict(undistributed), left, ranking)
