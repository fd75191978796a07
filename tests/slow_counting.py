"""Counting and corrections said as plainly as possible: twins of the functions that the committee uses."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, permutations
from math import lcm

Levels = Sequence[Collection[str]]


def lower_median(grades: Sequence[int]) -> int:
    return sorted(grades)[(len(grades) - 1) // 2]


def majority_order(grades: Mapping[str, Sequence[int]]) -> list[set[str]]:
    """Give every project as many grades, then compare two by taking a median grade from each until they differ."""
    longest = lcm(*(len(each) for each in grades.values()))
    equal = {project: list(each) * (longest // len(each)) for project, each in grades.items()}

    def before(one: str, other: str) -> bool:
        mine, theirs = list(equal[one]), list(equal[other])
        while mine:
            if lower_median(mine) != lower_median(theirs):
                return lower_median(mine) > lower_median(theirs)
            mine.remove(lower_median(mine))
            theirs.remove(lower_median(theirs))
        return False

    return in_levels(grades, before)


def majority_values(grades: Sequence[int]) -> list[int]:
    """The grades in the order in which they are removed as lower medians."""
    left, values = list(grades), []
    while left:
        values.append(lower_median(left))
        left.remove(values[-1])
    return values


def in_levels(projects: Collection[str], before) -> list[set[str]]:
    """The projects that none is before, then those among the others that none is before, and so on."""
    waiting, levels = set(projects), []
    while waiting:
        level = {one for one in waiting if not any(before(other, one) for other in waiting)}
        levels.append(level)
        waiting -= level
    return levels


def prefers(levels: Levels, one: str, other: str) -> bool:
    place = {project: number for number, level in enumerate(levels) for project in level}
    return place.get(one, len(levels)) < place.get(other, len(levels))


def preferring(ballots: Mapping[str, Levels], recused: Mapping[str, Collection[str]], one: str, other: str) -> int:
    return sum(
        prefers(levels, one, other)
        for voter, levels in ballots.items()
        if not {one, other} & set(recused.get(voter, ()))
    )


def chains(projects: Collection[str], one: str, other: str) -> Iterator[tuple[str, ...]]:
    """Every way from one project to another that visits none twice."""
    between = [project for project in projects if project not in (one, other)]
    for length in range(len(between) + 1):
        for middle in permutations(between, length):
            yield (one, *middle, other)


def strongest(projects: Collection[str], ballots: Mapping[str, Levels], recused, one: str, other: str) -> int:
    def link(first: str, second: str) -> int:
        there = preferring(ballots, recused, first, second)
        return there if there > preferring(ballots, recused, second, first) else 0

    return max(min(link(first, second) for first, second in pairwise(chain)) for chain in chains(projects, one, other))


def schulze_order(projects: Collection[str], ballots: Mapping[str, Levels], recused=None) -> list[set[str]]:
    known = recused or {}
    strength = {
        (one, other): strongest(projects, ballots, known, one, other)
        for one in projects
        for other in projects
        if one != other
    }
    return in_levels(projects, lambda one, other: one != other and strength[one, other] > strength[other, one])


def smith_set(projects: Collection[str], ballots: Mapping[str, Levels]) -> set[str]:
    """The smallest set of which each beats every project outside it."""

    def beats(one: str, other: str) -> bool:
        return preferring(ballots, {}, one, other) > preferring(ballots, {}, other, one)

    def reached(first: str) -> set[str]:
        inside = {first}
        while more := {
            other for other in projects if other not in inside and any(not beats(one, other) for one in inside)
        }:
            inside |= more
        return inside

    return min((reached(project) for project in projects), key=len)


def least_squares(raw: Mapping[str, Mapping[str, Fraction]]) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """Qualities and severities from all normal equations at once, by plain elimination; severities sum to zero."""
    readers, projects = sorted(raw), sorted({project for given in raw.values() for project in given})
    names = [("q", project) for project in projects] + [("b", reader) for reader in readers]
    rows: list[list[Fraction]] = []
    for name in names:
        row, right = dict.fromkeys(names, Fraction(0)), Fraction(0)
        for reader, given in raw.items():
            for project, score in given.items():
                if name in (("q", project), ("b", reader)):
                    row["q", project] += 1
                    row["b", reader] += 1
                    right += score
        rows.append([*row.values(), right])
    rows.append([*(Fraction(kind == "b") for kind, _ in names), Fraction(0)])
    found = dict(zip(names, eliminated(rows), strict=True))
    return {project: found["q", project] for project in projects}, {reader: found["b", reader] for reader in readers}


def eliminated(rows: list[list[Fraction]]) -> list[Fraction]:
    """The one solution of equations of which some may follow from the others."""
    unknowns = len(rows[0]) - 1
    for column in range(unknowns):
        pivot = next(row for row in range(column, len(rows)) if rows[row][column] != 0)
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(len(rows)):
            if row != column and rows[row][column] != 0:
                factor = rows[row][column]
                rows[row] = [value - factor * top for value, top in zip(rows[row], rows[column], strict=True)]
    return [rows[row][unknowns] for row in range(unknowns)]
