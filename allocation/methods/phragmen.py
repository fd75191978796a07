"""Phragmén's sequential method: all voters receive money evenly, and spend it together as soon as they can.

Everyone starts with nothing. The first group of supporters that has a project's cost in its pockets buys
it, which empties them. It ends when the next project, or one tied with it, does not fit in what is left
of the envelope: nothing is jumped over, so a larger envelope takes nothing away, as long as it does not let in
a project that was dearer than the whole smaller one.

What each voter has spent is a load. A project's load is what its supporters have all received when they
can pay it: the sum of their loads and the cost, by head. Loads never fall, so an old one is a lower bound:
projects wait in a heap, and only those that come to its top are counted anew. Voters of the same load form
a class, so sums are counts of voters by class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import chain

from allocation.methods.parameters import Parameter, Parameters
from allocation.methods.problem import Load, Pick, Problem, Step, Tie
from allocation.methods.purse_classes import KEY_BITS
from allocation.methods.ties import TieRule
from allocation.methods.worths import CARDINAL, Worth, worth

PHRAGMEN = "phragmen/1"
PARAMETERS = {"min_support": Parameter(default=1)}


@dataclass(frozen=True, slots=True)
class Next:
    """The projects whose supporters can pay first, once they have received `load`."""

    load: Fraction
    projects: tuple[str, ...]

    def keyed(self) -> list[tuple[int, str]]:
        """As they wait, under a whole number that is not above their load."""
        return [(_key(self.load), project) for project in self.projects]


class Loads:
    """What the voters have spent, and which projects they could pay next."""

    def __init__(self, problem: Problem, projects: Sequence[str]) -> None:
        self.read: Worth = worth(problem, CARDINAL)
        self.loads = [Fraction(0)]
        self.class_of = [0] * len(self.read.voters_of)
        costs, support = problem.costs, problem.support
        self.waiting = [((costs[each] << KEY_BITS) // support[each], each) for each in projects if support[each]]
        heapify(self.waiting)

    def load(self, project: str) -> Fraction:
        """What the supporters will all have received when they can pay the project."""
        problem = self.read.problem
        counts: Counter[int] = Counter()
        for group in self.read.backers[project]:
            counts.update(map(self.class_of.__getitem__, group.singles))
            for place in group.several:
                counts[self.class_of[place]] += self.read.voters_of[place]
        spent = sum([self.loads[number] * voters for number, voters in counts.items()], Fraction(0))
        return (spent + problem.costs[project]) / problem.support[project]

    def next(self) -> Next | None:
        """Take the projects of the lowest load out of the waiting; None when there are no more."""
        lowest: Next | None = None
        dearer: list[tuple[int, str]] = []
        while self.waiting and (lowest is None or self.waiting[0][0] <= lowest.load * (1 << KEY_BITS)):
            _, project = heappop(self.waiting)
            load = self.load(project)
            if lowest is None or load < lowest.load:
                dearer += lowest.keyed() if lowest else []
                lowest = Next(load, (project,))
            elif load == lowest.load:
                lowest = Next(load, tuple(sorted((*lowest.projects, project))))
            else:
                dearer.append((_key(load), project))
        for each in dearer:
            heappush(self.waiting, each)
        return lowest

    def pay(self, found: Next, chosen: str) -> None:
        """The supporters of the one chosen have now all spent this load; those tied with it wait again."""
        for each in found.keyed():
            if each[1] != chosen:
                heappush(self.waiting, each)
        self.loads.append(found.load)
        number = len(self.loads) - 1
        for group in self.read.backers[chosen]:
            for place in chain(group.singles, group.several):
                self.class_of[place] = number


def _key(load: Fraction) -> int:
    return (load.numerator << KEY_BITS) // load.denominator


def candidates(problem: Problem, min_support: int) -> list[str]:
    """The projects that may be bought: supported enough, and not dearer than the whole envelope."""
    return [project for project in problem.eligible(min_support) if problem.costs[project] <= problem.budget]


def run(problem: Problem, parameters: Parameters, tie_rule: TieRule) -> tuple[list[Step], list[Tie]]:
    """Buy the project of the lowest load again and again, until one does not fit."""
    projects = candidates(problem, int(parameters["min_support"]))
    loads = Loads(problem, projects)
    left = problem.budget
    steps: list[Step] = []
    ties: list[Tie] = []
    while found := loads.next():
        if any(problem.costs[project] > left for project in found.projects):
            return steps, ties
        chosen = found.projects[0]
        if len(found.projects) > 1:
            ties.append(tie_rule.settle(problem, found.projects))
            chosen = ties[-1].chosen
        steps.append(Load(chosen, problem.costs[chosen], problem.support[chosen], left, found.load))
        loads.pay(found, chosen)
        left -= problem.costs[chosen]
    unsupported = [project for project in projects if not problem.support[project]]
    more, more_ties = _without_support(problem, unsupported, len(steps), left, tie_rule)
    return [*steps, *more], ties + more_ties


def _without_support(
    problem: Problem, projects: list[str], place: int, left: int, tie_rule: TieRule
) -> tuple[list[Pick], list[Tie]]:
    """Projects that nobody supports are all tied; they are taken one by one while all those left fit."""
    picks: list[Pick] = []
    ties: list[Tie] = []
    while projects and all(problem.costs[project] <= left for project in projects):
        chosen = projects[0]
        if len(projects) > 1:
            ties.append(tie_rule.settle(problem, projects))
            chosen = ties[-1].chosen
        picks.append(Pick(chosen, problem.costs[chosen], 0, left, place + len(picks) + 1))
        left -= problem.costs[chosen]
        projects = [project for project in projects if project != chosen]
    return picks, ties
