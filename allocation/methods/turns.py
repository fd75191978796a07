"""Taking projects in a given order while their least amounts fit; also who may enter before amounts are shared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from allocation.methods.problem import Pick, Problem, Tie
from allocation.methods.ties import TieRule


@dataclass(frozen=True, slots=True)
class Turn:
    """A project's turn: its place in the order, what was left then, and whether it fitted."""

    project: str
    place: int
    left_before: int
    fitted: bool


def take(
    problem: Problem, levels: Iterable[Sequence[str]], *, left: int, tie_rule: TieRule
) -> tuple[list[Turn], list[Tie]]:
    """Give every project its turn, level after level; one that does not fit is passed over.

    Projects of one level are tied and go in the tie rule's order; a tie is kept where several of them still fitted.
    """
    turns: list[Turn] = []
    ties: list[Tie] = []
    for level in levels:
        queue = sorted(level, key=lambda project: tie_rule.order(problem, project, problem.support[project]))
        for position, project in enumerate(queue):
            cost = problem.costs[project]
            fitted = cost <= left
            turns.append(Turn(project, len(turns) + 1, left, fitted))
            if not fitted:
                continue
            tied = [other for other in queue[position:] if problem.costs[other] <= left]
            if len(tied) > 1:
                ties.append(tie_rule.settle(problem, tied))
            left -= cost
    return turns, ties


def picks(problem: Problem, turns: Iterable[Turn]) -> list[Pick]:
    """The turns that fitted, as steps that grant the cost."""
    return [
        Pick(turn.project, problem.costs[turn.project], problem.support[turn.project], turn.left_before, turn.place)
        for turn in turns
        if turn.fitted
    ]


def support_share(problem: Problem, project: str) -> Fraction:
    """The part of those who may speak of a project that supports it; nothing when nobody may."""
    entitled = problem.entitled(project)
    return Fraction(problem.support[project], entitled) if entitled else Fraction(0)


def by_support(problem: Problem, projects: Iterable[str]) -> list[list[str]]:
    """The projects by share of supporters, the largest first; equal shares on one level."""
    shares = {project: support_share(problem, project) for project in projects}
    ordered = sorted(shares, key=lambda project: (-shares[project], project))
    return [list(level) for _, level in groupby(ordered, key=lambda project: shares[project])]
