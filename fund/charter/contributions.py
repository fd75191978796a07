"""What each member is called for, by the rule of its category, each amount with its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fund.charter.facts import MemberFacts
from fund.charter.faults import FactsMissing, Fault
from fund.charter.grammar import (
    Brackets,
    Charter,
    ContributionRule,
    FixedFee,
    FreeWithFloor,
    RateOfDeclared,
)
from fund.charter.trace import Identity, Pen, Quantity, Recorder, Trace
from ledger.money import share_out


@dataclass(frozen=True, slots=True)
class Computed:
    """A contribution called, in minor units; the instalments sum to it."""

    minor: int
    instalments: tuple[int, ...]
    trace: Trace


def called(charter: Charter, members: Mapping[str, MemberFacts]) -> dict[str, Computed]:
    """The contribution of each member.

    A member whose cash is given as received and who lacks the figure that its rule asks for is not
    called; one that lacks both is missed by name (FactsMissing).
    """
    faults: list[Fault] = []
    amounts: dict[str, Computed] = {}
    for member, facts in members.items():
        rule = rule_for(charter, facts.category)
        lacking = _lacking(charter, rule, member, facts)
        if rule is not None and lacking is None:
            amounts[member] = _computed(charter, rule, member, facts)
        elif lacking is not None and facts.contribution is None:
            faults.append(lacking)
    if faults:
        raise FactsMissing(faults)
    return amounts


def rule_for(charter: Charter, category: str | None) -> ContributionRule | None:
    """The rule that names this category, else the one that names none."""
    others = None
    for rule in charter.contributions:
        if category is not None and category in rule.categories:
            return rule
        if not rule.categories:
            others = rule
    return others


def _lacking(charter: Charter, rule: ContributionRule | None, member: str, facts: MemberFacts) -> Fault | None:
    """The fact without which this member's contribution cannot be computed."""
    place = f"members.{member}"
    if rule is None:
        if not charter.contributions:
            return None
        names = ", ".join(name for rule in charter.contributions for name in rule.categories)
        return Fault("category-missing", f"{place}.category", about=(("categories", names),))
    slot = None
    match rule.formula:
        case RateOfDeclared(declared=figure) | Brackets(declared=figure):
            slot = None if figure in facts.declared else f"declared.{figure}"
        case FixedFee():
            slot = None
        case _:
            slot = "pledge" if facts.pledge is None else None
    return Fault("fact-missing", f"{place}.{slot}", about=(("article", rule.name),)) if slot else None


def _computed(charter: Charter, rule: ContributionRule, member: str, facts: MemberFacts) -> Computed:
    recorder = Recorder()
    minor = int(_amount(recorder.pen(f"contributions.{rule.name}"), rule, member, facts).value)
    places = [f"{place:03}" for place in range(rule.instalments)]
    instalments = tuple(share_out(minor, dict.fromkeys(places, 1)).values())
    return Computed(minor, instalments, Trace(Identity.of(charter), tuple(recorder.steps)))


def _amount(pen: Pen, rule: ContributionRule, member: str, facts: MemberFacts) -> Quantity:
    formula = rule.formula
    if isinstance(formula, FixedFee):
        return pen.given("fixed", formula.minor, about=member)
    if isinstance(formula, RateOfDeclared):
        declared = pen.given("declared", facts.declared[formula.declared], about=formula.declared)
        amount = pen.nearest("rounding", pen.product("rate", declared, formula.rate))
        if formula.floor_minor is not None:
            amount = pen.greatest("floor", amount, Quantity(formula.floor_minor))
        if formula.cap_minor is not None:
            amount = pen.least("cap", amount, Quantity(formula.cap_minor))
        return amount
    if isinstance(formula, Brackets):
        figure = facts.declared[formula.declared]
        pen.given("declared", figure, about=formula.declared)
        return pen.given("bracket", next(b.minor for b in formula.brackets if b.reaches(figure)))
    pledge = pen.given("pledge", facts.pledge or 0, about=member)
    if isinstance(formula, FreeWithFloor):
        return pen.greatest("floor", pledge, Quantity(formula.floor_minor))
    return pledge
