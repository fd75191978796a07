"""A small example of any charter: invented facts that its articles can be applied to, and what comes of them.

The facts follow from what the charter counts, in round figures, and grow until every article makes something due: a
franchise of a million needs other receipts than a fee of eight per cent. The engine does the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from fund.charter.contributions import called, payment_for
from fund.charter.facts import (
    AllocationFacts,
    DeclaredDeduction,
    Event,
    Facts,
    Loss,
    MemberFacts,
    Performance,
    Period,
    RecipientFacts,
    Recouped,
    Result,
)
from fund.charter.grammar import Brackets, Charter, Formula, RateOfDeclared
from fund.charter.outcomes import Outcome, run
from fund.charter.rules import Bearing, Fees, MembersBear

PREMIERE = date(2026, 1, 15)
YEAR_END, NEXT_YEAR_END = date(2026, 12, 31), date(2027, 12, 31)
EVERY = timedelta(days=14)
DATES_THAT_COUNT = 4
AWARD, OTHER_AID, RESERVE = 12_000, 2_000, 5_000
FEE, GROSS, NET, PROFIT, COST = 4_200, 20_000, 12_000, 6_000, 3_000
SURPLUS, DEFICIT, RECOUPED, LOSS = 10_000, 9_000, 8_000, 8_000
SCALES = (1, 3, 10, 30, 100, 300)
"""How many times these figures are taken, until every article is seen at work."""

CASH = (5_000, 3_000, 2_000, 1_000, 500)
"""What members pay, one after the other and from the first again; the points and the use follow it."""

DECLARED = (80_000, 40_000, 15_000, 9_000, 4_000)
"""What they declare, likewise: large enough to meet a cap, and small enough to meet a floor."""

AT_LEAST, LETTERS = 3, 26
RECIPIENTS = (("1", 6), ("2", 2), ("3", 1))


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """The facts and what the charter makes of them."""

    facts: Facts
    outcome: Outcome


def worked_example(charter: Charter) -> WorkedExample:
    """The first example, from small to large, in which every rule makes something due; else the largest."""
    found = None
    for scale in SCALES:
        facts = _facts(charter, scale)
        found = WorkedExample(facts, run(charter, facts))
        if {due.rule for due in found.outcome.due if due.minor} == {rule.name for rule in charter.rules}:
            break
    assert found is not None, "there is at least one scale"
    return found


def _facts(charter: Charter, scale: int) -> Facts:
    minor = 10**charter.head.currency.scale
    return Facts(
        members=_members(charter, minor),
        recipients={
            name: RecipientFacts(points=Fraction(points), percentage=Fraction(points, 9)) for name, points in RECIPIENTS
        },
        allocation=AllocationFacts(amount=_award(charter, minor), premiere=PREMIERE, other_aid=OTHER_AID * minor),
        events=tuple(_events(charter, scale, minor)),
        reserve=RESERVE * minor,
    )


def _award(charter: Charter, minor: int) -> int:
    """What the project was granted: twice what returns nothing, where an article spares the small ones."""
    return max(AWARD * minor, *(2 * (rule.no_return_up_to or 0) for rule in charter.rules), 0)


def _members(charter: Charter, minor: int) -> dict[str, MemberFacts]:
    """Three members or more, so that each article on contributions calls somebody; one defaults where that matters.

    Each has paid what it is called for, or its own round figure where nothing is called.
    """
    named = [rule.categories[0] if rule.categories else "venue" for rule in charter.contributions]
    categories = list(dict.fromkeys(named)) or [""]
    joined = max((terms.launch_threshold or 1 for _, terms in charter.payments), default=1)
    count = max(AT_LEAST, len(categories) * joined)
    cash_of = [CASH[place % len(CASH)] for place in range(count)]
    found = {}
    for place, cash in enumerate(cash_of):
        category = categories[place % len(categories)] or None
        payment = payment_for(charter, category)
        figures = _declared(payment[1].formula, place, minor) if payment else {}
        found[_name(place)] = MemberFacts(
            contribution=cash * minor,
            use=Fraction(cash, 10),
            points=Fraction(cash, 500),
            notoriety=Fraction(cash, 100),
            percentage=Fraction(cash, sum(cash_of)),
            defaulted=_is_joint(charter) and place == count - 1,
            declared=figures,
            category=category,
            pledge=cash * minor,
        )
    asked = called(charter, found)
    return {
        name: replace(member, contribution=asked[name].minor) if name in asked and asked[name].minor else member
        for name, member in found.items()
    }


def _declared(formula: Formula, place: int, minor: int) -> dict[str, int]:
    """What this member declares: a round figure, or the end of a bracket of its own, twice the last one beyond it."""
    match formula:
        case RateOfDeclared(declared=name):
            return {name: DECLARED[place % len(DECLARED)] * minor}
        case Brackets(declared=name, brackets=brackets):
            ends = [bracket.up_to_minor for bracket in brackets if bracket.up_to_minor is not None]
            ends.append(2 * ends[-1] if ends else DECLARED[0] * minor)
            return {name: ends[place % len(ends)]}
        case _:
            return {}


def _name(place: int) -> str:
    """A to Z, then A2 and so on."""
    return chr(ord("A") + place % LETTERS) + (str(place // LETTERS + 1) if place >= LETTERS else "")


def _is_joint(charter: Charter) -> bool:
    """Whether the members answer for one another."""
    return any(
        (isinstance(split.form, Bearing) and split.form.joint) for rule in charter.rules for split in rule.splits
    ) or any(isinstance(bearer, MembersBear) and bearer.joint for rule in charter.rules for bearer in rule.bearers)


def _events(charter: Charter, scale: int, minor: int) -> Iterator[Event]:
    bases = {rule.base for rule in charter.rules}
    if "fee" in bases:
        left_out = [rule.counts.exclude_first_dates for rule in charter.rules if isinstance(rule.counts, Fees)]
        for place in range(max(left_out) + DATES_THAT_COUNT):
            yield Performance(PREMIERE + EVERY * place, fee=FEE * scale * minor)
    if bases & {"gross", "net", "profit"}:
        kinds = dict.fromkeys(cost.kind for rule in charter.rules for cost in rule.deductions)
        costs = tuple(DeclaredDeduction(kind, COST * scale * minor, evidence=True) for kind in kinds)
        gross, net, profit = (figure * scale * minor for figure in (GROSS, NET, PROFIT))
        yield Period(YEAR_END, gross=gross, net=net, profit=profit, deductions=costs)
    if "surplus" in bases or "result-after-aid" in bases:
        yield Result(YEAR_END, SURPLUS * scale * minor)
    if "deficit" in bases:
        yield Result(NEXT_YEAR_END, -DEFICIT * scale * minor)
    if "recouped" in bases:
        yield Recouped(YEAR_END, RECOUPED * scale * minor)
    if "loss" in bases:
        yield Loss(YEAR_END, LOSS * scale * minor)
