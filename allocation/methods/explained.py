"""One reason for every project, whatever the method."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from allocation.methods import knapsack, lottery, order_reasons, phragmen, phragmen_reasons, quadratic, ranked
from allocation.methods.partial import average, filling, tranches
from allocation.methods.partial import reasons as partial_reasons
from allocation.methods.problem import Problem, Result
from allocation.methods.reasons import Reason, reasons
from allocation.methods.ties import TieRule

Explain = Callable[[Problem, Result, TieRule], dict[str, Reason]]

EXPLAINED: Mapping[str, Explain] = {
    phragmen.PHRAGMEN: phragmen_reasons.of_phragmen,
    filling.PROPORTIONAL: partial_reasons.of_filling,
    filling.WATER_FILLING: partial_reasons.of_filling,
    average.AVERAGE_SPLITS: partial_reasons.of_average,
    tranches.TRANCHE_SHARES: partial_reasons.of_tranches,
    knapsack.KNAPSACK: order_reasons.of_knapsack,
    lottery.LOTTERY_BAND: order_reasons.of_lottery,
    ranked.RANKED: order_reasons.of_ranked,
    quadratic.QUADRATIC: order_reasons.of_quadratic,
}


def explained(problem: Problem, result: Result, tie_rule: TieRule) -> dict[str, Reason]:
    """The reasons of a result, by the account that its method gives; equal shares and greedy are told by `reasons`."""
    return EXPLAINED.get(result.method, reasons)(problem, result, tie_rule)
