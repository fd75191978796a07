"""For every project one reason: the figures that decided, and what would have had to change.

Two certificates need no search, because until an unfunded project is bought the run would have been
the same: with a request no larger than what its supporters still held, or than what was left when its
turn came, it *would have been funded*; so it would with the support of some more voters. Tests run
the methods again to prove it. The certificates say what is enough, not what is least. Where the method
runs again and again (Add1) nothing can be said without trying: see `trials.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from allocation.methods import greedy, purses
from allocation.methods.problem import Level, Load, Pick, Problem, Purchase, Result, Step
from allocation.methods.ties import TieRule
from allocation.methods.worths import BORDA, CARDINAL, COST, worth
from ledger.money import rounded

FUNDED_BY_SHARES = "funded_by_shares"
FUNDED_BY_COMPLETION = "funded_by_completion"
FUNDED_IN_ORDER = "funded_in_order"
SUPPORTERS_CANNOT_PAY = "supporters_cannot_pay"
NEITHER_SHARES_NOR_COMPLETION = "neither_shares_nor_completion"
DOES_NOT_FIT = "does_not_fit"
TOO_FEW_SUPPORTERS = "too_few_supporters"
WORTH_NOTHING = "worth_nothing"

LOCKED_OUT = "locked_out"
COMMON_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a project is funded or not.

    `figures` are counts, and amounts in minor units where the name says so. `common` names the funded
    projects that took most of its supporters, with how many they share. `enough_minor` is a request that
    would have been funded; `enough_voters` more supporters would have sufficed, among those with the
    fullest purses when `fullest_purses` says so. `enough_budget` is an envelope with which it was funded
    when that was tried; nothing says that a larger one would do as well. None: no such change is known to do.
    `tried` says that the other two were found by running the method again, not by proof.
    """

    project: str
    code: str
    figures: Mapping[str, int]
    common: tuple[tuple[str, int], ...] = ()
    enough_minor: int | None = None
    enough_voters: int | None = None
    fullest_purses: bool = False
    enough_budget: int | None = None
    tried: bool = False

    @property
    def is_funded(self) -> bool:
        return self.code.startswith("funded_")


def reasons(problem: Problem, result: Result, tie_rule: TieRule) -> dict[str, Reason]:
    """One reason for every project of the problem, in its order, for equal shares and greedy."""
    told = _Told(problem, result, tie_rule)
    return {project: told.reason(project) for project in problem.costs}


