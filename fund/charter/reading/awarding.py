"""Reads the allocation method of a ballot: its identifier chooses the slots that it knows, and no others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import get_args

from fund.charter.awarding import (
    ADD1,
    ADD1_STEP,
    INCREMENTS,
    Add1Start,
    Add1Stop,
    ApprovalMethod,
    AverageSplits,
    Completion,
    EqualShares,
    Greedy,
    Knapsack,
    Phragmen,
    Proportional,
    ScoreMethod,
    TrancheCompletion,
    TrancheShares,
    Utility,
    WaterFilling,
    Weight,
)
from fund.charter.reading.slots import Table

_LARGEST_SUPPORT = 1_000_000
_MOST_INCREMENTS = 20

_ADD1_SLOTS = ("add1_start", "add1_step", "add1_stop")
METHOD_SLOTS: Mapping[str, tuple[str, ...]] = {
    "utility": ("greedy/1", "equal-shares/1", "knapsack/1"),
    "completion": ("equal-shares/1", "tranche-shares/1"),
    **dict.fromkeys(_ADD1_SLOTS, ("equal-shares/1",)),
    "increments": ("tranche-shares/1",),
    "weight": ("proportional/1",),
}
"""Each slot of a method, and the methods that know it; `min_support` is known to all."""


def min_support(table: Table) -> int:
    """How many supporters a project needs, one unless the charter says otherwise."""
    support = table.whole("min_support", least=0, most=_LARGEST_SUPPORT)
    return 1 if support is None else support


def _utility(table: Table, *, scored: bool) -> Utility:
    """What a voter gets from a project: on ballots of scores the score, unless the charter says otherwise."""
    known: tuple[Utility, ...] = get_args(Utility) if scored else ("cost", "cardinal")
    chosen: Utility | None = table.choice("utility", known)
    return chosen or ("score" if scored else "cost")


def _greedy(table: Table, *, scored: bool) -> Greedy:
    return Greedy(_utility(table, scored=scored), min_support(table))


def _knapsack(table: Table, *, scored: bool) -> Knapsack:
    return Knapsack(_utility(table, scored=scored), min_support(table))


def _equal_shares(table: Table, *, scored: bool) -> EqualShares:
    utility = _utility(table, scored=scored)
    completion: Completion = table.choice("completion", get_args(Completion)) or "utilitarian"
    support = min_support(table)
    if completion in ADD1:
        start: Add1Start = table.choice("add1_start", get_args(Add1Start)) or "exact"
        stop: Add1Stop = table.choice("add1_stop", get_args(Add1Stop)) or "exhaustive"
        return EqualShares(utility, completion, support, start, table.step("add1_step") or ADD1_STEP, stop)
    for slot in _ADD1_SLOTS:
        if table.has(slot):
            table.ignore(slot)
            table.note("add1-absent", slot, completion=completion)
    return EqualShares(utility, completion, support)


def _tranche_shares(table: Table, *, scored: bool) -> TrancheShares:
    increments = table.whole("increments", least=0, most=_MOST_INCREMENTS)
    return TrancheShares(
        INCREMENTS if increments is None else increments,
        "score-cost" if scored else "cost",
        table.choice("completion", get_args(TrancheCompletion)) or "utilitarian",
        min_support(table),
    )


def _proportional(table: Table, *, scored: bool) -> Proportional:
    known: tuple[Weight, ...] = get_args(Weight) if scored else ("support", "amount")
    chosen: Weight | None = table.choice("weight", known)
    return Proportional(chosen or ("points" if scored else "support"), min_support(table))


_APPROVAL: Mapping[str, Callable[[Table], ApprovalMethod]] = {
    "greedy/1": lambda table: _greedy(table, scored=False),
    "equal-shares/1": lambda table: _equal_shares(table, scored=False),
    "phragmen/1": lambda table: Phragmen(min_support(table)),
    "knapsack/1": lambda table: _knapsack(table, scored=False),
    "tranche-shares/1": lambda table: _tranche_shares(table, scored=False),
    "proportional/1": lambda table: _proportional(table, scored=False),
    "water-filling/1": lambda table: WaterFilling(min_support(table)),
}
_SCORE: Mapping[str, Callable[[Table], ScoreMethod]] = {
    "greedy/1": lambda table: _greedy(table, scored=True),
    "equal-shares/1": lambda table: _equal_shares(table, scored=True),
    "knapsack/1": lambda table: _knapsack(table, scored=True),
    "tranche-shares/1": lambda table: _tranche_shares(table, scored=True),
    "proportional/1": lambda table: _proportional(table, scored=True),
}
BUCKET_METHODS = ("average-splits/1",)
APPROVAL_METHODS, SCORE_METHODS = tuple(_APPROVAL), tuple(_SCORE)
ALLOCATION_METHODS = (*APPROVAL_METHODS, *BUCKET_METHODS)
"""The identifiers of the allocation methods that a charter may name, exactly as outcomes store them."""


def approval_method(table: Table) -> ApprovalMethod:
    """The method that turns approvals into awards; a stand-in where it is not one of them."""
    chosen = _chosen(table, APPROVAL_METHODS)
    return _APPROVAL[chosen](table) if chosen else Greedy()


def score_method(table: Table) -> ScoreMethod:
    """The method that turns scores into awards; a stand-in where it is not one of them."""
    chosen = _chosen(table, SCORE_METHODS)
    return _SCORE[chosen](table) if chosen else Greedy()


def bucket_method(table: Table) -> AverageSplits | None:
    """The method that turns buckets into awards, or None when they are only added up."""
    if table.choice("allocation_method", BUCKET_METHODS):
        return AverageSplits(min_support(table))
    if table.has("min_support"):
        table.ignore("min_support")
        if not table.has("allocation_method"):
            table.note("method-absent", "min_support")
    return None


def _chosen(table: Table, known: tuple[str, ...]) -> str | None:
    """The identifier, with every slot that it does not know noted; None when it is missing or none of these."""
    chosen: str | None = table.choice("allocation_method", known, required=True)
    for slot, methods in METHOD_SLOTS.items():
        if chosen is None:
            table.ignore(slot)
        elif table.has(slot) and chosen not in methods:
            table.ignore(slot)
            table.note("ballot-slot", slot, ballot=chosen, methods=", ".join(methods))
    if chosen is None:
        table.ignore("min_support")
    return chosen
