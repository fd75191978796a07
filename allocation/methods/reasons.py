"""For every project one reason: the figures that decided, and what would have had to change.

Two certificates need no search, because until an unfunded project is bought the run would have been
the same: with a request no larger than what its supporters still held, or than what was left when its
turn came, it *would have been funded*; so it would with the support of some more voters. Tests run
the methods again to prove it. The certificates say what is enough, not what is least.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from allocation.methods import greedy, purses
from allocation.methods.problem import Level, Pick, Problem, Purchase, Result
from allocation.methods.ties import TieRule
from ledger.money import rounded

FUNDED_BY_SHARES = "funded_by_shares"
FUNDED_BY_COMPLETION = "funded_by_completion"
FUNDED_IN_ORDER = "funded_in_order"
SUPPORTERS_CANNOT_PAY = "supporters_cannot_pay"
NEITHER_SHARES_NOR_COMPLETION = "neither_shares_nor_completion"
DOES_NOT_FIT = "does_not_fit"
TOO_FEW_SUPPORTERS = "too_few_supporters"

COMMON_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a project is funded or not.

    `figures` are counts, and amounts in minor units where the name says so. `common` names the funded
    projects that took most of its supporters, with how many they share. `enough_minor` is a request that
    would have been funded; `enough_voters` more supporters would have sufficed, among those with the
    fullest purses when `fullest_purses` says so. None: no such change would do.
    """

    project: str
    code: str
    figures: Mapping[str, int]
    common: tuple[tuple[str, int], ...] = ()
    enough_minor: int | None = None
    enough_voters: int | None = None
    fullest_purses: bool = False

    @property
    def is_funded(self) -> bool:
        return self.code.startswith("funded_")


def reasons(problem: Problem, result: Result, tie_rule: TieRule) -> dict[str, Reason]:
    """One reason for every project of the problem, in its order."""
    told = _Told(problem, result, tie_rule)
    return {project: told.reason(project) for project in problem.costs}


