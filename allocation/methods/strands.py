"""A scenario computed envelope by envelope (*enveloppes*), from its inputs to its record. Plain Python.

Each envelope that projects are tied to is a strand: its own money, its own purses, its own projects. What the strands
leave, in the order of their codes, flows into the general envelope, where the projects tied to no strand and those
that their strand did not fund are decided. A call whose every envelope is a strand, and every project tied to one,
leaves in each strand what it leaves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from allocation.methods.explained import explained
from allocation.methods.inputs import GENERAL, Inputs, points_of
from allocation.methods.problem import Problem, Result
from allocation.methods.reasons import Reason
from allocation.methods.record import reason_record, step_record, tie_record
from allocation.methods.registry import method_named, solve
from allocation.methods.ties import TieRule

ENGINE = "tresse-allocation/1"
"""Stored with every scenario: what this name computes never changes."""


@dataclass(frozen=True, slots=True)
class Strand:
    """One envelope decided: its money with what flowed into it, the problem, what came out, and the reasons."""

    envelope: str
    received: int
    problem: Problem
    result: Result
    reasons: Mapping[str, Reason]


@dataclass(frozen=True, slots=True)
class Computed:
    """What a method makes of its inputs: strand after strand, the general envelope last."""

    inputs: Inputs
    strands: tuple[Strand, ...]

    @property
    def amounts(self) -> dict[str, int]:
        """What every funded project gets in minor units, in the order in which they were funded."""
        return {code: minor for strand in self.strands for code, minor in strand.result.amounts.items()}

    @property
    def reasons(self) -> dict[str, Reason]:
        """One reason for every project; a project decided twice has the reason of the last time."""
        told = {code: reason for strand in self.strands for code, reason in strand.reasons.items()}
        return {each.code: told[each.code] for each in self.inputs.requests}


def is_strand(inputs: Inputs, envelope: str) -> bool:
    """Whether the envelope is kept for the projects that are tied to it."""
    return envelope != GENERAL and any(each.envelope == envelope for each in inputs.requests)


def has_general(inputs: Inputs) -> bool:
    """Whether there is an envelope, or a project, that no strand holds."""
    loose = any(not is_strand(inputs, code) for code, _ in inputs.envelopes)
    return loose or any(not is_strand(inputs, each.envelope) for each in inputs.requests)


def compute(inputs: Inputs) -> Computed:
    """Run the method of the inputs; the same inputs always give the same outcome."""
    strands: list[Strand] = []
    left, funded = 0, set()
    for code, minor in sorted(inputs.envelopes):
        if is_strand(inputs, code):
            own = [each.code for each in inputs.requests if each.envelope == code]
            strand = _decided(inputs, code, minor, own, received=0)
            strands.append(strand)
            left += strand.result.left
            funded |= set(strand.result.winners)
    if has_general(inputs):
        general = sum(minor for code, minor in inputs.envelopes if not is_strand(inputs, code))
        others = [each.code for each in inputs.requests if each.code not in funded]
        strands.append(_decided(inputs, GENERAL, general + left, others, received=left))
    return Computed(inputs, tuple(strands))


def _decided(inputs: Inputs, envelope: str, budget: int, projects: Sequence[str], *, received: int) -> Strand:
    problem = inputs.problem(method_named(inputs.method), budget=budget, projects=frozenset(projects))
    tie_rule = TieRule(seed=inputs.lottery_seed)
    result = solve(problem, method=inputs.method, parameters=inputs.parameters, tie_rule=tie_rule)
    return Strand(envelope, received, problem, result, explained(problem, result, tie_rule))


def computed_record(computed: Computed) -> dict[str, Any]:
    """Everything that a scenario says, as plain data: what outcomes keep of a result, and its strands."""
    inputs, amounts = computed.inputs, computed.amounts
    budget = sum(minor for _, minor in inputs.envelopes)
    spent = sum(amounts.values())
    supports = [points_of(inputs.kind, each) for each in inputs.ballots]
    return {
        "engine": ENGINE,
        "method": inputs.method,
        "parameters": dict(inputs.parameters),
        "amounts_granted": inputs.amounts,
        "budget_minor": budget,
        "spent_minor": spent,
        "left_minor": budget - spent,
        "winners": list(amounts),
        "amounts": amounts,
        "steps": [
            step_record(step) | {"envelope": strand.envelope}
            for strand in computed.strands
            for step in strand.result.steps
        ],
        "ties": [
            tie_record(tie) | {"envelope": strand.envelope} for strand in computed.strands for tie in strand.result.ties
        ],
        "reasons": {code: reason_record(reason) for code, reason in computed.reasons.items()},
        "strands": [
            {
                "envelope": strand.envelope,
                "budget_minor": strand.problem.budget,
                "received_minor": strand.received,
                "projects": sorted(strand.problem.costs),
                "spent_minor": strand.result.spent,
                "left_minor": strand.result.left,
            }
            for strand in computed.strands
        ],
        "support": {each.code: sum(each.code in given for given in supports) for each in inputs.requests},
        "entitled": {each.code: len(inputs.ballots) - inputs.recused.get(each.code, 0) for each in inputs.requests},
        "voters": len(inputs.ballots),
        "left_with_nothing": sum(bool(given) and not set(given) & set(amounts) for given in supports),
    }


def parts_of(inputs: Inputs, amounts: Mapping[str, int]) -> dict[str, list[tuple[str, int]]] | None:
    """Which envelopes pay each amount, (code, minor units) by project; None where they cannot.

    A project draws on its own strand first, then on the general envelopes, then on what the strands leave, each in
    the order of their codes.
    """
    left = dict(sorted(inputs.envelopes))
    own = {each.code: each.envelope for each in inputs.requests if is_strand(inputs, each.envelope)}
    parts: dict[str, list[tuple[str, int]]] = {code: [] for code in amounts}
    due = dict(amounts)

    def draw(code: str, envelope: str) -> None:
        drawn = min(due[code], left[envelope])
        if drawn:
            parts[code].append((envelope, drawn))
            left[envelope] -= drawn
            due[code] -= drawn

    for code in amounts:
        if code in own:
            draw(code, own[code])
    general = [code for code in left if not is_strand(inputs, code)]
    flowing = [code for code in left if is_strand(inputs, code)] if has_general(inputs) else []
    for code in amounts:
        for envelope in (*general, *flowing):
            draw(code, envelope)
    return None if any(due.values()) else parts


def left_out(inputs: Inputs, position: int) -> Inputs:
    """The inputs without one ballot; the envelopes stay the same. Who is recused stays, as far as ballots allow."""
    ballots = inputs.ballots[:position] + inputs.ballots[position + 1 :]
    named = [points_of(inputs.kind, each) for each in ballots]
    silent = {each.code: sum(each.code not in given for given in named) for each in inputs.requests}
    recused = {code: min(count, silent[code]) for code, count in inputs.recused.items()}
    return replace(inputs, ballots=ballots, recused=recused)


def steadiness(inputs: Inputs) -> dict[str, int]:
    """In how many of the reruns that leave one ballot out each project is funded, by its code."""
    funded = dict.fromkeys((each.code for each in inputs.requests), 0)
    for position in range(len(inputs.ballots)):
        for code in compute(left_out(inputs, position)).amounts:
            funded[code] += 1
    return funded
