"""Several methods side by side on the same ballots: what each gives to every project, and what it leaves to whom.

A method that refuses these ballots, or this many of them, has a column that says why; the others are not held up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from allocation.errors import AllocationError
from allocation.methods.auditing.audits import Audit, audits
from allocation.methods.auditing.choices import Choice
from allocation.methods.auditing.voices import Voice
from allocation.methods.auditing.witnesses import Witness
from allocation.methods.problem import Problem, Result
from allocation.methods.ties import TieRule


@dataclass(frozen=True, slots=True)
class Scenario:
    """One method's column: its result with what follows from it, or its refusal.

    `unserved` voters support something and nothing that they support gets anything; `silent` ones support nothing.
    `satisfaction_minor` is the average, over all voters, of the amounts given to what a voter supports, and
    `projects_per_voter` of how many of these projects get something; both exact. `audits` are those of the result,
    `witnesses` the groups that it leaves unserved, with cost and cardinal utility.
    """

    choice: Choice
    result: Result | None = None
    refusal: AllocationError | None = None
    amounts: Mapping[str, int] = field(default_factory=dict)
    spent_minor: int = 0
    left_minor: int = 0
    unserved: int = 0
    silent: int = 0
    satisfaction_minor: Fraction = Fraction(0)
    projects_per_voter: Fraction = Fraction(0)
    audits: tuple[Audit, ...] = ()

    @property
    def method(self) -> str:
        """The identifier of the method, or its name as it was asked for where it refused."""
        return self.result.method if self.result else self.choice.method

    @property
    def parameters(self) -> Mapping[str, str | int]:
        """All parameters with their values, or those asked for where the method refused."""
        return self.result.parameters if self.result else self.choice.parameters

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """The groups left unserved: none, or one by utility."""
        return tuple(audit.witness for audit in self.audits if audit.witness is not None)


@dataclass(frozen=True, slots=True)
class Row:
    """One project: what it needs and can use, who supports it, and what each scenario gives it (None: refused).

    `entitled` may express themselves on it: all but the recused.
    """

    project: str
    cost_minor: int
    target_minor: int
    supporters: int
    entitled: int
    amounts: tuple[int | None, ...]

    @property
    def disputed(self) -> bool:
        """Whether two scenarios give it different amounts."""
        return len(set(self.amounts) - {None}) > 1

    @property
    def funded(self) -> int:
        """How many scenarios give it something."""
        return sum(bool(amount) for amount in self.amounts)

    @property
    def contested(self) -> bool:
        """Whether one scenario gives it something and another nothing."""
        return len({amount > 0 for amount in self.amounts if amount is not None}) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """All scenarios with the projects in the order of the problem."""

    budget_minor: int
    voters: int
    scenarios: tuple[Scenario, ...]
    rows: tuple[Row, ...]

    @property
    def disputed(self) -> tuple[str, ...]:
        """The projects to which the scenarios give different amounts."""
        return tuple(row.project for row in self.rows if row.disputed)


def compare(
    problem: Problem, choices: Sequence[Choice], tie_rule: TieRule, *, voices: Sequence[Voice] | None = None
) -> Comparison:
    """Run every choice on the problem; with voices, audits look at recusals too and witnesses say whose ballots."""
    scenarios = tuple(scenario(problem, choice, tie_rule, voices=voices) for choice in choices)
    rows = tuple(
        Row(
            project=project,
            cost_minor=cost,
            target_minor=problem.target(project),
            supporters=problem.support[project],
            entitled=problem.entitled(project),
            amounts=tuple(each.amounts.get(project, 0) if each.result else None for each in scenarios),
        )
        for project, cost in problem.costs.items()
    )
    return Comparison(problem.budget, problem.voters, scenarios, rows)


def scenario(problem: Problem, choice: Choice, tie_rule: TieRule, *, voices: Sequence[Voice] | None = None) -> Scenario:
    """One column; a refusal of the method is kept, not raised."""
    try:
        result = choice.solve(problem, tie_rule)
    except AllocationError as refusal:
        return Scenario(choice, refusal=refusal)
    amounts = result.amounts
    gained, projects, unserved, silent = 0, 0, 0, 0
    for ballot, voters in problem.ballots.items():
        funded = [amounts[project] for project in ballot if amounts.get(project)]
        gained += voters * sum(funded)
        projects += voters * len(funded)
        unserved += voters if ballot and not funded else 0
        silent += 0 if ballot else voters
    everyone = max(1, problem.voters)
    return Scenario(
        choice,
        result=result,
        amounts=amounts,
        spent_minor=result.spent,
        left_minor=result.left,
        unserved=unserved,
        silent=silent,
        satisfaction_minor=Fraction(gained, everyone),
        projects_per_voter=Fraction(projects, everyone),
        audits=audits(problem, result, voices=voices),
    )