class _Told:
    """The end state of a run, from which every reason is read."""

    def __init__(self, problem: Problem, result: Result, tie_rule: TieRule) -> None:
        self.problem, self.result, self.tie_rule = problem, result, tie_rule
        self.utility = str(result.parameters["utility"])
        self.min_support = int(result.parameters["min_support"])
        self.has_shares = result.method.startswith("equal-shares/")
        self.has_order = result.parameters.get("completion") != "none"
        self.steps = {step.project: (number, step) for number, step in enumerate(result.steps, start=1)}
        self.bought = [purchase.project for purchase in result.purchases]
        self.purses = purses.after(problem, result) if self.has_shares else None
        self.held = self.purses.with_supporters() if self.purses else {}
        self.left_for_order = problem.budget - sum(purchase.cost for purchase in result.purchases)
        self.turns = self._turns() if self.has_order else {}
        self.voters_of = _voter_masks(problem) if self.has_shares else {}

    def _turns(self) -> dict[str, tuple[int, int]]:
        """The place in the order, and what was left at that turn, of every project that had one."""
        waiting = [project for project in self.problem.eligible(self.min_support) if project not in self.bought]
        queue = greedy.ordered(self.problem, waiting, utility=self.utility, tie_rule=self.tie_rule)
        picked = {pick.project for pick in self.result.picks}
        left, turns = self.left_for_order, {}
        for place, project in enumerate(queue, start=1):
            turns[project] = (place, left)
            if project in picked:
                left -= self.problem.costs[project]
        return turns

    def reason(self, project: str) -> Reason:
        if project not in self.steps:
            return self._unfunded(project)
        number, step = self.steps[project]
        figures = {"round": number, "cost_minor": step.cost, "supporters": step.supporters}
        match step:
            case Purchase():
                figures |= {
                    "full_payers": step.full_payers,
                    "payment_minor": rounded(step.payment),
                    "rest_payers": step.rest_payers,
                    "rest_paid_minor": rounded(step.rest_paid),
                }
                return Reason(project, FUNDED_BY_SHARES, figures)
            case Pick():
                code = FUNDED_BY_COMPLETION if self.has_shares else FUNDED_IN_ORDER
                return Reason(project, code, figures | {"place": step.place, "left_minor": step.left_before})
            case Level():
                return Reason(project, FUNDED_IN_ORDER, figures | {"place": number, "left_minor": step.left_before})

    def _unfunded(self, project: str) -> Reason:
        supporters = self.problem.support[project]
        figures = {"cost_minor": self.problem.costs[project], "supporters": supporters}
        if self.has_shares:
            held = self._held_minor(project)
            figures |= {"held_minor": held, "missing_minor": max(0, self.problem.costs[project] - held)}
        if project in self.turns:
            figures |= {"place": self.turns[project][0], "left_minor": self.turns[project][1]}
        if supporters < self.min_support:
            code = TOO_FEW_SUPPORTERS
            figures["min_support"] = self.min_support
        elif self.has_shares:
            code = NEITHER_SHARES_NOR_COMPLETION if self.has_order else SUPPORTERS_CANNOT_PAY
        else:
            code = DOES_NOT_FIT
        voters, fullest = self._enough_voters(project)
        return Reason(project, code, figures, self._common(project), self._enough_minor(project), voters, fullest)

    def _held_minor(self, project: str) -> int:
        return self.held[project] // self.purses.denominator if self.purses else 0

    def _enough_minor(self, project: str) -> int | None:
        if self.problem.support[project] < self.min_support:
            return None
        left = self.turns[project][1] if project in self.turns else 0
        return max(left, self._held_minor(project)) or None

    def _enough_voters(self, project: str) -> tuple[int | None, bool]:
        by_purses = self.purses.newcomers_needed(project, self.held[project]) if self.purses else None
        by_order = self._newcomers_in_order(project) if self.has_order else None
        fullest = by_purses is not None and (by_order is None or by_purses < by_order)
        enough = by_purses if fullest else by_order
        if enough is None:
            return None, False
        enough = max(enough, self.min_support - self.problem.support[project])
        others = self.problem.voters - self.problem.support[project]
        return (enough, fullest) if enough <= others else (None, False)

    def _newcomers_in_order(self, project: str) -> int | None:
        """How many more supporters put the project before the pick that left too little for it."""
        cost, supporters = self.problem.costs[project], self.problem.support[project]
        if cost > self.left_for_order:
            return None
        rival = next((pick for pick in self.result.picks if pick.left_before - pick.cost < cost), None)
        if rival is None:
            return 0
        key = self._place(rival.project, rival.supporters)
        value = rival.supporters if self.utility == "cost" else -(-rival.supporters * cost // rival.cost)
        needed = max(0, value - supporters)
        return needed if self._place(project, supporters + needed) < key else needed + 1

    def _place(self, project: str, supporters: int) -> greedy.Place:
        return greedy.place(self.problem, project, supporters, utility=self.utility, tie_rule=self.tie_rule)

    def _common(self, project: str) -> tuple[tuple[str, int], ...]:
        if not self.has_shares:
            return ()
        mask = self.voters_of[project]
        shared = {bought: (mask & self.voters_of[bought]).bit_count() for bought in self.bought}
        most = sorted((other for other in shared if shared[other]), key=lambda other: (-shared[other], other))
        return tuple((other, shared[other]) for other in most[:COMMON_SHOWN])


def _voter_masks(problem: Problem) -> dict[str, int]:
    """The supporters of every project as one number with a byte per voter, so that common ones are counted fast."""
    rows = {project: bytearray(problem.voters) for project in problem.costs}
    first = 0
    for ballot, voters in problem.ballots.items():
        for project in ballot:
            rows[project][first : first + voters] = b"\x01" * voters
        first += voters
    return {project: int.from_bytes(row, "little") for project, row in rows.items()}