class _Told:
    """The end state of a run, from which every reason is read."""

    def __init__(self, problem: Problem, result: Result, tie_rule: TieRule) -> None:
        self.problem, self.result, self.tie_rule = problem, result, tie_rule
        parameters = result.parameters
        self.min_support = int(parameters["min_support"])
        self.read = worth(problem, str(parameters["utility"]), is_free_worth=self.min_support > 0)
        self.has_shares = result.method.startswith("equal-shares/")
        completion = str(parameters.get("completion", "utilitarian"))
        self.has_order, self.has_proof = completion.endswith("utilitarian"), not completion.startswith("add1")
        self.steps = {step.project: (number, step) for number, step in enumerate(result.steps, start=1)}
        self.bought = [purchase.project for purchase in result.purchases]
        self.purses = purses.after(problem, result) if self.has_shares else None
        self.held = self.purses.with_supporters() if self.purses else {}
        self.left_for_order = problem.budget - sum(purchase.cost for purchase in result.purchases)
        self.turns = self._turns() if self.has_order else {}
        self.bought_by = self._bought_by()
        self.purse = next((rounded(each.purse) for each in result.purchases if each.purse is not None), None)

    def _turns(self) -> dict[str, tuple[int, int]]:
        """The place in the order, and what was left at that turn, of every project that had one."""
        waiting = [project for project in self.read.eligible(self.min_support) if project not in self.bought]
        queue = greedy.ordered(self.read, waiting, self.tie_rule)
        picked = {pick.project for pick in self.result.picks}
        left, turns = self.left_for_order, {}
        for place, project in enumerate(queue, start=1):
            turns[project] = (place, left)
            if project in picked:
                left -= self.problem.costs[project]
        return turns

    def _bought_by(self) -> list[list[str]]:
        """What the voters of each ballot bought, ballot by ballot."""
        found: list[list[str]] = [[] for _ in self.read.voters_of]
        for project in self.bought:
            for group in self.read.backers[project]:
                for place in chain(group.singles, group.several):
                    found[place].append(project)
        return found

    def reason(self, project: str) -> Reason:
        if project not in self.steps:
            return self._unfunded(project)
        number, step = self.steps[project]
        return self._funded(step, self._figures(project) | {"round": number})

    def _figures(self, project: str) -> dict[str, int]:
        """What every reason says: the cost, the supporters, and of how many where some are recused."""
        figures = {"cost_minor": self.problem.costs[project], "supporters": self.read.support[project]}
        if recused := self.problem.recused.get(project):
            figures |= {"recused": recused, "of_voters": self.problem.entitled(project)}
        return figures

    def _funded(self, step: Step, figures: dict[str, int]) -> Reason:
        match step:
            case Purchase():
                figures |= {
                    "full_payers": step.full_payers,
                    "payment_minor": rounded(step.payment),
                    "rest_payers": step.rest_payers,
                    "rest_paid_minor": rounded(step.rest_paid),
                }
                if self.purse is not None:
                    figures["purse_minor"] = self.purse
                if self.read.utility not in (COST, CARDINAL):
                    figures["paid_by_points"] = 1
                return Reason(step.project, FUNDED_BY_SHARES, figures)
            case Pick():
                code = FUNDED_BY_COMPLETION if self.has_shares else FUNDED_IN_ORDER
                return Reason(step.project, code, figures | {"place": step.place, "left_minor": step.left_before})
            case Level() | Load():
                raise AssertionError(f"{self.result.method} takes no such step")

    def _unfunded(self, project: str) -> Reason:
        figures = self._figures(project)
        if project in self.problem.locked_out:
            return Reason(project, LOCKED_OUT, figures)
        if self.has_shares:
            held = self._held_minor(project)
            figures |= {"held_minor": held, "missing_minor": max(0, self.problem.costs[project] - held)}
            if self.purse is not None:
                figures["purse_minor"] = self.purse
        if project in self.turns:
            figures |= {"place": self.turns[project][0], "left_minor": self.turns[project][1]}
        if self.read.support[project] < self.min_support:
            code = TOO_FEW_SUPPORTERS
            figures["min_support"] = self.min_support
        elif self.problem.costs[project] == 0:
            code = WORTH_NOTHING
        elif self.has_shares:
            code = NEITHER_SHARES_NOR_COMPLETION if self.has_order else SUPPORTERS_CANNOT_PAY
        else:
            code = DOES_NOT_FIT
        voters, fullest = self._enough_voters(project)
        return Reason(project, code, figures, self._common(project), self._enough_minor(project), voters, fullest)

    def _held_minor(self, project: str) -> int:
        return self.held[project] // self.purses.denominator if self.purses else 0

    def _enough_minor(self, project: str) -> int | None:
        if self.read.support[project] < self.min_support or not self.has_proof or not self.problem.costs[project]:
            return None
        left = self.turns[project][1] if project in self.turns else 0
        return max(left, self._held_minor(project)) or None

    def _enough_voters(self, project: str) -> tuple[int | None, bool]:
        """How many more supporters; no proof with Borda, where a new name moves the others on a list."""
        if not self.has_proof or self.read.utility == BORDA:
            return None, False
        knows_purses = self.purses is not None and not self.problem.recused.get(project)
        is_worth = self.problem.costs[project] > 0 or self.read.is_free_worth
        by_purses = None
        if self.purses is not None and knows_purses and is_worth:
            by_purses = self.purses.newcomers_needed(project, self.held[project])
        by_order = self._newcomers_in_order(project) if self.has_order else None
        fullest = by_purses is not None and (by_order is None or by_purses < by_order)
        enough = by_purses if fullest else by_order
        if enough is None:
            return None, False
        enough = max(enough, self.min_support - self.read.support[project])
        others = self.problem.entitled(project) - self.read.support[project]
        return (enough, fullest) if enough <= others else (None, False)

    def _newcomers_in_order(self, project: str) -> int | None:
        """How many more supporters put the project before the pick that left too little for it.

        With points nobody knows how many they would give: then only the missing supporters of one that fits.
        """
        cost, supporters = self.problem.costs[project], self.read.support[project]
        if cost > self.left_for_order:
            return None
        rival = next((pick for pick in self.result.picks if pick.left_before - pick.cost < cost), None)
        if rival is None:
            return 0
        if self.read.utility not in (COST, CARDINAL):
            return None
        each = self.read.score(project, 1)[1]
        key = greedy.place(self.read, rival.project, rival.supporters, self.tie_rule)
        needed = max(0, -(-self.read.score(rival.project, rival.supporters)[1] // each) - supporters) if each else 0
        is_before = greedy.place(self.read, project, supporters + needed, self.tie_rule) < key
        return needed if is_before else needed + 1

    def _common(self, project: str) -> tuple[tuple[str, int], ...]:
        if not self.has_shares:
            return ()
        shared: Counter[str] = Counter()
        for group in self.read.backers[project]:
            shared.update(chain.from_iterable(map(self.bought_by.__getitem__, group.singles)))
            for place in group.several:
                for other in self.bought_by[place]:
                    shared[other] += self.read.voters_of[place]
        most = sorted(shared, key=lambda other: (-shared[other], other))
        return tuple((other, shared[other]) for other in most[:COMMON_SHOWN])
