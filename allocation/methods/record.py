"""A result as plain data, to be kept as JSON and shown again: steps, ties and reasons.

Amounts are whole minor units. Exact payments and prices are fractions; they are written with twelve
decimals, cut and not rounded, because the exact ones come back by running the method again.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from allocation.methods.problem import Level, Load, Purchase, Result, Step, Tie
from allocation.methods.reasons import Reason

WRITTEN_DECIMALS = 12


def result_record(result: Result, reasons: Mapping[str, Reason]) -> dict[str, Any]:
    """Everything that a result says."""
    return {
        "method": result.method,
        "parameters": dict(result.parameters),
        "budget_minor": result.budget,
        "winners": list(result.winners),
        "spent_minor": result.spent,
        "left_minor": result.left,
        "steps": [step_record(step) for step in result.steps],
        "ties": [tie_record(tie) for tie in result.ties],
        "reasons": {project: reason_record(reason) for project, reason in reasons.items()},
    }


def step_record(step: Step) -> dict[str, Any]:
    """One step: a purchase from the supporters' purses, a pick from what was left, or a partial amount."""
    told = {
        "project": step.project,
        "cost_minor": step.cost,
        "supporters": step.supporters,
        "left_before_minor": step.left_before,
    }
    if isinstance(step, Purchase):
        return told | {
            "kind": "purchase",
            "price": written(step.price),
            "payment_minor": written(step.payment),
            "full_payers": step.full_payers,
            "rest_payers": step.rest_payers,
            "rest_paid_minor": written(step.rest_paid),
            **({} if step.purse is None else {"purse_minor": written(step.purse)}),
        }
    if isinstance(step, Load):
        return told | {"kind": "load", "load_minor": written(step.load)}
    if isinstance(step, Level):
        return told | {"kind": "level", "exact_minor": written(step.exact), "tranche": step.tranche}
    return told | {"kind": "pick", "place": step.place}


def tie_record(tie: Tie) -> dict[str, Any]:
    """A tie with its candidates, the one taken and the criterion that decided."""
    return {"candidates": list(tie.candidates), "chosen": tie.chosen, "by": tie.by}


def reason_record(reason: Reason) -> dict[str, Any]:
    """A reason with its figures; what was found by trying is named only where something was."""
    found = {"enough_budget_minor": reason.enough_budget, "tried": reason.tried or None}
    return {
        "code": reason.code,
        "figures": dict(reason.figures),
        "common": [list(each) for each in reason.common],
        "enough_minor": reason.enough_minor,
        "enough_voters": reason.enough_voters,
        "fullest_purses": reason.fullest_purses,
        **{name: value for name, value in found.items() if value is not None},
    }


def reason_of(project: str, record: Mapping[str, Any]) -> Reason:
    """The reason that was kept as a record."""
    return Reason(
        project=project,
        code=record["code"],
        figures=dict(record["figures"]),
        common=tuple((name, count) for name, count in record["common"]),
        enough_minor=record["enough_minor"],
        enough_voters=record["enough_voters"],
        fullest_purses=record["fullest_purses"],
        enough_budget=record.get("enough_budget_minor"),
        tried=record.get("tried", False),
    )


def written(exact: Fraction) -> str:
    """A fraction that is not negative with its decimals, cut after the twelfth.

    >>> written(Fraction(2, 3)), written(Fraction(5)), written(Fraction(1, 8))
    ('0.666666666666', '5', '0.125')
    """
    scaled = exact.numerator * 10**WRITTEN_DECIMALS // exact.denominator
    whole, part = divmod(scaled, 10**WRITTEN_DECIMALS)
    decimals = str(part).rjust(WRITTEN_DECIMALS, "0").rstrip("0")
    return f"{whole}.{decimals}" if decimals else str(whole)
