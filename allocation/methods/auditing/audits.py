"""Audits of a result of any method: what must hold is derived again from the ballots and the steps, by other code.

An audit looks at one thing and lists what it found against it. Where the method promises that thing a finding is an
alarm; where it does not, it is information for the committee, as the witness of an unserved group.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocation.methods.auditing import price_systems
from allocation.methods.auditing.findings import Finding, finding
from allocation.methods.auditing.voices import Voice
from allocation.methods.auditing.witnesses import CARDINAL, COST, Witness, least_support, witness
from allocation.methods.axioms import EJR_PLUS_CARDINAL, EJR_PLUS_COST, EXHAUSTIVE
from allocation.methods.problem import Problem, Result
from allocation.methods.registry import METHODS

FEASIBLE = "feasible"
SUM = "sum"
BOUNDS = "bounds"
SUPPORTERS = "supporters"
RECUSALS = "recusals"
PRICES = "prices"
AFFORDABLE = "affordable"
AUDITS = (
    FEASIBLE,
    SUM,
    BOUNDS,
    SUPPORTERS,
    RECUSALS,
    PRICES,
    AFFORDABLE,
    EXHAUSTIVE,
    EJR_PLUS_COST,
    EJR_PLUS_CARDINAL,
)
"""The names of all audits, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found; `promised` says whether the method makes sure that nothing is ever found."""

    name: str
    promised: bool
    findings: tuple[Finding, ...] = ()
    witness: Witness | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.findings and self.witness is None

    @property
    def alarms(self) -> bool:
        """Whether something was found that the method promises never to leave."""
        return self.promised and not self.holds


def audits(problem: Problem, result: Result, *, voices: Sequence[Voice] | None = None) -> tuple[Audit, ...]:
    """Every audit that concerns the result, in the order of `AUDITS`.

    `prices` and `affordable` are left out where the method has no purses, `recusals` where no voices are given; what
    else needs them (whose ballots a witness is about) then stays empty. A simulation keeps to no bounds.
    """
    method = METHODS.get(result.method)
    promises = method.promises(result.parameters) if method else frozenset[str]()
    checks: dict[str, Callable[[], Iterator[Finding]]] = {
        FEASIBLE: lambda: _feasible(problem, result, divisible=method is not None and method.divisible),
        SUM: lambda: _sum(problem, result),
        BOUNDS: lambda: _bounds(problem, result),
        SUPPORTERS: lambda: _supporters(problem, result),
    }
    simulates = method is not None and method.simulation
    found = [Audit(name, not (simulates and name == BOUNDS), tuple(check())) for name, check in checks.items()]
    if voices is not None:
        found.append(Audit(RECUSALS, True, tuple(_recusals(problem, voices))))
    if price_systems.has_prices(result):
        could = set(_choosable(problem, result))
        paid = price_systems.audited(problem, result, is_eligible=could.__contains__)
        found += [Audit(PRICES, True, tuple(paid.prices)), Audit(AFFORDABLE, True, tuple(paid.affordable))]
    found.append(Audit(EXHAUSTIVE, EXHAUSTIVE in promises, tuple(_exhaustive(problem, result))))
    for name, utility in ((EJR_PLUS_COST, COST), (EJR_PLUS_CARDINAL, CARDINAL)):
        unserved = witness(problem, result, utility, voices=voices or ())
        found.append(Audit(name, name in promises, witness=unserved))
    return tuple(found)


def _feasible(problem: Problem, result: Result, *, divisible: bool) -> Iterator[Finding]:
    """The envelope pays for everything, and only projects that may be chosen are, each once."""
    if result.budget != problem.budget:
        yield finding("envelope_differs", stated_minor=result.budget, envelope_minor=problem.budget)
    spent = sum(step.cost for step in result.steps)
    if spent > problem.budget:
        yield finding("envelope_overspent", spent_minor=spent, envelope_minor=problem.budget)
    for project, times in Counter(step.project for step in result.steps).items():
        if project not in problem.costs:
            yield finding("project_unknown", project=project)
        elif project in problem.locked_out:
            yield finding("project_locked_out", project=project)
        elif times > 1 and not divisible:
            yield finding("project_twice", project=project, times=times)


def _sum(problem: Problem, result: Result) -> Iterator[Finding]:
    """What is left is what the steps leave, to the minor unit, and exact amounts were rounded once."""
    left = problem.budget
    for number, step in enumerate(result.steps, start=1):
        if step.left_before != left:
            yield finding("left_differs", step=number, stated_minor=step.left_before, left_minor=left)
        left -= step.cost
    for level in result.levels:
        if abs(level.cost - level.exact) >= 1:
            yield finding("rounded_too_far", project=level.project, amount_minor=level.cost, exact_minor=level.exact)
    exact = sum((level.exact for level in result.levels), Fraction(0))
    rounded = sum(level.cost for level in result.levels)
    if rounded != exact.numerator // exact.denominator:
        yield finding("rounded_sum_differs", rounded_minor=rounded, exact_minor=exact)


def _bounds(problem: Problem, result: Result) -> Iterator[Finding]:
    """Who gets something gets at least what they need and at most what they can use."""
    for project, amount in result.amounts.items():
        if project not in problem.costs or not amount:
            continue
        cost, target = problem.costs[project], problem.targets.get(project, problem.costs[project])
        if amount < cost:
            yield finding("below_what_it_needs", project=project, amount_minor=amount, cost_minor=cost)
        if amount > target:
            yield finding("above_what_it_can_use", project=project, amount_minor=amount, target_minor=target)


def _supporters(problem: Problem, result: Result) -> Iterator[Finding]:
    """The supporters that the steps state are those of the ballots, and there are enough of them."""
    counted, needed = supporters(problem, result), least_support(result)
    for step in result.steps:
        number = counted.get(step.project, 0)
        if step.supporters != number:
            yield finding("supporters_differ", project=step.project, stated=step.supporters, counted=number)
    for project in result.winners:
        number = counted.get(project, 0)
        if number < needed:
            yield finding("too_few_supporters", project=project, counted=number, needed=needed)


def supporters(problem: Problem, result: Result) -> dict[str, int]:
    """How many voters support every project: name it, or give it points where the method only looks at these."""
    counted = dict.fromkeys(problem.costs, 0)
    if result.parameters.get("utility") in ("score", "borda"):
        for points, voters in problem.points.items():
            for project, given in points:
                counted[project] += voters if given > 0 else 0
        return counted
    for ballot, voters in problem.ballots.items():
        for project in ballot:
            counted[project] += voters
    return counted


def _recusals(problem: Problem, voices: Sequence[Voice]) -> Iterator[Finding]:
    """The problem counts no recused voter's support, and every recusal: numerators and denominators."""
    if len(voices) != problem.voters:
        yield finding("voters_differ", stated=problem.voters, counted=len(voices))
    for project in problem.costs:
        recused = sum(project in voice.recused for voice in voices)
        stated = problem.recused.get(project, 0)
        if stated != recused:
            yield finding("recusals_differ", project=project, stated=stated, counted=recused)
        heard = sum(project in voice.heard(problem.kind) for voice in voices)
        named = sum(voters for ballot, voters in problem.ballots.items() if project in ballot)
        if named != heard:
            yield finding("recused_heard", project=project, stated=named, counted=heard)


def _choosable(problem: Problem, result: Result) -> list[str]:
    """The projects with the support that is asked, and some, that may be chosen."""
    counted, needed = supporters(problem, result), max(1, least_support(result))
    return [project for project in problem.costs if counted[project] >= needed and project not in problem.locked_out]


def _exhaustive(problem: Problem, result: Result) -> Iterator[Finding]:
    """No project with the support that is asked still fits in what is left."""
    left = problem.budget - sum(step.cost for step in result.steps)
    for project in _choosable(problem, result):
        cost = problem.costs[project]
        if project not in result.winners and cost <= left:
            yield finding("still_fits", project=project, cost_minor=cost, left_minor=left)
