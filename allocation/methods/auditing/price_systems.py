"""The audit of a price system: nobody pays more than their purse or for what they do not support, everything bought is
paid in full, and at the end the supporters of what was not bought have less than its cost.

The payments are made again with `prices`; the steps are believed in nothing but their order and their amounts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from allocation.methods.auditing import prices
from allocation.methods.auditing.findings import Finding, finding
from allocation.methods.parameters import fraction_of
from allocation.methods.problem import Problem, Purchase, Result

SHARES, LOADS = ("equal-shares", "tranche-shares"), ("phragmen",)
"""The methods whose voters have equal purses, and those whose voters receive money evenly, without the version."""


@dataclass(slots=True)
class Paid:
    """What was found against the payments, and what could still have been paid."""

    prices: list[Finding] = field(default_factory=list)
    affordable: list[Finding] = field(default_factory=list)


def has_prices(result: Result) -> bool:
    """Whether the method of the result lets voters pay."""
    return result.method.partition("/")[0] in (*SHARES, *LOADS)


def audited(problem: Problem, result: Result, *, is_eligible: Callable[[str], bool]) -> Paid:
    """Pay everything again and list what differs; `is_eligible` says which projects could have been bought."""
    return (_purses if result.method.partition("/")[0] in SHARES else _loads)(problem, result, is_eligible)


def _loads(problem: Problem, result: Result, is_eligible: Callable[[str], bool]) -> Paid:
    """All receive money evenly, so what a voter has spent is what all had received when the voter last paid."""
    paid = Paid()
    spent = dict.fromkeys(problem.ballots, Fraction(0))
    reached = Fraction(0)
    for step in result.loads:
        supporters = [ballot for ballot in problem.ballots if step.project in ballot]
        heads = sum(problem.ballots[ballot] for ballot in supporters)
        due = step.cost + sum(spent[ballot] * problem.ballots[ballot] for ballot in supporters)
        load = Fraction(due) / heads if heads else None
        if load != step.load:
            found = finding("load_differs", project=step.project, stated_minor=step.load, found_minor=load or 0)
            paid.prices.append(found)
        if step.load < reached:
            paid.prices.append(
                finding("load_falls", project=step.project, stated_minor=step.load, before_minor=reached)
            )
        reached = max(reached, step.load)
        spent |= dict.fromkeys(supporters, step.load)
    bought = {step.project for step in result.loads}
    for project, cost in problem.costs.items():
        held = sum(
            ((reached - each) * problem.ballots[ballot] for ballot, each in spent.items() if project in ballot),
            Fraction(0),
        )
        if project not in bought and is_eligible(project) and cost <= problem.budget and held > cost:
            paid.affordable.append(finding("could_be_paid", project=project, cost_minor=cost, held_minor=held))
    return paid


def _purses(problem: Problem, result: Result, is_eligible: Callable[[str], bool]) -> Paid:
    """All begin with the same purse, and every purchase is shared by its supporters as evenly as these allow."""
    paid = Paid()
    share = Fraction(problem.budget, max(1, problem.voters))
    first, step = _opening(result, share)
    stated = {share if purchase.purse is None else purchase.purse for purchase in result.purchases}
    purse = max(stated, default=first)
    if len(stated) > 1 or not (purse == first or (step and purse > first and (purse - first) % step == 0)):
        paid.prices.append(finding("purse_differs", stated_minor=purse, share_minor=share))
    everybody = prices.payers(problem, result, purse)
    bought: Counter[str] = Counter()
    for purchase in result.purchases:
        held = prices.held(everybody, purchase.project)
        sharing = prices.pay(everybody, purchase)
        if sharing is None:
            cannot = finding("cannot_be_paid", project=purchase.project, cost_minor=purchase.cost, held_minor=held)
            paid.prices.append(cannot)
        else:
            per_utility = sharing.rate / _value(result, purchase, bought[purchase.project])
            paid.prices += _differences(purchase, sharing, per_utility)
        bought[purchase.project] += 1
    for project in problem.costs:
        held = prices.held(everybody, project)
        for cost in _offered(problem, result, project)[bought[project] :][:1]:
            if is_eligible(project) and 0 < cost <= held:
                paid.affordable.append(finding("could_be_paid", project=project, cost_minor=cost, held_minor=held))
    return paid


def _offered(problem: Problem, result: Result, project: str) -> list[int]:
    """The amounts that supporters may buy one after another: the cost, and increments up to the target if there are."""
    cost, room = problem.costs[project], problem.target(project) - problem.costs[project]
    increments = int(result.parameters.get("increments", 0))
    rises = [room * step // increments for step in range(increments + 1)] if increments else []
    return [cost, *(after - before for before, after in pairwise(rises) if after > before)]


def _opening(result: Result, share: Fraction) -> tuple[Fraction, Fraction]:
    """The purse that all begin with, and the steps by which Add1 raises it; no step without."""
    told = result.parameters
    if not str(told.get("completion")).startswith("add1"):
        return share, Fraction(0)
    unit = max(1, int(told["add1_unit"]))
    text = str(told["add1_step"])
    step = fraction_of(text) * (share if text.endswith("%") else unit)
    return (Fraction(share // unit * unit) if told["add1_start"] == "floor" else share), step


def _value(result: Result, purchase: Purchase, bought: int) -> Fraction:
    """What multiplies a supporter's weight: the amount where euros count, halved for every tranche bought before."""
    if result.parameters.get("utility") not in ("cost", "score-cost"):
        return Fraction(1)
    return Fraction(purchase.cost or 1, 1 << bought)


def _differences(purchase: Purchase, sharing: prices.Sharing, per_utility: Fraction) -> Iterator[Finding]:
    """Where a purchase states other payments than those that come out here."""
    project = purchase.project
    if purchase.price != per_utility:
        yield finding("price_differs", project=project, stated_minor=purchase.price, found_minor=per_utility)
    if purchase.payment != sharing.most:
        yield finding("payment_differs", project=project, stated_minor=purchase.payment, found_minor=sharing.most)
    if purchase.full_payers != sharing.full_payers:
        yield finding("full_payers_differ", project=project, stated=purchase.full_payers, found=sharing.full_payers)
    if purchase.rest_payers != sharing.rest_payers:
        yield finding("rest_payers_differ", project=project, stated=purchase.rest_payers, found=sharing.rest_payers)
    if purchase.rest_paid != sharing.rest_paid:
        yield finding(
            "rest_paid_differs", project=project, stated_minor=purchase.rest_paid, found_minor=sharing.rest_paid
        )
