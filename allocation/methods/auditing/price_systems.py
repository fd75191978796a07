"""The audit of a price system: nobody pays more than their purse or for what they do not support, everything bought is
paid in full, and at the end the supporters of what was not bought have less than its cost.

The payments are made again with `prices`; the steps are believed in nothing but their order and their amounts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from allocation.methods.auditing import prices
from allocation.methods.auditing.findings import Finding, finding
from allocation.methods.parameters import fraction_of
from allocation.methods.problem import Problem, Purchase, Result

SHARES = ("equal-shares", "tranche-shares")
"""The methods whose voters have purses, by name without the version."""


@dataclass(slots=True)
class Paid:
    """What was found against the payments, and what could still have been paid."""

    prices: list[Finding] = field(default_factory=list)
    affordable: list[Finding] = field(default_factory=list)


def has_purses(result: Result) -> bool:
    """Whether the method of the result lets voters pay from purses."""
    return result.method.partition("/")[0] in SHARES


def audited(problem: Problem, result: Result, *, is_eligible: Callable[[str], bool]) -> Paid:
    """Pay every purchase again and list what differs; `is_eligible` says which projects could have been bought."""
    paid = Paid()
    share = Fraction(problem.budget, max(1, problem.voters))
    stated = {share if purchase.purse is None else purchase.purse for purchase in result.purchases}
    purse = max(stated, default=share)
    if len(stated) > 1 or not _is_purse(result, share, purse):
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
    for project, cost in problem.costs.items():
        held = prices.held(everybody, project)
        if project not in bought and is_eligible(project) and 0 < cost <= held:
            paid.affordable.append(finding("could_be_paid", project=project, cost_minor=cost, held_minor=held))
    return paid


def _is_purse(result: Result, share: Fraction, purse: Fraction) -> bool:
    """Whether voters may begin with this purse: their share, or what Add1 comes to from there by whole steps."""
    told = result.parameters
    if not str(told.get("completion")).startswith("add1"):
        return purse == share
    unit = max(1, int(told["add1_unit"]))
    first = Fraction(share // unit * unit) if told["add1_start"] == "floor" else share
    text = str(told["add1_step"])
    step = fraction_of(text) * (share if text.endswith("%") else unit)
    return purse >= first and ((purse - first) / step).denominator == 1


def _value(result: Result, purchase: Purchase, bought: int) -> Fraction:
    """What multiplies a supporter's weight: the amount where euros count, halved for every tranche bought before."""
    if result.parameters.get("utility") not in ("cost", "score-cost"):
        return Fraction(1)
    return Fraction(purchase.cost or 1) / 2**bought


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
